"""A comparison as it is shown: a line for each side, its figure apart from its name, and which is larger."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from documents.fold import fold
from qa.figures import Figure, find_figures
from qa.types import Answer

_VERDICT = re.compile(r"(是|不是|Yes|No)[。.]\s*")
_SIDE = re.compile(r"(?P<name>.+?)[：:]\s*(?P<figure>[^：:]+)", re.DOTALL)
_SAID = re.compile(r"[更最]|\b(?:larger|higher|more|less|lower|fewer|smaller|greater|largest|highest|most)\b")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison."""

    name: str
    figure: str
    larger: bool  # its figure is the largest, all being of one unit, and its name doesn't say so already


@dataclass(frozen=True, slots=True)
class Versus:
    """The sides of a comparison, and the verdict before them: 是, No, or "" where none was asked for."""

    verdict: str
    sides: tuple[Side, ...]  # one for each claim


def read_versus(answer: Answer) -> Versus | None:
    """The answer as a comparison; None where it is none."""
    if answer.question.asks not in ("comparison", "yes_no") or len(answer.claims) < 2:
        return None
    opened = _VERDICT.match(answer.claims[0].text)
    texts = [answer.claims[0].text[opened.end() if opened else 0 :], *(claim.text for claim in answer.claims[1:])]
    found = [_SIDE.fullmatch(text) for text in texts]
    pairs = [(match["name"], match["figure"]) for match in found if match]
    if len(pairs) < len(texts):
        return None
    largest = _largest([figure for _, figure in pairs]) if not _SAID.search(pairs[0][0]) else -1
    return Versus(opened[1] if opened else "", tuple(Side(*pair, larger=n == largest) for n, pair in enumerate(pairs)))


def _largest(texts: list[str]) -> int:
    """The position of the one largest figure; -1 where units differ, a change is compared, or two are equal."""
    figures = [find_figures(fold(text)) for text in texts]
    single = [found[0] for found in figures if len(found) == 1]
    if len(single) < len(texts) or len({figure.unit for figure in single}) > 1 or any(map(_changes, single)):
        return -1
    values: list[Decimal] = [figure.value for figure in single]
    return values.index(max(values)) if values.count(max(values)) == 1 else -1


def _changes(figure: Figure) -> bool:
    return figure.change or figure.kind in ("ratio", "points")
