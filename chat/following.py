"""Questions that may follow, as buttons under the answer. They are made after it was shown, and gone with the next question."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from chat.conversation import Conversation, is_settled
from chat.labels import WORDS
from chat.opening import Opening
from qa.following import OFFERED, is_worth, propose
from qa.types import Language


@dataclass(frozen=True, slots=True)
class Following:
    """The buttons, as gradio made them."""

    opening: Opening
    row: Any
    title: Any
    buttons: tuple[Any, ...]


def lay_out_following(opening: Opening) -> Following:
    import gradio as gr

    with gr.Column(elem_id="following", visible=False) as row:
        title = gr.HTML("", elem_id="following-title")
        buttons = tuple(gr.Button("", visible=False, elem_classes="example") for _ in range(OFFERED))
    return Following(opening, row, title, buttons)


def connect_following(following: Following, conversation: Any, language: Any, answered: Sequence[Any], leaving: Sequence[Any]) -> None:
    """Offer after each of the runs in `answered`; give way, and stop looking, on each event in `leaving`."""
    shown = [following.row, following.title, *following.buttons]
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    looking = [run.success(_offer_over(following.opening), [conversation, language], shown, concurrency_limit=1, concurrency_id="following", **quiet) for run in answered]
    for event in leaving:
        event(_hide, None, shown, cancels=looking, queue=False, **quiet)


def _offer_over(opening: Opening) -> Any:
    async def offer(conversation: Conversation, language: Language) -> AsyncIterator[list[Any]]:
        """Each candidate is tried in a thread by itself, and only while nobody waits for an answer."""
        assistant = opening.assistant
        if not assistant or not is_settled(conversation):
            return
        answers = [exchange.answer for exchange in conversation if exchange.answer]
        found: list[str] = []
        for candidate in propose(answers, assistant.documents):
            while opening.asked:
                await asyncio.sleep(0.2)
            if len(found) < OFFERED and await asyncio.to_thread(is_worth, candidate, answers, assistant.ask):
                found.append(candidate[0])
        if found:
            yield _show(found, WORDS[language]["instead" if answers[-1].refused else "following"])

    return offer


def _show(questions: Sequence[str], title: str) -> list[Any]:
    import gradio as gr

    buttons = [gr.Button(question, visible=True) for question in questions]
    return [gr.Column(visible=bool(questions)), f"<h2>{title}</h2>" if questions else "", *buttons, *[gr.Button(visible=False)] * (OFFERED - len(buttons))]


def _hide() -> list[Any]:
    return _show((), "")
