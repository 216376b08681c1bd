"""Search over unit vectors. The one module that knows FAISS, and it never returns FAISS's -1.

Few vectors are all compared with the question. Of many, a second, approximate index says which may be near: those
in the lists around the question (IVF), as one byte a number (SQ8). The search then scores them by the exact vectors.
"""

from __future__ import annotations

from dataclasses import dataclass
from mmap import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGE = 200_000  # vectors from which comparing all takes more than some 12 ms: benchmarks/size.py
RECALL = 0.99  # of the ten nearest to questions made of the texts, at least
FOUND = 100  # how many it may name for each: as many as a search scores (index/search.py)


@dataclass(frozen=True, slots=True, eq=False)
class Dense:
    """Vectors by row, searched by inner product: the cosine, of unit rows."""

    count: int
    dim: int
    flat: Any  # faiss.IndexFlatIP
    near: Any = None  # faiss.IndexIVFScalarQuantizer, of many vectors
    held: tuple[mmap, ...] = ()  # the files that both lie in, where they are mapped and not read


def build_dense(vectors: NDArray[np.float32], questions: NDArray[np.float32] | None = None) -> Dense:
    """From float32 [n, dim], n ≥ 0. With questions, float32 [m, dim], an approximate index is built that finds what they ask."""
    import faiss

    count, dim = vectors.shape
    flat = faiss.IndexFlatIP(dim)
    vectors = np.ascontiguousarray(vectors, np.float32)
    flat.add(vectors)
    return Dense(count, dim, flat, None if questions is None else _build_near(vectors, flat, questions))


def search_dense(dense: Dense, query: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows nearest to one vector float32 [dim], best first, int64 [min(k, count)]; of many vectors, nearly the nearest, and maybe fewer."""
    k = min(k, dense.count)
    if k <= 0:
        return np.empty(0, np.int64)
    _, found = (dense.flat if dense.near is None else dense.near).search(np.ascontiguousarray(query[None], np.float32), k)
    rows: NDArray[np.int64] = found[0]
    return rows[rows >= 0]  # FAISS says -1 for "no neighbour": of vectors that aren't numbers, or where its lists hold fewer


def read_vectors(dense: Dense, rows: NDArray[np.int64] | None = None) -> NDArray[np.float32]:
    """The vectors of these rows, or of all: float32 [n, dim], a copy."""
    wanted = np.arange(dense.count) if rows is None else rows
    if not len(wanted):
        return np.empty((0, dense.dim), np.float32)
    vectors: NDArray[np.float32] = dense.flat.reconstruct_batch(np.ascontiguousarray(wanted, np.int64))
    return vectors


def describe_near(dense: Dense, questions: NDArray[np.float32]) -> str:
    """The approximate index in a few words, with how much it finds of what these ask."""
    recall = measure_recall(dense.flat, dense.near, questions)
    return f"FAISS IVF{dense.near.nlist},SQ8 reading {dense.near.nprobe} lists, recall@10 {recall:.3f} of exact"


def measure_recall(flat: Any, near: Any, questions: NDArray[np.float32]) -> float:
    """How many of ten, of those that the approximate index names, are as near as the ten nearest; 1 is all."""
    tenth = flat.search(questions, 10)[0][:, -1]
    named = near.search(questions, FOUND)[1]
    as_near = [
        (flat.reconstruct_batch(rows[rows >= 0]) @ question >= least - 1e-6).sum()
        for question, least, rows in zip(questions, tenth, named, strict=True)
    ]
    return float(np.minimum(as_near, 10).mean()) / 10


def _build_near(vectors: NDArray[np.float32], flat: Any, questions: NDArray[np.float32]) -> Any:
    """√n lists, of which a quarter is read, or as many as RECALL takes.

    Questions about what no text says lie far from every list: at 100,000 rows a fifth found .978 of their nearest, a tenth .908.
    """
    import faiss

    lists = int(len(vectors) ** 0.5)
    near: Any = faiss.index_factory(vectors.shape[1], f"IVF{lists},SQ8", faiss.METRIC_INNER_PRODUCT)
    near.cp.niter = 10
    chance = np.random.default_rng(0)
    near.train(vectors[np.sort(chance.choice(len(vectors), min(len(vectors), 50 * lists), replace=False))])
    near.add(vectors)
    near.nprobe = max(1, lists // 4)
    while near.nprobe < lists and measure_recall(flat, near, questions) < RECALL:
        near.nprobe = min(2 * near.nprobe, lists)
    return near


def dense_to_bytes(dense: Dense) -> memoryview:
    """FAISS's own format, to be written by Python: FAISS can't open a Chinese path everywhere."""
    return _to_bytes(dense.flat)


def near_to_bytes(dense: Dense) -> memoryview:
    """The approximate index of many vectors, likewise."""
    return _to_bytes(dense.near)


def dense_from_bytes(content: bytes | mmap) -> Dense:
    """The reverse; of a mapped file nothing is copied. ValueError if it is something else than an exact index by inner product."""
    flat = _from_bytes(content, "IndexFlatIP")
    return Dense(flat.ntotal, flat.d, flat, None, _mapped(content))


def with_near(dense: Dense, content: bytes | mmap) -> Dense:
    """The same vectors with their approximate index. ValueError if it is none, or of others."""
    near = _from_bytes(content, "IndexIVFScalarQuantizer")
    if (near.ntotal, near.d) != (dense.count, dense.dim):
        raise ValueError(f"{near.ntotal} rows of {near.d}, the vectors are {dense.count} of {dense.dim}")
    return Dense(dense.count, dense.dim, dense.flat, near, (*dense.held, *_mapped(content)))


def _to_bytes(index: Any) -> memoryview:
    import faiss

    written: Any = faiss.serialize_index(index)
    return memoryview(written)


def _from_bytes(content: bytes | mmap, kind: str) -> Any:
    import faiss

    numbers = np.frombuffer(content, np.uint8)
    try:
        if isinstance(content, bytes):
            index = faiss.deserialize_index(numbers)
        else:
            reader = faiss.ZeroCopyIOReader(faiss.swig_ptr(numbers), numbers.size)  # type: ignore[attr-defined,unused-ignore]
            index = faiss.read_index(reader)
    except RuntimeError as error:
        raise ValueError("not a FAISS index") from error
    if type(index).__name__ != kind:
        raise ValueError(f"a FAISS {type(index).__name__}, not {kind}")
    return index


def _mapped(content: bytes | mmap) -> tuple[mmap, ...]:
    return () if isinstance(content, bytes) else (content,)
