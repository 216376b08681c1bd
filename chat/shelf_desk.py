"""What the page does about a visitor's own documents, and how the desk answers over them."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chat.conversation import Conversation
from chat.desk import Desk, Updates
from chat.intake import Brought, Refused, read, take, upload_folder
from chat.opening import Opening
from chat.shelf import (
    WHOLE,
    Shelf,
    add,
    choose,
    documents_by_id,
    give_up,
    remove,
    shared_documents,
    take_back,
)
from chat.shelf_labels import SHELF_WORDS
from chat.shelf_page import Row, name_all, render_progress, step_read
from chat.shelf_side import ARRANGED, arrange
from documents.passages import split_passages
from documents.types import Document
from qa.types import Language

PLACED = 8 + ARRANGED  # what _place fills: the shelf, its key, what the desk shows, and the side


def seat(method: Callable[..., Any]) -> Callable[..., Any]:
    """A desk's method, of a desk over what the visitor asks: it takes the shelf and the browser's key to it besides, last.

    Where the server has lost the shelf that the browser still shows, it does nothing: the wrong documents would answer.
    """
    shared: Desk = method.__self__  # type: ignore[attr-defined]
    plain: Callable[..., Any] = method.__func__  # type: ignore[attr-defined]

    def call(*given: Any) -> Any:
        *inputs, shelf, key = given
        if shelf.key != key:
            import gradio as gr

            raise gr.Error(SHELF_WORDS["en" if inputs[-1:] == ["en"] else "zh"]["lost"], duration=None, print_exception=False)
        return plain(replace(shared, opening=shelf.opening or shared.opening), *inputs)

    if inspect.isgeneratorfunction(plain):

        def pieces(*given: Any) -> Any:
            yield from call(*given)

        return pieces
    if inspect.isasyncgenfunction(plain):

        async def async_pieces(*given: Any) -> Any:
            async for piece in call(*given):
                yield piece

        return async_pieces
    if inspect.iscoroutinefunction(plain):

        async def waited(*given: Any) -> Any:
            return await call(*given)

        return waited
    return call


@dataclass(frozen=True, slots=True)
class ShelfDesk:
    """What the page does on each event about documents. A shelf comes in and goes out; none stays here."""

    shared: Opening
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))  # a large PDF takes a core for a while

    def receive(self, uploads: Any, language: Language) -> Updates:
        """Take uploaded files off the disk, at once. They come unchecked, as the browser says."""
        brought = take([upload for upload in uploads if isinstance(upload, dict)] if isinstance(uploads, list) else [], upload_folder())
        said = SHELF_WORDS[language]["received"].format(count=len(brought))
        return brought, None, render_progress([Row(one.name) for one in brought], language, said)

    def paste(self, title: str, text: str, language: Language) -> Updates:
        """Take a pasted text; an empty one is refused as it is read, and what was typed stays."""
        kept = ("", "") if text.strip() else (title, text)
        return (Brought(title.strip() or SHELF_WORDS[language]["pasted"], text),), *kept

    async def add(self, brought: Sequence[Brought], shelf: Shelf, conversation: Conversation, language: Language) -> AsyncIterator[Updates]:
        """Read what was brought, step by step as it is shown; then ask it, and a question asked meanwhile waits."""
        import gradio as gr

        words = SHELF_WORDS[language]
        busy, same = gr.Button(words["cancel"], visible=True), (gr.skip(),) * PLACED
        rows = [Row(one.name) for one in brought]
        documents: list[Document] = []
        async with self.reading:
            for number, one in enumerate(brought):
                rows[number] = replace(rows[number], steps=(words["reading"],))
                yield (), render_progress(rows, language), busy, *same
                rows[number] = await self._read(one, shelf, documents, language)
        if not documents:
            yield (), render_progress(rows, language, words["nothing"]), gr.Button(visible=False), *same
            return
        shelf = add(shelf, documents, self.shared, conversation)
        try:
            yield (), render_progress(rows, language, words["waiting"]), busy, *self._place(shelf, (), language)
            async for now, at in self._follow(shelf, language):
                yield (), render_progress(rows, language, now, at), busy, *same
        finally:
            if shelf.opening and not shelf.opening.future.done():  # cancelled, or the visitor has gone
                give_up(shelf)
        rows = [replace(row, steps=(*row.steps, words["embedded"], words["done"])) for row in rows]
        yield (), render_progress(rows, language, self._tell(shelf, language, "ready")), gr.Button(visible=False), *same

    def show(self, shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        """All that shows the shelf, once more: of what `add` sends in quick succession the page takes the last, and a skip undoes what came before it."""
        import gradio as gr

        return (gr.skip(),) * 3 + self._place(shelf, conversation, language)[3:]

    async def _read(self, one: Brought, shelf: Shelf, documents: list[Document], language: Language) -> Row:
        """Read one, put it to the documents, and return what is shown of it."""
        others = [document.id for document in shared_documents(self.shared)]
        try:
            document = await asyncio.to_thread(read, one, [*shelf.own, *documents], others, shelf.most_bytes)
        except Refused as reason:
            return Row(one.name, refused=reason.label, said=reason.said)
        documents.append(document)
        count = len(await asyncio.to_thread(split_passages, document))
        return Row(one.name, (step_read(document, language), SHELF_WORDS[language]["split"].format(count=count)))

    async def _follow(self, shelf: Shelf, language: Language) -> AsyncIterator[tuple[str, tuple[int, int]]]:
        words, opening = SHELF_WORDS[language], shelf.opening
        while opening and not opening.future.done():
            stage, done, total = opening.stage
            yield (words["embedding"].format(done=done, total=total) if stage == "embed" and total else words["waiting"]), (done, total)
            await asyncio.sleep(0.25)

    def choose(self, ids: list[str], shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        chosen = choose(shelf, ids, self.shared, conversation)
        if chosen is shelf:
            return self._note(language, "unchanged" if ids else "none_chosen")
        return self._changed(chosen, (), language, self._tell(chosen, language, "switched"))

    def leave(self, shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        """Back to all the shared documents; also the way out where the server has lost the visitor's shelf."""
        left = choose(shelf, [WHOLE], self.shared, conversation)
        return self._changed(left, (), language, self._tell(left, language, "switched"))

    def remove(self, id: str | None, shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        gone = next((document for document in shelf.own if document.id == id), None)
        if gone is None:
            return self._note(language, "unchanged")
        left = remove(shelf, gone.id, self.shared, conversation)
        kept = conversation if left.key == shelf.key else ()
        return self._changed(left, kept, language, SHELF_WORDS[language]["removed"].format(title=gone.title))

    def take_back(self, shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        if shelf.before is None:
            return self._note(language, "unchanged")
        return self._changed(*take_back(shelf, conversation), language, SHELF_WORDS[language]["taken_back"])

    def cancel(self, shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        """After adding was cancelled: where its documents were asked already, take that back."""
        said = SHELF_WORDS[language]["cancelled"]
        if shelf.opening and not shelf.opening.assistant:
            shelf, conversation = take_back(shelf, conversation)
        return self._changed(shelf, conversation, language, said)

    def _tell(self, shelf: Shelf, language: Language, label: str) -> str:
        words, found = SHELF_WORDS[language], documents_by_id(shelf, self.shared)
        if shelf.opening and shelf.opening.future.done() and (reason := shelf.opening.future.exception()):
            return words["failed"].format(reason=reason)
        asked = [found[id] for id in shelf.asked] or list(shared_documents(self.shared))
        return words[label].format(names=name_all(asked, language))

    def _note(self, language: Language, label: str) -> Updates:
        import gradio as gr

        return render_progress([], language, SHELF_WORDS[language][label]), gr.skip(), *(gr.skip(),) * PLACED

    def _changed(self, shelf: Shelf, conversation: Conversation, language: Language, said: str) -> Updates:
        import gradio as gr

        return render_progress([], language, said), gr.Button(visible=False), *self._place(shelf, conversation, language)

    def _place(self, shelf: Shelf, conversation: Conversation, language: Language) -> Updates:
        """The page over this shelf: it, its key, the conversation and all that shows it."""
        import gradio as gr

        found = documents_by_id(shelf, self.shared)
        cited = {citation.document_id for exchange in conversation if exchange.answer for citation in (*exchange.answer.citations, *exchange.answer.nearest)}
        conversation = conversation if cited <= found.keys() else ()  # of a shelf that the server has lost
        chat, panel, status, box = Desk(shelf.opening or self.shared).translate(conversation, language)
        return shelf, shelf.key, conversation, chat, panel, status, box, gr.Column(visible=False), *arrange(self.shared, None, shelf, language)
