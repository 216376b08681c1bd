"""Alignment: how much of what a question says is said around the place in a sentence that would answer it.

Chinese asks in place: 多少, 谁, 何时 stand where the answer stands. So a question without its asking words is the
answer's surroundings, and a candidate is worth what part of the question its surroundings meet: nearest counts most.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.evidence import Evidence
from qa.terms import find_terms, meets
from qa.units import Unit

# What a word of the question is worth by where it is met.
NEAR, AFTER, SENTENCE, BEFORE, OPENER, FRAME = 1.0, 0.93, 0.88, 0.72, 0.72, 0.55


def before_zones(evidence: Evidence, bare: bool = False) -> list[tuple[str, float]]:
    """The sentences before, each worth a little less the farther off it is, but the paragraph's first as much as the last.

    A bare candidate (二季度增长1.2%) has no subject of its own: what stands before it is its subject.
    """
    nearest = SENTENCE - 0.03 if bare else BEFORE
    last = len(evidence.before) - 1
    return [(text, nearest if n == last else max(0.7 if bare else 0.5, nearest - 0.04 * n)) for n, text in enumerate(reversed(evidence.before))]


def hide_longer(units: Sequence[Unit], folded: str) -> str:
    """A text without the known words that only contain one of the question's: 新能源汽车 where 汽车 was asked, 进出口总值 where 出口 was."""
    return _hide(_forms(tuple(units)), folded)


@lru_cache(maxsize=64)
def _forms(units: tuple[Unit, ...]) -> frozenset[str]:
    return frozenset(form for unit in units for form in unit.forms if len(form) > 1)


@lru_cache(maxsize=10_000)
def _hide(mine: frozenset[str], folded: str) -> str:
    chars = list(folded)
    for start, end, _ in find_terms(folded):
        word = folded[start:end]
        if word not in mine and not word.isascii() and any(form in word[1:] for form in mine):
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
