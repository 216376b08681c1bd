"""The fields at a transcript's head answer when, where, who chaired and who took part."""

from __future__ import annotations

import pytest
from fake_embedder import FakeEmbedder

from documents.read import document_from_text
from qa.assistant import assistant_over
from qa.reader import load_reader

TEXT = """黎川县水利建设新闻发布会

时间：2025年4月9日 上午9:30
地点：黎川县政务中心三楼会议室
发布人：
贺青禾　黎川县水利局局长
宋一苇　黎川县水利局总工程师
主持人：钱思远　县委宣传部副部长

钱思远：各位好，现在开始。请贺青禾局长作介绍。

贺青禾：2024年，全县水利投资5.2亿元，比上年增长8%。3月在石桥镇开工建设水库一座。
"""
ENGLISH = """Harbour Authority annual briefing

Date: 4 March 2025, 10 a.m.
Venue: Pier House, conference room 2
Chair: Moira Tennant

Moira Tennant: Good morning. Container traffic rose 4 per cent to 1.2 million boxes in 2024.
"""


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("发布会什么时候召开的？", "2025年4月9日 上午9:30"),
        ("发布会几点开的", "2025年4月9日 上午9:30"),
        ("发布会地点", "黎川县政务中心三楼会议室"),
        ("Where was the press conference held?", "黎川县政务中心三楼会议室"),
        ("这场发布会是谁主持的？", "钱思远"),
        ("有哪些官员出席了发布会？", "贺青禾　黎川县水利局局长；宋一苇　黎川县水利局总工程师"),
    ],
)
def test_the_head_of_a_transcript_answers(asked: str, said: str) -> None:
    assistant = assistant_over([document_from_text("水利", TEXT)], FakeEmbedder(), load_reader("alignment"))
    answer = assistant.ask(asked)
    assert answer.short == said
    assert all(citation.quote == TEXT[citation.start : citation.end] for citation in answer.citations)


@pytest.mark.parametrize(("asked", "said"), [("What was the venue of the briefing?", "Pier House, conference room 2"), ("Who chaired the briefing?", "Moira Tennant")])
def test_an_english_head_answers(asked: str, said: str) -> None:
    assistant = assistant_over([document_from_text("harbour", ENGLISH)], FakeEmbedder(), load_reader("alignment"))
    assert assistant.ask(asked).short == said


@pytest.mark.parametrize("asked", ["水库在哪里开工？", "发布会上说水利投资增长了多少？"])
def test_what_asks_for_more_is_not_answered_by_a_field(asked: str) -> None:
    assistant = assistant_over([document_from_text("水利", TEXT)], FakeEmbedder(), load_reader("alignment"))
    assert assistant.ask(asked).short in ("石桥镇", "8%", "在石桥镇", "")
