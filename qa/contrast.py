"""Same or opposite: whether a sentence says what a question without a figure puts forward, or plainly denies it."""

from __future__ import annotations

import re

from documents.fold import fold
from qa.bearing import DOWN, UP

# Each row: words of one meaning, and those that exclude it. Where the question has one side, a sentence that has the
# same side bears it out, one that has the other side denies it.
_OPPOSITES = (
    (rf"{UP}|[略有稳]增|比(?![例重率])[^,。;]{{1,6}}(?:大|高|多)(?![少家量数约])", rf"{DOWN}|[略有]减|比(?![例重率])[^,。;]{{1,6}}(?:小|低|少)(?![数])"),
    (r"顺差|\bsurplus\b", r"逆差|\bdeficit\b"),
    (r"盈利|扭亏|\bprofitable\b|\ba profit\b", r"亏损|没有实现盈利|\bloss(?:es)?\b"),
    (r"首次|首度|首例|首个|第一次|头一[次回]|破天荒|\bfirst[- ](?:ever|time)\b|for the first time", r"再次|再度|又一次|第[二三四五六七八九十]次|\bsecond time\b|once again"),
    (r"最终|正式(?:数据|结果)|\bfinal(?:ised|ized)?\b|\bdefinitive\b", r"初步|暂定|快报数|修订前|\bprovisional\b|\bpreliminary\b"),
    (r"达标|(?:达到|完成|超过|超额完成|实现)[^,。;]{0,16}(?:目标|任务)|\b(?:met|meet|hit|reached|exceeded|beat)\b[^.;,]{0,20}\b(?:target|goal)s?", r"未达标|(?:未|没有?|未能)(?:达到|完成|实现)[^,。;]{0,16}(?:目标|任务)|低于[^,。;]{0,16}目标|\b(?:miss(?:ed)?|short of|below)\b[^.;]{0,20}(?:target|goal|\bit\b)"),
    (r"恢复(?:到|至)|回到|back (?:to|at|where)|\brecovered\b|returned to", r"(?:尚未|还没有?|未能?|没有)(?:完全)?恢复|仍低于|still (?:below|lower|short|behind)"),
    (r"免费|不收费|\bfree\b", r"收费|付费|\bcharged?\b|\bfee\b"),
    (r"全部|所有|每[个家]|个个|无一例外|都(?=[^市会])|均(?!价|线|衡|等|[^,。;]{0,3}[为\d])|\ball\b|\bevery\b", r"部分|个别|少数|大多数|多数|\bsome\b|\bmost\b|\bpart of\b"),
)
_DENIES = re.compile(
    r"没有?(?!错)|未(?!来|经|知)|尚无|并非|不是|不(?=[会能是再存够愿太稳具支准属予含])|否认|无(?:一|法|需)|\b(?:not|no|never|none|nobody|without)\b|n't\b"
)
_ASKS_DENIED = re.compile(r"没有?(?=.)|未(?!来)|不(?=[会能是再])|\bnot\b|n't\b|\bno\b")
_EVADES = re.compile(
    r"没有正面回[答应]|不便(?:透露|回答|公布)|不予(?:置评|回应)|没有(?:统计|核实|汇总|掌握|时间表|答案)|(?:还|尚)(?:没有?|未)(?:核实|统计|汇总|公布|确定|决定)|无法(?:证实|确认|核实)|给不了|不掌握|不清楚|"
    r"(?:拒绝|未)(?:回应|置评)|declin(?:ed?|ing) to|did not (?:answer|comment|confirm)|didn't (?:answer|comment|confirm)|can(?:not|'t) (?:say|confirm|comment|speak)|(?:no|without) comment|don't recogni[sz]e|no decision"
)
_CONFIRMED = re.compile(r"证实|确认|承认|坦承|宣布|\b(?:confirmed|admitted|announced)\b")
_FUTURE = re.compile(r"将(?!近)|预计|预期|有望|争取|力争|拟|会(?=不会|再|比|在|继续)|\b(?:will|shall|expect(?:ed|s)?|going to|forecast)\b")
_ASKS_WILL = re.compile(r"会(?!议|计|员|展|上|长|谈)|将(?!近)|\b(?:will|going to)\b")
_HAPPENED = re.compile(r"已(?!知)|了(?!解)|\b(?:has|have|was|were|did)\b")
_ASKS_DONE = re.compile(r"已经?|了(?:没有?|[吗么吧])|\b(?:already|yet|has|have)\b")
_EVENTS = re.compile(r"投产|完工|竣工|建成|落成|开工|动工|开通|通车|上市|发布|公布|出台|实施|启用|启动|开业|开馆|开放|交付|投用|签署|获批|\b(?:open|finish|complet|launch|publish|deliver|sign|approv|built|start)")
_EXISTS = re.compile(r"(?:有没有|有无|是否有)[^,。]{1,12}的(?=[?？]|$)|出过|发生过|存在")
_WHOLE = re.compile(r"全部|均|都|所有|\ball\b|\bevery\b")
_OF_ALL = re.compile(r"全部|个个|每[个家]|所有[^,。]{1,12}都|都[^,。]{1,8}(?:了|吗|没有)|\b(?:all|every)\b")
_PARTLY = re.compile(r"部分|个别|少数|多数|[里中]有(?:\d+|[一二三四五六七八九十]+)[个家]|\b(?:some|most|part) of\b")
_RANK = re.compile(r"第[一二三四五六七八九十\d]+(?!季|届|批|次|章|条)")


def contrast(question: str, said: str) -> bool | None:
    """True where a sentence has the side of an opposition that the question has, False where it has the other, else None.

    Both are folded. A sentence that has both sides tells nothing, unless one side stands in it denied; of
    several oppositions in the question (首次全部增长) every one must be borne out.
    """
    ranks = _RANK.findall(question), _RANK.findall(said)
    if ranks[0] and ranks[1]:
        return ranks[0][-1] in ranks[1]
    if asks_of_all(question) and _PARTLY.search(said) and not _WHOLE.search(said):
        return False
    verdicts: set[bool | None] = set()
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if re.search(mine, question) and not re.search(theirs, question):
                sides = [(clause, value) for clause in clauses(question, said) for pattern, value in ((mine, True), (theirs, False)) if re.search(pattern, clause)]
                verdicts |= {value != denies(question, clause) for clause, value in sides} or {None}
    if verdicts - {None} == {False}:
        return False
    return True if verdicts == {True} else None


def asks_of_all(question: str) -> bool:
    """Whether a folded question is whether something holds of each: 是不是个个都增长."""
    return _OF_ALL.search(question) is not None


def clauses(question: str, said: str) -> list[str]:
    """A sentence's clauses; without those of what is yet to come, where the question asks what is."""
    parts = split_clauses(said)
    if _ASKS_WILL.search(question):  # what has happened doesn't say what will
        return [part for part in parts if not _HAPPENED.search(part)]
    return parts if _FUTURE.search(question) else [part for part in parts if not _FUTURE.search(part)]


def is_yet_to_come(question: str, said: str) -> bool:
    """投产了吗, and 有望年底前正式投产: what is asked for as done is spoken of as to come, and nowhere as done."""
    if not _ASKS_DONE.search(question):
        return False
    told = [[part for part in split_clauses(said) if event in part] for event in _EVENTS.findall(question)]
    return any(parts and all(_FUTURE.search(part) for part in parts) for parts in told)


def split_clauses(said: str) -> list[str]:
    """A folded sentence at its commas and semicolons."""
    return re.split(r"[,;，；](?!\d)", said)


def is_marked(question: str) -> bool:
    """Whether a question has a side of an opposition, which a sentence must then have too if it is to bear it out."""
    return any(re.search(one, question) or re.search(other, question) for one, other in _OPPOSITES)


def compares(question: str) -> bool:
    """Whether a question sets one thing against another: that both are named in a sentence says nothing of it."""
    return bool(re.search(r"超过|高于|低于|多于|少于|比(?![例重率])|\b(?:than|beat|exceed)", question))


def asks_for_any(question: str) -> bool:
    """Whether a question asks if there is any: that most grew leaves it open."""
    return bool(_EXISTS.search(question))


def is_open(question: str, said: str) -> bool:
    """Whether a sentence speaks of what is yet to come, or has both sides of what the question asks: it settles nothing."""
    both = any(re.search(a, said) and re.search(b, said) and (re.search(a, question) or re.search(b, question)) for a, b in _OPPOSITES)
    return both or clauses(question, said) != split_clauses(said)


def denies(question: str, said: str) -> bool:
    """Whether a sentence denies and the question doesn't."""
    asked = re.sub("是不是|有没有|能不能|会不会|对不对|有无|没有?[?？]?$|(?:没记错|没错)吧[?？]?$", "", question)
    return bool(_DENIES.search(said)) and not _ASKS_DENIED.search(asked)


def denied(said: str) -> str:
    """What a sentence denies: of each clause that denies, what stands behind the denial, a line each."""
    found = [(_DENIES.search(clause), clause) for clause in split_clauses(said)]
    return "\n".join(clause[match.end() :] for match, clause in found if match)


def asks_will(question: str) -> bool:
    """Whether a folded question asks what will be."""
    return bool(_ASKS_WILL.search(question))


def settles_nothing(question: str, said: str) -> bool:
    """还在研究，没有时间表: declining to say is no denial, unless it was asked whether it has been settled (定了没)."""
    return evades(said) and not _ASKS_DONE.search(question)


def evades(said: str) -> bool:
    """Whether a folded sentence declines to answer or to confirm."""
    return bool(_EVADES.search(said))


def asks_confirmed(question: str) -> bool:
    """Whether a folded question says that somebody said or confirmed a thing."""
    return bool(_CONFIRMED.search(question))


def excludes_any(question: str, said: str) -> bool:
    """有没有负增长的, and 全部同比增长: what is said of all leaves none of the other kind."""
    if not (_EXISTS.search(question) and _WHOLE.search(said)):
        return False
    return any(
        re.search(mine, question) and re.search(theirs, said) and not re.search(mine, said)
        for one, other in _OPPOSITES[:1]
        for mine, theirs in ((one, other), (other, one))
    )


def fold_said(text: str) -> str:
    """A sentence folded, without what something turned from: 由亏损转为盈利 says 盈利."""
    return re.sub(r"由[^,。;]{1,6}?(?=转为|转成|变为)", lambda m: " " * len(m.group()), fold(text))
