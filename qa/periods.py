"""Periods: which time a figure is given for, and whether a question asks about the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from documents.sentences import read_numeral

_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_COUNTED = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
_QUARTERS = {"一": "q1", "二": "q2", "三": "q3", "四": "q4", "1": "q1", "2": "q2", "3": "q3", "4": "q4", "first": "q1", "second": "q2", "third": "q3", "fourth": "q4"}
_SEASONS = {"春": "spring", "夏": "summer", "秋": "autumn", "冬": "winter", "fall": "autumn"}

_YEAR = r"(?:19|20)\d{2}"
_NUMERAL = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_QUARTER = r"(?:前|第)?[一二三四1-4]季度末?"
_SPAN = rf"{_NUMERAL}月?[-—~至到]{_NUMERAL}月(?:份)?"
_MONTH = rf"{_NUMERAL}月(?:份)?(?:(?:\d{{1,2}}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日|底|末|初|[上中下]旬)?"
_PART = rf"上半年|下半年|{_QUARTER}|前[一二三四五六七八九十两\d]{{1,2}}个?月|[春夏秋冬]季(?:学期)?"
_SHORT = {month[:3]: month for month in _MONTHS if month != "may"} | {"sept": "september"}  # Feb. 27
_SHORT_MONTH = rf"(?:{'|'.join(sorted(_SHORT, key=len, reverse=True))})\.?"
_NAMED_MONTH = rf"(?:{'|'.join(m for m in _MONTHS if m != 'may')}|may(?=,? (?:of )?\d)|(?<=in )may|(?<=since )may|{_SHORT_MONTH}(?= \d))"
_LATE = r"(?:年底|年末|年初|底|末|初)"

_CHINESE = (
    rf"(?:(?P<year>{_YEAR}|[一二][〇○零一二三四五六七八九]{{3}})年的?|(?<![\d.,$])(?P<bare>{_YEAR})(?!\.\d|[\d%万亿千百十多余]|,\d|\s?(?:million|billion|thousand|trillion|percent)|[个家户辆台件项款人名位场次吨座条元])"
    r"(?=[\s,;:)?!.'’\u4e00-\u9fff]|$))"
    rf"(?:(?P<part>{_PART}|{_SPAN}|{_MONTH}|全年|{_LATE}|以来|春节|国庆))?"
    rf"|(?P<only>(?:去年|上年){_LATE}|{_PART}|(?<![\d.一二三四五六七八九十]){_SPAN}|(?<![\d.一二三四五六七八九十]){_MONTH}|(?<![\d.])\d{{1,2}}日(?!均)|下个?月\d{{1,2}}日|下个?月|上个?月|本月(?:\d{{1,2}}日)?|下周|上周|本周|年底|年末|年初|全年"
    r"|去年同期|上年同期|去年|今年以来|今年|上一?年度?|前一?年|明年|次年|下一年|后年|“?十[一二三四五]五”?(?:期间|时期|末|规划)?)"
)
_ENGLISH = (
    rf"(?P<split>{_YEAR})[-–—/](?P<next>\d{{2}})(?![\d/–—-]|月)(?:学年|年度)?"
    rf"|(?<![a-z0-9])(?P<english>(?:(?P<edge>end|start|beginning|whole)[- ]of |(?P<full>full[- ]year|year-end|end-) ?)(?P<edgeyear>{_YEAR})(?!\d)|end of last year"
    rf"|(?:\d{{1,2}} (?P<dmonth>{'|'.join(_MONTHS)}|{_SHORT_MONTH})|(?P<equarter>first|second|third|fourth)[- ]quarter|(?P<ehalf>first|second)[- ]half|(?P<code>[hq][1-4])(?= |[,;:)?!.]|$)"
    rf"|first (?P<emonths>{'|'.join(_COUNTED)}) months|(?P<season>spring|summer|autumn|fall|winter)(?: (?:term|semester)|(?=,? (?:of )?{_YEAR}))|(?P<emonth>{_NAMED_MONTH})(?: \d{{1,2}}(?!\d))?)(?![a-z])(?:,? (?:of )?(?P<eyear>{_YEAR})(?!\d))?"
    r"|(?:the |a |one )?year (?:earlier|before)|the previous year|(?:the )?(?:next|following) year|(?:last|this|previous) year|a year ago|last month|next month|last week|next week)(?![a-z])"
)
PERIOD = re.compile(f"{_ENGLISH}|{_CHINESE}")
_BASE_BEFORE = re.compile(r"(?:较|比|相比|相较于?|同|与|(?:than|from|compared (?:to|with)|versus|against)(?: in)?(?: the)?|over)\s*(?:in )?$")
_BASE_ON = re.compile(r"(?:up|down|points?|percent|per cent|%) on $")
_BASE_AFTER = re.compile(r"(?:年底|年末|底|末|同期)?(?:相比|相较|的基础)")


@dataclass(frozen=True, slots=True)
class Period:
    """A time as the text names it. Year 0 and part "" mean that it doesn't say."""

    start: int
    end: int
    year: int
    part: str  # q1…q4, h1, h2, m6, m1-6, to-q3, spring, split (2023-24), end, all, or a relative word as written
    base: bool  # what something is compared with (较2022年底), not when it happened


@lru_cache(maxsize=20_000)
def find_periods(folded: str) -> tuple[Period, ...]:
    """The periods that a folded text names, in order."""
    found = []
    for match in PERIOD.finditer(folded):
        if match["split"] and int(match["next"]) != (int(match["split"]) + 1) % 100:
            continue  # 2023-12 is a month's number, or anything else
        before = folded[: match.start()]
        base = bool(_BASE_BEFORE.search(before) or _BASE_ON.search(before) or _BASE_AFTER.match(folded, match.end()))
        found.append(Period(match.start(), match.end(), _year(match), _part(match), base))
    return tuple(found)


def _year(match: re.Match[str]) -> int:
    year = next((match[name] for name in ("year", "bare", "split", "eyear", "edgeyear") if match[name]), "0")
    return int("".join(str("零一二三四五六七八九".index(c)) if c in "一二三四五六七八九零" else "0" if c in "〇○" else c for c in year))


def _part(match: re.Match[str]) -> str:
    if match["split"]:
        return "split"
    return _english_part(match) if match["english"] else _chinese_part(match["part"] or match["only"] or "")


def _english_part(match: re.Match[str]) -> str:
    text = match["english"]
    if match["equarter"] or match["code"]:
        return _QUARTERS[match["equarter"]] if match["equarter"] else match["code"]
    if match["ehalf"]:
        return "h1" if match["ehalf"] == "first" else "h2"
    if match["emonth"] or match["dmonth"]:
        month = (match["emonth"] or match["dmonth"]).rstrip(".")
        return f"m{_MONTHS.index(_SHORT.get(month, month)) + 1}"
    if match["emonths"]:
        return f"m1-{_COUNTED.index(match['emonths']) + 1}"
    if match["season"]:
        return _SEASONS.get(match["season"], match["season"])
    if match["edgeyear"]:
        return "all" if "whole" in text or "full" in text else "end" if "end" in text else "start"
    if text == "end of last year":
        return "去年底"
    if re.search("earlier|before|previous|ago|last year", text):
        return "去年" if "last" in text else "上年" if "previous" in text else "去年同期"
    return "明年" if text in ("next year", "the next year") else "今年" if text == "this year" else text


def _chinese_part(text: str) -> str:
    if text in ("上半年", "下半年"):
        return "h1" if text == "上半年" else "h2"
    if "季度" in text:
        return ("to-" if text.startswith("前") else "") + _QUARTERS[text[text.index("季度") - 1]]
    if span := re.match(rf"({_NUMERAL})月?[-—~至到]({_NUMERAL})月", text):
        return f"m{_number(span[1])}-{_number(span[2])}"
    if month := re.match(rf"({_NUMERAL})月", text):
        return f"m{_number(month[1])}"
    if months := re.match(r"前(.{1,2}?)个?月", text):
        return f"m1-{_number(months[1])}"
    if text[:1] in _SEASONS and text[1:2] == "季":
        return _SEASONS[text[0]]
    if text[:2] in ("去年", "上年") and text[-1] in "底末":
        return "去年底"
    return {"全年": "all", "以来": "", "初": "start", "年初": "start", "底": "end", "末": "end", "年底": "end", "年末": "end"}.get(text, text)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 2 if text == "两" else read_numeral(text)


_BEFORE = re.compile(r"上一?年(?:度|同期)?|前一年|去年同期|(?:the |a |one )?year (?:earlier|before)|(?:the )?previous year")
_AFTER = re.compile(r"次年|下一年|(?:the )?(?:next|following) year|the year after")


def years_away(folded: str) -> int:
    """How far a time lies from a year just spoken of: 上一年 → -1, 次年 → 1; 0 where it isn't reckoned from one."""
    return -1 if _BEFORE.fullmatch(folded) else 1 if _AFTER.fullmatch(folded) else 0


_RELATIVE = ("去年", "今年", "前年", "明年", "后年")
# One time under several names.
_SAME = {
    **dict.fromkeys(("上年", "上一年", "上年度", "上一年度", "前一年", "去年同期", "上年同期", "去年底", "去年初", "去年年初", "上年初", "上年年初"), "去年"), "今年以来": "今年", "次年": "明年", "下一年": "明年",
    "m1-3": "q1", "m4-6": "q2", "m7-9": "q3", "m10-12": "q4", "m1-6": "h1", "m7-12": "h2", "m1-9": "to-q3", "m1-12": "all", "to-q1": "q1", "to-q2": "h1", "to-q4": "all",
}  # fmt: skip
# 去年同期 is never the time that a document is about, as 去年 may be: an answer to it must be marked as of then.
_EARLIER = {"去年同期": ("去年",), "上年同期": ("去年",), "去年底": ("去年", "end", "m12")}


def is_relative(period: Period) -> bool:
    """Whether a time is a whole year that is named from another: 去年, 上年, 今年."""
    return not period.year and _SAME.get(period.part, period.part) in _RELATIVE


def clash(asked: Period, given: Period) -> bool:
    """Whether what is said of one period can't answer a question about the other."""
    if asked.year and given.year and asked.year != given.year:
        return True
    mine, theirs = _SAME.get(asked.part, asked.part), _SAME.get(given.part, given.part)
    if asked.part in _EARLIER:
        return theirs not in _EARLIER[asked.part]
    if mine != theirs and any(part in ("前年", "后年") for part in (mine, theirs)):
        return True  # what the document is about is at most a year away
    if any(part in _RELATIVE for part in (mine, theirs)):
        return mine != theirs and all(part in _RELATIVE for part in (mine, theirs))
    whole = ("", "all", "end", "start")
    if "end" in (mine, theirs) and "m12" in (mine, theirs):
        return False
    if mine in whole and theirs in whole:
        return False
    if mine in ("", "all") and theirs:
        return mine == "all" or "-" in theirs or theirs.startswith(("h", "q"))
    return mine != theirs
