"""Tables: what is one, how a row is written out, and that what is read there is a cell's slice with its own head and unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scraps import TEXTS, make

from documents.decode import decode_text
from documents.parsers import parse_docx
from documents.passages import split_passages
from documents.sentences import split_sentences
from documents.tables import find_lines, find_rows
from documents.types import Document
from documents.web import parse_html
from index.types import Hit
from qa.cells import cell_form, cited, find_unit, is_unit, row_of, write_cells, write_row
from qa.evidence import Evidence, cut_to_rows, gather
from qa.question import parse_question
from qa.reader import Span
from qa.span_model import ScoredSpan
from qa.span_reader import SpanReader
from qa.tables import rows_asked
from qa.units import split_units

CELLS = [["城市", "2024年", "2023年", "增长（%）"], ["云浦市", "41.2", "40.0", "3.0"], ["石桥市", "18.5", "19.1", "-3.1"]]
MARKDOWN = "\n".join(f"| {' | '.join(row)} |" for row in [CELLS[0], ["---"] * 4, *CELLS[1:]])
CITIES = f"# 澜江省2024年水产生产情况\n\n2024年，全省水产品产量有所增长。\n\n表1　主要城市水产品产量（万吨）\n\n{MARKDOWN}\n\n注：2023年数据为修订数。\n"
KINDS = """# 2024年淡水养殖情况

2024年，淡水养殖总体平稳。

| 品种 | 养殖面积（万公顷） | 产量（万吨） | 产量比上年增长（%） | 2025年预计产量（万吨） |
| --- | --- | --- | --- | --- |
| 鲫鱼 | 3.1 | 52.7* | 2.2 | 53 |
| 草鱼 | 4.6 | 88.0 | — | |
| 合计 | 7.7 | 140.7 | 1.9 | 142 |
"""


def cells(document: Document) -> list[list[str]]:
    return [[document.text[slice(*cell)] for cell in row.cells] for row in find_rows(document).values()]


def pieces(document: Document) -> list[Evidence]:
    """All of a document as evidence."""
    hits = [Hit(passage, 1.0, 1.0, 1.0) for passage in split_passages(document)]
    return gather(hits, {document.id: document})


def written(document: Document) -> list[str]:
    return [write_row(write_cells(piece), piece)[0] for piece in pieces(document) if piece.line and piece.sentence.start in find_rows(document)]


@dataclass(frozen=True)
class Pointer:
    """A model that is sure of one word wherever it stands."""

    word: str
    name: str = "pointer"

    def find_spans(self, question: str, context: str, passage: str, k: int, breaks: Sequence[int] = ()) -> list[ScoredSpan]:  # noqa: ARG002
        at = passage.find(self.word)
        return [ScoredSpan(at, at + len(self.word), 8.0)] if at >= 0 else []


def read(text: str, asked: str, word: str) -> list[Span]:
    """Spans of the cells, best first, for a model that points at `word`."""
    question = parse_question(asked)
    units = split_units(question.subject, lambda _: 1.0)
    return [s for s in SpanReader(Pointer(word)).read(question, units, pieces(make(text))).spans if s.evidence.line]


def best(text: str, asked: str, word: str) -> Span | None:
    found = [span for span in read(text, asked, word) if not span.against and span.score >= 0.5]
    return found[0] if found else None


def from_docx() -> str:
    document = docx.Document()
    table = document.add_table(len(CELLS), 4)
    for cell, said in zip((c for row in table.rows for c in row.cells), (c for row in CELLS for c in row), strict=True):
        cell.text = said
    saved = BytesIO()
    document.save(saved)
    return parse_docx(saved.getvalue(), "a.docx").text


def from_html() -> str:
    rows = ["".join(f"<td>{cell}</td>" for cell in row) for row in CELLS]
    page = f"<html><body><p>2024年，全省水产品产量有所增长，各市情况见下表。</p><table><thead><tr>{rows[0]}</tr></thead><tbody><tr>{rows[1]}</tr><tr>{rows[2]}</tr></tbody></table></body></html>"
    return parse_html(page.encode(), "a.html").text


@pytest.mark.parametrize("text", [CITIES, from_docx(), from_html(), "\n".join(" | ".join(row) for row in CELLS)])
def test_a_table_is_found_in_markdown_and_as_docx_and_html_are_read(text: str) -> None:
    assert decode_text(text.encode(), "a")[0] == text
    document = make(text)
    assert [[c for c in row if c] for row in cells(document)] == CELLS[1:]
    assert [document.text[p.sentence.start : p.sentence.end] for p in pieces(document) if p.sentence.start in find_rows(document)] == [
        document.text[row.start : row.end] for row in find_rows(document).values()
    ]


def test_rows_that_ran_on_into_one_sentence_are_read_apart() -> None:
    head = "城市 | 2024年水产品产量（万吨） | 2023年水产品产量（万吨）"
    document = make(f"{head}\n云浦市和石桥市两地海域合计 | 41.2 | 40.0\n青湾市 | 18.5 | 19.1")
    assert document.text[split_sentences(document)[0].start : split_sentences(document)[0].end] != head  # they did run on
    assert written(document) == [
        "云浦市和石桥市两地海域合计：2024年水产品产量41.2万吨，2023年水产品产量40.0万吨。",
        "青湾市：2024年水产品产量18.5万吨，2023年水产品产量19.1万吨。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "云浦市 | 41.2\n石桥市 | 18.5",  # no head
        "| | 2024年 | | 2023年 | |\n| --- | --- | --- | --- | --- |\n| 城市 | 产量 | 增长 | 产量 | 增长 |\n| 云浦市 | 41.2 | 3.0 | 40.0 | 1.0 |",  # a head over two
        "城市 | 产量 | 增长 | 产量 | 增长\n云浦市 | 41.2 | 3.0 | 40.0 | 1.0",  # columns of one name
        "首页 | 新闻 | 联系我们",
        "城市 | 产量\n\n云浦市 | 41.2 | 3.0",
    ],
)
def test_what_has_no_head_for_each_column_stays_text(text: str) -> None:
    assert find_rows(make(text)) == {}
    assert [p.sentence for p in pieces(make(text))] == split_sentences(make(text))


def test_rows_of_another_width_stay_text_and_titles_and_groups_are_no_rows() -> None:
    document = make("| 表3 水产品产量 | | |\n| --- | --- | --- |\n| 品种 | 2024年 | 2023年 |\n| 一、淡水 | | |\n| 鲫鱼 | 5.2 | 5.0 |\n| 草鱼 | 8.8 |\n| 二、海水 | | |\n| 带鱼 | 7.1 | 7.3 |")
    assert cells(document) == [["鲫鱼", "5.2", "5.0"], ["带鱼", "7.1", "7.3"]]
    rows = list(find_rows(document).values())
    assert [document.text[slice(*row.group)] for row in rows] == ["一、淡水", "二、海水"]
    assert [document.text[slice(*caption)] for caption in rows[0].head.captions] == ["表3 水产品产量"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(TEXTS, st.lists(st.sampled_from([*CITIES.split("\n"), "| a |", " | ", "|", "\n", "|||", "一 | 二 | 三", "。"]), max_size=20).map("\n".join)))
def test_cells_are_slices_in_order_and_evidence_covers_what_the_sentences_do(text: str) -> None:
    document = make(text)
    for line in find_lines(document).values():
        edges = [edge for cell in line.cells for edge in cell]
        assert line.start <= min(edges)
        assert max(edges) <= line.end
        assert edges == sorted(edges)
        assert "\n" not in text[line.start : line.end]
    cut = cut_to_rows(document)
    held = "".join(text[s.start : s.end] for s in cut)
    assert "".join(held.split()) == "".join("".join(text[s.start : s.end] for s in split_sentences(document)).split())
    assert all(one.end <= other.start for one, other in pairwise(cut))


def test_a_row_is_written_out_as_a_briefing_would_say_it() -> None:
    assert written(make(CITIES)) == ["主要城市水产品产量，云浦市：2024年41.2万吨，2023年40.0万吨，增长3.0%。", "主要城市水产品产量，石桥市：2024年18.5万吨，2023年19.1万吨，下降3.1%。"]
    assert written(make(KINDS))[1] == "草鱼：养殖面积4.6万公顷，产量88.0万吨。"
    english = "Table 1. Landings by port\n\n| Port | Landings (million tonnes) | Growth (%) |\n|---|---|---|\n| Skerry | 1.4 | -2.5 |"
    assert written(make(english)) == ["Landings by port, Skerry: Landings 1.4 million tonnes, fall 2.5%."]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("| 市 | 产量（万吨） | 增长% | 排名 |\n|---|---|---|---|\n| 甲市 | 3 | 4 | 1 |", ["万吨", "%", ""]),
        ("单位：亿元\n\n| 市 | 2024年 | 同比增长 | 排名 |\n|---|---|---|---|\n| 甲市 | 3 | 4 | 1 |", ["亿元", "", ""]),  # no growth in 亿元
        ("单位：亿元、%\n\n| 市 | 2024年 | 2023年 |\n|---|---|---|\n| 甲市 | 3 | 4 |", ["", ""]),
        ("产量（万吨）\n\n| 指标 | 单位 | 绝对量 | 比上年增长（%） |\n|---|---|---|---|\n| 船舶 | 艘 | 3 | 4 |", ["艘", "%"]),
        ("| 指标 | 2024年 | 增速 |\n|---|---|---|\n| 水产品产量（万吨） | 3 | 4.5% |", ["万吨", ""]),
    ],
)
def test_a_unit_is_said_by_head_row_or_caption_and_never_guessed(text: str, units: list[str]) -> None:
    (piece,) = [p for p in pieces(make(text)) if p.sentence.start in find_rows(make(text))]
    assert [text[slice(*cell.unit)] for cell in write_cells(piece)] == units
    assert find_unit(text, row_of(piece), len(row_of(piece).cells) - 1) in [cell.unit for cell in write_cells(piece)] or not units[-1]


@pytest.mark.parametrize(("text", "unit"), [("万吨", True), ("公斤/公顷", True), ("%", True), ("million tonnes", True), ("折粮", False), ("2024年", False), ("含税", False), ("", False)])
def test_what_stands_in_brackets_is_a_unit_or_is_not(text: str, unit: bool) -> None:
    assert is_unit(text) is unit


def test_what_the_model_finds_in_the_written_row_is_the_cell_in_the_document() -> None:
    span = best(CITIES, "石桥市2023年水产品产量是多少？", "19.1")
    assert span is not None
    assert CITIES[span.start : span.end] == "19.1"
    assert cell_form(span) == "19.1万吨"
    quotes = [c.quote for c in cited(span)]
    assert quotes == ["| 石桥市 | 18.5 | 19.1 | -3.1 |", "| 城市 | 2024年 | 2023年 | 增长（%） |", "表1　主要城市水产品产量（万吨）"]
    assert all(c.quote == CITIES[c.start : c.end] for c in cited(span))


@pytest.mark.parametrize(
    ("asked", "word", "form"),
    [
        ("鲫鱼产量是多少？", "52.7", "52.7万吨"),  # without the footnote's mark
        ("鲫鱼2025年产量预计多少？", "53", "预计53万吨"),
        ("鲫鱼产量增长多少？", "2.2", "2.2%"),
        ("合计产量是多少？", "140.7", "140.7万吨"),
    ],
)
def test_a_cell_answers_with_its_unit_and_its_hedge(asked: str, word: str, form: str) -> None:
    span = best(KINDS, asked, word)
    assert span is not None
    assert cell_form(span) == form


def test_a_negative_growth_is_read_as_a_fall_and_answered_as_it_stands() -> None:
    span = best(CITIES, "石桥市水产品产量下降多少？", "3.1")
    assert span is not None
    assert (CITIES[span.start : span.end], cell_form(span)) == ("-3.1", "-3.1%")


@pytest.mark.parametrize(("asked", "labels"), [("草鱼产量是多少？", ["草鱼"]), ("鲫鱼和草鱼的产量", ["鲫鱼", "草鱼"]), ("鲢鱼产量是多少？", ["合计"]), ("产量是多少？", ["合计"])])
def test_only_the_rows_that_a_question_names_are_read_or_else_the_total(asked: str, labels: list[str]) -> None:
    document = make(KINDS.replace("| 鲫鱼", "| 淡水 | | | | |\n| 鲫鱼"))
    document = make(document.text.rstrip() + "\n| 总产量 | 7.7 | 140.7 | 1.9 | 142 |\n") if labels == ["草鱼"] else document
    rows = rows_asked(split_units(parse_question(asked).subject, lambda _: 1.0), pieces(document))
    assert [document.text[slice(*row_of(row).cells[0])] for row in rows] == labels


def test_a_total_is_of_the_group_that_was_asked() -> None:
    text = "| 品种 | 产量（万吨） |\n| --- | --- |\n| 淡水养殖 | |\n| 鲫鱼 | 5.2 |\n| 合计 | 14.1 |\n| 海水养殖 | |\n| 带鱼 | 7.1 |\n| 合计 | 20.3 |"
    for pointed_at in ("14.1", "20.3"):
        span = best(text, "海水养殖产量合计是多少？", pointed_at)
        assert span is not None
        assert cell_form(span) == "20.3万吨"


@pytest.mark.parametrize(
    ("text", "asked", "word"),
    [
        (CITIES, "石桥市2022年水产品产量是多少？", "19.1"),  # a year that no column has
        (CITIES, "石桥市2023年水产品产量是多少？", "18.5"),  # another column, however sure the model is
        (CITIES, "青湾市2023年水产品产量是多少？", "19.1"),  # a row that there isn't
        (KINDS, "鲢鱼产量是多少？", "140.7"),  # nor is the total one of it
        (KINDS, "鲫鱼出口量是多少？", "52.7"),  # a column that there isn't
        (KINDS, "鲫鱼养殖面积是多少？", "52.7"),  # another column is what was asked
        (KINDS, "草鱼产量增长多少？", "88.0"),  # the cell is empty
    ],
)
def test_another_year_row_or_column_answers_nothing(text: str, asked: str, word: str) -> None:
    found = best(text, asked, word)  # the cell that was asked for may answer, the one that the model points at may not
    assert found is None or word not in found.evidence.text


def test_a_passage_of_rows_is_searched_with_its_head_and_caption_and_quotes_neither() -> None:
    rows = "\n".join(f"| {name}市 | {n}.5 | {n}.1 | 2.0 |" for n, name in enumerate("甲乙丙丁戊己庚辛", 10))
    document = make(CITIES.replace("| 云浦市 | 41.2 | 40.0 | 3.0 |", rows))
    last = next(p for p in split_passages(document) if "石桥市" in p.text)
    assert "城市" not in last.text
    assert "表1　主要城市水产品产量（万吨）\n| 城市 | 2024年 | 2023年 | 增长（%） |" in last.context


def test_a_very_long_table_is_read_in_one_walk() -> None:
    document = make("城市 | 产量（吨） | 增长（%）\n" + "\n".join(f"第{n}村 | {n} | 1.5" for n in range(20_000)))
    assert len(find_rows(document)) == 20_000
    assert len(pieces(document)) == 20_001
