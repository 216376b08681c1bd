"""What a figure says: how it bounds what there is (over, nearly, at least), which way it went, and whether one bears out another."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from qa.figures import Figure
from qa.reader import Span

Bound = Literal["is", "over", "under", "least", "most", "about"]

UP = r"(?<!负)增长|增加(?!值)|增[了至到幅加]|年增|上升|上涨|上扬|提[高升]|回升|扩大|成长|涨|走高|\b(?:rose|risen|rise|rises|rising|grew|grown|grow|grows|growing|growth|increase[sd]?|up|climb(?:ed)?|gain(?:ed)?|jump(?:ed)?|surged?|go(?:ne|ing)? up|went up|higher|more)\b"
DOWN = r"下[降滑跌调]|减[少了]|年减|降[低了幅]|回落|收窄|缩[短小减]|压缩|负增长|跌|掉了|走低|\b(?:f[ae]ll|fallen|falling|drop(?:s|ped)?|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|down|shrank|shrink|narrow(?:ed)?|reduced|fewer|lower|less)\b"
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("most", r"(?:不超过|不高于|不多于|至多|最多|at most|(?<!go )(?<!going )(?<!went )(?<!rise )(?<!rose )up to|no more than)\s*$|以[下内]$"),
    ("least", r"(?:不低于|不少于|至少|最少|at least|no less than)\s*$|以上$"),
    ("under", r"(?:不到|不足|低于|少于|不满|未到|没到|小于|less than|under|below|fewer than|short of)\s*$"),
    ("over", r"(?:超过了?|超出|高于|多于|大于|突破了?|破了?|过了?|超|逾|over|more than|above|exceed(?:s|ed)?|topped|beat|surpassed)\s*$"),
    ("about", r"(?:大约|约为?|接近|将近|近|about|around|nearly|almost|some|roughly|approximately|close to)\s*(?:为|是)?\s*$|(?:左右|上下)$|\d[多余]"),
)
_REACHED = re.compile(r"(?:达到?了?|到了?|reach(?:ed|es)?|hit)\s*$")


def bound_of(folded: str, figure: Figure, asked: bool = False) -> Bound:
    """What a figure is said to be to what there is: at least, over, about … it, or just it."""
    said = folded[figure.start : figure.end]
    number = re.search(r"[\d一二三四五六七八九十百千万两几数$£€¥]", said)
    before = folded[max(0, figure.start - 12) : figure.start] + (said[: number.start()] if number else "")
    for bound, pattern in _BOUNDS:
        if re.search(pattern, before) or re.search(pattern, said):
            return bound
    if asked and _REACHED.search(before):  # 达到3000万了吗 asks for at least; a document that says 达到 says what it is
        return "least"
    return "about" if "成" in said else "is"


def direction_of(folded: str) -> int:
    """Whether the last word of rising or falling in a text is one of rising (1) or of falling (-1); 0 where there is none."""
    found = list(re.finditer(f"(?P<down>{DOWN})|(?P<up>{UP})", folded))
    return 0 if not found else -1 if found[-1]["down"] else 1


def direction_behind(folded: str, figure: Figure) -> int:
    """2.4 per cent fewer, 11.3 per cent more: the direction right behind a figure."""
    behind = re.match(r"\s*(?:(?P<down>fewer|less|lower|down)|(?P<up>more|higher|up))\b", folded[figure.end :])
    return 0 if not behind else -1 if behind["down"] else 1


def span_direction(span: Span) -> int:
    """Whether the document says that a span's figure is one of rising or of falling."""
    figure, text = span.figure, span.evidence.text
    if figure is None:
        return 0
    if text[: figure.start].endswith(("-", "−")):
        return -1
    return direction_behind(text, figure) or direction_of(text[figure.lead : figure.start])


def same_measure(put: Figure, given: Figure) -> bool:
    """Figures of one unit; a unit that one side leaves out, or says in the other language, is taken for the other's."""
    if (put.kind == "ratio") != (given.kind == "ratio") or (put.kind == "points") != (given.kind == "points"):
        return False
    one, other = put.unit.rstrip("s"), given.unit.rstrip("s")
    return one == other or not one or not other or one.isascii() != other.isascii() or one.endswith(other) or other.endswith(one)


def value_of(folded: str, figure: Figure) -> Decimal:
    """三成 is 30 per cent."""
    return figure.value * 10 if "成" in folded[figure.start : figure.end] else figure.value


def compare(put: Bound, value: Decimal, said: Bound, given: Decimal) -> bool | None:
    """Whether something said to be `said` `given` is `put` `value`: 3016万 is over 3000万, 近2600万 is not."""
    low = Decimal("-Infinity") if said in ("under", "most") else given
    high = Decimal("Infinity") if said in ("over", "least") else given
    if put == "about":
        return abs(given - value) * 20 <= value if low == high else None
    if put == "is":
        return True if given == value else None if low < value < high else False
    if put in ("over", "least"):
        if low > value or (low == value and (put == "least" or said == "over")):
            return True
        return False if high <= value or low == high else None
    if high < value or (high == value and (put == "most" or said == "under")):
        return True
    return False if low >= value or low == high else None
