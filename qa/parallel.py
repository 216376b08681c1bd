"""分别: which of several joined figures belongs to which of several joined subjects."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figures import Figure

# Words that name two measures at once, and how each half reads in full, at the same length.
_COMPOUNDS = {
    "产销量": ("产量 ", "销量 "),
    "产销": ("产量", "销量"),
    "进出口": ("进口 ", "出口 "),
    "出口进口": ("出口  ", "进口  "),
    "收支": ("收入", "支出"),
    "购销": ("采购", "销售"),
}
_BREAK = re.compile(r"[,。;:!?]")
_JOIN = re.compile(r"(?:以及|和|与|及|、|\band\b)")


def own_text(folded: str, figure: Figure, figures: Sequence[Figure]) -> str:
    """The sentence as it reads for this figure alone: the other joined subjects blanked, 产销 read as 产量 or 销量.

    The same length as the sentence, so offsets carry over.
    """
    k, n = figure.group
    if n == 1:
        return folded
    starts = [f.start for f in figures if f.group == (0, n) and f.start <= figure.start]
    for stop in reversed(starts):  # 同比增长11.6%和12%: the subjects stand with the joined figures before these
        members = _members(folded, stop, n)
        if members:
            return _blank_others(folded, members, k)
    singles = _row_before(folded, starts[-1], figures, n)
    if singles:  # 城镇24187元，农村11052元，分别增长5.2%和6.7%
        return _blank_others(folded, singles, k)
    return _blank_compound(folded, starts[-1], k, n)


def _row_before(folded: str, stop: int, figures: Sequence[Figure], n: int) -> list[tuple[int, int]]:
    """Clauses of the n figures of one unit that stand right before; empty where there aren't just n in a row."""
    row = [f for f in figures if f.end <= stop and f.group == (0, 1)][-n:]
    alike = len(row) == n and len({f.unit for f in row}) == 1
    near = alike and "分别" in folded[row[-1].end : stop] and stop - row[-1].end < 12
    return [(f.lead, f.end) for f in row] if near else []


def _blank_others(folded: str, members: list[tuple[int, int]], k: int) -> str:
    """Of the first subject only its own part goes: 快递业务量和收入 keeps 快递 for both."""
    chars = list(folded)
    longest = max(end - start for start, end in members[1:])
    for j, (start, end) in enumerate(members):
        if j != k:
            start = max(start, end - longest) if j == 0 else start
            chars[start:end] = " " * (end - start)
    return "".join(chars)


def _blank_compound(folded: str, stop: int, k: int, n: int) -> str:
    if n != 2:
        return folded
    for word, halves in _COMPOUNDS.items():
        at = folded.rfind(word, 0, stop)
        if at >= 0:
            return folded[:at] + halves[k] + folded[at + len(word) :]
    return folded


def _members(folded: str, stop: int, n: int) -> list[tuple[int, int]]:
    """Spans of the n joined subjects before the figures; empty where there aren't just n."""
    clause = max([0, *(m.end() for m in _BREAK.finditer(folded, 0, stop))])
    respectively = folded.rfind("分别", clause, stop)
    spans = _pieces(folded, clause, respectively if respectively >= 0 else stop)
    return spans if len(spans) == n else []


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, left = [], start
    for join in _JOIN.finditer(folded, start, end):
        spans.append((left, join.start()))
        left = join.end()
    spans.append((left, end))
    return [(s, e) for s, e in spans if folded[s:e].strip()]
