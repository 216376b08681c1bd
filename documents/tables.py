"""Tables: rows of cells under a head, as Markdown has them and as DOCX and HTML are read (cells joined by " | ").

A table is what can be read for certain: each row has as many cells as the head, and the head names every column. Rows that
don't (merged cells) and tables without a head stay lines of text. All offsets are the document's; the work is linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from documents.types import Document

ABOVE = 2  # lines above a table that may be its caption: 表1 …, 单位：万吨
LONGEST_CAPTION = 80  # characters

_EDGE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"(?=[^-]*-)[\s|:—–-]+")  # | --- | :---: |
_NUMBER = re.compile(r"[-+−–]?[\d０-９][\d０-９,.，．]*[^\d０-９]{0,3}")
_TIME = re.compile(r"(?:19|20)\d\d年?|\d{1,2}月(?:份)?")
_NO_CAPTION = re.compile(r"\||#{1,6}\s|>|.*[。！？；!?;.]$")
_TITLE = re.compile(r"^(?:附?表|table\b|单位|units?\b)|[）)]$", re.IGNORECASE)  # of the captions those that say nothing but what the table is

Slice = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over the rows of one table."""

    start: int
    end: int
    cells: tuple[Slice, ...]  # without the blanks around them
    captions: tuple[Slice, ...]  # the lines above, in order, titles within the table included
    rules: tuple[int, ...]  # where lines of dashes begin


@dataclass(frozen=True, slots=True)
class Row:
    """A row with a cell for each of the head's; an empty one is an empty slice."""

    start: int
    end: int
    cells: tuple[Slice, ...]
    head: Head
    group: Slice  # the row of one cell alone that it stands under (一、粮食作物); empty where there is none


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    cells: tuple[Slice, ...]  # empty for a line that is no row
    rule: bool


@lru_cache(maxsize=512)
def find_rows(document: Document) -> dict[int, Row]:
    """The rows of all tables by where they begin, in order."""
    text = document.text
    lines = [_line(text, m.start(), m.end()) for m in re.finditer(r"[^\n]*\S[^\n]*", text)] if "|" in text else []
    found: dict[int, Row] = {}
    for first, stop in _blocks(text, lines):
        captions = _captions(text, lines, first)
        found.update((row.start, row) for row in _table(text, lines[first:stop], captions))
    return found


def find_lines(document: Document) -> dict[int, Row | Head]:
    """The same with the heads, each also where its lines of dashes and its captions begin."""
    rows = find_rows(document)
    heads = {id(row.head): row.head for row in rows.values()}.values()
    titles = [(start, head) for head in heads for start, end in head.captions if _TITLE.search(document.text[start:end])]
    return {**dict(titles), **rows, **{start: head for head in heads for start in (head.start, *head.rules)}}


def describe_table(document: Document, starts: Sequence[int]) -> str:
    """Caption and head of the table that lines beginning at `starts` are rows of; "" where its head is one of them, or none is."""
    rows = find_rows(document)
    row = next((rows[start] for start in starts if start in rows), None)
    if row is None or row.head.start >= starts[0]:
        return ""
    parts = (*row.head.captions, (row.head.start, row.head.end), row.group)
    return "\n".join(document.text[start:end] for start, end in parts if start < end)


def _line(text: str, start: int, end: int) -> _Line:
    """A line without the blanks around it, cut into cells at its bars."""
    start, end = _strip(text, start, end)
    bars = [m.start() for m in _EDGE.finditer(text, start, end)]
    edges = zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True)
    cells = tuple(_strip(text, a, b) for a, b in edges) if bars else ()
    return _Line(start, end, cells, bool(bars) and _RULE.fullmatch(text, start, end) is not None)


def _strip(text: str, start: int, end: int) -> Slice:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _blocks(text: str, lines: list[_Line]) -> Iterator[tuple[int, int]]:
    """Runs of rows, as positions in `lines`. An empty line ends one, unless only the head stands above it (thead, tbody)."""
    first = -1
    for n, line in enumerate([*lines, _Line(0, 0, (), False)]):
        if first >= 0:
            gap = line.cells and text.count("\n", lines[n - 1].end, line.start) > 1
            if not line.cells or (gap and not (n - first == 1 and len(line.cells) == len(lines[first].cells))):
                if n - first > 1:
                    yield first, n
                first = -1
        if first < 0 and line.cells:
            first = n


def _captions(text: str, lines: list[_Line], first: int) -> tuple[Slice, ...]:
    """The short lines right above a table that end no sentence."""
    found: list[Slice] = []
    for line in reversed(lines[max(0, first - ABOVE) : first]):
        if line.end - line.start > LONGEST_CAPTION or line.cells or _NO_CAPTION.match(text[line.start : line.end]):
            break
        found.insert(0, (line.start, line.end))
    return tuple(found)


def _table(text: str, lines: list[_Line], captions: tuple[Slice, ...]) -> Iterator[Row]:
    """The rows of one run of lines; none where it has no head that can be told."""
    ruled = any(line.rule for line in lines)
    rows = [line for line in lines if not line.rule]
    low = all(line.cells[0][0] == line.cells[0][1] for line in rows)  # bars at the edges close no cell
    high = all(line.cells[-1][0] == line.cells[-1][1] for line in rows)
    cut = [(line, line.cells[low : len(line.cells) - high]) for line in rows]
    while cut and _alone(text, cut[0][1]):  # a title over all columns
        captions += tuple(cell for cell in cut[0][1][:1] if cell[0] < cell[1])
        cut.pop(0)
    if len(cut) < 2 or not _names_columns(text, cut[0][1], ruled):
        return
    head = Head(cut[0][0].start, cut[0][0].end, cut[0][1], captions, tuple(line.start for line in lines if line.rule))
    group = (0, 0)
    for line, cells in cut[1:]:
        if _alone(text, cells):
            group = cells[0]
        elif len(cells) == len(head.cells):
            yield Row(line.start, line.end, cells, head, group)


def _alone(text: str, cells: tuple[Slice, ...]) -> bool:
    """Whether the first cell holds all that a row says."""
    said = {text[a:b] for a, b in cells[1:]}
    return len(cells) > 0 and cells[0][0] < cells[0][1] and (said <= {""} or (len(cells) > 2 and said == {text[slice(*cells[0])]}))


def _names_columns(text: str, cells: tuple[Slice, ...], ruled: bool) -> bool:
    """Whether a row can be a head: every column but the first has a name of its own, and none is a number."""
    names = [text[a:b] for a, b in cells]
    if len(names) < 2 or "" in names[1:] or len(set(names)) < len(names):
        return False
    return ruled or not any(_NUMBER.fullmatch(name) and not _TIME.fullmatch(name) for name in names)
