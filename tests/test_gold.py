"""What is wanted of an answer: which slices hold it, and how early it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple

import pytest

from qa.gold import Place, bears_out, find_gold, met
from qa.questions import Evidence, Example
from qa.ranking import rank_scores

TEXTS = {"甲": "一二三四一二", "乙": "一二"}


@pytest.mark.parametrize(
    ("example", "place", "wants", "bears"),
    [
        (Example(1, "？", True, ("三",), evidence=((Evidence("一二"),),)), Place("甲", 5, 6, "二"), {0}, True),  # any place where it reads so
        (Example(1, "？", True, ("三",), evidence=((Evidence("一二"),),)), Place("甲", 2, 4, "三四"), set(), False),  # the answer alone doesn't do
        (Example(1, "？", True, ("三",), evidence=((Evidence("一二", "甲", 4),),)), Place("甲", 0, 2, "一二"), set(), False),
        (Example(1, "？", True, ("三",), evidence=((Evidence("三"),), (Evidence("四一"),))), Place("甲", 2, 4, "三四"), {0, 1}, True),
        (Example(1, "？", True, ("三",), evidence=((Evidence("三"), Evidence("一")),)), Place("乙", 0, 1, "一"), {0}, True),
        (Example(1, "？", True, ("三", "四")), Place("甲", 2, 3, "三"), {0}, True),
        (Example(1, "？", True, ("三",)), Place("乙", 0, 2, "一二"), set(), False),
        (Example(1, "？", True, ("一",), document="甲"), Place("乙", 0, 2, "一二"), set(), False),  # right words, wrong document
        (Example(1, "？", True, ("一",), document="丙"), Place("乙", 0, 2, "一二"), {0}, True),
        (Example(1, "？", True, ("三",), must_cite=("四", "一")), Place("甲", 2, 3, "三"), set(), True),
        (Example(1, "？", True, ("三",), must_cite=("四", "一")), Place("甲", 3, 5, "四一"), {0, 1}, True),
        (Example(1, "？", True, items=(("三", "叁"), ("九",))), Place("甲", 2, 3, "三"), {0}, True),
        (Example(1, "？", False, evidence=((Evidence("一二"),),)), Place("甲", 0, 2, "一二"), set(), False),  # nothing bears out what isn't said
    ],
)
def test_what_a_slice_meets(example: Example, place: Place, wants: set[int], bears: bool) -> None:
    gold = find_gold(example, TEXTS)
    assert met(gold, place) == wants
    assert bears_out(gold, place) is bears


@pytest.mark.parametrize(
    ("wants", "found", "expected"),
    [
        (0, [{0}], None),
        (1, [], (0.0, 0.0, 0.0, 0.0)),
        (1, [set(), {0}, {0}], (0.0, 1.0, 1.0, 0.5)),
        (1, [set()] * 5 + [{0}], (0.0, 0.0, 1.0, 1 / 6)),
        (1, [set()] * 10 + [{0}], (0.0, 0.0, 0.0, 1 / 11)),
        (2, [{1}, set(), {0, 1}], (0.5, 1.0, 1.0, (1 + 1 / 3) / 2)),
        (3, [{0}], (1 / 3, 1 / 3, 1 / 3, 1 / 3)),
    ],
)
def test_retrieval_scores_as_worked_out_by_hand(wants: int, found: Sequence[set[int]], expected: tuple[float, ...] | None) -> None:
    scores = rank_scores(wants, [frozenset(held) for held in found])
    assert (scores and astuple(scores)) == (expected and pytest.approx(expected))
