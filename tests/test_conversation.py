"""Follow-ups, and questions of several parts, over the invented texts."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.phrases import REFUSALS


@pytest.mark.parametrize(
    ("name", "questions", "standalone", "short"),
    [
        ("发布会", ("2023年船舶产量是多少？", "那销量呢？"), "2023年船舶销量是多少？", "398艘"),
        ("发布会", ("2023年船舶产量是多少？", "2022年呢？"), "2022年船舶产量是多少？", ""),
        ("发布会", ("2023年船舶产量是多少？", "同比呢？"), "2023年船舶产量同比增长多少？", "8.5%"),
        ("发布会", ("2023年船舶产量是多少？", "那销量呢？", "这是谁说的？"), "2023年船舶销量是谁说的？", "周敏（市工业局局长）"),
        ("茶乡", ("茶园面积是多少？", "春茶产量呢？"), "春茶产量是多少？", "5320吨"),
        ("茶乡", ("2023年接待茶旅游客多少人次？", "2022年呢？"), "2022年接待茶旅游客多少人次？", "64万人次"),
        ("茶乡", ("2023年接待茶旅游客多少人次？", "那2021年呢？", "2022年呢？"), "2022年接待茶旅游客多少人次？", "64万人次"),
    ],
)
def test_follow_ups(assistants: dict[str, Assistant], name: str, questions: tuple[str, ...], standalone: str, short: str) -> None:
    *history, question = questions
    answer = assistants[name].ask(question, history)
    assert (answer.question.text, answer.question.standalone) == (question, standalone)
    assert answer.short == short


@pytest.mark.parametrize(
    ("name", "question", "claims"),
    [
        ("发布会", "船舶产量是多少，同比增长多少？", ["412艘", "8.5%"]),
        ("发布会", "船舶产量和销量分别是多少？", ["412艘", "398艘"]),
        ("发布会", "船舶产量是多少？谁介绍的？", ["412艘", "周敏（市工业局局长）"]),
        ("茶乡", "茶园面积多少亩，春茶产量多少吨？", ["18.6万亩", "5320吨"]),
    ],
)
def test_two_questions_in_one(assistants: dict[str, Assistant], name: str, question: str, claims: list[str]) -> None:
    answer = assistants[name].ask(question)
    assert [claim.text for claim in answer.claims] == claims
    assert len(answer.question.parts) == 2


def test_half_of_a_question_may_be_refused(assistants: dict[str, Assistant]) -> None:
    answer = assistants["发布会"].ask("船舶产量是多少？火星上有多少居民？")
    assert [claim.text for claim in answer.claims] == ["412艘"]
    assert answer.text.splitlines()[1] == f"火星上有多少居民？ {REFUSALS['zh']['absent']}"


@pytest.mark.parametrize("question", ["那销量呢？", "And in 2021?", "What about exports?"])
def test_a_follow_up_to_nothing_is_refused(assistants: dict[str, Assistant], question: str) -> None:
    for name in ("简报", "harbour"):
        assert assistants[name].ask(question).refusal == "absent"


@pytest.mark.parametrize(("name", "question"), [("harbour", "And how long is the new breakwater?"), ("茶乡", "那茶农协会会长是谁呢？")])
def test_a_question_of_its_own_may_begin_like_a_follow_up(assistants: dict[str, Assistant], name: str, question: str) -> None:
    assert not assistants[name].ask(question).refused
