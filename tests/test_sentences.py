"""Sentences: where one ends, and that nothing of what was said is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from scraps import TEXTS, make

from documents.sentences import LONGEST, read_numeral, read_ordinal, split_sentences
from documents.turns import split_turns

MARKUP = re.compile(r"[\s>*+•·▪-]*")


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(make(text))]


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_sentences_lie_in_order_within_the_words_of_their_turn(text: str) -> None:
    document = make(text)
    turns = split_turns(document)
    covered = 0
    for sentence in split_sentences(document):
        assert covered <= sentence.start < sentence.end
        assert sentence.turn in turns
        assert sentence.turn.role != "heading"
        assert sentence.turn.body <= sentence.start
        assert sentence.end <= sentence.turn.end
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        assert sentence.end - sentence.start <= LONGEST
        covered = sentence.end


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_character_that_was_said_is_in_a_sentence(text: str) -> None:
    document = make(text)
    sentences = split_sentences(document)
    for turn in split_turns(document):
        if turn.role == "heading":
            continue
        covered = turn.body
        for sentence in (s for s in sentences if s.turn == turn):
            assert MARKUP.fullmatch(text, covered, sentence.start)
            covered = sentence.end
        assert MARKUP.fullmatch(text, covered, turn.end)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("> \n> 空的引文不是一段。")
def test_items_announcers_and_paragraphs_hold_together(text: str) -> None:
    document = make(text)
    at = {s.start: s for s in split_sentences(document)}
    paragraph = 0
    for sentence in at.values():
        assert sentence.ordinal == read_ordinal(text[sentence.start : sentence.end])[0]
        if sentence.ordinal:
            assert sentence.item == sentence.start
        if sentence.item >= 0:
            opened = at[sentence.item]
            assert opened.ordinal
            assert opened.start <= sentence.start
            assert (opened.turn, opened.paragraph, opened.announcer) == (sentence.turn, sentence.paragraph, sentence.announcer)
        if sentence.announcer >= 0:
            assert sentence.item >= 0
            assert sentence.announcer < sentence.item
            assert at[sentence.announcer].turn == sentence.turn
        assert sentence.paragraph - paragraph in (0, 1)
        paragraph = sentence.paragraph
        assert bool(sentence.asked) <= (sentence.turn.role == "answer")


@pytest.mark.parametrize(
    "sentences",
    [
        ["产量增长4.6%。", "价格回落！", "为什么？", "需求不足；", "供给过剩。"],
        ["“我们有信心。”", "会议于昨日结束。"],
        ["他问：“为什么（以及何时）？”", "无人回答。"],
        ["“增长很快……。”李明说。", "会议结束。"],
        ["“增长很快。”国家统计局局长李明表示，“还会更快。”"],
        ["「很快。」他說。", "會議結束。"],
        ["“我们反对。”", "这说明态度没有变。"],
        ["有钢铁、汽车……等行业。", "“还有……”", "完了。"],
        ["真的吗？！", "是的……”", "好。"],
        ["Mr. Smith met Dr. Li of the U.S. Treasury at 3.5 p.m. yesterday.", "It rose 3.5 percent.", "“Why?”", "No answer!"],
        ["Prices rose, e.g. Beijing’s did.", "详见 v2.0 版本。", "Next."],
        ["共3.5万辆，见www.example.com/a.html。", "完。"],
    ],
)
def test_where_sentences_end(sentences: list[str]) -> None:
    joint = " " if sentences[0].isascii() or "Mr." in sentences[0] or "e.g." in sentences[0] else ""
    assert cut(joint.join(sentences)) == sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("今年汽车产业发展亮点纷\n\n\n\n呈，应该说交上了答卷。", 1),  # a newspaper's column break
        ("今年汽车产业，发展亮点纷\n呈，应该说交上了答卷。", 1),
        ("今年汽车产业发展平稳，\n\n各项指标好于预期。", 1),
        ("汽车产业是我国重要支柱性产业近年来的发\n展受到国内外的关注特别是新能源汽车的一\n些创新产品成为媒体关注的热点。", 1),  # a PDF's lines
        ("The minister said that the economy of the country had recovered in the\nfirst quarter, led by exports of cars to the U.S.\nmarket and to a firm of Mr.\nLi, who agreed.", 1),
        ("产业发展平稳。\n\n各项指标好于预期。", 2),
        ("产业发展平稳。\n各项指标好于预期。", 2),
        ("情况如下：\n\n产量增长。", 2),
        ("产量增长，价格回落。（掌声）\n\n下面提问。", 3),
        ("来源：新华网\n\n今年以来，产业发展平稳。", 2),
        ("# 会\n\n图为会场一角\n今年以来，产业发展平稳。", 2),
        ("# 会\n\n一、总体情况\n\n今年以来，发展平稳。", 2),
        ("| 年份 | 产量 |\n|---|---|\n| 2023 | 3，009 |\n| 2024 | 3，128 |\n后面的话，还有。", 5),
        ("- 产量增长\n- 价格回落，\n* 需求回升\n• 库存下降", 4),
        ("举措，有\n一是减税\n二是降费", 3),
    ],
)
def test_a_line_break_ends_a_sentence_only_where_one_ends(text: str, count: int) -> None:
    assert len(cut(text)) == count


@pytest.mark.parametrize(
    "lines",
    [
        ["时间：2024年5月8日（周三），15时", "地点：市民中心二楼东厅", "出席：国家卫生健康委员会医疗应急司原副司长　李明", "水务局供水管理中心党总支书记、主任　赵立", "主持人：王海"],
        ["時間：5月8日，15時", "地點：市民中心", "主持：發言人　王海"],
        ["Time: 6 March 2025, 3 p.m.", "Place: Town Hall, Port Calder, and online for all who can't come", "Present: Jane Doe, Director of Trade, Industry and Energy", "John Roe, Chief Economist", "Chair: Ann Lee"],
        ["李明，市水务局局长", "赵立，市林业局局长"],
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n", "\n　　　"])
def test_each_line_of_a_head_is_a_sentence(lines: list[str], between: str) -> None:
    assert cut(f"# 会\n\n{between.join(lines)}\n\n各位朋友，大家好。") == [*lines, "各位朋友，大家好。"]


def test_a_broken_line_that_reads_like_one_of_a_list_is_none() -> None:
    text = "The council had asked its guests to come early, and first was\nJane Doe, Director of Education\nwho spoke for an hour."
    assert cut(text) == [text]


def test_a_paragraph_with_an_indent_goes_on_where_a_sentence_ends_with_its_line() -> None:
    text = "　　今年全市新建了供水管网三百公里，改造老旧管网。\n明年继续。分两步：\n一是改造；\n二是新建。\n　　此外还要节水，全市的居民家庭都换上节水的龙头。\n\n后面的话。\n没有缩进。"
    assert [s.paragraph for s in split_sentences(make(f"# 会\n\n{text}"))] == [1, 1, 1, 2, 3, 4, 5, 6]


def test_bullets_and_quote_marks_are_no_part_of_a_sentence() -> None:
    assert cut("- 产量增长。\n* 价格回落\n> 引文。\n- -5%") == ["产量增长。", "价格回落", "引文。", "-5%"]


def test_a_text_without_ends_is_cut_at_its_commas() -> None:
    pieces = cut("很长很长的话，" * 500)
    assert "".join(pieces) == "很长很长的话，" * 500
    assert all(piece.endswith("，") for piece in pieces)


def test_the_same_sentence_is_given_for_an_equal_document() -> None:
    first, second = split_sentences(make("一。二。")), split_sentences(make("一。二。"))
    first.clear()
    assert len(second) == len(split_sentences(make("一。二。"))) == 2


def test_section_question_and_paragraph_of_each_sentence() -> None:
    text = "# 会\n\n开场。\n\n## 甲\n\n记者：多少？\n\n再问：何时？\n\n李明：三个。明年。\n\n完。\n\n## 乙\n\n结束。"
    assert [(s.section, s.asked, s.paragraph) for s in split_sentences(make(text))] == [
        ("会", "", 1), ("甲", "", 2), ("甲", "", 3), *[("甲", "多少？\n\n再问：何时？", 4)] * 2, ("甲", "多少？\n\n再问：何时？", 5), ("乙", "", 6),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "number"), [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("", 0), ("百", 0), ("一二", 0), ("3", 0)])
def test_numerals(text: str, number: int) -> None:
    assert read_numeral(text) == number


def listed(text: str) -> list[tuple[int, str, str]]:
    """Of each sentence: its ordinal, the item that it belongs to and what announced that."""
    at = {s.start: text[s.start : s.end] for s in split_sentences(make(text))}
    return [(s.ordinal, at.get(s.item, "")[:4], at.get(s.announcer, "")[:4]) for s in split_sentences(make(text))]


@pytest.mark.parametrize("marks", ["一是 二是 三是", "一要 二要 三要", "第一， 第二， 第三，", "第一个方面 第二个方面 第三个方面", "（一） （二） （三）", "(1) (2) (3)",
                                   "1. 2. 3.", "1、 2、 3、", "① ② ③", "首先， 其次， 再次，", "一、 二、 三、", "一来， 二来， 三来，", "First, Second, Third,"])  # fmt: skip
@pytest.mark.parametrize("between", ["\n\n", "\n", "；", "。", ". "])
def test_ways_to_number(marks: str, between: str) -> None:
    said = between.join(f"{mark} 甲乙" for mark in marks.split())
    assert [ordinal for ordinal, _, _ in listed(f"# 会\n\n主要有三点。\n\n{said}。")] == [0, 1, 2, 3]


@pytest.mark.parametrize("text", ["一则消息引起关注。", "一、二线城市回升。", "第一、二产业增长。", "第二、第三季度回落。", "三、四线城市持平。", "首先她来了。", "再次感谢大家。",
                                  "一些企业。", "第一季度增长。", "十分重要。", "3.5%的增长。", "2024年。", "10:30开始。", "First quarter growth.", "（记者李明）"])  # fmt: skip
def test_what_is_no_ordinal(text: str) -> None:
    assert read_ordinal(text) == (0, 0)


@pytest.mark.parametrize(("text", "found"), [("二是稳", (2, 2)), ("十二、稳", (12, 3)), ("（十）稳", (10, 3)), ("第3，稳", (3, 3)), ("⑳稳", (20, 1)), ("", (0, 0))])
def test_an_ordinal_and_how_long_it_is(text: str, found: tuple[int, int]) -> None:
    assert read_ordinal(text) == found


def test_an_enumeration_over_paragraphs() -> None:
    text = "开场。突出表现为两个稳。\n\n一是生产稳。增长4.6%。\n\n二是投资稳。\n\n此外还有消费。"
    none = (0, "", "")
    assert listed(text) == [none, none, (1, "一是生产", "突出表现"), (0, "一是生产", "突出表现"), (2, "二是投资", "突出表现"), none]


@pytest.mark.parametrize("text", ["举措包括：一是减税；二是降费。", "举措包括:（一）减税；（二）降费。", "举措包括：1.减税；2.降费。"])
def test_an_enumeration_behind_a_colon(text: str) -> None:
    assert [(ordinal, announced) for ordinal, _, announced in listed(text)] == [(0, ""), (1, "举措包括"), (2, "举措包括")]


def test_a_figure_behind_a_colon_is_no_item() -> None:
    assert cut("总额：1.5亿元。") == ["总额：1.5亿元。"]


def test_two_enumerations_in_one_turn_have_an_announcer_each() -> None:
    text = "李明（局长）：成绩有两条。一是稳。二是进。今后有两点打算：一是减税。二是降费。\n\n最后是三个不变。\n\n第一，不变。\n\n第二，也不变。"
    assert [(ordinal, announced) for ordinal, _, announced in listed(text) if ordinal] == [
        (1, "成绩有两"), (2, "成绩有两"), (1, "今后有两"), (2, "今后有两"), (1, "最后是三"), (2, "最后是三"),
    ]  # fmt: skip


def test_an_enumeration_within_an_item() -> None:
    text = "有两条。\n\n一是稳，包括：（一）稳粮；（二）稳电。\n\n二是进。"
    assert [(ordinal, announced) for ordinal, _, announced in listed(text)] == [(0, ""), (1, "有两条。"), (1, "一是稳，"), (2, "一是稳，"), (2, "有两条。")]


def test_another_speaker_or_nobody_announces_nothing() -> None:
    text = "记者：有哪两条？\n李明：一是稳。\n\n二是进。"
    assert [announced for _, _, announced in listed(text)] == ["", "", ""]
