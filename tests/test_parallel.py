"""分别: to each figure its own subject, at the offsets of the sentence itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.fold import fold
from qa.figures import find_figures
from qa.parallel import own_text

PIECES = ["产量", "销量", "产销量", "产销", "进出口", "收支", "和", "、", "以及", "与", "分别", "为", "412艘", "398艘", "8.5%", "6.1%", "万", "，", "。", "城镇", "农村", "增长", "and", "respectively", "其中", " "]


def read(text: str) -> list[str]:
    """For each figure of a sentence the sentence as it reads for that figure."""
    folded = fold(text)
    figures = find_figures(folded)
    return [own_text(folded, figure, figures) for figure in figures]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=20).map("".join))
def test_it_keeps_the_length_and_every_figure(text: str) -> None:
    folded = fold(text)
    figures = find_figures(folded)
    for figure in figures:
        own = own_text(folded, figure, figures)
        assert len(own) == len(folded)
        assert own[figure.start : figure.end] == folded[figure.start : figure.end]
        if figure.group[1] == 1:
            assert own == folded


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("船舶产量和销量分别为412艘和398艘", [("产量", "销量"), ("销量", "产量")]),
        ("进口、出口和转口分别为1亿元、2亿元和3亿元", [("进口", "出口"), ("出口", "转口"), ("转口", "进口")]),
        ("产销量分别为412艘和398艘", [("产量", "销"), ("销量", "产")]),
        ("汽车产销分别完成412辆和398辆", [("产量", "销"), ("销量", "产")]),
        ("城镇24187元,农村11052元,分别增长5.2%和6.7%", [("农村", "无"), ("城镇", "无"), ("城镇", "农村"), ("农村", "城镇")]),
    ],
)
def test_each_figure_keeps_its_subject_and_loses_the_others(text: str, subjects: list[tuple[str, str]]) -> None:
    for own, (mine, other) in zip(read(text), subjects, strict=True):
        assert len(own) == len(text)
        assert mine in own
        assert other not in own


def test_growth_behind_the_levels_has_the_same_subjects() -> None:
    produced, sold, more_produced, more_sold = read("产量和销量分别为412艘和398艘,同比分别增长8.5%和6.1%")
    assert "产量" in produced
    assert "产量" in more_produced
    assert "销量" not in more_produced
    assert "销量" in sold
    assert "销量" in more_sold
    assert "产量" not in more_sold


def test_what_both_subjects_share_stays_for_both() -> None:
    first, second = read("快递业务量和收入分别为80亿件和90亿元")
    assert first.startswith("快递业务量")
    assert second.startswith("快递")
    assert "业务量" not in second
