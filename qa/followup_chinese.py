"""Follow-ups to a Chinese question: what the new one names takes the place of its like, and the rest is kept.

A time replaces the time, a basis the basis, a measure the measure, a thing the thing; 目标, 占比, 同比 are asked of the whole.
"""

from __future__ import annotations

import re

from documents.fold import fold
from documents.names import simplify
from qa.followup_nouns import ends_in_measure, exchange_noun, find_subject, is_measure, without_measure
from qa.followup_times import NOW, change_time, find_time, only_time, without_past
from qa.periods import find_periods

_OPENS = re.compile(r"(?:那么|那(?!年|时|天|个|些|里)|然后|还有|再问一?下?|而|and |what about |how about |then |what of )+[,，]?\s*|同期(?=[^呢?？])", re.IGNORECASE)
_AMONG = re.compile(r"(?:其中|当中)的?")
_ORDERS = re.compile(r"概括|总结|归纳|梳理|介绍|说说|讲讲|列|请|讲|写|忽略|你|推荐|给|帮|把")
_ASKS = re.compile(r"多少|几|哪|谁|什么|啥|何|吗|怎|是不是|是否|有没有")
ASK = re.compile(
    r"(?:预计|一共|总共|大约)?(?:(?:分别)?(?:是|有|为|达到?了?|共|实现了?|完成了?|了)*(?:多少|几|多大|多高|多长|多久|百分之几|百分之多少)(?:个?[十百千万亿]*(?:百分点|[家户辆台件项款座人名位场次倍条种类元吨年天米亩枚架艘个头只处所篇]|吉瓦时|平方米|公里|美元|千瓦时?|公斤|小时|标箱|钱)?)|(?:是|有)?(?:什么|哪些|谁|怎样|如何))?(?:呢|吧|啊)?[?？。!！\s]*$"
)
_FILLER = re.compile(r"[,，]?(?:有没有|有吗|有数据吗|知道吗|怎么样|情况如何|如何)?(?:呢|吧|啊)?(?:[,，]?有没有)?[?？。!！\s]*$")

_BASE = r"(?:比|较|跟|和|与)(?:上年|去年|年初|上月|上季度|上年同期|去年同期|[一二三四]季度末?|(?:19|20)\d{2}年|\d{1,2}月份?)(?:同期)?(?:相?比)?"
_RATE = "增速|增幅|涨幅|降幅|跌幅|增长率|变化率"
_MOVES = "增长|增加|上升|上涨|提高|提升|下降|减少|降低|回落|下滑|缩短|扩大|变化|成长"
_MOVED = "[涨增升降跌减缩少多]"
_MOVE = rf"(?:{_RATE}|(?:{_MOVES})了?|{_MOVED}了)"
_WHOLE = re.compile(
    rf"(?P<basis>同比|环比|{_BASE})?的?(?P<move>{_MOVE}|{_MOVED})?|(?P<of>(?:年度|全年)?目标值?|计划|预期|预算|占比|比重|份额|市场份额|(?:全国|全球|世界)?排名|位次)|(?P<verb>占.{{0,6}}|(?:全国|全球|世界)?(?:排(?:在|名)?第?|位居第?|居第?))"
)
_CHANGE = re.compile(rf"(?:预计)?(?P<basis>同比|环比|{_BASE})?(?P<move>{_MOVE}|{_MOVED}?(?<=比.))?$|(?:同比|环比|{_BASE})$")
_REFERS = re.compile(r"(?:它们?|他们?|她们?|其(?=[\u4e00-\u9fff])(?!中|他|它|实|余)|这个(?:数字|数据)?|该(?:省|市|县|区|校|院|港|公司|企业|集团)|此(?=[项事])|这(?=[\u4e00-\u9fff]?(?:句|话|项|些)))的?")
_WHY = re.compile(r"(?:原因|(?:是)?(?:为什么|为何|为啥|什么原因|怎么回事))(?:呢|是什么|是啥)?")
_LIGHT = re.compile("[又还再会能要将应想]*(?:打算|准备|计划|预计)+[花用投卖买出挣赚]?|[又还再会能要将应]+[花用投卖买出挣赚]")  # 今年打算花多少？ names nothing but the time
_INSISTS = ("具体", "到底", "究竟", "大概", "一共", "总共")
_BARE_ASK = re.compile(r"(?:是|在)?(?:为什么|为何|为啥|怎么|什么时候|何时|哪一?年|几月份?|在?哪里?|哪儿)[\u4e00-\u9fff]{0,4}|(?:现在|目前|已经?)?[\u4e00-\u9fff]{1,2}了(?:多少|几).{0,3}")


def lean(text: str, previous: str) -> str:
    """A question completed from the complete Chinese one before it; the text itself where it needs nothing."""
    opened = _OPENS.match(text)
    asked = text[opened.end() :] if opened else text
    among = _AMONG.match(asked)
    plain = _FILLER.sub("", asked[among.end() :] if among else asked)
    plain = re.sub(r"^(?:in|for) ((?:19|20)\d{2})$", r"\1年", plain)
    if not plain.strip(" ,，的"):
        return previous
    if only_time(plain):
        return change_time(previous, plain)
    core = ASK.sub("", plain.removesuffix("吗"))
    ask = plain[len(core) :]
    moved = re.fullmatch(rf"(?P<noun>.{{2,10}}?)的?(?P<whole>{_RATE}|同比|环比|占比|比重)", core)
    if moved and is_measure(moved["noun"]):  # 销量的增速呢？
        return lean(f"{moved['whole']}{ask}呢？", exchange_noun(previous, moved["noun"], bool(among)))
    if core in _INSISTS:
        return previous
    named = find_periods(fold(core))
    if ask and named and named[0].start == 0 and _LIGHT.fullmatch(core[named[0].end :]):
        return change_time(previous, core[: named[0].end])
    return (
        _of_the_whole(core, ask, previous)
        or _why(plain, previous)
        or _pronoun(asked, previous)
        or _own_question(asked, core, ask, bool(opened), previous)
        or exchange_noun(previous, core, bool(among))
    )


def _of_the_whole(core: str, ask: str, previous: str) -> str:
    """同比呢？ 目标是多少？ 今年的目标呢？ 比三季度末呢？: a new measure of all that was asked about, or ""."""
    named = find_periods(fold(core))
    if named and named[0].start == 0 and not named[0].base:
        previous, core = change_time(previous, core[: named[0].end].rstrip("的")), core[named[0].end :].lstrip("的")
    new = _WHOLE.fullmatch(simplify(core))
    if not core or not new:
        return ""
    stem = stem_of(previous)
    if new["verb"]:
        return f"{stem}{core}{ask}？"
    if new["of"]:
        stem = without_past(stem) if "目标" in simplify(core) else stem
        return f"{stem.removesuffix(core)}{core}是多少？"
    old = _CHANGE.search(_topic(previous))
    move = new["move"] or (old["move"] if old else "") or "增长"
    counted = ask if ask else "是多少" if re.fullmatch(_RATE, move) else "多少"
    basis = re.sub("^[较跟和与比](.*?)(?:相?比)?$", r"比\1", new["basis"] or "")  # 和2022年比 → 比2022年
    return f"{stem}{basis}{move}{counted}？"


def _why(plain: str, previous: str) -> str:
    """为什么？ asks why what was asked about moved."""
    if not _WHY.fullmatch(plain):
        return ""
    change = _CHANGE.search(_topic(previous))
    moved = change.group() if change and change["move"] and not re.search(_RATE, change.group()) else ""
    return f"{stem_of(previous)}为什么{moved.removesuffix('了')}？" if moved else f"{_topic(previous)}的原因是什么？"


def _pronoun(asked: str, previous: str) -> str:
    """它融入了多少个大类？: 它 is the subject of the question before."""
    refers = _REFERS.search(asked)
    if not refers:
        return ""
    rest = asked[: refers.start()] + asked[refers.end() :]
    measure = ASK.sub("", rest)
    if _WHOLE.fullmatch(measure):
        return lean(rest, previous)
    time = find_time(previous) if not find_periods(fold(asked)) else ""
    whole = f"{asked[: refers.start()]}{without_measure(stem_of(previous), time)}{asked[refers.end() :]}"
    if not _ASKS.search(whole):
        whole = f"{ASK.sub('', whole)}是多少？"
    return whole if whole.startswith(time) else time + whole


def _own_question(asked: str, core: str, ask: str, opened: bool, previous: str) -> str:
    """A question with an asking word of its own: complete, or all but its subject; "" where it is none."""
    if _ORDERS.match(asked) or len(core) > 12:
        return asked
    if not _ASKS.search(asked):
        return ""
    own = ask and is_measure(core) and not core.endswith("率")
    if own or (opened and is_measure(core)):
        return exchange_noun(previous, core, False)
    if _BARE_ASK.fullmatch(re.sub("[?？]", "", asked)) or (ask and not core):
        subject = find_subject(previous) if core else stem_of(previous)
        return subject + asked
    if re.match("目标|占比|排名", asked):
        return without_past(stem_of(previous)) + asked
    time = find_time(previous) if opened and not find_periods(fold(asked)) else ""
    return time + asked


def who_said(previous: str) -> str:
    """谁说的？ keeps all that was asked: 2023年汽车销量是谁说的？"""
    topic = NOW.sub("", _topic(previous))
    return f"{topic}是谁说的？" if ends_in_measure(topic) else f"谁说了{NOW.sub('', previous.rstrip('?？。 '))}？"


def stem_of(previous: str) -> str:
    """What a question was about, without how it moved and without 目标: 汽车产量同比增长多少？ → 汽车产量."""
    text = re.sub("(?:实现|完成|达到?)$", "", NOW.sub("", _topic(previous)))
    return re.sub(r"(?:的)?(?:目标|排名|占比(?=目标))$", "", _CHANGE.sub("", text)).rstrip("的是有了 ,，") or text


def _topic(previous: str) -> str:
    """A question without its asking words: 2023年汽车销量是多少？ → 2023年汽车销量."""
    last = ASK.search(previous)
    tail = None if last and re.search("多少|几", last[0]) else re.search(r"(?:了|是|有|为|达到?|共)*(?:多少|几)(?:个?[十百千万亿]*)(?:[家户辆台件项款座名位场倍条种类元吨个](?![\u4e00-\u9fff]?人))?(?=[\u4e00-\u9fff]{2,}[?？]?$)", previous)
    text = previous[: tail.start()] + previous[tail.end() :].rstrip("?？ ") if tail else ASK.sub("", previous)
    return re.sub(r"(?:预计|分别|一共|总共|大约)?(?:有|是|为|达到?)?$", "", text).strip("，, ")
