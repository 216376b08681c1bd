"""The chat page, and the same over HTTP: `python app.py`. Gradio is imported where it is used."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chat.archive_look import ARCHIVE_STYLE
from chat.desk import Desk
from chat.endpoints import publish
from chat.find_script import FIND_SCRIPT
from chat.follow_script import FOLLOW_SCRIPT
from chat.gate import Gate, Rules, known_hosts
from chat.labels import WORDS
from chat.layout import connect, lay_out
from chat.look import FOLLOWING_STYLE, FONTS, MONO, STYLE
from chat.mcp_server import PATH, Tools, check_sdk, make_tools
from chat.opening import Opening, open_behind, settle
from chat.options import Options, parse
from chat.revise_script import REVISE_SCRIPT
from chat.shelf import MOST_BYTES
from chat.shelf_look import SHELF_STYLE
from chat.side_look import SIDE_STYLE
from chat.side_script import SIDE_SCRIPT
from chat.verbs import Verbs
from documents.errors import BriefingError

if TYPE_CHECKING:
    import gradio as gr

    from qa.assistant import Assistant

SWEPT = (60, 600)  # seconds: how often, and how old, uploads that no page took are deleted; what a page takes it deletes itself
STYLES = (STYLE, FOLLOWING_STYLE, SIDE_STYLE, ARCHIVE_STYLE)
SCRIPTS = (SIDE_SCRIPT, FIND_SCRIPT, REVISE_SCRIPT, FOLLOW_SCRIPT)  # each a function of its own


def build_app(assistant: Assistant | Opening, feedback: Path | None = None, most_bytes: int = MOST_BYTES) -> gr.Blocks:
    """The page and its HTTP endpoints, over an assistant that is open or still opening.

    Votes on answers go into `feedback`; without it there are none. Visitors' files may have `most_bytes`.
    """
    import gradio as gr

    opening = assistant if isinstance(assistant, Opening) else Opening()
    if not isinstance(assistant, Opening):
        settle(opening, lambda: assistant)
    with gr.Blocks(title=WORDS["zh"]["name"], analytics_enabled=False, fill_width=True, fill_height=True, delete_cache=SWEPT) as demo:
        parts = lay_out(opening, most_bytes)
        connect(demo, parts, Desk(opening, votes=feedback is not None), feedback)
        publish(demo, Verbs(opening))
    return demo


def serve(demo: gr.Blocks, options: Options, tools: Tools | None = None) -> str:
    """Start the page's server and return its address. Everything that reaches out or writes things down is off."""
    import gradio as gr
    from starlette.middleware import Middleware
    from starlette.routing import Route

    theme = gr.themes.Base(font=list(FONTS), font_mono=list(MONO), text_size="md", radius_size="md")
    rules = Rules(options.logins(), known_hosts(options.host, options.root_path), urlsplit(options.root_path).path)
    inside: dict[str, Any] = {"middleware": [Middleware(Gate, rules=rules)]}
    if tools:
        inside |= {"routes": [Route(PATH, endpoint=tools)], "lifespan": tools.running}
    _, address, _ = demo.queue(max_size=options.max_queue).launch(
        server_name=options.host, server_port=options.port, root_path=options.root_path or None, app_kwargs=inside,
        share=False, quiet=True, prevent_thread_lock=True, inbrowser=False,
        _frontend=False,  # else gradio asks for its own page and gives up after 3 s, which a busy machine may well take
        enable_monitoring=False, run_history=False, footer_links=[], ssr_mode=False, pwa=False, mcp_server=False,
        allowed_paths=[], max_file_size=options.max_upload, show_error=True, theme=theme, css="".join(STYLES),
        head=f"<style>{SHELF_STYLE}</style>", js="() => {" + "".join(f"({script})();" for script in SCRIPTS) + "}",
    )  # fmt: skip
    return str(address)


def check_port(host: str, port: int) -> None:
    """Raise where the server could not listen, before gradio's slow import and long message."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        raise BriefingError(f"can't listen on {host}:{port} ({error.strerror}); choose others with --host and --port") from None


def end(uploads: str) -> None:
    """End at once, as SIGTERM asks, and leave no upload behind."""
    shutil.rmtree(uploads, ignore_errors=True)
    os._exit(0)


def main(argv: Sequence[str] | None = None) -> int:
    """Open the collection behind the page, serve until interrupted; 1 where that can't begin."""
    options = parse(argv)
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        check_port(options.host, options.port)
        options.logins()
        if options.mcp:
            check_sdk()
    except BriefingError as error:
        print(f"briefing-qa: {error}", file=sys.stderr)
        return 1
    import gradio  # noqa: F401 (its seconds come first, and alone: beside loading models the page would be up after them)

    with tempfile.TemporaryDirectory(prefix="briefing-qa-") as uploads:  # which this user alone may enter; gradio's own is everybody's
        os.environ["GRADIO_TEMP_DIR"] = uploads
        signal.signal(signal.SIGTERM, lambda *_: end(uploads))
        opening = open_behind(options.documents)
        demo = build_app(opening, options.feedback, options.max_upload)
        address = serve(demo, options, make_tools(Verbs(opening)) if options.mcp else None)
        print(f"briefing-qa: {address} (Ctrl+C stops it)", flush=True)
        demo.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
