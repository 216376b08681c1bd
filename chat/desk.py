"""What the chat page does on each event."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import wait
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chat.acts import add_acts
from chat.cards import render_panel
from chat.conversation import Conversation, Exchange, is_settled
from chat.labels import WORDS
from chat.opening import EXAMPLES, Opening
from chat.page import render_chat, render_masthead, render_notices, render_status, render_welcome
from documents.errors import BriefingError
from documents.types import Document
from qa.types import Answer, Language

Updates = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page does on each event. A conversation comes in and goes out; nothing of a visitor stays here."""

    opening: Opening
    votes: bool = False  # whether answers can be voted on

    def reply(self, question: str, conversation: Conversation, language: Language, turn: float = 0) -> Iterator[Updates]:
        """Answer a question: at once a bubble, then its text as it grows, then the whole rendering.

        With a turn, counted from 1, it is asked in the place of that question, and what came after is dropped.
        """
        words = WORDS[language]
        before = tuple(exchange for exchange in conversation if exchange.answer)
        if not question.strip():
            yield self._show(before, language, box=question, fault=words["blank"])
            return
        conversation = before[: int(turn) - 1] if turn else before
        asked = Exchange(question, at=datetime.now().astimezone().isoformat(timespec="seconds"))
        yield self._show((*conversation, replace(asked, growing=words["working"])), language, busy=True, box="")
        try:
            for growing in self._grow(question, conversation, words):
                asked = replace(asked, growing=growing) if isinstance(growing, str) else replace(asked, answer=growing)
                yield self._show((*conversation, asked), language, busy=asked.answer is None)
        except BriefingError as error:
            yield self._show(before, language, box=question, fault=str(error))

    def _grow(self, question: str, conversation: Conversation, words: dict[str, str]) -> Iterator[str | Answer]:
        future = self.opening.future
        while not future.done():  # by steps, so that "stop" is heard while models load
            yield words["waiting"]
            wait([future], timeout=0.5)
        history = [exchange.question for exchange in conversation]
        growing = ""
        with self.opening.answering():
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
        """An empty conversation. What is being typed stays: it may be its first question."""
        return self._show((), language)

    # These two wait for as long as models load, one for each visitor: a thread each would soon be all there are.
    async def watch(self, line: str, language: Language) -> AsyncIterator[Any]:
        """Say what loads until nothing does, unless the status line says it already: a quick visitor may be told something else by now."""
        import gradio as gr

        while not self.opening.future.done():
            if (status := self.opening.status(language)) != line:
                yield (line := status)
            await asyncio.sleep(0.3)
        done = self.opening.status(language)
        same = done == line or self.opening.given_up.is_set()  # given up: other documents are asked by now
        yield gr.skip() if same else done  # nothing at all would empty the line

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
        chosen = gr.Radio(value=language, label=words["language"])
        return chosen, render_masthead(library, language), gr.HTML(notices, visible=bool(notices)), words["new"], *buttons, suggestions

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
        chat = add_acts(render_chat(conversation, library, language), conversation, library, language, votes=self.votes)
        return conversation, chat, panel, status, question, gr.Column(visible=not conversation and bool(self.opening.examples))

    def _status(self, conversation: Conversation, language: Language, say: str) -> str:
        if not conversation or not self.opening.assistant:
            return render_status(WORDS[language][say]) if say else self.opening.status(language)
        last = conversation[-1].answer
        say = say or ("working" if not last else f"refused_{last.refusal}" if last.refused else "answered")
        return render_status(WORDS[language][say].format(count=len(last.citations) if last else 0))


def _unchanged() -> Updates:
    import gradio as gr

    return (gr.skip(),) * 6


def _buttons(busy: bool, words: dict[str, str]) -> dict[str, Any]:
    return {"submit_btn": False, "stop_btn": words["stop"]} if busy else {"submit_btn": words["send"], "stop_btn": False}
