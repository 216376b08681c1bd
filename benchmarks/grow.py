"""Many passages made of few real ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.lexical import Lexical

Vectors = NDArray[np.float32]


def grow_vectors(real: Vectors, size: int) -> Vectors:
    """Unit rows float32 [size, dim]: a real one, drawn towards another by up to its whole length, and noise a third as long."""
    chance = np.random.default_rng(size)
    grown = np.empty((size, real.shape[1]), np.float32)
    for start in range(0, size, 50_000):
        end = min(start + 50_000, size)
        one, other = chance.integers(len(real), size=(2, end - start))
        rows = real[one] + chance.random((end - start, 1), np.float32) * real[other]
        rows += chance.standard_normal(rows.shape, np.float32) * np.float32(0.33 / real.shape[1] ** 0.5)
        grown[start:end] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return grown


def grow_lexical(real: Lexical, size: int) -> Lexical:
    """Postings of texts that are the real ones again and again, each term as frequent as there, some said once more."""
    chance = np.random.default_rng(size)
    texts, many = len(real.lengths), np.diff(real.starts)
    times = max(1, size // texts)  # a little fewer than the vectors
    starts = real.starts * times
    rows, counts = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    first = np.arange(len(real.rows)) + np.repeat(starts[:-1] - real.starts[:-1], many)
    step = np.repeat(many, many)
    for time_ in range(times):
        at = first + time_ * step
        rows[at] = real.rows + np.int32(time_ * texts)
        counts[at] = real.counts + (chance.random(len(at), np.float32) < 0.1)
    lengths = np.tile(real.lengths, times) * chance.uniform(0.8, 1.2, texts * times).astype(np.float32)
    return Lexical(real.vocabulary, starts, rows, counts, lengths)
