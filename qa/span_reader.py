"""The reader with a model: spans of the best passages by the span model, each held against the question by alignment and guards."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from documents.fold import fold
from qa.alignment import AlignmentReader, look_around, score_candidate
from qa.candidates import Candidate
from qa.evidence import Evidence
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
ALIGNED = 6  # spans that alignment alone proposes
UNREAD = -6.0  # the model's score of a span that it didn't propose
FAR = 12.0  # beyond this, log odds tell no more
MET = 6.0  # what a question that stands whole around a span adds to its log odds; chosen on the development questions
CONSTANT, SLOPE = -1.016, 0.331  # so that a score is the share of right answers: python -m training.calibrate
ENOUGH = 0.5
EDGES = " \t\n\u3000，,、；;：:。."


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
        spans = [replace(span, score=blend(model, span.met)) for span, model in self.propose(question, units, evidence)]
        spans.sort(key=lambda s: (-s.score, s.end - s.start, s.start))
        best = next((s.score for s in spans if not s.against), 0.0)
        return Reading(tuple(spans), 1 - best, ENOUGH)

    def propose(self, question: Question, units: Sequence[Unit], evidence: Sequence[Evidence]) -> list[tuple[Span, float]]:
        """Spans scored by alignment, each with the model's log odds: the model's own, then those that alignment alone finds."""
        asked = [p for p in find_periods(fold(question.standalone)) if not p.base]
        found: list[tuple[Span, float]] = []
        for pieces in _passages(evidence)[:PASSAGES]:
            for piece, scored in self._find(question, pieces):
                candidate = make_candidate(question, piece, scored)
                found.append((score_candidate(question, units, asked, candidate, look_around(units, piece)), scored.score))
        found += read_rows(question, units, asked, evidence, self.model.find_spans, UNREAD)
        prose = [piece for piece in evidence if piece.line is None]
        for aligned in AlignmentReader().read(question, units, prose).spans[:ALIGNED]:
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


def trim(text: str, start: int, end: int, sentence: int) -> tuple[int, int]:
    """A span of a passage without pauses and blanks at its edges, as offsets in the sentence that begins at `sentence`."""
    start += len(text[start:end]) - len(text[start:end].lstrip(EDGES))
    end -= len(text[start:end]) - len(text[start:end].rstrip(EDGES))
    return start - sentence, end - sentence


def make_candidate(question: Question, evidence: Evidence, span: ScoredSpan) -> Candidate:
    """A span of a sentence as a candidate; one that is a figure takes the figure's own bounds, with its hedge and its unit."""
    text = evidence.text
    figures = find_figures(text)
    within = [f for f in figures if f.start < span.end and span.start < f.end]
    if len(within) == 1 and span.start >= within[0].start - 4 and span.end <= within[0].end + 4:
        figure = within[0]
        return Candidate(evidence, figure.start, figure.end, figure.lead, own_text(text, figure, figures), figure, False)
    start, end = whole_dates(text, span.start, span.end) if question.asks == "when" else (span.start, span.end)
    lead = max([0, *(m.end() for m in re.finditer(r"[,:;，：；](?!\d)", text[:start]))])
    return Candidate(evidence, start, end, lead, text, None, question.asks not in ("when", "where"))


def whole_dates(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to the whole of the dates that it cuts: 年12月 → 去年12月."""
    cut = [p for p in find_periods(text) if p.start < end and start < p.end]
    return min([start, *(p.start for p in cut)]), max([end, *(p.end - text.endswith("的", 0, p.end) for p in cut)])


def blend(model: float, met: float) -> float:
    """The model's log odds, and how much of the question stands around the span, as one probability."""
    return 1 / (1 + math.exp(-(CONSTANT + SLOPE * (max(-FAR, min(FAR, model)) + MET * met))))


def _passages(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """The sentences of each passage in order, best passage first; reporters' questions and passages of a table's rows alone left out."""
    found: dict[tuple[str, int], list[Evidence]] = {}
    for piece in evidence:
        if piece.sentence.turn.role != "question":
            found.setdefault((piece.document.id, piece.hit.passage.start), []).append(piece)
    return [pieces for pieces in found.values() if any(piece.line is None for piece in pieces)]


def _overlap(one: Span, other: Span) -> bool:
    return one.evidence.document.id == other.evidence.document.id and one.start < other.end and other.start < one.end
