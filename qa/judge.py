"""Yes or no: a question that puts something forward, held against what the document gives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.fold import fold
from qa.align import before_zones, cover, missing
from qa.answers import Finding, answer_with, cite, flat
from qa.attribution import find_attribution, find_evasion, find_other_speaker
from qa.candidates import Candidate
from qa.cells import cited
from qa.comparison import answer_than
from qa.contrast import (
    asks_confirmed,
    asks_for_any,
    asks_of_all,
    asks_will,
    compares,
    contrast,
    denied,
    denies,
    evades,
    excludes_any,
    fold_said,
    is_marked,
    is_open,
    is_yet_to_come,
    settles_nothing,
)
from qa.evidence import Evidence
from qa.extract import Sources, answer_span, choose, same_fact
from qa.figures import find_figures
from qa.guards import speaks_against
from qa.levels import find_levels
from qa.periods import find_periods
from qa.phrases import NO, YES
from qa.premise import Premise, bears_out, find_premises, read_figure, with_direction
from qa.reader import Span
from qa.sides import split_than
from qa.terms import meets
from qa.types import Answer, Citation, Question
from qa.units import Unit

SURE = 0.6  # a figure read less surely than this denies nothing
SPEAKS_OF_IT = 0.55  # the share of a question that a sentence and what stands around it must meet to deny it plainly
DISCLAIMED = 0.15  # the same for a sentence that names the very figure and disclaims it
CONSIDERED = 8  # sentences
LOST = 0.12  # the share of a question that a sentence may leave out and still say the same
LEFT_OUT = 0.35  # the same for one that has the very word on which it turns (首次, 超过…目标)
NEARER = 0.05  # so much more of a question must another figure's surroundings meet to put a direction in doubt
BESIDE = 0.03  # the same for another figure of the same sentence
MOST = 0.6  # one that leaves out more of the subject, the reporter's question counted, says nothing of it
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
        return _verdict(question, False, _whole(disclaimed), [cite(disclaimed.document, disclaimed.sentence)], 0.7)
    judged, given = _judge_figures(content, premises, name, sources)
    if judged and given:
        return judged
    evaded = find_evasion(content, sources, SPEAKS_OF_IT) if name or asks_confirmed(fold(question.standalone)) else None
    if evaded:
        return _verdict(question, False, _whole(evaded[0]), [cite(evaded[0].document, evaded[0].sentence)], evaded[1])
    if judged and (not judged.refused or premises[-1].figure):
        return judged
    return _judge_statement(content, name, sources)


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
            return _verdict(question, False, with_direction(premise.asked, best), cited(best), best.score)
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
        right = _verdict(question, borne_out, with_direction(premise.asked, best), [c for s in same_fact(best, reading) for c in cited(s)], best.score)
        if not borne_out:
            return right, False
    return right, right is not None


def _is_of_it(premise: Premise, best: Span, sources: Sources) -> bool:
    """Whether the sentence of a figure names what rose or fell; 去年还增加了6% may be of anything that was spoken of before."""
    evidence = best.evidence
    return _lost(_subject_of(sources.units(premise.asked)), [evidence.text, *evidence.before[-1:], evidence.opener]) <= LEFT_OUT


def _judge_levels(question: Question, premise: Premise, sources: Sources) -> Answer | None:
    """Yes or no by the level before and after; None where no sentence gives both."""
    asked = [p for p in find_periods(fold(premise.asked.standalone)) if not p.base]
    found = find_levels(replace(premise.asked, asks="thing"), _subject_of(sources.units(premise.asked)), asked, sources.evidence)
    if found is None:
        return None
    evidence, start, end, way = found
    return _verdict(question, way == premise.direction, flat(evidence.document.text[start:end]), [cite(evidence.document, evidence.sentence)], 0.8)


def _says_rather(span: Span, best: Span) -> bool:
    """业务收入增长6.2%，业务总量增长16.8%: of two figures of one sentence the one around which more of the question stands."""
    same = span.evidence.document.id == best.evidence.document.id and span.evidence.sentence.start == best.evidence.sentence.start
    alike = span.figure is not None and best.figure is not None and (span.figure.kind, span.figure.change) == (best.figure.kind, best.figure.change)
    return same and alike and not span.against and span.met > best.met + BESIDE


def _verdict(question: Question, borne_out: bool, said: str, citations: Sequence[Citation], score: float) -> Answer:
    """是 or 不是, and what the document says."""
    word = (YES if borne_out else NO)[question.language]
    short = f"{word}。{said}" if question.language == "zh" else f"{word}. {said}"
    return answer_with(question, [Finding(short, tuple(citations))], score)


def _judge_statement(question: Question, name: str, sources: Sources) -> Answer:
    """Of the sentences that speak of it, nearest first, the first that says the same or plainly the opposite."""
    asked = [p for p in find_periods(fold(question.standalone)) if not p.base]
    near = _speaking_of_it(question, sources)
    objections = [speaks_against(question, asked, Candidate(e, 0, len(e.text), 0, e.text, None, True)) for _, e in near]
    for met, evidence in [pair for pair, objection in zip(near, objections, strict=True) if not objection][:CONSIDERED]:
        verdict = _judge_sentence(question, evidence, sources)
        speaker = find_other_speaker(question, name, evidence) if name and verdict else True
        if isinstance(speaker, Answer):
            return speaker
        if speaker and verdict is not None:
            return _verdict(question, verdict, _whole(evidence), [cite(evidence.document, evidence.sentence)], met)
    return sources.refuse(question, next(filter(None, objections[:CONSIDERED]), "absent"), near[0][0] if near else 0.0)


def _speaking_of_it(question: Question, sources: Sources) -> list[tuple[float, Evidence]]:
    """The sentences that meet enough of a question, those first that alignment puts first."""
    units = _subject_of(sources.units(question)) or sources.units(question)
    order = {(s.evidence.document.id, s.evidence.sentence.start): -n for n, s in reversed(list(enumerate(sources.align(replace(question, asks="thing")).spans)))}
    near = []
    for evidence in sources.evidence:
        met = cover(units, ((evidence.text, 1.0), *before_zones(evidence), (evidence.opener, 0.8), (evidence.frame, 0.7)))
        if met >= SPEAKS_OF_IT and evidence.sentence.turn.role != "question":
            near.append((order.get((evidence.document.id, evidence.sentence.start), -10_000), met, evidence))
    near.sort(key=lambda row: row[:2], reverse=True)
    return [(met, evidence) for _, met, evidence in near]


def _judge_sentence(question: Question, evidence: Evidence, sources: Sources) -> bool | None:
    """True where the sentence says the same, False where it says the opposite, None where that can't be told."""
    asked, said = fold(question.standalone), fold_said(evidence.text)
    units = _subject_of(sources.units(question))
    lost = _lost(units, [said, *evidence.before[-1:], evidence.opener, fold(evidence.sentence.asked)])
    if lost > MOST or settles_nothing(asked, said):
        return None
    if excludes_any(asked, said) or is_yet_to_come(asked, said):
        return False
    verdict = contrast(asked, said)
    if verdict is False and asks_of_all(asked) and _lost(units, [said]) > LEFT_OUT:
        return None  # that one of them fell is said of one of them
    if verdict and (lost > LEFT_OUT or _lost(units, [said, evidence.opener]) > MOST or not _gives_figures(asked, said)):
        return None
    if verdict is not None or is_open(asked, said):
        return None if verdict is False and asks_for_any(asked) and not denies(asked, said) else verdict
    if denies(asked, said):
        of_it = any(meets(form, denied(said)) for unit in sources.units(question) for form in unit.forms)
        return False if of_it or evades(said) else None
    if is_marked(asked) or compares(asked):
        return None
    return True if _lost(sources.units(question), [said, *evidence.before[-1:], evidence.opener]) <= LOST else None


def _gives_figures(asked: str, said: str) -> bool:
    """Whether a sentence gives every figure that a question has: 首次突破3000万辆 for 第一次破3000万辆."""
    return {f.value for f in find_figures(asked) if re.search(r"\d", asked[f.start : f.end])} <= {f.value for f in find_figures(said)}


def _lost(units: Sequence[Unit], texts: Sequence[str]) -> float:
    """The share of the units' weight that none of the texts meets."""
    return sum(u.weight for u in missing(units, texts)) / (sum(u.weight for u in units) or 1.0)


def _subject_of(units: Sequence[Unit]) -> list[Unit]:
    """The units that say what is spoken of: without the words on which it turns (首次, 增长) and the basis (比上年)."""
    return [u for u in units if not is_marked(u.forms[0]) and not {"同比", "环比"} & set(u.forms)]


def _whole(evidence: Evidence) -> str:
    """A sentence in full: a clause alone might lose its negation."""
    return flat(evidence.document.text[evidence.sentence.start : evidence.sentence.end]).rstrip("。；; ")
