"""Many outcomes in a few numbers: counts, scores, calibration, and the same per kind, language and document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields

from qa.errors import QuestionError
from qa.outcome import Outcome
from qa.scores import Bin, Verdict, calibrate, calibration_error, mean, share


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares from 0 to 1, None where there is nothing to take a share of."""

    accuracy: float | None  # of all: answered right, or refused rightly
    right: float | None  # of the answerable: answered right
    exact: float | None  # of the answerable that list accepted answers: CMRC 2018's exact match
    f1: float | None  # of the same: CMRC 2018's F1; a refusal has 0
    contained: float | None  # of the answerable: an accepted answer, or every item, stands in the answer
    refusal_recall: float | None  # of the unanswerable: refused
    refusal_precision: float | None  # of the refused: unanswerable
    refusal_reason: float | None  # of the rightly refused whose reason the file names: refused for that reason
    false_refusals: float | None  # of the answerable: refused
    citation_precision: float | None  # of the citations: those that bear the answer out
    citation_recall: float | None  # of what was wanted: cited, in answered questions
    quotes_exact: float | None  # of all: every quote equals its slice
    figures_quoted: float | None  # of the answered: every figure stands in a quote
    recall_at_1: float | None  # of what was wanted: found first
    recall_at_5: float | None
    recall_at_10: float | None
    mrr: float | None  # mean reciprocal rank
    calibration_error: float | None  # of the answered; 0 where confidence is the share of right answers
    latency_p50: float | None  # milliseconds
    latency_p95: float | None


LOWER_IS_BETTER = ("false_refusals", "calibration_error", "latency_p50", "latency_p95")
GUARDED = tuple(field.name for field in fields(Scores) if field.name not in LOWER_IS_BETTER)  # what --fail-under may name


@dataclass(frozen=True, slots=True)
class Group:
    """The outcomes of one kind, language or document; or all of them."""

    name: str
    questions: int
    right: int
    wrong: int
    refused_rightly: int
    refused_wrongly: int
    scores: Scores


@dataclass(frozen=True, slots=True)
class Summary:
    """All outcomes, and each way to divide them. An example that names no kind or document is in none."""

    total: Group
    calibration: tuple[Bin, ...]  # of the answered
    kinds: tuple[Group, ...]
    languages: tuple[Group, ...]
    documents: tuple[Group, ...]

    def as_json(self) -> dict[str, object]:
        """Plain dicts and lists."""
        return asdict(self)


def summarize(outcomes: Sequence[Outcome]) -> Summary:
    """The summary of outcomes; groups stand in the order of their first example."""
    answered = [outcome for outcome in outcomes if not outcome.answer.refused]
    return Summary(
        total=_group("all", outcomes),
        calibration=calibrate([outcome.answer.confidence for outcome in answered], [outcome.verdict == "right" for outcome in answered]),
        kinds=_groups(outcomes, lambda outcome: outcome.example.kind),
        languages=_groups(outcomes, lambda outcome: outcome.language),
        documents=_groups(outcomes, lambda outcome: outcome.example.document),
    )


def _groups(outcomes: Sequence[Outcome], name: Callable[[Outcome], str]) -> tuple[Group, ...]:
    members: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        members.setdefault(name(outcome), []).append(outcome)
    return tuple(_group(name, inside) for name, inside in members.items() if name)


def _group(name: str, outcomes: Sequence[Outcome]) -> Group:
    counts = Counter(outcome.verdict for outcome in outcomes)
    return Group(name, len(outcomes), counts["right"], counts["wrong"], counts["refused rightly"], counts["refused wrongly"], _scores(outcomes, counts))


def _scores(outcomes: Sequence[Outcome], counts: Counter[Verdict]) -> Scores:
    answerable = [outcome for outcome in outcomes if outcome.example.answerable]
    answered = [outcome for outcome in outcomes if not outcome.answer.refused]
    refused = len(outcomes) - len(answered)
    rankings = [outcome.ranking for outcome in outcomes if outcome.ranking]
    times = [outcome.latency_ms for outcome in outcomes]
    bins = calibrate([outcome.answer.confidence for outcome in answered], [outcome.verdict == "right" for outcome in answered])
    return Scores(
        accuracy=share(counts["right"] + counts["refused rightly"], len(outcomes)),
        right=share(counts["right"], len(answerable)),
        exact=mean([outcome.exact for outcome in answerable if outcome.example.answers]),
        f1=mean([outcome.f1 for outcome in answerable if outcome.example.answers]),
        contained=mean([outcome.contained for outcome in answerable]),
        refusal_recall=share(counts["refused rightly"], len(outcomes) - len(answerable)),
        refusal_precision=share(counts["refused rightly"], refused),
        refusal_reason=mean([outcome.answer.refusal == outcome.example.reason for outcome in outcomes if outcome.verdict == "refused rightly" and outcome.example.reason]),
        false_refusals=share(counts["refused wrongly"], len(answerable)),
        citation_precision=mean([right for outcome in answered for right in outcome.citations_right]),
        citation_recall=mean([outcome.wants_cited for outcome in answered if outcome.wants_cited is not None]),
        quotes_exact=mean([outcome.quotes_exact for outcome in outcomes]),
        figures_quoted=mean([not outcome.unquoted for outcome in answered]),
        recall_at_1=mean([ranking.recall_at_1 for ranking in rankings]),
        recall_at_5=mean([ranking.recall_at_5 for ranking in rankings]),
        recall_at_10=mean([ranking.recall_at_10 for ranking in rankings]),
        mrr=mean([ranking.mrr for ranking in rankings]),
        calibration_error=calibration_error(bins),
        latency_p50=_percentile(times, 50),
        latency_p95=_percentile(times, 95),
    )


def _percentile(values: Sequence[float], percent: int) -> float | None:
    import numpy as np

    return float(np.percentile(values, percent)) if values else None


def parse_floor(text: str) -> tuple[str, float]:
    """NAME=VALUE of --fail-under. QuestionError for a name that is no score, or one where less is better."""
    name, _, value = text.partition("=")
    try:
        floor = float(value)
    except ValueError:
        floor = -1.0
    if name not in GUARDED or not 0 <= floor <= 1:
        raise QuestionError(f"--fail-under {text!r:.60} is not NAME=VALUE with a value from 0 to 1 and a name of {', '.join(GUARDED)}")
    return name, floor


def check_floors(summary: Summary, floors: Sequence[tuple[str, float]]) -> list[str]:
    """A line of text for each score that is below its floor, or that there is nothing to take from."""
    complaints = []
    for name, floor in floors:
        value: float | None = getattr(summary.total.scores, name)
        if value is None:
            complaints.append(f"{name} has no value here and must be at least {floor:g}: no question of this set gives one")
        elif value < floor:
            complaints.append(f"{name} is {value:.3f} and must be at least {floor:g}")
    return complaints
