"""People: who said a thing, who asked it, and what office somebody holds."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.fold import fold
from documents.names import LATIN_NAME, NAME, OFFICE_END, SAYS, find_title
from documents.sentences import split_sentences
from documents.types import Document
from qa.align import before_zones, cover
from qa.answers import Finding, answer_with, cite
from qa.evidence import Evidence
from qa.extract import Sources, answer_span, choose
from qa.types import Answer, Citation, Question
from qa.units import split_units


def answer_title(question: Question, sources: Sources) -> Answer:
    """The office of somebody whom the question names."""
    for document in (sources.documents[d] for d in dict.fromkeys(hit.passage.document_id for hit in sources.hits)):
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
    asker = re.search(r"谁(?:提的?问|问|提出)|哪[家个位](?:媒体|记者)|(?:媒体|记者)(?:提问|问到|问)|who asked|which (?:reporter|journalist)", fold(question.standalone))
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
    reading = sources.align(replace(question, asks="figure" if counted else "thing"))
    best, reason = choose(question, reading, sources)
    if best is None:
        return sources.refuse(question, reason, 1 - reading.no_answer)
    name, title, citations = said_by(best.evidence)
    if not name:
        return sources.refuse(question, "absent", 0.5)
    short = f"{name}（{title}）" if title and question.language == "zh" else f"{name} ({title})" if title else name
    return answer_with(question, [Finding(short, citations)], best.score)




def said_by(evidence: Evidence) -> tuple[str, str, tuple[Citation, ...]]:
    """Name, office and citations of whoever says a sentence: by the label of its turn, or by 某某表示 in it or before it."""
    document, sentence = evidence.document, evidence.sentence
    turn = sentence.turn
    if turn.speaker:
        first = next(s for s in split_sentences(document) if s.turn.speaker == turn.speaker and s.start >= s.turn.body)
        label = cite(document, first, first.turn.start, first.turn.body)
        return turn.speaker, turn.title, (cite(document, sentence), label)
    for other in [s for s in reversed(split_sentences(document)) if s.start <= sentence.start and s.paragraph == sentence.paragraph]:
        match = re.search(rf"(?P<name>{NAME})(?:\d{{1,2}}日)?{SAYS}|(?P<latin>{LATIN_NAME})(?:[^，。；“”,.;]{{0,12}})(?:{SAYS}| said\b| says\b| told\b)", document.text[other.start : other.end])
        if match:
            return _with_office(document, match["name"] or match["latin"], (cite(document, sentence), cite(document, other)) if other != sentence else (cite(document, sentence),))
    return "", "", ()


def _with_office(document: Document, name: str, cited: tuple[Citation, ...]) -> tuple[str, str, tuple[Citation, ...]]:
    """A name with its office and the sentence that gives it; the name alone where no sentence does."""
    title = find_title(name, document.text)
    if not title or any(title in citation.quote for citation in cited):
        return name, title, cited
    for sentence in split_sentences(document):
        said = document.text[sentence.start : sentence.end]
        if title in said and name in said:
            return name, title, (*cited, cite(document, sentence))
    return name, "", cited
