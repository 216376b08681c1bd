"""The chat page's components: where they stand, and what on the desk each one calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chat.cards import render_panel
from chat.desk import Desk
from chat.labels import WORDS
from chat.look import CHOOSE_LANGUAGE, CLEAR_ASKED, TELL_LANGUAGE
from chat.opening import EXAMPLES, Opening
from chat.page import render_masthead, render_welcome
from chat.shelf_desk import seat
from chat.shelf_layout import ShelfParts, connect_shelf, lay_out_opener, lay_out_shelf

if TYPE_CHECKING:
    import gradio as gr


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
    shelf: ShelfParts


def lay_out(opening: Opening) -> Parts:
    import gradio as gr

    words = WORDS["zh"]
    conversation: Any = gr.State(())
    with gr.Row(elem_id="top"):
        masthead = gr.HTML(render_masthead({}, "zh"), elem_id="masthead")
        with gr.Row(elem_id="tools"):
            opener = lay_out_opener()
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
    return Parts(conversation, masthead, new, language, notice, chat, suggestions, examples, box, status, panel, lay_out_shelf(opener))


def connect(demo: gr.Blocks, parts: Parts, desk: Desk) -> None:
    """Tie the components to the desk. Only `ask` is an endpoint that anyone outside the page should call."""
    import gradio as gr

    p = parts
    shown = [p.conversation, p.chat, p.panel, p.status, p.box, p.suggestions]
    labels = [p.language, p.masthead, p.notice, p.new, *p.examples, p.suggestions]
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    answering: Any = quiet | {"concurrency_limit": 4, "concurrency_id": "answers"}
    state = [p.conversation, p.language]

    def at(method: Callable[..., Any], inputs: Sequence[Any]) -> tuple[Callable[..., Any], list[Any]]:
        """The method over the documents that this visitor asks, with the inputs that it then needs."""
        return seat(method), [*inputs, *p.shelf.seat]

    runs = [p.box.submit(*at(desk.reply, [p.box, *state]), shown, **answering)]
    runs += [button.click(*at(desk.reply, [button, *state]), shown, **answering) for button in p.examples]
    runs += [p.chat.retry(*at(desk.retry, state), shown, **answering)]
    for run in runs:  # to gradio a run that is cancelled has failed; of a fault it shows the message besides
        run.failure(*at(desk.recover, state), shown, **quiet)
        run.success(None, p.box, p.box, js=CLEAR_ASKED, **quiet)
    # Cancelled first: an answer under way would else write its next piece over what comes after.
    p.box.stop(None, cancels=runs, **quiet)
    p.new.click(None, cancels=runs, **quiet).then(*at(desk.renew, [p.language]), shown, **quiet)
    p.chat.clear(None, cancels=runs, **quiet).then(*at(desk.renew, [p.language]), shown, **quiet)
    p.chat.undo(*at(desk.undo, state), shown, **quiet)
    turned = p.language.input(*at(desk.greet, state), labels, js=TELL_LANGUAGE, **quiet).then(*at(desk.translate, state), shown[1:5], **quiet)
    came = demo.load(*at(desk.greet, state), labels, js=CHOOSE_LANGUAGE, **quiet).then(*at(desk.translate, state), shown[1:5], **quiet)
    open_ = came.then(*at(desk.watch, [p.language]), p.status, concurrency_limit=None, **quiet).then(*at(desk.greet, state), labels, **quiet)
    open_.then(*at(desk.settle, []), None, concurrency_limit=None, **quiet).then(*at(desk.greet, state), labels, **quiet)
    connect_shelf(demo, p, desk, shown, labels, runs, [turned, came, open_])
    gr.api(desk.ask, api_name="ask", concurrency_limit=4, concurrency_id="answers")
