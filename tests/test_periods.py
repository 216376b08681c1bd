"""Periods: what a text names, and which of them speak of different times."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scraps import TEXTS

from documents.fold import fold
from qa.periods import Period, clash, find_periods

NAMED = [
    "2023年", "2022年", "2023年上半年", "2023年下半年", "2022年上半年", "上半年", "一季度", "前三季度", "1-6月", "6月", "12月", "2023年6月", "2023年底", "年底", "2023年年初", "2023年全年",
    "全年", "去年", "今年", "明年",
]  # fmt: skip


def only(text: str) -> Period:
    (period,) = find_periods(fold(text))
    return period


@pytest.mark.parametrize(
    ("text", "stands", "year", "part"),
    [
        ("2023年汽车销量", "2023年", 2023, ""),
        ("２０２３年汽车销量", "２０２３年", 2023, ""),
        ("2023年的销量", "2023年的", 2023, ""),
        ("2023年上半年增长", "2023年上半年", 2023, "h1"),
        ("下半年增长", "下半年", 0, "h2"),
        ("一季度增长", "一季度", 0, "q1"),
        ("2023年前三季度增长", "2023年前三季度", 2023, "to-q3"),
        ("1至6月增长", "1至6月", 0, "m1-6"),
        ("1—6月增长", "1—6月", 0, "m1-6"),
        ("2023年4月起", "2023年4月", 2023, "m4"),
        ("截至2023年11月底", "2023年11月底", 2023, "m11"),
        ("将于2024年10月1日开馆", "2024年10月1日", 2024, "m10"),
        ("2023年底达到", "2023年底", 2023, "end"),
        ("2023年年末达到", "2023年年末", 2023, "end"),
        ("2023年全年增长", "2023年全年", 2023, "all"),
        ("去年增长", "去年", 0, "去年"),
        ("In 2023 it grew", "2023", 2023, ""),
        ("finished in October 2025", "October 2025", 2025, "m10"),
        ("on 15 October 2025", "15 October 2025", 2025, "m10"),
        ("the first quarter of 2024", "first quarter of 2024", 2024, "q1"),
        ("It grew last year", "last year", 0, "去年"),
        ("６月增长", "６月", 0, "m6"),
        ("六月增长", "六月", 0, "m6"),
        ("截至十一月底", "十一月底", 0, "m11"),
        ("前9个月增长", "前9个月", 0, "m1-9"),
        ("二〇二四年六月", "二〇二四年六月", 2024, "m6"),
        ("二零二四年的增速", "二零二四年的", 2024, ""),
        ("2024年三季度末", "2024年三季度末", 2024, "q3"),
        ("去年年底的比例", "去年年底", 0, "去年底"),
        ("2023-24学年预算", "2023-24学年", 2023, "split"),
        ("It stood at 4 in 2022-23.", "2022-23", 2022, "split"),
        ("the autumn term of 2022", "autumn term of 2022", 2022, "autumn"),
        ("2022年秋季学期", "2022年秋季学期", 2022, "autumn"),
        ("by the end of 2023", "end of 2023", 2023, "end"),
        ("over the whole of 2024", "whole of 2024", 2024, "all"),
        ("H1 2024 profit", "H1 2024", 2024, "h1"),
        ("profit in H1?", "H1", 0, "h1"),
        ("in the first half of 2025", "first half of 2025", 2025, "h1"),
        ("first-half spending", "first-half", 0, "h1"),
        ("in the first nine months of 2024", "first nine months of 2024", 2024, "m1-9"),
        ("in May 2024", "May 2024", 2024, "m5"),
    ],
)
def test_what_a_text_names(text: str, stands: str, year: int, part: str) -> None:
    period = only(text)
    assert text[period.start : period.end] == stands
    assert (period.year, period.part, period.base) == (year, part, False)


@pytest.mark.parametrize("text", ["较2022年底多出3.2万户", "比2022年增长", "与2022年相比", "较上年同期增长", "up 6.2 percent from 2022", "compared with 2022", "up 0.6 points on 2023", "from a year earlier", "over the previous year"])
def test_what_something_is_compared_with_is_not_when_it_happened(text: str) -> None:
    assert only(text).base


@pytest.mark.parametrize("text", ["2000万辆", "1999家", "2023.5", "$2000", "2000 million", "12,023", "20231", "5G", "一是", "三个月", "2023-12-05", "H1N1", "it may grow", "the mayor", "prices fall 5%", "spring water", "marched"])
def test_what_is_no_period(text: str) -> None:
    assert find_periods(fold(text)) == ()


@given(TEXTS)
def test_periods_lie_in_order_within_the_text(text: str) -> None:
    end = 0
    for period in find_periods(fold(text)):
        assert end <= period.start < period.end <= len(text)
        assert period.year == 0 or 1900 <= period.year <= 2099
        end = period.end


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("2023年", "2022年"), ("2022年上半年", "2023年上半年"), ("上半年", "下半年"), ("一季度", "前三季度"), ("6月", "12月"), ("2023年6月", "2022年底"),
        ("去年", "今年"), ("2023年全年", "2023年上半年"), ("上半年", "2023年"), ("2023年", "2023年上半年"),
        ("2023年", "2024年"), ("2023年上半年", "二〇二四年上半年"), ("autumn term of 2023", "2023-24"), ("2023-24", "2024-25"), ("2023年", "前8个月"), ("H1 2024", "first half of 2025"), ("上一年", "今年"), ("前年", "2024年"), ("去年同期", "2024年"), ("a year ago", "2024年"), ("去年底", "6月"), ("前年", "去年同期"),
    ],
)  # fmt: skip
def test_what_is_said_of_another_period_is_no_answer(asked: str, given: str) -> None:
    assert clash(only(asked), only(given))


@pytest.mark.parametrize(
    ("asked", "given"),
    [("2023年", "全年"), ("2023年", "2023年底"), ("2023年上半年", "上半年"), ("12月", "年底"), ("2023年", "2023年6月"), ("上半年", "2023年上半年"), ("2023年底", "2023年"), ("2023年", "去年"), ("去年", "去年同期"), ("上一年", "去年"), ("a year earlier", "去年同期"), ("去年底", "去年年底"), ("去年底", "2023年底"),
     ("上半年", "1-6月"), ("H1 2024", "2024年上半年"), ("前三季度", "前9个月"), ("6月", "六月"), ("end of 2023", "2023年底")],
)
def test_what_is_said_of_the_same_period_is_one(asked: str, given: str) -> None:
    assert not clash(only(asked), only(given))


@given(st.sampled_from(NAMED), st.sampled_from(NAMED))
def test_different_times_differ_either_way(one: str, other: str) -> None:
    """A month answers a question about its year, and not the other way round; all else is symmetrical."""
    first, second = only(one), only(other)
    assert not clash(first, first)
    month = [p for p in (first, second) if p.part.startswith("m") and "-" not in p.part]
    year = [p for p in (first, second) if p.part == ""]
    same = not (first.year and second.year and first.year != second.year)
    if month and year and same:
        assert clash(month[0], year[0])
        assert not clash(year[0], month[0])
    else:
        assert clash(first, second) == clash(second, first)
