"""From spans to an answer: claims, their citations, and the reply as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.sentences import split_sentences
from documents.types import Document, Passage, Sentence
from index.types import Hit
from qa.phrases import REFUSALS, attribute
from qa.types import Answer, Citation, Claim, Question, Refusal

NEAREST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement found: its short form and the sentences it stands in."""

    text: str
    citations: tuple[Citation, ...]


def cite(document: Document, sentence: Sentence, start: int = -1, end: int = -1) -> Citation:
    """A whole sentence, or a slice of it, as a citation."""
    turn = sentence.turn
    start, end = (sentence.start, sentence.end) if start < 0 else (start, end)
    return Citation(
        document.id, start, end, document.text[start:end], flat(sentence.section), turn.speaker, turn.title, turn.role,
        flat(sentence.asked), sentence.paragraph,
    )  # fmt: skip


def cite_passage(passage: Passage, documents: dict[str, Document]) -> Citation:
    document = documents[passage.document_id]
    sentence = next(s for s in split_sentences(document) if s.start >= passage.start)
    return cite(document, sentence, passage.start, passage.end)


def flat(text: str) -> str:
    """A slice as it reads in one line: a column's or page's break within it is closed up."""
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef“”])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef“”])", "", text)
    return re.sub(r"\s*\n\s*", " ", text).strip()


def answer_with(question: Question, findings: Sequence[Finding], confidence: float, *, joiner: str = "；", note: str = "") -> Answer:
    """An answer that makes these findings its claims, each with its citations; the same sentence is cited once."""
    citations: list[Citation] = []
    claims: list[Claim] = []
    for finding in findings:
        numbers = []
        for citation in finding.citations:
            if citation not in citations:
                citations.append(citation)
            numbers.append(citations.index(citation))
        claims.append(Claim(finding.text, tuple(dict.fromkeys(numbers))))
    short = joiner.join(claim.text for claim in claims)
    text = _reply(question, claims, citations, joiner, note)
    return Answer(question, short, text, tuple(claims), tuple(citations), round(max(0.0, min(1.0, confidence)), 3), "", (), "extract")


def _reply(question: Question, claims: Sequence[Claim], citations: Sequence[Citation], joiner: str, note: str) -> str:
    language = question.language
    listed = len(claims) > 1 and joiner in ("；", "、", "; ", ", ") and not note
    lines = []
    for n, claim in enumerate(claims, 1):
        marks = "".join(f"[{c + 1}]" for c in claim.citations)
        lines.append(f"{n}. {claim.text}{marks}" if listed else f"{claim.text}{marks}")
    if note:
        lines.append(note)
    for n, citation in enumerate(citations, 1):
        said = attribute(citation.speaker, citation.title, citation.section, citation.paragraph, language)
        lines.append(f"[{n}] “{flat(citation.quote)}” {said}")
    return "\n".join(lines)


def refuse(question: Question, reason: Refusal, hits: Sequence[Hit], documents: dict[str, Document], confidence: float) -> Answer:
    """A refusal in its fixed words, with what came closest beside it."""
    nearest = [cite_passage(hit.passage, documents) for hit in hits[:NEAREST_SHOWN]]
    text = REFUSALS[question.language][reason]
    return Answer(question, "", text, (), (), round(max(0.0, min(1.0, confidence)), 3), reason, tuple(nearest), "extract")


def merge(question: Question, answers: Sequence[Answer]) -> Answer:
    """One answer for a question of several parts. A part without an answer says so; if none has one, all is refused."""
    given = [answer for answer in answers if not answer.refused]
    considered = tuple({hit.passage: hit for answer in answers for hit in answer.considered}.values())
    if not given:
        return replace(answers[0], question=question, considered=considered)
    findings = [Finding(claim.text, tuple(a.citations[c] for c in claim.citations)) for a in given for claim in a.claims]
    lost = [f"{a.question.standalone} {a.text}" for a in answers if a.refused]
    merged = answer_with(question, findings, min(a.confidence for a in given), note="\n".join(lost))
    return replace(merged, considered=considered)
