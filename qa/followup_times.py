"""The time of a Chinese follow-up: 2022年呢？ 上半年呢？ 去年同期呢？ A year takes the year's place, a part of a year the part's."""

from __future__ import annotations

import re

from documents.fold import fold
from qa.periods import find_periods, years_away

NOW = re.compile(r"(?<![体表出])现在|目前|如今|当前|眼下")
_WHILE = re.compile(r"[\u4e00-\u9fff]{1,6}?期间|当天|当日|当年")
_YEAR = re.compile(r"(?:19|20)\d{2}年?|[一二][〇○零一二三四五六七八九]{3}年|今年|去年|上一?年度?|前一?年|明年|次年|后年|下一年|同年")
_DEICTIC = re.compile(r"[上下本]个?(?:月|周|季度)")
_ASKED = re.compile(r"(?:是|有|为|达到?|同比|增长|下降)*(?:多少|几|多[大高长久]|什么|谁|哪)|[?？]?$")
_PAST = re.compile(r"去年|上一?年|前一?年")
_YEARS = ("前年", "去年", "今年", "明年", "后年")


def find_time(question: str) -> str:
    """The first time that a question names, with all that follows it at once: 去年 and 全年; "" without one."""
    start, end = _span(question)
    return question[start:end]


def only_time(core: str) -> bool:
    """Whether a follow-up names a time and nothing else."""
    core = re.sub("^[在到 ，,]|截至|[的 ，,]|的时候$", "", core)
    start, end = _span(core)
    return start == 0 < end == len(core)


def without_past(text: str) -> str:
    """A target lies ahead: 去年底 is when a figure was taken, and isn't carried to it. A year that is named is."""
    time = find_time(text)
    return text.replace(time, "", 1) if _PAST.match(time) else text


def change_time(previous: str, core: str) -> str:
    """The question before, asked of another time."""
    core = core.strip(" 的，,在到")
    previous = NOW.sub("", previous)
    start, end = _span(previous)
    old_year, old_part = _split(previous[start:end].removesuffix("的"))
    year, part = _split(core)
    if _DEICTIC.match(core) or end == start:
        return previous[:start] + core + previous[end:]
    if core.endswith("同期") and not any(period.year for period in find_periods(fold(old_year))):
        return _then(previous[:start] + old_part + previous[end:], core)
    away = years_away(fold(core)) or years_away(fold(year))
    if away:
        year = _shift(old_year, away) or year
    rest = previous[end:] if not part else _drop_times(previous[end:])
    part = old_part if part in ("", "同期") else part
    time = (year or old_year) + part if not (part.startswith("年") and (year or old_year).endswith("年")) else (year or old_year) + part[1:]
    return previous[:start] + time + rest


def _then(previous: str, core: str) -> str:
    """去年同期 stands where the asking begins, and the same time is kept: 上半年利润去年同期是多少？"""
    asked = _ASKED.search(previous)
    at = asked.start() if asked else len(previous)
    return previous[:at] + core + previous[at:]


def _shift(year: str, away: int) -> str:
    """The year before or after the one named; "" where that can't be said."""
    if year in _YEARS:
        at = _YEARS.index(year) + away
        return _YEARS[at] if 0 <= at < len(_YEARS) else ""
    named = find_periods(fold(year))
    return f"{named[0].year + away}年" if named and named[0].year else ""


def _split(time: str) -> tuple[str, str]:
    """The year and the part of it that a time names: 2023年上半年 → 2023年, 上半年."""
    year = _YEAR.match(fold(time))
    end = year.end() if year else 0
    return time[:end], time[end:].removeprefix("的")


def _span(question: str) -> tuple[int, int]:
    """Where the first time stands, neighbours joined; an empty span at the beginning without one."""
    spans = [(p.start, p.end) for p in find_periods(fold(question)) if not p.base]
    if not spans:
        spans = [m.span() for m in _WHILE.finditer(fold(question))]
    if not spans:
        return 0, 0
    start, end = spans[0]
    for left, right in spans[1:]:
        end = right if left == end else end
    return start, end


def _drop_times(text: str) -> str:
    for period in reversed([p for p in find_periods(fold(text)) if not p.base]):
        text = text[: period.start] + text[period.end :]
    return text
