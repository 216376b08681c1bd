"""Exported conversations: every quote to the character, whatever it is made of, and nothing of it read as markup."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from scraps import TEXTS, make
from test_page import HOSTILE, TEXT, make_answer, make_document, make_question, make_refusal

from chat.archive_labels import KEEPING
from chat.conversation import Exchange
from chat.export import compose, write_json, write_markdown
from chat.export_docx import UNFIT, write_docx
from chat.kept import Kept, keep
from documents.types import Document
from qa.types import Answer, Citation, Claim

WHEN = datetime(2024, 1, 19, 10, 0, tzinfo=UTC)
NASTY = (
    "````\n# 标题\n<img src=x onerror=alert(1)>\n=HYPERLINK(\"http://example.org\")\n+1\n-1\n@SUM(A1)\n| a | b |\n|---|---|\n1. x\n---\n***\n"
    "&amp; \\* [x](javascript:alert(1)) ![y](http://example.org/y.png)\n\n    code\n\t$$x$$ a~~b~~c 10~20亿 www.example.org x@example.org <https://example.org>"
)  # fmt: skip


def conversation(document: Document, slices: list[tuple[int, int]], said: str) -> Kept:
    """One answer that cites these slices, and one refusal that has them nearest; everything else of it is `said`."""
    cited = tuple(dict.fromkeys(Citation(document.id, a, b, document.text[a:b], said, said, said, "statement", said, 1) for a, b in slices))
    asked = make_question(said, said + "?")
    answer = Answer(asked, said, said, (Claim(said, (0,)), Claim(said, tuple(range(len(cited))))), cited, 0.9, "", (), "extract")
    refusal = Answer(asked, "", said, (), (), 0.9, "absent", cited, "extract")
    return keep((Exchange(said, answer, at="2024-01-19"), Exchange(said, refusal)), {document.id: document})


@st.composite
def conversations(draw: st.DrawFn) -> Kept:
    text = draw(st.one_of(TEXTS, st.just(NASTY), st.just(HOSTILE))).replace("\r", "").replace("\0", "") or "x"
    places = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 400)).map(lambda place: (place[0], min(len(text), sum(place))))
    said = draw(st.sampled_from(["说", NASTY, HOSTILE, "# x", "1. x", "=x", "- x", "> x", "    x", "``` x", "x ##", "[1]: http://example.org", "\n\n"]))
    return conversation(make(text), draw(st.lists(places, min_size=1, max_size=3)), said or "x")


def quotes(kept: Kept) -> list[str]:
    return [citation.quote for exchange in kept.exchanges if exchange.answer for citation in (*exchange.answer.citations, *exchange.answer.nearest)]


@given(conversations())
def test_markdown_holds_each_quote_to_the_character_and_no_markup_of_others(kept: Kept) -> None:
    text = write_markdown(compose(kept, "zh", WHEN, foreign=False)).decode()
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(text)
    wanted = [quote.encode("utf-8", "backslashreplace").decode() for quote in quotes(kept)]
    assert [token.content.removesuffix("\n") for token in tokens if token.type == "fence"] == wanted
    inner = [child for token in tokens for child in token.children or []]
    assert {child.type for child in inner} <= {"text", "text_special", "strong_open", "strong_close"}
    assert {token.type for token in tokens} <= {f"{kind}_{side}" for kind in ("heading", "paragraph", "bullet_list", "list_item", "blockquote") for side in ("open", "close")} | {"inline", "fence"}
    assert sum(token.type == "heading_open" for token in tokens) == 3


@settings(max_examples=10)  # each writes a file
@given(conversations())
def test_word_holds_each_quote_to_the_character_but_for_what_it_cannot_hold(kept: Kept) -> None:
    document = docx.Document(io.BytesIO(write_docx(compose(kept, "zh", WHEN, foreign=False), "zh", WHEN)))
    found = [paragraph.text for paragraph in document.paragraphs if paragraph.style and paragraph.style.name == "Quote"]
    assert found == [UNFIT.sub("\ufffd", quote) for quote in quotes(kept)]
    told = sum("以 � 代替" in paragraph.text for paragraph in document.paragraphs)
    assert told >= sum(bool(UNFIT.search(quote)) for quote in quotes(kept))


@given(conversations())
def test_json_holds_each_quote_to_the_character_with_its_place_and_file(kept: Kept) -> None:
    whole = json.loads(write_json(kept, WHEN, foreign=False))
    cited = [citation for exchange in whole["exchanges"] for citation in (*exchange["answer"]["citations"], *exchange["answer"]["nearest"])]
    assert [citation["quote"] for citation in cited] == quotes(kept)
    assert all(citation["end"] - citation["start"] == len(citation["quote"]) for citation in cited)
    assert {citation["sha256"] for citation in cited} == {kept.sources[0].sha256}


def sample() -> Kept:
    document = make_document()
    asked = make_question("那漏损率呢？", standalone="去年管网漏损率是多少？")
    first = make_answer(document, "5.2亿吨", "去年供水达到5.2亿吨，\n同比增长3%。")
    second = make_answer(document, "9.1%", "管网漏损率降到9.1%。", question=asked)
    exchanges = (Exchange("供水多少？", first, at="2024-01-19T10:00:00+08:00"), Exchange("那漏损率呢？", second), Exchange("金牌多少？", make_refusal(document, "有三个重点。")))
    return keep(exchanges, {document.id: document})


def test_markdown_says_who_where_when_of_which_file_and_that_it_is_restated() -> None:
    kept = sample()
    text = re.sub(r"\\(.)", r"\1", write_markdown(compose(kept, "zh", WHEN, foreign=False)).decode())
    start = TEXT.index("管网漏损率降到9.1%。")
    end = start + len("管网漏损率降到9.1%。")
    for said in (
        "导出时间：2024-01-19T10:00:00+00:00", f"文件：《水务简报》（water，SHA-256 {kept.sources[0].sha256}）", "> 水务简报——说明：本文转述一份简报，不是官员原话。",
        "## 1. 供水多少？", "提问时间：2024-01-19T10:00:00+08:00", "**5.2亿吨[1]**", "理解为：去年管网漏损率是多少？", "**9.1%[2]**",
        f"[2] —— 李明（水务局局长），“供水”一节，第3段，《水务简报》，water，字符 {start}–{end}", "所答的提问：供水情况如何？", "把握 高 (0.90) · 转述，非官员原话",
        "文件中没有找到这个问题的答案。", "最接近的段落（不构成回答）",
    ):  # fmt: skip
        assert said in text, said
    assert text.index("最接近的段落（不构成回答）") < text.index("有三个重点。")
    assert "[3]" not in text


def test_low_confidence_is_a_warning_and_not_bold_and_a_list_has_its_items() -> None:
    document = make_document()
    claims = (Claim("节水", (0,)), Claim("治污", (1,)))
    low = make_answer(document, "节水；治污", "一是节水。", "二是治污。", claims=claims, confidence=0.2)
    text = write_markdown(compose(keep((Exchange("？", low),), {document.id: document}), "zh", WHEN, foreign=False)).decode()
    assert "> 把握低，请先核对原文再用" in text
    assert "**" not in text
    assert "- 节水\\[1\\]\n\n- 治污\\[2\\]" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_not_checked_says_so_in_every_form(language: str) -> None:
    blocks = compose(sample(), language, WHEN, foreign=True)  # type: ignore[arg-type]
    said = KEEPING[language]["foreign"]  # type: ignore[index]
    assert said in write_markdown(blocks).decode().replace("\\", "")
    assert said in [paragraph.text for paragraph in docx.Document(io.BytesIO(write_docx(blocks, language, WHEN))).paragraphs]  # type: ignore[arg-type]
    assert json.loads(write_json(sample(), WHEN, foreign=True))["checked"] is False


def test_both_languages_have_every_label_with_the_same_places() -> None:
    assert KEEPING["zh"].keys() == KEEPING["en"].keys()
    for key, text in KEEPING["zh"].items():
        assert sorted(re.findall(r"{(\w+)}", text)) == sorted(re.findall(r"{(\w+)}", KEEPING["en"][key])), key
