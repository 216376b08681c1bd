"""The reader's seam: whatever takes its place decides what is answered, and what it gives are slices of whole sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from conftest import TEXTS, Opened

from documents.read import document_from_text
from index.embed import load_embedder
from qa.alignment import AlignmentReader
from qa.assistant import Assistant, assistant_over, open_assistant
from qa.errors import ReaderError
from qa.question import parse_question
from qa.reader import ALIGNMENT, EMBEDDED, Reader, load_reader
from qa.span_model import ScoredSpan
from qa.span_reader import SpanReader, blend

PARKS = "2023年，全市新建口袋公园41个。"
TREES = "2023年，全市植树12.6万株，新建公园的树占三成。"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A model that finds one string wherever it stands, surely, and nothing else."""

    sought: str
    name: str = "pointer"

    def find_spans(self, question: str, context: str, passage: str, k: int, breaks: Sequence[int] = ()) -> list[ScoredSpan]:  # noqa: ARG002
        at = passage.find(self.sought)
        return [ScoredSpan(at, at + len(self.sought), 12.0)] if at >= 0 else []


def over(reader: Reader, *texts: str) -> Assistant:
    return assistant_over([document_from_text(str(n), text) for n, text in enumerate(texts)], load_embedder(), reader)


def test_the_readers_order_reaches_the_answer() -> None:
    question = "2023年新建口袋公园多少个？"
    for sought, document in (("41个", "0"), ("12.6万株", "1")):
        assistant = over(SpanReader(Pointer(sought)), PARKS, TREES)
        hits = assistant.sources(parse_question(question)).hits
        assert hits[0].passage.document_id == "0"
        answer = assistant.ask("2023年那个数是多少？" if document == "1" else question)
        assert (answer.short, [c.document_id for c in answer.citations]) == (sought, [document])


def test_every_span_is_a_slice_of_one_sentence(assistants: Opened) -> None:
    for name, asked in (("简报", "2023年汽车销量是多少？"), ("发布会", "冷链食品进口量为什么减少？"), ("茶乡", "茶农协会会长是谁？"), ("harbour", "What caused the delay?")):
        assistant = assistants[name]
        question = parse_question(asked)
        sources = assistant.sources(question)
        reading = sources.read(question)
        assert reading.spans
        assert list(reading.spans) == sorted(reading.spans, key=lambda s: -s.score)
        assert 0 <= reading.no_answer <= 1
        for span in reading.spans:
            sentence = span.evidence.sentence
            assert sentence.start <= span.start < span.end <= sentence.end
            assert sentence.turn.role != "question"
            assert 0 <= span.score <= 1


def test_the_embedded_reader_is_the_one_that_answers(assistants: Opened) -> None:
    reader = assistants["简报"].reader
    assert isinstance(reader, SpanReader)
    assert reader.name == EMBEDDED == load_reader(EMBEDDED).name


def test_alignment_alone_is_a_reader_too(tmp_path: Path) -> None:
    assistant = open_assistant(TEXTS / "茶乡.txt", reader=ALIGNMENT, folder=tmp_path)
    assert isinstance(assistant.reader, AlignmentReader)
    assert not assistant.ask("茶园面积多少亩？").refused


@pytest.mark.parametrize("name", ["./nowhere", "nowhere", "/no/such/folder", "~/nowhere"])
def test_a_reader_that_is_nowhere_is_named(name: str) -> None:
    with pytest.raises(ReaderError, match="no such folder"):
        load_reader(name)


def test_more_of_either_is_surer() -> None:
    sources = over(AlignmentReader(), PARKS).sources(question := parse_question("2023年新建口袋公园多少个？"))
    span = sources.read(question).spans[0]
    weak = replace(span, met=0.2, score=0.2)
    assert 0 < blend(-20, weak) < blend(-3, weak) < blend(-3, span) < blend(0, span) < blend(5, span) < 1
    assert blend(5, replace(span, score=span.score - 1)) < blend(5, span)  # another kind, another time
    assert blend(50, span) == blend(12, span)


def test_reading_is_the_same_every_time(assistants: Opened) -> None:
    sources = assistants["简报"].sources(question := parse_question("算力总规模有多大？"))
    one, two = sources.read(question), sources.read(question)
    assert [replace(s, evidence=None) for s in one.spans] == [replace(s, evidence=None) for s in two.spans]  # type: ignore[arg-type]
