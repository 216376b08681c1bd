"""What programs may ask of the page's server: `ask`, `search`, `documents`, over HTTP and as a model's tools alike."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from chat.opening import Opening
from chat.source import find_notice
from documents.sentences import split_sentences
from documents.types import Document
from qa.answers import flat
from qa.errors import QuestionError
from qa.record import AnswerRecord, CitationRecord, to_citation_record, to_record

MOST = 50  # passages of one search


class PassageRecord(CitationRecord):
    score: float


class Found(TypedDict):
    passages: list[PassageRecord]


class DocumentRecord(TypedDict):
    id: str
    title: str
    characters: int
    sha256: str
    sections: list[str]
    notice: str


class Collection(TypedDict):
    documents: list[DocumentRecord]


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing a program may ask, described for people who write programs and for models that choose tools."""

    name: str
    run: Callable[..., Any]
    title: str
    description: str
    returns: Any  # its TypedDict
    parameters: dict[str, dict[str, Any]]  # JSON schemas, in order; one without a default must be given


_QUESTION: Final = {"type": "string", "description": "One question in Chinese or English, in plain words, at most 1000 characters.", "examples": ["2023年汽车销量是多少？"]}
_HISTORY: Final = {
    "type": "array", "items": {"type": "string"}, "default": [], "examples": [["2023年汽车产量是多少？"]],
    "description": "The earlier questions of this conversation as they were asked, oldest first, so that 那销量呢？ is understood.",
}  # fmt: skip
_K: Final = {"type": "integer", "minimum": 1, "maximum": MOST, "default": 5, "examples": [5], "description": f"How many passages at most, 1 to {MOST}."}

_ASK: Final = (
    "Answer one question from the collection of press briefings, cut from the text and cited. Use it for any fact, figure, name, date, list "
    "or statement that the briefings may hold, and again for each further question. `answer` is the short answer, `citations` hold the "
    "verbatim quotes that bear it out, with who said them, section, paragraph and offsets: repeat a quote exactly as it stands or not at "
    "all. Where `refused` is true the documents don't say it: pass that on as a refusal, in the words of `text`, and answer neither from "
    "`nearest`, which is no answer, nor from what you know. `confidence` below 0.5 needs checking by a person."
)
_SEARCH: Final = (
    "Find the passages nearest to a question, best first, without answering it. Use it to read around an answer, or to gather material "
    "that no single question asks for. Each `quote` is a verbatim slice, from `start` to `end`, of the document. A passage found is near, "
    "not necessarily relevant: `score` compares passages of this one search alone. `role` says whose words they are: a `question` is a "
    "reporter's premise and no official's statement."
)
_DOCUMENTS: Final = (
    "List the documents that `ask` and `search` look into: id, title, length in characters, SHA-256 of the file, section headings, and the "
    "notice on how the text was made, which must be passed on beside whatever is quoted (a restated text is not the officials' own words). "
    "Use it first, to learn what can be asked."
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """The verbs over a collection. Each waits until it is open and raises BriefingError for what can't be asked."""

    opening: Opening

    def listed(self) -> tuple[Verb, ...]:
        return (
            Verb("ask", self.ask, "Ask the briefings", _ASK, AnswerRecord, {"question": _QUESTION, "history": _HISTORY}),
            Verb("search", self.search, "Search the briefings", _SEARCH, Found, {"question": _QUESTION, "k": _K}),
            Verb("documents", self.documents, "List the documents", _DOCUMENTS, Collection, {}),
        )

    def ask(self, question: str, history: list[str] = []) -> AnswerRecord:  # noqa: B006 (published as the default)
        _check_question(question)
        if not isinstance(history, list) or not all(isinstance(earlier, str) for earlier in history):
            raise QuestionError(f"history must be a list of strings, the earlier questions, not {history!r:.60}")
        for earlier in history:
            check_whole(earlier, "history")
        began = time.perf_counter()
        assistant = self.opening.future.result()
        with self.opening.answering():
            answer = assistant.ask(question, tuple(history))
        return to_record(answer, id=uuid.uuid4().hex, latency_ms=(time.perf_counter() - began) * 1000)

    def search(self, question: str, k: int = 5) -> Found:
        _check_question(question)
        if type(k) is not int or not 1 <= k <= MOST:
            raise QuestionError(f"k must be a whole number from 1 to {MOST}, not {k!r:.60}")
        found = self.opening.future.result().search(question, k)
        return {"passages": [{**to_citation_record(citation), "score": round(hit.score, 4)} for hit, citation in found]}

    def documents(self) -> Collection:
        return {"documents": [_describe(document) for document in self.opening.future.result().documents]}


def _check_question(question: object) -> None:
    if not isinstance(question, str):
        raise QuestionError(f"question must be a string, not {question!r:.60}")
    check_whole(question, "question")


def check_whole(text: str, what: str) -> None:
    """Raise for half a surrogate pair, which JSON can bring in and no answer could carry out again."""
    half = re.search("[\ud800-\udfff]", text)
    if half:
        raise QuestionError(f"character {half.start()} of {what} is U+{ord(half.group()):04X}, half of a surrogate pair; correct it")


def _describe(document: Document) -> DocumentRecord:
    sections = dict.fromkeys(flat(sentence.section) for sentence in split_sentences(document) if sentence.section)
    return {
        "id": document.id, "title": document.title, "characters": len(document.text), "sha256": document.sha256,
        "sections": list(sections), "notice": find_notice(document),
    }  # fmt: skip
