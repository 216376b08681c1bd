"""The reader with a model: spans of the best passages by the span model, each held against the question by alignment and guards."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Protocol

from documents.fold import fold
from qa.alignment import AlignmentReader, look_around, score_candidate
from qa.candidates import Candidate
from qa.edges import trim, whole_clause, whole_dates
from qa.evidence import Evidence
from qa.exact import put_exact_first
from qa.figures import find_figures
from qa.parallel import own_text
from qa.periods import find_periods
from qa.reader import Reading, Span
from qa.span_model import ScoredSpan
from qa.tables import read_rows
from qa.types import Question
from qa.units import Unit

PASSAGES = 8  # the best passages, which the model reads
SPANS = 4  # of each passage
ALIGNED = 12  # spans that alignment alone proposes
UNREAD = -6.0  # the model's score of a span that it didn't propose
FAR = 12.0  # beyond this, log odds tell no more
MET, FITS = 6.0, 3.0  # what a question that stands whole around a span adds to its log odds, and what a fitting kind does
CLOSE = 1.0  # sums nearer to each other than this are as good as equal
BESIDE = 0.5  # what a figure joined with the one that the model chose is behind it
NEARLY, WHOLLY = 0.8, 15.0  # a question that stands nearly whole around a fitting span tells more than its parts do: for each 0.1 above, 1.5
CONSTANT, SLOPE = -1.2, 0.3  # so that a score is the share of right answers: between what developing questions say and ones over ten briefings that trained nothing
ENOUGH, ENOUGH_ENGLISH = 0.5, 0.6  # on the development questions, of English ones answered between these hardly more than half were right
_WORDED = ("who", "where", "title", "speaker", "reason", "manner")  # what no figure answers


class Model(Protocol):
    """What scores spans: the embedded model, or one of Hugging Face."""

    @property
    def name(self) -> str:
        """What `load_reader` knows it by."""

    def find_spans(self, question: str, context: str, passage: str, k: int, breaks: Sequence[int] = ()) -> list[ScoredSpan]:
        """The k best spans of a passage, best first, none across `breaks`."""
        ...


@dataclass(frozen=True, slots=True)
class SpanReader:
    """The span model reads, alignment and guards check."""

    model: Model

    @property
    def name(self) -> str:
        return self.model.name

    def read(self, question: Question, units: Sequence[Unit], evidence: Sequence[Evidence]) -> Reading:
        """Spans with their scores, best first, and the score of no answer."""
        spans = rank(self.propose(question, units, evidence))
        best = next((s.score for s in spans if not s.against), 0.0)
        return Reading(tuple(spans), 1 - best, ENOUGH_ENGLISH if question.language == "en" else ENOUGH)

    def propose(self, question: Question, units: Sequence[Unit], evidence: Sequence[Evidence]) -> list[tuple[Span, float]]:
        """Spans scored by alignment, each with the model's log odds: the model's own, then those that alignment alone finds."""
        asked = [p for p in find_periods(fold(question.standalone)) if not p.base]
        found: list[tuple[Span, float]] = []
        for pieces in passages_of(evidence)[:PASSAGES]:
            around = cache(partial(look_around, units))
            for piece, scored in self._find(question, pieces):
                found += [(score_candidate(question, units, asked, candidate, around(piece)), odds) for candidate, odds in make_candidates(question, piece, scored)]
        found += read_rows(question, units, asked, evidence, self.model.find_spans, UNREAD)
        for aligned in AlignmentReader().read(question, units, evidence).spans[:ALIGNED]:
            if not any(_overlap(aligned, span) for span, _ in found):
                found.append((aligned, UNREAD))
        return found

    def _find(self, question: Question, pieces: Sequence[Evidence]) -> list[tuple[Evidence, ScoredSpan]]:
        """The model's spans of one passage, each with its sentence and with offsets in that sentence."""
        passage = pieces[0].hit.passage
        starts = [piece.sentence.start - passage.start for piece in pieces]
        found = self.model.find_spans(question.standalone, context_of(pieces[0]), passage.text, SPANS, [*starts[1:]])
        placed = []
        for span in found:
            piece, start = next((p, s) for p, s in zip(reversed(pieces), reversed(starts), strict=True) if s <= span.start)
            start, end = trim(passage.text, span.start, span.end, start)
            if start < end <= len(piece.text) and piece.line is None:
                placed.append((piece, ScoredSpan(start, end, span.score)))
        return placed


def context_of(evidence: Evidence) -> str:
    """What the model reads before a passage: its section, the reporter's question, what stands before it in its paragraph."""
    sentence = evidence.sentence
    before = "".join(evidence.before)[-60:]
    return " ".join(part for part in (sentence.section, sentence.asked[-60:], before) if part)


def make_candidates(question: Question, evidence: Evidence, span: ScoredSpan) -> list[tuple[Candidate, float]]:
    """A span of a sentence as candidates, each with its log odds.

    A figure takes its own bounds, with its hedge and its unit. Of figures that are joined (产销分别为412艘和398艘) each is a
    candidate, the model's own choice a little ahead: which belongs to which subject is known, not guessed.
    """
    text = evidence.text
    figures = find_figures(text)
    within = [f for f in figures if f.start < span.end and span.start < f.end]
    more = 1 if question.asks in _WORDED else 8  # 东南亚的两座水电站 says where, 两座 doesn't
    alone = len(within) == 1 and (span.end - span.start) - (within[0].end - within[0].start) <= more
    if alone and question.asks in ("where", "who", "title"):
        return []  # how far is no place
    if alone or (len(within) > 1 and question.asks == "figure"):
        joined = [f for f in figures if f not in within and f.group[1] > 1 and any(f.group[1] == w.group[1] and abs(f.start - w.start) < 60 for w in within)]
        chosen = [(f, span.score) for f in within] + [(f, span.score - BESIDE) for f in joined]
        return [(Candidate(evidence, f.start, f.end, f.lead, own_text(text, f, figures), f, False), odds) for f, odds in chosen]
    dated = any(p.start < span.end and span.start < p.end for p in find_periods(text))
    if question.asks == "figure" and dated and not within:
        return []  # how long, how many: a date answers neither
    return [(make_candidate(question, evidence, span), span.score)]


def make_candidate(question: Question, evidence: Evidence, span: ScoredSpan) -> Candidate:
    """A span that is no figure as a candidate; a date is taken whole."""
    text = evidence.text
    start, end = span.start, span.end
    if question.asks == "when":
        start, end = whole_dates(text, start, end)
    elif question.asks in ("reason", "manner"):
        start, end = whole_clause(text, start, end)
    lead = max([0, *(m.end() for m in re.finditer(r"[,:;，：；](?!\d)", text[:start]))])
    return Candidate(evidence, start, end, lead, text, None, question.asks not in ("when", "where"))


def rank(proposed: Sequence[tuple[Span, float]]) -> list[Span]:
    """Spans with their scores, best first. Those that the sum hardly tells from the best go by alignment: 出口额 before 船舶出口额."""
    ordered = sorted(proposed, key=lambda pair: (-weigh(pair[1], pair[0]), pair[0].end - pair[0].start, pair[0].start))
    sums = [weigh(model, span) for span, model in ordered]
    close = sum(1 for total in sums if total >= sums[0] - CLOSE) if sums else 0
    ordered[:close] = sorted(ordered[:close], key=lambda pair: -pair[0].score)
    highest = blend(ordered[0][1], ordered[0][0]) if ordered else 0.0
    return put_exact_first([replace(span, score=min(highest, blend(model, span))) for span, model in ordered])


def blend(model: float, span: Span) -> float:
    """The model's log odds, and what alignment says for and against the span, as one probability."""
    return 1 / (1 + math.exp(-(CONSTANT + SLOPE * weigh(model, span))))


def weigh(model: float, span: Span) -> float:
    """The model's log odds, what of the question stands around the span, and how well its kind and time fit, in one sum."""
    return max(-FAR, min(FAR, model)) + MET * span.met + FITS * (span.score - span.met) + WHOLLY * max(0.0, span.score - NEARLY)


def passages_of(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """The sentences of each passage in order, best passage first; reporters' questions and passages of a table's rows alone left out."""
    found: dict[tuple[str, int], list[Evidence]] = {}
    for piece in evidence:
        if piece.sentence.turn.role != "question":
            found.setdefault((piece.document.id, piece.hit.passage.start), []).append(piece)
    return [pieces for pieces in found.values() if any(piece.line is None for piece in pieces)]


def _overlap(one: Span, other: Span) -> bool:
    return one.evidence.document.id == other.evidence.document.id and one.start < other.end and other.start < one.end
