"""Yes, no, or neither: what a question puts forward, held against a text."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from promise import check

from documents.fold import fold
from qa.assistant import Assistant, open_assistant
from qa.bearing import Bound, compare
from qa.contrast import contrast, denied, denies, excludes_any, is_yet_to_come, settles_nothing
from qa.premise import find_premises
from qa.question import parse_question

TEXT = """# 沙洲市2023年文化和旅游情况发布会

> 说明：本文为演示而写，人物与数字均属虚构。

## 旅游

记者：全市接待游客情况如何？听说酒店营收增长了两成，能否证实？

白露（市文旅局局长）：2023年，全市接待游客864万人次，同比增长13.6%。乡村游客215万人次，同比下降4.2%。酒店营收没有统计，今天不便透露。

## 场馆

记者：新图书馆开放了吗？

方正（市文旅局副局长）：新图书馆主体工程已经完工，有望2024年6月开放。全市博物馆的参观预约率达到72%，超过70%的年度目标。本市首次举办帆船公开赛。全年未发生重大安全事故。夜间开放时段没有延长。十一个区县的游客接待量全部同比增长。36个景区中有27个客流回升。网上流传的票价150元不是我们发布的。
"""

ENGLISH = """# Port Wren council: annual briefing

> Note: invented for a test.

Mary Hale (director of parks): Visitor numbers rose by 6.4 per cent to 318,000 in 2023. The survey figures are provisional. Bus fares did not rise. Attendance is still below the level we had before the flood.
"""


def _open(folder: Path, name: str, text: str) -> Assistant:
    (folder / name).write_text(text, encoding="utf-8")
    return open_assistant(folder / name, reader="alignment", folder=folder / "index")


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Read by alignment alone: no weights."""
    return _open(tmp_path_factory.mktemp("chinese"), "文旅.md", TEXT)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _open(tmp_path_factory.mktemp("english"), "council.md", ENGLISH)


@pytest.mark.parametrize(
    ("question", "premises"),
    [
        ("预约率现在过70%了吗", [("预约率现在多少？", "over", 0)]),
        ("游客才215万人次？", [("游客多少人次？", "is", 0)]),
        ("游客不到900万人次，对吧", [("游客多少人次？", "under", 0)]),
        ("游客864万人次，增长13.6%，没记错吧", [("游客多少人次？", "is", 0), ("游客增长多少？", "is", 1)]),
        ("乡村游客为什么下降4.2%？", [("乡村游客下降多少？", "is", -1)]),
        ("酒店营收涨了两成，是不是", [("酒店营收涨了多少？", "about", 1)]),
        ("游客是不是下降了", [("游客下降了多少？", "is", -1)]),
        ("第一次办赛吗", []),
        ("票价还会下降吗", []), ("有没有负增长的", []),
        ("Has it drawn 200,000 visitors?", [("How many visitors has it drawn?", "is", 0)]),
        ("Visitor numbers fell by 6.4 per cent, right?", [("By how much visitor numbers fell?", "is", -1)]),
        ("The park gets over £5 million, is that right?", [("How much the park gets?", "over", 0)]),
    ],
)
def test_a_figure_put_forward_becomes_the_question_that_it_answers(question: str, premises: list[tuple[str, str, int]]) -> None:
    assert [(p.asked.standalone, p.bound, p.direction) for p in find_premises(parse_question(question))] == premises


@pytest.mark.parametrize(
    ("put", "value", "said", "given", "verdict"),
    [
        ("is", 30, "is", 30, True), ("is", 30, "about", 30, True), ("is", 30, "is", 31, False), ("is", 40, "over", 30, None), ("is", 20, "over", 30, False),
        ("over", 30, "is", 31, True), ("over", 30, "is", 30, False), ("over", 30, "over", 30, True), ("over", 30, "about", 30, False), ("over", 40, "over", 30, None),
        ("least", 30, "is", 30, True), ("least", 30, "is", 29, False), ("under", 30, "is", 29, True), ("under", 30, "is", 30, False), ("under", 30, "under", 40, None),
        ("most", 30, "is", 30, True), ("most", 30, "over", 30, False), ("most", 40, "over", 30, None), ("about", 30, "is", 29, True), ("about", 30, "is", 25, False),
    ],
)  # fmt: skip
def test_bounds(put: Bound, value: int, said: Bound, given: int, verdict: bool | None) -> None:
    assert compare(put, Decimal(value), said, Decimal(given)) is verdict


@pytest.mark.parametrize(
    ("question", "said", "verdict"),
    [
        ("用电量是不是增长了？", "用电量有所下降。", False),
        ("用电量增长了吗", "用电量没有增长。", False),
        ("这是头一次办吗？", "本市首度举办。", True),
        ("这是第一次办吗？", "本市再次举办。", False),
        ("Are the figures final?", "these figures are provisional; final figures will come in june.", False),
        ("达标了没", "完成率为93%,超过90%的年度目标。", True),
        ("企业扭亏了吗", "由亏损转为盈利。", None),
        ("馆长是谁", "本市首次举办。", None),
    ],
)
def test_the_same_or_the_opposite(question: str, said: str, verdict: bool | None) -> None:
    assert contrast(fold(question), fold(said)) is verdict


def test_denials_and_what_settles_nothing() -> None:
    assert denies("出过事故吗", "全年未发生事故。")
    assert not denies("没有发生事故吧", "全年未发生事故。")
    assert denied("票价不是我们发布的,全年未发生事故。") == "我们发布的\n发生事故。"
    assert excludes_any("有没有负增长的", "全部同比增长。")
    assert not excludes_any("有没有负增长的", "大多数同比增长。")
    assert is_yet_to_come("图书馆开放了吗", "图书馆有望6月开放。")
    assert not is_yet_to_come("图书馆开放了吗", "图书馆6月已开放。")
    assert settles_nothing("票价还会降吗", "还在研究,没有时间表。")
    assert not settles_nothing("造型定了没", "现在还没有答案。")


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("全市接待游客是864万人次吗？", "是。864万人次"),
        ("全市接待游客才215万人次？", "不是。864万人次"),
        ("全市接待游客超过800万人次了吗", "是。864万人次"),
        ("全市接待游客不到800万人次吧？", "不是。864万人次"),
        ("乡村游客增长4.2%，对吧", "不是。下降4.2%"),
        ("乡村游客为什么增长4.2%？", "不是。下降4.2%"),
        ("乡村游客是不是增长了？", "不是。下降4.2%"),
        ("博物馆参观预约率达标了没", "是。全市博物馆的参观预约率达到72%，超过70%的年度目标"),
        ("帆船公开赛是本市头一回举办吗", "是。本市首次举办帆船公开赛"),
        ("全年出过重大安全事故吗", "不是。全年未发生重大安全事故"),
        ("新图书馆开放了吗", "不是。新图书馆主体工程已经完工，有望2024年6月开放"),
        ("区县游客接待量有没有负增长的", "不是。十一个区县的游客接待量全部同比增长"),
        ("十一个区县的游客接待量都增长了没有", "是。十一个区县的游客接待量全部同比增长"),
        ("36个景区的客流是不是个个都回升？", "不是。36个景区中有27个客流回升"),
        ("票价是150元吗", "不是。网上流传的票价150元不是我们发布的"),
        # the wrong speaker, the right one, and what nobody confirmed
        ("方正说全市接待游客864万人次，对吗", "不是。白露（市文旅局局长）"),
        ("全市接待游客864万人次，是白露介绍的吗", "是。864万人次"),
        ("白露证实酒店营收增长了两成，是不是", "不是。酒店营收没有统计，今天不便透露"),
    ],
)
def test_yes_and_no(chinese: Assistant, question: str, short: str) -> None:
    answer = chinese.ask(question)
    assert answer.short == short
    check(answer, chinese)


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Are the survey figures final?", "No. The survey figures are provisional."),
        ("Did bus fares rise?", "No. Bus fares did not rise."),
        ("Is attendance back to where it was before the flood?", "No. Attendance is still below the level we had before the flood."),
    ],
)
def test_yes_and_no_in_english(english: Assistant, question: str, short: str) -> None:
    answer = english.ask(question)
    assert answer.short == short
    check(answer, english)


@pytest.mark.parametrize(
    "question",
    ["机场吞吐量超过500万人次了吗", "2022年全市接待游客864万人次吗", "剧院开放了吗", "游客满意吗？", "票价还会下降吗", "全市接待游客会超过900万人次吗", "夜间灯光秀首次举办吗", "博物馆比图书馆大吗", "博物馆参观预约率首次达到72%吗", "沙洲市文化旅游有没有延长", "十一个区县的游客接待量首次全部同比增长吗", "哪家媒体问了接待游客的情况？", "所有博物馆都免费吗？"],
)
def test_what_the_text_does_not_settle_is_refused(chinese: Assistant, question: str) -> None:
    answer = chinese.ask(question)
    assert answer.refused, answer.short
    check(answer, chinese)
