"""Alignment: how much of what a question says is said around the place in a sentence that would answer it.

Chinese asks in place: 多少, 谁, 何时 stand where the answer stands. So a question without its asking words is the
answer's surroundings, and a candidate is worth what part of the question its surroundings meet: nearest counts most.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from documents.fold import fold
from documents.sentences import split_sentences
from documents.types import Document, Passage, Sentence
from index.types import Hit
from index.words import split_words, tell
from qa.english import split_phrases
from qa.periods import find_periods
from qa.terms import Term, find_terms, load_terms, meets

# What a word of the question is worth by where it is met.
NEAR, AFTER, SENTENCE, BEFORE, OPENER, FRAME = 1.0, 0.93, 0.88, 0.72, 0.72, 0.55


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the question, or a pair of characters where no word is known; any of its forms meets it."""

    forms: tuple[str, ...]
    weight: float
    measure: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, with all that says what it is about. Texts are folded; offsets are the document's."""

    document: Document
    sentence: Sentence
    hit: Hit
    text: str  # the sentence, folded: text[0] is document.text[sentence.start]
    before: tuple[str, ...]  # the sentences before it in its paragraph, at most eight
    opener: str  # the first sentence of the enumeration's item that it belongs to, and what announces the enumeration
    frame: str  # section, the reporter's question, the speaker
    year: int  # the year that the document mostly speaks of; 0 where it names none


def gather(hits: Sequence[Hit], documents: dict[str, Document]) -> list[Evidence]:
    """The sentences of the passages found, best passage first."""
    found: list[Evidence] = []
    for hit in hits:
        scenes = _scenes(documents[hit.passage.document_id])
        starts = [scene.sentence.start for scene in scenes]
        within = scenes[bisect_left(starts, hit.passage.start) : bisect_left(starts, hit.passage.end)]
        found.extend(replace(scene, hit=hit) for scene in within)
    return found


@lru_cache(maxsize=256)
def _scenes(document: Document) -> tuple[Evidence, ...]:
    """Every sentence of a document with all that says what it is about, under no hit yet."""
    sentences = split_sentences(document)
    folded = {s.start: fold(document.text[s.start : s.end]) for s in sentences}
    year, head = main_year(document), headline(document)
    nowhere = Hit(Passage(document.id, 0, 0, "", ""), 0.0, 0.0, 0.0)
    scenes = []
    for n, sentence in enumerate(sentences):
        before = tuple(folded[s.start] for s in sentences[max(0, n - 8) : n] if s.paragraph == sentence.paragraph)
        opened = folded.get(sentence.item, "") if sentence.item != sentence.start else ""
        opener = f"{opened}\n{folded.get(sentence.announcer, '')}"
        frame = fold("\n".join((sentence.section, sentence.asked, f"{sentence.turn.title}{sentence.turn.speaker}", head)))
        scenes.append(Evidence(document, sentence, nowhere, folded[sentence.start], before, opener, frame, year))
    return tuple(scenes)


def headline(document: Document) -> str:
    """What a document says it is: its title and its first line."""
    return f"{document.title}\n{document.text.lstrip().split(chr(10), 1)[0][:120]}"


@lru_cache(maxsize=512)
def main_year(document: Document) -> int:
    """The year that more than half of a document's dates name, what others are compared with left out; 0 where none does.

    The year in a title counts ten times.
    """
    named = [p.year for p in find_periods(fold(document.text)) if p.year and not p.base]
    named += [p.year for p in find_periods(fold(headline(document))) if p.year] * 10
    year, times = Counter(named).most_common(1)[0] if named else (0, 0)
    return year if times > 1 and times * 2 > len(named) else 0


def split_units(subject: str, rarity: Callable[[str], float], foreign: bool = False) -> tuple[Unit, ...]:
    """A folded subject as units. `rarity` gives a term's weight, 0 (everywhere) to 1 (nowhere in the collection).

    `foreign` says that English words are to be met by Chinese ones too.
    """
    units: list[Unit] = []
    known = find_terms(subject)
    for start, end, terms in known:
        forms = tuple(dict.fromkeys(form for term in terms for form in term.forms))
        weight = max(1.0, 0.6 * (end - start)) if not subject[start:end].isascii() else 1.5
        weight *= 0.15 if all(term.common for term in terms) else max(0.45, rarity(subject[start:end]))
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
            units.extend(split_units(edge[0], rarity))
            units.append(Unit(edge[1].forms, 0.8, edge[1].measure))
        else:
            units.extend(_split_run(run, rarity))
    return tuple(units)


def _english_units(text: str, rarity: Callable[[str], float], foreign: bool) -> list[Unit]:
    """English words, each with its Chinese where that is wanted: in a Chinese document either meets it."""
    units: list[Unit] = []
    for run in re.findall(r"(?:(?<![a-z0-9])[a-z][a-z.'-]*(?![a-z0-9.%+-])[ ]?)+", text):
        words = [w.strip(".'-") for w in run.split() if w.strip(".'-")]
        for phrase, chinese in split_phrases(words) if foreign else [(word, ()) for word in words]:
            weight = 1.5 * max(0.3, min(map(rarity, (phrase, *chinese)))) * max(tell(w) for w in phrase.split())
            units.append(Unit((phrase, *_stems(phrase), *chinese), weight, False))
    return units


def _split_run(run: str, rarity: Callable[[str], float]) -> list[Unit]:
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
    return units


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


def before_zones(evidence: Evidence, bare: bool = False) -> list[tuple[str, float]]:
    """The sentences before, each worth a little less the farther off it is, but the paragraph's first as much as the last.

    A bare candidate (二季度增长1.2%) has no subject of its own: what stands before it is its subject.
    """
    nearest = SENTENCE - 0.03 if bare else BEFORE
    last = len(evidence.before) - 1
    return [(text, nearest if n == last else max(0.7 if bare else 0.5, nearest - 0.04 * n)) for n, text in enumerate(reversed(evidence.before))]


def hide_longer(units: Sequence[Unit], folded: str) -> str:
    """A text without the known words that only contain one of the question's: 新能源汽车 where 汽车 was asked."""
    return _hide(_forms(tuple(units)), folded)


@lru_cache(maxsize=64)
def _forms(units: tuple[Unit, ...]) -> frozenset[str]:
    return frozenset(form for unit in units for form in unit.forms if len(form) > 1)


@lru_cache(maxsize=10_000)
def _hide(mine: frozenset[str], folded: str) -> str:
    chars = list(folded)
    for start, end, _ in find_terms(folded):
        word = folded[start:end]
        if word not in mine and not word.isascii() and any(word[at:] in mine for at in range(1, end - start - 1)):
            chars[start:end] = " " * (end - start)
    return "".join(chars)


def cover(units: Sequence[Unit], zones: Sequence[tuple[str, float]], floor: Sequence[float] = ()) -> float:
    """The share, 0 to 1, of the units' weight that the zones meet, each unit at the best zone it stands in.

    `floor` says what each unit is worth anyhow, by `rate` over zones that many candidates have in common.
    """
    total = sum(unit.weight for unit in units)
    if not total:
        return 0.0
    worth = rate(units, zones)
    return sum(u.weight * max(w, f) for u, w, f in zip(units, worth, floor or worth, strict=True)) / total


def rate(units: Sequence[Unit], zones: Sequence[tuple[str, float]]) -> list[float]:
    """For each unit the worth of the best zone that meets it, 0 where none does."""
    ranked = sorted(zones, key=lambda zone: -zone[1])
    return [next((worth for text, worth in ranked if any(meets(form, text) for form in unit.forms)), 0.0) for unit in units]


def missing(units: Sequence[Unit], texts: Sequence[str]) -> list[Unit]:
    """The units that none of the texts meets."""
    return [u for u in units if not any(meets(form, text) for text in texts for form in u.forms)]


def surplus(units: Sequence[Unit], lead: str) -> int:
    """Chinese characters of a lead that the question doesn't have: 新能源 in 新能源汽车出口 for a question about 汽车出口."""
    for unit in units:
        for form in unit.forms:
            if not form.isascii() and (len(form) > 1 or unit.weight > 0.8):
                lead = lead.replace(form, " ")
    lead = re.sub(r"同比|环比|分别|分季度看|从|看|全年|实现|达到|达|完成|累计|总计|超过|为|了|约|至|较|比|其中|我国|全国|增长|下降|年|月|日|底|的|已|共|将|和|在|截至|创|最高|最低|连续", " ", lead)
    return len(re.findall(r"[\u3400-\u9fff]", lead))
