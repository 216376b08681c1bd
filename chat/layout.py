"""The chat page's components: where they stand, and what on the desk each one calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chat.archive import Archive
from chat.archive_layout import connect_archive, lay_out_archive
from chat.desk import Desk
from chat.following import Following, connect_following, lay_out_following
from chat.labels import WORDS
from chat.look import CHOOSE_LANGUAGE, CLEAR_ASKED, TELL_LANGUAGE
from chat.opening import EXAMPLES, Opening
from chat.page import render_masthead, render_skip, render_welcome
from chat.revise_script import AWAIT_OPENED, TAKE_TURN, TELL_OPENED
from chat.shelf_desk import seat
from chat.shelf_layout import ShelfParts, connect_shelf, lay_out_opener, lay_out_shelf
from chat.side import Side, SideDesk, connect_side, lay_out_side

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
    following: Following
    turn: Any  # the question that the box's text is asked in the place of; 0 for a new one
    skip: Any
    open_panel: Any
    side: Side
    archive: Any
    shelf: ShelfParts


def lay_out(opening: Opening, most_bytes: int) -> Parts:
    import gradio as gr

    words = WORDS["zh"]
    conversation: Any = gr.State(())
    turn = gr.Number(0, visible=False)
    skip = gr.HTML(render_skip("zh"), elem_id="skip", js_on_load=None)
    with gr.Row(elem_id="top"):
        masthead = gr.HTML(render_masthead({}, "zh"), elem_id="masthead")
        with gr.Row(elem_id="tools"):
            opener = lay_out_opener()
            new = gr.Button(words["new"], elem_id="new", size="sm")
            archive = lay_out_archive()
            choices = [("中文", "zh"), ("English", "en")]
            language = gr.Radio(choices, value="zh", label=words["language"], show_label=False, elem_id="language", container=False)
    notice = gr.HTML("", elem_id="notice", visible=False)
    with gr.Row(elem_id="desk"):
        with gr.Column(elem_id="talk"):
            chat = gr.Chatbot(label=words["chat"], show_label=False, elem_id="chat", buttons=[], latex_delimiters=[], height="100%", feedback_options=None, autoscroll=False, placeholder=render_welcome("zh"))
            with gr.Column(elem_id="suggestions", visible=False) as suggestions:
                examples = tuple(gr.Button("", visible=False, elem_classes="example") for _ in range(EXAMPLES))
            following = lay_out_following(opening)
            box = gr.Textbox(label=words["question"], show_label=False, placeholder=words["placeholder"], lines=1, max_lines=6, autofocus=True, submit_btn=words["send"], elem_id="question")
            status = gr.HTML(opening.status("zh"), elem_id="status")
            open_panel = gr.Button(words["open_panel"], elem_id="open-panel", size="sm")
        with gr.Column(elem_id="evidence"):
            side = lay_out_side()
    shelf = lay_out_shelf(opener, most_bytes)
    return Parts(conversation, masthead, new, language, notice, chat, suggestions, examples, box, status, side.panel, following, turn, skip, open_panel, side, archive, shelf)


def connect(demo: gr.Blocks, parts: Parts, desk: Desk, feedback: Path | None = None) -> None:
    """Tie the components to the desk. None of it is an endpoint: those are chat/endpoints.py's."""
    p = parts
    shown = [p.conversation, p.chat, p.panel, p.status, p.box, p.suggestions]
    labels = [p.language, p.masthead, p.notice, p.new, *p.examples, p.suggestions]
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    answering: Any = quiet | {"concurrency_limit": 4, "concurrency_id": "answers"}
    state = [p.conversation, p.language]

    def at(method: Callable[..., Any], inputs: Sequence[Any]) -> tuple[Callable[..., Any], list[Any]]:
        """The method over the documents that this visitor asks, with the inputs that it then needs."""
        return seat(method), [*inputs, *p.shelf.seat]

    archive, kept = Archive(desk.opening, feedback), [*shown, p.archive]
    runs = [p.box.submit(*at(archive.reply, [p.box, *state, p.turn]), kept, js=TAKE_TURN, **answering)]
    runs += [button.click(*at(archive.reply, [button, *state]), kept, js=AWAIT_OPENED, **answering) for button in (*p.examples, *p.following.buttons)]
    runs += [p.chat.retry(*at(archive.retry, state), kept, **answering)]
    for run in runs:  # to gradio a run that is cancelled has failed; of a fault it shows the message besides
        run.failure(*at(desk.recover, state), shown, **quiet)
        run.success(None, p.box, p.box, js=CLEAR_ASKED, **quiet)
    asked = [p.box.submit, *(button.click for button in (*p.examples, *p.following.buttons))]
    connect_following(p.following, p.conversation, p.language, at, runs, [*asked, p.chat.retry, p.chat.undo, p.chat.clear, p.new.click, p.language.input, p.panel.change])
    # Cancelled first: an answer under way would else write its next piece over what comes after.
    p.box.stop(None, cancels=runs, **quiet)
    p.new.click(None, cancels=runs, **quiet).then(*at(desk.renew, [p.language]), shown, **quiet).then(None, js=TELL_OPENED, **quiet)
    p.chat.clear(None, cancels=runs, **quiet).then(*at(desk.renew, [p.language]), shown, **quiet)
    p.chat.undo(*at(archive.undo, state), kept, **quiet)
    side_desk, controls = SideDesk(desk.opening), [*p.side.each, p.side.close, p.side.find, p.skip, p.open_panel]
    connect_side(p.side, side_desk, p.conversation, p.language, at)
    switched = p.language.input(*at(desk.greet, state), labels, js=TELL_LANGUAGE, **quiet).then(*at(desk.translate, state), shown[1:5], **quiet)
    switched.then(side_desk.translate, p.language, controls, **quiet)
    came = demo.load(*at(desk.greet, state), labels, js=CHOOSE_LANGUAGE, **quiet).then(*at(desk.translate, state), shown[1:5], **quiet)
    came.then(side_desk.translate, p.language, controls, **quiet)
    open_ = came.then(*at(desk.watch, [p.status, p.language]), p.status, concurrency_limit=None, **quiet).then(*at(desk.greet, state), labels, **quiet)
    connect_archive(p, archive, shown, runs, [came, open_, switched], answering, at)
    open_.then(*at(desk.settle, []), None, concurrency_limit=None, **quiet).then(*at(desk.greet, state), labels, **quiet)
    connect_shelf(demo, p, desk, shown, labels, runs, [switched, came, open_])
