"""Where a span begins and ends: without pauses at its edges, a date whole, a reason with its clause."""

from __future__ import annotations

import re

from qa.periods import find_periods

_CLAUSE = re.compile(r"[,，;；:：。!！?？](?!\d)")
_CUE = re.compile(r"(?:主要|部分|都|这|也)?(?:是|就是)?(?:因为|由于|因(?![此而])|(?:主要)?是(?=受))|(?:is |was |were )?(?:because(?: of)?|due to|owing to|caused by) ")
SNAP, WHOLE = 4, 8  # a clause's edge this near is taken in; a reason shorter than this is taken with its clause
EDGES = " \t\n\u3000，,、；;：:。."


def trim(text: str, start: int, end: int, sentence: int) -> tuple[int, int]:
    """A span of a passage without pauses and blanks at its edges, Latin words whole, as offsets in the sentence that begins at `sentence`."""
    while start > 0 and _joins(text, start):
        start -= 1
    while end < len(text) and _joins(text, end):
        end += 1
    start += len(text[start:end]) - len(text[start:end].lstrip(EDGES))
    end -= len(text[start:end]) - len(text[start:end].rstrip(EDGES))
    return start - sentence, end - sentence


def _joins(text: str, at: int) -> bool:
    """Whether the characters on both sides belong to one Latin word."""
    return text[at - 1].isascii() and text[at - 1].isalpha() and text[at].isascii() and text[at].isalpha()


def whole_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """A span of reasons widened to the clause that it nearly fills, or is too short to stand without; 由于 left out: 洪涝 → 洪涝造成31万亩绝收."""
    begin = max([0, *(m.end() for m in _CLAUSE.finditer(text, 0, start))])
    stop = next((m.start() for m in _CLAUSE.finditer(text, end)), len(text))
    begin = max([begin, *(m.end() for m in _CUE.finditer(text, begin, start))])
    short = end - start < (WHOLE if not text[start:end].isascii() else 4 * WHOLE)
    stop = max(end, len(text[:stop].rstrip(EDGES)))
    return begin if short or start - begin <= SNAP else start, stop if short or stop - end <= SNAP else end


def whole_dates(text: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to the whole of the dates that it cuts: 年12月 → 去年12月."""
    cut = [p for p in find_periods(text) if p.start < end and start < p.end]
    return min([start, *(p.start for p in cut)]), max([end, *(p.end - text.endswith("的", 0, p.end) for p in cut)])
