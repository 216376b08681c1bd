"""Examples written by rule: paragraphs as a bulletin states figures, and questions for each figure that they state or don't.

What they teach is how figures are said: two measures in one breath (产销分别为A和B), a subject that stands only in the
sentence before, a part after 其中, an earlier level beside the present one, a target beside a result, growth beside level.
Names and figures are invented; no text that anything is measured on was looked at for them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from training.examples import Example

# Subject, its parts, and its measures: name, unit, range, how people ask for it otherwise, all of it in English.
DOMAINS: tuple[tuple[tuple[str, str], tuple[tuple[str, str], ...], tuple[tuple[str, str, float, str, str], ...]], ...] = (
    (("汽车", "cars"), (("新能源汽车", "new energy vehicles"), ("乘用车", "passenger cars"), ("商用车", "commercial vehicles"), ("客车", "buses")), (("产量", "万辆", 900, "造了多少辆", "output"), ("销量", "万辆", 900, "卖了多少辆", "sales"), ("出口量", "万辆", 90, "出口了多少辆", "exports"))),
    (("船舶", "ships"), (("集装箱船", "container ships"), ("散货船", "bulk carriers"), ("油船", "tankers")), (("完工量", "万载重吨", 900, "造完了多少", "completions"), ("新接订单量", "万载重吨", 900, "接了多少新单", "new orders"), ("手持订单量", "万载重吨", 3000, "手里还有多少订单", "orders on hand"))),
    (("手机", "mobile phones"), (("智能手机", "smartphones"), ("5G手机", "5G phones"), ("折叠屏手机", "foldable phones")), (("产量", "万部", 9000, "做了多少部", "output"), ("出货量", "万部", 9000, "出了多少部货", "shipments"), ("出口量", "万部", 4000, "卖到国外多少部", "exports"))),
    (("粮食", "grain"), (("小麦", "wheat"), ("玉米", "maize"), ("稻谷", "rice"), ("大豆", "soybeans")), (("产量", "万吨", 3000, "收了多少", "output"), ("播种面积", "万亩", 6000, "种了多少亩", "sown area"))),
    (("钢材", "steel"), (("螺纹钢", "rebar"), ("冷轧板", "cold-rolled sheet"), ("不锈钢", "stainless steel")), (("产量", "万吨", 2000, "炼了多少", "output"), ("销量", "万吨", 2000, "卖出多少", "sales"), ("库存", "万吨", 300, "还压着多少", "stocks"))),
    (("全社会", "the whole society"), (("工业", "industry"), ("居民", "households"), ("服务业", "services")), (("用电量", "亿千瓦时", 900, "一共用了多少电", "electricity use"), ("用水量", "亿立方米", 60, "用掉多少水", "water use"))),
    (("电力", "power"), (("风电", "wind power"), ("光伏", "solar power"), ("水电", "hydropower"), ("火电", "thermal power")), (("发电量", "亿千瓦时", 900, "发了多少电", "generation"), ("装机容量", "万千瓦", 5000, "装机有多大", "installed capacity"))),
    (("外贸进出口", "foreign trade"), (("机电产品", "machinery"), ("农产品", "farm goods"), ("民营企业", "private firms")), (("总值", "亿元", 9000, "做了多少生意", "value"), ("出口额", "亿元", 6000, "出口卖了多少钱", "exports"), ("进口额", "亿元", 6000, "进口花了多少钱", "imports"))),
    (("商品房", "housing"), (("住宅", "homes"), ("办公楼", "offices"), ("商铺", "shops")), (("销售面积", "万平方米", 2000, "卖了多少平方米", "floor space sold"), ("销售额", "亿元", 3000, "卖了多少钱", "sales"), ("待售面积", "万平方米", 800, "还有多少没卖掉", "unsold space"))),
    (("快递", "parcels"), (("同城快递", "local parcels"), ("异地快递", "long-distance parcels"), ("国际快递", "international parcels")), (("业务量", "亿件", 90, "寄了多少件", "volume"), ("业务收入", "亿元", 900, "收入有多少", "revenue"))),
    (("旅游", "tourism"), (("国内旅游", "domestic tourism"), ("入境旅游", "inbound tourism"), ("乡村旅游", "rural tourism")), (("接待人次", "万人次", 9000, "来了多少人", "visitors"), ("收入", "亿元", 900, "挣了多少钱", "revenue"))),
    (("铁路", "railways"), (("高铁", "high-speed rail"), ("普速列车", "ordinary trains"), ("城际铁路", "intercity rail")), (("旅客发送量", "万人次", 9000, "送走多少旅客", "passengers"), ("货物发送量", "万吨", 9000, "拉了多少货", "freight"), ("营业里程", "公里", 9000, "通车多少公里", "length"))),
    (("港口", "the port"), (("外贸码头", "foreign-trade terminals"), ("内贸码头", "domestic terminals"), ("油品码头", "oil terminals")), (("货物吞吐量", "万吨", 20000, "装卸了多少货", "cargo throughput"), ("集装箱吞吐量", "万标箱", 900, "走了多少箱子", "container throughput"))),
    (("机场", "the airport"), (("国际航线", "international routes"), ("国内航线", "domestic routes"), ("货运航线", "cargo routes")), (("旅客吞吐量", "万人次", 5000, "进出了多少人", "passengers"), ("起降架次", "万架次", 40, "飞了多少架次", "flights"))),
    (("公司", "the company"), (("境外业务", "overseas business"), ("云服务", "cloud services"), ("零售业务", "retail business")), (("营业收入", "亿元", 900, "一共收入多少", "revenue"), ("净利润", "亿元", 90, "赚了多少", "net profit"), ("研发投入", "亿元", 90, "搞研发花了多少", "research spending"))),
    (("财政", "public finance"), (("教育", "education"), ("社会保障", "social security"), ("卫生健康", "health")), (("收入", "亿元", 3000, "进账多少", "revenue"), ("支出", "亿元", 3000, "花出去多少", "spending"))),
    (("高校", "universities"), (("研究生", "postgraduates"), ("本科", "undergraduates"), ("专科", "college students")), (("招生人数", "万人", 90, "招了多少人", "enrolment"), ("毕业生人数", "万人", 90, "有多少人毕业", "graduates"))),
    (("医院", "hospitals"), (("基层医疗机构", "local clinics"), ("三级医院", "top hospitals"), ("民营医院", "private hospitals")), (("诊疗人次", "万人次", 9000, "看了多少病人", "visits"), ("住院人次", "万人次", 900, "多少人住过院", "inpatients"), ("床位数", "万张", 60, "有多少张床", "beds"))),
    (("企业职工养老保险", "pension insurance"), (("灵活就业人员", "flexible workers"), ("农民工", "migrant workers")), (("参保人数", "万人", 3000, "多少人参了保", "members"), ("基金收入", "亿元", 900, "收上来多少钱", "fund income"))),
    (("专利", "patents"), (("发明专利", "invention patents"), ("外观设计专利", "design patents"), ("实用新型专利", "utility models")), (("申请量", "万件", 90, "申请了多少件", "applications"), ("授权量", "万件", 60, "批了多少件", "grants"))),
    (("移动电话", "mobile telephony"), (("5G", "5G"), ("物联网", "the internet of things")), (("用户数", "万户", 9000, "有多少户", "subscribers"), ("基站数", "万个", 90, "建了多少基站", "base stations"))),
    (("生猪", "pigs"), (("能繁母猪", "breeding sows"), ("仔猪", "piglets")), (("出栏", "万头", 4000, "卖了多少头", "slaughter"), ("存栏", "万头", 3000, "还养着多少头", "herd"))),
    (("社会消费品零售", "retail trade"), (("餐饮", "catering"), ("网上零售", "online retail"), ("乡村零售", "rural retail")), (("总额", "亿元", 9000, "卖了多少", "sales"),)),
    (("固定资产", "fixed assets"), (("制造业", "manufacturing"), ("基础设施", "infrastructure"), ("房地产", "property")), (("投资额", "亿元", 9000, "投了多少钱", "investment"),)),
)  # fmt: skip
PERIODS = (
    ("2023年", "in 2023"), ("2022年", "in 2022"), ("2024年", "in 2024"), ("上半年", "in the first half"), ("一季度", "in the first quarter"), ("前三季度", "in the first three quarters"), ("三季度", "in the third quarter"),
    ("1—10月", "from January to October"), ("10月", "in October"), ("5月份", "in May"), ("去年", "last year"), ("今年以来", "so far this year"), ("“十三五”期间", "in the 13th plan period"),
)  # fmt: skip
RELATIVE = {"去年", "今年以来"}  # may be any year
PLACES = ("全国", "全省", "全市", "我国", "云岭省", "海州市", "青浦县", "北川区", "临江市", "", "", "")
FILLERS = ("总的看，运行平稳，结构优化。", "这为下一步发展打下了基础。", "困难和问题也不少，外部环境复杂。", "市场信心逐步恢复，预期持续改善。", "各地各部门做了大量工作。", "下一步将继续抓好落实。", "基础仍需巩固。", "这些成绩来之不易。", "企业反映较好。")
OPENERS = ("一是{s}稳步回升。", "二是{s}迈上新台阶。", "三是{s}结构持续优化。", "先说{s}。", "{s}方面，", "从{s}看，", "关于{s}，", "一是{s}再创新高。", "{s}运行总体平稳。")
HEDGES = ("", "", "", "", "", "约", "超", "近")
DONE = ("达到", "达", "完成", "实现", "为", "是", "")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a paragraph: of what, when, which side of it, and where it stands."""

    subject: tuple[str, str]
    measure: tuple[str, str, float, str, str]
    period: tuple[str, str]
    side: str  # level, change, share, target, earlier
    start: int
    end: int


@dataclass(slots=True)
class Paragraph:
    """A paragraph as it grows, with the facts that it states."""

    rng: random.Random
    text: str = ""
    facts: list[Fact] | None = None

    def say(self, *pieces: str | tuple[str, tuple[tuple[str, str], tuple[str, str, float, str, str], tuple[str, str], str]]) -> None:
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
        asked = [(fact, fact) for fact in rng.sample(facts, min(4, len(facts)))]
        asked += [(fact, None) for fact in _unstated(rng, facts, subject, parts, measures)[:2]]
        for fact, answer in asked[: count - made]:
            made += 1
            known = place if place in context + paragraph.text else ""
            alone = sum((f.subject, f.measure, f.side) == (fact.subject, fact.measure, fact.side) for f in facts) == 1
            question = _ask(rng, fact, known, subject, dated=answer is None or not alone).strip("， ")
            start, end = (answer.start, answer.end) if answer else (-1, -1)
            yield Example(f"stated-{seed}-{made}", "stated", fact.side if answer else f"none_{fact.side}", question, context, paragraph.text, start, end)


def _append_another(paragraph: Paragraph, subject: tuple[str, str], period: tuple[str, str]) -> None:
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


def _state(p: Paragraph, place: str, subject: tuple[str, str], parts: list[tuple[str, str]], measures: tuple[tuple[str, str, float, str, str], ...], period: tuple[str, str], other: tuple[str, str]) -> str:
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


def _growth(p: Paragraph, about: tuple[tuple[str, str], tuple[str, str, float, str, str], tuple[str, str], str]) -> None:
    if p.rng.random() < 0.75:
        basis = p.rng.choice(("同比", "同比", "比上年", "较上年同期", "比去年同期"))
        p.say(f"，{basis}{p.rng.choice(('增长', '增长', '下降', '提高', '减少'))}", (_rate(p.rng), about))


def _alone(p: Paragraph, whole: str, subject: tuple[str, str], measure: tuple[str, str, float, str, str], period: tuple[str, str]) -> None:
    p.say(f"{period[0]}，" if p.rng.random() < 0.5 else period[0], f"{whole}{measure[0]}{p.rng.choice(DONE)}", (_number(p.rng, measure[2], measure[1]), (subject, measure, period, "level")))
    _growth(p, (subject, measure, period, "change"))
    p.say("。")


def _together(p: Paragraph, whole: str, subject: tuple[str, str], two: list[tuple[str, str, float, str, str]], period: tuple[str, str]) -> None:
    """产销分别为A和B，同比增长C和D: the first goes with the first."""
    rng = p.rng
    names = "".join(m[0][0] for m in two) if all(m[0] in ("产量", "销量") for m in two) and rng.random() < 0.7 else rng.choice(("{}和{}", "{}、{}")).format(two[0][0], two[1][0])
    p.say(rng.choice((period[0], f"{period[0]}，", f"{period[0]}全年" if period[0][:1] == "2" else period[0])), f"{whole}{names}分别{rng.choice(('完成', '达到', '为', '实现', '实现了', '是'))}")
    p.say((_number(rng, two[0][2], two[0][1]), (subject, two[0], period, "level")), "和", (_number(rng, two[1][2], two[1][1]), (subject, two[1], period, "level")))
    if rng.random() < 0.7:
        p.say(f"，同比{rng.choice(('', '分别'))}{rng.choice(('增长', '下降', '提高'))}", (_rate(rng), (subject, two[0], period, "change")), "和", (_rate(rng), (subject, two[1], period, "change")))
    p.say(rng.choice(("。", "，创历史新高。", "。")))


def _part(p: Paragraph, part: tuple[str, str], measure: tuple[str, str, float, str, str], period: tuple[str, str]) -> None:
    p.say(p.rng.choice(("其中，", "其中", "")), f"{part[0]}{measure[0]}{p.rng.choice(DONE)}", (_number(p.rng, measure[2] / 3, measure[1]), (part, measure, period, "level")))
    _growth(p, (part, measure, period, "change"))
    if p.rng.random() < 0.4:
        p.say(f"，占{p.rng.choice(('全部', '总量', '总数'))}的", (_rate(p.rng), (part, measure, period, "share")))
    p.say("。")


def _earlier(p: Paragraph, subject: tuple[str, str], measure: tuple[str, str, float, str, str], other: tuple[str, str]) -> None:
    p.say(f"{other[0]}{measure[0]}{p.rng.choice(('曾达到', '为', '只有', '是'))}", (_number(p.rng, measure[2], measure[1]), (subject, measure, other, "level")), p.rng.choice(("，此后几年有所波动。", "。")))


def _target(p: Paragraph, subject: tuple[str, str], measure: tuple[str, str, float, str, str], other: tuple[str, str]) -> None:
    p.say(f"{p.rng.choice(('力争', '计划', '目标是'))}到{p.rng.choice(('2025年', '明年', '2027年'))}{subject[0]}{measure[0]}{p.rng.choice(('达到', '超过', '提高到'))}", (_number(p.rng, measure[2], measure[1]).lstrip("约超近"), (subject, measure, other, "target")), "。")


def _unstated(rng: random.Random, facts: list[Fact], subject: tuple[str, str], parts: tuple[tuple[str, str], ...], measures: tuple[tuple[str, str, float, str, str], ...]) -> list[Fact]:
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


def _ask(rng: random.Random, fact: Fact, place: str, whole: tuple[str, str], dated: bool) -> str:
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
