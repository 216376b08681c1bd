"""Passages: whole sentences of one turn, each once, and the context that is never quoted."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from scraps import TEXTS, make

from documents.passages import FULL, LONGEST, split_passages
from documents.sentences import split_sentences
from documents.types import Passage

LONG = "今年以来，各地区各部门认真落实各项部署，国民经济持续恢复向好，高质量发展扎实推进，主要预期目标有望圆满实现。"  # over half of FULL


def passages(text: str) -> list[str]:
    return [passage.text for passage in split_passages(make(text))]


def inside(passage: Passage, text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(make(text)) if passage.start <= s.start and s.end <= passage.end]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_passage_is_a_slice_and_they_come_in_order(text: str) -> None:
    covered = 0
    for passage in split_passages(make(text)):
        assert passage.document_id == "a"
        assert passage.text == text[passage.start : passage.end]
        assert covered <= passage.start < passage.end
        covered = passage.end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_sentence_outside_notices_is_in_exactly_one_passage(text: str) -> None:
    document = make(text)
    found = split_passages(document)
    for sentence in split_sentences(document):
        holding = [p for p in found if p.start <= sentence.start and sentence.end <= p.end]
        touching = [p for p in found if p.start < sentence.end and sentence.start < p.end]
        assert len(holding) == len(touching) == (sentence.turn.role != "notice")


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_a_passage_begins_and_ends_with_sentences_of_one_turn_and_section(text: str) -> None:
    document = make(text)
    sentences = split_sentences(document)
    for passage in split_passages(document):
        within = [s for s in sentences if passage.start <= s.start < passage.end]
        assert within[0].start == passage.start
        assert within[-1].end == passage.end
        assert len({(s.turn, s.section) for s in within}) == 1
        assert not any(s.ordinal for s in within[1:])
        assert len(passage.text) <= LONGEST or len(within) == 1


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_neighbours_of_one_paragraph_are_parted_only_by_length_or_an_item(text: str) -> None:
    document = make(text)
    at = {s.start: s for s in split_sentences(document)}
    for before, after in pairwise(split_passages(document)):
        first, opening = at[before.start], at[after.start]
        if first.turn == opening.turn and first.paragraph == opening.paragraph and not opening.ordinal:
            assert opening.end - before.start > LONGEST


def test_a_notice_is_in_no_passage() -> None:
    assert passages("# 会\n\n> 说明：本文为转述。\n\n产量增长。") == ["产量增长。"]


def test_an_item_opens_a_passage_and_carries_what_announced_it() -> None:
    text = f"# 会\n\n## 生产\n\n记者：表现如何？\n\n李明：突出表现为两个稳。\n\n一是生产稳。{LONG * 4}增长4.6%。\n\n二是投资稳。"
    found = split_passages(make(text))
    assert [p.text[:6] for p in found] == ["表现如何？", "突出表现为两", "一是生产稳。", LONG[:6], "二是投资稳。"]
    assert [p.context for p in found] == [
        "生产",
        "生产\n表现如何？",
        "生产\n表现如何？\n突出表现为两个稳。",
        "生产\n表现如何？\n突出表现为两个稳。\n一是生产稳。",
        "生产\n表现如何？\n突出表现为两个稳。",
    ]


def test_short_paragraphs_join_until_a_passage_is_full() -> None:
    assert passages("甲增长。\n\n乙下降。") == ["甲增长。\n\n乙下降。"]
    assert len(LONG) < FULL < 2 * len(LONG)
    assert passages(f"{LONG}{LONG}\n\n乙下降。") == [LONG + LONG, "乙下降。"]


def test_what_follows_an_item_is_no_part_of_it() -> None:
    assert passages("有一点。\n\n一是稳。\n\n此外。") == ["有一点。", "一是稳。", "此外。"]


def test_a_question_never_shares_a_passage_with_its_answer() -> None:
    assert passages("记者：多少？\n李明：三个。\n记者：何时？\n李明：明年。") == ["多少？", "三个。", "何时？", "明年。"]


@pytest.mark.parametrize("length", [LONGEST, LONGEST + 1])
def test_a_passage_is_as_long_as_it_may_be(length: int) -> None:
    first, second = "一" * 99 + "。", "二" * (length - 101) + "。"
    assert passages(first + second) == ([first + second] if length == LONGEST else [first, second])


def test_a_sentence_longer_than_any_passage_stands_alone() -> None:
    long = "很" * 400 + "。"
    found = split_passages(make(f"短。{long}短。"))
    assert [p.text for p in found] == ["短。", long, "短。"]
    assert [inside(p, f"短。{long}短。") for p in found] == [["短。"], [long], ["短。"]]


def test_context_is_cut_but_words_are_not() -> None:
    asked = "请问" * 200 + "？"
    answer = split_passages(make(f"记者：{asked}\n李明：好。"))[-1]
    assert answer.context == asked[-120:]
    assert answer.text == "好。"


@pytest.mark.parametrize("text", ["", " \n\n ", "# 只有标题", "> 说明：只有说明。"])
def test_nothing_said_no_passages(text: str) -> None:
    assert passages(text) == []
