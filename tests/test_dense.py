"""Exact vector search: equal to plain numpy, and never FAISS's -1."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.dense import (
    RECALL,
    Dense,
    build_dense,
    dense_from_bytes,
    dense_to_bytes,
    describe_near,
    measure_recall,
    near_to_bytes,
    read_vectors,
    search_dense,
    with_near,
)
from index.durable import map_file


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


@cache
def many() -> Dense:
    return build_dense(unit_rows(5000, 8, 3), unit_rows(100, 8, 4))


def test_of_many_vectors_nearly_all_of_the_nearest_are_found() -> None:
    dense, rows, questions = many(), unit_rows(5000, 8, 3), unit_rows(100, 8, 4)
    assert dense.near.nlist // 4 <= dense.near.nprobe < dense.near.nlist
    assert measure_recall(dense.flat, dense.near, questions) >= RECALL
    shares = []
    for query in questions:
        found = search_dense(dense, query, 100)
        assert len(found) == len(set(found.tolist())) <= 100
        assert (found >= 0).all()
        shares.append(np.isin(np.argsort(-(rows @ query))[:10], found).mean())
    assert np.mean(shares) >= RECALL - 0.01
    assert describe_near(dense, questions).startswith("FAISS IVF70,SQ8 reading ")
    assert len(search_dense(dense, rows[0], 5000)) < 5000  # the lists that are read hold fewer: no -1 for the others


def test_recall_counts_what_is_as_near() -> None:
    dense, questions = many(), unit_rows(100, 8, 4)
    assert measure_recall(dense.flat, dense.flat, questions) == 1
    away = build_dense(-unit_rows(5000, 8, 3)).flat
    assert measure_recall(dense.flat, away, questions) < 0.01


def test_a_mapped_file_searches_as_what_was_written(tmp_path: Path) -> None:
    dense = many()
    for name, content in (("vectors", dense_to_bytes(dense)), ("near", near_to_bytes(dense))):
        (tmp_path / name).write_bytes(content)
    mapped = with_near(dense_from_bytes(map_file(tmp_path / "vectors")), map_file(tmp_path / "near"))
    (tmp_path / "vectors").unlink()  # as the next save does
    assert np.array_equal(read_vectors(mapped), read_vectors(dense))
    for query in unit_rows(20, 8, 5):
        assert search_dense(mapped, query, 100).tolist() == search_dense(dense, query, 100).tolist()
    with pytest.raises(ValueError, match="5000 rows of 8, the vectors are 5 of 8"):
        with_near(build_dense(unit_rows(5, 8, 0)), bytes(near_to_bytes(dense)))
    (tmp_path / "cut").write_bytes(bytes(near_to_bytes(dense))[:9999])
    with pytest.raises(ValueError, match="not a FAISS index"):
        with_near(dense, map_file(tmp_path / "cut"))
