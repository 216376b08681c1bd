"""Exact vector search: equal to plain numpy, and never FAISS's -1."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense import build_dense, dense_from_bytes, dense_to_bytes, read_vectors, search_dense


def unit_rows(count: int, dim: int, seed: int) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).normal(size=(count, dim))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@given(st.integers(0, 40), st.integers(1, 8), st.integers(-2, 60), st.integers(0, 2**32 - 1))
def test_the_nearest_rows_are_numpys(count: int, dim: int, k: int, seed: int) -> None:
    rows, query = unit_rows(count, dim, seed), unit_rows(1, dim, seed + 1)[0]
    found = search_dense(build_dense(rows), query, k)
    assert found.dtype == np.int64
    assert len(found) == len(set(found.tolist())) == max(0, min(k, count))
    assert (found >= 0).all()
    np.testing.assert_allclose(rows[found] @ query, np.sort(rows @ query)[::-1][: max(k, 0)], atol=1e-6)


def test_never_minus_one_even_for_a_query_that_is_no_number() -> None:
    dense = build_dense(unit_rows(5, 3, 0))
    raw = dense.flat.search(np.full((1, 3), np.nan, np.float32), 5)[1]
    assert -1 in raw  # FAISS itself does say it
    assert -1 not in search_dense(dense, np.full(3, np.nan, np.float32), 5)


@pytest.mark.parametrize("count", [0, 1, 7])
def test_bytes_round_trip(count: int) -> None:
    rows = unit_rows(count, 4, 1)
    again = dense_from_bytes(dense_to_bytes(build_dense(rows)))
    assert (again.count, again.dim) == (count, 4)
    assert np.array_equal(read_vectors(again), rows)


def test_read_vectors_gives_these_rows_in_this_order() -> None:
    rows = unit_rows(6, 4, 2)
    assert np.array_equal(read_vectors(build_dense(rows), np.array([4, 0])), rows[[4, 0]])


def test_bytes_of_something_else_are_refused() -> None:
    import faiss

    with pytest.raises(ValueError, match="not a FAISS index"):
        dense_from_bytes(b"")
    with pytest.raises(ValueError, match="not a FAISS index"):
        dense_from_bytes(b"nonsense" * 20)
    with pytest.raises(ValueError, match="IndexFlatL2, not IndexFlatIP"):
        dense_from_bytes(bytes(faiss.serialize_index(faiss.IndexFlatL2(3))))
