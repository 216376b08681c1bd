"""The chat page's HTML, made from answers over a document of our own."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.cards import render_panel, surround
from chat.conversation import Exchange, number_spans
from chat.labels import WORDS
from chat.look import STYLE
from chat.page import render_chat, render_masthead, render_notices
from chat.source import literal
from chat.verdict import UNSURE
from documents.sentences import split_sentences
from documents.types import Document
from qa.types import Answer, Citation, Claim, Question

TEXT = """# 水务简报

> 说明：本文转述一份简报，不是官员原话。

## 供水

记者：供水情况如何？

李明（水务局局长）：去年供水达到5.2亿吨，
同比增长3%。管网漏损率降到9.1%。今年还要改造管网。

记者：还有哪些重点？

李明：有三个重点。一是节水。二是治污。三是防洪。
"""
PLAIN = TEXT.replace("> 说明：本文转述一份简报，不是官员原话。\n\n", "")
HOSTILE = "10~20亿元 **x** <script>alert(1)</script> # x 1. x ![](http://example.org/x.png) $$x$$ a~~b~~c & \"q\" 'r'"


def make_document(text: str = TEXT, id: str = "water") -> Document:
    return Document(id, "水务简报", f"{id}.md", text, "utf-8", hashlib.sha256(text.encode()).hexdigest())


def cite(document: Document, quote: str) -> Citation:
    start = document.text.index(quote)
    s = next(s for s in split_sentences(document) if s.start <= start < s.end)
    return Citation(document.id, start, start + len(quote), quote, s.section, s.turn.speaker, s.turn.title, s.turn.role, s.asked, s.paragraph)


def make_question(text: str, standalone: str = "", asks: str = "figure", count: int = 0) -> Question:
    return Question(
        text=text, standalone=standalone or text, language="zh", asks=asks, periods=(), basis="", subject="", unit="",  # type: ignore[arg-type]
        wants="level", count=count, claim="", parts=(),
    )  # fmt: skip


def make_answer(document: Document, short: str, *quotes: str, question: Question | None = None, claims: tuple[Claim, ...] = (), confidence: float = 0.9) -> Answer:
    citations = tuple(cite(document, quote) for quote in quotes)
    claims = claims or (Claim(short, tuple(range(len(quotes)))),)
    return Answer(question or make_question("供水多少？"), short, short, claims, citations, confidence, "", (), "extract")


def make_refusal(document: Document, *nearest: str) -> Answer:
    near = tuple(cite(document, quote) for quote in nearest)
    return Answer(make_question("金牌多少？"), "", "文件中没有找到这个问题的答案。\n最接近：5.2亿吨", (), (), 0.9, "absent", near, "extract")


def reply_before_last(document: Document, *answers: Answer) -> str:
    return render_chat(tuple(Exchange(a.question.text, a) for a in answers), {document.id: document}, "zh")[-3]["content"]


def reply(document: Document, *answers: Answer, language: str = "zh") -> str:
    """The last bubble of a conversation with these answers."""
    conversation = tuple(Exchange(answer.question.text, answer) for answer in answers)
    return render_chat(conversation, {document.id: document}, language)[-1]["content"]  # type: ignore[arg-type]


def panel(document: Document, *answers: Answer) -> str:
    return render_panel(tuple(Exchange(a.question.text, a) for a in answers), {document.id: document}, "zh")


def seen(markup: str) -> str:
    """What a reader sees of it."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


@given(st.text())
def test_literal_text_reads_as_it_was_and_holds_no_markup(text: str) -> None:
    shown = literal(text)
    assert html.unescape(shown) == text
    assert not re.search(r"[<>\n\r\"']", shown)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_bubble_is_one_block_on_one_line(language: str) -> None:
    document = make_document(TEXT + "\n" + HOSTILE + "\n\n增长10~20亿元。\n")
    library = {document.id: document}
    quoted = make_answer(document, HOSTILE, "去年供水达到5.2亿吨，\n同比增长3%。", question=make_question(HOSTILE + "\n\n# y"))
    conversation = (Exchange(quoted.question.text, quoted), Exchange("a\n\n**b**", growing="x\n\n# y"))
    for message in render_chat(conversation, library, language):  # type: ignore[arg-type]
        assert re.fullmatch(r'<div class="(?:question|reply|reply refusal)">.*</div>', message["content"])
        assert "<script" not in message["content"]
        assert "<img" not in message["content"]


def test_a_quote_is_shown_with_its_column_break() -> None:
    document = make_document()
    quote = "去年供水达到5.2亿吨，\n同比增长3%。"
    assert f"<blockquote>{literal(quote)}</blockquote>" in reply(document, make_answer(document, "5.2亿吨", quote))
    assert f'<mark id="src-1" tabindex="-1">{literal(quote)}</mark>' in panel(document, make_answer(document, "5.2亿吨", quote))


def test_an_answer_stands_first_then_its_marker_quote_speaker_and_state() -> None:
    document = make_document()
    bubble = reply(document, make_answer(document, "9.1%", "管网漏损率降到9.1%。"))
    assert re.match(r'<div class="reply"><p class="short"><strong>9\.1%</strong><a class="cite" id="cite-1-1" href="#src-1" title="管网漏损率降到9\.1%。">\[1\]</a></p>', bubble)
    assert "—— 李明（水务局局长），“供水”一节，第3段" in seen(bubble)
    assert seen(bubble).endswith("引文与文件一致 · 数字已核对 1/1 · 把握 高 转述，非官员原话")


def test_only_a_document_that_restates_is_tagged_so() -> None:
    document = make_document(PLAIN)
    bubble = reply(document, make_answer(document, "9.1%", "管网漏损率降到9.1%。"))
    assert "原文一致 · 数字已核对 1/1 · 把握 高" in seen(bubble)
    assert WORDS["zh"]["restated"] not in bubble
    assert render_notices([document], "zh") == ""


def test_the_notice_is_shown_whole_and_without_its_markdown() -> None:
    assert seen(render_notices([make_document()], "zh")) == "说明 本文转述一份简报，不是官员原话。"


def test_low_confidence_is_a_warning_and_never_bold() -> None:
    document = make_document()
    bubble = reply(document, make_answer(document, "9.1%", "管网漏损率降到9.1%。", confidence=UNSURE - 0.01))
    assert "<strong>" not in bubble
    assert WORDS["zh"]["check"] in bubble


def test_a_refusal_is_its_fixed_sentence_with_nothing_bold_cited_or_counted() -> None:
    document = make_document()
    bubble = reply(document, make_refusal(document, "管网漏损率降到9.1%。"))
    assert seen(bubble) == "文件中没有找到这个问题的答案。看最接近的段落"
    assert not re.search(r"<strong>|<b>|class=\"cite\"", bubble)
    side = panel(document, make_refusal(document, "管网漏损率降到9.1%。"))
    assert "最接近的段落（不构成回答）" in side
    assert "管网漏损率降到9.1%。" in side
    assert "原文依据" not in side
    assert "<mark" not in side
    after = reply_before_last(document, make_refusal(document, "管网漏损率降到9.1%。"), make_answer(document, "9.1%", "管网漏损率降到9.1%。"))
    assert seen(after) == "文件中没有找到这个问题的答案。"


def test_a_list_is_numbered_and_each_item_has_its_marker() -> None:
    document = make_document()
    claims = (Claim("节水", (0,)), Claim("治污", (1,)), Claim("防洪", (2,)))
    question = make_question("哪三个重点？", asks="list", count=3)
    bubble = reply(document, make_answer(document, "节水；治污；防洪", "一是节水。", "二是治污。", "三是防洪。", question=question, claims=claims))
    items = re.findall(r"<li>(.*?)</li>", bubble)
    assert [seen(item) for item in items] == ["节水[1]", "治污[2]", "防洪[3]"]
    assert "共找到 3 条（按原文顺序）" in bubble
    assert bubble.count("—— 李明") == 1


def test_a_list_shorter_than_asked_says_so() -> None:
    document = make_document()
    question = make_question("哪三个重点？", asks="list", count=3)
    claims = (Claim("节水", (0,)), Claim("治污", (1,)))
    bubble = reply(document, make_answer(document, "节水；治污", "一是节水。", "二是治污。", question=question, claims=claims))
    assert "问的是 3 项，找到 2 项，可能不全" in bubble


def test_paragraphs_that_follow_one_another_are_a_range() -> None:
    document = make_document("一、甲\n\n李明：第一段有1家。\n\n第二段有2家。\n\n第三段有3家。\n\n第四段有4家。\n\n第五段有5家。\n")
    bubble = reply(document, make_answer(document, "几家", "第一段有1家。", "第二段有2家。", "第三段有3家。", "第五段有5家。"))
    assert "第1–3、5段" in bubble


def test_a_follow_up_shows_how_it_was_understood() -> None:
    document = make_document()
    asked = make_question("那漏损率呢？", standalone="去年管网漏损率是多少？")
    assert "理解为：去年管网漏损率是多少？ 改正" in seen(reply(document, make_answer(document, "9.1%", "管网漏损率降到9.1%。", question=asked)))
    assert "理解为" not in reply(document, make_answer(document, "9.1%", "管网漏损率降到9.1%。"))


def test_a_span_keeps_its_number_throughout_a_conversation() -> None:
    document = make_document()
    first = make_answer(document, "5.2亿吨", "去年供水达到5.2亿吨，\n同比增长3%。")
    second = make_answer(document, "9.1%", "管网漏损率降到9.1%。", "去年供水达到5.2亿吨，\n同比增长3%。")
    assert list(number_spans((Exchange("", first), Exchange("", second))).values()) == [1, 2]
    assert re.findall(r"\[\d+\]", seen(reply(document, first, second))) == ["[2]", "[1]"]
    side = panel(document, first, second, make_answer(document, "三个重点", "有三个重点。"))
    assert side.index('id="src-3"') < side.index("<details>") < side.index('id="src-1"') < side.index('id="src-2"')
    assert len(re.findall(r'id="src-\d"', side)) == 3
    assert "<details>" not in panel(document, first, second)
    assert 'id="src-1"' in panel(document, first, make_refusal(document))


def test_context_is_one_sentence_either_side_in_the_same_turn() -> None:
    document = make_document()
    assert surround(document, cite(document, "管网漏损率降到9.1%。")) == ("去年供水达到5.2亿吨，\n同比增长3%。", "今年还要改造管网。")
    assert surround(document, cite(document, "漏损率降到9.1%")) == ("去年供水达到5.2亿吨，\n同比增长3%。管网", "。今年还要改造管网。")
    assert surround(document, cite(document, "去年供水达到5.2亿吨，\n同比增长3%。")) == ("", "管网漏损率降到9.1%。")
    assert surround(document, cite(document, "今年还要改造管网。")) == ("管网漏损率降到9.1%。", "")


def test_a_card_says_who_in_what_role_where_and_what_was_asked() -> None:
    document = make_document()
    card = seen(panel(document, make_answer(document, "9.1%", "管网漏损率降到9.1%。")))
    assert all(part in card for part in ("[1]李明 水务局局长", "答问，“供水”一节，第3段", "所答的提问：供水情况如何？", "《水务简报》", "返回答案"))
    assert card.startswith("原文依据")


def test_a_reporters_words_are_marked_as_no_official_statement() -> None:
    document = make_document()
    answer = make_answer(document, "重点", "还有哪些重点？")
    assert "提问（不是官方表态）" in reply(document, answer)
    assert "提问（不是官方表态）" in panel(document, answer)


def test_of_several_documents_each_citation_names_its_own() -> None:
    first, second = make_document(), replace(make_document(PLAIN, "other"), title="另一份")
    answer = make_answer(second, "9.1%", "管网漏损率降到9.1%。")
    library = {first.id: first, second.id: second}
    assert "《另一份》" in render_chat((Exchange("？", answer),), library, "zh")[1]["content"]
    assert "等 2 份文件" in render_masthead(library, "zh")


def test_while_an_answer_grows_its_own_markers_are_left_out() -> None:
    chat = render_chat((Exchange("？", growing="节水[1]\n[1] “一是[节]水。”"),), {}, "zh")
    assert seen(chat[1]["content"]) == "节水\n“一是[节]水。”"


def test_before_the_first_question_the_panel_says_what_it_is_for() -> None:
    assert "提问后，这里显示原文依据。" in render_panel((), {}, "zh")


def test_both_languages_have_every_label_with_the_same_places() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    for key, text in WORDS["zh"].items():
        assert sorted(re.findall(r"{(\w+)}", text)) == sorted(re.findall(r"{(\w+)}", WORDS["en"][key])), key


@pytest.mark.parametrize("scheme", [":root", ".dark"])
def test_colours_are_readable(scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for text."""
    block = re.search(re.escape(scheme) + r" \{(.*?)\}", STYLE, re.DOTALL)
    assert block
    colour = dict(re.findall(r"--([\w-]+): (#\w{6})", block[1]))
    pairs = [(front, back) for front in ("ink", "soft", "accent", "warn") for back in ("paper", "sheet")]
    pairs += [("ink", "hint"), ("accent", "hint"), ("ink", "mark"), ("warn", "warn-bg"), ("ink", "warn-bg"), ("on-accent", "accent"), ("sheet", "warn")]
    assert {(f, b): round(contrast(colour[f], colour[b]), 1) for f, b in pairs if contrast(colour[f], colour[b]) < 4.5} == {}


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
