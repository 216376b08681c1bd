"""The examples that the page offers: made from the collection, and answered by it."""

from __future__ import annotations

import pytest
from conftest import COLLECTIONS

from qa.assistant import Assistant
from qa.examples import make_examples
from qa.types import Answer, Language


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_example_is_answered(assistants: dict[str, Assistant], name: str, language: Language) -> None:
    found = assistants[name].examples(language)
    assert len(found) == len(set(found)) <= 4
    assert found
    for question in found:
        assert not assistants[name].ask(question).refused
        assert assistants[name].ask(question).question.language == language


def test_the_default_briefing_has_four_of_different_kinds(assistants: dict[str, Assistant]) -> None:
    found = assistants["简报"].examples("zh")
    assert len(found) == 4
    assert len({assistants["简报"].ask(question).question.asks for question in found}) >= 3


def test_a_figures_example_is_answered_with_the_figure(assistants: dict[str, Assistant]) -> None:
    question = next(q for q in assistants["发布会"].examples("zh") if "多少" in q)
    answer = assistants["发布会"].ask(question)
    clause = question.partition("多少")[0]
    assert answer.short.lstrip("预计超近约") in answer.citations[0].quote.partition(clause)[2]


def test_what_is_refused_is_no_example(assistants: dict[str, Assistant]) -> None:
    asked: list[str] = []

    def refuse(question: str) -> Answer:
        asked.append(question)
        return assistants["发布会"].ask("火星上有多少居民？")

    assert make_examples(assistants["发布会"].documents, refuse, "en") == ()
    assert "这份文件讲了什么？" not in asked
    assert not any("多少" in question for question in make_examples(assistants["发布会"].documents, refuse, "zh"))
    assert asked


def test_nothing_is_made_of_nothing(assistants: dict[str, Assistant]) -> None:
    assert make_examples((), assistants["发布会"].ask, "zh") == ()
