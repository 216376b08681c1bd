"""Follow-ups: what the questions before add to a question, and what they leave alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.followup import complete

ANY = st.lists(
    st.one_of(st.sampled_from(["那", "销量", "呢", "？", "2022年", "同比", "它", "其", "是多少", "谁说的", "汽车", "出口额", "and ", "what about ", "it ", "grow", "?", " "]), st.text(max_size=3)), max_size=8
).map("".join)


@pytest.mark.parametrize(
    ("history", "question", "standalone"),
    [
        # another thing, another measure
        (["2023年汽车产量是多少？"], "那销量呢？", "2023年汽车销量是多少？"),
        (["2023年汽车产量是多少？"], "销量呢", "2023年汽车销量是多少？"),
        (["2023年汽车产量是多少？"], "新能源汽车呢？", "2023年新能源汽车产量是多少？"),
        (["2023年汽车产量是多少？", "那销量呢？"], "新能源汽车呢？", "2023年新能源汽车销量是多少？"),
        # another time
        (["2023年汽车产量是多少？"], "2022年呢？", "2022年汽车产量是多少？"),
        (["2023年汽车产量是多少？"], "上半年呢？", "2023年上半年汽车产量是多少？"),
        (["2023年汽车产量是多少？", "那销量呢？"], "2022年呢？", "2022年汽车销量是多少？"),
        (["汽车产量是多少？"], "2022年呢？", "2022年汽车产量是多少？"),
        # growth
        (["2023年汽车产量是多少？"], "同比呢？", "2023年汽车产量同比增长多少？"),
        (["2023年汽车产量是多少？"], "环比呢？", "2023年汽车产量环比增长多少？"),
        # who said so
        (["2023年汽车产量是多少？"], "谁说的？", "2023年汽车产量是谁说的？"),
        (["2023年汽车产量是多少？", "谁说的？"], "那销量呢？", "2023年汽车销量是多少？"),
        # another person
        (["赵志国是什么职务？"], "陶青呢？", "陶青是什么职务？"),
        # a pronoun
        (["工业互联网的核心产业规模是多少？"], "它融入了多少个大类？", "工业互联网融入了多少个大类？"),
        # complete by itself: nothing is added
        (["2023年汽车产量是多少？"], "谁介绍了5G的发展情况？", "谁介绍了5G的发展情况？"),
        (["2023年汽车产量是多少？"], "5G基站有多少个？", "5G基站有多少个？"),
        (["What was the revenue?"], "How many ferry passengers were there in 2023?", "How many ferry passengers were there in 2023?"),
        # English
        ([], "那销量呢？", "那销量呢？"),
    ],
)
def test_a_question_made_complete(history: list[str], question: str, standalone: str) -> None:
    assert complete(question, history) == standalone


@given(ANY)
def test_without_a_history_nothing_is_added(text: str) -> None:
    assert complete(text, []) == text.strip()
    assert complete(text, ["", " \n"]) == text.strip()


@given(ANY, st.lists(ANY, max_size=3))
def test_it_is_always_one_line_of_thought(text: str, history: list[str]) -> None:
    """Any history will do; the same one gives the same question, as a list or as a tuple, and isn't changed."""
    before = list(history)
    assert complete(text, history) == complete(text, tuple(history))
    assert history == before


@given(st.sampled_from(["2023年汽车产量是多少？", "5G基站有多少个？", "谁介绍了5G的发展情况？", "船厂为什么要降低成本？"]), st.lists(ANY, max_size=3))
def test_a_complete_question_starts_anew(question: str, history: list[str]) -> None:
    assert complete(question, history) == question
