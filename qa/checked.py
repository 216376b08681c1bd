"""How many of an answer's figures stand in the quotes that it gives for them: counted, not assumed."""

from __future__ import annotations

from collections.abc import Sequence

from documents.fold import fold
from qa.figures import Figure, find_figures
from qa.scores import unquoted_figures
from qa.types import Answer


def check_figures(answer: Answer) -> tuple[int, int]:
    """How many figures of the claims stand in the claims' own quotes, and how many there are."""
    found: list[bool] = []
    for claim in answer.claims:
        text, quotes = fold(claim.text), [answer.citations[position].quote for position in claim.citations]
        found += [_stands(figure, text[figure.start : figure.end], quotes) for figure in find_figures(text)]
    return sum(found), len(found)


def _stands(figure: Figure, spelled: str, quotes: Sequence[str]) -> bool:
    """The same number of the same unit; of a table, whose number stands in a row and whose unit in its head, as it is spelled."""
    texts = [fold(quote) for quote in quotes]
    if not figure.value:  # 数十万, or nought: nothing but the words themselves can be compared
        return any(spelled in text for text in texts)
    if any((other.value, other.unit) == (figure.value, figure.unit) for text in texts for other in find_figures(text)):
        return True
    return any("|" in quote for quote in quotes) and not unquoted_figures(spelled, quotes, "")
