"""Answers that rest on a text's structure: outlines, who said and who asked, lists. Read by alignment, so no weights matter."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant, open_assistant
from qa.question import parse_question
from qa.types import Answer

TEXTS = Path(__file__).resolve().parent / "texts"


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Assistant]:
    cache = tmp_path_factory.mktemp("structure")
    paths: dict[str, list[Path]] = {"园区": [TEXTS / "园区.md"], "书店": [TEXTS / "书店.txt"], "clinic": [TEXTS / "clinic.md"]}
    paths["all"] = [path for own in list(paths.values()) for path in own]
    return {name: open_assistant(own, reader="alignment", folder=cache / str(n)) for n, (name, own) in enumerate(paths.items())}


def ask(assistants: dict[str, Assistant], name: str, *questions: str) -> Answer:
    *history, question = questions
    return assistants[name].ask(question, history)


@pytest.mark.parametrize(
    ("name", "question", "wanted", "left_out"),
    [
        ("园区", "供水与排水这一节讲了什么？", ["水价今年不调整", "新建雨水管网37公里", "8.2亿元"], ["口袋公园", "涨价四成", "到此结束"]),
        ("园区", "岳宁说了哪些要点？", ["水价今年不调整", "给老旧小区免费换水管", "8.2亿元"], ["口袋公园41个", "谢谢大家"]),
        ("园区", "绿道这块讲了啥，列个要点", ["口袋公园41个", "把断头绿道接起来"], ["水价", "上午好"]),
        ("园区", "梳理一下上半年主要办的三件事", ["把断头绿道接起来", "给老公园换设施", "请居民参与设计"], ["口袋公园41个", "水价"]),
        ("园区", "通气会讲了些什么？", ["口袋公园41个", "水价今年不调整"], ["为测试而写", "上午好"]),
        ("clinic", "Give me an outline of what Ellis said on money", ["No sale has been agreed", "£31.5 million"], ["26 days", "Will you sell"]),
        ("clinic", "Summarise the section on waiting times", ["19 days in June", "For two reasons"], ["£31.5 million", "Good afternoon"]),
        ("all", "这篇稿子讲了啥？", ["3.4万册", "6.2万元"], ["口袋公园", "budget"]),
        ("all", "What was this briefing about?", ["19 days in June", "£31.5 million"], ["3.4万册", "口袋公园"]),
        ("all", "简要概括书店的开支", ["6.2万元"], ["口袋公园", "budget"]),
    ],
)
def test_an_outline(assistants: dict[str, Assistant], name: str, question: str, wanted: list[str], left_out: list[str]) -> None:
    answer = ask(assistants, name, question)
    assert answer.question.asks == "overview"
    assert [words for words in wanted if words not in answer.short] == []
    assert [words for words in left_out if words in answer.text] == []
    starts = [(citation.document_id, citation.start) for citation in answer.citations]
    assert starts == sorted(starts, key=lambda place: place[1]) or len({document for document, _ in starts}) > 1
    assert all(citation.role in ("answer", "statement") for citation in answer.citations)
    assert len(answer.claims) == len(answer.citations)


def test_an_outline_of_what_no_document_speaks_of_is_refused(assistants: dict[str, Assistant]) -> None:
    assert ask(assistants, "园区", "地铁票价这一节讲了什么？").refused
    assert ask(assistants, "clinic", "Summarise the section on dental surgery").refused


@pytest.mark.parametrize(
    ("name", "questions", "short"),
    [
        ("园区", ("夜间照明已经覆盖七成绿道，这话是谁讲的？",), "秦朗（新区建设局局长）"),
        ("园区", ("绿道总长126公里，谁说的？都有谁？",), "秦朗（新区建设局局长）；岳宁（新区水务局局长）"),
        ("园区", ("水库总投资8.2亿元是谁说的？",), "岳宁（新区水务局局长）"),
        ("园区", ("水库总投资是多少？", "是谁说的？"), "岳宁（新区水务局局长）"),
        ("书店", ("“今年不会动这个念头”出自谁？",), "聂芳（镇文化站站长）"),
        ("书店", ("说书车每到一处停留两个小时的是谁？",), "聂芳（镇文化站站长）"),
        ("书店", ("谁承诺年底前再添一辆车？",), "康宁（副县长）"),
        ("书店", ("谁呼吁增加停靠点？",), "孔亮（村民代表）"),
        ("书店", ("谁质疑司机够不够用？",), "孔亮（村民代表）"),
        ("书店", ("谁回应了司机够不够用？",), "康宁（副县长）"),
        ("书店", ("谁说要增加停靠点？",), "孔亮（村民代表）"),
        ("书店", ("谁说年底前再添一辆车？",), "康宁（副县长）"),
        ("clinic", ("Who said that no sale has been agreed?",), "Mark Ellis"),
        ("clinic", ("Waiting times of 19 days: who said so? Both names please",), "Dr Laura Penn；Mark Ellis"),
    ],
)
def test_who_said_it(assistants: dict[str, Assistant], name: str, questions: tuple[str, ...], short: str) -> None:
    answer = ask(assistants, name, *questions)
    assert sorted(answer.short.split("；")) == sorted(short.split("；"))
    assert all(claim.citations for claim in answer.claims)


@pytest.mark.parametrize("question", ["绿道总长135公里是谁说的？", "谁说了图书馆的座位不够？", "谁透露高铁站明年开工？"])
def test_what_nobody_said(assistants: dict[str, Assistant], question: str) -> None:
    assert ask(assistants, "园区", question).refused


@pytest.mark.parametrize(
    ("name", "question", "short", "quoted", "role"),
    [
        ("园区", "问自来水涨价的是哪家媒体？", "《云溪晚报》", "自来水要涨价四成", "question"),
        ("园区", "水库的钱从哪里来，这个问题是谁提的？", "海湾电视台记者", "水库的钱从哪里来", "question"),
        ("园区", "关于水库，记者问了什么？", "水库的钱从哪里来？", "水库的钱", "question"),
        ("园区", "云溪晚报的记者问了什么？", "有说法称新区自来水要涨价四成，是否属实？；雨季来了，排水管网准备得怎么样？", "涨价四成", "question"),
        ("clinic", "Who brought up the old hospital?", "Reporter (Radio Tarn)", "sell the old hospital", "question"),
        ("clinic", "Which paper asked about the car park fees?", "Reporter (Westmoor Mail)", "car park fees", "question"),
        ("clinic", "What did Radio Tarn ask?", "Will you sell the old hospital?", "sell the old hospital", "question"),
        ("书店", "书车会不会收费的问题是谁问的？", "有读者", "书车会不会收费", "statement"),
    ],
)
def test_who_asked_and_what(assistants: dict[str, Assistant], name: str, question: str, short: str, quoted: str, role: str) -> None:
    answer = ask(assistants, name, question)
    assert answer.short == short
    assert answer.citations[0].role == role
    assert quoted in answer.citations[0].quote


@pytest.mark.parametrize(
    ("name", "question", "items"),
    [
        ("园区", "上半年主要办了哪三件事？", ["把断头绿道接起来，打通断点9处", "给老公园换设施，更新座椅和路灯1300套", "请居民参与设计，收到方案260份"]),
        ("园区", "游客变多的两个原因是啥？", ["地铁六号线在5月通到了新区", "公园延长了开放时间"]),
        ("园区", "水务局下一步有哪两项举措？", ["给老旧小区免费换水管", "在去年汛期积过水的十四处低洼路段和下穿通道，装上能自动报警的水位计和挡水板"]),
        ("书店", "车上的书由哪三部分组成？", ["农技书4000册", "童书6500册", "文学书2100册"]),
        ("clinic", "In which two areas has there been progress?", ["booking", "staffing: we hired 48 nurses in spring"]),
        ("clinic", "What are the two reasons why the clinics were closed in March?", ["The heating had failed", "many nurses were ill with flu"]),
        ("clinic", "Which three things are they doing to save money?", ["buying medicines together with our neighbours", "sharing laboratories", "closing offices at weekends"]),
    ],
)
def test_a_list(assistants: dict[str, Assistant], name: str, question: str, items: list[str]) -> None:
    answer = ask(assistants, name, question)
    assert answer.question.asks == "list"
    assert [claim.text for claim in answer.claims] == items
    assert all(claim.text.split("，")[0] in answer.citations[claim.citations[0]].quote for claim in answer.claims)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("园区", "房价下跌的两个原因是什么？"),
        ("园区", "地铁停运的两个原因是啥？"),
        ("clinic", "What two reasons explain the share price?"),
        ("clinic", "Which three things will the airport do?"),
    ],
)
def test_a_list_of_something_else_is_none(assistants: dict[str, Assistant], name: str, question: str) -> None:
    """As many items as are asked for, but of another matter."""
    assert ask(assistants, name, question).refused


@pytest.mark.parametrize(
    ("asks", "questions"),
    [
        ("reason", ["门票凭啥涨价？", "为啥要修绿道", "客流咋降了", "水价怎么就没涨", "猪肉价格咋会跌", "What closed three clinics?", "What pushed up the cost?"]),
        ("manner", ["咋借书", "游客怎样预约？", "产量是靠什么提上来的？", "书是怎么借还的", "怎么还款"]),
        ("when", ["通气会几点开的？", "绿道啥时候通？"]),
        ("who", ["来的是哪位领导？"]),
        ("speaker", ["这是谁讲的", "说要涨价的是谁", "都有谁说过水价", "问水价的是哪家媒体", "晚报的记者问了什么？", "Who raised the closure?", "Which paper asked about fees?", "What did the Mail ask?"]),
        ("overview", ["这份报告分几块，都说了什么", "交通方面讲了哪些，列要点", "Main points please", "Give me an outline of the talks"]),
        ("list", ["交通方面讲了哪些举措？", "增产的三方面原因是啥", "办了哪三件事", "What are the next steps on 5G?"]),
        ("when", ["2024年工作要点什么时候发布？"]),
        ("thing", ["这说明了什么？"]),
    ],
)  # fmt: skip
def test_what_a_colloquial_question_asks_for(asks: str, questions: list[str]) -> None:
    assert {question: parse_question(question).asks for question in questions} == dict.fromkeys(questions, asks)


def test_asking_again_is_no_second_question() -> None:
    assert parse_question("绿道总长126公里是谁讲的，有几个人提到？").parts == ()
    assert parse_question("绿道总长多少？谁讲的？").parts == ("绿道总长多少？", "谁讲的？")
