"""Candidates: every span of a sentence that is of the kind a question asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.names import LATIN_NAME, NAME, OFFICE_END, SAYS
from documents.sentences import read_ordinal
from qa.evidence import Evidence
from qa.figures import Figure, find_figures
from qa.parallel import own_text
from qa.periods import find_periods
from qa.types import Question

_COMMA = re.compile(r"[,;:，；：](?!\d)|——")
_PLACE = (
    r"(?:北京|上海|天津|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|京津冀|"
    r"美国|英国|法国|德国|日本|韩国|俄罗斯|印度|巴西|南非|加拿大|澳大利亚|意大利|西班牙|欧盟|欧洲|非洲|亚洲|东盟|中国|我国)(?:[\u4e00-\u9fff]{1,5}?(?:省|市|区|县|州|镇|乡|村|岛|港|机场|广场|中心|大学|园区|路|站)|[\u4e00-\u9fff]{2}(?=[看一的参举召设建开进考]))?"
    r"|(?<=[在于到赴去])[\u4e00-\u9fff]{2,8}?(?:省|市|区|县|州|镇|乡|村|岛|港|国|机场|广场|中心|大学|园区|会议厅|大厅|车站|基地)"
)
_PLACES = re.compile(_PLACE)
_TITLED = re.compile(rf"(?P<title>(?:[\u4e00-\u9fffA-Za-z（）()]|(?<=[\u4e00-\u9fff])、(?=[\u4e00-\u9fff])){{0,30}}?(?:{OFFICE_END}))(?P<name>{NAME})(?![\u4e00-\u9fff]{{0,2}}(?:长|员|任|会))")
_BRACKETED = re.compile(rf"(?P<name>{NAME})[（(](?P<title>[^）)]*(?:{OFFICE_END}))[）)]")
_SAYING = re.compile(rf"(?:^|[,。;:、“”]|.(?={NAME}))(?P<name>{NAME})(?={SAYS})")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that might be the answer, in the folded sentence, with what is said around it."""

    evidence: Evidence
    start: int
    end: int
    lead: int  # where the words begin that belong to it
    text: str  # the sentence as it reads for this candidate alone; same offsets
    figure: Figure | None
    inside: bool  # whether the span's own words count as surroundings (a clause), or not (a figure, a name)


def find_candidates(question: Question, evidence: Evidence) -> list[Candidate]:
    """Every span of this sentence that is of the kind asked for."""
    finders = {"figure": _figures, "who": _people, "when": _times, "where": _places, "list": _lists}
    found = finders.get(question.asks, _clauses)(evidence)
    if question.asks == "where":  # a place that the question names isn't what it asks for
        return [c for c in found if evidence.text[c.start : c.end] not in question.subject]
    return list(found)


def _figures(evidence: Evidence) -> Iterator[Candidate]:
    figures = find_figures(evidence.text)
    for figure in figures:
        text = own_text(evidence.text, figure, figures)
        yield Candidate(evidence, figure.start, figure.end, figure.lead, text, figure, False)


def _times(evidence: Evidence) -> Iterator[Candidate]:
    for period in find_periods(evidence.text):
        if not period.base and (period.year or period.part):
            end = period.end - (1 if evidence.text[period.end - 1] == "的" else 0)
            lead = _clause_start(evidence.text, period.start)
            yield Candidate(evidence, period.start, end, lead, evidence.text, None, False)


def _people(evidence: Evidence) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    for pattern in (_BRACKETED, _TITLED, _SAYING):
        for match in pattern.finditer(evidence.text):
            start = match.start("title") if pattern is _TITLED else match.start("name")
            end = match.end() if pattern is _BRACKETED else match.end("name")
            if pattern is not _BRACKETED and len(match["name"]) == 3 and match["name"][-1] in "说称对表指介强认透回在的和与就从出到为是将向把":
                end -= 1  # 沈岚说: a name and the verb behind it
            if not any(s < end and start < e for s, e in taken):
                taken.append((start, end))
                yield Candidate(evidence, start, end, _clause_start(evidence.text, start), evidence.text, None, True)
    if len(re.findall(r"[\u3400-\u9fff]", evidence.text)) * 4 < len(evidence.text):
        original = evidence.document.text[evidence.sentence.start : evidence.sentence.end]
        for match in re.finditer(LATIN_NAME, original):
            if " " in match.group():
                yield Candidate(evidence, match.start(), match.end(), _clause_start(evidence.text, match.start()), evidence.text, None, True)


def _places(evidence: Evidence) -> Iterator[Candidate]:
    for match in _PLACES.finditer(evidence.text):
        yield Candidate(evidence, match.start(), match.end(), _clause_start(evidence.text, match.start()), evidence.text, None, False)


_ITEM = r"(?:“[^”]{1,20}”|[^、,。;:!?\s“”]){1,24}?"
_RUN = re.compile(rf"{_ITEM}(?:、{_ITEM})+(?:,?(?:和|与|以及|及){_ITEM})?(?=[,。;:!?\s]|等|$)")
_BEFORE_RUN = re.compile(r"^.*?(?:分别为|分别是|包括|包含|涵盖|涉及|例如|比如|即|是指|(?<![不就还])是|为|有|在|推动|聚焦|围绕|加强|对)(?=[^、]{2,}、)")


def _lists(evidence: Evidence) -> Iterator[Candidate]:
    """Runs joined by 、 within a sentence. Enumerations over sentences are read from the document's structure."""
    for match in _RUN.finditer(evidence.text):
        lead = _BEFORE_RUN.match(match.group())
        start = match.start() + (lead.end() if lead else 0)
        yield Candidate(evidence, start, match.end(), _clause_start(evidence.text, start), evidence.text, None, True)
    yield from _clauses(evidence)


def _clauses(evidence: Evidence) -> Iterator[Candidate]:
    """Each clause, each two neighbours, and the whole sentence."""
    _, skip = read_ordinal(evidence.text)
    stops = [m.end() for m in _COMMA.finditer(evidence.text) if m.end() < len(evidence.text)]
    edges = [skip, *(s for s in stops if s > skip), len(evidence.text)]
    seen: set[tuple[int, int]] = set()
    for width in (1, 2, len(edges) - 1):
        for n in range(len(edges) - width):
            start, end = edges[n], edges[n + width]
            if (start, end) not in seen and end > start:
                seen.add((start, end))
                yield Candidate(evidence, start, end, start, evidence.text, None, True)


def _clause_start(text: str, at: int) -> int:
    return max([0, *(m.end() for m in _COMMA.finditer(text, 0, at))])
