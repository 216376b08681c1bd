"""A collection that opens behind the page."""

from __future__ import annotations

import threading

from fake_embedder import FakeEmbedder

from chat.opening import Opening, settle
from documents.read import document_from_text
from qa.assistant import assistant_over
from qa.reader import load_reader

TEXT = "# 水务通气会\n\n李明（水务局局长）：2023年，全市水利投资是52亿元，比上年增长8%。一是修渠。二是治污。三是防洪。\n"


def test_examples_are_looked_for_only_while_nobody_waits_for_an_answer() -> None:
    assistant = assistant_over([document_from_text("水务", TEXT)], FakeEmbedder(), load_reader("alignment"))
    opening = Opening()
    with opening.answering():
        threading.Thread(target=settle, args=(opening, lambda: assistant), daemon=True).start()
        assert opening.future.result(20) is assistant
        assert not opening.settled.wait(0.5)
    assert opening.settled.wait(60)
    assert opening.examples["zh"]


def test_examples_that_wait_end_when_the_collection_is_given_up() -> None:
    assistant = assistant_over([document_from_text("水务", TEXT)], FakeEmbedder(), load_reader("alignment"))
    opening = Opening()
    with opening.answering():
        threading.Thread(target=settle, args=(opening, lambda: assistant), daemon=True).start()
        opening.future.result(20)
        opening.given_up.set()
        assert opening.settled.wait(20)
    assert opening.examples == {}
