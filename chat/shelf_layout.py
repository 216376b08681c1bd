"""The documents at the page's side: their components, and what on the shelf desk each one calls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from chat.desk import Desk
from chat.shelf import KEPT, Shelf, close
from chat.shelf_desk import ShelfDesk, seat
from chat.shelf_labels import SHELF_WORDS
from chat.shelf_look import SHELF_SCRIPT, TOGGLE
from chat.shelf_page import render_head, render_rules
from chat.shelf_side import arrange

if TYPE_CHECKING:
    import gradio as gr


@dataclass(frozen=True, slots=True)
class ShelfParts:
    """The components, as gradio made them. `shelf` is the visitor's, on the server; `key` is the browser's key to it."""

    shelf: Any
    key: Any
    brought: Any
    opener: Any
    head: Any
    asked: Any
    apply: Any
    default: Any
    back: Any
    files: Any
    rules: Any
    progress: Any
    cancel: Any
    paste: Any
    title: Any
    text: Any
    paste_add: Any
    outlined: Any
    which: Any
    outline: Any
    remove: Any

    @property
    def seat(self) -> list[Any]:
        """The inputs by which an event is answered over what this visitor asks."""
        return [self.shelf, self.key]


def lay_out_opener() -> Any:
    import gradio as gr

    return gr.Button(SHELF_WORDS["zh"]["open"], elem_id="open-shelf", size="sm")


def lay_out_shelf(opener: Any, most_bytes: int) -> ShelfParts:
    import gradio as gr

    words = SHELF_WORDS["zh"]
    shelf: Any = gr.State(Shelf(most_bytes=most_bytes), time_to_live=KEPT, delete_callback=close)
    brought: Any = gr.State((), time_to_live=600)
    key = gr.Textbox("", visible=False)
    with gr.Sidebar(open=False, width=400, elem_id="shelf"):
        head = gr.HTML(render_head("zh"))
        files = gr.File(file_count="multiple", label=words["drop"], height=110, elem_id="files")
        progress = gr.HTML("", elem_id="progress")
        cancel = gr.Button(words["cancel"], size="sm", visible=False, elem_id="cancel-adding")
        rules = gr.HTML(render_rules("zh", most_bytes))
        asked = gr.CheckboxGroup([], label=words["asked"], elem_id="asked")
        with gr.Row(elem_id="shelf-buttons"):
            apply = gr.Button(words["apply"], size="sm", variant="primary", elem_id="ask-chosen")
            default = gr.Button(words["default"], size="sm", elem_id="ask-default", visible=False)
            back = gr.Button(words["back"], size="sm", elem_id="take-back", visible=False)
        with gr.Accordion(words["paste"], open=False, elem_id="paste") as paste:
            title = gr.Textbox(label=words["paste_title"], max_lines=1)
            text = gr.Textbox(label=words["paste_text"], lines=6, max_lines=12)
            paste_add = gr.Button(words["paste_add"], size="sm", elem_id="paste-add")
        with gr.Accordion(words["outline"], open=True) as outlined:
            which = gr.Dropdown([], label=words["which"], filterable=False, elem_id="which")
            outline = gr.HTML("", elem_id="outline")
            remove = gr.Button(words["remove"], size="sm", visible=False, elem_id="remove")
    return ShelfParts(shelf, key, brought, opener, head, asked, apply, default, back, files, rules, progress, cancel, paste, title, text, paste_add, outlined, which, outline, remove)


def connect_shelf(demo: gr.Blocks, page: Any, desk: Desk, shown: Sequence[Any], labels: Sequence[Any], answering: Sequence[Any], refreshing: Sequence[Any]) -> None:
    """Tie the documents to their desk.

    `shown` and `labels` are what the desk's own events fill, `answering` are its answers under way; after each of `refreshing` the
    labels here are renewed as well.
    """
    p: ShelfParts = page.shelf
    shelves, language = ShelfDesk(desk.opening), page.language
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    state = [p.shelf, page.conversation, language]
    renewed = [p.opener, p.head, p.asked, p.apply, p.default, p.back, p.files, p.rules, p.paste, p.title, p.text, p.paste_add, p.outlined, p.which, p.outline, p.remove]
    changed = [p.progress, p.cancel, p.shelf, p.key, *shown, *renewed]
    renewing: Any = {"fn": partial(arrange, desk.opening), "inputs": [p.which, p.shelf, language], "outputs": renewed} | quiet

    adding = []
    sent = p.files.upload(shelves.receive, [p.files, language], [p.brought, p.files, p.progress], preprocess=False, queue=False, **quiet)
    pasted = p.paste_add.click(shelves.paste, [p.title, p.text, language], [p.brought, p.title, p.text], **quiet)
    for begun in (sent, pasted):
        ended = begun.success(None, cancels=list(answering), **quiet)
        adding.append(ended.then(shelves.add, [p.brought, *state], [p.brought, *changed], concurrency_limit=None, **quiet))
    cancelled = p.cancel.click(None, cancels=adding, **quiet)
    added = [event.success(shelves.show, state, [p.shelf, p.key, *shown, *renewed], **quiet) for event in adding]
    changes = [*added, cancelled.then(shelves.cancel, state, changed, **quiet)]
    for button, method, inputs in ((p.apply, shelves.choose, [p.asked]), (p.default, shelves.leave, []), (p.back, shelves.take_back, []), (p.remove, shelves.remove, [p.which])):
        ended = button.click(None, cancels=[*answering, *adding], **quiet)
        changes.append(ended.then(method, [*inputs, *state], changed, **quiet))
    greeting: Any = {"fn": seat(desk.greet), "inputs": [page.conversation, language, *p.seat], "outputs": labels} | quiet
    for change in changes:  # labels at once, once it is open, and once its examples are made
        opened = change.success(**greeting).success(seat(desk.watch), [page.status, language, *p.seat], page.status, concurrency_limit=None, **quiet)
        opened.success(**greeting).success(seat(desk.settle), p.seat, None, concurrency_limit=None, **quiet).success(**greeting)
    for event in refreshing:
        event.then(**renewing)
    p.which.input(**renewing)
    p.opener.click(None, js=TOGGLE, **quiet)
    demo.load(None, js=SHELF_SCRIPT, **quiet)
