"""From a reading to findings: the short answer cut out of the sentences that carry it, or the reason to refuse."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from documents.fold import fold
from documents.names import LATIN_NAME, NAME, OFFICE_END, find_title
from documents.sentences import split_sentences
from documents.types import Document
from index.types import Hit
from qa.align import Evidence, Unit, before_zones, cover, split_units
from qa.answers import Finding, answer_with, cite, flat, refuse
from qa.enumerations import Enumeration, choose_enumeration
from qa.phrases import INCOMPLETE
from qa.reader import ENOUGH, Reader, Reading, Span
from qa.types import Answer, Citation, Question, Refusal

ENOUGH_FOR_LIST = 0.62
RARE = ("when", "where", "who")  # a date, a place or a name among the sentences found is itself evidence
SAME_FACT = 0.12  # another sentence with the same figure is cited too if it fits nearly as well
_UP = "增长|增加|上升|提高|提升|上涨|回升|扩大"
_DOWN = "下降|减少|降低|回落|下滑|下跌|收窄|缩短"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a question is answered from."""

    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    documents: dict[str, Document]
    rarity: Callable[[str], float]
    reader: Reader
    foreign: bool  # the question is English and there are Chinese documents

    def read(self, question: Question) -> Reading:
        """Spans for this question, or for another one over the same sentences."""
        return self.reader.read(question, self.units(question), self.evidence)

    def units(self, question: Question) -> tuple[Unit, ...]:
        """The question's subject as units."""
        return split_units(question.subject, self.rarity, self.foreign)

    def refuse(self, question: Question, reason: Refusal, score: float) -> Answer:
        """A refusal; the weaker the best span, the surer."""
        return refuse(question, reason, self.hits, self.documents, 1 - score)


def answer_span(question: Question, sources: Sources) -> Answer:
    """A figure, a name, a date, a place or a clause: the best span, if it is good enough."""
    reading = sources.read(question)
    best, reason = choose(question, reading, sources)
    if best is None:
        return sources.refuse(question, reason, 1 - reading.no_answer)
    grounds = _grounds(best.evidence) if question.asks == "reason" else None
    if grounds:
        return answer_with(question, [grounds], best.score)
    findings = [Finding(short_form(question, best), tuple(cite(s.evidence.document, s.evidence.sentence) for s in same_fact(best, reading)))]
    return answer_with(question, findings, best.score)


def _grounds(evidence: Evidence) -> Finding | None:
    """由此可见…: the reason stands in the sentence before. None where the sentence doesn't conclude from another."""
    document, sentence = evidence.document, evidence.sentence
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
    enough = ENOUGH - (0.1 if sources.foreign else 0.0) - (0.1 if question.asks in RARE else 0.0)
    if best and best.score >= enough and not (against and against.score > best.score + 0.3):
        return best, ""
    if against and against.score >= enough:
        return None, against.against
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
    text = flat(span.evidence.document.text[span.start : span.end])
    figure = span.figure
    if not figure:
        return re.sub(r"^[,，;；:：\s]+|[,，。;；:：\s]+$", "", text)
    sentence = span.evidence.document.text[span.evidence.sentence.start : span.evidence.sentence.end]
    if figure.change and question.asks == "figure":
        said = re.findall(f"{_UP}|{_DOWN}", fold(sentence[figure.lead : figure.start]))
        asked = re.search(_UP, fold(question.standalone)), re.search(_DOWN, fold(question.standalone))
        if said and (re.fullmatch(_DOWN, said[-1]) and not asked[1] or re.fullmatch(_UP, said[-1]) and asked[1]):
            at = fold(sentence).rfind(said[-1], figure.lead, figure.start)
            text = sentence[at : at + len(said[-1])] + text
    return figure.hedge + text if figure.hedge and figure.hedge not in text else text


def answer_title(question: Question, sources: Sources) -> Answer:
    """The office of somebody whom the question names."""
    for document in sources.documents.values():
        for sentence in split_sentences(document):
            said = document.text[sentence.start : sentence.end]
            for match in re.finditer(rf"(?P<title>[^，。；：、\s]{{0,30}}(?:、[^，。；：、\s]{{1,20}})?(?:{OFFICE_END}))(?P<name>{NAME})", said):
                name = next((n for n in _prefixes(match["name"]) if n in question.standalone), "")
                if name:
                    title = find_title(name, document.text)
                    if title in said:
                        return answer_with(question, [Finding(title, (cite(document, sentence),))], 0.9)
            turn = sentence.turn
            if turn.speaker and turn.speaker in question.standalone and turn.title:
                at = document.text.find(turn.title, turn.start, turn.body)
                if at >= 0:
                    return answer_with(question, [Finding(turn.title, (cite(document, sentence, turn.start, turn.body),))], 0.9)
    return answer_span(replace(question, asks="thing"), sources)


def _prefixes(name: str) -> tuple[str, ...]:
    """辛国斌出 may be a name and the verb behind it: 辛国斌出, 辛国斌 … down to two characters."""
    return tuple(name[:n] for n in range(len(name), 1, -1))


def answer_speaker(question: Question, sources: Sources) -> Answer:
    """Who said it: the speaker of the sentence that says it; who asked it: the one whose question it is."""
    asker = re.search(r"谁(?:提的?问|问|提出)|媒体|记者|who asked|which (?:reporter|journalist)", fold(question.standalone))
    if asker:
        units = split_units(re.sub(r"提问|问到|问过|问及|问|媒体|记者", "", question.subject), sources.rarity)
        scored = [(cover(units, ((e.text, 1.0), *before_zones(e), (e.frame, 0.5))), e) for e in sources.evidence if e.sentence.turn.role == "question"]
        best_score, best_evidence = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if best_evidence is None or best_score < 0.5:
            return sources.refuse(question, "absent", best_score)
        turn = best_evidence.sentence.turn
        label = cite(best_evidence.document, best_evidence.sentence, turn.start, turn.body)
        return answer_with(question, [Finding(turn.speaker, (cite(best_evidence.document, best_evidence.sentence), label))], best_score)
    units = sources.units(question)
    counted = bool(units) and any(u.measure for u in units[-2:])
    reading = sources.read(replace(question, asks="figure" if counted else "thing"))
    best, reason = choose(question, reading, sources)
    if best is None:
        return sources.refuse(question, reason, 1 - reading.no_answer)
    name, title, citations = said_by(best.evidence)
    if not name:
        return sources.refuse(question, "absent", 0.5)
    short = f"{name}（{title}）" if title and question.language == "zh" else f"{name} ({title})" if title else name
    return answer_with(question, [Finding(short, citations)], best.score)


_SAYS = r"(?:表示|指出|强调|介绍|透露|认为|称|说|坦言|回应|补充|告诉|宣布)"


def said_by(evidence: Evidence) -> tuple[str, str, tuple[Citation, ...]]:
    """Name, office and citations of whoever says a sentence: by the label of its turn, or by 某某表示 in it or before it."""
    document, sentence = evidence.document, evidence.sentence
    turn = sentence.turn
    if turn.speaker:
        first = next(s for s in split_sentences(document) if s.turn.speaker == turn.speaker and s.start >= s.turn.body)
        label = cite(document, first, first.turn.start, first.turn.body)
        return turn.speaker, turn.title, (cite(document, sentence), label)
    for other in [s for s in reversed(split_sentences(document)) if s.start <= sentence.start and s.paragraph >= sentence.paragraph - 1]:
        match = re.search(rf"(?P<name>{NAME}|{LATIN_NAME})(?:\d{{1,2}}日)?(?:[^，。；“”]{{0,12}})(?:{_SAYS}| said\b| says\b| told\b)", document.text[other.start : other.end])
        if match:
            cited = (cite(document, sentence), cite(document, other)) if other != sentence else (cite(document, sentence),)
            return match["name"], find_title(match["name"], document.text), cited
    return "", "", ()


def answer_list(question: Question, sources: Sources) -> Answer:
    """An enumeration over several sentences, or a run joined by 、 within one."""
    documents = list(dict.fromkeys(h.passage.document_id for h in sources.hits))
    units = sources.units(question)
    enumeration, fit = choose_enumeration(question, units, [sources.documents[d] for d in documents])
    reading = sources.read(question)
    best, reason = choose(question, reading, sources)
    if enumeration and fit >= (0.45 if question.count == len(enumeration.items) else ENOUGH_FOR_LIST) and (best is None or fit >= best.score - 0.2 or question.count == len(enumeration.items)):
        return _listed(question, enumeration, fit)
    if best is None:
        return sources.refuse(question, reason, max(fit, 1 - reading.no_answer))
    return answer_with(question, [Finding(short_form(question, best), (cite(best.evidence.document, best.evidence.sentence),))], best.score)


def _listed(question: Question, enumeration: Enumeration, fit: float) -> Answer:
    document = enumeration.document
    findings = [
        Finding(flat(document.text[start:end]), (cite(document, item),))
        for item, (start, end) in zip(enumeration.items, enumeration.shorts(), strict=True)
    ]
    plain = all(len(f.text) <= 12 and "、" not in f.text for f in findings)
    note = INCOMPLETE[question.language] if enumeration.incomplete else ""
    return answer_with(question, findings, fit, joiner="、" if plain else "；", note=note)
