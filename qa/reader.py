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
from qa.align import AFTER, BEFORE, FRAME, NEAR, OPENER, SENTENCE, Evidence, Unit, before_zones, cover, hide_longer, missing, split_units, surplus
from qa.candidates import Candidate, find_candidates
from qa.errors import QuestionError
from qa.figures import Figure
from qa.guards import speaks_against
from qa.periods import Period, find_periods
from qa.types import Question, Refusal

ALIGNMENT = "alignment"
ENOUGH = 0.60  # a span below this answers nothing; chosen on the development questions


_MONEY = re.compile(r"(?:收入|投资|投资额|利润|产值|营收|金额|总额|资金|成本|价格|市值|预算|增加值|零售额|销售额|成交额|出口额|进口额|支出|gdp|生产总值|钱)(?:规模|目标| |降到|升到|达到|为)*$")
_CAUSE = re.compile(r"因为|由于|因(?!此|而)|原因|为了|以便|旨在|顺应|得益于|主要是|主要难在|在于|受[^,]{1,20}影响|之所以|because|due to|owing to|in order to|thanks to")
_MEANS = re.compile(r"通过|利用|采取|采用|运用|依托|借助|以[^,]{2,12}(?:方式|为)|by \w+ing|through")


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
    evidence, text = candidate.evidence, hide_longer(units, candidate.text)
    inner = candidate.end if candidate.inside else candidate.start
    bare = bool(candidate.figure) and surplus((), candidate.text[candidate.lead : candidate.start]) < 3
    own = (
        (text[candidate.lead : inner], NEAR),
        (text[candidate.end : _tail(text, candidate.end)], AFTER),
        (text[: candidate.start], SENTENCE),
        (text[candidate.end :], SENTENCE - 0.1),
    )
    around = (
        (hide_longer(units, evidence.opener), OPENER),
        *((hide_longer(units, said), worth) for said, worth in before_zones(evidence, bare)),
    )
    score = cover(units, (*own, *around, (evidence.frame, FRAME)))
    score -= _missing_measure(units, (*own, *around) if bare else own)
    score += 0.03 if evidence.hit.score > 0 else 0.0
    score += _period_fit(asked, candidate)
    if candidate.figure:
        subject = candidate.text[0 if bare else candidate.lead : candidate.start]
        score += _figure_fit(question, candidate) - 0.018 * min(surplus(units, subject), 8)
    elif candidate.inside:
        score += _clause_fit(question, units, candidate)
    elif question.asks == "when":
        score += _date_fit(question, candidate)
    start = evidence.sentence.start
    return Span(evidence, start + candidate.start, start + candidate.end, score, candidate.figure, speaks_against(question, asked, candidate))


def _period_fit(asked: Sequence[Period], candidate: Candidate) -> float:
    """The period asked, named by the sentence itself, and best right before the figure."""
    named = [p for p in find_periods(candidate.evidence.text) if not p.base and asked and p.part == asked[0].part]
    fit = 0.05 if any(p.year == asked[0].year for p in named) else 0.0
    return fit + (0.08 if candidate.figure and any(p.end == candidate.start for p in named) else 0.0)


def _date_fit(question: Question, candidate: Candidate) -> float:
    """哪一年 wants a year, 哪天 a day."""
    said = candidate.text[candidate.start : candidate.end]
    if re.search(r"哪一?年|which year|what year", fold(question.standalone)):
        return 0.0 if re.search(r"(?:19|20)\d\d|十[一二三四五]五|年$", said) else -1.0
    if re.search(r"哪一?天|几号|哪一?日|which day|what date", fold(question.standalone)):
        return 0.0 if re.search(r"日$|\d$", said) else -0.3
    return 0.0


def _tail(text: str, end: int) -> int:
    """Where the clause ends that a candidate stands in."""
    stop = re.compile(r"[,，。;；:!?]|\d").search(text, end)
    return stop.start() if stop else len(text)


def _missing_measure(units: Sequence[Unit], zones: Sequence[tuple[str, float]]) -> float:
    """What is counted must be named in the sentence itself; before it only where the sentence has no subject of its own."""
    measures = [u for u in units if u.measure]
    return 0.3 if measures and len(missing(measures, [text for text, _ in zones])) == len(measures) else 0.0


def _figure_fit(question: Question, candidate: Candidate) -> float:
    """What is counted in 家 is no sum of money, and how much something grew is not how much there is."""
    figure = candidate.figure
    assert figure is not None
    if question.asks != "figure" and not question.claim:
        return 0.0
    if not _kind_fits(question, candidate, figure):
        return -1.0
    fit = 0.08 if question.unit else 0.0
    if question.wants == "change":
        fit += 0.08 if figure.change else -0.35
        fit -= 0.25 if figure.kind == "points" and not re.search("百分点|加快|放缓|提高|变化|point", fold(question.standalone)) else 0.0
    elif question.wants == "share":
        fit += 0.08 if figure.kind == "ratio" and not figure.change else -0.35
    else:
        fit -= 0.3 if figure.change else 0.22 if figure.share and question.unit != "%" else 0.0
        fit -= 0.12 if figure.kind == "ratio" and question.unit != "%" else 0.0
    headline = 0.06 if candidate.evidence.sentence.ordinal else 0.0  # 一是产销量突破3000万辆: the exact figure follows
    return fit - headline - (0.0 if figure.unit else 0.15)


def _kind_fits(question: Question, candidate: Candidate, figure: Figure) -> bool:
    unit = question.unit
    if unit == "%":
        return figure.kind in ("ratio", "points")
    if unit == "个":
        return figure.kind == "count" and figure.unit not in ("年", "天", "小时", "分钟", "公里", "米")
    if unit and not unit.isascii():
        return figure.unit.endswith(unit) or (bool(figure.unit) and unit.endswith(figure.unit)) or candidate.text.startswith(unit, figure.end)
    if question.wants == "level" and _MONEY.search(question.subject):
        return figure.kind == "money" or figure.unit == ""
    return True


def _clause_fit(question: Question, units: Sequence[Unit], candidate: Candidate) -> float:
    """A clause should meet the question, say something that the question doesn't, and be short."""
    span = candidate.text[candidate.start : candidate.end]
    new = surplus(units, span)
    fit = -0.25 if new < 2 else -0.2 * max(0.0, 0.5 - new / len(span))
    fit -= 0.0009 * max(0, len(span) - 12)
    if question.asks == "reason":
        fit += 0.25 if _CAUSE.search(span) else 0.0
    elif question.asks == "manner":
        fit += 0.05 if _MEANS.search(span) else 0.0
    elif question.asks == "list":
        fit += 0.06 * min(2, span.count("、")) if "、" in span else -0.05
    return fit
