"""The chat page, and the same over HTTP: `python app.py`. Gradio lives here alone, imported where it is used."""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import sys
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from documents.errors import BriefingError
from documents.types import Document
from look import CHOOSE_LANGUAGE, CLEAR_ASKED, FONTS, MONO, SCRIPT, STYLE, TELL_LANGUAGE, WORDS
from page import (
    Conversation,
    Exchange,
    render_chat,
    render_masthead,
    render_notices,
    render_panel,
    render_status,
    render_welcome,
)
from qa.types import Answer, Language

if TYPE_CHECKING:
    import gradio as gr

    from qa.assistant import Assistant

EXAMPLES = 4
LANGUAGES: tuple[Language, ...] = ("zh", "en")
Updates = tuple[Any, ...]


@dataclass(slots=True)
class Opening:
    """An assistant that opens in the background while the page is already up."""

    future: Future[Assistant] = field(default_factory=Future)
    stage: tuple[str, int, int] = ("start", 0, 0)
    examples: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    settled: threading.Event = field(default_factory=threading.Event)  # nothing more will come

    def report(self, stage: str, done: int, total: int) -> None:
        self.stage = (stage, done, total)

    @property
    def assistant(self) -> Assistant | None:
        """The assistant once it is open; None before that and when it could not be opened."""
        return self.future.result() if self.future.done() and not self.future.exception() else None

    def status(self, language: Language) -> str:
        words = WORDS[language]
        if self.future.done():
            reason = self.future.exception()
            return render_status(words["failed"].format(reason=reason), failed=True) if reason else render_status(words["ready"])
        stage, done, total = self.stage
        counted = f" {done}/{total}" if total > 1 else ""
        return render_status(words["loading"].format(stage=words.get(stage, stage) + counted))


def open_behind(documents: Sequence[str] | None) -> Opening:
    """Start opening the collection in a thread that dies with the program."""

    def load() -> Assistant:
        from qa.assistant import open_assistant

        return open_assistant(documents, progress=opening.report)

    opening = Opening()
    threading.Thread(target=settle, args=(opening, load), daemon=True).start()
    return opening


def settle(opening: Opening, load: Callable[[], Assistant]) -> None:
    """Open the assistant, then find its examples, which asks it many questions."""
    try:
        assistant = load()
        opening.future.set_result(assistant)
        for language in LANGUAGES:
            opening.examples[language] = assistant.examples(language)[:EXAMPLES]
    except BriefingError as error:
        print(f"briefing-qa: {error}", file=sys.stderr, flush=True)
        opening.future.set_exception(error)
    finally:
        if not opening.future.done():  # a fault of the program: its traceback is on the console
            opening.future.set_exception(BriefingError("an unexpected fault; the console has its details"))
        opening.settled.set()


def build_app(assistant: Assistant | Opening) -> gr.Blocks:
    """The page and its HTTP endpoint `ask`, over an assistant that is open or still opening."""
    import gradio as gr

    opening = assistant if isinstance(assistant, Opening) else Opening()
    if not isinstance(assistant, Opening):
        settle(opening, lambda: assistant)
    with gr.Blocks(title=WORDS["zh"]["name"], analytics_enabled=False, fill_width=True, fill_height=True) as demo:
        parts = lay_out(opening)
        connect(demo, parts, Desk(opening))
    return demo


@dataclass(frozen=True, slots=True)
class Parts:
    """The page's components, as gradio made them."""

    conversation: Any
    masthead: Any
    new: Any
    language: Any
    notice: Any
    chat: Any
    suggestions: Any
    examples: tuple[Any, ...]
    box: Any
    status: Any
    panel: Any


def lay_out(opening: Opening) -> Parts:
    import gradio as gr

    words = WORDS["zh"]
    conversation: Any = gr.State(())
    with gr.Row(elem_id="top"):
        masthead = gr.HTML(render_masthead({}, "zh"), elem_id="masthead")
        with gr.Row(elem_id="tools"):
            new = gr.Button(words["new"], elem_id="new", size="sm")
            choices = [("中文", "zh"), ("English", "en")]
            language = gr.Radio(choices, value="zh", label=words["language"], show_label=False, elem_id="language", container=False)
    notice = gr.HTML("", elem_id="notice", visible=False)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            chat = gr.Chatbot(label=words["chat"], show_label=False, elem_id="chat", buttons=[], latex_delimiters=[], height="100%", feedback_options=None, placeholder=render_welcome("zh"))
            with gr.Column(elem_id="suggestions", visible=False) as suggestions:
                examples = tuple(gr.Button("", visible=False, elem_classes="example") for _ in range(EXAMPLES))
            box = gr.Textbox(label=words["question"], show_label=False, placeholder=words["placeholder"], lines=1, max_lines=6, autofocus=True, submit_btn=words["send"], elem_id="question")
            status = gr.HTML(opening.status("zh"), elem_id="status")
        with gr.Column(elem_id="evidence"):
            panel = gr.HTML(render_panel((), {}, "zh"), elem_id="panel")
    return Parts(conversation, masthead, new, language, notice, chat, suggestions, examples, box, status, panel)


def connect(demo: gr.Blocks, parts: Parts, desk: Desk) -> None:
    """Tie the components to the desk. Only `ask` is an endpoint that anyone outside the page should call."""
    import gradio as gr

    p = parts
    shown = [p.conversation, p.chat, p.panel, p.status, p.box, p.suggestions]
    labels = [p.language, p.masthead, p.notice, p.new, *p.examples, p.suggestions]
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    answering: Any = quiet | {"concurrency_limit": 4, "concurrency_id": "answers"}
    state = [p.conversation, p.language]
    runs = [p.box.submit(desk.reply, [p.box, *state], shown, **answering)]
    runs += [button.click(desk.reply, [button, *state], shown, **answering) for button in p.examples]
    runs += [p.chat.retry(desk.retry, state, shown, **answering)]
    for run in runs:  # to gradio a run that is cancelled has failed; of a fault it shows the message besides
        run.failure(desk.recover, state, shown, **quiet)
        run.success(None, p.box, p.box, js=CLEAR_ASKED, **quiet)
    # Cancelled first: an answer under way would else write its next piece over what comes after.
    p.box.stop(None, cancels=runs, **quiet)
    p.new.click(None, cancels=runs, **quiet).then(desk.renew, p.language, shown, **quiet)
    p.chat.clear(None, cancels=runs, **quiet).then(desk.renew, p.language, shown, **quiet)
    p.chat.undo(desk.undo, state, shown, **quiet)
    p.language.input(desk.greet, state, labels, js=TELL_LANGUAGE, **quiet).then(desk.translate, state, shown[1:5], **quiet)
    came = demo.load(desk.greet, state, labels, js=CHOOSE_LANGUAGE, **quiet).then(desk.translate, state, shown[1:5], **quiet)
    open_ = came.then(desk.watch, p.language, p.status, concurrency_limit=None, **quiet).then(desk.greet, state, labels, **quiet)
    open_.then(desk.settle, None, None, concurrency_limit=None, **quiet).then(desk.greet, state, labels, **quiet)
    gr.api(desk.ask, api_name="ask", concurrency_limit=4, concurrency_id="answers")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page does on each event. A conversation comes in and goes out; nothing of a visitor stays here."""

    opening: Opening

    def reply(self, question: str, conversation: Conversation, language: Language) -> Iterator[Updates]:
        """Answer a question: at once a bubble, then its text as it grows, then the whole rendering."""
        words = WORDS[language]
        conversation = tuple(exchange for exchange in conversation if exchange.answer)
        if not question.strip():
            yield self._show(conversation, language, box=question, fault=words["blank"])
            return
        asked = Exchange(question)
        yield self._show((*conversation, replace(asked, growing=words["working"])), language, busy=True, box="")
        try:
            for growing in self._grow(question, conversation, words):
                asked = replace(asked, growing=growing) if isinstance(growing, str) else replace(asked, answer=growing)
                yield self._show((*conversation, asked), language, busy=asked.answer is None)
        except BriefingError as error:
            yield self._show(conversation, language, box=question, fault=str(error))

    def _grow(self, question: str, conversation: Conversation, words: dict[str, str]) -> Iterator[str | Answer]:
        future = self.opening.future
        while not future.done():  # by steps, so that "stop" is heard while models load
            yield words["waiting"]
            wait([future], timeout=0.5)
        history = [exchange.question for exchange in conversation]
        growing = ""
        for piece in future.result().stream(question, history):
            growing = growing + piece if isinstance(piece, str) else ""
            yield growing if isinstance(piece, str) else piece

    def retry(self, conversation: Conversation, language: Language) -> Iterator[Updates]:
        if is_settled(conversation):
            yield from self.reply(conversation[-1].question, conversation[:-1], language)

    def undo(self, conversation: Conversation, language: Language) -> Updates:
        """Take the last question back into the box."""
        if not is_settled(conversation):
            return _unchanged()
        return self._show(conversation[:-1], language, box=conversation[-1].question, say="undone")

    def recover(self, conversation: Conversation, language: Language) -> Updates:
        """Take a question back into the box whose answer was stopped or failed."""
        if not conversation or conversation[-1].answer:
            return _unchanged()
        return self._show(conversation[:-1], language, box=conversation[-1].question, say="stopped")

    def renew(self, language: Language) -> Updates:
        return self._show((), language, box="")

    # These two wait for as long as models load, one for each visitor: a thread each would soon be all there are.
    async def watch(self, language: Language) -> AsyncIterator[str]:
        """Say what loads until nothing does."""
        said = ""
        while not self.opening.future.done():
            if (status := self.opening.status(language)) != said:
                yield (said := status)
            await asyncio.sleep(0.3)
        yield self.opening.status(language)

    async def settle(self) -> None:
        while not self.opening.settled.is_set():
            await asyncio.sleep(0.2)

    def greet(self, conversation: Conversation, language: Language) -> Updates:
        """What stands around the conversation: title, notice, labels, example questions."""
        import gradio as gr

        words, library = WORDS[language], self._library()
        notices = render_notices(library.values(), language)
        texts = self.opening.examples.get(language, ())
        buttons = [gr.Button(text, visible=True) for text in texts] + [gr.Button(visible=False)] * (EXAMPLES - len(texts))
        suggestions = gr.Column(visible=bool(texts) and not conversation)
        return language, render_masthead(library, language), gr.HTML(notices, visible=bool(notices)), words["new"], *buttons, suggestions

    def translate(self, conversation: Conversation, language: Language) -> Updates:
        """The conversation in this language; one that is still being answered is left alone."""
        import gradio as gr

        words = WORDS[language]
        chat = {"label": words["chat"], "placeholder": render_welcome(language)}
        box = {"label": words["question"], "placeholder": words["placeholder"]}
        if conversation and not is_settled(conversation):
            return gr.Chatbot(**chat), gr.skip(), gr.skip(), gr.Textbox(**box)
        _, messages, panel, status, _, _ = self._show(conversation, language)
        return gr.Chatbot(messages, **chat), panel, status, gr.Textbox(**box, **_buttons(False, words))

    def ask(self, question: str, history: list[str] = []) -> dict[str, Any]:  # noqa: B006 (published as the default)
        """Ask the collection one question; `history` holds the conversation's earlier questions, oldest first."""
        import gradio as gr

        from qa.record import to_record

        if not isinstance(question, str) or not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            raise gr.Error("question must be a string, and history a list of strings", print_exception=False)
        began = time.perf_counter()
        try:
            answer = self.opening.future.result().ask(question, tuple(history))
        except BriefingError as error:
            raise gr.Error(str(error), print_exception=False) from None
        return to_record(answer, id=uuid.uuid4().hex, latency_ms=(time.perf_counter() - began) * 1000)

    def _library(self) -> dict[str, Document]:
        assistant = self.opening.assistant
        return {document.id: document for document in assistant.documents} if assistant else {}

    def _show(
        self, conversation: Conversation, language: Language, *, busy: bool = False, box: str | None = None, say: str = "", fault: str = ""
    ) -> Updates:
        """The answer side of the page for a conversation: state, chat, panel, status line, question box, examples."""
        import gradio as gr

        words, library = WORDS[language], self._library()
        panel = gr.skip() if busy else render_panel(conversation, library, language)
        text = {} if box is None else {"value": box}
        status = render_status(fault, failed=True) if fault else self._status(conversation, language, say)
        question = gr.Textbox(**text, **_buttons(busy, words))
        chat = render_chat(conversation, library, language)
        return conversation, chat, panel, status, question, gr.Column(visible=not conversation and bool(self.opening.examples))

    def _status(self, conversation: Conversation, language: Language, say: str) -> str:
        if not conversation or not self.opening.assistant:
            return render_status(WORDS[language][say]) if say else self.opening.status(language)
        last = conversation[-1].answer
        say = say or ("working" if not last else "refused" if last.refused else "answered")
        return render_status(WORDS[language][say].format(count=len(last.citations) if last else 0))


def is_settled(conversation: Conversation) -> bool:
    """Whether there is a last question, and it is answered."""
    return bool(conversation) and conversation[-1].answer is not None


def _unchanged() -> Updates:
    import gradio as gr

    return (gr.skip(),) * 6


def _buttons(busy: bool, words: dict[str, str]) -> dict[str, Any]:
    return {"submit_btn": False, "stop_btn": words["stop"]} if busy else {"submit_btn": words["send"], "stop_btn": False}


def serve(demo: gr.Blocks, host: str, port: int) -> str:
    """Start the page's server and return its address. Everything that reaches out or writes things down is off."""
    import gradio as gr

    theme = gr.themes.Base(font=list(FONTS), font_mono=list(MONO), text_size="md", radius_size="md")
    _, address, _ = demo.queue(max_size=64).launch(
        server_name=host, server_port=port, share=False, quiet=True, prevent_thread_lock=True, inbrowser=False,
        enable_monitoring=False, run_history=False, footer_links=[], ssr_mode=False, pwa=False, mcp_server=False,
        allowed_paths=[], max_file_size="1kb", show_error=True, theme=theme, css=STYLE, js=SCRIPT,
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

    demo = build_app(open_behind(options.documents))
    address = serve(demo, options.host, options.port)
    print(f"briefing-qa: {address} (Ctrl+C stops it)", flush=True)
    demo.block_thread()
    return 0


if __name__ == "__main__":
    sys.exit(main())
