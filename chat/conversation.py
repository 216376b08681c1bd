"""A conversation as the page holds it, and the numbers of what it cites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.types import Answer, Citation

Span = tuple[str, int, int]  # of a document, by its id
Remark = Literal["", "link_other", "link_changed"]
Said = Literal["", "up", "down"]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a conversation and what became of it so far."""

    question: str  # as typed
    answer: Answer | None = None
    growing: str = ""  # what stands in the bubble until the answer is whole
    at: str = ""  # when it was asked, as 2024-01-19T10:00:00+08:00
    remark: Remark = ""  # what a link to this answer promised and the collection didn't keep: a key of KEEPING
    vote: Said = ""  # what the reader said of the answer: "up", "down", or ""


Conversation = tuple[Exchange, ...]


def is_settled(conversation: Conversation) -> bool:
    """Whether there is a last question, and it is answered."""
    return bool(conversation) and conversation[-1].answer is not None


def number_spans(conversation: Conversation) -> dict[Span, int]:
    """Each cited span's number: from 1 in order of first citation, the same throughout a conversation."""
    numbers: dict[Span, int] = {}
    for exchange in conversation:
        for citation in exchange.answer.citations if exchange.answer else ():
            numbers.setdefault(span(citation), len(numbers) + 1)
    return numbers


def span(citation: Citation) -> Span:
    return citation.document_id, citation.start, citation.end
