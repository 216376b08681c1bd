"""The shelf's one component, and what each of its events calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chat.shelf import Shelf
from chat.shelf_page import render_shelf
from chat.shelf_script import BEGIN_NEW, SHELF_SCRIPT, TAKE_CURRENT, TAKE_LINK, TAKE_MESSAGE

if TYPE_CHECKING:
    from chat.layout import Parts


def lay_out_shelf() -> Any:
    import gradio as gr

    props = {"kept": "", "file": "", "collection": ""}  # what the server hands to the browser, which watches them
    return gr.HTML(render_shelf("zh"), elem_id="shelf", js_on_load=SHELF_SCRIPT, apply_default_css=False, **props)


def connect_shelf(parts: Parts, shelf: Shelf, shown: list[Any], runs: list[Any], came: list[Any], answering: dict[str, Any]) -> None:
    """Keep what `runs` leave; once one of `came` is through, label the shelf and bring back what the tab showed before."""
    p, quiet = parts, {"api_visibility": "private", "show_progress": "hidden"}
    told = [p.shelf, p.conversation, p.language]
    arrived = came[0].then(shelf.arrive, told, shown, js=TAKE_LINK, **answering)
    arrived.failure(shelf.desk.recover, [p.conversation, p.language], shown, **quiet)
    p.box.stop(None, cancels=[arrived], **quiet)
    for run in (*runs, arrived):
        run.success(shelf.keep, p.conversation, p.shelf, **quiet)
    for event in came:
        event.then(shelf.label, p.language, p.shelf, **quiet).then(shelf.reopen, told, shown, js=TAKE_CURRENT, **quiet)
    for event in (p.new.click, p.chat.clear):
        event(None, None, None, js=BEGIN_NEW, **quiet)
    cancels = [*runs, arrived]
    p.shelf.reopen(None, cancels=cancels, **quiet).then(shelf.open, told, shown, js=TAKE_MESSAGE, **quiet)
    p.shelf.hand_on(shelf.export, told, [p.shelf, p.status], js=TAKE_MESSAGE, **quiet)
    voted = p.shelf.vote(shelf.vote, told, [p.conversation, p.chat, p.status], js=TAKE_MESSAGE, **quiet)
    voted.then(shelf.keep, p.conversation, p.shelf, **quiet)
