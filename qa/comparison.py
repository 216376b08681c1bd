"""Which is more: each side of a comparison as a question of its own, and the side that has more of it named first."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product

from documents.fold import fold
from qa.align import cover
from qa.answers import Finding, answer_with
from qa.bearing import DOWN, direction_of, span_direction
from qa.cells import cited
from qa.extract import Sources, answer_span, choose, short_form
from qa.phrases import EQUAL, NO, YES
from qa.premise import read_figure
from qa.question import parse_question
from qa.reader import Span
from qa.sides import Comparison, Side, split_comparison
from qa.types import Answer, Question
from qa.units import Unit

Row = tuple[Side, Question, Span]
CONSIDERED = 5  # spans of each side
NAMED = 0.5  # the share of a side's name that must stand in the sentence of its figure or in the one before it
TOGETHER = 0.05  # what it is worth that the sides stand in one document, one paragraph, one sentence: each


def answer_comparison(question: Question, sources: Sources) -> Answer:
    """All figures, all cited, the side asked for first; refused where a side is missing or the units differ."""
    compared = split_comparison(question.standalone)
    if not compared:  # 三市里哪个最高 names no sides: the document may say so itself
        return answer_span(replace(question, asks="thing"), sources)
    return compare(question, compared, sources)


def answer_than(question: Question, compared: Comparison, sources: Sources) -> Answer:
    """Yes where the first side has more (or less, as put forward), else no; both figures either way."""
    return compare(question, compared, sources, judged=True)


def compare(question: Question, compared: Comparison, sources: Sources, judged: bool = False) -> Answer:
    """A figure for each side; `judged` says that the question puts one before the other."""
    asked = [replace(parse_question(side.asked), asks="figure", language=question.language, parts=()) for side in compared.sides]
    choices: list[list[Span]] = []
    for single in asked:
        reading = read_figure(single, sources)
        best, reason = choose(single, reading, sources)
        if best is None:
            return sources.refuse(question, reason, 1 - reading.no_answer)
        things = [unit for unit in sources.units(single) if not unit.measure]
        choices.append([s for s in reading.spans if s.figure and not s.against and s.score >= reading.enough and _names(things, s)][:CONSIDERED])
    chosen = _alike(choices)
    if not chosen:
        return sources.refuse(question, "absent", 0.5)
    rows = list(zip(compared.sides, asked, chosen, strict=True))
    return _judge(question, compared, rows) if judged else _say(question, compared, rows)


def _names(things: list[Unit], span: Span) -> bool:
    """Whether a figure's sentence, or the one that it leans on, names the side that the figure is to be of."""
    evidence = span.evidence
    return not things or cover(things, [(text, 1.0) for text in (evidence.text, *evidence.before[-1:], evidence.opener)]) >= NAMED


def _alike(choices: list[list[Span]]) -> tuple[Span, ...]:
    """A span for each side, all of one unit and one kind and none twice, that together score best; empty where there are none."""
    def fits(spans: tuple[Span, ...]) -> bool:
        kinds = {(s.figure.unit, s.figure.change) for s in spans if s.figure}
        places = {(s.evidence.document.id, s.start) for s in spans}
        return len(kinds) == 1 and len(places) == len(spans)

    def near(spans: tuple[Span, ...]) -> int:
        """One document, one paragraph, one sentence: what is compared is given together."""
        where = [{(s.evidence.document.id, *at) for s, at in zip(spans, places, strict=True)} for places in (
            [()] * len(spans), [(s.evidence.sentence.paragraph,) for s in spans], [(s.evidence.sentence.start,) for s in spans])]
        return sum(len(same) == 1 for same in where)

    return max(filter(fits, product(*choices)), key=lambda spans: sum(s.score for s in spans) + TOGETHER * near(spans), default=())


def _say(question: Question, compared: Comparison, rows: list[Row]) -> Answer:
    """The sides in the order asked for, the first with the question's own words for it: 旅館住房率更高：83.5%；民宿：71.2%."""
    fall = bool(re.search(DOWN, fold(compared.said)))
    rows = sorted(rows, key=lambda row: _amount(row[2], fall), reverse=not compared.least)
    equal = _amount(rows[0][2], fall) == _amount(rows[1][2], fall)
    against = direction_of(fold(compared.said + compared.adjective)) * span_direction(rows[0][2]) < 0  # what fell didn't 涨得更快
    findings = [_side(question, row) for row in rows]
    if not equal and not against:
        degree = "最" if len(rows) > 2 else "更"
        words = f"{compared.said}{degree}{compared.adjective}" if question.language == "zh" else f" {compared.adjective}"
        findings[0] = _side(question, rows[0], words)
    note = EQUAL[question.language] if equal else ""
    return answer_with(question, findings, min(row[2].score for row in rows), joiner="；" if question.language == "zh" else "; ", note=note)


def _judge(question: Question, compared: Comparison, rows: list[Row]) -> Answer:
    """是。销量：3009.4万辆；产量：3016.1万辆."""
    fall = bool(re.search(DOWN, fold(compared.said)))
    one, other = (_amount(row[2], fall) for row in rows)
    chinese = question.language == "zh"
    word = (YES if (one < other if compared.least else one > other) else NO)[question.language]
    first, second = (_side(question, row) for row in rows)
    findings = [replace(first, text=f"{word}。{first.text}" if chinese else f"{word}. {first.text}"), second]
    return answer_with(question, findings, min(row[2].score for row in rows), joiner="；" if chinese else "; ")


def _side(question: Question, row: Row, words: str = "") -> Finding:
    """One side with its figure: its name in the question's own words, and `words` where it is the one asked for."""
    side, asked, span = row
    figure = short_form(replace(asked, standalone=""), span)
    return Finding(f"{side.name}{words}{'：' if question.language == 'zh' else ': '}{figure}", cited(span))


def _amount(span: Span, fall: bool) -> Decimal:
    """What is compared: what fell counts below nought, and above it where it is asked what fell more."""
    assert span.figure is not None
    way = span_direction(span) if span.figure.change else 0
    signed = -span.figure.value if way < 0 else span.figure.value
    return -signed if fall else signed
