"""Fit: what speaks for a candidate, or against it, besides the words around it: its unit, its kind, its time, its brevity."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.fold import fold
from qa.align import FRAME, missing, surplus
from qa.candidates import Candidate
from qa.figures import Figure, find_figures
from qa.guards import OF_A_MONTH, REACHES, governing, is_latin
from qa.periods import Period, find_periods
from qa.terms import find_terms
from qa.types import Question
from qa.units import Unit

_MONEY = re.compile(r"(?:收入|投资|投资额|利润|产值|营收|金额|总额|资金|成本|价格|市值|预算|增加值|零售额|销售额|成交额|出口额|进口额|支出|gdp|生产总值|钱)(?:规模|目标| |降到|升到|达到|为)*$")
_COUNTED_IN = {
    **dict.fromkeys(("people", "workers", "employees", "residents", "farmers", "teachers", "doctors", "students", "pupils", "visitors", "passengers", "users", "members"), ("人", "名", "位", "户", "个")),
    **dict.fromkeys(("companies", "firms", "enterprises", "businesses", "hospitals", "factories", "schools", "banks", "shops", "agencies"), ("家", "户", "所", "座", "个", "间")),
    **dict.fromkeys(("vehicles", "cars", "trucks", "buses"), ("辆", "台")), "ships": ("艘", "条"), "households": ("户",), "cities": ("个", "座", "市"), "countries": ("个", "国"),
}  # fmt: skip
_TIMES = ("年", "个月", "月", "天", "日", "小时", "分钟", "周年", "years", "months", "days", "hours", "minutes")
_CAUSE = re.compile(r"因为|由于|因(?!此|而)|原因|为了|以便|旨在|顺应|得益于|主要是|主要系|系因|归因于|缘于|源于|主要难在|在于|受[^,]{1,20}影响|之所以|because|due to|owing to|in order to|thanks to|caused by|as a result of")
_MEANS = re.compile(r"通过|利用|采取|采用|运用|依托|借助|以[^,]{2,12}(?:方式|为)|by \w+ing|through")


def words_only(text: str) -> str:
    """A text without its figures and periods, which say nothing of the subject."""
    spans = [(f.start, f.end) for f in find_figures(text)] + [(p.start, p.end) for p in find_periods(text)]
    chars = list(text)
    for start, end in spans:
        chars[start:end] = " " * (end - start)
    return "".join(chars)


def period_fit(asked: Sequence[Period], candidate: Candidate) -> float:
    """The period asked, named by the sentence itself, and best right before the figure."""
    said = governing(candidate)
    if not asked:  # 产量是多少？ means the year that the document is about
        main = candidate.evidence.year
        monthly = said and OF_A_MONTH.match(candidate.text, said.end)
        return -0.15 if said and (monthly or (said.year and main and said.year != main)) else 0.0
    if said is None or said.part != asked[0].part:
        return 0.0
    near = candidate.figure is not None and candidate.text[said.end : candidate.start] in ("", "的")
    return (0.1 if said.year == asked[0].year else 0.0) + (0.08 if near else 0.0)


def date_fit(question: Question, candidate: Candidate) -> float:
    """哪一年 wants a year, 哪天 a day."""
    said = candidate.text[candidate.start : candidate.end]
    if re.search(r"哪一?年|which year|what year", fold(question.standalone)):
        return 0.0 if re.search(r"(?:19|20)\d\d|十[一二三四五]五|年$", said) else -1.0
    if re.search(r"哪一?天|几号|哪一?日|which day|what date", fold(question.standalone)):
        return 0.0 if re.search(r"日$|\d$", said) else -0.3
    return 0.0


def missing_measure(units: Sequence[Unit], text: str, floor: Sequence[float]) -> float:
    """What is counted must be named in the sentence itself; before it only where the candidate has no subject of its own."""
    measures = [n for n, unit in enumerate(units) if unit.measure]
    if not measures or len(missing([units[n] for n in measures], [text])) < len(measures):
        return 0.0
    return 0.0 if floor and max(floor[n] for n in measures) > FRAME else 0.3


def figure_fit(question: Question, candidate: Candidate) -> float:
    """What is counted in 家 is no sum of money, and how much something grew is not how much there is."""
    figure = candidate.figure
    assert figure is not None
    if question.asks != "figure" and not question.claim:
        return 0.0
    rate = re.search(r"([\u4e00-\u9fff]{2})率", question.subject)  # 不良率 isn't given where nobody speaks of 不良
    said = (candidate.text, candidate.evidence.opener, *candidate.evidence.before)
    if rate and not find_terms(rate.group()) and not any(rate[1] in text for text in said):
        return -0.3
    if not _kind_fits(question, candidate, figure):
        return -1.0
    fit = 0.08 if question.unit and (question.unit == "%" or figure.unit.endswith(question.unit)) else 0.0
    if question.wants == "change":
        fit += 0.08 if figure.change else -0.35
        fit -= 0.25 if figure.kind == "points" and not re.search("百分点|加快|放缓|提高|变化|point", fold(question.standalone)) else 0.0
    elif question.wants == "share":
        fit += 0.08 if figure.kind == "ratio" and not figure.change else -0.35
    else:
        fit -= 0.45 if figure.change else 0.22 if figure.share and question.unit != "%" else 0.0
        fit -= 0.2 if figure.kind == "ratio" and question.unit != "%" else 0.0
    if figure.origin and not re.search(r"原来|原先|原本|之前|此前|以前|过去|从|由|before|originally|previous", fold(question.standalone)):
        fit -= 0.15
    if REACHES.search(fold(question.standalone)) and re.search(r"(?:到|至|为|成)(?:每.)?$", candidate.text[figure.lead : figure.start]):
        fit += 0.12
    headline = 0.06 if candidate.evidence.sentence.ordinal else 0.0  # 一是产销量突破3000万辆: the exact figure follows
    vague = 0.08 if not re.search(r"\d", candidate.text[figure.start : figure.end]) else 0.0  # 万余家 beside 421家
    return fit - headline - vague - (0.0 if figure.unit else 0.15)


def _kind_fits(question: Question, candidate: Candidate, figure: Figure) -> bool:
    unit = question.unit
    if unit == "时间":
        return figure.unit in _TIMES or figure.unit == "秒"
    if unit == "%":
        return figure.kind in ("ratio", "points")
    if unit == "元":
        return figure.kind == "money"
    if unit.isascii() and unit and is_latin(candidate.text):
        return unit.rstrip("s") in candidate.text[figure.start : figure.end + 40]
    counted = _COUNTED_IN.get(unit)
    if counted and figure.unit and not figure.unit.startswith(counted):
        return False  # how many people isn't answered by 18.3万家
    if unit == "个" or (unit.isascii() and unit):
        return figure.kind == "count" and figure.unit not in ("年", "天", "小时", "分钟", "公里", "米")
    if unit:
        return figure.unit.endswith(unit) or (bool(figure.unit) and unit.endswith(figure.unit)) or candidate.text.startswith(unit, figure.end)
    if figure.unit in _TIMES and not re.search("多久|多长|时间|周期|几[年天个]|how long|wait|duration|time", fold(question.standalone)):
        return False  # 连续4个月增长 says for how long, not how much
    if question.wants == "level" and (_MONEY.search(question.subject) or re.search(r"利润(?!率)|营收", question.subject)):
        return figure.kind == "money" or figure.unit == ""
    return True


def clause_fit(question: Question, units: Sequence[Unit], candidate: Candidate) -> float:
    """A clause should meet the question, say something that the question doesn't, and be short."""
    span = candidate.text[candidate.start : candidate.end]
    new = surplus(units, span)
    fit = -0.25 if new < 2 else -0.2 * max(0.0, 0.5 - new / len(span))
    fit -= 0.0009 * max(0, len(span) - 12)
    if question.asks == "reason":
        fit += 0.25 if _CAUSE.search(span) else 0.0 if _CAUSE.search(candidate.text) else -0.15
    elif question.asks == "manner":
        fit += 0.05 if _MEANS.search(span) else 0.0
    elif question.asks == "list":
        items = re.sub("“[^”]*”", "", span).count("、")
        fit += 0.06 * min(2, items) if items else -0.05
    return fit
