"""What training and held-out examples have in common, in runs of 13 characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.fold import fold
from training.examples import Example

RUN = 13
MOST = 0.1  # the share of a passage's runs that may stand in what is held out (an agency's opening, a statute's name)


def runs(text: str) -> set[str]:
    """Every run of 13 letters and digits of a text, folded."""
    plain = re.sub(r"\W", "", fold(text))
    return {plain[i : i + RUN] for i in range(len(plain) - RUN + 1)}


def drop_overlapping(examples: Sequence[Example], held: Sequence[Example]) -> list[Example]:
    """The examples whose passage, and whose question, shares at most MOST of its runs with what is held out."""
    seen = set().union(*(runs(text) for text in {t for e in held for t in (e.passage, e.question)}))
    known: dict[str, bool] = {}

    def clean(text: str) -> bool:
        if text not in known:
            mine = runs(text)
            known[text] = len(mine & seen) <= MOST * len(mine)
        return known[text]

    return [e for e in examples if clean(e.passage) and clean(e.question)]
