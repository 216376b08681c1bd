"""What a question compares: two things or more, by which words, each with the open question that gives its figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.fold import fold
from qa.bearing import DOWN, UP
from qa.figures import find_figures
from qa.followup import complete
from qa.periods import find_periods
from qa.terms import find_terms

MOST_SIDES = 4
_MORE = "多大高快猛长贵重强广远早久宽厚好"
_LESS = "少小低慢短便宜轻弱近晚窄薄差"
_ADJECTIVE = rf"(?:便宜|[{_MORE}{_LESS}])"
_WHICH = r"(?:哪(?:一)?(?:[个边方家类种项款座条样者块头年季月]|部分)|谁|何者)"
_SIDES = r"(?P<sides>.+?)"
_END = r"(?:一?[些点])?[呢啊]?(?=[?？。,，!]|$)"
_ASKED = re.compile(rf"{_SIDES}(?:相比(?:较|之下)?|比起来|比较(?:而言)?|比|之间|当中|之中|中|里|这?[两二三四]者)?[,，:：]?\s*(?:是)?{_WHICH}的?(?P<said>[^?？,，]*?)(?:更|最|比较)?(?P<adjective>{_ADJECTIVE}){_END}")
_ASKED_LAST = re.compile(rf"{_SIDES}(?:相比(?:较)?|比起来|比较|比)?[,，]\s*(?P<said>[^?？,，]*?)(?:更|最)(?P<adjective>{_ADJECTIVE})的?(?:一?[些点])?的?是?{_WHICH}")
_EITHER = re.compile(rf"(?P<one>.+?)(?P<said>[^\s,，]得)?(?P<adjective>{_ADJECTIVE})[,，]?(?:还|或)是(?P<other>.+?)(?:[^\s,，]得)?(?P=adjective){_END}")
_JOIN = re.compile(r"\s*(?:以及|还是|和|与|跟|同|及|、|[,，])\s*")
_ENGLISH = re.compile(r"^(?:which|who|what) (?P<said>(?:[a-z-]+ )*?)(?P<adjective>more|larger|higher|bigger|faster|greater|smaller|lower|less|fewer|slower|longer|shorter|cheaper|most|highest|largest|fastest|lowest|smallest)(?P<noun>(?: [a-z-]+)*)\s*[,:-]+\s*(?P<sides>.+?)\?*$")
_ASKS_SO = r"了?(?:一?[些点]|得多|很多)?了?[吗么嘛吧]?(?:[,，](?:对吗|是吗|对吧|是不是))?[?？。]*$"
_THAN = re.compile(rf"^(?P<one>.+?)(?:是不是|是否|真的)?(?<![对占相同环])比(?![例重率分])(?P<other>[^,，]+?)(?P<said>[涨增长降跌卖]得|增速|增幅)?(?:更|还|要)*(?P<adjective>{_ADJECTIVE}){_ASKS_SO}")
_EXCEEDS = re.compile(rf"^(?P<one>.+?)(?:是不是|是否|已经?|真的)*(?P<adjective>超过|高于|多于|大于|低于|少于|小于|不及)了?(?P<other>[^,，]+?){_ASKS_SO}")
_THAN_ENGLISH = re.compile(r"^(?:is|are|was|were|did|does|do|has|have) (?P<one>.+?) (?P<said>(?:grow|grown|rise|risen|increase|fall|fallen|drop|decline)s? )?(?P<adjective>more|larger|higher|bigger|faster|greater|smaller|lower|less|fewer|slower|longer|shorter|cheaper) than (?P<other>[^?]+?)\??$")
_BEATS_ENGLISH = re.compile(r"^(?:did|does|do|has|have) (?P<one>.+?) (?P<adjective>beat(?:en)?|exceed(?:ed)?|surpass(?:ed)?|top(?:ped)?|outstrip(?:ped)?) (?P<other>[^?]+?)\??$")
_NO_SIDE = re.compile(r"^(?:上次|以[往前]|往年|过去|之前|此前|历史|同期|预期|预计|目标|原定|计划)|(?:目标|预期|同期|水平|底|计划)$|\b(?:target|goal|expected|expectations?|before|ever|forecast|usual|a year earlier)\b")
_LESS_ENGLISH = re.compile(r"small|low|less|few|slow|short|cheap")
_GROWS = re.compile(rf"{UP}|{DOWN}|长得|增得|[升增降减]得|增速|增幅|涨幅|降幅|跌幅|增长率|升幅|faster|slower|快|慢")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its name in the question's own words, and the open question that gives its figure."""

    name: str
    asked: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a question compares: its sides, by which words, and whether the smaller one is asked for."""

    sides: tuple[Side, ...]
    said: str  # what stands between a side's name and 更: 住房率, 涨得; of English, what follows the name
    adjective: str
    least: bool


def split_comparison(text: str) -> Comparison | None:
    """汽车产量和销量哪个多？ → the two questions that it holds; None where it names no two sides."""
    folded = fold(text)
    english = _ENGLISH.match(folded)
    if english:
        return _english(text, english)
    match = _EITHER.search(folded) or _ASKED.search(folded) or _ASKED_LAST.search(folded)
    if not match:
        return None
    said, adjective = (text[slice(*match.span(part))] if match[part] else "" for part in ("said", "adjective"))
    either = match.re is _EITHER
    names = [text[slice(*match.span(n))] for n in ("one", "other")] if either else _names(text[slice(*match.span("sides"))])
    return _compare(names, said, adjective) if 2 <= len(names) <= MOST_SIDES else None


def split_than(text: str) -> Comparison | None:
    """汽车销量比产量多吗？ Did exports grow faster than imports? → the two sides, the one said to have more first.

    None where it is compared with an earlier time, a target or a figure: the document says that of the thing itself.
    """
    folded = fold(text)
    match = _THAN.match(folded) or _EXCEEDS.match(folded) or _THAN_ENGLISH.match(folded) or _BEATS_ENGLISH.match(folded)
    if not match or find_figures(match["other"]) or find_periods(match["other"]) or _NO_SIDE.search(match["other"]):
        return None
    groups = match.groupdict()
    one, other, adjective = (text[slice(*match.span(part))] for part in ("one", "other", "adjective"))
    if match.re in (_THAN, _EXCEEDS):
        less = adjective in ("低于", "少于", "不及", "小于")
        return _compare([one, other], groups.get("said") or "", ("少" if less else "多") if match.re is _EXCEEDS else adjective)
    return _compare_english([one, other], groups.get("said") or "", adjective, "")


def _compare(names: list[str], said: str, adjective: str) -> Comparison:
    wholes = _whole(names)
    ask = _open(said, adjective)
    asked = [wholes[0] + ask, *(_complete(name, wholes[0], ask) for name in wholes[1:])]
    sides = tuple(Side(name.removesuffix("的"), single) for name, single in zip(names, asked, strict=True))
    return Comparison(sides, said.removeprefix("的"), adjective, adjective in _LESS or adjective == "便宜")


def _whole(names: list[str]) -> list[str]:
    """What the sides leave to each other: 2022年和2023年游客 → 2022年游客, 5G融入的大类和互联网融入的 → 互联网融入的大类."""
    periods = [next((p for p in find_periods(fold(name)) if p.start == 0), None) for name in names]
    if all(periods) and all(p and p.end == len(n) for p, n in zip(periods[:-1], names[:-1], strict=True)):
        shared = names[-1][periods[-1].end :] if periods[-1] else ""
        return [*(name + shared for name in names[:-1]), names[-1]]
    head = names[0].rpartition("的")[2]
    return [name + head if name.endswith("的") else name for name in names]


def _names(text: str) -> list[str]:
    return [re.sub(r"^(?:请问|是)|(?:相比|比较|比起来|合?起来比|比|之间)$", "", part).strip(" ,，、") for part in _JOIN.split(text) if part.strip()]


def _open(said: str, adjective: str) -> str:
    """What is asked of a side: 涨得快 → 增长多少, 住房率高 → 住房率是多少, 运的人多 → 运的人有多少."""
    measure = said.rstrip("得的是要")
    measure = re.sub(r"(?:下降|减少|降|减|跌|缩)幅?$", "涨", measure)  # either way it may have gone
    if _GROWS.search(fold(said)) or adjective in "快猛慢":
        kept = re.sub(r"(?:同比|环比)?(?:增长率?|增速|增幅|涨幅|升幅|增长速度|速度|增|涨|长|升)+$", "", measure)
        return f"{kept}增长多少？"
    verb = "" if said.endswith("得") else "有" if adjective in "多少" else "是"
    return f"{measure}{verb}多少？"


def _complete(name: str, first: str, ask: str) -> str:
    """销量 beside 汽车产量 is 汽车销量, 玉米 beside 小麦产量 is 玉米产量; a side with both stands by itself."""
    own, others = _measures(name), _measures(first)
    if own and own[0] == (0, len(name)):
        return complete(f"{name}呢？", [first + ask])
    tail = others[-1] if others and others[-1][1] == len(first) and ask[0] in "是有多" else None
    return name + first[slice(*tail)] + ask if tail and not own and name[-1] not in "量额率值" else name + ask


def _measures(name: str) -> list[tuple[int, int]]:
    """Where the words stand that name a measure; one after another count as one."""
    found: list[tuple[int, int]] = []
    for start, end, terms in find_terms(fold(name)):
        if any(term.measure for term in terms):
            end += name[end : end + 1] in ("量", "额", "值")
            found = [*found[:-1], (found[-1][0], end)] if found and found[-1][1] == start else [*found, (start, end)]
    return found


def _english(text: str, match: re.Match[str]) -> Comparison | None:
    names = [n.strip(" ,") for n in re.split(r",\s*(?:or\s+)?|\s+or\s+", text[slice(*match.span("sides"))].rstrip("?")) if n.strip(" ,")]
    if not 2 <= len(names) <= MOST_SIDES:
        return None
    return _compare_english(names, match["said"].strip(), match["adjective"], match["noun"].strip())


def _compare_english(names: list[str], verb: str, adjective: str, noun: str) -> Comparison:
    if _GROWS.search(verb) or adjective in ("faster", "fastest", "slower"):
        asked = [f"How much did {n} {'fall' if re.search(DOWN, verb) else 'grow'}?" for n in names]
    elif noun:
        asked = [f"How many {noun} {verb} {n}?" if verb in ("are", "is", "were", "was") else f"How many {noun} {n} {verb}?" for n in names]
    else:
        asked = [f"How much was {n}?" for n in names]
    words = f"{verb} {adjective}{' ' + noun if noun else ''}"
    return Comparison(tuple(Side(n, a) for n, a in zip(names, asked, strict=True)), "", words.strip(), bool(_LESS_ENGLISH.search(adjective)))
