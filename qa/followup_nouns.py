"""The noun of a Chinese follow-up: what it names is put in the place of its like in the question before."""

from __future__ import annotations

import re

from documents.fold import fold
from documents.names import NAME, OFFICE_END, PLACES
from qa.figures import find_figures
from qa.followup_times import NOW, find_time
from qa.terms import find_terms

_NAMES = re.compile(rf"{NAME}(?<![是说讲在的介表提])")
_PLACES = re.compile(rf"{PLACES}|中国|我国|全国")
_SUFFIXED_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}[省市县区州]")
_OFFICE = re.compile(rf"(?:常务副|副|总)?(?:{OFFICE_END})")
_MEASURE = re.compile(r"[\u4e00-\u9fff]{2}[量额率值价]|面积|人数|人次|金额|里程|单产|总产|存栏|出栏|股价|市值|支出|工资|房价|比例|时间|长度|高度")
_ATTRIBUTE = re.compile("外贸|内贸|境外|境内|海外|国内|国外|民营|国有|外资|公办|民办|城镇|农村|新增|累计|男性|女性")
_PART = re.compile(rf".*(?:[级型式]|{_ATTRIBUTE.pattern})")
_OF_MEASURE = re.compile("(?:营业|净|毛|总|人均|年均|月均|日均|平均|主营|业务)+$")  # 人均收入 is one measure
_WHICH = re.compile(r"哪[个些家位座]?(?:省份?|市|县|区|国家?|地区|城市|院校|企业|公司)")
_OPENS = re.compile(r"(?:谁|哪[位个家些]?[\u4e00-\u9fff]{0,3}?)(?:介绍|说|讲|回答|问|提|谈|主持|公布|负责)[了到过]?")
_VERB = re.compile(r"(?:一共|总共)?(?:实现|完成|达到|融入|超过|突破|服务|发展|[\u4e00-\u9fff][^\W建派增降涨花投招收用卖产载运](?=了)|[新扩]建(?=了)|[建派增降涨花投招收用卖产载运](?=了)|[能要需](?=[\u4e00-\u9fff]))")
_COUNTED = re.compile(r"(?:多少|几)[家户辆台件项款座名位场条种个]?(?=[\u4e00-\u9fff]{2})")
_ASKED = re.compile(r"(?:一共|总共|大约|预计|分别)?[是有为达到了]*(?:多少|几|什么|谁|哪|多[大高长久]).*$|[?？]?$")
_UNIT = re.compile(r"(是|有|为)?(?:多少|几)[\u4e00-\u9fff]+(?=[?？]?$)")


def is_measure(text: str) -> bool:
    """Whether a text names a measure and nothing else: 销量, 住房率."""
    start, end = _measure(text)
    return start == 0 < end and end == len(text)


def without_measure(stem: str, time: str) -> str:
    """Whom or what 它 means: the subject without the measure that was asked of it. 工业互联网的核心产业规模 → 工业互联网."""
    owner, _, measured = stem.rpartition("的")
    start, _ = _measure(measured if owner else stem)
    if owner and start >= 0:
        return owner.replace(time, "", 1) if not owner.startswith(time) else owner
    text = (stem[:start] if start > 0 else find_subject(stem)).rstrip("的")
    return text.replace(time, "", 1) if time and not text.startswith(time) else text


def ends_in_measure(topic: str) -> bool:
    """Whether a topic ends with what was counted of it: 汽车销量."""
    return _measure(topic)[1] == len(topic)


def find_subject(previous: str) -> str:
    """A question up to its measure, its verb or its asking word, with its time: 三期码头一共要投多少钱 → 三期码头."""
    asked = _ASKED.search(previous)
    stop = asked.start() if asked else len(previous)
    begin, measure = _begin(previous, stop), _measure(previous[:stop])[0]
    verb = _VERB.search(previous, begin + 1, stop + 1)
    cut = measure if measure > begin else verb.start() if verb else stop
    return previous[:cut].rstrip("的由是")


def exchange_noun(previous: str, core: str, among: bool) -> str:
    """The question before with a noun of the new one in the place of its like."""
    previous = NOW.sub("", previous)
    which = _WHICH.match(previous)
    if which:  # 哪个市粮食产量最高？
        return which.group() + exchange_noun(previous[which.end() :], core, among)
    asked = _ASKED.search(previous)
    stop = asked.start() if asked else len(previous)
    for exchange in (_named, _degree, _figure, _place_of, _measured, _alike, _modified):
        done = exchange(previous, core, stop, among)
        if done:
            return done
    return _subject(previous, core, stop)


def _named(previous: str, core: str, stop: int, _: bool) -> str:
    """A person for the person, a place for the place, an office for the office."""
    like = _PLACES.search(previous)
    if _PLACES.fullmatch(core) or _SUFFIXED_PLACE.fullmatch(core):
        like = like or next((m for m in [_SUFFIXED_PLACE.search(previous, _begin(previous, stop))] if m and m[0][-1] == core[-1]), None)
        start, end = like.span() if like else (_begin(previous, stop),) * 2
        return "" if not like and previous[start - 1 : start] in "省市县区" and start else previous[:start] + core + previous[end:]
    office, own = _last(_OFFICE, previous), _last(_OFFICE, core)
    if office and own and own.end() == len(core):
        return previous[: office.start()] + core + previous[office.end() :]
    name = _NAMES.search(previous)
    if name and _NAMES.fullmatch(core) and re.search("职务|职位|谁|身份|什么人|说|讲|介绍", previous):
        return previous[: name.start()] + core + previous[name.end() :]
    return ""


def _degree(previous: str, core: str, _: int, __: bool) -> str:
    """最低的 for 最高的."""
    bare = core.removesuffix("的")
    return re.sub("最[\u4e00-\u9fff]", bare, previous, count=1) if re.fullmatch("最[\u4e00-\u9fff]", bare) and "最" in previous else ""


def _figure(previous: str, core: str, _: int, __: bool) -> str:
    new, old = find_figures(fold(core)), find_figures(fold(previous))
    if len(new) != 1 or not old or new[0].end - new[0].start != len(core):
        return ""
    digits = re.search(r"\d", previous[old[0].start : old[0].end])
    start = old[0].start + (digits.start() if digits else 0)
    return previous[:start] + core + previous[old[0].end :]


def _place_of(previous: str, core: str, stop: int, _: bool) -> str:
    """在县医院: from 在 up to the word of the same kind."""
    old = re.search(rf"在[^在]*?{re.escape(core[-1])}", previous[:stop]) if core.startswith("在") else None
    return previous[: old.start()] + core + previous[old.end() :] if old else ""


def _measured(previous: str, core: str, stop: int, _: bool) -> str:
    """A measure for the measure; one that brings its own subject replaces both."""
    old = _measure(previous[:stop])
    new = _measure(core)
    if new[0] < 0 or new[1] < len(core):
        return ""
    begin = _begin(previous, stop) if new[0] > 0 or old[0] < 0 else old[0]
    if old[0] < 0 and new[0] == 0:
        begin = stop if not _VERB.search(previous[:stop]) else _begin(previous, stop)
    rest = _UNIT.sub(lambda m: f"{m[1] or '是'}多少", previous[stop:])
    return previous[:begin] + core + (previous[old[1] : stop] if old[1] >= begin else "") + rest


def _alike(previous: str, core: str, stop: int, _: bool) -> str:
    """小学生 for 中学生, 省级的 for 国家级: a word with the same end, from the beginning of its phrase."""
    bare = core.removesuffix("的")
    begin, measure = _begin(previous, stop), _measure(previous[:stop])[0]
    limit = measure if measure >= 0 else stop
    for length in range(len(bare) - 1, 0, -1):
        at = previous.find(bare[-length:], begin, limit)
        whole = length > 1 or at + 1 == limit or bare != core or bare[-1] in "级型式省市县区州期院校"  # 秋粮 is no part of 粮食
        if at >= begin + (length == 1) and whole:
            left = max([begin, *(m.end() for m in re.finditer("[的在和与、]", previous[:at]))])
            return previous[:left] + bare + previous[at + length :]
    return ""


def _modified(previous: str, core: str, stop: int, among: bool) -> str:
    """其中外贸的: the same thing, but only this part of it."""
    bare = core.removesuffix("的")
    if bare == core and not (_PART.fullmatch(core) or (among and len(core) == 1)):
        return ""
    counted = _COUNTED.search(previous)
    if counted:
        return previous[: counted.end()] + bare + "的" + previous[counted.end() :]
    begin = _begin(previous, stop)
    old = _ATTRIBUTE.match(previous, begin) if _ATTRIBUTE.fullmatch(bare) else None
    return previous[:begin] + bare + previous[old.end() if old else begin :]


def _subject(previous: str, core: str, stop: int) -> str:
    """Another thing in the place of the subject, up to its measure, its verb or the asking word."""
    begin, measure = _begin(previous, stop), _measure(previous[:stop])[0]
    opening = _OPENS.match(previous)
    if opening:  # 谁介绍了5G的发展情况？
        end = re.compile("的|[?？]|$").search(previous, opening.end())
        return previous[: opening.end()] + core.removesuffix("的") + previous[end.start() if end else len(previous) :]
    verb = _VERB.search(previous, begin + 1, stop + 1)
    cut = measure if measure > begin else verb.start() if verb else stop
    kept = "是" if cut == stop and previous[stop : stop + 1] == "多" else ""
    return previous[:begin] + core.removesuffix("的") + kept + previous[cut:]


def _measure(text: str) -> tuple[int, int]:
    """Where the last measure of a text stands; -1, -1 without one."""
    folded = fold(text)
    known = [(s, e) for s, e, terms in find_terms(folded) if any(t.measure for t in terms)]
    known = [(_of_measure(text, s), e + (e < len(text) and text[e] in "额量值润")) for s, e in known]
    shaped = [m.span() for m in _MEASURE.finditer(folded) if not any(s < m.end() and m.start() < e for s, e in known)]
    return max([*known, *((_of_measure(text, s), e) for s, e in shaped)], default=(-1, -1))


def _of_measure(text: str, start: int) -> int:
    before = _OF_MEASURE.search(text, 0, start)
    return before.start() if before else start


def _begin(previous: str, stop: int) -> int:
    """Where the subject begins: behind the time."""
    time = find_time(previous)
    at = previous.find(time) + len(time) if time else 0
    return (at + (previous[at : at + 1] in ("，", ",", "的"))) if at <= stop else 0


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(reversed(list(pattern.finditer(text)))), None)
