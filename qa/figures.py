"""Figures: every number in a sentence with its unit, its qualifier, and what it is a figure of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, partial
from typing import Literal

from qa.periods import find_periods

Kind = Literal["ratio", "points", "money", "count"]

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "兆": 10**12}
_ENGLISH_TIMES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "bn": 10**9, "mn": 10**6, "m": 10**6, "k": 10**3}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MEASURES = (
    "个百分点|百分点|个基点|基点|载重吨|修正总吨|总吨|吨标准煤|户次|列(?![入为席])|幢|栋|盏|羽|尾|公吨|公尺|公分|英里|加仑|盎司|英尺|吉瓦时|兆瓦时|千瓦时|瓦时|万千瓦|千瓦|兆瓦|吉瓦|亿人次|人次|航次|班次|台次|架次|批次|车次|场次|标准箱|标箱|集装箱|立方米|平方米|平方公里|公里|千米|海里|公顷|公斤|千克|毫克|微克|吨公里|"
    "标准煤|摄氏度|小时|分钟|秒钟|个月|个工作日|工作日|周年|年级|英寸|纳米|毫米|厘米|光年|美元|欧元|日元|英镑|港元|卢布|韩元|人民币|元|辆|个|家|户|台(?:\\(套\\))?|套|件|项|款|座|艘|架|部|名|人|位|万?吨|米|亩|度|天|日|年|岁|倍|成|次|场|批|条|处|所|间|枚|颗|只|头|匹|株|棵|块|张|本|篇|首|份|宗|起|例|支|组|对|双|层|级|代|期|届|股|笔|单|票|克|斤|升|秒|分|点|轮|种|类|门|国|省|市|县|区|镇|乡|村|街道|站|路|线|元|帧|词|字|字节|比特|瓦|伏|安|赫兹|像素|桶|箱|瓶|盒|袋|包|片|棒|根|把|口|道|圈|环|局|盘|席|票|刀|拨|趟|班|道路"
)
_PER = r"(?:/(?:立方米|平方米|平方公里|公顷|公里|亩|吨|公斤|斤|升|人|户|件|天|日|月|年|小时|分钟|秒|千瓦时|度))?"  # 微克/立方米
_UNIT = rf"(?:%|‰|(?:{MEASURES}){_PER})"
_MORE = "[多余几来]"
_BEFORE = r"(?:超过了?|超出|超|接近|将近|近|大约|约为|约|逾|高达|至少|至多|最多|不足|不到|不低于|不少于|不超过|突破|nearly |about |around |approximately |more than |over |at least |almost |some |up to |less than |under |below )"
_AFTER = r"(?:以上|以下|以内|左右|上下)"
_TILDE = r"[~\-—–至到]"

_FIGURE = re.compile(
    rf"(?P<before>{_BEFORE})?(?P<currency>us\$|hk\$|[$€£¥])?"
    rf"(?:百分之(?P<percent>[零一二三四五六七八九十百点两\d.]+)"
    rf"|(?P<low>(?:{_NUMBER})(?:[万亿千百]|%)*)(?:(?P<lowunit>{_UNIT}){_TILDE}(?=[\d.,]+[十百千万亿]*(?P=lowunit))|{_TILDE}(?=\d)))?"
    rf"(?:(?<=[零一二三四五六七八九十百点两])|(?P<number>{_NUMBER})(?P<more>{_MORE})?(?P<times>(?:[十百千万亿]+(?:{_MORE})?)?)(?:[ ]?(?P<unit>{_UNIT}))?"
    rf"(?P<english>[ -]?(?:thousand|million|billion|trillion|bn|mn)\b)?(?P<word>[ ](?:per ?cent(?:age points?)?|[a-z][a-z-]+))?)"
    rf"(?P<after>{_AFTER})?"
)
_WORDED = re.compile(
    rf"(?P<before>{_BEFORE})?(?:百分之(?P<percent>[零一二三四五六七八九十百点两]+)"
    rf"|(?P<han>(?:[二三四五六七八九两]?[十百千万亿]+[一二三四五六七八九十百千万亿]*|[一二三四五六七八九两十])(?:[到至][二三四五六七八九十]+)?)(?P<more>[多余])?(?P<unit>{_UNIT}|大|强|省|国|新|位数)"
    rf"|(?P<vague>[数几][十百千万亿]+)(?P<vunit>{_UNIT}))(?P<after>{_AFTER})?"
)
_HEDGE = re.compile(r"预计|有望|估计|预期|力争|争取|目标|计划|测算|初步|将达|拟|expected|estimated|forecast|projected|target")
_CHANGE = re.compile(
    r"(?:增长|增加(?!值)|上升|提高|提升|上涨|(?<!新)增(?!加值)|涨|多出|少了|多了|加快|放缓|下降|减少|降低|回落|下滑|下跌|跌|降|收窄|缩短|扩大|缩减|回升|增速|增幅|降幅|涨幅|跌幅|增长率|压缩)"
    r"[^,。;:、\d]{0,8}?$"
    r"|\b(?:rose|rise|risen|grew|grow|grown|increased?|growth|up|climbed|gained|jumped|surged|soared|expanded|fell|fallen|dropped|declined?|decreased|down|shrank|cut|narrowed|reduced)\b(?: (?!to\b)[a-z-]+){0,3} ?(?:of|by)? ?$"
)
_TO = re.compile(r"(?:提高|提升|上升|增加(?!值)|下降|降低|减少|增|升|降|扩大|缩短)[到至]$")
_SHARE = re.compile(r"占[^,。;]{0,24}$|比重[^,。;]{0,8}$|占比[^,。;]{0,6}$|份额[^,。;]{0,6}$|渗透率[^,。;]{0,6}$|比例[^,。;]{0,6}$|率[^,。;\d]{0,5}$")
_TIME_STEPS = {("hours", "minutes"), ("hour", "minutes"), ("小时", "分钟"), ("小时", "分"), ("年", "个月"), ("分", "秒"), ("分钟", "秒"), ("years", "months")}
_FROM = re.compile(r"(?:由|从|自|\bfrom )[^,。;、]{0,10}$")
_ON = re.compile(r"[^,。;]{0,12}(?:到|至|为|成|\bto )")
_JOINS = re.compile(r"\s*(?:和|与|及|以及|、|及其|and|, and)\s*$")
_CLAUSE = re.compile(r"[,。;!?]|:(?!\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a folded text. `start:end` takes in its qualifiers and its unit; `lead` is what stands before it."""

    start: int
    end: int
    value: Decimal
    unit: str  # folded, without 万 or 亿; "" where there is none
    kind: Kind
    lead: int  # where the words begin that say what this is a figure of: behind the figure or comma before it
    change: bool  # how much something rose or fell, not how much there is
    share: bool  # a part of a whole
    hedge: tuple[int, int]  # where 预计, 有望 … stands in its clause; (0, 0) for a plain statement
    origin: bool  # where a change began: the first of 由86万个提高到142万个
    group: tuple[int, int]  # (k, n): the k-th of n figures joined by 和 or 、, counted from 0; (0, 1) alone
    lent: str = ""  # the unit, or what is lacking of it, that the last of these lends it: 1562.1 in 1562.1和1565.3万辆


@lru_cache(maxsize=20_000)
def find_figures(folded: str) -> tuple[Figure, ...]:
    """Every figure of one folded sentence, in order. Dates are periods and product names (5g) are words: neither is one."""
    taken = [(p.start, p.end) for p in find_periods(folded)]
    found: list[Figure] = []
    for match in sorted([*_FIGURE.finditer(folded), *_WORDED.finditer(folded)], key=lambda m: m.start()):
        figure = _read(folded, match)
        if figure and not any(s < figure.end and figure.start < e for s, e in taken):
            taken.append((figure.start, figure.end))
            found.append(figure)
    return tuple(_relate(folded, _join_times(folded, found)))


def _join_times(folded: str, figures: list[Figure]) -> list[Figure]:
    """2 hours 50 minutes, 4年8个月: one length of time."""
    joined: list[Figure] = []
    for figure in figures:
        last = joined[-1] if joined else None
        if last and (last.unit, figure.unit) in _TIME_STEPS and folded[last.end : figure.start] in ("", " ", " and "):
            joined[-1] = replace(last, end=figure.end)
        else:
            joined.append(figure)
    return joined


def _read(folded: str, match: re.Match[str]) -> Figure | None:
    groups = match.groupdict()
    start, end = match.span()
    if groups.get("percent"):
        return _figure(start, end, read_number(groups["percent"]), "%")
    if groups.get("han"):
        return _figure(start, end, read_number(re.split("[到至]", groups["han"])[-1]), groups["unit"])
    if groups.get("vague"):
        return _figure(start, end, Decimal(0), groups["vunit"])
    if not groups.get("number"):
        return None
    number_at, number_end = match.span("number")
    if groups["unit"] and groups["word"]:
        end = match.end("unit")
    unit, word = groups["unit"] or "", (groups["word"] or "").strip()
    if re.match(r"[a-z]", folded[number_end : number_end + 1]) and not re.match(r"(?:gwh|mwh|kwh|gw|mw|kw|km|kg|gb|tb|mb|mm|cm|nm|bn|mn|m|wh)\b", folded[number_end:]):
        return None  # 5g, 3d: a name
    if re.search(r"[a-z][-+]?$|第$|[+]$|g[-]$", folded[:number_at]) and not groups["currency"]:
        return None  # g20, 第3, “5+2”
    if not unit and not groups["times"] and re.match(r"[+]\d", folded[number_end:]):
        return None
    latin = re.match(r"[a-z]+", folded[number_end:])
    value = read_number(groups["number"]) * _scale(groups["times"] or "")
    if groups["english"]:
        value *= _ENGLISH_TIMES[groups["english"].strip(" -")]
    if latin and not unit and not groups["english"]:
        unit, end = latin.group(), max(end, number_end + latin.end())
        value *= _ENGLISH_TIMES.get(unit, 1)
    elif word and not unit:
        keep = word.startswith("per") or bool(re.search(r"s$|people|percent", word))
        unit, end = (word, end) if keep else ("", match.start("word"))
    if groups["currency"]:
        unit = unit if unit in ("元",) else groups["currency"]
    return _figure(start, end, value, unit)


def _figure(start: int, end: int, value: Decimal, unit: str) -> Figure:
    kind: Kind = "count"
    if unit in ("%", "‰", "成", "percent", "per cent"):
        kind, unit = "ratio", "%" if unit != "‰" else unit
    elif "百分点" in unit or unit.startswith("percentage"):
        kind, unit = "points", "百分点"
    elif re.search(r"元$|美元|英镑|卢布|人民币|[$€£¥]", unit):
        kind = "money"
    return Figure(start, end, value, unit, kind, 0, False, False, (0, 0), False, (0, 1))


def _relate(folded: str, figures: list[Figure]) -> list[Figure]:
    """Say of each figure what it belongs to: its lead, its kind of statement, its place among joined ones."""
    groups: list[list[Figure]] = []
    for figure in figures:
        last = groups[-1][-1] if groups else None
        joined = last and _JOINS.fullmatch(folded, last.end, figure.start)
        if joined and last and (last.kind == figure.kind or "分别" in folded[: last.start]):
            groups[-1].append(figure)
        else:
            groups.append([figure])
    related: list[Figure] = []
    for group in map(partial(_lend, folded), groups):
        first = group[0]
        floor = related[-1].end if related else 0
        commas = [m.end() for m in _CLAUSE.finditer(folded, floor, first.start)]
        lead = commas[-1] if commas else floor
        before = folded[lead : first.start] if lead > 0 else folded[: first.start]
        clause = max([0, *(m.end() for m in _CLAUSE.finditer(folded, 0, first.start))])
        hedged = _HEDGE.search(folded, clause, first.start)
        hedge = hedged.span() if hedged else (0, 0)
        change = (bool(_CHANGE.search(before)) or first.kind == "points") and not _TO.search(before)
        origin = bool(_FROM.search(before) and _ON.match(folded, group[-1].end))
        for k, figure in enumerate(group):
            share = figure.kind == "ratio" and not change and bool(_SHARE.search(before))
            related.append(replace(figure, lead=lead, change=change, share=share, hedge=hedge, origin=origin, group=(k, len(group))))
    return related


def _lend(folded: str, group: list[Figure]) -> list[Figure]:
    """分别下降5.3个和3.8个百分点, 产销分别为1562.1和1565.3万辆: the last figure's unit is the others' too."""
    last = group[-1]
    whole = _bare(folded[last.start : last.end])
    lent = []
    for figure in group[:-1]:
        own = _bare(folded[figure.start : figure.end])
        if last.unit in ("", figure.unit) or not (figure.unit == "" or (own == "个" and last.kind == "points")) or not whole.startswith(own):
            lent.append(figure)
            continue
        value = figure.value if own else figure.value * _scale(re.match(r"[十百千万亿]*(?!分)", whole).group())  # type: ignore[union-attr]  # it may match nothing
        lent.append(replace(figure, value=value, unit=last.unit, kind=last.kind, lent=whole[len(own) :]))
    return [*lent, last]


def _bare(text: str) -> str:
    """What stands behind a figure's number."""
    return re.sub(r"^[^\d]*[\d.,]+", "", text)


def _scale(times: str) -> Decimal:
    product = Decimal(1)
    for char in times:
        product *= _TIMES.get(char, 1)
    return product


def read_number(text: str) -> Decimal:
    """A number as written: 3,016.1 → 3016.1; 四点六 → 4.6; 一千二百 → 1200; 两 → 2."""
    if re.fullmatch(_NUMBER, text):
        return Decimal(text.replace(",", ""))
    whole, _, fraction = text.partition("点")
    total, section, digit = Decimal(0), Decimal(0), Decimal(0)
    for char in whole:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif _TIMES.get(char, 0) >= 10**4:
            total = (total + section + digit) * _TIMES[char] if section + digit or total else Decimal(_TIMES[char])
            section = digit = Decimal(0)
        elif char in _TIMES:
            section += (digit or 1) * _TIMES[char]
            digit = Decimal(0)
    tail = "".join(str(_DIGITS[c]) for c in fraction if c in _DIGITS)
    return total + section + digit + (Decimal(f"0.{tail}") if tail else 0)
