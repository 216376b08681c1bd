"""What stands at the page's side: the documents to choose from, the labels, the outline of one."""

from __future__ import annotations

from typing import Any

from chat.opening import Opening
from chat.shelf import MOST_LISTED, WHOLE, Shelf, documents_by_id, shared_documents
from chat.shelf_labels import SHELF_WORDS
from chat.shelf_page import render_head, render_outline, render_rules
from documents.types import Document
from qa.types import Language

ARRANGED = 16  # what arrange fills


def arrange(shared: Opening, which: str | None, shelf: Shelf, language: Language) -> tuple[Any, ...]:
    """Everything at the side for this shelf, in this language; `which` is the document whose outline is shown."""
    import gradio as gr

    words, found = SHELF_WORDS[language], documents_by_id(shelf, shared)
    asked = [id for id in shelf.asked if id in found] or [document.id for document in shared_documents(shared)]
    mine = {document.id for document in shelf.own}
    own = len(mine & set(asked))
    choices = _choices(shelf, shared, language)
    shown = found.get(which or "") or found.get(asked[-1] if asked else "")
    opener = words["open_own"].format(count=own) if own else words["open"]
    return (
        gr.Button(opener, elem_classes=["own"] if own else []),
        render_head(language),
        gr.CheckboxGroup(choices, value=_ticked(asked, shelf, shared), label=words["asked"]),
        gr.Button(words["apply"], visible=len(choices) > 1),
        gr.Button(words["default"], visible=bool(shelf.key)),
        gr.Button(words["back"], visible=shelf.before is not None),
        gr.File(label=words["drop"]),
        render_rules(language, shelf.most_bytes),
        gr.Accordion(label=words["paste"]),
        gr.Textbox(label=words["paste_title"]),
        gr.Textbox(label=words["paste_text"]),
        gr.Button(words["paste_add"]),
        gr.Accordion(label=words["outline"]),
        gr.Dropdown([(document.title, document.id) for document in found.values()], value=shown.id if shown else None, label=words["which"]),
        render_outline(shown, language, asked=shown is not None and shown.id in asked),
        gr.Button(words["remove"], visible=shown is not None and shown.id in mine),
    )


def _choices(shelf: Shelf, shared: Opening, language: Language) -> list[tuple[str, str]]:
    """The shared documents, one by one where they are few, and the visitor's own."""
    words, others = SHELF_WORDS[language], shared_documents(shared)
    listed = [(_name(document, others), document.id) for document in others]
    if len(others) > MOST_LISTED:
        listed = [(words["whole"].format(count=len(others)), WHOLE)]
    return listed + [(words["own_label"].format(title=_name(document, shelf.own)), document.id) for document in shelf.own]


def _name(document: Document, among: tuple[Document, ...]) -> str:
    """The title, with the id where another has the same."""
    same = [other for other in among if other.title == document.title]
    return f"{document.title} · {document.id}" if len(same) > 1 else document.title


def _ticked(asked: list[str], shelf: Shelf, shared: Opening) -> list[str]:
    others = shared_documents(shared)
    if len(others) <= MOST_LISTED:
        return asked
    mine = [document.id for document in shelf.own if document.id in asked]
    return [WHOLE, *mine] if any(document.id in asked for document in others) else mine
