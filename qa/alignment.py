"""Reading by alignment: a candidate is worth what part of the question stands in the words around it.

It knows Chinese and briefings, and no text in particular. By itself it is the reader without a model; with one, its scores
and its guards stand beside the model's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.fold import fold
from qa.align import AFTER, FRAME, NEAR, OPENER, SENTENCE, before_zones, cover, hide_longer, rate, surplus
from qa.candidates import Candidate, find_candidates
from qa.evidence import Evidence
from qa.figures import find_figures
from qa.fit import clause_fit, date_fit, figure_fit, missing_measure, period_fit, words_only
from qa.guards import is_latin, speaks_against
from qa.periods import Period, find_periods
from qa.reader import Reading, Span
from qa.types import Question
from qa.units import Unit

ENOUGH = 0.60  # chosen on the development questions
RARE = ("when", "where", "who")  # a date, a place or a name among the sentences found is itself evidence
APART = 0.2  # so much more of a question must a sentence meet behind 其中 than before it for a figure before it to be the whole's
HOPELESS = 0.3  # a sentence that meets less of the question, all around it counted, isn't read further
_TAIL = re.compile(r"[,，。;；:!?]|\d")


@dataclass(frozen=True, slots=True)
class AlignmentReader:
    """Reads by alignment alone: no model, no training."""

    name: str = "alignment"

    def read(self, question: Question, units: Sequence[Unit], evidence: Sequence[Evidence]) -> Reading:
        """Spans with their scores, best first, and the score of no answer."""
        asked = [p for p in find_periods(fold(question.standalone)) if not p.base]
        spans: list[Span] = []
        for piece in evidence:
            if piece.sentence.turn.role == "question" or piece.line is not None:
                continue  # a reporter's premise answers nothing, and a table's row is read by its cells
            if cover(units, ((f"{piece.text}\n{piece.opener}\n{piece.frame}\n{''.join(piece.before)}", NEAR),)) >= HOPELESS:
                around = look_around(units, piece)
                spans += [score_candidate(question, units, asked, c, around) for c in find_candidates(question, piece)]
        spans.sort(key=lambda s: (-s.score, s.end - s.start, s.start))
        best = next((s.score for s in spans if not s.against), 0.0)
        foreign = question.language == "en" and any(not is_latin(piece.text) for piece in evidence)
        enough = ENOUGH - (0.1 if foreign else 0.0) - (0.1 if question.asks in RARE else 0.0)
        return Reading(tuple(spans), max(0.0, min(1.0, 1 - best)), enough)


@dataclass(frozen=True, slots=True)
class Around:
    """What a sentence's surroundings give each unit: for a candidate with a subject of its own, and for one without."""

    plain: tuple[float, ...]
    elliptic: tuple[float, ...]


def look_around(units: Sequence[Unit], evidence: Evidence) -> Around:
    """The worth of the text around a sentence, worked out once for all of its candidates."""
    frame = (evidence.frame, FRAME)
    opener = (hide_longer(units, evidence.opener), OPENER)
    plain, elliptic = (
        tuple(rate(units, (frame, opener, *((hide_longer(units, text), worth) for text, worth in before_zones(evidence, bare)))))
        for bare in (False, True)
    )
    return Around(plain, elliptic)


def score_candidate(question: Question, units: Sequence[Unit], asked: Sequence[Period], candidate: Candidate, around: Around) -> Span:
    """A candidate as a span with its score."""
    evidence, text = candidate.evidence, hide_longer(units, candidate.text)
    inner = candidate.end if candidate.inside else candidate.start
    among = candidate.text.startswith("其中")  # a part of what the sentence before spoke of
    bare = bool(candidate.figure) and not is_latin(text) and (among or surplus((), words_only(candidate.text[: candidate.start])) < 3)
    part = False
    own = (
        (text[candidate.lead : inner], NEAR),
        (text[candidate.end : _tail(text, candidate.end)], AFTER),
        (text[: candidate.start], SENTENCE),
        (text[candidate.end : _parts(text, candidate.end)], SENTENCE - 0.1),
    )
    floor = around.elliptic if bare else around.plain
    score = met = cover(units, own, floor)
    score -= missing_measure(units, text, floor if bare else ())
    score += 0.03 if evidence.hit.score > 0 else 0.0
    score += period_fit(asked, candidate)
    if candidate.figure:
        lead = candidate.text[candidate.lead : candidate.start]
        subject = candidate.text[: candidate.start] if surplus((), lead) < 3 else lead  # 同比增长12%: the subject stands before the comma
        things = [unit for unit in units if not unit.measure]  # 固定资产投资 is still investment
        part = hide_longer(things, subject) != subject
        score += figure_fit(question, candidate) - 0.018 * min(surplus(units, words_only(subject)), 8)
    elif candidate.inside:
        score += clause_fit(question, units, candidate)
    elif question.asks == "when":
        score += date_fit(question, candidate)
    start = evidence.sentence.start
    behind = text[_parts(text, candidate.end) :]
    part = part or (bool(candidate.figure and behind) and cover(units, ((behind, NEAR),)) > cover(units, ((text[: candidate.end], NEAR),)) + APART)
    part = part or _is_anothers(units, candidate)
    against = speaks_against(question, asked, candidate) or ("absent" if part else "")  # 新能源汽车 is another thing than 汽车
    return Span(evidence, start + candidate.start, start + candidate.end, score, met, candidate.figure, against)


def _is_anothers(units: Sequence[Unit], candidate: Candidate) -> bool:
    """旅馆83.5%，民宿71.2%；去年同期分别为76.8%和68.4%: whether what is asked has the place of another figure in the sentence before."""
    figure, evidence = candidate.figure, candidate.evidence
    if not figure or figure.group[1] < 2 or candidate.text != evidence.text or not evidence.before:
        return False
    row = [f for f in find_figures(evidence.before[-1]) if f.kind == figure.kind][-figure.group[1] :]
    if "分别" not in candidate.text[: figure.start] or len(row) < figure.group[1]:
        return False
    covers = [cover(units, ((evidence.before[-1][f.lead : f.start], NEAR),)) for f in row]
    return covers[figure.group[0]] < max(covers) - APART / 2


def _parts(text: str, end: int) -> int:
    """Where 其中 begins behind a candidate: 从业人员增加128万人,其中快递员462万人 tells of no couriers before it."""
    at = text.find("其中", end)
    return at if at >= 0 else len(text)


def _tail(text: str, end: int) -> int:
    """Where the clause ends that a candidate stands in."""
    stop = _TAIL.search(text, end)
    return stop.start() if stop else len(text)
