"""The archive's one component, and what each of its events calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chat.archive import Archive
from chat.archive_page import render_archive
from chat.archive_script import ARCHIVE_SCRIPT, BEGIN_NEW, TAKE_CURRENT, TAKE_LINK, TAKE_MESSAGE
from chat.following import At
from chat.revise_script import TELL_OPENED

if TYPE_CHECKING:
    from chat.layout import Parts


def lay_out_archive() -> Any:
    import gradio as gr

    props = {"kept": "", "file": "", "collection": ""}  # what the server hands to the browser, which watches them
    return gr.HTML(render_archive("zh"), elem_id="archive", js_on_load=ARCHIVE_SCRIPT, apply_default_css=False, **props)


def connect_archive(parts: Parts, archive: Archive, shown: list[Any], runs: list[Any], came: list[Any], answering: dict[str, Any], at: At) -> None:
    """Once one of `came` is through, label the archive and bring back what the tab showed before; what else is opened ends `runs`."""
    p, quiet = parts, {"api_visibility": "private", "show_progress": "hidden"}
    told = [p.archive, p.conversation, p.language]
    arrived = came[0].then(*at(archive.arrive, told), [*shown, p.archive], js=TAKE_LINK, **answering)
    arrived.failure(*at(archive.desk.recover, [p.conversation, p.language]), shown, **quiet)
    p.box.stop(None, cancels=[arrived], **quiet)
    for event in came:
        event.then(*at(archive.label, [p.language]), p.archive, **quiet).then(*at(archive.reopen, told), shown, js=TAKE_CURRENT, **quiet)
    for event in (p.new.click, p.chat.clear):
        event(None, None, None, js=BEGIN_NEW, **quiet)
    cancels = [*runs, arrived]
    p.archive.reopen(None, cancels=cancels, **quiet).then(*at(archive.open, told), shown, js=TAKE_MESSAGE, **quiet).then(None, js=TELL_OPENED, **quiet)
    p.archive.hand_on(*at(archive.export, told), [p.archive, p.status], js=TAKE_MESSAGE, **quiet)
    p.archive.vote(*at(archive.vote, told), [p.conversation, p.chat, p.status, p.archive], js=TAKE_MESSAGE, **quiet)
