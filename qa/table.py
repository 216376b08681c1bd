"""A summary as text for a terminal, in columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import fields

from qa.compare import Comparison
from qa.summary import Group, Scores, Summary

MOST_DOCUMENTS = 20  # of more the report alone has a line each
LABELS = {
    "accuracy": "right or rightly refused, of all",
    "right": "right, of the answerable",
    "exact": "exact match (CMRC 2018), of the answerable",
    "f1": "F1 (CMRC 2018), of the answerable",
    "contained": "accepted answer contained, of the answerable",
    "refusal_recall": "refused, of the unanswerable",
    "refusal_precision": "unanswerable, of the refused",
    "refusal_reason": "refused for the reason that the file names",
    "false_refusals": "refused, of the answerable (less is better)",
    "citation_precision": "citations that bear the answer out",
    "citation_recall": "wanted evidence that is cited",
    "quotes_exact": "quotes equal to their slices",
    "figures_quoted": "answers with every figure in a quote",
    "recall_at_1": "wanted evidence found first",
    "recall_at_5": "… among the first 5 passages",
    "recall_at_10": "… among the first 10",
    "mrr": "mean reciprocal rank of it",
    "calibration_error": "expected calibration error (less is better)",
    "latency_p50": "median time of a question, ms",
    "latency_p95": "95th percentile, ms",
}


def as_text(summary: Summary, comparison: Comparison | None) -> str:
    """The scores, a line each, the groups, and the comparison in words."""
    lines = [f"{summary.total.questions} questions", *_scores(summary.total.scores)]
    for title, groups in (("kind", summary.kinds), ("language", summary.languages), ("document", summary.documents)):
        if groups and (title != "document" or len(groups) <= MOST_DOCUMENTS):
            lines += ["", *_columns([(title, "questions", "right", "wrong", "refused rightly", "refused wrongly", "F1"), *map(_cells, [*groups, summary.total])])]
    if comparison:
        lines += ["", comparison.in_words]
    return "\n".join(lines)


def show(name: str, value: float | None) -> str:
    """A score as it is read: shares to three places, milliseconds whole, – where there is none."""
    if value is None:
        return "–"
    return f"{value:.0f}" if name.startswith("latency") else f"{value:.3f}"


def _scores(scores: Scores) -> Iterator[str]:
    for field in fields(scores):
        yield f"{field.name:18}{show(field.name, getattr(scores, field.name)):>7}  {LABELS[field.name]}"


def _cells(group: Group) -> tuple[str, ...]:
    counts = (group.questions, group.right, group.wrong, group.refused_rightly, group.refused_wrongly)
    return (group.name, *map(str, counts), show("f1", group.scores.f1))


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for first, *others in rows:
        cells = [cell.rjust(width + len(cell) - _width(cell)) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first + " " * (widths[0] - _width(first)), *cells])


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
