"""Which way something went where a sentence gives no change but two levels: 资本开支72.4亿元，上年是88.1亿元."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from documents.fold import fold
from qa.align import cover
from qa.bearing import bound_of, compare, same_measure
from qa.candidates import Candidate
from qa.evidence import Evidence
from qa.figures import Figure, find_figures
from qa.guards import speaks_against
from qa.periods import Period
from qa.types import Question
from qa.units import Unit

NAMES = 0.7  # the share of what is asked that the words before the first figure must meet
_BASE = re.compile(r"[,，(（]?\s*(?:而|, )?(?:(?:上|去|前一?)年(?:同期)?|上月|上季度?|年初|(?:compared with|against|from|down from|up from|versus) (?:the )?)(?:末|底)?(?:这个比例|同期)?(?:的|是|为|有|只有|达|仅|则为)*\s*(?:of )?$")


def find_levels(question: Question, units: Sequence[Unit], asked: Sequence[Period], evidence: Sequence[Evidence]) -> tuple[Evidence, int, int, int] | None:
    """The sentence, where in the document the two levels begin and end, and 1 or -1 for which way it went; None where no sentence gives them."""
    for piece in evidence:
        if piece.sentence.turn.role == "question" or piece.line is not None:
            continue
        figures = [f for f in find_figures(piece.text) if not f.change]
        for now, then in pairwise(figures):
            lead = piece.text[now.lead : now.start]
            if cover(units, ((lead, 1.0),)) < NAMES or not _is_base(piece.text, now, then):
                continue
            candidate = Candidate(piece, now.start, now.end, now.lead, piece.text, now, False)
            higher = compare("over", then.value, bound_of(piece.text, now), now.value)
            if now.value != then.value and not speaks_against(question, asked, candidate):
                start = piece.sentence.start
                return piece, start + now.start, start + then.end, 1 if higher else -1
    return None


def _is_base(text: str, now: Figure, then: Figure) -> bool:
    """Whether the second of two figures is the level that the first is compared with."""
    return same_measure(now, then) and now.kind == then.kind and _BASE.fullmatch(fold(text[now.end : then.start])) is not None
