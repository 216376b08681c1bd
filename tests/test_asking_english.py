"""English questions, over an English text and over Chinese ones."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("How many containers did the terminal handle in 2023?", "1.84 million containers"),
        ("What was the revenue?", "$312.5 million"),
        ("How much did ferry passengers fall?", "3.7 percent"),
        ("When will the new breakwater be finished?", "October 2025"),
        ("How long is the new breakwater?", "1,450 metres"),
        ("What percent of the piles are in place?", "Nearly 80 percent"),
        ("What is Tom Reyes' position?", "chief engineer"),
        ("Who is the chief engineer?", "Tom Reyes"),
        ("Was the revenue $312.5 million?", "Yes. $312.5 million"),
        ("Was the revenue $400 million?", "No. $312.5 million"),
        ("Did the terminal raise its fees?", "No. The terminal did not raise its fees."),
        ("What caused the delay?", "a shortage of granite"),
    ],
)
def test_a_short_answer_in_english(assistants: dict[str, Assistant], question: str, short: str) -> None:
    answer = assistants["harbour"].ask(question)
    assert answer.short == short
    assert answer.question.language == "en"


def test_an_english_question_finds_the_chinese_sentence(assistants: dict[str, Assistant]) -> None:
    assert assistants["简报"].ask("How many cars were sold in 2023?").short == "3009.4万辆"
