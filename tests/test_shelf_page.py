"""How a visitor's documents are shown: rules, progress, outline; and the labels, which are theirs alone."""

from __future__ import annotations

import re
import string

import pytest
from test_page import HOSTILE, TEXT, make_document, seen

from chat.shelf_labels import SHELF_WORDS
from chat.shelf_look import SHELF_STYLE
from chat.shelf_page import Row, name_all, render_outline, render_progress, render_rules
from documents.read import document_from_text
from qa.types import Language


def test_both_languages_have_every_label_with_the_same_places() -> None:
    zh, en = SHELF_WORDS["zh"], SHELF_WORDS["en"]
    assert zh.keys() == en.keys()
    for key, text in zh.items():
        assert {name for _, name, _, _ in string.Formatter().parse(text)} - {None} == {name for _, name, _, _ in string.Formatter().parse(en[key])} - {None}, key


def test_what_may_be_brought_and_what_becomes_of_it_is_said() -> None:
    said = seen(render_rules("zh", 20_000_000))
    assert all(part in said for part in ("txt md markdown pdf docx html htm", "20 MB", "20 份", "200,000 字", "读完即删", "12 小时"))


@pytest.mark.parametrize(("most", "said"), [(500_000, "500 KB"), (1_500_000, "1.5 MB"), (50_000_000, "50 MB"), (1, "0.001 KB")])
def test_the_size_that_a_file_may_have_is_the_one_that_holds(most: int, said: str) -> None:
    rules = render_rules("zh", most)
    assert f'data-most="{most}"' in rules
    assert f"每份至多 {said}" in seen(rules)
    assert f"超过每份 {said} 的上限" in rules


def test_steps_are_shown_in_order_and_refusals_with_their_reason() -> None:
    rows = [Row("a.txt", ("读取（编码 GB18030，9 字）", "分段（1 段）")), Row("b.zip", refused="zip"), Row("c.txt", refused="too_long", said="300,000")]
    shown = render_progress(rows, "zh", "向量化 1/2", (1, 2))
    assert seen(shown) == "a.txt 读取（编码 GB18030，9 字） → 分段（1 段）b.zip 是压缩包，不能读。请解压后选取里面的文件。c.txt 有 300,000 字，连同已有的超过 200,000 字的上限。请拆分，或先删去几份。向量化 1/2"
    assert '<progress max="2" value="1"' in shown
    assert 'role="status"' in shown
    assert render_progress([], "zh") == ""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_name_a_text_and_a_readers_message_are_never_markup(language: Language) -> None:
    rows = [Row(HOSTILE, (HOSTILE,)), Row(HOSTILE, refused="undecodable", said=HOSTILE), Row(HOSTILE, refused="too_long", said=HOSTILE)]
    document = make_document(f"# {HOSTILE}\n\n## {HOSTILE}\n\n记者：{HOSTILE}？\n\n李明（{HOSTILE}）：{HOSTILE}。\n")
    for shown in (render_progress(rows, language, HOSTILE), render_outline(document, language, asked=True)):
        assert not re.search(r"<(?:script|img|s|del|strong)\b", shown)
        assert "x <script>" in seen(shown) or "**x**" in seen(shown)
        assert not re.search(r"\son\w+=", shown)


def test_an_outline_has_sections_speakers_and_questions_each_with_what_it_asks() -> None:
    outline = render_outline(make_document(), "zh", asked=True)
    assert re.findall(r'data-ask="([^"]*)"', outline) == ["“供水”一节讲了什么？", "李明讲了什么？", "供水情况如何？", "还有哪些重点？"]
    assert "水务局局长 · 发言 2 次" in seen(outline)
    assert "编码 UTF-8" in seen(outline)


def test_an_outline_asks_in_the_documents_own_language() -> None:
    document = document_from_text("x", "# Port briefing\n\n## Dredging\n\nJane Doe (director): We dredged 4 km.\n")
    assert 'data-ask="What are the main points of “Dredging”?"' in render_outline(document, "zh", asked=True)


def test_a_document_that_is_not_asked_says_so_and_its_outline_asks_nothing() -> None:
    outline = render_outline(make_document(), "zh", asked=False)
    assert outline.count(" disabled>") == outline.count("data-ask")
    assert SHELF_WORDS["zh"]["not_asked"] in outline


def test_a_text_without_structure_says_that_it_has_none() -> None:
    assert SHELF_WORDS["zh"]["flat"] in render_outline(document_from_text("x", "去年供水达到5.2亿吨，同比增长3%，比前年多。"), "zh", asked=True)
    assert render_outline(None, "zh", asked=False) == ""


def test_several_documents_are_named_by_two_and_their_number() -> None:
    assert name_all([make_document()], "zh") == "《水务简报》"
    assert name_all([make_document()] * 3, "zh") == "《水务简报》、《水务简报》等 3 份"


def test_the_side_takes_its_colours_from_the_page() -> None:
    assert not re.search(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\b(?=[;\s}])", SHELF_STYLE)
    assert TEXT
