"""BM25 over characters: the terms, and the scores against an independent BM25."""

from __future__ import annotations

import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import K1, B, build_lexical, idf, score_lexical, terms, update_lexical

TEXT = st.text(alphabet="工业增加值甲乙丙 。4.6%5gaB,臺台\ud800", max_size=30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工业", ["工", "业", "工业"]),
        ("增长4.6%。", ["增", "长", "增长", "4.6%"]),
        ("５Ｇ用户", ["5g", "用", "户", "用户"]),
        ("360公司", ["360", "公", "司", "公司"]),
        ("3,009.4万辆", ["3009.4", "万", "辆", "万辆"]),
        ("1,2,3", ["1", "2", "3"]),
        ("GDP GPT-4", ["gdp", "gpt", "4"]),
        ("國務院", ["国", "务", "院", "国务", "务院"]),
        ("12%以上", ["12%", "以", "上", "以上"]),
        ("工。业", ["工", "业"]),
        ("café_x", ["café", "x"]),
        ("，。\n \ud800", []),
        ("", []),
    ],
)
def test_terms(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def plain_bm25(texts: list[str], query: str) -> list[float]:
    """BM25 as the papers write it, one document and one term at a time."""
    cut = [terms(text) for text in texts]
    average = sum(map(len, cut)) / len(cut) or 1
    scores = []
    for words in cut:
        score = 0.0
        for term in terms(query):
            having = sum(term in other for other in cut)
            if having:
                weight = math.log(1 + (len(cut) - having + 0.5) / (having + 0.5))
                tf = words.count(term)
                score += weight * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(words) / average))
        scores.append(score)
    return scores


@given(st.lists(TEXT, min_size=1, max_size=8), TEXT)
def test_scores_equal_plain_bm25(texts: list[str], query: str) -> None:
    scores = score_lexical(build_lexical(texts), query)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, plain_bm25(texts, query), rtol=1e-5, atol=1e-6)


def test_a_term_that_stands_in_every_text_weighs_next_to_nothing() -> None:
    lexical = build_lexical(["工业的", "农业的", "渔业的"])
    assert idf(lexical, "的") < 0.2 < idf(lexical, "工") < idf(lexical, "没有")
    assert idf(lexical, "工") == pytest.approx(math.log(1 + 2.5 / 1.5))


def test_traditional_finds_simplified() -> None:
    scores = score_lexical(build_lexical(["國務院", "農業"]), "国务院")
    assert scores[0] > 0 == scores[1]


def test_nothing_indexed_and_nothing_asked() -> None:
    assert score_lexical(build_lexical([]), "工业").shape == (0,)
    assert score_lexical(build_lexical(["工业"]), "？").tolist() == [0.0]
    assert score_lexical(build_lexical(["", "。"]), "工业").tolist() == [0.0, 0.0]


def test_rows_ascend_within_a_term() -> None:
    lexical = build_lexical(["工业", "农业", "工业工业"])
    part = slice(*lexical.starts[lexical.vocabulary["业"] :][:2])
    assert lexical.rows[part].tolist() == [0, 1, 2]
    assert lexical.counts[part].tolist() == [1, 1, 2]
    assert lexical.lengths.tolist() == [3, 3, 7]


@given(st.lists(TEXT, max_size=8), st.lists(TEXT, max_size=4), st.randoms(use_true_random=False), TEXT)
def test_what_is_updated_scores_as_what_is_built_anew(old: list[str], new: list[str], chance: random.Random, query: str) -> None:
    left = [row for row in range(len(old)) if chance.random() < 0.7]
    rows = [*left, *[-1] * len(new)]
    chance.shuffle(rows)
    coming = iter(new)
    texts = [old[row] if row >= 0 else next(coming) for row in rows]
    updated, built = update_lexical(build_lexical(old), np.array(rows, np.int64), new), build_lexical(texts)
    for asked in (query, *texts):
        assert score_lexical(updated, asked).tolist() == score_lexical(built, asked).tolist()
    assert set(updated.vocabulary) == set(built.vocabulary)  # a word that nobody says any more is forgotten
    for name in ("starts", "rows", "counts", "lengths"):
        one, other = getattr(updated, name), getattr(built, name)
        assert (one.dtype, one.shape) == (other.dtype, other.shape)
    assert all((np.diff(updated.rows[s:e]) > 0).all() for s, e in pairwise(updated.starts))
