"""Words of one meaning, in Chinese and English: how a question's word meets the document's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from documents.fold import fold


@dataclass(frozen=True, slots=True)
class Term:
    """One group of words that mean the same. `forms` are folded; a measure is something counted."""

    forms: tuple[str, ...]
    measure: bool
    common: bool  # says little about which sentence is meant


@cache
def load_terms() -> dict[str, tuple[Term, ...]]:
    """Every folded form → the groups it stands in."""
    found: dict[str, list[Term]] = {}
    for line in files("qa").joinpath("terms.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            forms = tuple(dict.fromkeys(fold(form) for form in line.lstrip("*~").split("|")))
            term = Term(forms, line.startswith("*"), line.startswith("~"))
            for form in forms:
                found.setdefault(form, []).append(term)
    return {form: tuple(terms) for form, terms in found.items()}


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(load_terms(), key=len, reverse=True)
    latin = "|".join(re.escape(f) for f in forms if f.isascii())
    chinese = "|".join(re.escape(f) for f in forms if not f.isascii() and len(f) > 1)
    return re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{chinese}")


@lru_cache(maxsize=20_000)
def find_terms(folded: str) -> tuple[tuple[int, int, tuple[Term, ...]], ...]:
    """The known words of a folded text, longest first from the left: (start, end, groups)."""
    terms = load_terms()
    return tuple((m.start(), m.end(), terms[m.group()]) for m in _pattern().finditer(folded))


def meets(form: str, folded: str) -> bool:
    """Whether a word stands in a folded text: a Latin word as a whole word, with any ending, anything else anywhere."""
    return form in folded and (not form.isascii() or _whole_word(form).search(folded) is not None)


@lru_cache(maxsize=10_000)
def _whole_word(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9]){re.escape(word)}(?:e?s|e?d|ing)?(?![a-z0-9])")
