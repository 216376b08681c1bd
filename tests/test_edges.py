"""Where spans begin and end, and which of two figures for one thing answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.fold import fold
from qa.edges import trim, whole_clause, whole_dates

REASONS = "安泽市粮食减产，主要是因为洪涝造成31万亩秋粮绝收或严重减产。"


@pytest.mark.parametrize(
    ("text", "span", "widened"),
    [
        (REASONS, "洪涝", "洪涝造成31万亩秋粮绝收或严重减产"),
        ("做法是凭票证押20元借杯，还杯时自动退款。", "自动退款", "还杯时自动退款"),
        ("顺应新工业革命的趋势、提升工业的现代化水平，都要求转型。", "新工业革命的趋势、提升工业的现代化水平", "顺应新工业革命的趋势、提升工业的现代化水平"),
        ("出口下降，主要是受海外去库存影响；进口增长。", "海外去库存", "受海外去库存影响"),
        ("It closed because of a long measles outbreak, the council said.", "measles", "a long measles outbreak"),
    ],
)
def test_a_short_reason_takes_its_clause_without_the_word_that_says_why(text: str, span: str, widened: str) -> None:
    text = fold(text)
    start = text.index(fold(span))
    a, b = whole_clause(text, start, start + len(span))
    assert text[a:b].strip() == fold(widened)


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_widening_never_narrows_and_stays_in_the_text(text: str, one: int, other: int) -> None:
    text = fold(text)
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for widen in (whole_clause, whole_dates):
        a, b = widen(text, start, end)
        assert 0 <= a <= start <= end <= b <= len(text)


def test_a_date_that_is_cut_is_taken_whole() -> None:
    text = "工程于2023年12月开工，去年底完工。"
    assert [text[slice(*whole_dates(text, *at))] for at in ((5, 9), (14, 16))] == ["2023年12月", "去年底"]


def test_pauses_at_the_edges_are_no_answer() -> None:
    text = "他说：  12艘，"
    a, b = trim(text, 3, len(text), 0)
    assert text[a:b] == "12艘"
