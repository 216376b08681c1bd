"""From a reading to findings: the short answer cut out of the sentences that carry it, or the reason to refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from documents.fold import fold
from documents.sentences import split_sentences
from documents.types import Document
from index.types import Hit
from qa.align import cover
from qa.alignment import AlignmentReader
from qa.answers import Finding, answer_with, cite, flat, refuse
from qa.cells import cell_form, cited
from qa.enumerations import Enumeration, split_parts, split_run
from qa.evidence import Evidence
from qa.listed import choose_enumeration, enumeration_at
from qa.phrases import INCOMPLETE
from qa.reader import Reader, Reading, Span
from qa.types import Answer, Question, Refusal
from qa.units import Unit, split_units

ENOUGH_FOR_LIST = 0.62
NAMED = 0.75  # the share of a question that stands around a span of another period or basis where the refusal says so
_AND = re.compile(r"[和与及跟、]|\band\b", re.IGNORECASE)
NEAR_BY, HALVES = 40, 0.2  # characters between joined figures; by how much what they meet of a question for all may differ
SHORTEST_GROUNDS = 6  # characters
SAME_FACT = 0.12  # another sentence with the same figure is cited too if it fits nearly as well
_UP = r"增长|增加|上升|提高|提升|上涨|回升|扩大|增幅|涨幅|涨|\b(?:rose|risen|rise|rises|grew|grown|grow|growth|increased?|up|climbed|gained|jumped|surged|higher)\b"
_DOWN = r"下降|减少|降低|回落|下滑|下跌|收窄|缩短|降幅|跌幅|跌|\b(?:fell|fallen|fall|falls|dropped|drop|declined?|decreased?|down|shrank|lower|cut|reduced|narrowed)\b"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a question is answered from."""

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    documents: dict[str, Document]
    rarity: Callable[[str], float]
    reader: Reader
    foreign: bool  # there are documents in the language that the question isn't in

    def read(self, question: Question) -> Reading:
        """Spans for this question, or for another one over the same sentences."""
        return self.reader.read(question, self.units(question), self.evidence)

    def align(self, question: Question) -> Reading:
        """Where something is said that asks for nothing (谁说…, …吗), by alignment alone: a reader of answers finds none there."""
        return AlignmentReader().read(question, self.units(question), self.evidence)

    def units(self, question: Question) -> tuple[Unit, ...]:
        """The question's subject as units. Over English documents alone what has no English word for it, as a name, tells nothing."""
        units = split_units(question.subject, self.rarity, self.foreign)
        told = tuple(unit for unit in units if any(form.isascii() for form in unit.forms))
        return told if told and question.language == "zh" and self.foreign and not any(map(_has_chinese, self.documents.values())) else units

    def refuse(self, question: Question, reason: Refusal, score: float) -> Answer:
        """A refusal; the weaker the best span, the surer."""
        return refuse(question, reason, self.hits, self.documents, 1 - score)


@lru_cache(maxsize=512)
def _has_chinese(document: Document) -> bool:
    return re.search(r"[\u3400-\u9fff]", document.text) is not None


def answer_span(question: Question, sources: Sources) -> Answer:
    """A figure, a name, a date, a place or a clause: the best span, if it is good enough."""
    reading = sources.read(question)
    best, reason = choose(question, reading, sources)
    if best is None:
        return sources.refuse(question, reason, 1 - reading.no_answer)
    grounds = _grounds(best.evidence) if question.asks == "reason" else None
    if grounds:
        return answer_with(question, [grounds], best.score)
    asked_for = _joined(question, best, reading) or [best]
    findings = [Finding(short_form(question, span), tuple(c for s in same_fact(span, reading) for c in cited(s))) for span in asked_for]
    return answer_with(question, findings, best.score)


def _joined(question: Question, best: Span, reading: Reading) -> list[Span]:
    """铁路货运量和港口吞吐量: all of the joined figures where each meets a like part of the question, and none the whole of it; else none."""
    figure = best.figure
    if figure is None or figure.group[1] < 2 or not _AND.search(question.standalone):
        return []
    place = best.evidence.document.id, best.evidence.sentence.start
    beside = [s for s in reading.spans if s.figure and (s.evidence.document.id, s.evidence.sentence.start) == place and s.figure.change == figure.change]
    joined = {s.figure.group[0]: s for s in reversed(beside) if s.figure and s.figure.group[1] == figure.group[1] and not s.against and abs(s.start - best.start) < NEAR_BY}
    mets = [span.met for span in joined.values()]
    alike = len(mets) == figure.group[1] and max(mets) - min(mets) < HALVES and max(mets) < NAMED
    return [joined[k] for k in sorted(joined)] if alike else []


def _grounds(evidence: Evidence) -> Finding | None:
    """由此可见…, 这是…的主要原因: the reason stands before, in this sentence or in the one before it. None where the sentence doesn't conclude."""
    document, sentence = evidence.document, evidence.sentence
    concludes = re.search(r"[,;，；]\s*(?:这|此)(?:也|就|正|便)?是[^,，。;；]*(?:原因|缘故|缘由)(?:之一|所在)?[。.]?$", evidence.text)
    if concludes and concludes.start() > SHORTEST_GROUNDS:
        return Finding(flat(document.text[sentence.start : sentence.start + concludes.start()]), (cite(document, sentence),))
    if not re.match(r"由此|因此|所以|可见|这(?:也|就|都|些|充分)?(?:说明|表明|意味着|反映|显示)", evidence.text):
        return None
    earlier = [s for s in split_sentences(document) if s.paragraph == sentence.paragraph and s.end <= sentence.start]
    if not earlier:
        return None
    said = document.text[earlier[-1].start : earlier[-1].end]
    return Finding(flat(said).rstrip("。；;"), (cite(document, earlier[-1]), cite(document, sentence)))


def choose(question: Question, reading: Reading, sources: Sources) -> tuple[Span | None, Refusal]:
    """The span to answer with, or None and why: nothing near enough, or what is near is said of something else."""
    best = next((s for s in reading.spans if not s.against), None)
    against = next((s for s in reading.spans if s.against), None)
    if best and best.score >= reading.enough and not (against and against.score > best.score + 0.3):
        return best, ""
    objected = max((s for s in reading.spans if s.against), key=lambda s: (s.met >= NAMED and s.against != "absent", s.met), default=None)
    if objected and (objected.score >= reading.enough or objected.met >= NAMED):
        return None, objected.against
    return None, "not_given" if _was_asked(question, sources) else "absent"


def _was_asked(question: Question, sources: Sources) -> bool:
    """Whether a reporter's question asks for the very thing."""
    units = sources.units(question)
    return any(cover(units, ((e.text, 1.0),)) >= 0.85 for e in sources.evidence if e.sentence.turn.role == "question" and len(units) > 2)


def same_fact(best: Span, reading: Reading) -> list[Span]:
    """The best span, and the best of each other sentence that gives the same figure for the same thing."""
    found = [best]
    for span in reading.spans:
        same = span.figure and best.figure and (span.figure.value, span.figure.unit) == (best.figure.value, best.figure.unit)
        new = all(span.evidence.sentence.start != f.evidence.sentence.start or span.evidence.document.id != f.evidence.document.id for f in found)
        if same and new and not span.against and span.score >= best.score - SAME_FACT and len(found) < 3:
            found.append(span)
    return found


def short_form(question: Question, span: Span) -> str:
    """The span as an answer: with its hedge, and with its direction where the question had another or none."""
    if cell := cell_form(span):
        return cell
    text = flat(span.evidence.document.text[span.start : span.end])
    figure = span.figure
    if not figure:
        return re.sub(r"^[,，;；:：\s]+|[,，。;；:：\s]+$", "", text)
    sentence = span.evidence.document.text[span.evidence.sentence.start : span.evidence.sentence.end]
    if figure.change and question.asks == "figure":
        said = re.findall(f"{_UP}|{_DOWN}", fold(sentence[figure.lead : figure.start]))
        asked = re.search(_UP, fold(question.standalone)), re.search(_DOWN, fold(question.standalone))
        if said and ((re.fullmatch(_DOWN, said[-1]) and not asked[1]) or (re.fullmatch(_UP, said[-1]) and asked[1])):
            at = fold(sentence).rfind(said[-1], figure.lead, figure.start)
            text = flat(sentence[at : figure.end]) if figure.group[0] == 0 else sentence[at : at + len(said[-1])] + text
    text += figure.lent
    counted = re.search(r"(?:多少|几)([\u4e00-\u9fff])(?=[?？了呢]?$)", fold(question.standalone))
    if counted and not figure.unit and sentence[figure.end :] and fold(sentence[figure.end]) == counted[1]:
        text += sentence[figure.end]  # 少了幾攤 → 40攤
    hedge = sentence[slice(*figure.hedge)]
    return text if hedge in text else f"{hedge} {text}" if hedge.isascii() else hedge + text


def answer_list(question: Question, sources: Sources) -> Answer:
    """An enumeration over several sentences, or a run joined by 、 within one; never a count alone."""
    documents = list(dict.fromkeys(h.passage.document_id for h in sources.hits))
    units = sources.units(question)
    enumeration, fit = choose_enumeration(question, units, [sources.documents[d] for d in documents])
    reading = sources.read(question)
    reading = replace(reading, spans=tuple(s for s in reading.spans if not _is_bare(s) or _pointed_at(s, question)))
    best, reason = choose(question, reading, sources)
    if enumeration and fit >= (0.45 if question.count == len(enumeration.items) else ENOUGH_FOR_LIST) and (best is None or fit >= best.score - 0.2 or question.count == len(enumeration.items)):
        return _listed(question, enumeration, fit)
    if best is None:
        return sources.refuse(question, reason, max(fit, 1 - reading.no_answer))
    pointed = _pointed_at(best, question)
    if pointed:
        return _listed(question, pointed, best.score)
    findings = _row(question, best)
    if question.count > 1 and len(findings) == 1 and best.figure:
        return sources.refuse(question, "absent", fit)  # 哪三个条件 and one figure: it says something else
    return answer_with(question, findings, best.score, joiner="、")


def _is_bare(span: Span) -> bool:
    """三个, three reasons: the count, and none of what it counts."""
    return re.fullmatch(r"(?:[一两二三四五六七八九十]|\d{1,2}|two|three|four|five|six)(?:[个個大项項条條点點]|方面)*(?: [a-z]+s)?", fold(span.evidence.document.text[span.start : span.end])) is not None


def _pointed_at(span: Span, question: Question) -> Enumeration | None:
    return enumeration_at(span.evidence.document, span.start, question.count)


def _row(question: Question, best: Span) -> list[Finding]:
    """The items that a span joins or that the figure is one of, each with the sentence; the span alone where it joins none."""
    document, sentence = best.evidence.document, best.evidence.sentence
    after = next((s for s in split_sentences(document) if s.start >= sentence.end), sentence)
    parts = after if re.match("其中|分别", document.text[after.start : after.start + 2]) else sentence  # a whole, and then its parts
    items = [(sentence, span) for span in split_run(document.text, best.start, best.end, question.count)]
    if not items and (best.figure or question.count):
        given = split_parts(document.text, parts.start, parts.end)
        items = [(parts, span) for span in given if question.count in (0, len(given))]
    findings = [Finding(flat(document.text[start:end]), (cite(document, holder),)) for holder, (start, end) in items]
    return findings or [Finding(short_form(question, best), cited(best))]


def _listed(question: Question, enumeration: Enumeration, fit: float) -> Answer:
    document = enumeration.document
    findings = [
        Finding(flat(document.text[start:end]), (cite(document, item),))
        for item, (start, end) in zip(enumeration.items, enumeration.shorts(), strict=True)
    ]
    plain = all(len(f.text) <= 12 and "、" not in f.text for f in findings)
    note = INCOMPLETE[question.language] if enumeration.incomplete else ""
    return answer_with(question, findings, fit, joiner="、" if plain else "；", note=note)
