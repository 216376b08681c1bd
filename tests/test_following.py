"""Questions that may follow: from the text around the citations, tried before they are offered."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest
from conftest import Opened

from qa.assistant import Assistant
from qa.following import OFFERED, TRIED, is_worth, propose
from qa.types import Answer

CASES = {"发布会": "2023年船舶产量是多少？", "茶乡": "茶园面积是多少？", "harbour": "How many containers did the terminal handle in 2023?"}


def offer(assistant: Assistant, answer: Answer) -> list[str]:
    tried = (candidate for candidate in propose([answer], assistant.documents) if is_worth(candidate, [answer], assistant.ask))
    return [question for question, _ in islice(tried, OFFERED)]


@pytest.mark.parametrize("name", CASES)
def test_what_is_offered_is_answered_and_new(assistants: Opened, name: str) -> None:
    asked = assistants[name].ask(CASES[name])
    found = offer(assistants[name], asked)
    assert 1 <= len(found) == len(set(found)) <= OFFERED
    for question in found:
        answer = assistants[name].ask(question, [CASES[name]])
        assert not answer.refused
        assert answer.short != asked.short
        assert answer.question.language == asked.question.language


def test_a_figure_is_followed_by_its_change_and_then_not_again(assistants: Opened) -> None:
    change = "2023年船舶产量同比增长多少？"
    answers = [assistants["发布会"].ask(CASES["发布会"])]
    assert propose(answers, assistants["发布会"].documents)[0] == (change, "")
    answers.append(assistants["发布会"].ask(change, [CASES["发布会"]]))
    assert change not in dict(propose(answers, assistants["发布会"].documents))


def test_after_a_refusal_what_is_near_is_proposed(assistants: Opened) -> None:
    refusal = assistants["简报"].ask("2023年奥运会中国拿了多少金牌？")
    assert refusal.refused
    assert propose([refusal], assistants["简报"].documents)


def test_proposing_asks_nothing_and_has_an_end(assistants: Opened) -> None:
    documents = assistants["简报"].documents
    answer = assistants["简报"].ask("2023年汽车销量是多少？")
    assert 3 <= len(propose([answer], documents)) <= TRIED
    assert propose([answer], ()) == ()
    assert propose([replace(answer, citations=(), nearest=())], documents) == ()


def test_what_is_refused_unsure_or_known_is_not_worth_a_click(assistants: Opened) -> None:
    answer = assistants["发布会"].ask(CASES["发布会"])
    other = assistants["发布会"].ask("2023年船舶销量是多少？")
    whole = replace(other, question=replace(other.question, standalone="销量？"), confidence=0.9)
    for found, worth in [(whole, True), (replace(whole, refusal="absent"), False), (replace(whole, confidence=0.4), False), (replace(whole, short=answer.short), False)]:
        assert is_worth(("销量？", ""), [answer], lambda *_, found=found: found) == worth
    assert not is_worth(("销量？", "413艘"), [answer], lambda *_: whole)
    assert not is_worth(("那销量呢？", ""), [answer], lambda *_: whole)
