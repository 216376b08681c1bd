"""A question that puts something forward without a figure, held against the sentences that speak of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.fold import fold
from qa.align import before_zones, cover, missing
from qa.answers import Finding, answer_with, cite, flat
from qa.attribution import find_other_speaker
from qa.candidates import Candidate
from qa.contrast import (
    asks_for_any,
    asks_of_all,
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
from qa.extract import Sources
from qa.figures import find_figures
from qa.guards import speaks_against
from qa.periods import find_periods
from qa.phrases import NO, YES
from qa.terms import meets
from qa.types import Answer, Citation, Question
from qa.units import Unit

SPEAKS_OF_IT = 0.55  # the share of a question that a sentence and what stands around it must meet to deny it plainly
CONSIDERED = 8  # sentences
LOST = 0.12  # the share of a question that a sentence may leave out and still say the same
LEFT_OUT = 0.35  # the same for one that has the very word on which it turns (首次, 超过…目标)
MOST = 0.6  # one that leaves out more of the subject, the reporter's question counted, says nothing of it


def give_verdict(question: Question, borne_out: bool, said: str, citations: Sequence[Citation], score: float) -> Answer:
    """是 or 不是, and what the document says."""
    word = (YES if borne_out else NO)[question.language]
    short = f"{word}。{said}" if question.language == "zh" else f"{word}. {said}"
    return answer_with(question, [Finding(short, tuple(citations))], score)


def judge_statement(question: Question, name: str, sources: Sources) -> Answer:
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
            return give_verdict(question, verdict, whole_sentence(evidence), [cite(evidence.document, evidence.sentence)], met)
    return sources.refuse(question, next(filter(None, objections[:CONSIDERED]), "absent"), near[0][0] if near else 0.0)


def _speaking_of_it(question: Question, sources: Sources) -> list[tuple[float, Evidence]]:
    """The sentences that meet enough of a question, those first that alignment puts first."""
    units = subject_of(sources.units(question)) or sources.units(question)
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
    units = subject_of(sources.units(question))
    lost = lost_of(units, [said, *evidence.before[-1:], evidence.opener, fold(evidence.sentence.asked)])
    if lost > MOST or settles_nothing(asked, said):
        return None
    if excludes_any(asked, said) or is_yet_to_come(asked, said):
        return False
    verdict = contrast(asked, said)
    if verdict is False and asks_of_all(asked) and lost_of(units, [said]) > LEFT_OUT:
        return None  # that one of them fell is said of one of them
    if verdict and (lost > LEFT_OUT or lost_of(units, [said, evidence.opener]) > MOST or not _gives_figures(asked, said)):
        return None
    if verdict is not None or is_open(asked, said):
        return None if verdict is False and asks_for_any(asked) and not denies(asked, said) else verdict
    if denies(asked, said):
        of_it = any(meets(form, denied(said)) for unit in sources.units(question) for form in unit.forms)
        return False if of_it or evades(said) else None
    if is_marked(asked) or compares(asked):
        return None
    return True if lost_of(sources.units(question), [said, *evidence.before[-1:], evidence.opener]) <= LOST else None


def _gives_figures(asked: str, said: str) -> bool:
    """Whether a sentence gives every figure that a question has: 首次突破3000万辆 for 第一次破3000万辆."""
    return {f.value for f in find_figures(asked) if re.search(r"\d", asked[f.start : f.end])} <= {f.value for f in find_figures(said)}


def lost_of(units: Sequence[Unit], texts: Sequence[str]) -> float:
    """The share of the units' weight that none of the texts meets."""
    return sum(u.weight for u in missing(units, texts)) / (sum(u.weight for u in units) or 1.0)


def subject_of(units: Sequence[Unit]) -> list[Unit]:
    """The units that say what is spoken of: without the words on which it turns (首次, 增长) and the basis (比上年)."""
    return [u for u in units if not is_marked(u.forms[0]) and not {"同比", "环比"} & set(u.forms)]


def whole_sentence(evidence: Evidence) -> str:
    """A sentence in full: a clause alone might lose its negation."""
    return flat(evidence.document.text[evidence.sentence.start : evidence.sentence.end]).rstrip("。；; ")
