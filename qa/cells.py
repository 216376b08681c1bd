"""Cells of a table: each written out as a briefing would say it, and each with where it, its unit and its head stand in the document.

`| 汝川市 | 571.9 | 560.8 |` under `| 市 | 2024年 | 2023年 |` and 粮食产量（万吨） reads 汝川市：2024年571.9万吨，2023年560.8万吨。
The written form is read and never quoted: row, head and caption are quoted, each as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.fold import fold
from documents.sentences import split_sentences
from documents.tables import Row, Slice
from qa.answers import cite, flat
from qa.evidence import Evidence
from qa.figures import find_figures
from qa.periods import find_periods
from qa.reader import Span
from qa.types import Citation

_MISSING = re.compile(r"[-—–…·.*/\\\s]*|n/?a|无|暂无|不详|未公布", re.IGNORECASE)
_MARKS = re.compile(r"(?:[*†‡①-⑳]|\[\d{1,2}\]|[（(]?注\d?[）)]?)+$")
_NUMBER = re.compile(r"[-+−–]?\d[\d,]*(?:\.\d+)?")
_UNIT = re.compile(r"[（(](?:单位[：:]\s*)?(?P<bracket>[^（）()]+)[）)]|(?:单位|unit)s?[：:]\s*(?P<named>\S.*)$|(?P<sign>[%％‰])$", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:附?表|table)\s*[\d一二三四五六七八九十.-]*[\s\u3000:：.]*|(?:单位|units?)[：:].*$", re.IGNORECASE)
_UNIT_COLUMN = re.compile(r"(?:计量)?单位|units?", re.IGNORECASE)
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|[%％‰]$")
_PLAIN = re.compile(r"(?:数值|数量|绝对[数量值]|总量|累计|合计|总计|小计|实绩|values?|total|amount|level)?", re.IGNORECASE)
_RELATIVE = re.compile(r"增|涨|降|减|比重|占|率|指数|排[名位]|位次|名次|比例|倍|%|％|growth|change|share|rank|rate|index|ratio", re.IGNORECASE)  # what is counted in no unit of its row
_GROWS = re.compile(r"增长|增加(?!值)|增幅|增速|增减|涨跌幅?|涨幅|\b(?:growth|increase|rise|change)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says something, as the document has it and as it reads in full."""

    column: int
    at: Slice  # in the document, without its footnote's mark
    unit: Slice  # where its unit stands in the document; empty where it says its own, or none is said
    lead: str  # 汝川市2023年
    said: str  # 560.8万吨


def write_cells(evidence: Evidence) -> list[Cell]:
    """The cells of a row that say something, its label left out."""
    row, text = row_of(evidence), evidence.document.text
    label, cells = read_label(text, row), []
    for column in range(1, len(row.cells)):
        start, end = row.cells[column]
        marks = _MARKS.search(text, start, end)
        end = marks.start() if marks else end
        name = text[slice(*row.head.cells[column])]
        if not _MISSING.fullmatch(text, start, end) and not _UNIT_COLUMN.fullmatch(name):
            unit = find_unit(text, row, column) if _NUMBER.fullmatch(text, start, end) else (end, end)
            lead, value = _turn(join(label, _ASIDE.sub("", name)), text[start:end])
            cells.append(Cell(column, (start, end), unit, lead, join(value, text[slice(*unit)])))
    return cells


def row_of(evidence: Evidence) -> Row:
    """The row that a piece of evidence is."""
    assert isinstance(evidence.line, Row)
    return evidence.line


def read_label(text: str, row: Row) -> str:
    """What a row is about: its cells before the first figure, ranks left out; its first cell where it has no figure."""
    cells = [text[slice(*cell)] for cell in row.cells]
    named = next((n for n, cell in enumerate(cells) if not _NUMBER.fullmatch(cell)), 0)
    stop = next((n for n, cell in enumerate(cells) if n > named and re.match(r"[-+−–]?\d", cell)), named + 1)
    kept = [c for c, at in list(zip(cells, row.head.cells, strict=True))[named:stop] if not _UNIT_COLUMN.fullmatch(text[slice(*at)])]
    return " ".join(_ASIDE.sub("", cell) for cell in kept)


def _turn(lead: str, value: str) -> tuple[str, str]:
    """增长 -1.6 is read as 下降 1.6."""
    turned = _GROWS.sub(lambda grows: "fall" if grows[0].isascii() else "下降", lead)
    return (turned, value[1:]) if value[:1] in "-−–" and turned != lead else (lead, value)


def find_unit(text: str, row: Row, column: int) -> Slice:
    """Where the unit of a column's numbers stands: in its head, or in the row's column of units; of a column that only names a time,
    also in the row, above the labels or in the caption.

    增长 under a caption with 万吨 isn't counted in 万吨, so any other column without a unit has none.
    """
    name = row.head.cells[column]
    if own := _said_unit(text, name):
        return own
    folded = list(fold(text[slice(*name)]))
    for period in find_periods("".join(folded)):
        folded[period.start : period.end] = [""] * (period.end - period.start)
    own_kind = "".join(folded).strip()
    columns = [cell for cell, at in zip(row.cells, row.head.cells, strict=True) if _UNIT_COLUMN.fullmatch(text[slice(*at)])]
    if columns:
        return columns[0] if is_unit(text[slice(*columns[0])]) and not _RELATIVE.search(own_kind) else (0, 0)
    if not _PLAIN.fullmatch(own_kind):
        return (0, 0)
    return next((unit for place in (row.cells[0], row.head.cells[0], *reversed(row.head.captions)) if (unit := _said_unit(text, place))), (0, 0))


def _said_unit(text: str, place: Slice) -> Slice | None:
    """The last unit in brackets, or behind 单位：, or % at the end."""
    spans = [m.span(m.lastgroup or 0) for m in _UNIT.finditer(text[slice(*place)])]
    units = [(place[0] + a, place[0] + b) for a, b in spans if is_unit(text[place[0] + a : place[0] + b])]
    return units[-1] if units else None


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing more: 万吨, 公斤/公顷, million tonnes; not 折粮."""
    parts = [fold(part.strip()) for part in text.split("/")]
    read = [find_figures(whole := f"1 {part}" if part[:1].isascii() and part[:1].isalpha() else f"1{part}") and find_figures(whole)[0].end == len(whole) for part in parts]
    return all(parts) and all(read)


def write_row(cells: Sequence[Cell], evidence: Evidence) -> tuple[str, list[Slice]]:
    """A row as one sentence that begins with the table's subject, and where in it each cell's value stands."""
    label = read_label(evidence.document.text, row_of(evidence))
    plain = label.isascii()
    text, places = subject_of(evidence) + label + (":" if plain else "："), []
    for n, cell in enumerate(cells):
        text = join(text + ("" if n == 0 else "," if plain else "，"), cell.lead[len(label) :].strip())
        text = join(text, cell.said)
        places.append((len(text) - len(cell.said), len(text)))
    return text + ("." if plain else "。"), places


def subject_of(evidence: Evidence) -> str:
    """What a caption says the table is about, without its number and unit: 表2　粮食产量（万吨） → 粮食产量，."""
    row, text = row_of(evidence), evidence.document.text
    said = [_ASIDE.sub("", _NUMBERED.sub("", text[slice(*place)])).strip() for place in (*row.head.captions, row.group)]
    return "".join(f"{one}, " if one.isascii() else f"{one}，" for one in said if one)


def join(one: str, other: str) -> str:
    """Two texts one after the other, apart where Latin letters or digits would meet."""
    apart = one[-1:].isascii() and other[:1].isascii() and one and other and not other.startswith(("%", "‰"))
    return f"{one} {other}" if apart else one + other


def cell_form(span: Span) -> str:
    """A cell as an answer: with its unit, and with 预计 or 目标 where its head says so. "" for a span that is no cell."""
    cell = find_cell(span)
    if cell is None:
        return ""
    text = span.evidence.document.text
    hedge = span.evidence.text[slice(*span.figure.hedge)] if span.figure else ""
    said = join(text[slice(*cell.at)], text[slice(*cell.unit)])
    return flat(said if hedge in said else join(hedge, said))


def cited(span: Span) -> tuple[Citation, ...]:
    """What a span stands in: its sentence; of a cell its row, its head, and the caption that gives its unit."""
    document, sentence, row = span.evidence.document, span.evidence.sentence, span.evidence.line
    cell = find_cell(span)
    if cell is None or not isinstance(row, Row):
        return (cite(document, sentence),)
    low, high = cell.unit
    places = [(row.head.start, row.head.end), *(c for c in row.head.captions if c[0] <= low < high <= c[1])]
    holders = [next(s for s in split_sentences(document) if s.end > start) for start, _ in places]
    return (cite(document, sentence), *(cite(document, s, *at) for s, at in zip(holders, places, strict=True)))


def find_cell(span: Span) -> Cell | None:
    """The cell that a span of a row lies in."""
    if not isinstance(span.evidence.line, Row):
        return None
    return next((cell for cell in write_cells(span.evidence) if cell.at[0] <= span.start and span.end <= cell.at[1]), None)
