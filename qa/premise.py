"""What a question puts forward: its figures and directions, the open question that each answers, and whether a figure bears it out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from documents.fold import fold
from qa.figures import Figure, find_figures
from qa.question import parse_question
from qa.reader import Span
from qa.types import Question

Bound = Literal["is", "over", "under", "least", "most", "about"]

UP = r"(?<!负)增长|增加(?!值)|增[了至到幅加]|年增|上升|上涨|上扬|提[高升]|回升|扩大|成长|涨|走高|\b(?:rose|risen|rise|rises|rising|grew|grown|grow|grows|growing|growth|increase[sd]?|up|climb(?:ed)?|gain(?:ed)?|jump(?:ed)?|surged?|go(?:ne|ing)? up|went up|higher|more)\b"
DOWN = r"下[降滑跌调]|减[少了]|年减|降[低了幅]|回落|收窄|缩[短小减]|压缩|负增长|跌|掉了|走低|\b(?:f[ae]ll|fallen|falling|drop(?:s|ped)?|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|down|shrank|shrink|narrow(?:ed)?|reduced|fewer|lower|less)\b"
_CONFIRM = re.compile(
    r"[,，]?\s*(?:(?:是不是|对不对)(?:这样|这么回事|真的)?|(?:我)?没(?:有)?(?:记|说|看|搞)?错|这?(?:说法)?(?:是|对|属实|是真的|真的)(?:这样|这么回事|真的|他说|她说)?(?:的)?(?=[吗么嘛吧])|(?:right|correct|true|yes|is (?:that|this|it) (?:so|right|true|correct)|isn't it|didn't (?:it|they)))?"
    r"(?:了没有?|没有?|[吗么嘛吧])?[?？!！。\s]*$"
)
_BOUNDS: tuple[tuple[Bound, str], ...] = (
    ("most", r"(?:不超过|不高于|不多于|至多|最多|at most|(?<!go )(?<!going )(?<!went )(?<!rise )(?<!rose )up to|no more than)\s*$|以[下内]$"),
    ("least", r"(?:不低于|不少于|至少|最少|at least|no less than)\s*$|以上$"),
    ("under", r"(?:不到|不足|低于|少于|不满|未到|没到|小于|less than|under|below|fewer than|short of)\s*$"),
    ("over", r"(?:超过了?|超出|高于|多于|大于|突破了?|破了?|过了?|超|逾|over|more than|above|exceed(?:s|ed)?|topped|beat|surpassed)\s*$"),
    ("about", r"(?:大约|约为?|接近|将近|近|about|around|nearly|almost|some|roughly|approximately|close to)\s*(?:为|是)?\s*$|(?:左右|上下)$|\d[多余]"),
    ("least", r"(?:达到?了?|到了?|reach(?:ed|es)?|hit)\s*$"),
)
_NOUGHT = r"(?:超过了?|超出|高于|多于|低于|少于|突破了?|破了?|过了?|不到|达到?了?|exceed(?:s|ed)?|topped|reach(?:ed|es)?|over|under|above|below|more than|less than|at least)\s*$"
_SCALES = ("thousand", "million", "billion", "trillion", "bn", "m")
_AUXILIARY = re.compile(r"^(?:is it true that|(?:why )?(?:did|do|does|is|are|was|were|has|have|had|will))\s+", re.IGNORECASE)


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
    core = open_core(question.standalone)
    folded = fold(core)
    figures = [f for f in find_figures(folded) if _is_claim(folded, f)]
    said = list(re.finditer(f"{UP}|{DOWN}", folded))
    if figures or not said:
        return [_of_figure(question, core, figure, figures) for figure in figures]
    end = said[-1].end() + len(folded[said[-1].end() :]) - len(folded[said[-1].end() :].lstrip("了的"))
    before = re.sub(r"是$", "", core[: said[-1].start()])
    if question.language == "zh":
        open_form = f"{before}{said[-1].group().rstrip('了')}了多少{core[end:]}？"
    else:
        open_form = f"{_AUXILIARY.sub('', core[:end])} by how much{core[end:]}?"
    return [Premise(_as_figure(question, open_form, True), None, Decimal(0), "is", direction_of(folded))]


def open_core(text: str) -> str:
    """A question without the words that ask whether it is so: 销量下降了，对吧？ → 销量下降了."""
    for word in ("是不是", "是否", "有没有"):  # but at the end these ask for a confirmation
        at = fold(text).find(word)
        text = text[:at] + text[at + len(word) :] if at >= 0 and len(text) - at > len(word) + 1 else text
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
    way = direction_of(folded[clause : figure.start]) or _behind(folded, figure)
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
    return Premise(asked, figure, _value(folded, figure), _bound(folded, figure), way if change else 0)


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
    before = _AUXILIARY.sub("", before)
    many = re.fullmatch(r"[A-Za-z-]+", unit) and unit not in _SCALES
    words = f"how many {unit}" if many else "by how much" if change and not before.endswith(" by") else "how much"
    return re.sub(r"\s+", " ", f"{before} {words} {after}").strip() + "?"


def _bound(folded: str, figure: Figure) -> Bound:
    """What a figure is said to be to what there is: at least, over, about … it, or just it."""
    said = folded[figure.start : figure.end]
    number = re.search(r"[\d一二三四五六七八九十百千万两几数$£€¥]", said)
    before = folded[max(0, figure.start - 12) : figure.start] + (said[: number.start()] if number else "")
    for bound, pattern in _BOUNDS:
        if re.search(pattern, before) or re.search(pattern, said):
            return bound
    return "about" if "成" in said else "is"


def direction_of(folded: str) -> int:
    """Whether the last word of rising or falling in a text is one of rising (1) or of falling (-1); 0 where there is none."""
    found = list(re.finditer(f"(?P<down>{DOWN})|(?P<up>{UP})", folded))
    return 0 if not found else -1 if found[-1]["down"] else 1


def _behind(folded: str, figure: Figure) -> int:
    """2.4 per cent fewer, 11.3 per cent more: the direction right behind a figure."""
    behind = re.match(r"\s*(?:(?P<down>fewer|less|lower|down)|(?P<up>more|higher|up))\b", folded[figure.end :])
    return 0 if not behind else -1 if behind["down"] else 1


def span_direction(span: Span) -> int:
    """Whether the document says that a span's figure is one of rising or of falling."""
    figure, text = span.figure, span.evidence.text
    if figure is None:
        return 0
    if text[: figure.start].endswith(("-", "−")):
        return -1
    return _behind(text, figure) or direction_of(text[figure.lead : figure.start])


def bears_out(premise: Premise, span: Span) -> bool | None:
    """True where the document's figure is as put forward, False where it is not, None where that can't be told."""
    given, way = span.figure, span_direction(span)
    if given is None or (premise.direction and not way):
        return None
    if premise.direction and way != premise.direction:
        return False
    if premise.figure is None:
        return True
    if not _same_measure(premise.figure, given):
        return None
    text = span.evidence.text
    return _compare(premise.bound, premise.value, _bound(text, given), _value(text, given))


def _same_measure(put: Figure, given: Figure) -> bool:
    """Figures of one unit; a unit that one side leaves out, or says in the other language, is taken for the other's."""
    if (put.kind == "ratio") != (given.kind == "ratio") or (put.kind == "points") != (given.kind == "points"):
        return False
    one, other = put.unit.rstrip("s"), given.unit.rstrip("s")
    return one == other or not one or not other or one.isascii() != other.isascii() or one.endswith(other) or other.endswith(one)


def _value(folded: str, figure: Figure) -> Decimal:
    """三成 is 30 per cent."""
    return figure.value * 10 if "成" in folded[figure.start : figure.end] else figure.value


def _compare(put: Bound, value: Decimal, said: Bound, given: Decimal) -> bool | None:
    """Whether something said to be `said` `given` is `put` `value`: 3016万 is over 3000万, 近2600万 is not."""
    low = Decimal("-Infinity") if said in ("under", "most") else given
    high = Decimal("Infinity") if said in ("over", "least") else given
    if put == "about":
        return abs(given - value) * 20 <= value if low == high else None
    if put == "is":
        return True if given == value else None if low < value < high else False
    if put in ("over", "least"):
        if low > value or (low == value and (put == "least" or said == "over")):
            return True
        return False if high <= value or low == high else None
    if high < value or (high == value and (put == "most" or said == "under")):
        return True
    return False if low >= value or low == high else None
