"""A visitor's own documents, and which documents are asked. Frozen: every change makes another shelf. No gradio.

A shelf lives in the visitor's session alone (layout in shelf_layout.py); nothing here keeps one.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chat.conversation import Conversation
from chat.forget import forget
from chat.opening import Opening, settle
from documents.types import Document

if TYPE_CHECKING:
    from index.search import Index
    from qa.assistant import Assistant

MOST_FILES = 20  # own documents: more are a collection, which belongs in a folder and --documents
MOST_BYTES = 20_000_000  # of a file, unless --max-upload says otherwise: room for a briefing with its pictures; it is held in memory while it is read
MOST_CHARACTERS = 200_000  # of all own documents: some ten long briefings, and embedding them keeps two cores busy for minutes
KEPT = 12 * 60 * 60  # seconds after the last change: a newsroom's day
WHOLE = ""  # stands for all the shared documents where they are too many to be ticked one by one; no document has this id
MOST_LISTED = 12  # shared documents that are listed one by one


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a visitor brought and chose. The empty one asks all the shared documents, by the shared assistant."""

    own: tuple[Document, ...] = ()
    asked: tuple[str, ...] = ()  # ids of the documents that are asked; none: all the shared ones
    opening: Opening | None = None  # over these; None: the shared one
    key: str = ""  # told to the browser, which gives it back: so it shows when this shelf is lost and another would answer
    before: tuple[Shelf, Conversation] | None = None  # what the last change replaced, for taking it back
    most_bytes: int = MOST_BYTES  # of a file that may be added


def add(shelf: Shelf, documents: Sequence[Document], shared: Opening, conversation: Conversation) -> Shelf:
    """With more own documents, which are then asked; beside them those that were asked, unless all of them were the shared ones."""
    mine = {document.id for document in shelf.own}
    kept = shelf.asked if mine & set(shelf.asked) else ()
    own = (*shelf.own, *documents)
    return _ask(shelf, own, (*kept, *(document.id for document in documents)), shared, conversation)


def choose(shelf: Shelf, ids: Iterable[str], shared: Opening, conversation: Conversation) -> Shelf:
    """Asking other documents: by their ids, or WHOLE for all the shared ones. The same shelf where nothing changes or nothing is chosen."""
    wanted, others = set(ids), [document.id for document in shared_documents(shared)]
    asked = (*(id for id in others if id in wanted or WHOLE in wanted), *(d.id for d in shelf.own if d.id in wanted))
    asked = () if list(asked) == others else asked
    if asked == shelf.asked or not wanted:
        return shelf
    return _ask(shelf, shelf.own, asked, shared, conversation)


def remove(shelf: Shelf, id: str, shared: Opening, conversation: Conversation) -> Shelf:
    """Without one of the visitor's own documents. It can't be taken back: what is removed is gone."""
    own = tuple(document for document in shelf.own if document.id != id)
    if id not in shelf.asked:
        before = shelf.before and (replace(shelf.before[0], own=own), shelf.before[1])
        return replace(shelf, own=own, before=None if before and id in before[0].asked else before)
    asked = tuple(other for other in shelf.asked if other != id)
    forget()
    return replace(_ask(shelf, own, asked, shared, conversation), before=None)


def take_back(shelf: Shelf, conversation: Conversation) -> tuple[Shelf, Conversation]:
    """The shelf before the last change, with its conversation; work that is still done for this one ends."""
    if shelf.before is None:
        return shelf, conversation
    give_up(shelf)
    return shelf.before


def give_up(shelf: Shelf) -> None:
    """End the work that is still done for a shelf, which nobody has any more."""
    if shelf.opening:
        shelf.opening.given_up.set()


def close(shelf: Shelf) -> None:
    """End the work, and forget what it found: the visitor has gone, or has been away too long."""
    give_up(shelf)
    if shelf.own:
        forget()


def shared_documents(shared: Opening) -> tuple[Document, ...]:
    return shared.assistant.documents if shared.assistant else ()


def documents_by_id(shelf: Shelf, shared: Opening) -> dict[str, Document]:
    return {document.id: document for document in (*shared_documents(shared), *shelf.own)}


def tell_size(size: int) -> str:
    """`20 MB`, `500 KB`."""
    return f"{size / 1_000_000:g} MB" if size >= 1_000_000 else f"{size / 1000:g} KB"


def _ask(shelf: Shelf, own: tuple[Document, ...], asked: tuple[str, ...], shared: Opening, conversation: Conversation) -> Shelf:
    whole = shelf.before if shelf.before and shelf.opening and not shelf.opening.assistant else (replace(shelf, before=None), conversation)
    if shelf.opening and not shelf.opening.assistant:
        give_up(shelf)
    made = replace(shelf, own=own, asked=asked, opening=None, key=secrets.token_hex(8) if asked else "", before=whole)
    if not asked:
        return made
    known = [s.opening.assistant.index for s in (shelf, whole[0]) if s.opening and s.opening.assistant]
    return replace(made, opening=_open_over(made, shared, known))


def _open_over(shelf: Shelf, shared: Opening, known: Sequence[Index]) -> Opening:
    """Start opening what the shelf asks, with the encoder and the reader of the shared assistant once that is open."""

    def load() -> Assistant:
        from qa.assistant import assistant_over

        base = shared.future.result()
        with _ONE_AT_A_TIME:
            opening.report("embed", 0, 0)
            found = documents_by_id(shelf, shared)
            documents = [found[id] for id in shelf.asked]
            return assistant_over(documents, base.index.embedder, base.reader, [base.index, *known], lambda done, total: opening.report("embed", done, total))

    opening = Opening()
    threading.Thread(target=settle, args=(opening, load), daemon=True).start()
    return opening


_ONE_AT_A_TIME = threading.Lock()  # embedding takes every core there is, and answers need some
