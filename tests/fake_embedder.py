"""An encoder whose vectors can be worked out in the head, for tests that count or assert exact scores."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LETTERS = "甲乙丙丁"


@dataclass
class FakeEmbedder:
    """One axis for each of 甲乙丙丁 and one for everything else: counts, scaled to length 1."""

    name: str = "fake"
    dim: int = len(LETTERS) + 1
    digest: str = "0" * 64
    embedded: list[str] = field(default_factory=list)  # every passage it was asked for, in order

    def embed_queries(self, texts: list[str]) -> NDArray[np.float32]:
        rows = np.array(
            [[t.count(c) for c in LETTERS] + [not any(c in t for c in LETTERS)] for t in texts], float
        )
        rows = rows.reshape(len(texts), len(LETTERS) + 1)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)

    def embed_passages(
        self, texts: list[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.embedded += texts
        for done in range(len(texts)):
            if progress is not None:
                progress(done + 1, len(texts))
        return self.embed_queries(texts)
