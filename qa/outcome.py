"""One example answered: the answer, what it was made from, and every score of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from index.types import Hit
from qa.assistant import Assistant
from qa.gold import Gold, Place, bears_out, find_gold, met
from qa.questions import Example
from qa.ranking import Ranking, rank_scores
from qa.record import to_record
from qa.scores import Verdict, exact_match, holds_all, judge, overlap_f1, unquoted_figures
from qa.types import Answer

ENOUGH_CITED = 0.5  # of its evidence, by an answer that is known by its evidence alone


@dataclass(frozen=True, slots=True)
class Considered:
    """A passage that the search put before the reader, and whether it holds what was wanted."""

    hit: Hit
    right: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one example."""

    example: Example
    answer: Answer
    latency_ms: float
    considered: tuple[Considered, ...]  # best first
    verdict: Verdict
    exact: bool
    f1: float
    contained: bool
    citations_right: tuple[bool, ...]  # one for each citation
    wants_cited: float | None  # the share of the wants that a citation meets; None where nothing is wanted
    quotes_exact: bool  # every quote equals its slice, on refusals those of the nearest passages too
    unquoted: tuple[str, ...]  # figures of the answer that no quote holds
    ranking: Ranking | None  # None where nothing is wanted
    lost: tuple[str, ...]  # evidence that stands in no document

    @property
    def language(self) -> str:
        """The example's own word for it, else what the question was read as."""
        return self.example.language or self.answer.question.language


def answer_example(assistant: Assistant, example: Example) -> Outcome:
    """Ask, and score what comes. The time is that of the answer alone."""
    started = time.perf_counter()
    answer = assistant.ask(example.question, example.history)
    latency = (time.perf_counter() - started) * 1000
    texts = {document.id: document.text for document in assistant.documents}
    gold = find_gold(example, texts)
    hits = assistant.sources(answer.question).hits
    found = [met(gold, Place(hit.passage.document_id, hit.passage.start, hit.passage.end, hit.passage.text)) for hit in hits]
    cited = [Place(citation.document_id, citation.start, citation.end, citation.quote) for citation in answer.citations]
    share = _share_met(gold, cited)
    if example.answers or example.items:
        contained = not answer.refused and holds_all(answer.short, example.answers, example.items)
    else:  # an overview: no wording is accepted, but what it must rest on is known
        contained = share is not None and share >= ENOUGH_CITED
    return Outcome(
        example=example,
        answer=answer,
        latency_ms=latency,
        considered=tuple(Considered(hit, bool(held)) for hit, held in zip(hits, found, strict=True)),
        verdict=judge(example.answerable, answer.refused, contained),
        exact=exact_match(example.answers, answer.short),
        f1=overlap_f1(example.answers, answer.short),
        contained=contained,
        citations_right=tuple(bears_out(gold, place) for place in cited),
        wants_cited=share,
        quotes_exact=_are_slices(answer, texts),
        unquoted=unquoted_figures(answer.short, [place.text for place in cited], answer.question.standalone),
        ranking=rank_scores(gold.wants, found),
        lost=gold.lost,
    )


def to_row(outcome: Outcome) -> dict[str, object]:
    """An outcome as a JSON object: the example, the whole record of the answer, the scores, the passages considered."""
    example = outcome.example
    return {
        "id": example.id,
        "question": example.question,
        "history": list(example.history),
        "kind": example.kind,
        "language": outcome.language,
        "document": example.document,
        "expected": {
            "answerable": example.answerable,
            "answers": list(example.answers),
            "items": [list(forms) for forms in example.items],
            "evidence": [[evidence.text for evidence in wanted] for wanted in example.evidence],
            "must_cite": list(example.must_cite),
            "reason": example.reason,
        },
        "verdict": outcome.verdict,
        "record": to_record(outcome.answer, id=str(example.id), latency_ms=outcome.latency_ms),
        "scores": _scores(outcome),
        "considered": [_passage(considered) for considered in outcome.considered],
    }


def _scores(outcome: Outcome) -> dict[str, object]:
    return {
        "exact": outcome.exact,
        "f1": outcome.f1,
        "contained": outcome.contained,
        "citations_right": list(outcome.citations_right),
        "wants_cited": outcome.wants_cited,
        "quotes_exact": outcome.quotes_exact,
        "unquoted_figures": list(outcome.unquoted),
        "retrieval": asdict(outcome.ranking) if outcome.ranking else None,
    }


def _passage(considered: Considered) -> dict[str, object]:
    hit, passage = considered.hit, considered.hit.passage
    return {
        "document": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
        "cosine": hit.cosine,
        "lexical": hit.lexical,
        "right": considered.right,
    }


def _share_met(gold: Gold, cited: list[Place]) -> float | None:
    return len(frozenset[int]().union(*(met(gold, place) for place in cited))) / gold.wants if gold.wants else None


def _are_slices(answer: Answer, texts: Mapping[str, str]) -> bool:
    citations = (*answer.citations, *answer.nearest)
    return all(citation.quote == texts.get(citation.document_id, "")[citation.start : citation.end] for citation in citations)
