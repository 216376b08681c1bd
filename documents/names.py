"""Who is speaking: speaker labels, personal names and offices, by the conventions of transcripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from documents.fold import fold

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞"
    "敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井"
)
COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|夏侯|司徒|端木|百里|呼延|南宫"
NAME = rf"(?:(?:{COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][ \u3000]?[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,6}}(?:[·•][\u4e00-\u9fff]{{1,8}})+)"
_WORD = r"[A-ZÀ-Þ](?:[^\W_\u3000-\ud7ff]|['’.-])*"  # Smith, O’Neill, U.S.; Chinese right behind it is no part of it
# Provinces, and the countries and regions that briefings compare with; not China itself.
PLACES = (
    r"北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|"
    r"美国|英国|法国|德国|日本|韩国|俄罗斯|印度|巴西|南非|加拿大|澳大利亚|意大利|西班牙|欧盟|欧元区|欧洲|非洲|亚洲|东盟"
)
SAYS = r"(?:表示|指出|强调|介绍|透露|认为|称|说|坦言|回应|补充|告诉|宣布)"
LATIN_NAME = rf"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Minister|President|Secretary)\.? )?{_WORD}(?: (?:de|van|von|bin|al|{_WORD})){{0,4}}"
OFFICE_END = (
    "部长|主任|局长|司长|处长|厅长|省长|市长|县长|区长|州长|院长|校长|会长|理事长|董事长|秘书长|行长|署长|社长|所长|台长|组长|队长|站长|科长|庭长|检察长|审计长|"
    "总长|首长|酋长|次长|关长|机长|船长|馆长|书记|主席|总统|总理|首相|总裁|经理|总监|总工程师|工程师|总规划师|总农艺师|总经济师|总会计师|会计师|分析师|经济学家|专家|学者|教授|研究员|发言人|"
    "委员|专员|督导员|司令员|政委|大使|公使|代表|顾问|负责人|创始人|合伙人|主持人|CEO|CFO|COO|CTO|记者|编辑|议员|法官|检察官|律师|医生|大臣|外长|防长|财长"
)
# Words that stand before a colon like a name and are none.
_FIELDS = (
    "时间 日期 地点 主题 来源 作者 编辑 责编 单位 电话 邮箱 地址 附件 备注 方向 高度 成果 和谐 安全 全文 目录 原因 结论 金额 高位 明确 关键 时期 全年 华东 华北 华南 连续 应当 成绩 成效 "
    "原标题 原题 原文 原则 原委 关键词 关键字 文字 文案 文件 文号 官方 官网 官宣 海报 海外 包括 车牌 车型 韩媒 解析 解读 解决 解释 简历 简介 申明 任务 任期 任职 项目 方案 方式 方法 方针 "
    "程序 农业 江苏 江西 安徽 广东 云南 海南 成立 成本 党委 党建 费用 路线 高校 高峰 全国 全球 全称 全部 景区 席位 和平 金融 黄金 石油 石化 应急 计划 平台 平均 常见 项目名 连线 白天 时刻 "
    "Note Notes Source Sources Time Date Place Photo Image Update Background Contact Location Venue Topic Subject Summary Example Warning Editor Author Email Phone Tel Address "
    "Title Link Total Appendix Figure Table Step Part Section Chapter However Today Also Website"
)

_NO_NAMES = frozenset(_FIELDS.split())

_OUTLETS = (
    r"(?:社|网|报|周刊|电视台?|电台|总台|新闻台|广播|卫视|新闻|财经|媒体|News|Daily|Times|Post|Agency|TV|Press|Radio|Journal|Herald|Tribune)》?"
    r"|(?:.* )?(?:Reuters|AFP|AP|Bloomberg|CNN|BBC|CCTV|CGTN|NHK|Kyodo|Xinhua|NBC|CBS|ABC|NPR|TASS|Yonhap)"
)
_REPORTS = re.compile(r"(?:[通预汇海情电申举上播月季财简捷喜警填]|(?<!大)公|(?<![青少])年)报$|[官外内电路管联全收]网$|出版社|合作社|旅行社|公社$")


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker label as it stands before a turn: `辛国斌（工业和信息化部副部长）：`."""

    speaker: str
    title: str
    asks: bool  # a reporter, or whoever puts the question
    moderates: bool
    length: int  # characters up to and including the colon and the space behind it
    certain: bool  # False for a bare name or office, which counts only in a document that looks like a transcript


_SHAPE = re.compile(
    r"(?:\*\*|__)?(?P<who>[^\s：:，。！？；,;!?（(\[【\"“”#|>*](?:[^：:，。！？；;!?（(\[【\"“”#|*\n]{0,38}?[^\s：:，。！？；;!?（(\[【\"“”#|*])?)"
    r"(?:\*\*|__)?[ \u3000]?(?:[（(\[【](?P<aside>[^）)\]】\n]{1,60})[）)\]】])?(?:\*\*|__)?[：:](?:\*\*|__)?[ \t\u3000]*"
)
_ASKS = re.compile(r"^(?:.*(?:记者|提问|记者问|媒体问)|问|追问|(?i:Q|Question|(?:.* )?(?:reporter|journalist|correspondent)))\s*\d*$")
_OUTLET = re.compile(rf"^(?:《?\S.*{_OUTLETS})$")
_REPORTER_NAMED = re.compile(rf"^.*记者[ \u3000]?{NAME}$")
_ANSWERS = re.compile(r"^(?:答|A|(?i:Answer))\s*\d*$")
_MODERATES = re.compile(r"^(?:.*主持人?|(?i:Moderator|Host)(?:\s.*)?|(?i:Chair))$|主持人")
_NAMED = re.compile(rf"^(?P<title>.*?(?:{OFFICE_END}))?[ \u3000]?(?P<name>{NAME})(?:[ \u3000]?(?P<after>{OFFICE_END}))?$")
_LATIN = re.compile(rf"^(?P<name>{LATIN_NAME})(?:, (?P<title>[^,].*))?$")
_OFFICE = re.compile(rf"(?:{OFFICE_END})$")
# 王军说：“… tells what was said within an article; 责任编辑： gives a credit. Neither opens a turn.
_TELLS = re.compile(
    r"(?:说|称|[写问]道|表示|指出|强调|介绍|认为|透露|坦言|回应|补充|解释|回忆|感慨|直言|呼吁|警告)$|告诉|采访| (?:said|says|told|added|asked|wrote)\b"
    r"|(?<!总)(?<!主)(?:编辑|责编|校对|审核|审校|监制|摄像|摄影|撰稿|统筹|策划|供图|撰文|制图)$|负责人?签字$"
)


def read_label(line: str) -> Label | None:
    """The speaker label that a line begins with, or None. A colon alone makes no label."""
    match = _SHAPE.match(line)
    if not match or line[match.end() : match.end() + 2] == "//":
        return None
    who, aside, length = match["who"].strip(" \u3000_"), (match["aside"] or "").strip(), match.end()
    plain = simplify(who)
    if not who or plain in _NO_NAMES or _TELLS.search(plain):
        return None
    if _MODERATES.search(plain):
        named = re.sub(r"^.*主持人[ \u3000]?", "", who) if "主持人" in plain else ""
        return Label(named or who, aside or ("主持人" if named else ""), False, True, length, True)
    if _ANSWERS.match(plain):
        return Label("", aside, False, False, length, True)
    asks = re.search(r"[？?]", line[length:]) is not None
    if _ASKS.match(plain) or _REPORTER_NAMED.match(plain):
        credit = re.fullmatch(rf"(?:{NAME}[ 、/\u3000]*)+", simplify(line[length : length + 40]))  # 记者：梁晓琪
        return None if credit else Label(who, aside, True, False, length, asks or not re.fullmatch(r"Q\d+", who))
    if _OUTLET.match(plain) and not _REPORTS.search(plain):
        return Label(who, aside, True, False, length, asks)
    named_match = _NAMED.match(plain)
    if named_match:
        office, name, after = (who[slice(*named_match.span(part))] for part in ("title", "name", "after"))
        title = aside or office.strip() or after
        return Label(_join(name), title, _reports(title), False, length, bool(title))
    if _OFFICE.search(plain):
        return Label(who, aside, False, False, length, False)
    latin = _LATIN.match(who)
    if latin:
        title = aside or (latin["title"] or "")
        return Label(latin["name"], title, _reports(title), False, length, bool(title))
    return None


def simplify(text: str) -> str:
    """The text with its traditional characters simplified, one for one; all else stays."""
    return "".join(s if "\u3400" <= s <= "\u9fff" else c for c, s in zip(text, fold(text), strict=True))


_simplified = lru_cache(maxsize=4)(simplify)  # of whole documents


def _join(name: str) -> str:
    return name.replace("\u3000", "").replace(" ", "")


def _reports(title: str) -> bool:
    return bool(re.search(r"[记記]者$|[Rr]eporter$|[Cc]orrespondent$|[Jj]ournalist$", title))


# What may stand between the last comma and an office without being part of it: whom the sentence named before, and its verb.
_BEFORE_OFFICE = re.compile(
    rf"^.*(?:(?:{OFFICE_END})[ \u3000]?{NAME}(?:、|和|与|及|以及)|[的了]|出席[^、]*?有|邀请到?|(?<!申)请到?|(?<!自)由|包括|分别是|欢迎|采访|专访)(?=[\u4e00-\u9fff]{{2}})"
)
_WINDOW = 60  # characters before a name in which its office is looked for


@lru_cache(maxsize=4096)
def find_title(name: str, text: str) -> str:
    """The office that the text gives a named person: in brackets behind the name, or right before it."""
    if not name:
        return ""
    best, plain, name = "", _simplified(text), simplify(name)
    spellings = [name, f"{name[0]} {name[1]}", f"{name[0]}\u3000{name[1]}"] if len(name) == 2 else [name]  # 李 明
    for start, end in (span for spelled in spellings for span in _find(spelled, plain)):
        after = re.match(r"[（(]([^）)\n]{2,40})[）)]", plain[end : end + 44])
        if after and re.search(OFFICE_END, after[1]):
            return text[end + 1 : end + after.end() - 1]
        before = re.split(r"[，。；：:！？\n“”「」（）]", plain[max(0, start - _WINDOW - 1) : start].rstrip(" \u3000"))
        if _OFFICE.search(before[-1]) and (len(before) > 1 or start <= _WINDOW):
            title = _BEFORE_OFFICE.sub("", before[-1]).strip(" \u3000、")
            if len(title) > len(best):
                at = plain.rindex(title, 0, start)
                best = text[at : at + len(title)]
    return best


def _find(words: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + len(words))
