"""Questions that may follow, as buttons under the answer. They are made after it was shown, and gone with the next question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from chat.conversation import Conversation, is_settled
from chat.labels import WORDS
from chat.opening import Opening
from qa.following import OFFERED, is_worth, propose
from qa.types import Language

At = Callable[[Callable[..., Any], Sequence[Any]], tuple[Callable[..., Any], Sequence[Any]]]
Found = tuple[tuple[str, ...], tuple[str, ...]]  # the conversation's questions, and those that may follow them
NOTHING: Final[Found] = ((), ())


@dataclass(frozen=True, slots=True)
class Following:
    """The buttons, as gradio made them."""

    opening: Opening
    found: Any  # the state that holds what was found
    row: Any
    title: Any
    buttons: tuple[Any, ...]

    async def look(self, conversation: Conversation) -> Found:
        """What may follow. Each candidate is tried in a thread by itself, and only while nobody waits for an answer."""
        assistant, found = self.opening.assistant, list[str]()
        if not assistant or not is_settled(conversation):
            return NOTHING
        answers = [exchange.answer for exchange in conversation if exchange.answer]
        for candidate in propose(answers, assistant.documents):
            while self.opening.asked:
                await asyncio.sleep(0.2)
            if await asyncio.to_thread(is_worth, candidate, answers, assistant.ask):
                found.append(candidate[0])
            if len(found) == OFFERED:
                break
        return tuple(exchange.question for exchange in conversation), tuple(found)


def lay_out_following(opening: Opening) -> Following:
    import gradio as gr

    found = gr.State(NOTHING)
    with gr.Column(elem_id="following", visible=False) as row:
        title = gr.HTML("", elem_id="following-title")
        buttons = tuple(gr.Button("", visible=False, elem_classes="example") for _ in range(OFFERED))
    return Following(opening, found, row, title, buttons)


def connect_following(following: Following, conversation: Any, language: Any, at: At, answered: Sequence[Any], leaving: Sequence[Any]) -> None:
    """Look after each of the runs in `answered`, and show what was found; hide it on each event in `leaving`."""
    shown = [following.row, following.title, *following.buttons]
    quiet: Any = {"api_visibility": "private", "show_progress": "hidden"}
    # Every time: by its default, gradio drops what is triggered while the look after the question before is still under way.
    looking: Any = quiet | {"trigger_mode": "multiple", "concurrency_limit": 1, "concurrency_id": "following"}
    for run in answered:
        looked = run.success(*at(following.look, [conversation]), following.found, **looking)
        looked.then(offer, [following.found, conversation, language], shown, **quiet)
    for event in leaving:
        event(lambda: _show((), ""), None, shown, queue=False, **quiet)


def offer(found: Found, conversation: Conversation, language: Language) -> list[Any]:
    """What was found, unless the conversation has gone on meanwhile."""
    import gradio as gr

    asked, questions = found
    last = conversation[-1].answer if conversation else None
    if not questions or last is None or asked != tuple(exchange.question for exchange in conversation):
        return [gr.skip()] * (2 + OFFERED)
    return _show(questions, WORDS[language]["instead" if last.refused else "following"])


def _show(questions: Sequence[str], title: str) -> list[Any]:
    import gradio as gr

    buttons = [gr.Button(question, visible=True) for question in questions]
    return [gr.Column(visible=bool(questions)), f"<h2>{title}</h2>" if questions else "", *buttons, *[gr.Button(visible=False)] * (OFFERED - len(buttons))]

