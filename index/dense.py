"""Exact search over unit vectors. The one module that knows FAISS, and it never returns FAISS's -1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """Vectors by row, searched by inner product: the cosine, of unit rows."""

    count: int
    dim: int
    flat: Any  # faiss.IndexFlatIP


def build_dense(vectors: NDArray[np.float32]) -> Dense:
    """From float32 [n, dim], n ≥ 0."""
    import faiss

    count, dim = vectors.shape
    flat = faiss.IndexFlatIP(dim)
    flat.add(np.ascontiguousarray(vectors, np.float32))
    return Dense(count, dim, flat)


def search_dense(dense: Dense, query: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows nearest to one vector float32 [dim], best first, int64 [min(k, count)]."""
    k = min(k, dense.count)
    if k <= 0:
        return np.empty(0, np.int64)
    _, found = dense.flat.search(np.ascontiguousarray(query[None], np.float32), k)
    rows: NDArray[np.int64] = found[0]
    return rows[rows >= 0]  # FAISS says -1 for "no neighbour": of vectors that aren't numbers


def read_vectors(dense: Dense, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    """The vectors of these rows, or of all: float32 [n, dim], a copy."""
    wanted = np.arange(dense.count) if rows is None else rows
    if not len(wanted):
        return np.empty((0, dense.dim), np.float32)
    vectors: NDArray[np.float32] = dense.flat.reconstruct_batch(np.ascontiguousarray(wanted, np.int64))
    return vectors


def dense_to_bytes(dense: Dense) -> bytes:
    """FAISS's own format, to be written by Python: FAISS can't open a Chinese path everywhere."""
    import faiss

    return bytes(faiss.serialize_index(dense.flat))


def dense_from_bytes(content: bytes) -> Dense:
    """The reverse. ValueError if the bytes are something else than an exact index by inner product."""
    import faiss

    try:
        flat = faiss.deserialize_index(np.frombuffer(content, np.uint8))
    except RuntimeError as error:
        raise ValueError("not a FAISS index") from error
    if not isinstance(flat, faiss.IndexFlatIP):
        raise ValueError(f"a FAISS {type(flat).__name__}, not IndexFlatIP")
    return Dense(flat.ntotal, flat.d, flat)
