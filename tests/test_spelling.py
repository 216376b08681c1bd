"""Slips of the keyboard: mended where the texts have what sounds or looks the same, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.fold import fold
from qa.spelling import mend_chinese, mend_english

TEXTS = (fold("全年社会消费品零售总额118.9亿元，绿色船舶订单占六成。研发投入4.2亿元，粮食产量21万吨，常住人口46万人。黎川县长说明情况。"),)
WORDS = frozenset(["unemployment", "rate", "forecast", "absence", "exports", "level"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("社会消费品另售总额是多少？", "社会消费品零售总额是多少？"),
        ("绿色船泊订单占几成", "绿色船舶订单占几成"),
        ("定单占比", "订单占比"),  # the dictionary knows it as another way to write 订单
        ("去年yanfa投入是多少钱？", "去年研发投入是多少钱？"),
        ("零售总额是多少？", "零售总额是多少？"),
        ("苹果产量是多少？", "苹果产量是多少？"),  # nothing sounds like it
        ("何时开工？", "何时开工？"),
        ("GDP是多少？", "GDP是多少？"),
        ("诗歌怎么写？", "诗歌怎么写？"),
    ],
)
def test_what_sounds_the_same_is_meant_where_the_texts_have_it(typed: str, meant: str) -> None:
    assert mend_chinese(typed, TEXTS) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("what is the unemploymnet rate?", "what is the unemployment rate?"),
        ("persistent absense", "persistent absence"),
        ("How much did imports fall?", "How much did imports fall?"),  # a word of its own, though nearly exports
        ("Who is Forecsat?", "Who is Forecsat?"),  # a name may be written in any way
    ],
)
def test_an_english_word_that_is_none_is_the_nearest_one_of_the_texts(typed: str, meant: str) -> None:
    assert mend_english(typed, WORDS) == meant


@given(st.text(alphabet="零售船舶研发另泊是多少的？年2023万吨 ab", max_size=20))
def test_mending_again_changes_nothing_and_the_length_stays(question: str) -> None:
    once = mend_chinese(question, TEXTS)
    assert mend_chinese(once, TEXTS) == once
