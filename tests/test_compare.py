"""Two runs: the exact test against its sum, the interval against resampling, and what is said in words."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.compare import compare, mcnemar, newcombe, read_baseline
from qa.errors import QuestionError


def run(pattern: str) -> dict[str, str]:
    return {str(n): {"r": "right", "w": "wrong", "f": "refused rightly", "x": "refused wrongly"}[char] for n, char in enumerate(pattern)}


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemars_p_is_the_two_tails_of_a_fair_coin(better: int, worse: int) -> None:
    n = better + worse
    tail = sum(math.comb(n, k) for k in range(min(better, worse) + 1)) / 2**n
    assert mcnemar(better, worse) == pytest.approx(min(1.0, 2 * tail))


@pytest.mark.parametrize("table", [(60, 15, 5, 20), (300, 40, 40, 120), (10, 30, 2, 8)])
def test_the_interval_is_near_what_resampling_gives(table: tuple[int, int, int, int]) -> None:
    n = sum(table)
    drawn = np.random.default_rng(0).multinomial(n, np.array(table) / n, size=20_000)
    low, high = np.percentile((drawn[:, 1] - drawn[:, 2]) / n, [2.5, 97.5])
    assert newcombe(*table) == pytest.approx((low, high), abs=0.03)


@given(st.tuples(*[st.integers(0, 30)] * 4).filter(any))
def test_the_interval_holds_the_difference_and_mirrors(table: tuple[int, int, int, int]) -> None:
    both, first, second, neither = table
    low, high = newcombe(*table)
    assert -1 <= low <= (first - second) / sum(table) <= high <= 1
    assert newcombe(both, second, first, neither) == pytest.approx((-high, -low))


def test_no_change_leaves_room_for_one() -> None:
    low, high = newcombe(10, 0, 0, 0)
    assert low < 0 < high


def test_a_change_of_two_questions_is_no_progress() -> None:
    found = compare(run("rrrwwwwwrf"), run("wwrrrrwwrf"))
    assert (found.better, found.worse) == (("3", "4", "5"), ("0", "1"))
    assert (found.before, found.now, found.p) == (0.5, 0.6, 1.0)
    assert found.in_words.startswith("no difference can be told: 3 better, 2 worse of 10, p = 1.00; accuracy 0.500 before, 0.600 now, difference +0.100, 95 % interval ")


def test_a_difference_is_told_with_its_direction() -> None:
    assert compare(run("w" * 20 + "r" * 9), run("r" * 29)).in_words.startswith("better than the baseline: 20 better, 0 worse of 29, p = 1.9e-06;")
    assert compare(run("f" * 12), run("x" * 12)).in_words.startswith("worse than the baseline: 0 better, 12 worse of 12, p = 4.9e-04;")


def test_questions_of_one_run_alone_are_left_out() -> None:
    found = compare({"a": "right", "b": "wrong"}, {"b": "right", "c": "right"})
    assert (found.questions, found.alone, found.better, found.before) == (1, 2, ("b",), 0.0)
    assert "2 questions stand in one run alone" in found.in_words
    with pytest.raises(QuestionError, match="no id in common"):
        compare({"a": "right"}, {"b": "right"})


def test_a_baseline_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"rows\.jsonl: can't be read"):
        read_baseline(tmp_path)
    for text in ("{", "[]", '{"id": 1}', "\xff"):
        (tmp_path / "rows.jsonl").write_bytes(text.encode("latin-1"))
        with pytest.raises(QuestionError, match="not the rows of a report"):
            read_baseline(tmp_path)
    (tmp_path / "rows.jsonl").write_text('{"id": 1, "verdict": "right"}\n\n{"id": "b", "verdict": "wrong", "more": []}\n', encoding="utf-8")
    assert read_baseline(tmp_path) == {"1": "right", "b": "wrong"}
