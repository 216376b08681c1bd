"""The reader: which span of which sentence answers the question, and how surely.

This is the one seam for reading: anything with `read` can take its place. The reader here aligns the question with the
words around each candidate; it knows Chinese and briefings, and no text in particular.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from documents.fold import fold
from qa.align import AFTER, BEFORE, FRAME, NEAR, OPENER, SENTENCE, Evidence, Unit, cover, missing, split_units, surplus
from qa.candidates import Candidate, find_candidates
from qa.errors import QuestionError
from qa.figures import Figure
from qa.periods import Period, clash, find_periods
from qa.types import Question, Refusal

ALIGNMENT = "alignment"
ENOUGH = 0.60  # a span below this answers nothing; chosen on the development questions


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a sentence that may answer."""

    evidence: Evidence
    start: int  # in the document
    end: int
    score: float  # 0 to 1: how much of the question stands around it, less what speaks against it
    figure: Figure | None
    against: Refusal  # "" or why it can't answer although it is near: another period, another basis


@dataclass(frozen=True, slots=True)
class Reading:
    """Spans, best first, and how likely it is that none of them answers (0 to 1)."""

    spans: tuple[Span, ...]
    no_answer: float


class Reader(Protocol):
    """What reads: spans for a question among sentences."""

    name: str

    def read(self, question: Question, evidence: Sequence[Evidence], rarity: Callable[[str], float]) -> Reading:
        """Spans with their scores, best first, and the score of no answer."""
        ...


def load_reader(name: str = ALIGNMENT) -> Reader:
    """A reader by name. Raises QuestionError for a name that no reader has."""
    if name != ALIGNMENT:
        raise QuestionError(f"no reader is called {name!r}: there is {ALIGNMENT!r}")
    return AlignmentReader()


@dataclass(frozen=True, slots=True)
class AlignmentReader:
    """Reads by alignment alone: no model, no training."""

    name: str = ALIGNMENT

    def read(self, question: Question, evidence: Sequence[Evidence], rarity: Callable[[str], float]) -> Reading:
        """Spans with their scores, best first, and the score of no answer."""
        units = split_units(question.subject, rarity)
        asked = [p for p in find_periods(fold(question.standalone)) if not p.base]
        spans = [
            score_candidate(question, units, asked, candidate)
            for piece in evidence
            if piece.sentence.turn.role != "question"
            for candidate in find_candidates(question, piece)
        ]
        spans.sort(key=lambda s: (-s.score, s.end - s.start, s.start))
        best = next((s.score for s in spans if not s.against), 0.0)
        return Reading(tuple(spans), max(0.0, min(1.0, 1 - best)))


def score_candidate(question: Question, units: Sequence[Unit], asked: Sequence[Period], candidate: Candidate) -> Span:
    """A candidate as a span with its score."""
    evidence, text = candidate.evidence, candidate.text
    inner = candidate.end if candidate.inside else candidate.start
    tail = _tail(text, candidate.end)
    zones = (
        (text[candidate.lead : inner], NEAR),
        (text[candidate.end : tail], AFTER),
        (text[: candidate.start], SENTENCE),
        (text[candidate.end :], SENTENCE - 0.1),
        (evidence.opener, OPENER),
        (evidence.before, BEFORE),
        (evidence.frame, FRAME),
    )
    score = cover(units, zones)
    score -= _missing_measure(units, zones)
    score += 0.03 if evidence.hit.score > 0 else 0.0
    if candidate.figure:
        score += _figure_fit(question, candidate)
        score -= 0.012 * min(surplus(units, text[candidate.lead : candidate.start]), 8)
    elif candidate.inside:
        score += _clause_fit(question, units, candidate)
    start = evidence.sentence.start
    return Span(evidence, start + candidate.start, start + candidate.end, score, candidate.figure, _against(question, asked, candidate))


def _tail(text: str, end: int) -> int:
    """Where the clause ends that a candidate stands in."""
    stop = re.compile(r"[,，。;；:!?]|\d").search(text, end)
    return stop.start() if stop else len(text)


def _missing_measure(units: Sequence[Unit], zones: Sequence[tuple[str, float]]) -> float:
    """What is counted must be named in the sentence itself, or right before it."""
    measures = [u for u in units if u.measure]
    near = [text for text, worth in zones if worth >= BEFORE]
    return 0.15 if measures and len(missing(measures, near)) == len(measures) else 0.0


def _figure_fit(question: Question, candidate: Candidate) -> float:
    figure = candidate.figure
    assert figure is not None
    if question.asks != "figure" and not question.claim:
        return 0.0
    fit = 0.0
    if question.unit:
        same = figure.unit.endswith(question.unit) or question.unit.endswith(figure.unit or "\0") or question.unit in candidate.text[figure.end : figure.end + 4]
        fit += 0.08 if same else -0.5
    if question.wants == "change":
        fit += 0.08 if figure.change else -0.35
    elif question.wants == "share":
        fit += 0.08 if figure.kind == "ratio" and not figure.change else -0.35
    else:
        fit -= 0.3 if figure.change else 0.22 if figure.share else 0.0
        fit -= 0.12 if figure.kind == "ratio" and not re.search("率|率$", question.subject) else 0.0
    if not figure.unit:
        fit -= 0.1
    return fit


def _clause_fit(question: Question, units: Sequence[Unit], candidate: Candidate) -> float:
    """A clause should meet the question, say something that the question doesn't, and be short."""
    span = candidate.text[candidate.start : candidate.end]
    new = surplus(units, span)
    fit = -0.25 if new < 2 else 0.0
    fit -= 0.0009 * max(0, len(span) - 12)
    if question.asks == "reason" and re.search(r"因为|由于|因|原因|为了|以便|旨在|顺应|需要|要求|得益于|主要是|because|due to|in order to", candidate.text):
        fit += 0.05
    return fit


def _against(question: Question, asked: Sequence[Period], candidate: Candidate) -> Refusal:
    """Why a candidate can't answer however well it fits."""
    given = governing_period(candidate)
    if asked and given and any(clash(a, given) for a in asked):
        return "period"
    figure = candidate.figure
    if question.basis and figure and figure.change:
        clause = candidate.text[candidate.lead : candidate.end]
        other = "环比" if question.basis == "同比" else "同比"
        if other in clause or (question.basis == "环比" and question.basis not in clause):
            return "basis"
    if asked and not given and any(a.year for a in asked) and not any(str(a.year) in t for a in asked for t in (candidate.evidence.frame, candidate.evidence.document.text)):
        return "period"
    return ""


def governing_period(candidate: Candidate) -> Period | None:
    """The time that a candidate is said of: the last one named before it in its sentence, or in those before it."""
    def last(text: str, stop: int) -> Period | None:
        named = [p for p in find_periods(text) if not p.base and p.end <= stop]
        return named[-1] if named else None

    found = last(candidate.text, candidate.start)
    if found:
        year = found.year or next((p.year for p in reversed(find_periods(candidate.text[: found.start])) if p.year and not p.base), 0)
        return Period(found.start, found.end, year, found.part, False)
    return last(candidate.evidence.before, len(candidate.evidence.before)) or last(candidate.evidence.opener, 10**6)
