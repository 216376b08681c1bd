"""Guards: why a span can't answer although its surroundings fit. Another period, another basis, another thing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.fold import fold
from documents.names import PLACES
from qa.candidates import Candidate
from qa.evidence import Evidence, told_in
from qa.figures import find_figures
from qa.periods import Period, clash, find_periods, is_relative
from qa.types import Question, Refusal

# Words of which a sentence that has only one doesn't speak of the other.
_EXCLUSIVE = (
    ("左线", "右线"), ("左侧", "右侧"), ("进口", "出口"), ("城镇", "农村"), ("城市", "农村"), ("存款", "贷款"), ("顺差", "逆差"), ("收入", "支出"),
    ("流入", "流出"), ("结汇", "售汇"), ("产量", "销量"), ("上行", "下行"), ("男性", "女性"), ("入境", "出境"), ("东部", "西部"), ("生产", "消费"),
    ("名义", "实际"), ("最高", "最低"), ("新增", "累计"), ("国内", "国外"), ("批发", "零售"), ("买入", "卖出"), ("线上", "线下"),
)  # fmt: skip
_TARGET = re.compile(r"目标|指标|力争|争取|预期|计划|规划|target|goal|plan")
_TARGET_SAID = re.compile(r"目标|力争|争取|预期|计划|规划|拟|预计|将(?=达|增|建|实)|提出|确定|左右|target|plan|expect")
_PLACE = re.compile(PLACES)


def speaks_against(question: Question, asked: Sequence[Period], candidate: Candidate) -> Refusal:
    """The reason to refuse with if this candidate were the best there is; "" where nothing speaks against it."""
    if asked and _other_period(asked, candidate):
        return "period"
    if _other_basis(question, candidate):
        return "basis"
    if _no_change(question, candidate) or _only_planned(question, candidate) or _other_body(question, candidate) or _other_kind(question, candidate) or _other_place(question, candidate) or _other_thing(question, candidate) or _no_target(question, candidate):
        return "absent"
    return ""


OF_A_MONTH = re.compile("份?(?:当月|单月)")


def _other_period(asked: Sequence[Period], candidate: Candidate) -> bool:
    """What the sentence itself names binds; what is carried over from before it binds only if the document's main year agrees."""
    evidence, year = candidate.evidence, candidate.evidence.year
    said = governing(candidate)
    about = evidence.frame + evidence.opener
    told = told_in(evidence.document)
    told = told if told == year + 1 and len(asked) == 1 and (asked[0].year or is_relative(asked[0])) else 0  # in February 2026 of 2025: 今年 is another year than the one it is about
    if candidate.inside and said:  # a clause may name its time anywhere
        given = [Period(0, 0, p.year or year, p.part, False) for p in find_periods(candidate.text) if not p.base]
    elif said:
        if OF_A_MONTH.match(candidate.text, said.end) and not any(a.part.startswith("m") for a in asked):
            return True
        given = [Period(0, 0, said.year or y, said.part, False) for y in {carried_year(evidence) or year, year}]
        if is_relative(said) and any(a.part in _SUBPERIOD and not _names(about, a) for a in asked):
            return True  # 上年是50.2亿元 tells nothing of a quarter
    else:
        carried = carried_period(evidence)
        given = [*carried, Period(0, 0, year, "", False)]
        lent = [*find_periods(fold(evidence.sentence.asked)), *(find_periods(evidence.opener) if told else ())]
        given += [replace(p, part="") for p in (_dated(p, told) for p in lent) if p.year]  # 2026年的目标怎么定？ 营收950亿元
        asked = [a if a.part not in _SUBPERIOD or carried or a.year else Period(0, 0, a.year, "" if _names(about, a) else a.part, False) for a in asked]
    return any(all(clash(_dated(a, told), _dated(g, told)) for g in given) for a in asked)


def _dated(period: Period, told: int) -> Period:
    """今年, 去年 and 明年 as the years that they are in a document told in a year; anything else as it is, and all where that isn't known."""
    away = {"今年": 0, "今年以来": 0, "去年": -1, "明年": 1}.get(period.part)
    return replace(period, year=told + away, part="") if told and away is not None else period


def governing(candidate: Candidate) -> Period | None:
    """The time that a candidate's own sentence gives for it: the last named before it.

    English names it behind as often: there the nearest counts, unless another figure stands between.
    """
    own = [p for p in find_periods(candidate.text) if not p.base]
    if candidate.inside and own:
        return own[0]
    if is_latin(candidate.text):
        figures = find_figures(candidate.text)
        free = [p for p in own if not any(min(p.end, candidate.end) <= f.start and f.end <= max(p.start, candidate.start) for f in figures)]
        opening = own[0] if own and own[0].start < 15 else None  # In 2023 … governs the whole sentence
        return min(free, key=lambda p: max(p.start - candidate.end, candidate.start - p.end), default=opening)
    before = [p for p in own if p.end <= candidate.start]
    if not before:
        return None
    year = before[-1].year or next((p.year for p in reversed(before) if p.year), 0)
    return replace(before[-1], year=year)


def is_latin(text: str) -> bool:
    """Whether a text is written in Latin letters in the main."""
    return len(re.findall(r"[\u3400-\u9fff]", text)) * 4 < len(text)


_SUBPERIOD = ("q1", "q2", "q3", "q4", "h1", "h2")


def _names(text: str, period: Period) -> bool:
    return any(p.part == period.part for p in find_periods(text))


_REPORTED = re.compile(r" ?(?:[电讯電訊](?![力网信])|(?:上午|下午|晚间?|早间?)?[^,，。]{0,4}?(?:发布|公布|披露|通报|表示|说|称|召开|举行))")  # 8月27日电, 27日发布的: when it was told


def carried_period(evidence: Evidence) -> list[Period]:
    """The time that the sentences before this one in its paragraph open with; empty where they name none."""
    for sentence in reversed(evidence.before):
        opening = [p for p in find_periods(sentence) if not p.base and not re.search(r"其中,?$", sentence[: p.start]) and not (sentence.endswith("日", 0, p.end) and _REPORTED.match(sentence, p.end))]
        if opening:
            first = opening[0]
            return [Period(0, 0, first.year or carried_year(evidence) or evidence.year, first.part, False)]
    return []


def carried_year(evidence: Evidence) -> int:
    """The year that a bare 上半年 belongs to: the last one named before it in its paragraph; 0 where none is."""
    for sentence in reversed(evidence.before):
        years = [p.year for p in find_periods(sentence) if p.year and not p.base]
        if years:
            return years[-1]
    return 0


_ON_QUARTER = re.compile(r"\b(?:from|on|over|than) the (?:first|second|third|fourth|previous|prior|preceding)\b(?! year)|(?:quarter|month)[ -]on[ -](?:quarter|month)|from the month before|a (?:month|quarter) (?:earlier|before)")


def _other_basis(question: Question, candidate: Candidate) -> bool:
    figure = candidate.figure
    if not (question.basis and figure and figure.change):
        return False
    clause = candidate.text[max(0, figure.lead - 12) : candidate.end]
    if question.basis == "环比":
        return not re.search(r"环比|比上月|比[上\d一二三四]+(?:月|季度)|较上月|month.on.month|quarter.on.quarter|previous (?:month|quarter)", clause)
    if is_latin(candidate.text):
        behind = re.match(r"[^,.;]*", candidate.text[candidate.end :])
        return behind is not None and _ON_QUARTER.search(behind.group()) is not None
    return bool(re.search(r"环比|比上月|较上月", clause[clause.rfind(",") + 1 :]))


def _other_place(question: Question, candidate: Candidate) -> bool:
    """A place that the question names must be named by the sentence or by what it stands under."""
    evidence = candidate.evidence
    own = _PLACE.findall(evidence.text)
    about = "\n".join((evidence.text, evidence.frame) if own else (evidence.text, *evidence.before, evidence.opener, evidence.frame))
    return any(place not in about for place in _PLACE.findall(question.subject))


def _other_thing(question: Question, candidate: Candidate) -> bool:
    """左线 was asked, and the candidate's own words say 右线."""
    near = candidate.text[max(0, candidate.lead - 1) : candidate.end + 8]
    asked = fold(question.standalone)
    for pair in _EXCLUSIVE:
        for mine, other in (pair, pair[::-1]):
            if mine in asked and other not in asked and other in near and mine not in candidate.text:
                return True
    return False


REACHES = re.compile(r"(?:提高|提升|上升|增加|下降|降低|减少|缩短|扩大|加深|[增升降达])[到至为成]|\bto what\b")
_BY_HOW_MUCH = re.compile(r"比(?:上年|去年|前年|上月|上季度?|同期|20\d\d年)[^,。?？]{0,6}[多少增减高低升降涨跌]|(?:增长|增加|增|下降|减少|降|涨|跌)了?(?:多少|几)|\bby how (?:much|many)\b|\bhow (?:much|many) (?:more|fewer|less)\b")


def _no_change(question: Question, candidate: Candidate) -> bool:
    """How much more there was is asked, and the candidate says how much there is."""
    figure = candidate.figure
    if figure is None or figure.change or figure.kind not in ("count", "money") or question.asks != "figure":
        return False
    asked = fold(question.standalone)
    return _BY_HOW_MUCH.search(asked) is not None and not REACHES.search(asked)


_DONE = re.compile(r"了(?:多少|几)|已经?|至今|迄今|实际|\b(?:so far|already|to date|has been|have been|did|was|were)\b")
_AHEAD = re.compile(r"目标|计划|预计|力争|争取|打算|拟|将|明年|今后|target|plan|expect|forecast|goal|will|aim|due|project|suppos|meant|intend|set to|scheduled")
_PLANNED = re.compile(r"(?:计划|力争|争取|打算|拟|将)(?:今年|再|还要|新增?|建成?|达到?|完成|[^,。;\d]{0,4}){0,2}$")


def _only_planned(question: Question, candidate: Candidate) -> bool:
    """What has been done is asked, and the candidate is what is meant to be: 今年计划再建400个."""
    figure, asked = candidate.figure, fold(question.standalone)
    if figure is None or question.asks != "figure" or not _DONE.search(asked) or _AHEAD.search(asked):
        return False
    return _PLANNED.search(candidate.text[max(figure.lead, candidate.start - 12) : candidate.start]) is not None


_BODY = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,10}?)(?:有限公司|公司|集团|大学|医院|银行)")
_ANY_BODY = re.compile("造船|科技|技术|股份|建设|投资|实业|电力|能源|汽车|电子|医药|保险|证券|我国|中国|全[国省市]|国内|国有|民营|外资|上市|大型|重点|相关|[多各几]家|龙头|[这那该本]家?|商业|中央")


def _other_body(question: Question, candidate: Candidate) -> bool:
    """A firm, school or bank that the question names must be named by the sentence or by what it stands under, at least in short."""
    evidence = candidate.evidence
    about = "\n".join((evidence.text, *evidence.before, evidence.opener, evidence.frame))
    names = [_ANY_BODY.sub("", match["name"]) for match in _BODY.finditer(fold(question.subject))]
    return any(len(name) > 1 and name[:2] not in about for name in names)


_WHICH = re.compile(r"(?:哪家|哪个|哪所|哪座|哪款|哪种|which|what) ?(公司|企业|集团|机构|部门|单位|大学|医院|银行|媒体|工厂|学校|company|university|agency|bank|hospital|firm)")
_KINDS = {
    "公司": "公司|集团|企业|厂|厂商", "企业": "公司|集团|企业|厂", "机构": "机构|局|部|委|院|中心|办|所|会", "部门": "部门|局|部|委|办|厅|署", "单位": "单位|公司|局|部|院|中心", "大学": "大学|学院", "学校": "学校|大学|学院|中学|小学", "工厂": "厂",
    "company": "company|group|inc|ltd|plc|公司|集团|企业|厂|股份", "firm": "firm|company|group|公司|集团|企业|厂", "university": "university|college|大学|学院", "hospital": "hospital|clinic|医院|院",
    "bank": "bank|银行|行", "agency": "agency|office|bureau|department|ministry|administration|机构|局|部|委|院|中心|办|署|社|會|会|處|处",
}  # fmt: skip


def _other_kind(question: Question, candidate: Candidate) -> bool:
    """哪家公司 was asked, and no company is named."""
    asked = _WHICH.search(fold(question.standalone))
    return asked is not None and not re.search(_KINDS.get(asked[1], asked[1]), candidate.text)


def _no_target(question: Question, candidate: Candidate) -> bool:
    """A target was asked, and the sentence gives a result; or a result in so many words, and the sentence gives a target."""
    if question.asks == "figure" and re.search(r"实际|\bactual(?:ly)?\b", fold(question.standalone)):
        return re.search(r"目标|力争|争取|计划|\btarget|\bplan", candidate.text) is not None and not re.search(r"实际|actual|完成|实现了", candidate.text)
    if question.asks != "figure" or not re.search(r"目标|\btarget\b|\bgoal\b", fold(question.standalone)):
        return False
    return not _TARGET_SAID.search(candidate.text) and not any(re.search(r"目标|target", said) for said in candidate.evidence.before[-1:])
