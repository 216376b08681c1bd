"""The question: what kind of thing it asks for, of which subject, period and basis."""

from __future__ import annotations

import re

from documents.fold import fold
from documents.sentences import read_numeral
from qa.errors import QuestionError
from qa.figures import MEASURES, find_figures
from qa.periods import find_periods
from qa.types import Asks, Language, Question, Wants

LONGEST = 1000  # characters
MOST_PARTS = 6  # of one question; with more it is read as a single one

# In this order: the first that is found names the kind. Each also says which words ask, and are no subject.
_ASKING: tuple[tuple[Asks, str], ...] = (
    ("overview", r"(?:文件|简报|文章|文稿|稿[子件]?|材料|报[告道]|全文|发布会|通气会|这[篇份场节章块]|部分|方面|[一二三四五六七八九十]节)[^,。?？]{0,6}?(?:讲|说|谈|写|介绍)(?:的|了)?(?:是|些)?(?:什么|啥|哪些)(?=内容|要点|东西|事|[,。?？]|$)|(?:讲|说|谈)(?:了|过)些?(?:什么|啥|哪些)(?=内容|要点|[,。?？]|$)|"
                 r"(?:哪?几|多少)个?大?(?:块|板块|部分|章节?)(?=内容|[,。?？]|$)|概况|(?:总体|整体)(?:情况|形势|表现)|情况(?:怎么样|怎样|如何|咋样)[?？。]*$|概括(?:一下)?(?!为|成|[是的]|[^,，?？]*哪[“\"']?[两二三四五六七八九十])|总结(?:一下)?(?!为|成|[^,，?？]*哪[“\"']?[两二三四五六七八九十])|归纳(?!为|成|[^,，?？]*哪[“\"']?[两二三四五六七八九十])|梳理一下|摘要|主要内容|(?:内容|全文|本文|文章|简报|发布会|部分)的?要点|(?:列|给|理|说|写|哪些|几个|主要)[^,。?？]{0,4}(?:要点|提纲|大纲)|^要点|要点[?？。!]*$|大意|"
                 r"summari[sz]e|summary|overview|\b(?:an|the) outline|^outline|main points|key (?:points|takeaways)|\bgist\b|what (?:is|was) (?:this|the|that) (?:document|briefing|article|text|report|press conference|transcript|story) about"),
    ("speaker", r"(?:这话|这个数据?|这|那)?(?:是)?由?谁(?=(?:所)?(?:说|讲|介绍|表示|提到|透露|指出|披露|宣布|公布|强调|回应|回答|作答|解答|答|来|认为|称|通报|谈|解读|建议|提议|呼吁|质疑|坦言|承诺))(?:所|来)?(?:说|讲|介绍|表示|提到|透露|指出|披露|宣布|公布|强调|回应|回答|作答|解答|答复?|认为|称|通报|谈到?|解读|建议|提议|呼吁|质疑|坦言|承诺)(?:的|过|了)?|"
                r"哪[位个名](?:官员|领导|负责人|发言人|部长|局长|嘉宾|专家)(?:说|讲|介绍|表示|提到|透露|指出|披露|宣布|公布|强调|回应|回答|认为)的?|谁的(?:话|说法|观点)|出自谁(?:之口)?|说话人是谁|"
                r"(?:^|(?<=[,，]))(?:说|讲|称|表示|提到|透露|指出|强调|承诺|宣布|问)(?=[^,，?？]{2,40}的(?:人|记者|媒体)?是(?:谁|哪[一几]?[位家个]))|哪(?:[几两三][位个]|些)(?:官员|领导|人|发言人|嘉宾)?都?(?:说|讲|提|介绍|谈)[到过了]?|[几两三](?:个人|位(?:官员|领导|发言人|嘉宾)?)(?:都|分别|先后|各自?)?(?:说|讲|提|谈|怎么说)[到过了]?|(?:还|都)有谁(?=[?？。]|$)|"
                r"谁(?:最?先)?(?:提的?问|追?问[的起到了过]?|提出的?|提的)|哪[家个](?:媒体|报纸?|报社|电视台|网站)|哪[位个]记者|(?<=[者体报网台社刊》])(?:都|还)?(?:问|提)[了过的]?(?:些|是)?(?:什么|啥|哪些)(?:问题)?|who (?:brought up|raised|put the question)|which (?:news)?paper|which (?:outlet|broadcaster|station)(?= asked| raised)|what (?:did|does|else did)(?= [^?]{2,60}? ask\b)|who (?:said|says|stated|told|announced|mentioned|reported|explained|described|disclosed|suggested|warned|proposed|promised|introduced|asked|answered|gave|presented|talked about|spoke about)|according to whom|which (?:official|reporter|journalist|speaker)"),
    ("comparison", r"(?:哪(?:一)?(?:[个边方家类种项款座条样者块年季月]|部分)|谁|何者)的?[^,，?？哪什多]{0,6}?(?:更|比较|最)?(?:便宜|[多大高快猛长贵重强广远早久宽少小低慢短弱近晚])(?:一?些|一?点)?(?=[?？。,，!呢]|$)|[多大高快猛长贵重少小低慢短][,，]?(?:还|或)是[^,，?？]+[多大高快猛长贵重少小低慢短](?=[?？。,，]|$)|哪个更|谁更|更[多大高快少低慢](?:的是)?(?:哪个|哪一个|谁)|^(?:which|who|what) (?:[a-z-]+ )*?(?:larger|higher|more|bigger|faster|greater|smaller|lower|less|fewer|slower|longer|shorter|cheaper)\b(?=[^?]*[,:-] ?[^?]+ or )|^which (?:is|was|grew|rose|fell|one)[a-z ]*(?:larger|higher|more|bigger|faster|greater|smaller|lower|less)|compare"),
    ("list", r"(?:有|包括|是|分别是|采取了|开展了|做了|做好|体现在|表现在|提出了?)?(?:哪些|哪几(?:个?方面|个?部分|[个项条点类家种大样款处组件])|哪[“\"']?(?P<count>[两二三四五六七八九十\d]{1,2})(?:个?方面|个?部分|[个项条点类家种大样款处组件]))|有(?:些)?(?:什么|啥)(?=举措|措施|安排|考虑|打算|计划|特点|问题|工作|办法|做法|表现|变化|新)|怎么(?:打算|安排|部署)|(?P<stated>[两二三四五六七八九十]|\d{1,2})(?:个|项|条|点|大|方面|款|种)(?=[^,，?？]{0,12}(?:是|有|指|为)(?:哪些|什么|啥|哪几))|列(?:出|举)|what (?:are|were) the (?:next|main|key) (?:steps|measures|points|things)\b|what (?:are|were) the (?:(?P<ecount>two|three|four|five|six|seven|eight|nine|ten) )?(?=(?:[a-z-]+ ){0,2}[a-z]{2,}s\b)(?!(?:[a-z-]+ ){0,2}(?:sales|exports|imports|profits|earnings|revenues|costs|savings|prices|losses|[a-z]+ss|[a-z]+us|[a-z]+is|was|has|does)\b)|what (?P<xcount>two|three|four|five|six|seven|eight|nine|ten) |which (?:(?P<wcount>two|three|four|five|six|seven|eight|nine|ten) )?(?=\w+s\b)|what (?:measures|steps|features|problems|challenges)|list(?= )|name the|break(?:ing)? ?down(?= .* by )|breakdown"),
    ("title", r"(?:是|担任|任|当)?(?:什么|啥|何)(?:职务|职位|头衔|身份|官)|(?:职务|职位|头衔|身份)(?:是|叫)?(?:什么|啥)?(?=[?？。]|$)|what (?:is|was) [^?]+?(?:position|title|job|post|role)\b|what (?:position|title|post|job) "),
    ("who", r"叫什么(?:名字)?|姓名|(?:是)?谁|何人|哪位|什么人|哪些人|哪个人|\bwho\b|\bwhom\b|\bwhose\b"),
    ("when", r"(?:是|在)?(?:何时|什么时候|啥时候|什么时间|哪一?年|哪个?月|几月份?|哪一?天|哪一?日|几号|几点钟?(?!几)|几时|啥时间?|多会儿|从何时|自何时)(?:起|开始)?|\bwhen\b|(?:in )?(?:which|what) (?:year|month|day|date|quarter)"),
    ("where", r"(?:是|在|到|去)?(?:(?<!难在)(?<!卡在)哪里|(?<!难在)哪儿|何处|何地|(?:什么|啥)地[方点]|哪个(?:城市|省份?|地区|国家|地方|县|市|区)|哪座城市)|\bwhere\b|(?:in )?which (?:city|country|province|place|region)"),
    ("figure", r"(?:是|有|为|达到?|占|约|了|共|总共|一共)?(?:百分之(?:多少|几)|(?:多少|几块?|多大一?笔)钱|多久|多长时间|多少|几成|几(?=[个家户辆台件项款座人名位场次倍年月天条种类亿万千百])|多(?:大|高|长|快|远|重|宽|深)(?=[?？。的]|$)|第几|几何(?=[?？。]|$))|how (?:many|much|large|big|high|fast|long|far)|what (?:percentage|percent|share|proportion|number|amount|rate)|by what (?:percentage|margin)"),
    ("reason", r"(?:怎么|如何|怎样)解释|(?:是)?(?:什么|啥|谁)(?:带动|推动|拉动|导致|造成|引起|引发)的?|(?:是)?(?:为|因为|因|凭|图)(?:什么|啥)|为何|缘何|何故|难在哪里?|卡在哪里?|(?:是)?(?:什么|啥)原因|原因(?:是(?:什么|啥)|何在|在哪)|何以|(?:怎么|咋)(?:就|会|又|还(?!款|贷|钱|债|本|清))|(?:怎么|咋)(?!样|办)[^,，?？的]{1,8}了[?？]*$|\bwhy\b|how come|reasons? (?:for|why)|what (?:caused|led to|closed|pushed|drove|triggered|prompted|forced|delayed|slowed|boosted|lifted|made (?!up)|held (?:up|back)|brought (?:about|down)|is behind|was behind|lies behind)"),
    ("yes_no", r"是不是|是否|有没有|有无|能不能|会不会|对不对|对吗|对么|是吗|(?:是真的|属实|真的|是这样)吗|(?<![里])没有?[?？]?$|了没|没(?:记|说|看|搞)?错吧|[吗吧][?？。!]*$|(?<![什怎这那多])么[?？。]*$|^(?:is|are|was|were|did|does|do|has|have|had|will|can|isn't|aren't|didn't|hasn't)\b|\b(?:right|correct|true|is that so|isn't it)\?*$"),
    ("manner", r"怎么样|怎样|怎么|咋样?|如何|(?:靠|通过|借助)(?:的是)?(?:什么|啥)(?:办法|方式|手段|途径)?|(?:什么|啥)(?:样|方式|办法|途径|流程|手段)|\bhow\b"),
    ("thing", r"(?:是|为|叫|叫做)?(?:什么|啥|哪[个家项款种条座])|\bwhat\b|\bwhich\b"),
)
_POLITE = re.compile(r"请问一?下?|请告诉我|请介绍一?下?|麻烦|我想(?:问|知道|了解)一?下?|想(?:问|知道|了解)一?下?|告诉我|能不能说说|说说|介绍一?下|到底|究竟|大概|具体|详细|一下|(?:please )?(?:tell me|could you tell me|can you tell me)|please")
_STOP = re.compile(r"(?:比(?:上年|去年|前年|上月|上季度?|上年同期|去年同期|同期)(?:同期)?(?:[多少高低]了?)?|分别|总共|一共|共计|达到|其中的|当中|情况|方面|咱们?国家|咱们?|我们|他们|官方|文件|简报|文中|文章|发布会上|据介绍|根据|关于|至于|其中|目前|(?<![体表出])现在|已经|全年|多少|什么|同比|环比|仍然|仍旧|依然|是不是|有没有|[正负](?=增长))|(?<!目)[的](?!士)|[了呢吗啊呀吧嘛么是在就都也还又被把将从于且其哪向给让使]|对(?!外|内|口)|[这那][个款项些种条位家]?|[.,](?!\d)|[?？!！，。;；:：“”\"'‘’《》()（）、]|(?<![具占所拥])有(?![色限线机望效关])|[和与及](?!谐)")
_ENGLISH_STOP = frozenset(["a", "an", "the", "of", "in", "on", "at", "to", "for", "by", "from", "with", "and", "or", "is", "are", "was", "were", "be", "been", "being", "did", "does", "do", "has", "have", "had", "will", "would", "can", "could", "should", "it", "its", "that", "this", "these", "those", "there", "here", "as", "than", "into", "over", "under", "about", "after", "before", "between", "during", "per", "each", "all", "any", "some", "how", "many", "much", "what", "which", "who", "whom", "whose", "when", "where", "why", "year", "years", "end", "beginning", "total", "overall", "whole", "did's", "s", "number", "amount", "figure", "many", "percent", "percentage", "come", "reach", "reached", "stand", "stood", "get", "got", "go", "went", "did", "not", "no", "yes", "right", "correct", "true", "china's", "please", "me", "tell", "so", "both", "names", "named", "mentioned", "listed", "cited", "outlined"])
_CHANGE = re.compile(r"增长|成长|[年月][增减](?=[?？]?$)|降了|比上年|比去年|增速|增幅|增加了?多少|(?<!新)增了|涨了|涨幅|下降|降幅|跌幅|减少了?多少|同比|环比|提[高升]了|上升|回落|降低了?|下滑|缩短|收窄|多了|(?<!多)少了|变化|\b(?:grow|grew|growth|rise|rose|risen|increased?|fall|fell|fallen|drop|dropped|decline[ds]?|decreased?|reduced|shorten(?:ed)?|up|down|change|faster|year-on-year)\b")
_SHARE = re.compile(r"占比|比重|份额|比例|渗透率|普及率|占(?!地|领|用)|几成|(?<!per )\bshare\b(?! price)|proportion|percentage of|penetration")
_UNIT_ASKED = re.compile(rf"(?:多少|几)(?:个?(?:十|百(?!分)|千|万|亿)+)?(?P<unit>个?百分[点比]|个点(?!钟)|个(?=[^百十千万亿]|$)|{MEASURES})|(?:多少|几块?|多大一?笔)(?P<money>钱)|how much (?P<cash>money|cash|funding)|(?P<time>多久|多长时间)|how many (?P<english>percentage points|percent|)")
_BOTH = re.compile(r"^(?P<one>[^,，?？]+?)(?:和|与|以及|、)(?P<other>[^,，?？和与、]{1,16}?)(?:分别|各|都)+(?:同比)?(?P<ask>(?:是|为|有|达到|增长了?|下降了?|[\u4e00-\u9fff]{1,2}了?)*(?:多少|几)[^,，?？]{0,4}[?？]?)$")
_WHO_ASKED = re.compile(r"[,，]\s*(?:这|这话|这个问题)?(?:是|由)(?:谁|哪[家位个](?:媒体|报社|电视台|记者)?)[^,，?？]{0,3}(?:提?问|追问|提出?)的?[?？]?$")  # …怎么防，是哪家媒体提问的: one question
_MEASURED = "[\u4e00-\u9fff][量额率值价数]|出口|进口|收入|利润|支出|投资"
_AGAIN = re.compile(r"(?:一共)?(?:各(?:是|有|占)?多少|(?:都)?有谁|都是谁|有?[几哪]几?[个位]?人?(?:提|说|讲)[到过]的?|叫(?:什么|啥)(?:名字)?|哪一?天|列?个?要点)")  # asks no more than the piece before it
_ENGLISH_NUMERALS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def parse_question(text: str, standalone: str = "") -> Question:
    """A question as understood. `standalone` is its complete form where the history had to complete it.

    Raises QuestionError for an empty question and for one of more than 1,000 characters.
    """
    if not text.strip():
        raise QuestionError("the question is empty: type a question such as 2023年汽车销量是多少？")
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text)} characters, at most {LONGEST} are read: shorten it")
    full = standalone or text
    folded = fold(full)
    asks, asking = _kind(folded)
    unit = _UNIT_ASKED.search(folded)
    asking += [unit.span()] if unit else []
    periods = [p for p in find_periods(folded) if not p.base]
    claimed = find_figures(folded) if asks in ("yes_no", "reason") else []
    subject = _subject(folded, asking, [(p.start, p.end) for p in periods] + [(f.start, f.end) for f in claimed])
    basis = next((word for word, sign in (("同比", "同比|year.on.year|yoy|year earlier"), ("环比", "环比|month.on.month|quarter.on.quarter|qoq|mom")) if re.search(sign, folded)), "")
    named = _unit(unit, subject, folded)
    moved = bool(_CHANGE.search(folded) or basis)
    wants: Wants = "change" if moved and named == "百分点" else "share" if _SHARE.search(folded) else "change" if moved else "level"
    return Question(
        text=text,
        standalone=full,
        language=_language(text),
        asks=asks,
        periods=tuple(full[p.start : p.end] for p in periods),
        basis=basis,
        subject=subject,
        unit=named,
        wants=wants,
        count=_count(folded),
        claim=folded[claimed[-1].start : claimed[-1].end] if claimed else "",
        parts=_parts(full, asks),
    )


def _unit(asked: re.Match[str] | None, subject: str, folded: str) -> str:
    """The unit that a question asks for: 家, 元; 个 where anything counted will do; "" where it doesn't say."""
    if asked and asked["english"] is not None:
        noun = re.search(r"how many (?:[a-z-]+ )*?([a-z-]+) (?:have|has|had|did|does|do|were|was|are|is|will|can|could|got|in|on|at|of|from|that|per)\b", folded)
        return {"percent": "%", "percentage points": "百分点"}.get(asked["english"], noun[1] if noun else "个")
    if asked and asked["time"]:
        return "时间"
    if asked and asked["unit"]:
        return "%" if asked["unit"] in ("成", "个百分比", "百分比") else "百分点" if asked["unit"].endswith("点") else asked["unit"]
    if asked:  # 多少钱, how much money
        return "元"
    ratio = r"率[达到为了有]*$|\b(?:rate|ratio|percentage|percent|proportion)\b"
    return "%" if re.search(ratio, subject) or re.search(r"百分之|what (?:percentage|percent|proportion|share)|\brate\b", folded) else ""


def _language(text: str) -> Language:
    return "en" if re.search(r"[A-Za-z]", text) and not re.search(r"[\u3400-\u9fff]", text) else "zh"


def _kind(folded: str) -> tuple[Asks, list[tuple[int, int]]]:
    """The kind of the question, and where its asking words stand."""
    spans: list[tuple[int, int]] = []
    kind: Asks | None = None
    for name, pattern in _ASKING:
        matches = list(re.finditer(pattern, folded))
        spans += [m.span() for m in matches]
        if matches and kind is None:
            kind = name
    measured = re.search(r"[量额率值数速幅]$|[年月同环][增减降]$|规模$|收入$|利润$|总数$|出口$|进口$|[比环](?:的)?变化$|增减变化$", re.sub(r"(?:如何|怎么样|怎样|情况)?[?？。!呢的是 ]*$", "", folded))
    english = (kind is None or re.search(r"\bwhat (?:was|were|is|are)\b", folded)) and re.search(r"sales|output|production|exports|imports|revenue|growth|profit|number|total|price|rate|ratio|population|share|investment|size|value|cost|target|income|budget|coverage|average|temperature|depth|length|speed|capacity|wait|age|height|weight|distance|percentage|level|score|amount|fee|wage|salary|turnover|deficit|surplus|debt|area|volume|occupancy", folded)
    if kind in ("who", "where", "when") and re.match(r"(?:the )?(?:total )?(?:number|amount|share|percentage|proportion) of\b", folded):
        return "figure", spans  # number of pupils who got help
    if kind in (None, "manner", "thing") and (measured or english):
        return "figure", spans
    if kind is None and re.search(r"[?？]\s*$", folded) and find_figures(folded):
        return "yes_no", spans  # 上半年才236万标箱？
    if kind in ("where", "when", "who") and re.match(r"(?:is|are|was|were|did|does|has|have|had|will)\b", folded):
        return "yes_no", spans  # is it back to where it was?
    return kind or "thing", spans


def _subject(folded: str, asking: list[tuple[int, int]], known: list[tuple[int, int]]) -> str:
    """The folded question without asking words, periods, figures put forward and polite filling; runs apart by a space."""
    chars = list(folded)
    for start, end in asking + known:
        chars[start:end] = " " * (end - start)
    text = _POLITE.sub(lambda m: " " * len(m.group()), "".join(chars))
    text = _STOP.sub(lambda m: " " * len(m.group()), text)
    words = re.findall(r"[a-z0-9][a-z0-9.+%'-]*|[^\x00-\x7f]+", text)
    kept = [w.rstrip(".'") for w in words if w.rstrip(".'") not in _ENGLISH_STOP]
    return " ".join(re.sub(r"^(?:有|为|占|达|共|约|由|年)(?=[^\x00-\x7f]|$)|(?:达|为|有|共)$", "", w) if not w.isascii() else w for w in kept).strip()


def _count(folded: str) -> int:
    match = re.search(r"([两二三四五六七八九十]|\d{1,2})(?:个|项|条|点|大|方面|款|种)(?=[^,，?？]{0,12}(?:是|有|指|为)(?:哪些|什么|啥|哪几))", folded) or re.search(r"哪[“\"']?([两二三四五六七八九十\d]{1,2})(?:个|项|条|点|类|家|种|大|样|款|处|组|件|方面|部分)", folded)
    if match:
        return 2 if match[1] == "两" else int(match[1]) if match[1].isdigit() else read_numeral(match[1])
    english = re.search(r"(?:the|which|what) (two|three|four|five|six|seven|eight|nine|ten) ", folded)
    return _ENGLISH_NUMERALS.index(english[1]) if english else 0


def _two(one: str, other: str, ask: str) -> tuple[str, str]:
    """禽蛋、牛奶各产了多少 → 禽蛋产了多少, 牛奶呢？ What both share stands with the second: 小麦和玉米的产量, 今年和去年的经费."""
    times = [find_periods(fold(side)) for side in (one, other)]
    if times[0] and times[0][-1].end == len(one) and times[1] and times[1][0].start == 0:
        return f"{one}{other[times[1][0].end :]}{ask}", f"{other[: times[1][0].end]}呢？"
    shared = re.search(f"的.+$|(?:{_MEASURED})$", other)
    if shared and one.endswith(shared.group()):
        return f"{one}{ask}", f"{other}{ask}"
    lent = shared.group() if shared and "的" not in one and not re.search(f"(?:{_MEASURED})$", one) else ""
    return f"{one}{lent}{ask}", f"{other}呢？"


def _parts(text: str, asks: Asks) -> tuple[str, ...]:
    """The single questions of a question that asks twice: 销量是多少，同比增长多少？ → two. The second leans on the first."""
    if asks in ("overview", "comparison") or _WHO_ASKED.search(text):
        return ()
    both = _BOTH.match(text) if asks == "figure" else None
    if both:
        return _two(both["one"], both["other"], both["ask"])
    compound = re.search(r"产销量?(?=分别|各|是多少)|产销量(?=[?？]?$)", text) if asks == "figure" else None
    if compound:
        return text[: compound.start()] + "产量" + text[compound.end() :].replace("分别", ""), "销量呢？"
    pieces = [p.strip() for p in re.split(r"[?？;；]|、(?=几|多少|谁|哪|其中)|[,，](?=[^,，]*(?:多少|多[大高长久远快]|几|谁|何时|哪|什么|怎|吗))|(?:, | )and (?=(?:how|what|who|when|where|why|by)\b)", text) if p.strip()]
    pieces = [p for n, p in enumerate(pieces) if not n or not _AGAIN.fullmatch(fold(p))]
    asking = [p for p in pieces if p.endswith("呢") or any(re.search(pattern, fold(p)) for _, pattern in _ASKING)]
    if not 2 <= len(asking) <= MOST_PARTS or len(asking) != len(pieces):
        return ()
    return tuple(p if p[-1] in "?？" else p + ("？" if _language(text) == "zh" else "?") for p in asking)
