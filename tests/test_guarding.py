"""What looks like the answer and isn't: another month, a level for a change, a plan for a result, another firm, another year. And what the guards must let by."""

from __future__ import annotations

import pytest
from fake_embedder import FakeEmbedder

from documents.read import document_from_text
from qa.assistant import Assistant, assistant_over
from qa.evidence import main_year
from qa.reader import load_reader

TEXT = """航运口岸通报会
——介绍2024年口岸运行情况

《临江晚报》记者：2025年的经营目标怎么定？

关山越（口岸办主任）：2024年，货物进出口总值462.7亿元，同比增长3.8%；其中，出口271.4亿元，增长5.7%，进口191.3亿元，增长1.3%。12月当月，出口25.3亿元。物流从业人员5640人，比上年增加128人，其中快递员、司机分别为462人和1710人。驿站建成2360个，今年计划再建400个。浅湾造船有限公司去年交船12艘。资本开支7.2亿元，上年是8.8亿元。经营目标是吞吐量达到9500万吨。
"""


def opened(text: str = TEXT) -> Assistant:
    return assistant_over([document_from_text("口岸", text)], FakeEmbedder(), load_reader("alignment"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("2024年出口是多少？", "271.4亿元"),  # not 462.7, which is 进出口, nor December's 25.3
        ("2024年进出口总值是多少？", "462.7亿元"),
        ("物流从业人员比上年增加了多少人？", "128人"),
        ("建成了多少个驿站？", "2360个"),
        ("2025年的吞吐量目标是多少？", "9500万吨"),  # the reporter's question names the year
    ],
)
def test_the_figure_that_was_asked_for(asked: str, said: str) -> None:
    assert opened().ask(asked).short.removeprefix("目标") == said


@pytest.mark.parametrize(
    ("asked", "never"),
    [
        ("快递员比上年增加了多少人？", "128"),  # all of them, before their parts are named
        ("快递员比上年增加了多少人？", "462"),  # how many there are
        ("2022年出口是多少？", "271.4"),
        ("深湾造船有限公司去年交船多少艘？", "12"),
        ("去年第四季度资本开支是多少？", "8.8"),
    ],
)
def test_a_figure_of_something_else_is_no_answer(asked: str, never: str) -> None:
    assert never not in opened().ask(asked).short


@pytest.mark.parametrize(("asked", "verdict"), [("资本开支下降了吗？", "是"), ("资本开支是不是增加了？", "不是"), ("Did capital spending come down?", "Yes")])
def test_two_levels_say_which_way_it_went(asked: str, verdict: str) -> None:
    answer = opened().ask(asked)
    assert answer.short.startswith(verdict)
    assert "7.2亿元，上年是8.8亿元" in answer.short


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("通报会\n——介绍2024年运行情况\n\n2023年是86家，2022年是80家，2021年是70家，今年有90家。", 2024),
        ("通报会\n\n2025年1月9日，市政府介绍情况。2024年货运量是5万吨，2024年客运量是8万人次。", 2024),  # the day it was given is no year that it is about
        ("通报会\n\n货运量是5万吨。", 0),
    ],
)
def test_the_year_that_a_text_is_about(head: str, year: int) -> None:
    assert main_year(document_from_text("口岸", head)) == year


TOLD = """供水通气会

时间：2026年2月6日
地点：政务中心

阮启（水务局局长）：2025年，供水总量6.8亿立方米。全年改造管网142公里。今年计划改造150公里。
"""


@pytest.mark.parametrize(("asked", "said"), [("去年改造管网多少公里？", "142公里"), ("全年改造管网多少公里？", "142公里"), ("今年计划改造管网多少公里？", "计划150公里")])
def test_this_year_is_the_one_in_which_it_was_told(asked: str, said: str) -> None:
    assert opened(TOLD).ask(asked).short == said


def test_last_years_figure_is_no_answer_for_this_year() -> None:
    assert "142" not in opened(TOLD).ask("今年改造了多少公里管网？").short
