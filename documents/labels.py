"""Speaker labels: the ways in which transcripts say who speaks next, and what only looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from documents.heads import read_names
from documents.names import LATIN_NAME, LATIN_OFFICE, NAME, OFFICE_END, find_title, simplify

_SAYS_SOMETHING = 30  # characters: 文化：演出热起来 is a heading
MOST_SPEAKERS = 500  # whose offices are looked for: each costs a walk through the text

# Words that stand before a colon like a name and are none.
_FIELDS = (
    "时间 日期 地点 主题 来源 作者 编辑 责编 单位 电话 邮箱 地址 附件 备注 方向 高度 成果 和谐 安全 全文 目录 原因 结论 金额 高位 明确 关键 时期 全年 华东 华北 华南 连续 应当 成绩 成效 "
    "原标题 原题 原文 原则 原委 关键词 关键字 文字 文案 文件 文号 官方 官网 官宣 海报 海外 包括 车牌 车型 韩媒 解析 解读 解决 解释 简历 简介 申明 任务 任期 任职 项目 方案 方式 方法 方针 "
    "程序 农业 江苏 江西 安徽 广东 云南 海南 成立 成本 党委 党建 费用 路线 高校 高峰 全国 全球 全称 全部 景区 席位 和平 金融 黄金 石油 石化 应急 计划 平台 平均 常见 项目名 连线 白天 时刻 "
    "文化 文旅 文物 文艺 农村 农民 房产 房价 时政 党政 康养 康复 温度 景点 全域 毛利 费率 车险 车市 车企 车贷 麦收 关税 冷链 和美 花卉 花费 沙漠 海洋 海运 海关 楼市 楼盘 满意 豆类 储能 储备 储蓄 班列 班次 南方 南部 牛羊 牛肉 牛奶 柴油 明年 "
    "Note Notes Source Sources Time Date Place Photo Image Update Background Contact Location Venue Topic Subject Summary Example Warning Editor Author Email Phone Tel Address "
    "Title Link Total Appendix Figure Table Step Part Section Chapter However Today Also Website Present Attending Attendees Participants Speakers Panel Applause Laughter Music Crosstalk"
)
_NO_NAMES = frozenset(_FIELDS.split())

_OUTLETS = (
    r"(?:社|网|报|周刊|电视台?|电台|总台|新闻台|广播|卫视|新闻|财经|媒体|News|Daily|Times|Post|Agency|TV|Press|Radio|Journal|Herald|Tribune|Gazette|Chronicle|Weekly|Ledger|Telegraph|Magazine)》?"
    r"|(?:.* )?(?:Reuters|AFP|AP|Bloomberg|CNN|BBC|CCTV|CGTN|NHK|Kyodo|Xinhua|NBC|CBS|ABC|NPR|TASS|Yonhap)"
)
_REPORTS = re.compile(r"(?:[通预汇海情电申举上播月季财简捷喜警填]|(?<!大)公|(?<![青少])年)报$|[官外内电路管联全收]网$|出版社|合作社|旅行社|公社$")


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker label as it stands before a turn: `辛国斌（工业和信息化部副部长）：`, or `【辛国斌】` above it."""

    speaker: str
    title: str
    asks: bool  # a reporter, or whoever puts the question
    moderates: bool
    length: int  # characters up to and including the colon or bracket and the space behind it
    certain: bool  # False for a bare name or office, which counts only in a document that looks like a transcript
    framed: bool  # in brackets or bold type, without a colon
    listed: bool = True  # False where only its length and place make it a name: no surname that names.py lists


_SHAPE = re.compile(
    r"(?:\*\*|__)?(?P<who>[^\s：:，。！？；,;!?（(\[【\"“”#|>*](?:[^：:，。！？；;!?（(\[【\"“”#|*\n]{0,38}?[^\s：:，。！？；;!?（(\[【\"“”#|*])?)"
    r"(?:\*\*|__)?[ \u3000]?(?:[（(\[【](?P<aside>[^）)\]】\n]{1,60})[）)\]】])?(?:\*\*|__)?[：:](?:\*\*|__)?[ \t\u3000]*"
)
_INNER = r"(?P<who>[^\s：:。！？；;!?（()）\[\]【】［］\"“”#|>*_][^：:。！？；;!?（()）\[\]【】［］\"“”#|>*_\n]{0,60}?)[ \u3000]?(?:[（(](?P<aside>[^（()）\n]{1,60})[）)])?"
_BRACKETED = re.compile(rf"(?:\*\*|__)?[【\[［]{_INNER}[】\]］](?:\*\*|__)?(?P<colon>[：:])?(?![(\[:])[ \t\u3000]*")
_BOLD = re.compile(rf"(?P<mark>\*\*|__){_INNER}(?P=mark)$")
_ASKS = re.compile(r"^(?:.*(?:记者|提问|记者问|媒体问)|问|追问|网[友民]|(?i:Q|Question|(?:.* )?(?:reporter|journalist|correspondent)))\s*\d*$")
# 问答环节，《岭湾商报》记者抛出第一个问题：…？
_PUTS = re.compile(
    r"(?:[^：:。？！?!\n]{0,16}[，,])?(?P<who>[^：:，。？！,?!\n]{0,30}?(?:记者|記者|主播|投资者|股东|网友|听众|观众|代表)[^：:，。？！,?!\n]{0,5}?)(?:在[^：:，。？！\n]{0,8})?"
    r"(?:抛出[^：:，。\n]{0,6}问题|提出[^：:，。\n]{0,6}问题|(?:随后|接着|继续|当场|率先|首先)?(?:提问|追问|发问|提問|追問|問道|问道|问|問))[：:][ \t\u3000]*"
)
_ANSWERED = re.compile(r"(?P<who>.*\S)(?:回答|答复|答復|答)(?:说|道)?$")  # 荀明谦答：
_PUBLIC = re.compile(r"(?:股东|投资者|市民|网友|观众|听众|群众|居民|学生|家长|村民|先生|女士)[A-Z\d]?$")  # who may put a question
_ANALYST = re.compile(r"(?:分析师|研究员|基金经理|投资者|股东)$")
_OURS = re.compile(r"^本[报社台刊网]")  # 本报记者 李明 wrote the article
_OUTLET = re.compile(rf"^(?:《?\S.*{_OUTLETS})$")
_REPORTER_NAMED = re.compile(rf"^.*记者[ \u3000]?{NAME}$")
_REPORTER_UNKNOWN = re.compile(r"^.*记者[ \u3000]?[\u4e00-\u9fff]{2,3}$")  # a surname that isn't listed: only where a question is put
_ANSWERS = re.compile(r"^(?:答|A|(?i:Answer))\s*\d*$")
_MODERATES = re.compile(r"^(?:.*主持人?|(?i:Moderator|Host)(?:\s.*)?|(?i:Chair))$|主持人")
_NAMED = re.compile(rf"^(?P<title>.*?(?:{OFFICE_END}))?[ \u3000]?(?P<name>{NAME})(?:[ \u3000]?(?P<after>{OFFICE_END}))?$")
_LATIN = re.compile(rf"^(?P<name>{LATIN_NAME})(?:, (?P<title>[^,].*))?$")
_OFFICE = re.compile(rf"(?:{OFFICE_END})$")
_HAS_OFFICE = re.compile(rf"(?:{OFFICE_END})|\b{LATIN_OFFICE}\b")
# 王军说：“… tells what was said within an article; 责任编辑： gives a credit. Neither opens a turn.
_TELLS = re.compile(
    r"(?:说|称|[写问]道|表示|指出|强调|介绍|认为|透露|坦言|回应|补充|解释|回忆|感慨|直言|呼吁|警告)$|告诉|采访| (?:said|says|told|added|asked|wrote)\b"
    r"|(?<!总)(?<!主)(?:编辑|责编|校对|审核|审校|监制|摄像|摄影|撰稿|统筹|策划|供图|撰文|制图)$|负责人?签字$"
)


def find_labels(lines: Sequence[str], text: str) -> dict[int, Label]:
    """Line number → label. A bare name counts once the document shows that it is a transcript."""
    found = _names_alone(lines, {n: label for n, line in enumerate(lines) if (label := read_label(line, _below(lines, n)))}, text)
    found, chaired = _without_credits(lines, found)
    plain = {n: label for n, label in found.items() if not label.framed}
    framed = {n: label for n, label in found.items() if label.framed}
    times = Counter(label.speaker for label in plain.values() if label.speaker)
    talks = sum(times[speaker] > 1 for speaker in times) > 1
    transcript = talks or chaired or any(label.certain and (label.asks or label.moderates) for label in plain.values())
    spoken = {n: label for n, label in plain.items() if label.certain or transcript or times[label.speaker] > 1}
    return _only_ask(lines, {**spoken, **framed} if _take_turns(list(framed.values()), text, spoken) else spoken)


def _only_ask(lines: Sequence[str], found: dict[int, Label]) -> dict[int, Label]:
    """Whoever holds no office and ends every turn with a question is one who asks: MOTORWOCHE: …?"""
    order = sorted(found)
    puts: dict[str, bool] = {}
    for n, after in pairwise([*order, len(lines)]):
        said = " ".join([lines[n][found[n].length :], *lines[n + 1 : after]]).strip()
        asked = re.search(r"[？?][^。.？?]{0,45}[。.]?[”\"」』]?$", said) is not None
        puts[found[n].speaker] = puts.get(found[n].speaker, True) and asked and not (found[n].title or found[n].moderates)
    turns = len({label.speaker for label in found.values()})
    return {n: replace(label, asks=True) if turns > 2 and label.speaker and puts[label.speaker] else label for n, label in found.items()}


def _names_alone(lines: Sequence[str], found: dict[int, Label], text: str) -> dict[int, Label]:
    """Labels without the short words before a colon that are no names: a name answers a question, or the text gives it an office."""
    order = sorted(found)
    speaks = {n for n, label in found.items() if not label.listed and (len(lines[n]) > _SAYS_SOMETHING or len(lines[n]) == label.length)}
    behind = {found[n].speaker for before, n in pairwise(order) if found[before].asks and n in speaks}
    unknown = list(dict.fromkeys(found[n].speaker for n in order if n in speaks))[:MOST_SPEAKERS]
    names = {speaker for speaker in unknown if speaker in behind or find_title(speaker, text)}
    return {n: label for n, label in found.items() if label.listed or label.speaker in names}


def _below(lines: Sequence[str], number: int) -> str:
    """What follows a line that is short enough to be a label: enough of it to see whether a question is put."""
    return "\n".join(lines[number + 1 : number + 9]) if len(lines[number]) <= 80 else ""


def _take_turns(labels: Sequence[Label], text: str, spoken: dict[int, Label]) -> bool:
    """Whether names in frames are speakers and not headings: one asks or moderates, or two with an office come again, in frames or without."""
    times = Counter(label.speaker for label in labels if label.speaker)
    if len(times) < 2 or all(label.asks for label in labels):
        return False
    if any(label.certain and (label.asks or label.moderates) for label in labels):
        return True
    others = {label.speaker for label in spoken.values()}
    again = [label for label in labels if times[label.speaker] > 1 or label.speaker in others][:MOST_SPEAKERS]
    return len({label.speaker for label in again if label.title or find_title(label.speaker, text)}) > 1


def _without_credits(lines: Sequence[str], found: dict[int, Label]) -> tuple[dict[int, Label], bool]:
    """Labels without those of the head that only name somebody: `主持：新闻发言人　顾晓岚`. Whoever chairs moderates below.

    Also whether the head says who chairs.
    """
    kept: dict[int, Label] = {}
    times = Counter(label.speaker for label in found.values())
    chairs: set[str] = set()
    began = asked = False
    for number, label in found.items():
        said = lines[number][label.length :] or "".join(lines[number + 1 : number + 2])
        names = () if began else read_names(said)
        if names:
            chairs.update(names if label.moderates else ())
            continue
        if simplify(label.speaker) in chairs and not (label.asks or asked):
            label = replace(label, moderates=True, certain=True)
        kept[number] = label
        began = began or label.certain or times[label.speaker] > 1
        asked = label.asks
    return kept, bool(chairs)


def read_label(line: str, below: str = "") -> Label | None:
    """The speaker label that a line begins with, or None. A colon alone makes no label, nor does a frame.

    below is what follows the line: the words of a label that has a line of its own.
    """
    put = _PUTS.match(line)
    if put and re.search(r"[？?][”」』\"]?$", line[put.end() :].strip()):
        return Label(put["who"], "", True, False, put.end(), True, False)
    match = _SHAPE.match(line)
    framed = match is None
    if not match:
        match = _BRACKETED.match(line) or _BOLD.match(line)
        framed = match is not None and not match.groupdict().get("colon")
    if not match or re.match(r"//|https?:", line[match.end() : match.end() + 6]):
        return None
    who, aside, length = match["who"].strip(" \u3000_"), (match["aside"] or "").strip(), match.end()
    told = _ANSWERED.fullmatch(who)
    who = told["who"] if told and not framed else who
    plain, said = simplify(who), line[length:] or below
    if not who or plain in _NO_NAMES or _TELLS.search(plain):
        return None
    if _MODERATES.search(plain):
        named = re.sub(r"^.*主持人[ \u3000]?", "", who) if "主持人" in plain else ""
        return Label(named or who, aside or ("主持人" if named else ""), False, True, length, True, framed)
    if _ANSWERS.match(plain):
        return Label("", aside, False, False, length, True, framed)
    asks = re.search(r"[？?]", said) is not None
    if _ASKS.match(plain) or _REPORTER_NAMED.match(plain) or (asks and _REPORTER_UNKNOWN.match(plain)):
        credit = re.fullmatch(rf"(?:{NAME}[ 、/\u3000]*)+", simplify(said.split("\n", 1)[0][:40]))  # 记者：梁晓琪
        if credit or (framed and _OURS.match(plain)):
            return None
        return Label(who, aside, True, False, length, asks or not (framed or re.fullmatch(r"Q\d+|网[友民]", plain)), framed)
    if _OUTLET.match(plain) and not _REPORTS.search(plain):
        return Label(who, aside, True, False, length, asks, framed)
    if asks and _PUBLIC.search(plain):
        return Label(who, aside, True, False, length, True, framed)
    label = _read_speaker(who, plain, aside, length, framed)
    return replace(label, asks=True) if label and asks and _ANALYST.search(simplify(label.title)) else label


def _read_speaker(who: str, plain: str, aside: str, length: int, framed: bool) -> Label | None:
    """The label of somebody who is named, or of an office. In a frame an aside is a title only where it holds an office."""
    named = _NAMED.match(plain)
    if named:
        office, name, after = (who[slice(*named.span(part))] for part in ("title", "name", "after"))
        title, speaker = aside or office.strip() or after, name.replace("\u3000", "").replace(" ", "")
    elif _OFFICE.search(plain):
        return Label(who, aside, False, False, length, False, framed)
    elif latin := _LATIN.match(who):
        title, speaker = aside or (latin["title"] or ""), latin["name"]
    elif re.fullmatch(r"[\u4e00-\u9fff]{2,3}", plain):
        return Label(who, aside, False, False, length, _HAS_OFFICE.search(simplify(aside)) is not None, framed, listed=False)
    else:
        return None
    if framed and title and not _HAS_OFFICE.search(simplify(title)):
        return None
    return Label(speaker, title, _reports(title), False, length, bool(title), framed)


def _reports(title: str) -> bool:
    return bool(re.search(r"[记記]者$|[Rr]eporter$|[Cc]orrespondent$|[Jj]ournalist$", title))
