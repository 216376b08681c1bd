"""The promises of the design, with the real encoder, whatever is asked of whatever text."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from conftest import COLLECTIONS
from hypothesis import given, settings
from hypothesis import strategies as st
from promise import check
from questions import HAND_MADE, QUESTIONS, STRANGE

from documents.errors import BriefingError
from qa.assistant import Assistant, open_assistant
from qa.errors import QuestionError

NAMES = st.sampled_from(list(COLLECTIONS))


def ask(assistant: Assistant, question: str, history: list[str]) -> None:
    """Ask and check. Only an empty question, or one that is too long, may be turned down."""
    try:
        answer = assistant.ask(question, history)
    except QuestionError:
        assert not question.strip() or len(question) > 1000
        return
    assert question.strip()
    assert len(question) <= 1000
    assert answer.question.text == question
    check(answer, assistant)


@pytest.mark.parametrize("name", COLLECTIONS)
@pytest.mark.parametrize("asked_of", HAND_MADE)
def test_every_promise_is_kept_for_questions_by_hand(assistants: dict[str, Assistant], name: str, asked_of: str) -> None:
    """Questions made for one text are asked of the others too, where most have no answer."""
    history: list[str] = []
    for question in HAND_MADE[asked_of]:
        ask(assistants[name], question, history[-2:])
        history.append(question)


@pytest.mark.parametrize("question", STRANGE, ids=range(len(STRANGE)))
def test_every_promise_is_kept_for_strange_questions(assistants: dict[str, Assistant], question: str) -> None:
    asked = assistants.values() if len(question) < 300 else [assistants["发布会"]]  # a long one takes its time
    for assistant in asked:
        ask(assistant, question, [])
    ask(assistants["发布会"], "那销量呢？", [question, question])


@settings(max_examples=40)
@given(NAMES.flatmap(lambda name: st.tuples(st.just(name), QUESTIONS[name], st.lists(QUESTIONS[name], max_size=3))))
def test_every_promise_is_kept_for_questions_made_of_the_texts(assistants: dict[str, Assistant], drawn: tuple[str, str, list[str]]) -> None:
    name, question, history = drawn
    ask(assistants[name], question, history)


@settings(max_examples=8)
@given(NAMES.flatmap(lambda name: st.tuples(st.just(name), st.lists(QUESTIONS[name], min_size=2, max_size=4))))
def test_conversations_side_by_side_do_not_meet(assistants: dict[str, Assistant], drawn: tuple[str, list[str]]) -> None:
    """Each answer depends on its question and its own history alone, and is the same whenever it is asked."""
    name, questions = drawn
    questions = [question for question in questions if question.strip()]
    assistant = assistants[name]
    alone = [assistant.ask(question, questions[:n]) for n, question in enumerate(questions)]
    other = ["2023年汽车产量是多少？", *reversed(questions)]
    for n, question in enumerate(questions):
        assistant.ask(other[n], other[:n])
        assert assistant.ask(question, questions[:n]) == alone[n]
        assert assistant.ask(question, tuple(questions[:n])) == alone[n]


def test_nothing_of_an_assistant_or_an_answer_can_be_changed(assistants: dict[str, Assistant]) -> None:
    assistant = assistants["发布会"]
    answer = assistant.ask("2023年船舶产量是多少？")
    parts = (assistant, answer, answer.question, answer.claims[0], answer.citations[0])
    for part in parts:
        assert not hasattr(part, "__dict__")
        for field in dataclasses.fields(part):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(part, field.name, None)
    assert isinstance(answer.citations, tuple)
    assert isinstance(answer.claims, tuple)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_stored_index_answers_as_the_one_that_was_stored(
    assistants: dict[str, Assistant], cache: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(cache))
    stages: list[str] = []
    again = open_assistant(COLLECTIONS[name], progress=lambda stage, *_: stages.append(stage))
    assert stages == ["read", "encoder", "reader"]  # nothing is embedded and nothing saved
    assert again.index is not assistants[name].index
    for questions in HAND_MADE.values():
        for question in questions[:6]:
            assert again.ask(question) == assistants[name].ask(question)


@pytest.mark.parametrize("name", COLLECTIONS)
def test_a_streamed_answer_is_the_answer(assistants: dict[str, Assistant], name: str) -> None:
    for question in HAND_MADE[name][:5]:
        *lines, answer = assistants[name].stream(question)
        assert answer == assistants[name].ask(question)
        assert "".join(map(str, lines)) == answer.text


@pytest.mark.parametrize("question", ["", " ", "\n\t\u3000", "长" * 1001])
def test_what_is_no_question_is_told_apart(assistants: dict[str, Assistant], question: str) -> None:
    with pytest.raises(QuestionError) as caught:
        assistants["发布会"].ask(question)
    assert isinstance(caught.value, BriefingError)
    assert ("empty" in str(caught.value)) == (not question.strip())
