"""The formulas of the search: array in, array out."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK = 256  # scores of which the highest is looked at before all are


def middle(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit row [dim] in the middle of unit rows [n, dim]; the first where they cancel out."""
    total = rows.sum(0)
    length = float(np.linalg.norm(total))
    row: NDArray[np.float32] = total / length if len(rows) > 1 and length > 1e-6 else rows[0]
    return row


def fuse(dense: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float64]:
    """The sum of both scores, each standardised over the candidates, [n].

    CombSUM (Fox and Shaw, TREC-2, 1993) over standardised scores; ranks alone would lose how far apart scores lie.
    """
    return standardise(dense) + standardise(lexical)


def standardise(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """(score - mean) / standard deviation, [n]; zeros where all scores are one."""
    precise = scores.astype(np.float64)
    if not precise.size or np.ptp(precise) == 0:
        return np.zeros(precise.shape)
    standard: NDArray[np.float64] = (precise - precise.mean()) / precise.std()
    return standard


def best_rows(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows of the k highest scores above 0, in order of row; of equal scores the first."""
    rows = np.flatnonzero(scores >= _floor(scores, k))
    if len(rows) <= k:
        return rows
    limit = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
    above = rows[scores[rows] > limit]
    return np.union1d(above, rows[scores[rows] == limit][: k - len(above)])


def _floor(scores: NDArray[np.float32], k: int) -> float:
    """A score above 0 that the k highest above 0 all reach, found in one pass: the k-th of the blocks' highest."""
    least = float(np.nextafter(np.float32(0), np.float32(1)))
    blocks = len(scores) // BLOCK
    if not 0 < k <= blocks:
        return least
    highest = scores[: blocks * BLOCK].reshape(blocks, BLOCK).max(axis=1)
    return max(least, float(np.partition(highest, blocks - k)[blocks - k]))
