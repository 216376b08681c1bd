"""Periods: which time a figure is given for, and whether a question asks about the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_QUARTERS = {"一": "q1", "二": "q2", "三": "q3", "四": "q4", "1": "q1", "2": "q2", "3": "q3", "4": "q4", "first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}

PERIOD = re.compile(
    r"(?:(?P<year>(?:19|20)\d{2})年的?|(?<![\d.,$])(?P<bare>(?:19|20)\d{2})(?!\.\d|[\d%万亿千百十多余]|,\d|\s?(?:million|billion|thousand|trillion|percent)|[个家户辆台件项款人名位场次吨座条元])"
    r"(?=[\s,;:)?!.\u4e00-\u9fff]|$))"
    r"(?:(?P<part>上半年|下半年|(?:前|第)?[一二三四1-4]季度|前[一二三四五六七八九十两\d]{1,2}个?月|\d{1,2}(?:月)?[-—~至到]\d{1,2}月|\d{1,2}月(?:份)?(?:\d{1,2}日|底|末|初|[上中下]旬)?|全年|年底|年末|年初|底|末|初|以来|春节|国庆))?"
    r"|(?P<only>上半年|下半年|(?:前|第)?[一二三四1-4]季度|前[一二三四五六七八九十两\d]{1,2}个?月|(?<![\d.])\d{1,2}月?[-—~至到]\d{1,2}月(?:份)?|(?<![\d.])\d{1,2}月(?:份)?(?:\d{1,2}日|底|末|初|[上中下]旬)?|(?<![\d.])\d{1,2}日(?!均)|下个?月\d{1,2}日|下个?月|上个?月|本月(?:\d{1,2}日)?|下周|上周|本周|年底|年末|全年|去年底|去年同期|上年同期|去年|今年以来|今年|上年|前年|明年|后年|“?十[一二三四五]五”?(?:期间|时期|末|规划)?)"
    rf"|(?P<english>(?:\d{{1,2}} (?P<dmonth>{'|'.join(_MONTHS)})|(?P<equarter>first|second|third|fourth) quarter|(?P<ehalf>first|second) half|(?P<emonth>{'|'.join(_MONTHS)})(?: \d{{1,2}}(?!\d))?)(?:,? (?:of )?(?P<eyear>(?:19|20)\d{{2}}))?|last year|this year|previous year|next year|last month|next month|last week|next week)"
)
_BASE_BEFORE = re.compile(r"(?:较|比|相比|相较于?|同|与|than|from|over|compared (?:to|with)|versus)\s*(?:in )?$")
_BASE_AFTER = re.compile(r"(?:年底|年末|底|末|同期)?(?:相比|相较|的基础)")


@dataclass(frozen=True, slots=True)
class Period:
    """A time as the text names it. Year 0 and part "" mean that it doesn't say."""

    start: int
    end: int
    year: int
    part: str  # q1…q4, h1, h2, m6, m1-6, to-q3, end, all, or a relative word as written
    base: bool  # what something is compared with (较2022年底), not when it happened


@lru_cache(maxsize=20_000)
def find_periods(folded: str) -> tuple[Period, ...]:
    """The periods that a folded text names, in order."""
    found = []
    for match in PERIOD.finditer(folded):
        year = int(match["year"] or match["bare"] or match["eyear"] or 0)
        base = bool(_BASE_BEFORE.search(folded[: match.start()]) or _BASE_AFTER.match(folded, match.end()))
        found.append(Period(match.start(), match.end(), year, _part(match), base))
    return tuple(found)


def _part(match: re.Match[str]) -> str:
    text = match["part"] or match["only"] or ""
    if match["equarter"]:
        return _QUARTERS[match["equarter"]]
    if match["ehalf"]:
        return "h1" if match["ehalf"] == "first" else "h2"
    if match["emonth"] or match["dmonth"]:
        return f"m{_MONTHS.index(match['emonth'] or match['dmonth']) + 1}"
    if match["english"]:
        return {"last year": "去年", "previous year": "上年", "this year": "今年", "next year": "明年"}.get(match["english"], match["english"])
    if text in ("上半年", "下半年"):
        return "h1" if text == "上半年" else "h2"
    if text.endswith("季度"):
        return ("to-" if text.startswith("前") else "") + _QUARTERS[text[-3]]
    if months := re.match(r"(\d{1,2})月?[-—~至到](\d{1,2})月", text):
        return f"m{int(months[1])}-{int(months[2])}"
    if month := re.match(r"(\d{1,2})月", text):
        return f"m{int(month[1])}"
    if text.startswith("前") and text.endswith("月"):
        return text
    if text in ("年底", "年末", "底", "末"):
        return "end"
    return {"全年": "all", "以来": "", "初": "start", "年初": "start", "": ""}.get(text, text)


_RELATIVE = ("去年", "今年", "上年", "前年", "明年", "后年", "今年以来", "去年同期", "上年同期", "去年底")


def clash(asked: Period, given: Period) -> bool:
    """Whether what is said of one period can't answer a question about the other."""
    if asked.year and given.year and asked.year != given.year:
        return True
    parts = (asked.part, given.part)
    if any(part in _RELATIVE for part in parts):
        return asked.part != given.part and all(part in _RELATIVE for part in parts)
    whole = ("", "all", "end", "start")
    if "end" in parts and "m12" in parts:
        return False
    if asked.part in whole and given.part in whole:
        return False
    if asked.part in ("", "all") and given.part:
        return asked.part == "all" or given.part.startswith(("h", "q", "to-"))
    return asked.part != given.part
