"""Training examples over whole documents: what an assistant finds for a question, and what of it answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embed import load_embedder
from qa.assistant import assistant_over
from qa.reader import load_reader
from training.asked import BRIEFINGS, read_articles, read_briefings
from training.found import found_examples, passage_of
from training.written import QUESTIONS


def test_every_answer_stands_where_its_question_says() -> None:
    documents, asked = read_briefings(BRIEFINGS)
    texts = {document.id: document.text for document in documents}
    assert len(documents) >= 40
    assert all(texts[p.document][p.start : p.end] == answer for one in asked for p, answer in zip(one.places, one.answers, strict=True))
    assert 0.2 < sum(not one.places for one in asked) / len(asked) < 0.5


def test_what_is_found_answers_only_where_the_answer_stands() -> None:
    documents, asked = read_briefings(BRIEFINGS)
    own = [one for one in asked if one.document == documents[0].id]
    examples = list(found_examples(assistant_over(documents[:3], load_embedder(), load_reader("alignment")), own, 2))
    answers = {one.id: one.answers for one in own}
    for example in examples:
        expected = answers[example.id.split("@")[0]]
        assert example.answer in expected if example.start >= 0 else not any(answer in example.passage for answer in expected)
    assert {passage_of(e) for e in examples if e.start >= 0} == {documents[0].id}
    answered = {e.id.split("@")[0] for e in examples if e.start >= 0}
    assert len(answered) > 0.75 * sum(bool(one.places) for one in own)


def test_questions_over_passages_are_put_to_whole_texts() -> None:
    documents, asked = read_articles([QUESTIONS / "transcripts0.jsonl"], {})
    texts = {document.id: document.text for document in documents}
    assert len(asked) > 100
    assert all(texts[one.places[0].document][one.places[0].start : one.places[0].end] == one.answers[0] for one in asked)


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("港口吞吐量为五百万吨。", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"q": "多少？", "a": "六百万吨", "in": "吞吐量为六百万吨", "k": "figure"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="a-1"):
        read_briefings(tmp_path)
