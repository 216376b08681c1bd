"""Retrieval scores by ir-measures, trec_eval's own code: how early the passages that hold the wants were found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranking:
    """Of one question: which share of its wants stood among the first k passages, and the mean reciprocal rank."""

    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr: float


def rank_scores(wants: int, found: Sequence[frozenset[int]]) -> Ranking | None:
    """`found`: for each passage, best first, the wants that it meets. None where nothing is wanted.

    Each want is a query of its own, and is met by the first passage that holds it: a text may say a thing twice, and
    passages overlap, so the share of all passages that hold it would say little.
    """
    if not wants:
        return None
    from ir_measures import RR, Success, calc_aggregate

    measures = [Success @ 1, Success @ 5, Success @ 10, RR]
    right = {str(n): {str(rank): 1 for rank, held in enumerate(found) if n in held} for n in range(wants)}
    run = {str(n): {str(rank): float(-rank) for rank in range(len(found))} for n in range(wants)}
    scores = calc_aggregate(measures, right, run)
    return Ranking(*(float(scores[measure]) for measure in measures))
