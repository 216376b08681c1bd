"""Yes or no, and which is more: a question that puts something forward, held against what the document gives."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.fold import fold
from qa.align import missing
from qa.answers import Finding, answer_with, cite
from qa.extract import Sources, choose, same_fact, short_form
from qa.figures import Figure, find_figures
from qa.followup import complete
from qa.phrases import EQUAL, LARGER, NO, SMALLER, YES
from qa.question import parse_question
from qa.reader import Span
from qa.types import Answer, Question, Wants

# Words that exclude each other: where the question has one and the document the other, the answer is no.
_OPPOSITES = (
    (r"(?<!负)(?<!正)增长|上升|提高|上涨|\bgrew\b|\brose\b|\bincrease", r"下降|减少|降低|下滑|下跌|负增长|\bfell\b|\bdropped\b|\bdecline"),
    (r"负增长", r"正增长|(?<!负)增长"),
    (r"顺差", r"逆差"),
    (r"盈利", r"亏损|没有实现盈利"),
    (r"超过|突破|高于", r"低于|不足|不到"),
)
_RANK = re.compile(r"第[一二三四五六七八九十\d]+(?!季|届|批|次|章|条)")
_COMPARED = re.compile(r"^(?P<one>.+?)(?:和|与|跟|同|、|还是|,)(?P<other>[^,，和与跟]+?)(?:相比|比起来|之间|中)?[,，]?\s*(?=(?:是)?(?:哪|谁|更))")


def answer_yes_no(question: Question, sources: Sources) -> Answer:
    """Yes, or no with what the document says instead; refused where it says neither."""
    if question.claim:
        return _judge_figure(question, sources)
    reading = sources.align(replace(question, asks="thing"))
    best, reason = choose(question, reading, sources)
    if best is None:
        return sources.refuse(question, reason, 1 - reading.no_answer)
    verdict = _contrast(question, best, sources)
    if verdict is None:
        return sources.refuse(question, "absent", best.score)
    words = YES if verdict else NO
    short = words[question.language] + _then(question, short_form(question, best))
    return answer_with(question, [Finding(short, (cite(best.evidence.document, best.evidence.sentence),))], best.score)


def _then(question: Question, said: str) -> str:
    return f"。{said}" if question.language == "zh" else f". {said}"


def _contrast(question: Question, best: Span, sources: Sources) -> bool | None:
    """True where the sentence says the same, False where it says the opposite, None where that can't be told."""
    asked, said = fold(question.standalone), best.evidence.text
    said = re.sub(r"由\w{1,6}?(?=转为|转成|变为)", lambda m: " " * len(m.group()), said)
    clause = said[best.start - best.evidence.sentence.start : best.end - best.evidence.sentence.start]
    ranks = _RANK.findall(asked), _RANK.findall(said)
    if ranks[0] and ranks[1]:
        return ranks[0][-1] in ranks[1]
    for one, other in _OPPOSITES:
        for mine, theirs in ((one, other), (other, one)):
            if re.search(mine, asked) and re.search(theirs, clause) and not re.search(mine, clause):
                return False
    denied = re.search(r"没有|未能|尚未|并未|不(?=[会能是再存够愿太稳具支])|\bnot\b", clause)
    if denied and not re.search(r"没有(?!.*[?？]$)|未能|尚未|不(?=[会能再])|\bnot\b", re.sub("是不是|有没有|能不能|会不会", "", asked)):
        return False
    lost = missing(sources.units(question), [said, *best.evidence.before[-1:], best.evidence.opener])
    whole = sum(u.weight for u in sources.units(question))
    return True if sum(u.weight for u in lost) <= 0.12 * whole else None


def _judge_figure(question: Question, sources: Sources) -> Answer:
    """A figure put forward: right, or wrong with the right one."""
    claimed = find_figures(fold(question.standalone))[-1]
    wants: Wants = "change" if claimed.change or question.wants == "change" else "share" if claimed.share else "level"
    asked = replace(question, asks="figure", wants=wants, unit="" if claimed.kind == "ratio" else claimed.unit, standalone=ask_for(question, claimed))
    reading = sources.read(asked)
    best, reason = choose(asked, reading, sources)
    if best is None or best.figure is None:
        return sources.refuse(question, reason or "absent", 1 - reading.no_answer)
    equal = (best.figure.value, best.figure.unit) == (claimed.value, claimed.unit)
    given = short_form(asked, best)
    short = YES[question.language] if equal else NO[question.language]
    cited = tuple(cite(s.evidence.document, s.evidence.sentence) for s in same_fact(best, reading))
    return answer_with(question, [Finding(short + _then(question, given), cited)], best.score)


def ask_for(question: Question, claimed: Figure) -> str:
    """The question that a figure put forward answers: 销量是3000万辆吗？ → 销量是多少？"""
    text = question.standalone
    said = f"{text[: claimed.start]}{'how much' if question.language == 'en' else '多少'}{text[claimed.end :]}"
    return re.sub(r"(?:是不是|是否)(?=是?多少)", "是", re.sub(r"[，,]?(?:对|是|没错|真的)?[吗么嘛吧](?=[?？]?$)", "", said))


def answer_comparison(question: Question, sources: Sources) -> Answer:
    """Both figures, both cited, and which is larger."""
    sides = split_comparison(question.standalone)
    if not sides:
        return sources.refuse(question, "absent", 0.0)
    found: list[Span] = []
    findings: list[Finding] = []
    for side in sides:
        asked = parse_question(side)
        reading = sources.read(asked)
        best, reason = choose(asked, reading, sources)
        if best is None or best.figure is None:
            return sources.refuse(question, reason or "absent", 1 - reading.no_answer)
        found.append(best)
        topic = re.sub(r"(?:是|增长)?多少？$", "", side)
        findings.append(Finding(f"{topic}：{short_form(asked, best)}", (cite(best.evidence.document, best.evidence.sentence),)))
    one, other = found[0].figure, found[1].figure
    assert one is not None
    assert other is not None
    if one.unit != other.unit:
        return sources.refuse(question, "absent", 0.5)
    verdict = EQUAL if one.value == other.value else LARGER if one.value > other.value else SMALLER
    return answer_with(question, findings, min(s.score for s in found), note=verdict[question.language])


def split_comparison(text: str) -> tuple[str, str] | None:
    """汽车产量和销量哪个多？ → the two questions it holds; None where it names no two sides."""
    match = _COMPARED.search(text)
    if not match:
        return None
    fast = re.search(r"快|增速|增长|增幅", text)
    ask = "增长多少？" if fast else "是多少？"
    one = re.sub(r"(?:增长|增速)$", "", match["one"]) + ask
    return one, complete(re.sub(r"(?:增长|增速)$", "", match["other"].strip()) + "呢？", [one])
