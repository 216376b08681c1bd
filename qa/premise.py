"""What a question puts forward: its figures and directions, the open question that each answers, and whether a figure bears it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from documents.fold import fold
from qa.alignment import look_around, score_candidate
from qa.bearing import (
    DOWN,
    UP,
    Bound,
    bound_of,
    compare,
    direction_behind,
    direction_of,
    same_measure,
    span_direction,
    value_of,
)
from qa.candidates import Candidate
from qa.contrast import asks_for_any
from qa.extract import Sources, short_form
from qa.figures import Figure, find_figures
from qa.parallel import own_text
from qa.periods import find_periods
from qa.question import parse_question
from qa.reader import Reading, Span
from qa.types import Question
from qa.units import Unit

_CONFIRM = re.compile(
    r"[,，]?\s*(?:(?:是不是|对不对)(?:这样|这么回事|真的)?|(?:我)?没(?:有)?(?:记|说|看|搞)?错|这?(?:说法)?(?:是|对|属实|是真的|真的)(?:这样|这么回事|真的|他说|她说)?(?:的)?(?=[吗么嘛吧])|(?:right|correct|true|yes|is (?:that|this|it) (?:so|right|true|correct)|isn't it|didn't (?:it|they)))?"
    r"(?:了没有?|没有?|[吗么嘛吧])?[?？!！。\s]*$"
)
_NOUGHT = r"(?:超过了?|超出|高于|多于|低于|少于|突破了?|破了?|过了?|不到|达到?了?|exceed(?:s|ed)?|topped|reach(?:ed|es)?|over|under|above|below|more than|less than|at least)\s*$"
_WHAT = {"产": "产量", "收": "收入", "价": "价格", "薪": "工资", "支": "支出"}
_MOVED = re.compile("(?<![投新])([增减涨降])(?:([产收支])(?![量值入出业])|([价薪]))(?!格)")  # 夏粮增产了没 → 夏粮产量增长了没
SPOKEN_OF = 0.3  # of the question, to be met around a figure
_SCALES = ("thousand", "million", "billion", "trillion", "bn", "m")
_NOT_YET = re.compile(r"[会将能要应]|可能|继续|空间|必要|\b(?:will|can|could|should|going to|expected)\b")  # asks what may come, not how much it was
_WHY = re.compile(r"[,，][^,，]*(?:解释|带动|推动|拉动|导致|造成|引起|引发|为什么|为何|原因|怎么回事)[^,，]*$")  # 秋粮减产2.9%，怎么解释？
_UNTRUE = re.compile(r"^(?:is it true that|why(?= ))\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Premise:
    """A figure put forward, or only a direction, with the open question that it would answer."""

    asked: Question
    figure: Figure | None
    value: Decimal
    bound: Bound
    direction: int  # 1 rose, -1 fell, 0 neither is said


def find_premises(question: Question) -> list[Premise]:
    """Each figure put forward; where there is none, the direction put forward; else nothing."""
    core = _MOVED.sub(lambda m: f"{_WHAT[m[2] or m[3]]}{'增长' if m[1] in ('增', '涨') else '下降'}", open_core(question.standalone))
    folded = fold(core)
    figures = [f for f in find_figures(folded) if _is_claim(folded, f)]
    said = list(re.finditer(f"{UP}|{DOWN}", folded))
    if figures or not said or _NOT_YET.search(folded) or asks_for_any(fold(question.standalone)):
        return [_of_figure(question, core, figure, figures) for figure in figures]
    end = said[-1].end() + len(folded[said[-1].end() :]) - len(folded[said[-1].end() :].lstrip("了的"))
    before = re.sub(r"是$", "", core[: said[-1].start()])
    if question.language == "zh":
        open_form = f"{before}{said[-1].group().rstrip('了')}了多少{core[end:]}？"
    else:
        open_form = _front("By how much", f"{core}?")
    return [Premise(_as_figure(question, open_form, True), None, Decimal(0), "is", direction_of(folded))]


def open_core(text: str) -> str:
    """A question without the words that ask whether it is so: 销量下降了，对吧？ → 销量下降了."""
    for word in ("是不是", "是否", "有没有"):  # but at the end these ask for a confirmation
        at = fold(text).find(word)
        text = text[:at] + text[at + len(word) :] if at >= 0 and len(text) - at > len(word) + 1 else text
    text = _WHY.sub("", text)
    return text[: _CONFIRM.search(fold(text)).start()]  # type: ignore[union-attr]  # it may match nothing at the end


def _is_claim(folded: str, figure: Figure) -> bool:
    """A numeral in words counts only at the end (提出了三项), and no ordinal counts: 十个工业大省 and 第一次 put nothing forward."""
    text = folded[figure.start : figure.end]
    if folded[: figure.start].endswith("第"):
        return False
    return bool(re.search(r"\d|成|百分之|倍", text)) or len(folded) - figure.end <= 4


def _of_figure(question: Question, core: str, figure: Figure, others: list[Figure]) -> Premise:
    """One of the figures put forward, by a question that leaves the others out."""
    folded = fold(core)
    clause = max(folded.rfind(stop, 0, figure.start) for stop in ",，;；。") + 1
    way = direction_of(folded[clause : figure.start]) or direction_behind(folded, figure)
    change = bool(figure.change or way) and not re.search(r"[到至为成](?:了)?$", folded[clause : figure.start])
    later = [f.start for f in others if f.start > figure.start]
    end = max([figure.end, *(folded.rfind(stop, 0, later[0]) for stop in ",，;；")]) if later else len(core)
    chars = list(core[:end])
    for other in others:
        if other.end <= figure.start:
            chars[other.start : other.end] = [""] * (other.end - other.start)
            chars[other.end : other.end + 1] = ["" if c in "，,、" else c for c in chars[other.end : other.end + 1]]
    asked = _as_figure(question, ask_for(question, "".join(chars[: figure.start]), "".join(chars[figure.start : figure.end]), "".join(chars[figure.end :]), change), change)
    asked = replace(asked, unit="%" if figure.kind == "ratio" else asked.unit, wants="share" if figure.share and not change else asked.wants)
    return Premise(asked, figure, value_of(folded, figure), bound_of(folded, figure, asked=True), way if change else 0)


def _as_figure(question: Question, text: str, change: bool) -> Question:
    """The open question as understood: it asks for a figure, whatever else its words might ask."""
    asked = parse_question(text)
    return replace(asked, language=question.language, asks="figure", wants="change" if change else asked.wants, claim="", parts=())


def ask_for(question: Question, before: str, said: str, after: str, change: bool) -> str:
    """The question that a figure put forward answers, from what stands before it, itself, and what stands behind.

    签约率现在过55%了吗 → 签约率现在多少？
    """
    before = re.sub(r"(?:才|只有|仅|竟然|居然)+(?=\S{0,2}$)", "", re.sub(_NOUGHT, "", before, flags=re.IGNORECASE)).rstrip("，, ")
    before = re.sub(r"为(?:什么|何|啥)|怎么会?", "", before)
    after = re.sub(r"^(?:左右|以上|以下|了)+", "", after).strip("，, ")
    counted = re.sub(r"^\D*[\d.,]+[多余来]?[万亿]*", "", said) if re.search(r"\d", said) else re.sub(r"^[^\d]*?[一二三四五六七八九十百千万两几数]+", "", said)
    unit = "" if re.search("[%％成]|per ?cent|百分之", said) else counted.strip()
    if question.language == "zh":
        return f"{before}多少{unit if not unit.isascii() else ''}{after}？"
    many = re.fullmatch(r"[A-Za-z-]+", unit) and unit not in _SCALES
    words = f"How many {unit}" if many else "By how much" if change else "How much"
    return _front(words, f"{re.sub(' by ?$', '', before)} {after}".strip() + "?")


def _front(words: str, rest: str) -> str:
    """English asks in front: how many visitors has the exhibition drawn?"""
    rest = re.sub(r"\s+", " ", _UNTRUE.sub("", rest))
    return f"{words} {rest[:1].lower()}{rest[1:]}"


def bears_out(premise: Premise, span: Span) -> bool | None:
    """True where the document's figure is as put forward, False where it is not, None where that can't be told."""
    given, way = span.figure, span_direction(span)
    if given is None or (premise.direction and not way):
        return None
    if premise.direction and way != premise.direction:
        return False
    if premise.figure is None:
        return True
    if not same_measure(premise.figure, given):
        return None
    text = span.evidence.text
    return compare(premise.bound, premise.value, bound_of(text, given), value_of(text, given))


def with_direction(asked: Question, span: Span) -> str:
    """A span's figure as an answer, always with the direction that the document gives it: 增长15.8%, 下降2.7%."""
    return short_form(replace(asked, standalone="下降" if span_direction(span) > 0 else ""), span)


def read_figure(asked: Question, sources: Sources) -> Reading:
    """The reading of an open question, each span that takes in several figures (58亿元，下降5.4%) cut to the nearest of them.

    A figure is judged only where what stands around it speaks of the thing.
    """
    reading, units = sources.read(asked), sources.units(asked)
    return replace(reading, spans=tuple(span if span.figure else _nearest(asked, span, units) for span in reading.spans if span.met >= SPOKEN_OF))


def _nearest(asked: Question, span: Span, units: Sequence[Unit]) -> Span:
    evidence, at = span.evidence, span.evidence.sentence.start
    figures = find_figures(evidence.text)
    within = [f for f in figures if span.start <= at + f.start and at + f.end <= span.end + 1]
    periods = [p for p in find_periods(fold(asked.standalone)) if not p.base]
    around = look_around(units, evidence)
    made = [Candidate(evidence, f.start, f.end, f.lead, own_text(evidence.text, f, figures), f, False) for f in within]
    best = max((score_candidate(asked, units, periods, c, around) for c in made), key=lambda s: s.score, default=None)
    return replace(best, score=span.score, against=span.against or best.against) if best else span
