"""From findings to an answer: claims, citations counted once, the reply; and its record."""

from __future__ import annotations

import dataclasses
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scraps import TEXTS, make

from documents.passages import split_passages
from documents.sentences import split_sentences
from index.types import Hit
from qa.answers import Finding, answer_with, cite, flat, merge, refuse
from qa.phrases import REFUSALS
from qa.question import parse_question
from qa.record import to_record
from qa.types import Answer, Refusal

TEXT = "## 产销\n\n记者：产量是多少？\n\n周敏（局长）：产量为412艘。销量为398艘。\n\n出口额为76亿元。"
DOCUMENT = make(TEXT)
ASKED, OUTPUT, SALES, EXPORTS = split_sentences(DOCUMENT)
QUESTION = parse_question("产量是多少？")


def answered(*texts: str, joiner: str = "；", note: str = "", confidence: float = 0.9) -> Answer:
    sentences = (OUTPUT, SALES, EXPORTS)
    return answer_with(QUESTION, [Finding(text, (cite(DOCUMENT, s),)) for text, s in zip(texts, sentences, strict=False)], confidence, joiner=joiner, note=note)


def test_one_claim_and_its_sentence() -> None:
    answer = answered("412艘")
    assert (answer.short, answer.refusal, answer.refused, answer.mode) == ("412艘", "", False, "extract")
    assert [(claim.text, claim.citations) for claim in answer.claims] == [("412艘", (0,))]
    (citation,) = answer.citations
    assert (citation.quote, citation.speaker, citation.title, citation.role) == ("产量为412艘。", "周敏", "局长", "answer")
    assert (citation.section, citation.asked, citation.paragraph) == ("产销", "产量是多少？", OUTPUT.paragraph)
    assert answer.text == f"412艘[1]\n[1] “产量为412艘。” —— 周敏（局长），“产销”一节，第{OUTPUT.paragraph}段"


def test_several_claims_are_numbered_and_a_sentence_is_cited_once() -> None:
    one, two = cite(DOCUMENT, OUTPUT), cite(DOCUMENT, SALES)
    answer = answer_with(QUESTION, [Finding("412艘", (one, two)), Finding("398艘", (two, two)), Finding("412", (one,))], 0.5)
    assert answer.citations == (one, two)
    assert [claim.citations for claim in answer.claims] == [(0, 1), (1,), (0,)]
    assert answer.short == "412艘；398艘；412"
    assert answer.text.splitlines()[:3] == ["1. 412艘[1][2]", "2. 398艘[2]", "3. 412[1]"]


def test_a_note_is_said_behind_the_claims_and_is_none() -> None:
    answer = answered("412艘", "398艘", note="前者较大")
    assert answer.text.splitlines()[:3] == ["412艘[1]", "398艘[2]", "前者较大"]
    assert "前者" not in answer.short
    assert len(answer.claims) == 2


@given(st.floats(-3, 3))
def test_confidence_stays_within_its_bounds(confidence: float) -> None:
    assert answered("412艘", confidence=confidence).confidence == round(min(1.0, max(0.0, confidence)), 3)


@given(TEXTS)
def test_whatever_is_cited_is_a_slice(text: str) -> None:
    document = make(text)
    for sentence in split_sentences(document):
        whole = cite(document, sentence)
        assert whole.quote == text[whole.start : whole.end] == text[sentence.start : sentence.end]
        part = cite(document, sentence, sentence.start, sentence.start + 1)
        assert part.quote == text[sentence.start]
        assert "\n" not in whole.section + whole.asked


@given(TEXTS)
def test_a_slice_in_one_line_keeps_every_character_but_white_space(text: str) -> None:
    assert "\n" not in flat(text)
    assert re.sub(r"\s", "", flat(text)) == re.sub(r"\s", "", text)


def test_a_break_within_chinese_is_closed_and_within_english_is_a_space() -> None:
    assert flat("亮点纷\n呈，全\n\n  球第二") == "亮点纷呈，全球第二"
    assert flat("the first\nline") == "the first line"


@pytest.mark.parametrize("reason", ["absent", "period", "basis", "not_given", "conflict"])
def test_a_refusal_in_its_fixed_words(reason: Refusal) -> None:
    hits = [Hit(passage, 1.0, 0.5, 0.5) for passage in split_passages(DOCUMENT)] * 5
    answer = refuse(QUESTION, reason, hits, {"a": DOCUMENT}, 0.7)
    assert (answer.short, answer.claims, answer.citations, answer.refusal, answer.refused) == ("", (), (), reason, True)
    assert answer.text == REFUSALS["zh"][reason] != ""
    assert len(answer.nearest) == 3
    assert all(near.quote == TEXT[near.start : near.end] for near in answer.nearest)
    assert refuse(parse_question("How many?"), reason, [], {}, 0.7).text == REFUSALS["en"][reason]


def test_no_refusal_says_a_figure() -> None:
    said = [sentence for sentences in REFUSALS.values() for sentence in sentences.values()]
    assert len(set(said)) == 10
    assert not re.search(r"\d", "".join(said))


def test_parts_are_merged_and_what_is_refused_says_so() -> None:
    whole = parse_question("产量是多少？利润是多少？")
    lost = refuse(parse_question("利润是多少？"), "absent", [], {}, 0.7)
    both = merge(whole, [answered("412艘", confidence=0.8), lost])
    assert (both.short, both.confidence, both.question) == ("412艘", 0.8, whole)
    assert both.text.splitlines()[:2] == ["412艘[1]", f"利润是多少？ {lost.text}"]
    none = merge(whole, [lost, lost])
    assert none == dataclasses.replace(lost, question=whole)


def test_merged_claims_keep_their_own_sentences() -> None:
    merged = merge(QUESTION, [answered("412艘", "398艘"), answered("412", "398", "76亿元")])
    assert [merged.citations[claim.citations[0]].quote for claim in merged.claims] == ["产量为412艘。", "销量为398艘。", "产量为412艘。", "销量为398艘。", "出口额为76亿元。"]
    assert len(merged.citations) == 3


def test_the_record_of_an_answer_is_what_programs_read() -> None:
    record = to_record(answered("412艘"), id="q-1", latency_ms=12.345)
    cited = {"document": "a", "quote": "产量为412艘。", "start": OUTPUT.start, "end": OUTPUT.end, "section": "产销", "speaker": "周敏", "role": "answer"}
    wanted = {"id": "q-1", "answer": "412艘", "refused": False, "confidence": 0.9, "latency_ms": 12.3}
    assert wanted.items() <= record.items()
    (citation,) = json.loads(json.dumps(record))["citations"]
    assert cited.items() <= citation.items()
    assert str(record["text"]).startswith("412艘[1]\n")


def test_the_record_of_a_refusal_has_no_answer() -> None:
    hits = [Hit(passage, 1.0, 0.5, 0.5) for passage in split_passages(DOCUMENT)]
    record = to_record(refuse(QUESTION, "period", hits, {"a": DOCUMENT}, 0.7), id="", latency_ms=1)
    assert (record["answer"], record["refused"], record["reason"], record["citations"], record["claims"]) == ("", True, "period", [], [])
    assert record["text"] == REFUSALS["zh"]["period"]
    assert record["nearest"]
