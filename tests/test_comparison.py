"""Which is more: how a question falls into its sides, and what is said of them."""

from __future__ import annotations

import pytest
from promise import check

from qa.assistant import Assistant, open_assistant
from qa.sides import Comparison, split_comparison, split_than

TEXT = """# 沙洲市2023年农业情况通气会

> 说明：本文为演示而写，人物与数字均属虚构。

白露（市农业局局长）：2023年，全市葡萄产量18.2万吨，同比增长6.5%。全市苹果产量24.7万吨，同比增长2.1%。全市梨产量9.8万吨，同比下降3.3%。全市桃产量4.1万吨，同比下降1.2%。

2023年，市级冷库投资3.6亿元。全市新建冷库52座。
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """A text of its own, read by alignment alone: no weights."""
    folder = tmp_path_factory.mktemp("sides")
    (folder / "农业.md").write_text(TEXT, encoding="utf-8")
    return open_assistant(folder / "农业.md", reader="alignment", folder=folder / "index")


def _asked(compared: Comparison | None) -> list[str]:
    assert compared
    return [side.asked for side in compared.sides]


@pytest.mark.parametrize(
    ("question", "asked", "words"),
    [
        ("苹果产量和梨产量哪个多？", ["苹果产量有多少？", "梨产量有多少？"], "多"),
        ("苹果产量跟销量比，谁更大", ["苹果产量是多少？", "苹果销量是多少？"], "大"),
        ("高铁与地铁，谁运的人多", ["高铁运的人有多少？", "地铁运的人有多少？"], "运的人多"),
        ("苹果和梨哪个单价贵一些？", ["苹果单价是多少？", "梨单价是多少？"], "单价贵"),
        ("城镇收入与农村收入相比，哪一方涨得快", ["城镇收入增长多少？", "农村收入增长多少？"], "涨得快"),
        ("城镇收入和农村收入谁增速更高？", ["城镇收入增长多少？", "农村收入增长多少？"], "增速高"),
        ("男职工多还是女职工多？", ["男职工有多少？", "女职工有多少？"], "多"),
        ("2021年和2022年游客哪年少？", ["2021年游客有多少？", "2022年游客有多少？"], "少"),
        ("苹果、梨和葡萄哪个产量最高", ["苹果产量是多少？", "梨产量是多少？", "葡萄产量是多少？"], "产量高"),
        ("Which is higher, the bus fare or the tram fare?", ["How much was the bus fare?", "How much was the tram fare?"], "is higher"),
        ("Which grew faster, imports or exports?", ["How much did imports grow?", "How much did exports grow?"], "grew faster"),
        ("Which carried more passengers, the ferry or the tram?", ["How many passengers the ferry carried?", "How many passengers the tram carried?"], "carried more passengers"),
    ],
)
def test_each_side_becomes_a_question_of_its_own(question: str, asked: list[str], words: str) -> None:
    compared = split_comparison(question)
    assert _asked(compared) == asked
    assert compared
    assert compared.said + compared.adjective == words


@pytest.mark.parametrize("question", ["三市里哪个产量最高", "苹果哪个多", "What closed eleven shops for three days or more?"])
def test_one_thing_is_no_comparison(question: str) -> None:
    assert split_comparison(question) is None


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("苹果产量比梨多吗", ["苹果产量有多少？", "梨产量有多少？"]),
        ("苹果产量超过梨产量了吗？", ["苹果产量有多少？", "梨产量有多少？"]),
        ("Did exports grow faster than imports?", ["How much did exports grow?", "How much did imports grow?"]),
        ("Is the bus fare lower than the tram fare?", ["How much was the bus fare?", "How much was the tram fare?"]),
    ],
)
def test_one_put_before_the_other(question: str, asked: list[str]) -> None:
    assert _asked(split_than(question)) == asked


@pytest.mark.parametrize("question", ["产量比上年多吗", "产量超过500万吨了吗", "产量超过预期目标了吗", "苹果占比高吗", "Is output higher than last year?"])
def test_an_earlier_time_a_figure_or_a_target_is_no_side(question: str) -> None:
    assert split_than(question) is None


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("苹果产量和梨产量哪个多？", "苹果产量更多：24.7万吨；梨产量：9.8万吨"),
        ("梨产量和苹果产量哪个少？", "梨产量更少：9.8万吨；苹果产量：24.7万吨"),
        ("苹果产量和葡萄产量哪个涨得快？", "葡萄产量涨得更快：6.5%；苹果产量：2.1%"),
        ("苹果产量和梨产量哪个涨得快？", "苹果产量涨得更快：2.1%；梨产量：下降3.3%"),
        ("苹果产量和梨产量哪个跌得多？", "梨产量跌得更多：下降3.3%；苹果产量：2.1%"),
        ("葡萄产量、苹果产量和梨产量哪个最高？", "苹果产量最高：24.7万吨；葡萄产量：18.2万吨；梨产量：9.8万吨"),
        ("苹果产量比梨产量高吗？", "是。苹果产量：24.7万吨；梨产量：9.8万吨"),
        ("梨产量超过苹果产量了吗？", "不是。梨产量：9.8万吨；苹果产量：24.7万吨"),
    ],
)
def test_the_side_asked_for_comes_first_and_every_figure_is_cited(assistant: Assistant, question: str, short: str) -> None:
    answer = assistant.ask(question)
    assert answer.short == short
    check(answer, assistant)


@pytest.mark.parametrize("question", ["苹果产量和香蕉产量哪个多？", "冷库投资和新建冷库哪个多？", "香蕉产量比苹果产量高吗？"])
def test_a_missing_side_and_unlike_units_are_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.refused
    check(answer, assistant)


def test_what_fell_did_not_rise_faster(assistant: Assistant) -> None:
    """Of two that fell neither 涨得更快: the figures stand alone."""
    answer = assistant.ask("梨产量和桃产量哪个涨得快？")
    assert answer.short == "桃产量：下降1.2%；梨产量：下降3.3%"
