"""What flows through this room: a question, the citations that answer it, the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from documents.types import Role
from index.types import Hit

Asks = Literal["figure", "who", "title", "speaker", "when", "where", "list", "reason", "manner", "yes_no", "comparison", "overview", "thing"]
Wants = Literal["level", "change", "share"]
Language = Literal["zh", "en"]
Refusal = Literal["", "absent", "period", "basis", "not_given", "conflict"]
# ""         answered
# absent     the collection doesn't say it
# period     it says it of another period
# basis      it says it on another basis (同比 where 环比 was asked)
# not_given  a reporter asked it and no figure was given
# conflict   it gives figures that differ, and nothing in the question chooses between them


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood, made from its text and the questions before it."""

    text: str  # as typed
    standalone: str  # complete without the history; equal to text where nothing had to be added
    language: Language
    asks: Asks
    periods: tuple[str, ...]  # as written: 2023年, 上半年
    basis: str  # 同比, 环比, or ""
    subject: str  # what is left once asking words and periods are taken out, folded
    unit: str  # of the figure asked for, where the question names it (多少家 → 家); "" elsewhere
    wants: Wants  # of a figure: how much there is, how much it changed, or its part of a whole
    count: int  # how many items a list is asked for (哪五个稳 → 5); 0 where it isn't said
    claim: str  # yes_no: the figure put forward, as typed and folded; "" without one
    parts: tuple[str, ...]  # the single questions that a question of several parts holds; empty for one


@dataclass(frozen=True, slots=True)
class Citation:
    """A slice of a document, and whose words it is."""

    document_id: str
    start: int
    end: int
    quote: str  # == document.text[start:end]
    section: str
    speaker: str  # "" where the document names nobody
    title: str  # the speaker's office; "" where the document gives none
    role: Role
    asked: str  # the reporter's question that it answers; "" where none was asked
    paragraph: int  # counted from 1


@dataclass(frozen=True, slots=True)
class Claim:
    """One short statement of an answer: an item of a list, one side of a comparison, or all of it."""

    text: str
    citations: tuple[int, ...]  # positions in Answer.citations


@dataclass(frozen=True, slots=True)
class Answer:
    """A cited answer, or a refusal with the nearest passages beside it. No citations ⇔ refused."""

    question: Question
    short: str  # the answer and nothing more; "" where refused
    text: str  # the whole reply as plain text
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    confidence: float  # 0 to 1
    refusal: Refusal
    nearest: tuple[Citation, ...]  # on a refusal: what came closest. Not an answer.
    mode: str  # "extract": cut from the documents by this program alone
    considered: tuple[Hit, ...] = ()  # the passages that the search put before the reader, best first; not evidence

    @property
    def refused(self) -> bool:
        return self.refusal != ""
