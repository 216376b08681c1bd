"""The question as understood: what it asks for, of which time, on which basis, and how many it holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import BriefingError
from documents.fold import fold
from qa.errors import QuestionError
from qa.question import parse_question

WORDS = st.lists(
    st.one_of(
        st.sampled_from(["2023年", "上半年", "销量", "和", "多少", "谁", "哪些", "？", "，", "同比", "增长", "是", "吗", "how many ", "cars ", "and ", "when ", "1000", "万辆", "呢", "分别", " "]),
        st.text(max_size=3),
    ),
    min_size=1, max_size=15,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("asks", "questions"),
    [
        ("figure", ["2023年汽车销量是多少？", "5G基站有几个？", "亏损面收窄了多久？", "出口额是多少", "销量同比增长百分之几？", "汽车销量", "How many cars were sold?", "What was the revenue?", "By what percentage did exports rise?"]),
        ("who", ["县农业农村局局长是谁？", "馆长叫什么名字？", "何人出席？", "Who is the chief engineer?"]),
        ("speaker", ["谁说销量增长了？", "这话是谁说的？", "哪位官员介绍了5G？", "哪家媒体提到了充电桩？", "谁问的？", "Who said that sales rose?", "Who asked about exports?"]),
        ("title", ["赵志国是什么职务？", "辛国斌担任什么职位？", "陶青的职务是什么？", "What is Tom Reyes' position?"]),
        ("when", ["博物馆何时开馆？", "项目什么时候开工？", "哪一年突破1000万辆？", "几月开工？", "When will it open?", "In which year did it open?"]),
        ("where", ["项目在哪里开工？", "博物馆位于什么地方？", "试点在哪个城市？", "Where is it?", "In which city is it?"]),
        ("list", ["有哪些举措？", "突出体现在哪五个稳？", "三项重点工作是什么？", "有什么考虑？", "What are the four features?", "Which provinces grew?"]),
        ("reason", ["为什么要转型？", "销量为何下降？", "原因是什么？", "Why did sales fall?", "What caused the delay?"]),
        ("manner", ["怎么降低成本？", "如何保障供应？", "How did they do it?"]),
        ("yes_no", ["汽车销量是3000万辆吗？", "销量是不是下降了？", "有没有盈利？", "销量增长了，对吗？", "Did sales rise?", "Is it true?"]),
        ("comparison", ["产量和销量哪个多？", "哪个更高？", "Which is larger, output or sales?"]),
        ("overview", ["这份文件讲了什么？", "请概括一下", "主要内容", "What is this document about?", "Summarize the briefing"]),
        ("thing", ["渗透率是什么？", "What does it mean?"]),
    ],
)  # fmt: skip
def test_what_a_question_asks_for(asks: str, questions: list[str]) -> None:
    assert {question: parse_question(question).asks for question in questions} == dict.fromkeys(questions, asks)


@pytest.mark.parametrize(
    ("question", "periods", "basis", "wants", "unit"),
    [
        ("2023年汽车销量是多少？", ("2023年",), "", "level", ""),
        ("2023年上半年汽车销量同比增长多少？", ("2023年上半年",), "同比", "change", ""),
        ("２０２３年销量环比增长多少？", ("２０２３年",), "环比", "change", ""),
        ("规模以上工业企业比2022年底多了多少家？", (), "", "change", "家"),
        ("新能源汽车占比是多少？", (), "", "share", ""),
        ("有多少个5G基站？", (), "", "level", "个"),
        ("门票多少钱？", (), "", "level", "元"),
        ("增长持续了多久？", (), "", "change", "时间"),
        ("国产化率是多少？", (), "", "level", "%"),
        ("How much did sales grow year-on-year in 2023?", ("2023",), "同比", "change", ""),
    ],
)
def test_its_time_basis_and_unit(question: str, periods: tuple[str, ...], basis: str, wants: str, unit: str) -> None:
    parsed = parse_question(question)
    assert (parsed.periods, parsed.basis, parsed.wants, parsed.unit) == (periods, basis, wants, unit)


def test_its_subject_is_what_is_left() -> None:
    assert parse_question("请问2023年全年汽车销量到底是多少？").subject == "汽车销量"
    assert parse_question("２０２３年汽車銷量是多少？").subject == "汽车销量"
    assert parse_question("How many containers were handled in 2023?").subject == "containers handled"
    assert parse_question("？").subject == ""
    assert parse_question("是多少").subject == ""


@pytest.mark.parametrize(("question", "count"), [("突出体现在哪五个稳？", 5), ("两项工作是什么？", 2), ("哪12个行业？", 12), ("有哪些举措？", 0), ("What are the four features?", 4), ("十个工业大省有哪些", 10)])
def test_how_many_are_asked_for(question: str, count: int) -> None:
    assert parse_question(question).count == count


def test_the_figure_put_forward() -> None:
    assert parse_question("汽车销量是３０００万辆吗？").claim == "3000万辆"
    assert parse_question("Was the revenue $400 million?").claim == "$400 million"
    assert parse_question("销量是不是下降了？").claim == ""
    assert parse_question("汽车销量是多少？").claim == ""


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("汽车销量是多少？", ()),
        ("销量是多少，同比增长多少？", ("销量是多少？", "同比增长多少？")),
        ("销量是多少？谁介绍的？", ("销量是多少？", "谁介绍的？")),
        ("船舶产量和销量分别是多少？", ("船舶产量是多少？", "销量呢？")),
        ("汽车产销量分别是多少？", ("汽车产量是多少？", "销量呢？")),
        ("禽蛋、牛奶各产了多少？", ("禽蛋产了多少？", "牛奶呢？")),
        ("小麦和玉米产量分别是多少？", ("小麦产量是多少？", "玉米产量呢？")),
        ("甲港和乙港的吞吐量各是多少？", ("甲港的吞吐量是多少？", "乙港的吞吐量呢？")),
        ("累计发布了几项国际标准、几项国家标准", ("累计发布了几项国际标准？", "几项国家标准？")),
        ("循环杯借出多少次？明年目标呢？", ("循环杯借出多少次？", "明年目标呢？")),
        ("今年和去年灯会经费各多少？", ("今年灯会经费多少？", "去年呢？")),
        ("电动汽车出口和总出口分别增长多少？", ("电动汽车出口增长多少？", "总出口增长多少？")),
        ("产量和销量哪个多？", ()),
        ("在全社会共同关注之下，汽车销量是多少？", ()),
        ("How long is it, and when will it be finished?", ("How long is it?", "when will it be finished?")),
    ],
)
def test_a_question_of_several_parts(question: str, parts: tuple[str, ...]) -> None:
    assert parse_question(question).parts == parts


@given(WORDS)
def test_any_text_is_a_question_or_an_error(text: str) -> None:
    if not text.strip():
        with pytest.raises(QuestionError):
            parse_question(text)
        return
    parsed = parse_question(text)
    assert (parsed.text, parsed.standalone) == (text, text)
    assert all(period in text for period in parsed.periods)
    assert parsed.claim in fold(text)
    assert parsed.count >= 0
    assert len(parsed.parts) != 1
    assert all(part.strip() for part in parsed.parts)
    assert fold(parsed.subject) == parsed.subject
    assert parse_question("2022年呢？", text if len(text) > 1 else "x").standalone != "2022年呢？"


@pytest.mark.parametrize(("text", "told"), [("", "empty"), (" \n\u3000", "empty"), ("问" * 1001, "1001")])
def test_what_is_no_question_is_an_error_that_says_what_to_do(text: str, told: str) -> None:
    with pytest.raises(QuestionError, match=told) as caught:
        parse_question(text)
    assert isinstance(caught.value, BriefingError)
    assert parse_question("问" * 1000).text == "问" * 1000


def test_language() -> None:
    assert parse_question("5G是什么？").language == "zh"
    assert parse_question("Who is 辛国斌?").language == "zh"
    assert parse_question("What is 5G?").language == "en"
