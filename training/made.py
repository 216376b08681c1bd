"""Examples made from news articles, and near misses made from questions that have an answer.

Chinese asks in place, so a sentence becomes a question when 多少, 谁, 何时, 哪里 or 什么 takes the place of what answers it.
A copy of the sentence teaches only matching: clauses are dropped, the period moves, figures are left out, words change.
A near miss asks the same for another period, basis, measure, place or name, which the passage doesn't name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from documents.fold import fold
from documents.names import NAME, PLACES, SAYS
from qa.figures import find_figures
from qa.periods import find_periods
from training.examples import Example

SENTENCE = re.compile(r"[^。！？\n]+[。！？]?[”’」』]*")
BOILERPLATE = re.compile(r"https?:|查看更多|免责|责任编辑|更多精彩|编辑:|原标题|点击|版权")
PERSON = re.compile(rf"(?:^|[，。；“])(?P<name>{NAME})(?={SAYS})")
PLACE = re.compile(rf"(?<=[在赴])(?P<place>(?:{PLACES})(?:省|市)?(?:[\u4e00-\u9fff]{{1,4}}[市区县镇])?)")
QUOTED = re.compile(r"(?P<kind>[\u4e00-\u9fff]{2})[“《](?P<what>[^”》]{3,18})[”》]")
REWORDED = (
    ("同比增长", "比上年涨了"), ("同比增长", "同比增幅"), ("同比下降", "同比跌了"), ("实现营业收入", "营收"), ("实现", ""), ("达到", ""), ("达", ""), ("共计", "一共"), ("截至", "到"), ("完成", ""),
    ("分别", ""), ("其中，", ""), ("此外，", ""), ("据了解，", ""), ("数据显示，", ""), ("目前，", ""), ("占比", "占多大比重，占比"), ("较", "比"), ("位于", "在"), ("举行", "举办"), ("发布", "公布"), ("预计", "估计"),
)  # fmt: skip
SWAPS = (
    ("同比", "环比"), ("出口", "进口"), ("产量", "销量"), ("收入", "支出"), ("男", "女"), ("最高", "最低"), ("城镇", "农村"), ("增长", "占比"), ("上半年", "一季度"), ("一季度", "二季度"), ("二季度", "一季度"),
    ("上半年", "全年"), ("去年", "前年"), ("今年", "去年"), ("昨日", "今日"), ("净利润", "营业成本"), ("营业收入", "研发费用"), ("营收", "研发投入"), ("总经理", "副总经理"), ("批发", "零售"), ("存款", "贷款"),
    ("受伤", "死亡"), ("线上", "线下"), ("开盘", "收盘"), ("流入", "流出"), ("国内", "海外"), ("首批", "第二批"), ("第一", "第二"), ("董事长", "总经理"), ("中标", "投标"), ("冠军", "亚军"), ("上涨", "下跌"),
)  # fmt: skip
SAID_OTHERWISE = {"产量": "产销|生产|制造|产出", "销量": "产销|销售|卖|出货", "出口": "进出口|海外|国外", "进口": "进出口", "收入": "收支|营收", "支出": "收支", "全年": "20\\d\\d年", "一季度": "季度|上半年", "二季度": "季度|上半年", "去年": "20\\d\\d年", "今年": "20\\d\\d年", "前年": "20\\d\\d年", "占比": "占", "增长": "[涨增升]"}
PROVINCES = PLACES.split("|")


def made_examples(articles: dict[str, str], count: int, seed: int) -> Iterator[Example]:
    """Questions in place over random passages of the articles, at most two an article."""
    rng = random.Random(seed)
    names = sorted(articles)
    rng.shuffle(names)
    found = 0
    for name in names:
        spans = [m.span() for m in SENTENCE.finditer(articles[name]) if not BOILERPLATE.search(m.group())]
        rng.shuffle(spans)
        for start, end in spans[:2]:
            example = _ask(name, articles[name], start, end, rng)
            if example and found < count:
                found += 1
                yield example
        if found >= count:
            return


def _ask(name: str, text: str, start: int, end: int, rng: random.Random) -> Example | None:
    """One sentence of an article as a question over its surroundings; None where nothing in it can be asked."""
    sentence = text[start:end]
    choices = list(_answers(sentence)) if 15 < len(sentence) < 140 else []
    if not choices:
        return None
    kind, at, to, asking = rng.choice(choices)
    question = _reword(sentence, at, to, rng.choice(asking), rng)
    first = max(0, start - rng.randrange(0, 160))
    first = max((m.end() for m in re.finditer(r"[。！？\n]", text[:start]) if m.end() <= first), default=0) if first else 0
    first = max(first, start - 200)
    last = min(len(text), end + rng.randrange(0, 160))
    return Example(f"{name}-{start}", "made", kind, question, text[max(0, first - 60) : first] if rng.random() < 0.5 else "", text[first:last], start + at - first, start + to - first)


def _answers(sentence: str) -> Iterator[tuple[str, int, int, tuple[str, ...]]]:
    """What a sentence can be asked for: kind, where it stands, and the words that ask for it."""
    folded = fold(sentence)
    for figure in find_figures(folded):
        if not figure.unit or figure.value <= 1:
            continue  # a lone number or 一个 is hardly ever asked for
        unit = "" if figure.unit == "%" else figure.unit
        asking = ("多少", "百分之几") if figure.unit == "%" else (f"多少{unit}", f"多少{unit}", "多少", f"几{unit}" if figure.value < 10 else f"多少{unit}")
        yield ("change" if figure.change else "share" if figure.share else "figure"), figure.start, figure.end, asking
    for period in find_periods(folded):
        if not period.base and period.part.startswith("m"):
            yield "when", period.start, period.end, ("什么时候", "何时", "哪天", "几月几日")
    for match in PERSON.finditer(sentence):
        yield "who", match.start("name"), match.end("name"), ("谁", "哪位", "谁")
    for match in PLACE.finditer(sentence):
        yield "where", match.start("place"), match.end("place"), ("哪里", "哪儿", "哪个地方")
    for match in QUOTED.finditer(sentence):
        yield "thing", match.start("what"), match.end("what"), ("什么", "什么")


def _reword(sentence: str, at: int, to: int, asking: str, rng: random.Random) -> str:
    """The sentence with what asks in its place, without most of its other clauses and figures, in part with other words."""
    stops = [0, *(m.end() for m in re.finditer(r"[，；：]", sentence)), len(sentence)]
    clauses = [(a, b) for a, b in pairwise(stops) if b > a]
    mine = next(i for i, (a, b) in enumerate(clauses) if a <= at < b)
    said = sentence[clauses[mine][0] : at].replace("，", "")
    after = re.split("[，；。：]", sentence[to:])[0]
    lead = "" if mine == 0 or (len(said) > 12 and rng.random() < 0.6) else sentence[clauses[0 if rng.random() < 0.6 else mine - 1][0] : clauses[0 if rng.random() < 0.5 else mine - 1][1]]
    lead = re.sub(r"\d[\d.,]*[%万亿]*[元辆台个家人次吨倍]?", "", lead) if rng.random() < 0.7 else lead
    question = f"{lead}{said}{asking}{after}"
    for old, new in REWORDED:
        if old in question and rng.random() < 0.6:
            question = question.replace(old, new, 1)
    if rng.random() < 0.3:
        question = re.sub(r"^(?:\d{4}年|今年|上半年|\d{1,2}月(?:\d{1,2}日)?)，?", "", question)
    question = re.sub(r"[“”《》（）()，。；\s]+", lambda m: "，" if "，" in m.group() and rng.random() < 0.5 else "", question).strip("，")
    if len(question) > 30 and rng.random() < 0.6:
        cut = question.find("，")
        question = question[cut + 1 :] if 0 < cut < question.find(asking) else question
    return question + rng.choice(("？", "？", "？", "", "呢？"))


def near_misses(examples: list[Example], seed: int) -> Iterator[Example]:
    """Of questions that have an answer, those that ask for another period, basis, measure or place than the passage names."""
    rng = random.Random(seed)
    for example in examples:
        changed = _miss(example, rng) if example.start >= 0 else None
        if changed:
            yield replace(example, id=f"{example.id}-miss", source="made", kind=changed[0], question=changed[1], start=-1, end=-1)


def _miss(example: Example, rng: random.Random) -> tuple[str, str] | None:
    question, said = example.question, example.context + example.passage
    options: list[tuple[str, str]] = []
    for match in re.finditer(r"(?:19|20)\d\d(?=年)|(?<!\d)\d{1,2}(?=月)|(?<![\d.])\d{1,2}(?=日)", question):
        other = str(int(match.group()) + rng.choice((-2, -1, 1, 2)))
        if match.group() in example.passage and other not in said and int(other) > 0 and (len(other) == 4 or int(other) < 13):
            options.append(("none_period", question[: match.start()] + other + question[match.end() :]))
    for old, new in SWAPS:
        for one, two in ((old, new), (new, old)):
            if one in question and one in said and two not in said and not (two in SAID_OTHERWISE and re.search(SAID_OTHERWISE[two], said)) and question.count(one) == 1:
                kind = "none_basis" if one in "同比环比" else "none_period" if one.endswith(("年", "季度")) else "none_measure"
                options.append((kind, question.replace(one, two)))
    for place in PROVINCES:
        if place in question and place in example.passage and example.answer not in question:
            other = rng.choice(PROVINCES)
            if other not in said and (place[-1] == "国") == (other[-1] == "国"):
                options.append(("none_entity", question.replace(place, other)))
    return rng.choice(options) if options else None
