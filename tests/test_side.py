"""The source panel's second and third tabs, and what stands on a card's buttons."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st
from test_page import HOSTILE, TEXT, cite, make_answer, make_document, make_refusal, panel, seen

from chat.conversation import Exchange, span
from chat.fulltext import render_text, split_blocks
from chat.labels import WORDS
from chat.opening import Opening
from chat.searched import render_search
from chat.side import SideDesk, render_find
from documents.types import Document, Passage
from index.types import Hit
from qa.types import Citation

LOSS = "管网漏损率降到9.1%。"


def marks(markup: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", markup)]


def test_the_full_text_is_the_document_but_for_the_signs_of_its_headings() -> None:
    document = make_document(TEXT + "\n" + HOSTILE + "\n\n| 县 | 亿吨 |\n|---|---|\n| 甲 | 1 |\n")
    markup = render_text(document, {}, None)
    assert re.sub(r"\s", "", seen(markup)) == re.sub(r"\s|^#+ ", "", re.sub(r"(?m)^#+ ", "", document.text))
    assert not re.search(r"<(?:script|img|del|em)", markup)
    assert "<h3>水务简报</h3>" in markup
    assert "<h4>供水</h4>" in markup
    assert '<p class="answer" data-number="3"><b class="speaker">李明（水务局局长）：</b>去年供水' in markup
    assert 'class="question" data-number="2"' in markup
    assert 'class="answer table"' in markup


@given(st.text("甲：。\n#> |李明记者1%", max_size=60), st.data())
def test_whatever_is_marked_nothing_of_a_text_is_lost_or_doubled(text: str, data: st.DataObject) -> None:
    document = make_document(text)
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted).filter(lambda at: at[0] < at[1])
    spans = data.draw(st.lists(places, max_size=4, unique_by=tuple)) if len(text) > 1 else []
    numbers = {(document.id, start, end): n for n, (start, end) in enumerate(spans, start=1)}
    assert seen(render_text(document, numbers, None)) == seen(render_text(document, {}, None))


def test_paragraphs_have_the_numbers_that_citations_give() -> None:
    document = make_document()
    for quote in ("供水情况如何？", LOSS, "还有哪些重点？", "三是防洪。"):
        citation = cite(document, quote)
        (block,) = [b for b in split_blocks(document) if b.start <= citation.start < b.end]
        assert block.number == citation.paragraph


def test_every_cited_span_is_marked_with_its_number_and_the_one_looked_at_stronger() -> None:
    document = make_document()
    both, loss = cite(document, "去年供水达到5.2亿吨，\n同比增长3%。"), cite(document, LOSS)
    markup = render_text(document, {span(both): 1, span(loss): 2}, span(loss))
    assert marks(markup) == [both.quote, LOSS]
    assert re.findall(r'data-numbers="(.*?)"', markup) == ["[1]", "[2]"]
    assert re.findall(r'<mark class="current" tabindex="-1" data-numbers="(.*?)"', markup) == ["[2]"]
    other = replace(loss, document_id="other")
    assert marks(render_text(document, {span(other): 1}, span(other))) == []


def test_spans_that_overlap_are_marked_piece_by_piece() -> None:
    document = make_document()
    whole, part = cite(document, LOSS), cite(document, "9.1%")
    markup = render_text(document, {span(whole): 1, span(part): 2}, None)
    assert marks(markup) == ["管网漏损率降到", "9.1%", "。"]
    assert re.findall(r'data-numbers="(.*?)"', markup) == ["[2]", "[1]"]


def test_a_passage_that_is_not_cited_is_marked_while_it_is_looked_at() -> None:
    document = make_document()
    passage = cite(document, "有三个重点。一是节水。")
    markup = render_text(document, {}, span(passage))
    assert marks(markup) == [passage.quote]
    assert "data-numbers" not in markup


def test_a_cards_buttons_hold_the_quote_its_source_and_its_place() -> None:
    document = make_document()
    side = panel(document, make_answer(document, "5.2亿吨", "去年供水达到5.2亿吨，\n同比增长3%。"))
    quote, whole = map(html.unescape, re.findall(r'data-text="(.*?)"', side))
    assert quote == "去年供水达到5.2亿吨，\n同比增长3%。"
    assert whole == f"“{quote}”——李明（水务局局长），“供水”一节，第3段，《水务简报》"
    citation = cite(document, quote)
    assert f'data-document="water" data-start="{citation.start}" data-end="{citation.end}"' in side
    near = panel(document, make_refusal(document, LOSS))
    assert 'class="to-text"' in near
    assert 'class="copy"' not in near  # what is no source isn't offered for quoting


def test_hostile_text_on_a_button_stays_inside_its_attribute() -> None:
    document = make_document(f"# 简报\n\n李明：水利{HOSTILE}投资。\n")
    side = panel(document, make_answer(document, "投资", f"水利{HOSTILE}投资。"))
    assert next(html.unescape(found) for found in re.findall(r'data-text="([^"]*)"', side)) == f"水利{HOSTILE}投资。"
    assert "<script" not in side


def desk_over(*documents: Document) -> SideDesk:
    opening = Opening()
    if documents:
        opening.future.set_result(SimpleNamespace(documents=documents))  # type: ignore[arg-type]
    return SideDesk(opening)


def hit(citation: Citation, score: float) -> Hit:
    return Hit(Passage(citation.document_id, citation.start, citation.end, citation.quote, ""), score, 0.5, 3.0)


def test_what_was_considered_is_listed_in_order_scores_folded_and_what_is_cited_said() -> None:
    document = make_document()
    considered = tuple(hit(cite(document, quote), 2 - n) for n, quote in enumerate((LOSS, "有三个重点。")))
    answer = replace(make_answer(document, "9.1%", LOSS), considered=considered)
    markup = render_search((Exchange("？", answer),), {document.id: document}, "zh")
    items = re.findall(r"<li>(.*?)</li>", markup)
    assert [("已引用" in item, LOSS in item) for item in items] == [(True, True), (False, False)]
    assert all(re.search(r"<details><summary>评分</summary><p>综合 \d\.\d\d · ", item) for item in items)
    assert "看过不等于引用" in markup
    assert not re.search(r"<mark|\[1\]|原文依据", markup)


def test_the_search_tab_says_what_it_is_for_and_when_nothing_was_kept() -> None:
    document = make_document()
    assert WORDS["zh"]["search_empty"] in render_search((), {}, "zh")
    assert WORDS["en"]["search_lost"] in render_search((Exchange("？", make_answer(document, "9.1%", LOSS)),), {document.id: document}, "en")


def test_only_the_tab_that_is_looked_at_is_made() -> None:
    document, other = make_document(), replace(make_document(id="other"), title="另一份")
    conversation = (Exchange("？", make_answer(other, "9.1%", LOSS)),)
    desk = desk_over(document, other)
    assert not any(isinstance(part, str) for part in desk.refresh("cited", None, None, conversation, "zh"))
    picker, text, search = desk.refresh("text", None, None, conversation, "zh")
    assert (picker.value, picker.visible, marks(text)) == ("other", True, [LOSS])  # what the answer cites
    assert not isinstance(search, str)
    assert desk.refresh("text", "water", None, conversation, "zh")[0].value == "water"
    assert WORDS["zh"]["text_empty"] in desk_over().refresh("text", None, None, (), "zh")[1]
    assert '<ol class="searched">' not in desk.refresh("search", None, None, conversation, "zh")[2]


def test_going_to_a_place_opens_its_document_there() -> None:
    document = make_document()
    citation = cite(document, LOSS)
    desk = desk_over(document)
    _, view, place, picker, text, _ = desk.go({"document": "water", "start": citation.start, "end": citation.end}, (), "zh")
    assert (view, place, picker.visible) == ("text", span(citation), False)
    assert '<mark class="current" tabindex="-1">' in text


def test_the_find_box_is_named_in_both_languages() -> None:
    assert 'aria-label="在全文中查找"' in render_find("zh")
    assert 'aria-label="Find in the full text"' in render_find("en")
