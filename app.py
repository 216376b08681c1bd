"""The chat page, and the same over HTTP: `python app.py`. Gradio is imported where it is used."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Sequence
from typing import TYPE_CHECKING

from chat.desk import Desk
from chat.labels import WORDS
from chat.layout import connect, lay_out
from chat.look import FONTS, MONO, SCRIPT, STYLE
from chat.opening import Opening, open_behind, settle
from chat.shelf import MOST_BYTES
from chat.shelf_look import SHELF_STYLE
from documents.errors import BriefingError

if TYPE_CHECKING:
    import gradio as gr

    from qa.assistant import Assistant

SWEPT = (60, 600)  # seconds: how often, and how old, uploads that no page took are deleted; what a page takes it deletes itself


def build_app(assistant: Assistant | Opening) -> gr.Blocks:
    """The page and its HTTP endpoint `ask`, over an assistant that is open or still opening."""
    import gradio as gr

    opening = assistant if isinstance(assistant, Opening) else Opening()
    if not isinstance(assistant, Opening):
        settle(opening, lambda: assistant)
    with gr.Blocks(title=WORDS["zh"]["name"], analytics_enabled=False, fill_width=True, fill_height=True, delete_cache=SWEPT) as demo:
        parts = lay_out(opening)
        connect(demo, parts, Desk(opening))
    return demo


def serve(demo: gr.Blocks, host: str, port: int) -> str:
    """Start the page's server and return its address. Everything that reaches out or writes things down is off."""
    import gradio as gr

    theme = gr.themes.Base(font=list(FONTS), font_mono=list(MONO), text_size="md", radius_size="md")
    _, address, _ = demo.queue(max_size=64).launch(
        server_name=host, server_port=port, share=False, quiet=True, prevent_thread_lock=True, inbrowser=False,
        enable_monitoring=False, run_history=False, footer_links=[], ssr_mode=False, pwa=False, mcp_server=False,
        allowed_paths=[], max_file_size=MOST_BYTES, show_error=True, theme=theme, css=STYLE, head=f"<style>{SHELF_STYLE}</style>", js=SCRIPT,
    )  # fmt: skip
    return str(address)


def check_port(host: str, port: int) -> None:
    """Raise where the server could not listen, before gradio's slow import and long message."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError as error:
        raise BriefingError(f"can't listen on {host}:{port} ({error.strerror}); choose others with --host and --port") from None


def read_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: give a number from 1 to 65535")
    return int(text)


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="app.py", description="The chat page of briefing-qa, with its HTTP interface.")
    parser.add_argument("--documents", nargs="+", metavar="PATH", help="files or folders to ask (default: the briefing that comes with the program)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this computer alone)")
    parser.add_argument("--port", type=read_port, default=7860, help="port to listen on (default: %(default)s)")
    return parser.parse_args(argv)


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
    except BriefingError as error:
        print(f"briefing-qa: {error}", file=sys.stderr)
        return 1
    import gradio  # noqa: F401 (its seconds come first, and alone: beside loading models the page would be up after them)

    with tempfile.TemporaryDirectory(prefix="briefing-qa-") as uploads:  # which this user alone may enter; gradio's own is everybody's
        os.environ["GRADIO_TEMP_DIR"] = uploads
        signal.signal(signal.SIGTERM, lambda *_: end(uploads))
        demo = build_app(open_behind(options.documents))
        address = serve(demo, options.host, options.port)
        print(f"briefing-qa: {address} (Ctrl+C stops it)", flush=True)
        demo.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
