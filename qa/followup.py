"""Follow-ups: 那销量呢？ made complete from the questions before it. The complete form is shown to whoever asked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.fold import fold
from documents.names import NAME, PLACES
from qa.periods import Period, find_periods
from qa.terms import find_terms

_OPENS = re.compile(r"^(?:那么?|那|然后|还有|再问|其中的?|同期|而|and |but |what about |how about |then |what of )+[,，]?\s*", re.IGNORECASE)
_ENDS = re.compile(r"(?:呢|吧|怎么样|如何|多少|是多少|又是多少|又如何)*[?？。!！\s]*$")
_REFERS = re.compile(r"它们?|其(?=[\u4e00-\u9fff])(?!中|他|它|实|余)|这个(?:数字|数据)?|该(?=[\u4e00-\u9fff])|此(?=[项事])|这(?=[\u4e00-\u9fff]?(?:句|话|项|个|些))|\b(?:it|its|they|their|that|this|he|she|his|her)\b", re.IGNORECASE)
_WHO_SAID = re.compile(r"^(?:那|这|这话|那话|这个(?:数字|数据|说法)?|以上|上面)*(?:是|都?是)?由?谁(?:说|讲|介绍|提|透露|表示|宣布|公布|回答)(?:到|出来)?的?[?？。]*$|^who (?:said|stated|told|announced|reported|gave) (?:that|this|it|so)\??$|^according to whom\??$", re.IGNORECASE)
_BASIS = re.compile(r"^(?:的)?(?:同比|环比|增速|增幅|增长率|涨幅|降幅)(?:增长|增速|增幅|变化|下降)?(?:率|了)?$|^(?:year-on-year|month-on-month|growth)(?: growth| change)?$")
_NAMES = re.compile(NAME)
_PLACES = re.compile(rf"{PLACES}|中国|我国|全国")
_COMPLETE = re.compile(r"[\u4e00-\u9fff]{2,}.*(?:多少|哪|谁|什么|何|几|吗|怎)|\b(?:how|what|who|when|where|which|why|is|are|did|does)\b.+\b\w+\b.+\w", re.IGNORECASE)
_ASK_TAIL = re.compile(r"(?:预计|一共|总共|大约)?(?:(?:分别)?(?:是|有|为|达到?了?|共|增长了?|下降了?|增加了?|实现了?|完成了?|了)*(?:多少|几|多大|多高|百分之几|百分之多少)(?:个?[十百千万亿]*(?:百分点|[家户辆台件项款座人名位场次倍条种类元吨年天米亩枚架艘个]|吉瓦时|人次|平方米|公里|美元)?)|(?:是|有)?(?:什么|哪些|谁|怎样|如何)|呢)?[?？。\s]*$")


def complete(text: str, history: Sequence[str]) -> str:
    """The question in a form that needs no history; the text itself where nothing is missing.

    `history` holds the earlier questions, oldest first, as they were typed.
    """
    standalone = ""
    for earlier in history:
        if not _WHO_SAID.match(earlier.strip()):  # 谁说的？ asks about the topic and doesn't become it
            standalone = _lean(earlier.strip(), standalone) if standalone else earlier.strip()
    return _lean(text.strip(), standalone) if standalone else text.strip()


def _lean(text: str, previous: str) -> str:
    """One question completed from the complete one before it."""
    if _WHO_SAID.match(text):
        return _who_said(previous)
    core = _ENDS.sub("", _OPENS.sub("", text)).strip(" ,，?？")
    opened = bool(_OPENS.match(text))
    short = len(core) <= (10 if re.search(r"[\u3400-\u9fff]", core) else 40)
    asked_of = fold(core)
    if not core:
        return previous
    periods = [p for p in find_periods(asked_of) if not p.base]
    if periods and not asked_of.replace(asked_of[periods[0].start : periods[0].end], "").strip(" 的"):
        return _change_period(previous, core, periods[0])
    if _BASIS.match(asked_of):
        return _change_basis(previous, core)
    if _REFERS.search(text) and not opened:
        return _REFERS.sub(lambda _: _thing(previous), text, count=1)
    bare = short and not _COMPLETE.search(text)
    if bare or (opened and short):
        return _change_subject(previous, core)
    if opened or _leans_on_topic(text):
        return _with_period(text if not opened else _OPENS.sub("", text), previous)
    return text


def _leans_on_topic(text: str) -> bool:
    return text.startswith(("增长", "同比", "环比", "下降", "占", "其", "有多少", "是多少", "涨", "比上", "比去", "比前", "比2", "较"))


def _who_said(previous: str) -> str:
    topic = _ASK_TAIL.sub("", previous).strip("，, ")
    topic = re.sub(r"^(?:what|how (?:many|much)|when|where|why) (?:was|were|is|are|did|does|do)? ?", "", topic.rstrip("? "), flags=re.IGNORECASE)
    return f"{topic}是谁说的？" if re.search(r"[\u3400-\u9fff]", previous) else f"Who said {topic}?"


def _change_period(previous: str, core: str, period: Period) -> str:
    named = [p for p in find_periods(fold(previous)) if not p.base]
    if not named:
        return f"{core}{previous}" if re.search(r"[\u3400-\u9fff]", previous) else f"{previous.rstrip('?')} in {core}?"
    old = named[0]
    kept = previous[old.start : old.start + 5] if old.year and not period.year else ""
    return previous[: old.start] + kept + core + previous[old.end :]


def _change_basis(previous: str, core: str) -> str:
    """同比呢？ after a question about a level asks for its growth on that basis."""
    topic = re.sub(r"(?:同比|环比|比上年|比上月)?(?:增长|增速|增幅|下降)*(?:了)?$", "", _topic(previous)).rstrip("的是有了 ,，")
    if re.search(r"[\u3400-\u9fff]", previous):
        grows = core + "增长" if core in ("同比", "环比") else core.rstrip("了")
        return f"{topic}{grows}{'多少' if re.search('增长$|下降$', grows) else '是多少'}？"
    return f"What was the {core} of {_english_topic(previous)}?"


def _change_subject(previous: str, core: str) -> str:
    """Exchange what the new question names for its like in the old one: a measure for the measure, a thing for the thing."""
    folded = fold(previous)
    known = [(s, e, terms) for s, e, terms in find_terms(folded)]
    measures = [(s, e) for s, e, terms in known if any(t.measure for t in terms)]
    new = find_terms(fold(core))
    is_measure = bool(new) and any(t.measure for _, e, ts in new for t in ts if e >= len(core) - 1)
    if re.search(r"[\u3400-\u9fff]", previous):
        return _exchange_chinese(previous, core, is_measure, measures)
    if is_measure and measures:
        start, end = measures[-1]
        return previous[:start] + core + previous[end:]
    topic = _english_topic(previous)
    return previous.replace(topic, core, 1) if topic else core


def _exchange_chinese(previous: str, core: str, is_measure: bool, measures: list[tuple[int, int]]) -> str:
    for kind in (_PLACES, _NAMES):
        like = kind.search(previous)
        person = kind is _PLACES or re.search("职务|职位|谁|身份|什么人|说|讲|介绍", previous)
        if kind.fullmatch(core) and like and person:
            return previous[: like.start()] + core + previous[like.end() :]
    tail = _ASK_TAIL.search(previous)
    stop = tail.start() if tail else len(previous)
    start = max([0, *(p.end for p in find_periods(fold(previous)) if p.end <= stop)])
    if start < stop and previous[start] in "，,的":
        start += 1
    within = [(s, e) for s, e in measures if start <= s and e <= stop]
    if is_measure and within:
        left, right = within[-1]
        right += previous[right : right + 1] == core[-1] and core[-1] in "额量值"
        whole = not any(t.measure for t in find_terms(fold(core))[0][2])  # 新能源汽车出口 brings a subject of its own
        return previous[:start] + core + previous[right:] if whole else previous[:left] + core + previous[right:]
    if within:
        right = within[-1][0]
        return previous[:start] + core + previous[right:] if right > start else previous[:start] + core + previous[stop:]
    verb = re.search(r"(?:实现|完成|达到|融入|超过|突破|服务|的)", previous[start:stop])
    cut = start + verb.start() if verb and verb.start() > 0 else stop
    return previous[:start] + core + previous[cut:]


def _with_period(text: str, previous: str) -> str:
    """A question that goes on with the topic, complete but for its time and its subject."""
    topic = _topic(previous)
    if _leans_on_topic(text):
        return topic + text
    if not find_periods(fold(text)):
        named = [p for p in find_periods(fold(previous)) if not p.base]
        return previous[named[0].start : named[0].end] + text if named and named[0].year and re.search(r"[\u3400-\u9fff]", text) else text
    return text


def _thing(previous: str) -> str:
    """Whom or what 它 means: the topic without the measure that was asked of it. 工业互联网的核心产业规模 → 工业互联网."""
    topic = _topic(previous)
    owner, _, measured = topic.rpartition("的")
    return owner if owner and any(t.measure for _, _, terms in find_terms(fold(measured)) for t in terms) else topic


def _topic(previous: str) -> str:
    """What a question was about: 2023年汽车销量是多少？ → 2023年汽车销量."""
    if not re.search(r"[\u3400-\u9fff]", previous):
        return _english_topic(previous)
    tail = re.search(r"(?:了|是|有|为|达到?|共)*(?:多少|几)(?:个?[十百千万亿]*)(?:[家户辆台件项款座人名位场次倍条种类元吨个](?![\u4e00-\u9fff]?人))?(?=[\u4e00-\u9fff]{2,}[?？]?$)", previous)
    text = previous[: tail.start()] + previous[tail.end() :].rstrip("?？ ") if tail else _ASK_TAIL.sub("", previous)
    return re.sub(r"(?:预计|分别|一共|总共|大约)?(?:有|是|为|达到?|了)?$", "", text).strip("，, ")


def _english_topic(previous: str) -> str:
    text = re.sub(r"^(?:by )?(?:how (?:many|much|large|big)|what|who|when|where|why|which) ?(?:was|were|is|are|did|does|do|had|has|have)? ?(?:the )?", "", previous.rstrip("? "), flags=re.IGNORECASE)
    return re.sub(r"\s*(?:in|by|at|during) (?:the )?(?:end of )?(?:19|20)\d{2}.*$|\s*(?:grow|rise|fall|increase|drop|reach|did china .*)$", "", text)
