"""The span model: from scores to slices, and a damaged file that is named."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import ReaderError
from qa.reader import EMBEDDED, MODELS
from qa.span_model import (
    FILES,
    LONGEST_ANSWER,
    ScoredSpan,
    SpanModel,
    best_apart,
    load_span_model,
    window_spans,
)

FOLDER = MODELS / EMBEDDED
PASSAGE = "2023年，全市新建口袋公园41个，比上年多9个。全市植树12.6万株。市长周敏说，明年将再建50个。"


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return load_once()


def scores(tokens: int, null: float = 0.0, **high: float) -> np.ndarray:
    """Rows of -5, "not here" and what is named: s2=3.0 is the start score of token 2, e2 its end score."""
    rows = np.full((1 + tokens, 2), -5.0, np.float32)
    rows[0] = null / 2
    for name, value in high.items():
        rows[1 + int(name[1:]), "se".index(name[0])] = value
    return rows


def offsets(tokens: int) -> list[tuple[int, int]]:
    return [(2 * i, 2 * i + 2) for i in range(tokens)]


def test_the_best_span_is_scored_against_no_answer() -> None:
    best = window_spans(offsets(6), scores(6, null=1.5, s2=3.0, e3=2.0), 1)[0]
    assert best == ScoredSpan(4, 8, 3.5)


def test_a_span_begins_before_it_ends() -> None:
    best = window_spans(offsets(6), scores(6, s4=3.0, e1=3.0), 3)
    assert all(span.start < span.end for span in best)


def test_no_span_crosses_a_break() -> None:
    rows = scores(6, s1=3.0, e4=3.0)
    assert window_spans(offsets(6), rows, 1)[0] == ScoredSpan(2, 10, 6.0)
    assert all(not span.start < 6 < span.end for span in window_spans(offsets(6), rows, 9, breaks=[6]))


def test_no_span_is_longer_than_an_answer() -> None:
    many = LONGEST_ANSWER + 20
    best = window_spans(offsets(many), scores(many, s0=3.0, **{f"e{many - 1}": 3.0}), 5)
    assert all(span.end - span.start <= 2 * LONGEST_ANSWER for span in best)


def test_a_passage_without_tokens_has_no_spans(model: SpanModel) -> None:
    assert window_spans([], scores(0), 3) == []
    assert model.find_spans("多少？", "", "", 3) == []


@given(st.lists(st.builds(lambda a, n, s: ScoredSpan(a, a + n, s), st.integers(0, 30), st.integers(1, 9), st.floats(-5, 5)), max_size=20), st.integers(0, 5))
def test_the_best_apart_keeps_the_best_and_none_that_overlaps_it(spans: list[ScoredSpan], k: int) -> None:
    kept = best_apart(spans, k)
    assert len(kept) <= k
    assert [s.score for s in kept] == sorted((s.score for s in kept), reverse=True)
    assert all(a is b or a.end <= b.start or b.end <= a.start for a in kept for b in kept)
    if spans and k:
        assert kept[0].score == max(s.score for s in spans)


@given(st.text(max_size=40), st.text(alphabet=PASSAGE + "\ud800 \n", max_size=200))
def test_spans_are_slices_of_any_passage(question: str, passage: str) -> None:
    for span in load_once().find_spans(question, "", passage, 3):
        assert 0 <= span.start < span.end <= len(passage)


@cache
def load_once() -> SpanModel:
    """The same for properties, which hypothesis doesn't let share a fixture."""
    return load_span_model(FOLDER)


@pytest.mark.parametrize(
    ("question", "answer"),
    [("2023年新建口袋公园多少个？", "41个"), ("口袋公园比上年多了几个？", "9个"), ("全市植了多少树？", "12.6万株"), ("谁说明年要再建50个？", "周敏"), ("How many trees were planted?", "12.6万株")],
)
def test_it_reads(model: SpanModel, question: str, answer: str) -> None:
    best = model.find_spans(question, "", PASSAGE, 1)[0]
    assert PASSAGE[best.start : best.end] == answer
    assert model.probability(best.score) > 0.3  # the model alone, before alignment is heard


@pytest.mark.parametrize("question", ["2023年新建学校多少所？", "2022年全市植树多少万株？", "地铁票价是多少？", "How many schools were built?"])
def test_it_tells_what_is_not_there(model: SpanModel, question: str) -> None:
    assert model.probability(model.find_spans(question, "", PASSAGE, 1)[0].score) < 0.3


def test_a_long_passage_is_read_to_its_end(model: SpanModel) -> None:
    long = "全市召开会议，研究部署有关工作，要求各区抓好落实。" * 40 + PASSAGE
    best = model.find_spans("2023年新建口袋公园多少个？", "", long, 1)[0]
    assert long[best.start : best.end] == "41个"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "reader")
    (tmp_path / "reader" / name).unlink()
    with pytest.raises(ReaderError, match=f"{name}.*install the package again"):
        load_span_model(tmp_path / "reader")


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_noticed(tmp_path: Path, name: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "reader")
    content = (tmp_path / "reader" / name).read_bytes()
    (tmp_path / "reader" / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(ReaderError, match="the reader is damaged"):
        load_span_model(tmp_path / "reader")


def test_the_digest_is_of_every_file(tmp_path: Path, model: SpanModel) -> None:
    shutil.copytree(FOLDER, tmp_path / EMBEDDED)
    assert load_span_model(tmp_path / EMBEDDED).digest == model.digest
    (tmp_path / EMBEDDED / "reader.json").write_text('{"slope": 9, "offset": 9}', encoding="utf-8")
    assert load_span_model(tmp_path / EMBEDDED).digest != model.digest
