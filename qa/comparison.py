"""Which is more: each side of a comparison as a question of its own, and the side that has more of it named first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from documents.fold import fold
from qa.answers import Finding, answer_with, cite
from qa.extract import Sources, answer_span, choose, short_form
from qa.followup import complete
from qa.phrases import EQUAL
from qa.periods import find_periods
from qa.premise import DOWN, UP, span_direction
from qa.question import parse_question
from qa.reader import Span
from qa.terms import find_terms
from qa.types import Answer, Question, Refusal

CONSIDERED = 5  # spans of each side
MOST_SIDES = 4
TOGETHER = 0.1  # what it is worth that the sides stand in one document, one paragraph, one sentence: each
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


def answer_comparison(question: Question, sources: Sources) -> Answer:
    """All figures, all cited, the side asked for first; refused where a side is missing or the units differ."""
    compared = split_comparison(question.standalone)
    if not compared:  # 三市里哪个最高 names no sides: the document may say so itself
        return answer_span(replace(question, asks="thing"), sources)
    asked = [replace(parse_question(side.asked), asks="figure", language=question.language, parts=()) for side in compared.sides]
    choices: list[list[Span]] = []
    for single in asked:
        reading = sources.read(single)
        best, reason = choose(single, reading, sources)
        if best is None:
            return sources.refuse(question, reason, 1 - reading.no_answer)
        choices.append([s for s in reading.spans if s.figure and not s.against and s.score >= reading.enough][:CONSIDERED])
    chosen = _alike(choices)
    if not chosen:
        return sources.refuse(question, "absent", 0.5)
    return _say(question, compared, asked, chosen)


def _alike(choices: list[list[Span]]) -> tuple[Span, ...]:
    """A span for each side, all of one unit and one kind and none twice, that together score best; empty where there are none."""
    def fits(spans: tuple[Span, ...]) -> bool:
        kinds = {(s.figure.unit, s.figure.change) for s in spans if s.figure}
        places = {(s.evidence.document.id, s.start) for s in spans}
        return len(kinds) == 1 and len(places) == len(spans)

    def near(spans: tuple[Span, ...]) -> int:
        """One document, one paragraph, one sentence: what is compared is given together."""
        where = [{(s.evidence.document.id, *at) for s, at in zip(spans, places, strict=True)} for places in (
            [()] * len(spans), [(s.evidence.sentence.paragraph,) for s in spans], [(s.evidence.sentence.start,) for s in spans])]
        return sum(len(same) == 1 for same in where)

    return max(filter(fits, product(*choices)), key=lambda spans: sum(s.score for s in spans) + TOGETHER * near(spans), default=())


def _say(question: Question, compared: Comparison, asked: list[Question], chosen: tuple[Span, ...]) -> Answer:
    """The sides in the order asked for, the first with the question's own words for it: 旅館住房率更高：83.5%；民宿：71.2%."""
    fall = bool(re.search(DOWN, fold(compared.said)))
    rows = sorted(zip(compared.sides, asked, chosen, strict=True), key=lambda row: _amount(row[2], fall), reverse=not compared.least)
    equal = _amount(rows[0][2], False) == _amount(rows[1][2], False)
    chinese = question.language == "zh"
    findings = []
    for n, (side, single, span) in enumerate(rows):
        first = n == 0 and not equal
        degree = "最" if len(rows) > 2 else "更"
        words = f"{compared.said}{degree}{compared.adjective}" if chinese else f" {compared.said}{compared.adjective}".rstrip()
        name = f"{side.name}{words}" if first else side.name
        figure = short_form(replace(single, standalone=""), span)
        findings.append(Finding(f"{name}{'：' if chinese else ': '}{figure}", (cite(span.evidence.document, span.evidence.sentence),)))
    note = EQUAL[question.language] if equal else ""
    return answer_with(question, findings, min(s.score for s in chosen), joiner="；" if chinese else "; ", note=note)


def _amount(span: Span, fall: bool) -> Decimal:
    """What is compared: what fell counts below nought, and above it where it is asked what fell more."""
    assert span.figure is not None
    way = span_direction(span) if span.figure.change else 0
    signed = -span.figure.value if way < 0 else span.figure.value
    return -signed if fall else signed


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
    if not 2 <= len(names) <= MOST_SIDES:
        return None
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
    if re.search(r"降|减|跌|下滑|缩", measure):
        return f"{re.sub('(?:降|减|跌)幅?$', '下降', measure)}多少？"
    if _GROWS.search(fold(said)) or adjective in "快猛慢":
        kept = re.sub(rf"(?:同比|环比)?(?:增长率?|增速|增幅|涨幅|升幅|增长速度|速度|增|涨|长|升)+$", "", measure)
        return f"{kept}增长多少？"
    verb = "" if said.endswith("得") else "有" if adjective in "多少" else "是"
    return f"{measure}{verb}多少？"


def _complete(name: str, first: str, ask: str) -> str:
    """销量 beside 汽车产量 is 汽车销量; a side that names its own subject stands by itself."""
    terms = find_terms(fold(name))
    bare = bool(terms) and terms[0][0] == 0 and terms[-1][1] == len(name) and all(t.measure for _, _, group in terms for t in group)
    return complete(f"{name}呢？", [first + ask]) if bare else name + ask


def _english(text: str, match: re.Match[str]) -> Comparison | None:
    names = [n.strip(" ,") for n in re.split(r",\s*(?:or\s+)?|\s+or\s+", text[slice(*match.span("sides"))].rstrip("?")) if n.strip(" ,")]
    if not 2 <= len(names) <= MOST_SIDES:
        return None
    verb, adjective, noun = match["said"].strip(), match["adjective"], match["noun"].strip()
    if _GROWS.search(verb + adjective):
        asked = [f"How much did {n} {'fall' if re.search(DOWN, verb) else 'grow'}?" for n in names]
    elif noun:
        asked = [f"How many {noun} {verb} {n}?" if verb in ("are", "is", "were", "was") else f"How many {noun} {n} {verb}?" for n in names]
    else:
        asked = [f"How much was {n}?" for n in names]
    words = f"{verb} {adjective}{' ' + noun if noun else ''}"
    return Comparison(tuple(Side(n, a) for n, a in zip(names, asked, strict=True)), "", words.strip(), bool(_LESS_ENGLISH.search(adjective)))
