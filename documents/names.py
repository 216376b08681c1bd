"""Who is speaking: speaker labels, personal names and offices, by the conventions of transcripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞"
    "敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井"
)
COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|夏侯|司徒|端木|百里|呼延|南宫"
NAME = rf"(?:(?:{COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{SURNAMES}][ \u3000]?[\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{1,6}}(?:[·•][\u4e00-\u9fff]{{1,8}})+)"
LATIN_NAME = r"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Minister|President|Secretary)\.? )?[A-Z][\w'’.-]*(?: (?:de|van|von|bin|al|[A-Z][\w'’.-]*)){0,4}"
OFFICE_END = (
    "部长|主任|局长|司长|处长|厅长|省长|市长|县长|区长|州长|院长|校长|会长|理事长|董事长|秘书长|行长|署长|社长|所长|台长|组长|队长|站长|科长|庭长|检察长|审计长|"
    "总长|首长|酋长|次长|关长|机长|船长|馆长|书记|主席|总统|总理|首相|总裁|经理|总监|总工程师|工程师|总规划师|总农艺师|总经济师|总会计师|会计师|分析师|经济学家|专家|学者|教授|研究员|发言人|"
    "委员|专员|督导员|司令员|政委|大使|公使|代表|顾问|负责人|创始人|合伙人|主持人|CEO|CFO|COO|CTO|记者|编辑|议员|法官|检察官|律师|医生|大臣|外长|防长|财长"
)
_FIELDS = "时间 日期 地点 主题 来源 作者 编辑 责编 单位 电话 邮箱 地址 附件 备注 方向 高度 成果 和谐 安全 全文 目录 原因 结论 金额 高位 明确 关键 时期 全年 华东 华北 华南 连续 应当 成绩 成效"

REPORTERS = "记者|提问|媒体|日报|晚报|早报|时报|周报|周刊|新闻社|通讯社|电视台|广播|总台|社|台|网|报"


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker label as it stands before a turn: `辛国斌（工业和信息化部副部长）：`."""

    speaker: str
    title: str
    asks: bool
    moderates: bool
    length: int  # characters up to and including the colon and the space behind it
    certain: bool  # False for a bare name, which counts only in a document that looks like a transcript


_SHAPE = re.compile(
    r"(?:\*\*|__)?(?P<who>[^\s：:，。！？；,;!?（(\[【\"“”#|>*](?:[^：:，。！？；;!?（(\[【\"“”#|*\n]{0,38}?[^\s：:，。！？；;!?（(\[【\"“”#|*])?)"
    r"[ \u3000]?(?:[（(\[【](?P<aside>[^）)\]】\n]{1,60})[）)\]】])?(?:\*\*|__)?[：:](?:\*\*|__)?[ \t\u3000]*"
)
_ASKS = re.compile(rf"^(?:问|提问|Q|Question|[Rr]eporter|[Jj]ournalist|[Cc]orrespondent|.*(?:{REPORTERS})|.*(?:[Rr]eporter|[Cc]orrespondent|[Jj]ournalist))\s*\d*$")
_ANSWERS = re.compile(r"^(?:答|A|Answer)\s*\d*$")
_MODERATES = re.compile(r"^(?:.*主持人?|Moderator|Host|Chair)(?:\s.*)?$|主持人")
_NAMED = re.compile(rf"^(?P<title>.*?(?:{OFFICE_END}))?[ \u3000]?(?P<name>{NAME})(?:[ \u3000]?(?P<after>{OFFICE_END}))?$")
_LATIN = re.compile(rf"^(?P<name>{LATIN_NAME})(?:, (?P<title>[^,].*))?$")


def read_label(line: str) -> Label | None:
    """The speaker label that a line begins with, or None. A colon alone makes no label."""
    match = _SHAPE.match(line)
    if not match or line[match.end() : match.end() + 2] == "//":
        return None
    who, aside, length = match["who"].strip(), (match["aside"] or "").strip(), match.end()
    if who in _FIELDS.split():
        return None
    if _MODERATES.search(who):
        named = re.sub(r"^.*主持人[ \u3000]?", "", who)
        return Label(named or who, aside or ("主持人" if named else ""), False, True, length, True)
    if _ANSWERS.match(who):
        return Label("", aside, False, False, length, True)
    if _ASKS.match(who) or re.match(r"^.*记者[ \u3000]?" + NAME + "$", who):
        return Label(who, aside, True, False, length, True)
    named_match = _NAMED.match(who)
    if named_match:
        title = aside or (named_match["title"] or "").strip() or (named_match["after"] or "")
        return Label(named_match["name"].replace("\u3000", "").replace(" ", ""), title, False, False, length, bool(title))
    if re.search(rf"(?:{OFFICE_END})$", who):
        return Label(who, aside, False, False, length, True)
    latin = _LATIN.match(who)
    if latin:
        return Label(latin["name"], aside or (latin["title"] or ""), False, False, length, bool(aside or latin["title"]))
    return None


_NOT_OFFICE = re.compile(r"^(?:.*?(?:请|由|向|和|与|对|以及|对于|邀请到?|出席的?有?|包括|分别是|(?<=[的了])))(?=[\u4e00-\u9fff]{3,}$)")


@lru_cache(maxsize=4096)
def find_title(name: str, text: str) -> str:
    """The office that the text gives a named person: what stands right before the name, or in brackets behind it."""
    if not name:
        return ""
    after = re.search(re.escape(name) + r"[（(]([^）)\n]{2,40})[）)]", text)
    if after and re.search(rf"(?:{OFFICE_END})", after[1]):
        return after[1]
    best = ""
    for match in re.finditer(rf"(?:^|[，。；：:！？\n“”（）、])([^，。；：:！？\n“”（）]{{2,60}}?(?:{OFFICE_END}))[ \u3000]?{re.escape(name)}", text):
        title = _NOT_OFFICE.sub("", match[1]).strip()
        best = title if len(title) > len(best) else best
    return best
