"""Files of questions with their answers: JSON lines, SQuAD, DRCD and CMRC, and what is said of what can't be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import QuestionError
from qa.questions import Evidence, Example, parse_example, parse_examples, read_examples
from qa.squad import parse_squad

CONTEXT = "茶园面积3.2万亩。春茶产量5800吨，茶园面积3.2万亩。"
JSON = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)), lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)), max_leaves=6)
NAMES = st.sampled_from(["id", "question", "answers", "answerable", "items", "evidence", "must_cite", "kind", "language", "document", "reason", "history", "passages"])


def line(**row: Any) -> str:
    return json.dumps({"question": "面积？", "answers": ["3亩"]} | row, ensure_ascii=False)


def test_a_line_with_everything() -> None:
    row = {
        "id": "甲-1", "question": "那面积呢？", "answers": ["3.2万亩", ""], "answerable": True, "items": ["一", ["二", "两"]], "history": ["产量？"], "passages": ["文。"],
        "evidence": ["面积3.2万亩", ["产量", "吨"]], "must_cite": ["3.2"], "kind": "figure", "language": "zh", "document": "茶乡", "reason": "", "more": 1,
    }  # fmt: skip
    example = parse_example(json.dumps(row), 7)
    assert (example.id, example.answers, example.items, example.history) == ("甲-1", ("3.2万亩",), (("一",), ("二", "两")), ("产量？",))
    assert example.evidence == ((Evidence("面积3.2万亩"),), (Evidence("产量"), Evidence("吨")))
    assert (example.must_cite, example.kind, example.language, example.document) == (("3.2",), "figure", "zh", "茶乡")
    assert example.passages is not None
    assert [document.text for document in example.passages] == ["文。"]


def test_what_a_line_leaves_out() -> None:
    assert parse_example('{"question": "面积？"}', 7) == Example(7, "面积？", answerable=False)
    assert parse_example(line(id=0), 7) == Example(0, "面积？", answerable=True, answers=("3亩",))
    assert parse_example(line(answers=[], evidence=["甲"]), 7).answerable
    assert not parse_example(line(answerable=False), 7).answerable


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "no JSON"),
        (line(question=" "), "empty"),
        (line(question="长" * 1001), "1001 characters"),
        (line(answers=3), "'answers' is 3"),
        (line(answers=["a", None]), "'answers'"),
        (line(answerable="yes"), "'answerable' is 'yes'"),
        (line(answers=[], answerable=True), "'answers' is empty"),
        (line(items={"a": 1}), "'items'"),
        (line(items=[["a"], [3]]), "'items item 1'"),
        (line(evidence=[{"text": "a"}]), "'evidence item 0'"),
        (line(kind=3), "'kind' is 3"),
        (line(document=["a"]), "'document'"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(text: str, told: str) -> None:
    read = parse_examples([(4, text), (9, line(id="good"))])
    assert [example.id for example in read.examples] == ["good"]
    (fault,) = read.faults
    assert fault.startswith("line 4: ")
    assert told in fault
    assert "\n" not in fault


def test_an_id_stands_once() -> None:
    read = parse_examples([(1, line(id=1)), (2, line(id="1", question="别的？")), (3, line()), (4, line(id=3))])
    assert [example.id for example in read.examples] == [1, 3]
    assert [fault[:16] for fault in read.faults] == ["line 2: the id '", "line 4: the id 3"]


@given(st.dictionaries(NAMES, JSON, max_size=6).map(lambda row: json.dumps({"question": "面积？"} | row)))
def test_any_line_is_read_or_is_a_fault(text: str) -> None:
    read = parse_examples([(1, text)])
    assert len(read.examples) + len(read.faults) + read.undecided == 1


# ——— SQuAD and its relatives


def squad(**answer: Any) -> dict[str, Any]:
    return {"context": CONTEXT, "id": "P1", "qas": [{"id": "Q1", "question": "面积？", "answers": [{"text": "3.2万亩", "answer_start": 24} | answer]}]}


LAYOUTS = {
    "nested": {"version": "1.1", "data": [{"title": "茶", "paragraphs": [squad()]}]},
    "untitled": {"data": [{"paragraphs": [squad()]}, {"paragraphs": []}]},
    "paragraphs in data": {"data": [squad()]},
    "cmrc": [{"context_id": "P1", "context_text": CONTEXT, "qas": [{"query_id": "Q1", "query_text": "面积？", "answers": ["3.2万亩"]}]}],
    "flat": {"data": [{"id": "Q1", "context": CONTEXT, "question": "面积？", "answers": {"text": ["3.2万亩"], "answer_start": [24]}}]},
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_gives_the_same_example(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(LAYOUTS[name], ensure_ascii=False, indent=1), encoding="utf-8")
    read = read_examples(path)
    (example,), (document,) = read.examples, read.documents
    assert read.faults == ()
    assert (example.id, example.question, example.answers, example.answerable, example.document) == ("Q1", "面积？", ("3.2万亩",), True, document.id)
    assert document.text == CONTEXT
    ((evidence,),) = example.evidence
    assert evidence.document == document.id
    assert CONTEXT.startswith("3.2万亩", evidence.start)
    assert evidence.start == (4 if name == "cmrc" else 24)


def test_a_wrong_place_gives_way_to_the_nearest_that_reads_so() -> None:
    for start, at in ((23, 24), (0, 4), (-1, 4), (999, 24)):
        (example,) = parse_squad({"data": [squad(answer_start=start)]}, "a").examples
        assert example.evidence[0][0].start == at
    (example,) = parse_squad({"data": [squad(text="不在文中")]}, "a").examples
    assert (example.answers, example.evidence) == (("不在文中",), ())


def test_each_paragraph_is_one_document_and_some_questions_have_no_answer() -> None:
    other = {"context": "另一段。", "id": "P1", "qas": [{"id": "Q3", "question": "谁？", "answers": [{"text": "段", "answer_start": 2}], "is_impossible": True}]}
    again = {"context": CONTEXT, "id": "P9", "qas": [{"id": "Q2", "question": "产量？", "answers": [{"text": "5800吨", "answer_start": 13}, {"text": "5800吨", "answer_start": 13}]}]}
    read = parse_squad({"data": [{"paragraphs": [squad(), other, again]}]}, "a")
    assert [(document.id, document.text) for document in read.documents] == [("P1", CONTEXT), ("P1-2", "另一段。")]
    assert [(example.id, example.answerable, example.document, example.answers) for example in read.examples] == [("Q1", True, "P1", ("3.2万亩",)), ("Q3", False, "P1-2", ()), ("Q2", True, "P1", ("5800吨",))]
    assert [len(example.evidence) for example in read.examples] == [1, 0, 1]


def test_a_question_that_cannot_be_used_is_told_by_its_place() -> None:
    qas = [{"id": "Q1", "question": " ", "answers": []}, {"id": "Q2"}, 3, {"id": "Q3", "question": "谁？", "answers": [7]}, {"id": "Q4", "question": "谁？"}, {"id": "Q4", "question": "谁？"}]
    read = parse_squad({"data": [{"paragraphs": [{"context": CONTEXT, "qas": qas}]}]}, "a")
    assert [example.id for example in read.examples] == ["Q4"]
    assert [fault.partition(":")[0] for fault in read.faults] == [f"data[0].paragraphs[0], question {n}" for n in (1, 2, 3, 4, 6)]


def test_a_file_without_questions_says_what_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for text in ("{}", "[]", '{"data": 3}', "[1]"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(QuestionError, match="SQuAD"):
            read_examples(path)
    path.write_text(line(id="x"), encoding="utf-8")
    assert [example.id for example in read_examples(path).examples] == ["x"]


@given(JSON)
def test_any_json_is_read_or_is_an_error(whole: Any) -> None:
    for wrapped in (whole, {"data": [{"paragraphs": [{"context": CONTEXT, "qas": [whole]}]}]}, {"data": [squad(text=whole)]}):
        try:
            parse_squad(wrapped, "a")
        except QuestionError:
            continue
