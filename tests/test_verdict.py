"""The line under an answer, and comparisons, notes and conflicts as they are shown."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from test_page import make_answer, make_document, make_question, make_refusal, reply, seen

from chat.labels import WORDS
from chat.verdict import SURE, UNSURE, render_state
from chat.versus import read_versus
from qa.checked import check_figures
from qa.types import Answer, Claim

TOWNS = """# 两市粮食

李明：东港粮食产量为5.2亿吨，西港粮食产量为4.8亿吨。东港下降3%，西港下降百分之五。有超过三千万户受益。

| 市 | 产量（万吨） |
|---|---|
| 南港 | 571.9 |
"""
EAST, WEST = "东港粮食产量为5.2亿吨，", "西港粮食产量为4.8亿吨。"


def check(short: str, *quotes: str) -> tuple[int, int]:
    return check_figures(make_answer(make_document(TOWNS), short, *quotes))


@pytest.mark.parametrize(
    ("short", "quotes", "counted"),
    [
        ("5.2亿吨", (EAST,), (1, 1)),
        ("5.2万吨", (EAST,), (0, 1)),  # another order of magnitude
        ("5.2亿元", (EAST,), (0, 1)),  # another unit
        ("2亿吨", (EAST,), (0, 1)),  # a part of the number
        ("4.8亿吨", (EAST,), (0, 1)),  # stands in the document, but not in the quote
        ("5.2亿吨、4.8亿吨", (EAST, WEST), (2, 2)),
        ("5%", ("西港下降百分之五。",), (1, 1)),  # the same number, spelled out
        ("超过三千万户", ("有超过三千万户受益。",), (1, 1)),
        ("571.9万吨", ("| 南港 | 571.9 |", "| 市 | 产量（万吨） |"), (1, 1)),
        ("572.9万吨", ("| 南港 | 571.9 |", "| 市 | 产量（万吨） |"), (0, 1)),
        ("李明", (EAST,), (0, 0)),
    ],
)
def test_a_figure_counts_as_checked_only_where_its_own_quote_has_it(short: str, quotes: tuple[str, ...], counted: tuple[int, int]) -> None:
    assert check(short, *quotes) == counted


def test_a_claims_figure_is_looked_for_in_its_own_quotes_alone() -> None:
    document = make_document(TOWNS)
    crossed = make_answer(document, "", EAST, WEST, claims=(Claim("4.8亿吨", (0,)), Claim("4.8亿吨", (1,))))
    assert check_figures(crossed) == (1, 2)


def state(answer: Answer) -> str:
    document = make_document(TOWNS)
    return render_state(answer, {document.id: document}, "zh")


def test_figures_are_counted_only_where_the_answer_has_some() -> None:
    document = make_document(TOWNS)
    assert seen(state(make_answer(document, "5.2亿吨", EAST))) == "原文一致 · 数字已核对 1/1 · 把握 高"
    assert seen(state(make_answer(document, "李明", EAST, confidence=SURE - 0.01))) == "原文一致 · 把握 中"


def test_a_figure_that_no_quote_holds_is_a_warning() -> None:
    markup = state(make_answer(make_document(TOWNS), "9亿吨", EAST))
    assert '<span class="low">⚠ 数字只核对上 0/1，请看原文</span>' in markup


def test_low_confidence_comes_first_and_looks_low() -> None:
    document = make_document(TOWNS)
    unsure = make_answer(document, "5.2亿吨", EAST, confidence=UNSURE - 0.01)
    assert seen(state(unsure)).startswith("⚠ 把握低")
    assert '<div class="reply unsure">' in reply(document, unsure)


def compared(asks: str, *claims: str) -> Answer:
    made = tuple(Claim(text, (n,)) for n, text in enumerate(claims))
    return make_answer(make_document(TOWNS), "；".join(claims), EAST, WEST, question=make_question("哪个多？", asks=asks), claims=made)


def test_a_comparison_is_two_lines_each_with_its_marker_and_the_larger_is_said() -> None:
    bubble = reply(make_document(TOWNS), compared("comparison", "东港：5.2亿吨", "西港：4.8亿吨"))
    lines = [seen(line) for line in re.findall(r"<li><p>(.*?)</p>", bubble)]
    assert lines == ["东港 5.2亿吨[1] 较大", "西港 4.8亿吨[2]"]
    assert "<ol>" not in bubble
    assert bubble.count("<strong>") == 2


def test_a_side_that_says_already_that_it_is_more_is_not_told_twice() -> None:
    versus = read_versus(compared("comparison", "东港产量更多：5.2亿吨", "西港：4.8亿吨"))
    assert versus
    assert [side.larger for side in versus.sides] == [False, False]


def test_a_verdict_stands_before_the_sides() -> None:
    bubble = seen(reply(make_document(TOWNS), compared("yes_no", "不是。西港：4.8亿吨", "东港：5.2亿吨")))
    assert bubble.startswith("不是西港 4.8亿吨[1]")
    assert "5.2亿吨[2] 较大" in bubble


@pytest.mark.parametrize(
    "claims", [("甲：3%", "乙：5%"), ("甲：5亿元", "乙：6亿吨"), ("甲：5亿吨", "乙：5亿吨"), ("甲：增长5亿吨", "乙：增长6亿吨")]
)
def test_nothing_is_called_larger_that_cannot_be_compared_as_it_stands(claims: tuple[str, str]) -> None:
    versus = read_versus(compared("comparison", *claims))
    assert versus
    assert not any(side.larger for side in versus.sides)


def test_what_the_reply_says_beside_its_claims_is_shown() -> None:
    document = make_document(TOWNS)
    answer = replace(make_answer(document, "5.2亿吨", EAST), text="5.2亿吨[1]\n金牌多少？ 文件中没有找到这个问题的答案。\n[1] “…”")
    assert '<p class="note">金牌多少？ 文件中没有找到这个问题的答案。</p>' in reply(document, answer)


def test_a_conflict_shows_both_statements_and_chooses_none() -> None:
    document = make_document(TOWNS)
    bubble = reply(document, replace(make_refusal(document, EAST, WEST), refusal="conflict"))
    assert re.findall(r"<blockquote>(.*?)</blockquote>", bubble) == [EAST, WEST]
    assert not re.search(r"<strong>|class=\"cite\"", bubble)
    assert "<blockquote>" not in reply(document, replace(make_refusal(document, EAST), refusal="period"))


@pytest.mark.parametrize("reason", ["absent", "period", "basis", "not_given", "conflict"])
def test_each_reason_to_refuse_has_its_own_words(reason: str) -> None:
    for language in ("zh", "en"):
        words = [WORDS[language][f"refused_{other}"] for other in ("absent", "period", "basis", "not_given", "conflict")]
        assert words.count(WORDS[language][f"refused_{reason}"]) == 1


def test_a_question_can_be_edited_and_an_understanding_corrected_in_its_place() -> None:
    document = make_document(TOWNS)
    first = make_answer(document, "5.2亿吨", EAST)
    follow = make_answer(document, "4.8亿吨", WEST, question=make_question("那西港呢？", standalone="西港粮食产量是多少？"))
    bubble = reply(document, first, follow)
    assert '<span class="standalone">西港粮食产量是多少？</span> <a class="revise" href="#turn-2"' in bubble
