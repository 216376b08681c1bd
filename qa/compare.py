"""Two runs over the same questions: whether one is better, or whether no difference can be told."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qa.errors import QuestionError

ROWS = "rows.jsonl"  # of a report's folder
GOOD = ("right", "refused rightly")


@dataclass(frozen=True, slots=True)
class Comparison:
    """The questions that both runs hold, and how they differ. The interval is of accuracy now less accuracy before."""

    questions: int
    alone: int  # questions that only one of the runs holds
    better: tuple[str, ...]  # ids: good now, not before
    worse: tuple[str, ...]
    before: float  # share that is good
    now: float
    p: float
    low: float
    high: float

    @property
    def in_words(self) -> str:
        """One sentence for a person."""
        told = "no difference can be told" if self.p >= 0.05 else "better than the baseline" if self.now > self.before else "worse than the baseline"
        difference = f"accuracy {self.before:.3f} before, {self.now:.3f} now, difference {self.now - self.before:+.3f}, 95 % interval {self.low:+.3f} to {self.high:+.3f}"
        alone = f"; {self.alone} questions stand in one run alone and are left out" if self.alone else ""
        p = f"{self.p:.2f}" if self.p >= 0.005 else f"{self.p:.1e}"
        return f"{told}: {len(self.better)} better, {len(self.worse)} worse of {self.questions}, p = {p}; {difference}{alone}"


def read_baseline(folder: Path) -> dict[str, str]:
    """The verdicts of an earlier report by id. QuestionError where its rows can't be read."""
    path = folder / ROWS
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        return {str(row["id"]): str(row["verdict"]) for row in rows}
    except OSError as error:
        raise QuestionError(f"{path}: can't be read ({error.strerror}); --baseline names the folder of an earlier --report") from error
    except (ValueError, TypeError, KeyError) as error:
        raise QuestionError(f"{path}: not the rows of a report; name another folder with --baseline, or make it again with --report") from error


def compare(before: Mapping[str, str], now: Mapping[str, str]) -> Comparison:
    """Compare verdicts by id. QuestionError where the runs have no question in common."""
    both = [id for id in now if id in before]
    if not both:
        raise QuestionError(f"the baseline's {len(before)} questions and these {len(now)} have no id in common; compare runs over the same questions")
    better = tuple(id for id in both if now[id] in GOOD and before[id] not in GOOD)
    worse = tuple(id for id in both if now[id] not in GOOD and before[id] in GOOD)
    good = sum(now[id] in GOOD for id in both)
    kept = good - len(better)
    low, high = newcombe(kept, len(better), len(worse), len(both) - kept - len(better) - len(worse))
    return Comparison(
        len(both), len(now) + len(before) - 2 * len(both), better, worse, (kept + len(worse)) / len(both), good / len(both), mcnemar(len(better), len(worse)), low, high
    )  # fmt: skip


def mcnemar(better: int, worse: int) -> float:
    """McNemar's exact test: how likely a split at least as uneven is if better and worse are equally likely."""
    from scipy.stats import binomtest

    return float(binomtest(better, better + worse, 0.5).pvalue) if better + worse else 1.0


def newcombe(both: int, first: int, second: int, neither: int) -> tuple[float, float]:
    """The 95 % interval of a difference of paired shares, first only less second only: Newcombe (1998), method 10.

    Wilson's interval of each share, joined by their correlation, which is corrected for continuity.
    """
    from scipy.stats import binomtest

    n = both + first + second + neither
    shares, limits = [], []
    for good in (both + first, both + second):
        interval = binomtest(good, n).proportion_ci(0.95, method="wilson")
        shares.append(good / n)
        limits.append((float(interval.low), float(interval.high)))
    one, other = shares
    (low_one, high_one), (low_other, high_other) = limits
    product = (both + first) * (second + neither) * (both + second) * (first + neither)
    agree = float(both * neither - first * second)
    agree = max(agree - n / 2, 0.0) if agree > 0 else agree
    phi = agree / math.sqrt(product) if product else 0.0
    return one - other - _join(one - low_one, high_other - other, phi), one - other + _join(high_one - one, other - low_other, phi)


def _join(one: float, other: float, phi: float) -> float:
    return math.sqrt(max(one * one - 2 * phi * one * other + other * other, 0.0))
