"""Reading tables: which rows of a table a question names, and which cell of such a row answers it.

The model reads a row as it is written out (qa/cells.py); what it finds there is the cell's slice in the document. A cell of
another row, column or time than was asked can't be the answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from documents.fold import fold
from documents.tables import Row
from documents.types import Document
from qa.align import missing, rate
from qa.alignment import look_around, score_candidate
from qa.candidates import Candidate
from qa.cells import Cell, join, read_label, row_of, write_cells, write_row
from qa.evidence import Evidence
from qa.figures import find_figures
from qa.periods import Period, find_periods
from qa.reader import Span
from qa.span_model import ScoredSpan
from qa.types import Question
from qa.units import Unit

ROWS = 6  # that are read for one question
CELLS = 8  # spans of a row
MOSTLY, NAMED = 0.75, 1.0  # a cell whose row, column and heads say all of the question, mostly near it, needs no more than these log odds of the model
LOST = 0.2  # the share of a question that a row which names nothing of it (合计) may leave unsaid
Find = Callable[[str, str, str, int], list[ScoredSpan]]  # the model's find_spans

_TOTAL = re.compile(r"(?:合计|总计|总量|全[国省市区县州]|全年|total|overall|all|whole .*)", re.IGNORECASE)


def rows_asked(units: Sequence[Unit], evidence: Sequence[Evidence]) -> list[Evidence]:
    """Of each table the rows that the question names, none that another is nearer to; those of a total or a time where it names none."""
    tables: dict[tuple[str, int], list[Evidence]] = {}
    for piece in evidence:
        if isinstance(piece.line, Row) and piece.sentence.turn.role != "question":
            tables.setdefault((piece.document.id, piece.line.head.start), []).append(piece)
    kept = []
    for rows in tables.values():
        texts = [piece.document.text for piece in rows]
        labels = [_met(units, read_label(text, row_of(piece))) for text, piece in zip(texts, rows, strict=True)]
        head = row_of(rows[0]).head
        above = _met(units, " ".join(texts[0][slice(*place)] for place in (*head.captions, *head.cells[1:])))
        told = above if any(label - above for label in labels) else frozenset()  # 总产量 isn't named by 产量 where a head says it too
        met = [(label - told) | _met(units, text[slice(*row_of(piece).group)]) for label, text, piece in zip(labels, texts, rows, strict=True)]
        near = nearest(met)
        kept += [(own, piece) for own, label, piece in zip(met, labels, rows, strict=True) if own in near and (label - told or _is_general(piece))]
    kept.sort(key=lambda pair: -sum(units[n].weight for n in pair[0]))
    return [piece for _, piece in kept[:ROWS]]


def _met(units: Sequence[Unit], text: str) -> frozenset[int]:
    """Which of the question's units a text meets."""
    return frozenset(n for n, worth in enumerate(rate(units, ((fold(text), 1.0),))) if worth)


def nearest(met: Sequence[frozenset[int]]) -> set[frozenset[int]]:
    """Those that meet what no other meets besides: a question for 面积增长 is for the column 面积增长, not for 面积 or 产量增长."""
    return {own for own in set(met) if not any(own < other for other in set(met))}


def _is_general(piece: Evidence) -> bool:
    """Whether a row is of a total, or of a time."""
    label = fold(read_label(piece.document.text, row_of(piece))).strip()
    return bool(_TOTAL.fullmatch(label) or find_periods(label))


def describe(evidence: Evidence) -> str:
    """What the model reads before a row: section, caption, the group that it stands under."""
    return " ".join((evidence.sentence.section, *_above(evidence.document, row_of(evidence))))


def _above(document: Document, row: Row) -> tuple[str, ...]:
    return tuple(document.text[start:end] for start, end in (*row.head.captions, row.group) if start < end)


def read_rows(question: Question, units: Sequence[Unit], asked: Sequence[Period], evidence: Sequence[Evidence], find: Find, unread: float) -> list[tuple[Span, float]]:
    """The cells that may answer, each with the model's log odds; `unread` for those that it didn't propose."""
    found: list[tuple[Span, float]] = []
    for piece in rows_asked(units, evidence):
        written, _ = write_row(write_cells(piece), piece)
        found += score_cells(question, units, asked, piece, find(question.standalone, describe(piece), written, CELLS), unread)
    return found


def score_cells(
    question: Question, units: Sequence[Unit], asked: Sequence[Period], evidence: Evidence, found: Sequence[ScoredSpan], unread: float
) -> list[tuple[Span, float]]:
    """Each cell that may answer as a span, scored by alignment, with the model's score of the one span that lies on it."""
    cells = write_cells(evidence)
    places = write_row(cells, evidence)[1]
    touched = [[n for n, (start, end) in enumerate(places) if span.start < end and start < span.end] for span in found]
    columns = nearest_columns(units, evidence)
    scored = []
    for n, cell in enumerate(cells):
        if cell.column not in columns:
            continue
        on = [span.score for span, held in zip(found, touched, strict=True) if held == [n]]
        span = _read_cell(question, units, asked, evidence, cell)
        if span and (on or span.figure):
            scored.append((span, max([*on, NAMED if _is_named(units, span) else unread])))
    return scored


def _is_named(units: Sequence[Unit], span: Span) -> bool:
    """Whether a cell, its heads and what the document is about say all that is asked."""
    own = span.evidence
    return span.met >= MOSTLY and not missing(units, [own.text, *own.before, own.frame])


def nearest_columns(units: Sequence[Unit], evidence: Evidence) -> set[int]:
    """The columns that the question may ask for; one with an empty cell counts too: then it isn't given."""
    text, row = evidence.document.text, row_of(evidence)
    met = [_met(units, text[slice(*name)]) for name in row.head.cells[1:]]
    near = nearest(met)
    return {column for column, own in enumerate(met, 1) if own in near}


def _read_cell(question: Question, units: Sequence[Unit], asked: Sequence[Period], evidence: Evidence, cell: Cell) -> Span | None:
    """A cell as a span; its evidence is then the cell written out, so that what is read beside it is its own head."""
    text = fold(join(cell.lead, cell.said))
    at = len(text) - len(cell.said)
    figure = next((f for f in reversed(find_figures(text)) if f.end > at), None)
    if figure is None and question.asks == "figure":
        return None
    if figure:
        figure = replace(figure, start=max(figure.start, at), lead=0, group=(0, 1))
    above = tuple(fold(line) for line in _above(evidence.document, row_of(evidence)))
    own = replace(evidence, text=text, before=above, opener="")
    start, end = (figure.start, figure.end) if figure else (at, len(text))
    candidate = Candidate(own, start, end, 0, text, figure, figure is None and question.asks not in ("when", "where"))
    span = score_candidate(question, units, asked, candidate, look_around(units, own))
    against = span.against or ("absent" if _leaves_out(units, own, text) or _untimed(asked, own) else "")
    return replace(span, start=cell.at[0], end=cell.at[1], against=against)


def _leaves_out(units: Sequence[Unit], own: Evidence, text: str) -> bool:
    """Whether the question asks for another column than there is (出口量), or for another row where this one is of a total."""
    said = "\n".join((text, *own.before))
    measures = [unit for unit in units if unit.measure]
    if measures and len(missing(measures, [said])) == len(measures):
        return True
    if _met(units, read_label(own.document.text, row_of(own))):
        return False
    lost = missing(units, [said, own.frame])
    return sum(unit.weight for unit in lost) > LOST * sum(unit.weight for unit in units)


def _untimed(asked: Sequence[Period], own: Evidence) -> bool:
    """Whether a row is of a time that nobody asked for: 3月, or another year than the document's."""
    label = find_periods(fold(read_label(own.document.text, row_of(own))))
    return not asked and any(p.part or p.year != own.year for p in label)
