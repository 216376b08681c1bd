"""Units: a question's subject as words that a document may meet, each with its other spellings and its weight."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.words import split_words, tell
from qa.english import meanings, split_phrases
from qa.terms import Term, find_terms, load_terms


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the question, or a pair of characters where no word is known; any of its forms meets it."""

    forms: tuple[str, ...]
    weight: float
    measure: bool


def split_units(subject: str, rarity: Callable[[str], float], foreign: bool = False) -> tuple[Unit, ...]:
    """A folded subject as units. `rarity` gives a term's weight, 0 (everywhere) to 1 (nowhere in the collection).

    `foreign` says that English words are to be met by Chinese ones too, and Chinese words by English ones.
    """
    units: list[Unit] = []
    known = find_terms(subject)
    for start, end, terms in known:
        forms = tuple(dict.fromkeys(form for term in _either_way(terms) for form in term.forms))
        weight = max(1.0, 0.6 * (end - start)) if not subject[start:end].isascii() else 1.5
        weight *= 0.15 if all(term.common for term in terms) else max(0.45, rarity(subject[start:end]))
        weight *= 0.5 if _either_way(terms) is not terms else 1.0  # that something rose or fell doesn't tell what
        units.append(Unit(forms, weight, any(term.measure for term in terms)))
    rest = list(subject)
    for start, end, _ in known:
        rest[start:end] = " " * (end - start)
    text = "".join(rest)
    units.extend(_english_units(text, rarity, foreign))
    for run in re.findall(r"[^\x00-\x7f]+|[a-z]*[0-9][a-z0-9.+%'-]*", text):
        if run.isascii():
            units.append(Unit((run, *_stems(run)), 1.5 * max(0.3, rarity(run)), False))
        elif len(run) > 1 and (edge := _single_edge(run)):
            units.extend(split_units(edge[0], rarity, foreign))
            units.append(Unit(edge[1].forms, 0.8, edge[1].measure))
        else:
            units.extend(_split_run(run, rarity, foreign))
    return tuple(units)


def _either_way(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """增长多少 is answered by 下降5% as well: the answer then says so."""
    directions = load_terms()["增长"] + load_terms()["下降"]
    return directions if any(term in directions for term in terms) else terms


def _english_units(text: str, rarity: Callable[[str], float], foreign: bool) -> list[Unit]:
    """English words, each with its Chinese where that is wanted: in a Chinese document either meets it."""
    units: list[Unit] = []
    for run in re.findall(r"(?:(?<![a-z0-9])[a-z][a-z.'-]*(?![a-z0-9.%+-])[ ]?)+", text):
        words = [w.strip(".'-") for w in run.split() if w.strip(".'-")]
        for phrase, chinese in split_phrases(words) if foreign else [(word, ()) for word in words]:
            weight = 1.5 * max(0.3, min(map(rarity, (phrase, *chinese)))) * max(tell(w) for w in phrase.split())
            units.append(Unit((phrase, *_stems(phrase), *chinese), weight, False))
    return units


def _split_run(run: str, rarity: Callable[[str], float], foreign: bool = False) -> list[Unit]:
    """Chinese text without known words: its words, and pairs of characters where single ones stand together (names)."""
    units: list[Unit] = []
    singles = ""
    for word in [*split_words(run), ""]:
        if len(word) == 1:
            singles += word
            continue
        if len(singles) == 1:
            units.append(_unit(singles, 0.35 * tell(singles), rarity))
        units.extend(_unit(p, (tell(p[0]) + tell(p[1])) / 2, rarity) for p in (singles[i : i + 2] for i in range(len(singles) - 1)))
        singles = ""
        if word:
            units.append(_unit(word, tell(word) * (0.5 + 0.25 * len(word)), rarity))
    return [_in_english(unit) for unit in units] if foreign else units


def _in_english(unit: Unit) -> Unit:
    """A Chinese unit that its English meanings meet too: 通胀率 those of 通胀 as well."""
    word = unit.forms[0]
    return replace(unit, forms=(*unit.forms, *meanings(word), *(meanings(word[:-1]) if len(word) > 2 else ())))


def _unit(text: str, weight: float, rarity: Callable[[str], float]) -> Unit:
    return Unit((text,), weight * max(0.25, rarity(text)), False)


def _single_edge(run: str) -> tuple[str, Term] | None:
    """苹果卖 → 苹果 and the group of 卖: a known word of one character counts at the edge of a run alone."""
    for char, rest in ((run[-1], run[:-1]), (run[0], run[1:])):
        if char in load_terms() and char in split_words(run):
            return rest, load_terms()[char][0]
    return None


def _stems(word: str) -> tuple[str, ...]:
    for ending, other in (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ing", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return (word[: -len(ending)] + other,)
    return (word + "s",)
