"""Yes or no: a question that puts something forward, held against what the document gives."""

from __future__ import annotations

import re
from dataclasses import replace

from documents.fold import fold
from qa.align import before_zones, cover
from qa.answers import cite, flat
from qa.attribution import find_attribution, find_evasion, find_other_speaker
from qa.cells import cited
from qa.comparison import answer_than
from qa.contrast import (
    asks_confirmed,
    asks_of_all,
    asks_will,
)
from qa.evidence import Evidence
from qa.extract import Sources, answer_span, choose, same_fact
from qa.figures import find_figures
from qa.levels import find_levels
from qa.periods import find_periods
from qa.premise import Premise, bears_out, find_premises, read_figure, with_direction
from qa.reader import Span
from qa.sides import split_than
from qa.statement import (
    LEFT_OUT,
    SPEAKS_OF_IT,
    give_verdict,
    judge_statement,
    lost_of,
    subject_of,
    whole_sentence,
)
from qa.types import Answer, Question

SURE = 0.6  # a figure read less surely than this denies nothing
DISCLAIMED = 0.15  # the same for a sentence that names the very figure and disclaims it
NEARER = 0.05  # so much more of a question must another figure's surroundings meet to put a direction in doubt
BESIDE = 0.03  # the same for another figure of the same sentence
_FIRST = re.compile(r"首次|首度|第一次|头一[次回]|for the first time|\bfirst\b")


def answer_yes_no(question: Question, sources: Sources) -> Answer:
    """Yes, or no with what the document says instead; refused where it says neither."""
    compared = split_than(question.standalone)
    if compared:
        return answer_than(question, compared, sources)
    attribution = find_attribution(question, sources)
    content, name = attribution.rest, attribution.name
    told = _FIRST.search(fold(content.standalone)) or asks_of_all(fold(content.standalone))  # by the sentence, not by a figure
    premises = [] if told else find_premises(content)
    disclaimed = next((e for p in premises for e in sources.evidence if _disclaims(content, p, e, sources)), None)
    if disclaimed:
        return give_verdict(question, False, whole_sentence(disclaimed), [cite(disclaimed.document, disclaimed.sentence)], 0.7)
    judged, given = _judge_figures(content, premises, name, sources)
    if judged and given:
        return judged
    evaded = find_evasion(content, sources, SPEAKS_OF_IT) if name or asks_confirmed(fold(question.standalone)) else None
    if evaded:
        return give_verdict(question, False, whole_sentence(evaded[0]), [cite(evaded[0].document, evaded[0].sentence)], evaded[1])
    if judged and (not judged.refused or premises[-1].figure):
        return judged
    return judge_statement(content, name, sources)


def _disclaims(question: Question, premise: Premise, evidence: Evidence, sources: Sources) -> bool:
    """450元这个数不是我们发布的: the very figure, in a clause that denies."""
    if premise.figure is None or evidence.sentence.turn.role == "question":
        return False
    start = 0
    for clause in re.split(r"(?<=[,;，；])(?!\d)", evidence.text):
        same = any(f.value == premise.figure.value for f in find_figures(evidence.text) if start <= f.start < start + len(clause))
        start += len(clause)
        if same and re.search(r"不是|并非|不实|从未|\b(?:not|never)\b|n't", clause):
            units = sources.units(question)
            return cover(units, ((evidence.text, 1.0), *before_zones(evidence), (evidence.frame, 0.8))) >= DISCLAIMED
    return False


def answer_why(question: Question, sources: Sources) -> Answer:
    """Why something happened; no, with the document's own figure, where it didn't happen."""
    for premise in find_premises(question):
        reading = read_figure(premise.asked, sources)
        best, _ = choose(premise.asked, reading, sources)
        supposed = any(bears_out(premise, s) for s in reading.spans if not s.against and s.score >= reading.enough - 0.2)
        if best and best.figure and best.figure.change and not supposed and bears_out(premise, best) is False:
            return give_verdict(question, False, with_direction(premise.asked, best), cited(best), best.score)
    return answer_span(question, sources)


def _judge_figures(question: Question, premises: list[Premise], name: str, sources: Sources) -> tuple[Answer | None, bool]:
    """Each figure put forward: no with the first that is wrong, yes with the last where all are right; and whether all are."""
    right: Answer | None = None
    for premise in premises:
        levels = _judge_levels(question, premise, sources) if premise.figure is None else None
        if levels:
            return levels, True
        reading = read_figure(premise.asked, sources)
        best, reason = choose(premise.asked, reading, sources)
        if premise.figure is None and (best is None or best.figure is None or not _is_of_it(premise, best, sources)):
            return None, False  # the sentence itself may tell
        if best is None or best.figure is None:
            return sources.refuse(question, reason or "absent", 1 - reading.no_answer), False
        best = max([best, *(s for s in reading.spans if _says_rather(s, best))], key=lambda s: s.met)
        borne_out = bears_out(premise, best)
        nearer = [s for s in reading.spans if not s.against and s.met > best.met + NEARER]
        if premise.figure is None and any(bears_out(premise, s) is (not borne_out) for s in nearer):
            return None, False  # which way it went is to be told by the sentence itself
        to_come = asks_will(fold(question.standalone)) and not question.periods and best.figure is not None and best.figure.hedge == (0, 0)
        speaker = find_other_speaker(question, name, best.evidence) if name and borne_out else True
        if borne_out is None or speaker is False or to_come or (not borne_out and best.score < SURE):
            return sources.refuse(question, "absent", 0.5), False
        if isinstance(speaker, Answer):
            return speaker, True
        right = give_verdict(question, borne_out, with_direction(premise.asked, best), [c for s in same_fact(best, reading) for c in cited(s)], best.score)
        if not borne_out:
            return right, False
    return right, right is not None


def _is_of_it(premise: Premise, best: Span, sources: Sources) -> bool:
    """Whether the sentence of a figure names what rose or fell; 去年还增加了6% may be of anything that was spoken of before."""
    evidence = best.evidence
    return lost_of(subject_of(sources.units(premise.asked)), [evidence.text, *evidence.before[-1:], evidence.opener]) <= LEFT_OUT


def _judge_levels(question: Question, premise: Premise, sources: Sources) -> Answer | None:
    """Yes or no by the level before and after; None where no sentence gives both."""
    asked = [p for p in find_periods(fold(premise.asked.standalone)) if not p.base]
    found = find_levels(replace(premise.asked, asks="thing"), subject_of(sources.units(premise.asked)), asked, sources.evidence)
    if found is None:
        return None
    evidence, start, end, way = found
    return give_verdict(question, way == premise.direction, flat(evidence.document.text[start:end]), [cite(evidence.document, evidence.sentence)], 0.8)


def _says_rather(span: Span, best: Span) -> bool:
    """业务收入增长6.2%，业务总量增长16.8%: of two figures of one sentence the one around which more of the question stands."""
    same = span.evidence.document.id == best.evidence.document.id and span.evidence.sentence.start == best.evidence.sentence.start
    alike = span.figure is not None and best.figure is not None and (span.figure.kind, span.figure.change) == (best.figure.kind, best.figure.change)
    return same and alike and not span.against and span.met > best.met + BESIDE
