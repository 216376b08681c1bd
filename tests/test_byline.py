"""Bylines: who wrote or edited a text, as its head or foot says; refused where neither does."""

from __future__ import annotations

import pytest

from documents.read import document_from_text
from index.embed import load_embedder
from qa.assistant import Assistant, assistant_over
from qa.reader import load_reader

BODY = "沅口市今年新建公园十二座。市园林局局长邵一川介绍，其中八座已经开放，其余四座将在年底前开放。"


def over(text: str) -> Assistant:
    return assistant_over([document_from_text("公园", text)], load_embedder(), load_reader("alignment"))


@pytest.mark.parametrize(
    ("text", "question", "names"),
    [
        (f"沅口新建公园十二座\n\n本报记者 韩若松\n\n{BODY}", "这篇报道是谁写的？", "韩若松"),
        (f"沅口新建公园十二座\n\n本报沅口6月3日电（记者韩若松、罗琳）{BODY}", "这篇稿子是哪位记者写的", "韩若松、罗琳"),
        (f"【記者蘇怡安／沅口報導】{BODY}", "作者是誰？", "蘇怡安"),
        (f"{BODY}\n\n（记者 韩若松　责任编辑：周晶晶）", "谁编辑的这篇文章？", "周晶晶"),
        ("Twelve parks for Ferrow\n\nBy Ada Marsh and Tom Lyle\n\nThe town has laid out twelve parks this year.", "Who wrote this article?", "Ada Marsh and Tom Lyle"),
    ],
)
def test_a_byline_is_quoted(text: str, question: str, names: str) -> None:
    answer = over(text).ask(question)
    assert answer.short == names
    cited = answer.citations[0]
    assert names in cited.quote
    assert cited.quote in text


@pytest.mark.parametrize("question", ["这篇报道是谁写的？", "责任编辑是谁", "Who wrote this article?"])
def test_a_text_without_one_is_refused(question: str) -> None:
    assert over(f"沅口新建公园十二座\n\n{BODY}").ask(question).refused
