"""Examples written by rule: paragraphs as a bulletin states figures, and questions for each figure that they state or don't.

What they teach is how figures are said: two measures in one breath (产销分别为A和B), a subject that stands only in the
sentence before, a part after 其中, an earlier level beside the present one, a target beside a result, growth beside level.
Names and figures are invented; no text that anything is measured on was looked at for them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from training.domains import DOMAINS, PERIODS, PLACES, RELATIVE, Measure, Name
from training.examples import Example

FILLERS = ("总的看，运行平稳，结构优化。", "这为下一步发展打下了基础。", "困难和问题也不少，外部环境复杂。", "市场信心逐步恢复，预期持续改善。", "各地各部门做了大量工作。", "下一步将继续抓好落实。", "基础仍需巩固。", "这些成绩来之不易。", "企业反映较好。")
OPENERS = ("一是{s}稳步回升。", "二是{s}迈上新台阶。", "三是{s}结构持续优化。", "先说{s}。", "{s}方面，", "从{s}看，", "关于{s}，", "一是{s}再创新高。", "{s}运行总体平稳。")
HEDGES = ("", "", "", "", "", "约", "超", "近")
DONE = ("达到", "达", "完成", "实现", "为", "是", "")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a paragraph: of what, when, which side of it, and where it stands."""

    subject: Name
    measure: Measure
    period: Name
    side: str  # level, change, share, target, earlier
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it grows, with the facts that it states."""

    rng: random.Random
    text: str = ""
    facts: list[Fact] | None = None

    def say(self, *pieces: str | tuple[str, tuple[Name, Measure, Name, str]]) -> None:
        """Adds pieces of text; a pair is a figure and what it is of."""
        for piece in pieces:
            if isinstance(piece, str):
                self.text += piece
                continue
            figure, (subject, measure, period, side) = piece
            facts = self.facts = self.facts or []
            facts.append(Fact(subject, measure, period, side, len(self.text), len(self.text) + len(figure)))
            self.text += figure


def stated_examples(count: int, seed: int) -> Iterator[Example]:
    """Questions over paragraphs made by rule, a third of them for what the paragraph doesn't state."""
    rng = random.Random(seed)
    made = 0
    while made < count:
        subject, parts, measures = rng.choice(DOMAINS)
        period, other = rng.sample(PERIODS, 2)
        paragraph = Paragraph(rng)
        place = rng.choice(PLACES)
        context = _state(paragraph, place, subject, rng.sample(parts, 2), measures, period, other)
        facts = paragraph.facts or []
        if rng.random() < 0.4:
            _append_another(paragraph, subject, period)
        asked: list[tuple[Fact, Fact | None]] = [(fact, fact) for fact in rng.sample(facts, min(4, len(facts)))]
        asked += [(fact, None) for fact in _unstated(rng, facts, subject, parts, measures)[:2]]
        for fact, answer in asked[: count - made]:
            made += 1
            known = place if place in context + paragraph.text else ""
            alone = sum((f.subject, f.measure, f.side) == (fact.subject, fact.measure, fact.side) for f in facts) == 1
            question = _ask(rng, fact, known, subject, dated=answer is None or not alone).strip("， ")
            start, end = (answer.start, answer.end) if answer else (-1, -1)
            yield Example(f"stated-{seed}-{made}", "stated", fact.side if answer else f"none_{fact.side}", question, context, paragraph.text, start, end)


def _append_another(paragraph: Paragraph, subject: Name, period: Name) -> None:
    """What the paragraph goes on to say of another matter, of which nothing is asked."""
    rng = paragraph.rng
    others = [domain for domain in DOMAINS if domain[0] != subject]
    another = Paragraph(rng)
    name, _, measures = rng.choice(others)
    _alone(another, name[0], name, rng.choice(measures), period)
    paragraph.text += another.text


def _number(rng: random.Random, size: float, unit: str) -> str:
    value = size * rng.uniform(0.05, 1)
    shown = f"{value:.1f}" if value < 1000 and rng.random() < 0.7 else f"{value:.0f}"
    return f"{rng.choice(HEDGES)}{shown}{unit}"


def _rate(rng: random.Random) -> str:
    return f"{rng.uniform(0.2, 60):.1f}%" if rng.random() < 0.8 else f"{rng.randrange(2, 40)}%"


def _state(p: Paragraph, place: str, subject: Name, parts: list[Name], measures: tuple[Measure, ...], period: Name, other: Name) -> str:
    """Writes the paragraph; what stands before it is returned."""
    rng = p.rng
    context = rng.choice(("", "", f"记者：{place}{subject[0]}情况怎么样？", f"请介绍一下{subject[0]}的情况。", "谢谢您的提问。"))
    elliptic = rng.random() < 0.45
    if elliptic:
        p.say(rng.choice(OPENERS).format(s=subject[0]))
    whole = "" if elliptic else f"{place}{subject[0]}"
    if len(measures) > 1 and rng.random() < 0.6:
        _together(p, whole, subject, list(measures[:2]) if rng.random() < 0.6 else rng.sample(measures, 2), period)
    else:
        _alone(p, whole, subject, rng.choice(measures), period)
    if rng.random() < 0.35:
        _earlier(p, subject, rng.choice(measures), other)
    for part in parts[: rng.choice((0, 1, 1, 2))]:
        _part(p, part, rng.choice(measures), period)
    if rng.random() < 0.3:
        _target(p, subject, rng.choice(measures), other)
    if rng.random() < 0.6:
        p.say(rng.choice(FILLERS))
    return context


def _growth(p: Paragraph, about: tuple[Name, Measure, Name, str]) -> None:
    if p.rng.random() < 0.75:
        basis = p.rng.choice(("同比", "同比", "比上年", "较上年同期", "比去年同期"))
        p.say(f"，{basis}{p.rng.choice(('增长', '增长', '下降', '提高', '减少'))}", (_rate(p.rng), about))


def _alone(p: Paragraph, whole: str, subject: Name, measure: Measure, period: Name) -> None:
    p.say(f"{period[0]}，" if p.rng.random() < 0.5 else period[0], f"{whole}{measure[0]}{p.rng.choice(DONE)}", (_number(p.rng, measure[2], measure[1]), (subject, measure, period, "level")))
    _growth(p, (subject, measure, period, "change"))
    p.say("。")


def _together(p: Paragraph, whole: str, subject: Name, two: list[Measure], period: Name) -> None:
    """产销分别为A和B，同比增长C和D: the first goes with the first."""
    rng = p.rng
    names = "".join(m[0][0] for m in two) if all(m[0] in ("产量", "销量") for m in two) and rng.random() < 0.7 else rng.choice(("{}和{}", "{}、{}")).format(two[0][0], two[1][0])
    p.say(rng.choice((period[0], f"{period[0]}，", f"{period[0]}全年" if period[0][:1] == "2" else period[0])), f"{whole}{names}分别{rng.choice(('完成', '达到', '为', '实现', '实现了', '是'))}")
    p.say((_number(rng, two[0][2], two[0][1]), (subject, two[0], period, "level")), "和", (_number(rng, two[1][2], two[1][1]), (subject, two[1], period, "level")))
    if rng.random() < 0.7:
        p.say(f"，同比{rng.choice(('', '分别'))}{rng.choice(('增长', '下降', '提高'))}", (_rate(rng), (subject, two[0], period, "change")), "和", (_rate(rng), (subject, two[1], period, "change")))
    p.say(rng.choice(("。", "，创历史新高。", "。")))


def _part(p: Paragraph, part: Name, measure: Measure, period: Name) -> None:
    p.say(p.rng.choice(("其中，", "其中", "")), f"{part[0]}{measure[0]}{p.rng.choice(DONE)}", (_number(p.rng, measure[2] / 3, measure[1]), (part, measure, period, "level")))
    _growth(p, (part, measure, period, "change"))
    if p.rng.random() < 0.4:
        p.say(f"，占{p.rng.choice(('全部', '总量', '总数'))}的", (_rate(p.rng), (part, measure, period, "share")))
    p.say("。")


def _earlier(p: Paragraph, subject: Name, measure: Measure, other: Name) -> None:
    p.say(f"{other[0]}{measure[0]}{p.rng.choice(('曾达到', '为', '只有', '是'))}", (_number(p.rng, measure[2], measure[1]), (subject, measure, other, "level")), p.rng.choice(("，此后几年有所波动。", "。")))


def _target(p: Paragraph, subject: Name, measure: Measure, other: Name) -> None:
    p.say(f"{p.rng.choice(('力争', '计划', '目标是'))}到{p.rng.choice(('2025年', '明年', '2027年'))}{subject[0]}{measure[0]}{p.rng.choice(('达到', '超过', '提高到'))}", (_number(p.rng, measure[2], measure[1]).lstrip("约超近"), (subject, measure, other, "target")), "。")


def _unstated(rng: random.Random, facts: list[Fact], subject: Name, parts: tuple[Name, ...], measures: tuple[Measure, ...]) -> list[Fact]:
    """Facts next to those that the paragraph states, none of which it states itself."""
    said = {(f.subject, f.measure[0], f.period, f.side) for f in facts}
    targets = {(f.subject, f.measure[0]) for f in facts if f.side == "target"}
    found = []
    for fact in rng.sample(facts, len(facts)):
        options = [Fact(s, fact.measure, fact.period, fact.side, -1, -1) for s in (subject, *parts)]
        options += [Fact(fact.subject, m, fact.period, fact.side, -1, -1) for m in measures]
        options += [Fact(fact.subject, fact.measure, p, fact.side, -1, -1) for p in PERIODS if fact.side != "target" and not {p[0], fact.period[0]} & RELATIVE]
        options += [Fact(fact.subject, fact.measure, fact.period, side, -1, -1) for side in ("change", "share", "target", "level") if fact.side != "target"]
        options = [o for o in options if (o.subject, o.measure[0], o.period, o.side) not in said and not (o.side == "target" and (o.subject, o.measure[0]) in targets) and not (o.side == "share" and o.subject == subject)]
        if options:
            found.append(rng.choice(options))
    return found


def _ask(rng: random.Random, fact: Fact, place: str, whole: Name, dated: bool) -> str:
    """A question for a figure, as one or another person would type it."""
    (name, english), (measure, unit, _, other, counted), (period, time) = fact.subject, fact.measure, fact.period
    if rng.random() < 0.25:
        return _ask_in_english(rng, english, counted, time, fact.side, whole[1])
    when = period if fact.side != "target" and (dated or rng.random() < 0.8) else ""
    of = f"{place if rng.random() < 0.5 else ''}{name}"
    if fact.side == "target":
        return rng.choice((f"{of}{measure}的目标是多少？", f"{of}{measure}要达到多少", f"到时候{of}{measure}目标定在多少？"))
    if fact.side == "share":
        return rng.choice((f"{when}{of}{measure}占比是多少？", f"{when}{of}占{measure}的多大比重？", f"{when}{of}在{whole[0]}{measure}里占几成"))
    if fact.side == "change":
        return rng.choice((f"{when}{of}{measure}同比增长多少？", f"{of}{measure}{when}增速", f"{when}{of}{measure}比上年变化了多少", f"{when}{of}{measure}涨跌幅是多少？", f"{when}，{of}的{measure}同比增减百分之几？"))
    counts = unit.lstrip("万亿")
    return rng.choice((f"{when}{of}{measure}是多少？", f"{when}{of}{other}？", f"{of} {measure} {when}", f"{of}的{measure}{when}有多少{counts}", f"{when}{of}{measure}多少{unit}？", f"{of}{when}{other}"))


def _ask_in_english(rng: random.Random, subject: str, counted: str, time: str, side: str, whole: str) -> str:
    if side == "target":
        return rng.choice((f"What is the target for {subject} {counted}?", f"How high should {subject} {counted} get?"))
    if side == "share":
        return rng.choice((f"What share of {counted} did {subject} make up {time}?", f"What percentage of {whole} {counted} was {subject} {time}?"))
    if side == "change":
        return rng.choice((f"By how much did {subject} {counted} change {time}?", f"How fast did {counted} of {subject} grow {time}?", f"{subject} {counted} year-on-year change {time}"))
    return rng.choice((f"What was {subject} {counted} {time}?", f"How large was the {counted} of {subject} {time}?", f"{subject} {counted} {time}"))
