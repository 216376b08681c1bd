"""Round and exact: of two figures for the same thing the exact one answers."""

from __future__ import annotations

from dataclasses import replace

from qa.bearing import bound_of, compare
from qa.reader import Span


def put_exact_first(spans: list[Span]) -> list[Span]:
    """突破3000万辆 opens a paragraph that goes on to say 3009.4万辆: the exact figure stands in for the round one."""
    best = next((span for span in spans if not span.against), None)
    exact = next((span for span in spans if best and _is_exact(best, span)), None)
    if best is None or exact is None:
        return spans
    return [replace(exact, score=best.score), *(span for span in spans if span is not exact)]


def _is_exact(best: Span, other: Span) -> bool:
    """Whether a figure of the same paragraph is what a round one rounds, and as much is said around it of what was asked."""
    one, two = best.figure, other.figure
    if not one or not two or other.against or one.unit != two.unit or (best.evidence.document.id, best.evidence.sentence.paragraph) != (other.evidence.document.id, other.evidence.sentence.paragraph):
        return False
    bound = bound_of(best.evidence.text, one)
    round_ = len(one.value.normalize().as_tuple().digits) <= 2
    near = abs(two.value - one.value) * 10 <= one.value
    return bound != "is" and round_ and near and bound_of(other.evidence.text, two) == "is" and compare(bound, one.value, "is", two.value) is True and other.met >= best.met - 0.1
