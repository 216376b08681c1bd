"""Figures: where each stands, what it is worth, and what it says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scraps import TEXTS

from documents.fold import fold
from qa.figures import Figure, find_figures, read_number
from qa.periods import find_periods

HAN = "零一二三四五六七八九"


def figures(text: str) -> list[tuple[str, str, str]]:
    """Each figure as it stands, its value and its unit."""
    folded = fold(text)
    return [(text[f.start : f.end], f"{f.value.normalize():f}", f.unit) for f in find_figures(folded)]


def only(text: str) -> Figure:
    (figure,) = find_figures(fold(text))
    return figure


def spell(number: int) -> str:
    """A number under 100,000 in Chinese as a newspaper writes it."""
    if number >= 10_000:
        rest = number % 10_000
        return spell(number // 10_000) + "万" + ("" if not rest else ("零" if rest < 1000 else "") + spell(rest))
    text, gap = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + HAN[digit] + sign
        gap = not digit
    return text


@given(st.integers(1, 99_999))
def test_a_number_in_chinese_is_the_number(number: int) -> None:
    assert read_number(spell(number)) == number
    assert read_number(spell(number).removeprefix("一") if 10 <= number < 20 else spell(number)) == number


@given(st.decimals(0, 10**9, places=2), st.booleans())
def test_a_number_in_digits_is_the_number(number: Decimal, grouped: bool) -> None:
    assert read_number(f"{number:,}" if grouped else f"{number}") == number


@given(st.integers(1, 99), st.text(st.sampled_from("0123456789"), min_size=1, max_size=3))
def test_percent_in_chinese_meets_percent_in_digits(whole: int, part: str) -> None:
    (worded,) = find_figures(f"百分之{spell(whole)}点{''.join(HAN[int(d)] for d in part)}")
    (plain,) = find_figures(f"{whole}.{part}%")
    assert (worded.value, worded.unit, worded.kind) == (plain.value, plain.unit, plain.kind) == (Decimal(f"{whole}.{part}"), "%", "ratio")


@given(st.one_of(TEXTS, st.text(st.sampled_from("0123456789.,%十百千万亿一二两个辆元~-和分别增长约超年月日 $abg第"), max_size=30)))
def test_figures_lie_in_order_and_are_no_dates(text: str) -> None:
    folded = fold(text)
    end = 0
    for figure in find_figures(folded):
        assert end <= figure.start < figure.end <= len(text)
        assert 0 <= figure.lead <= figure.start
        assert figure.value >= 0
        assert 0 <= figure.group[0] < figure.group[1]
        assert not any(p.start < figure.end and figure.start < p.end for p in find_periods(folded))
        end = figure.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("产量为3016.1万辆，同比增长11.6%", [("3016.1万辆", "30161000", "辆"), ("11.6%", "11.6", "%")]),
        ("零售额达4.86万亿元", [("4.86万亿元", "4860000000000", "元")]),
        ("共３，０１６．１万辆", [("３，０１６．１万辆", "30161000", "辆")]),
        ("园区30余个", [("30余个", "30", "个")]),
        ("万余家企业", [("万余家", "10000", "家")]),
        ("占比超42%", [("超42%", "42", "%")]),
        ("近20%的省份", [("近20%", "20", "%")]),
        ("不低于95%", [("不低于95%", "95", "%")]),
        ("下调10%左右", [("10%左右", "10", "%")]),
        ("90%以上的基站", [("90%以上", "90", "%")]),
        ("10~20亿元", [("10~20亿元", "2000000000", "元")]),
        ("10—20亿元", [("10—20亿元", "2000000000", "元")]),
        ("提高2.5个百分点", [("2.5个百分点", "2.5", "百分点")]),
        ("降幅达百分之四点六", [("百分之四点六", "4.6", "%")]),
        ("设备9600万台（套）", [("9600万台（套）", "96000000", "台(套)")]),
        ("十大重点行业", [("十大", "10", "大")]),
        ("用时2小时50分钟", [("2小时50分钟", "2", "小时")]),
        ("出口3架A380", [("3架", "3", "架")]),
        ("handled 1.84 million containers", [("1.84 million containers", "1840000", "containers")]),
        ("reached $312.5 million", [("$312.5 million", "312500000", "$")]),
        ("up 6.2 percent", [("6.2 percent", "6.2", "%")]),
        ("It is 1,450 metres long", [("1,450 metres", "1450", "metres")]),
    ],
)
def test_a_figure_with_all_that_belongs_to_it(text: str, found: list[tuple[str, str, str]]) -> None:
    assert figures(text) == found


@pytest.mark.parametrize("name", ["5G", "6G技术", "5G-A", "G20峰会", "裸眼3D", "“5+2”顶级节点", "iPhone15", "COVID-19", "第3名", "A380", "2023年", "3月5日", "IPv6"])
def test_names_and_dates_are_no_figures(name: str) -> None:
    assert figures(name) == []
    assert [text for text, _, _ in figures(f"{name}的用户有80万户")] == ["80万户"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("4.6%", "ratio"), ("3成", "ratio"), ("2个百分点", "points"), ("3亿元", "money"), ("9.3亿美元", "money"), ("€20", "money"), ("12万辆", "count"), ("7年", "count"), ("80", "count")],
)
def test_the_kind_of_a_figure(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "change", "share"),
    [
        ("销量同比增长12%", True, False),
        ("能耗下降了5.2%", True, False),
        ("较上年多出57家", True, False),
        ("提高3个百分点", True, False),
        ("fell by 3.7 percent", True, False),
        ("产能提高到83万吨", False, False),
        ("占全部销售额的41%", False, True),
        ("渗透率为31.6%", False, True),
        ("销量为412艘", False, False),
    ],
)
def test_how_much_it_changed_and_how_much_there_is(text: str, change: bool, share: bool) -> None:
    figure = only(text)
    assert (figure.change, figure.share) == (change, share)


def test_a_hedge_of_the_clause_stays_with_its_figure() -> None:
    text = "出口额预计达到76.4亿元,进口额为210亿元"
    first, second = find_figures(text)
    assert (text[slice(*first.hedge)], text[slice(*second.hedge)]) == ("预计", "")


def test_where_a_change_began_is_told_from_where_it_ended() -> None:
    first, second = find_figures("由86万个提高到142万个")
    assert (first.origin, second.origin) == (True, False)


def test_joined_figures_count_each_other() -> None:
    found = find_figures("产量和销量分别为412艘和398艘,同比分别增长8.5%和6.1%,共3家")
    assert [figure.group for figure in found] == [(0, 2), (1, 2), (0, 2), (1, 2), (0, 1)]
