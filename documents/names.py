"""Personal names and offices: their forms in Chinese and English, and the lists that give them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from documents.fold import fold

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳"
    "时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞"
    "敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮辜容逄亓逯阙沃蔚晁訾毋巢蒯竺桓荀郗邴禤邸檀谯虢仉扈粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井"
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
    "总长|首长|酋长|次长|关长|机长|船长|馆长|书记|主席|总统|总理|首相|总裁|经理|总监|总工程师|工程师|总规划师|总农艺师|总经济师|总会计师|总统计师|总设计师|总指挥|会计师|分析师|经济学家|专家|学者|教授|研究员|发言人|"
    "委员|专员|督导员|巡视员|调研员|司令员|政委|大使|公使|代表|顾问|负责人|创始人|合伙人|主持人|CEO|CFO|COO|CTO|记者|编辑|议员|法官|检察官|律师|医生|大臣|外长|防长|财长"
)
LATIN_OFFICE = (
    r"(?:[Mm]inister|[Ss]ecretary|[Dd]irector|[Cc]hief|[Hh]ead|[Pp]resident|[Cc]hair(?:man|woman|person)?|[Cc]ommissioner|[Gg]overnor|[Mm]ayor|[Oo]fficer|[Mm]anager|[Ee]ngineer|[Ee]conomist|"
    r"[Ss]tatistician|[Ss]pokes(?:man|woman|person)|[Pp]rofessor|[Aa]mbassador|[Ll]eader|[Ee]ditor|[Aa]nalyst|[Aa]dvis[eo]r|[Ss]cientist|[Ii]nspector|[Ss]uperintendent|[Cc]oordinator|[Rr]epresentative|"
    r"[Tt]reasurer|[Cc]ouncillor|[Cc]ounsel|[Pp]rincipal|[Cc]urator|[Mm]aster|C[EFOT]O)"
)
_OFFICE = re.compile(rf"(?:{OFFICE_END})$")


def simplify(text: str) -> str:
    """The text with its traditional characters simplified, one for one; all else stays."""
    return "".join(s if "\u3400" <= s <= "\u9fff" else c for c, s in zip(text, fold(text), strict=True))


_simplified = lru_cache(maxsize=4)(simplify)  # of whole documents


# What may stand between the last comma and an office without being part of it: whom the sentence named before, and its verb.
_BEFORE_OFFICE = re.compile(
    rf"^.*(?:(?:{OFFICE_END})[ \u3000]?(?:{NAME}|(?!{OFFICE_END}|[兼和与及、])[\u4e00-\u9fff]{{2,3}}(?<!兼))(?:、|和|与|及|以及|[ \u3000]+)|[的了]|出席[^、]*?有|邀请到?|(?<!申)请到?|(?<!自)由|包括|分别是|欢迎|采访|专访)(?=[\u4e00-\u9fff]{{2}})"
)
# In a list of those present the office may stand behind the name: `罗启明　省卫生健康委副主任`, `- Jane Doe, Director of Education`.
_LISTED = re.compile(rf"(?:\*\*)?(?:[ \t\u3000]+|[，,] ?| ?[-–—]{{1,2}} ?)(?P<title>[^。；：！？;:.\n]{{0,40}}(?:{OFFICE_END}))[ \u3000]*(?=[;；\n]|$)")
_OPENS_LINE = re.compile(r"[\s>]*(?:[-*+•·▪]|\d{1,2}[.、)）])?\s*(?:[^\s：:]{1,8}[：:])?\s*(?:\*\*)?")
_VERB = r"(?:said|says|told|spoke|answered|was|were|is|are|has|had|will|would|who|which|that)\b"
_LATIN_TITLE = re.compile(
    r"(?:\*\*)?(?:,(?: (?:the|its|our|their|an?))? | \(| [-–—] )"
    rf"(?P<title>(?:(?!{_VERB}|(?:with|of|by|from|for|to|and|at|in|as|when)\b)[\w’'&/-]+ ){{0,5}}{LATIN_OFFICE}\b(?:(?! {_VERB})[^,;.:()\n]){{0,60}}"
    rf"(?:(?:, [A-Z][\w’'-]+)+,? and [A-Z][\w’'-]+(?! [A-Z]))?)(?=[,;.:)\n]| {_VERB}|$)"
)
_NEXT_PERSON = re.compile(r" and [A-Z]\S+ [A-Z]")  # “director and John Roe, engineer” gives no one the title “director and John Roe”
_LATIN_BEFORE = re.compile(
    rf"(?:^|(?<=[^\w’'&-]))(?P<title>(?:[A-Z][\w’'&-]+ ){{0,4}}(?-i:{LATIN_OFFICE})(?: (?:of|for) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)??) (?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame)\.? )?(?:[A-Z][\w’'-]+ ){{0,1}}$"
)
_WINDOW = 60  # characters before a name in which its office is looked for


@lru_cache(maxsize=4096)
def find_title(name: str, text: str) -> str:
    """The office that the text gives a named person: in brackets or behind a comma after the name, or right before it."""
    name = re.sub(r"^(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame)\.? ", "", name)
    if not name:
        return ""
    plain = _simplified(text)
    if re.match(r"[A-ZÀ-Þ]", name):
        places = list(_find(name.title() if name.isupper() else name, text))  # RENATA HOLM: is Renata Holm above
        return max((_behind_latin(end, text) for _, end in places), key=len, default="") or max((_before_latin(start, text) for start, _ in places), key=len, default="")
    name = simplify(name)
    spellings = [name, f"{name[0]} {name[1]}", f"{name[0]}\u3000{name[1]}"] if len(name) == 2 else [name]  # 李 明
    best = ""
    for start, end in (span for spelled in spellings for span in _find(spelled, plain)):
        after = re.match(r"[（(]([^）)\n]{2,40})[）)]", plain[end : end + 44])
        if after and re.search(OFFICE_END, after[1]):
            return text[end + 1 : end + after.end() - 1]
        best = max(best, _before(start, plain, text), _listed(start, end, plain, text), key=len)
    return best


def _behind_latin(end: int, text: str) -> str:
    match = _LATIN_TITLE.match(text, end)
    return match["title"] if match and not (text[match.end() :][:1] == "," and _NEXT_PERSON.search(match["title"])) else ""


def _before_latin(start: int, text: str) -> str:
    """The office right before a name, or before the first name of a surname: Chief Economist Dr Oona Reyle."""
    match = _LATIN_BEFORE.search(text[max(0, start - _WINDOW) : start])
    return match["title"] if match else ""


def _before(start: int, plain: str, text: str) -> str:
    """The office that ends right before a name."""
    near = re.sub(r"[（(][^（()）\n]{1,10}[）)]$", "", plain[max(0, start - _WINDOW - 1) : start].rstrip(" \u3000"))  # 副局长（主持工作）
    before = re.split(r"[，。；：:！？\n“”「」（）]", near)
    if not _OFFICE.search(before[-1]) or (len(before) == 1 and start > _WINDOW):
        return ""
    title = _BEFORE_OFFICE.sub("", before[-1]).strip(" \u3000、")
    at = plain.rindex(title, 0, start)
    return text[at : at + len(title)]


def _listed(start: int, end: int, plain: str, text: str) -> str:
    """The office behind a name with which a line begins."""
    match = _LISTED.match(plain, end)
    opens = match and _OPENS_LINE.fullmatch(plain, plain.rfind("\n", 0, start) + 1, start)
    return text[slice(*match.span("title"))] if match and opens else ""


def _find(words: str, text: str) -> Iterator[tuple[int, int]]:
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + len(words))
