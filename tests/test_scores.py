"""Scores against their definitions: EM and F1 beside an oracle written from CMRC 2018's, the rest by cases and properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.scores import (
    Bin,
    calibrate,
    calibration_error,
    contains,
    exact_match,
    holds_all,
    judge,
    overlap_f1,
    unquoted_figures,
)

# ——— The oracle: what the official script of CMRC 2018 (version 5) computes, said plainly and slowly.
SIGNS = set("-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")


def oracle_words(text: str) -> list[str]:
    """Without the signs; each character from 一 to 龥 alone, and what stands between two of them cut by NLTK."""
    from nltk.tokenize import NLTKWordTokenizer

    words: list[str] = []
    between = ""
    for char in [*(char for char in text.lower().strip() if char not in SIGNS), None]:
        if char is not None and not 0x4E00 <= ord(char) <= 0x9FA5:
            between += char
            continue
        words += NLTKWordTokenizer().tokenize(between) if between else []
        between = ""
        words += [] if char is None else [char]
    return words


def oracle_f1(answers: list[str], said: str) -> float:
    best = 0.0
    for answer in answers:
        wanted, given_ = oracle_words(answer), oracle_words(said)
        runs = {tuple(wanted[i:j]) for i in range(len(wanted)) for j in range(i + 1, len(wanted) + 1)}
        longest = max((len(run) for run in runs if any(tuple(given_[k : k + len(run)]) == run for k in range(len(given_)))), default=0)
        if longest:
            precision, recall = longest / len(given_), longest / len(wanted)
            best = max(best, 2 * precision * recall / (precision + recall))
    return best


def oracle_em(answers: list[str], said: str) -> bool:
    bare = ["".join(char for char in text.lower().strip() if char not in SIGNS) for text in (*answers, said)]
    return bare[-1] in bare[:-1]


SAMPLES = [
    (["3016.1万辆"], "3016.1万辆", 1, 1.0),
    (["3016.1万辆"], "产量为3016.1万辆", 0, 6 / 9),  # 3016.1 is one word: three of three in six
    (["3016.1万辆"], "3009.4万辆", 0, 4 / 6),
    (["创新、融合、绿色、赋能"], "创新，融合，绿色，赋能。", 1, 1.0),  # the signs go
    (["王明"], "李华", 0, 0.0),
    (["甲乙丙丁"], "甲乙丁丙", 0, 0.5),  # a run, not a subsequence
    (["甲", "甲乙丙"], "甲乙丙", 1, 1.0),  # the best of several
    (["Nexon公司"], "nexon公司", 1, 1.0),  # the case goes
    (["12%"], "12％", 0, 0.0),  # a wide sign is another word, and 12% is two
    (["12%"], "12 %", 0, 1.0),  # the same words; EM keeps the space
    (["它cannot停"], "它can", 0, 2 * 2 / 6),  # NLTK cuts cannot in two
    (["“5G+工业互联网”"], "5g工业互联网", 1, 1.0),
    (["……"], "", 0, 0.0),  # the script names …… as one sign, which no single character equals
    (["。"], "，", 1, 0.0),  # nothing is left of either
    (["a.b.c, d-e"], "a.b.c, de", 1, 1.0),
    (["十"], "", 0, 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "said", "em", "f1"), SAMPLES, ids=[said for _, said, _, _ in SAMPLES])
def test_em_and_f1_as_worked_out_by_hand(answers: list[str], said: str, em: int, f1: float) -> None:
    assert oracle_em(answers, said) == exact_match(answers, said) == bool(em)
    assert (oracle_f1(answers, said), overlap_f1(answers, said)) == pytest.approx((f1, f1))


@pytest.mark.parametrize("sign", sorted(SIGNS))
def test_each_of_its_signs_goes(sign: str) -> None:
    assert exact_match([f"甲{sign}a{sign}b"], "甲ab")
    assert overlap_f1([f"甲{sign}a{sign}b"], "甲ab") == 1.0


@pytest.mark.parametrize("other", "…—‘,.%()!?\"'<>＋")
def test_no_other_sign_goes(other: str) -> None:
    assert not exact_match([f"甲{other}乙"], "甲乙")


@pytest.mark.parametrize(("char", "alone"), [("一", True), ("龥", True), ("龦", False), ("㐀", False), ("あ", False)])
def test_which_characters_stand_alone(char: str, alone: bool) -> None:
    assert overlap_f1([char * 2], char) == (pytest.approx(2 / 3) if alone else 0.0)


MIXED = st.text(st.one_of(st.sampled_from("甲乙丙丁一龥龦㐀"), st.sampled_from("aB1 2.,%'\"()$!?;&…"), st.sampled_from(sorted(SIGNS)), st.characters(codec="utf-8")), max_size=12)
WORDED = st.lists(st.sampled_from(["3016.1", "万辆", "cannot", "don't", " ", "U.S.", "GPT-4", "1,000", "甲乙", "“", "…", "--", "it.", "同比增长", "12%"]), max_size=6).map("".join)


@given(st.lists(st.one_of(MIXED, WORDED), min_size=1, max_size=3), st.one_of(MIXED, WORDED))
def test_em_and_f1_are_the_official_scripts(answers: list[str], said: str) -> None:
    assert exact_match(answers, said) == oracle_em(answers, said)
    assert math.isclose(overlap_f1(answers, said), oracle_f1(answers, said))


@given(WORDED)
def test_what_equals_an_answer_matches_it(text: str) -> None:
    assert exact_match(["别的", text], text)
    assert overlap_f1(["别的", text], text) == (1.0 if oracle_words(text) else 0.0)


def test_without_accepted_answers_nothing_matches() -> None:
    assert not exact_match([], "")
    assert overlap_f1([], "甲") == 0.0


@pytest.mark.parametrize(
    ("said", "accepted", "there"),
    [
        ("产量为3016.1万辆。", "3016.1 万辆", True),
        ("３０１６．１万輛", "3016.1万辆", True),
        ("3,016.1万辆", "3016.1万辆", True),
        ("《通知》、《办法》", "通知办法", True),
        ("312%", "12%", False),
        ("增长3.12%", "12%", False),
        ("35%", "3.5%", False),
        ("3.5%", "35%", False),
        ("12.4", "12", False),
        ("从2012年起", "12年", False),
        ("12，13", "13", True),
        ("12、13", "13", True),
        ("12 13", "1213", False),
        ("共12.", "12", True),
        ("任何话", "", False),
        ("任何话", "。", False),
        ("a (b)", "a(b", True),
    ],
)
def test_containment_is_folded_and_meets_numbers_whole(said: str, accepted: str, there: bool) -> None:
    assert contains(said, accepted) is there


@pytest.mark.parametrize(
    ("said", "answers", "items", "right"),
    [
        ("稳增长，稳就业", [], [["稳就业"], ["稳增长"]], True),
        ("稳增长", [], [["稳就业"], ["稳增长"]], False),
        ("促就业", [], [["稳就业", "促就业"]], True),
        ("稳增长、稳就业", ["稳增长、稳就业"], [["别的"]], True),
        ("不是。3.4%", ["是"], [], False),
        ("是。3.4%", ["是"], [], True),
        ("不是。3.4%", ["不是"], [["3.4%"]], True),
        ("是。3.4%", ["不是"], [["3.4%"]], False),
        ("不是。", ["不是"], [["3.4%"]], False),
        ("Yes. It fell", ["Yes"], [], True),
        ("Yesterday", ["Yes"], [], False),
        ("nothing", ["No"], [], False),
        ("该是3.4%", ["是", "3.4%"], [], True),
        ("x", [], [], False),
    ],
)
def test_right_is_an_answer_or_all_items_and_a_verdict_opens(said: str, answers: list[str], items: list[list[str]], right: bool) -> None:
    assert holds_all(said, answers, items) is right


def test_the_four_verdicts() -> None:
    found = {(a, r, c): judge(a, r, c) for a in (True, False) for r in (True, False) for c in (True, False)}
    assert {key for key, verdict in found.items() if verdict == "right"} == {(True, False, True)}
    assert {key for key, verdict in found.items() if verdict == "refused wrongly"} == {(True, True, True), (True, True, False)}
    assert {key for key, verdict in found.items() if verdict == "refused rightly"} == {(False, True, True), (False, True, False)}


@pytest.mark.parametrize(
    ("said", "quotes", "asked", "missing"),
    [
        ("3016.1万辆", ["产量3016.1万辆"], "", ()),
        ("3016.1万辆", ["产量3016.1辆"], "", ("3016.1万",)),
        ("12%和3%", ["12%", "13%"], "", ("3%",)),
        ("12%", ["12万辆"], "", ("12%",)),
        ("1,200人", ["１２００人"], "", ()),
        ("2022年：5家", ["共5家"], "2022年和2023年哪年多？", ()),
        ("2022年：5家", ["共5家"], "多少？", ("2022年",)),
        ("3000万辆", ["3009万辆"], "是3000万辆吗？", ("3000万",)),
        ("没有数字", [], "", ()),
    ],
)
def test_a_figure_stands_in_a_quote_or_is_missed(said: str, quotes: list[str], asked: str, missing: tuple[str, ...]) -> None:
    assert unquoted_figures(said, quotes, asked) == missing


def test_calibration_counts_each_answer_once() -> None:
    bins = calibrate([0.0, 0.05, 0.1, 0.85, 1.0], [False, True, True, True, False])
    assert [bin.count for bin in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 1, 1]
    assert bins[0] == Bin(0.0, 0.1, 2, 0.025, 0.5)
    assert calibration_error(bins) == pytest.approx((2 * 0.475 + 0.9 + 0.15 + 1.0) / 5)
    assert calibration_error(calibrate([], [])) is None


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30))
def test_the_calibration_error_is_a_share(given_: list[tuple[float, bool]]) -> None:
    bins = calibrate([confidence for confidence, _ in given_], [right for _, right in given_])
    assert sum(bin.count for bin in bins) == len(given_)
    error = calibration_error(bins)
    assert error is not None
    assert 0 <= error <= 1


def test_of_a_table_the_number_stands_in_the_row_and_the_unit_in_the_head() -> None:
    row, head = "| 玉米 | 1171.0 | 3.9 |", "| 品种 | 产量（万吨） | 增长（%） |"
    assert unquoted_figures("1171.0万吨", [row, head], "玉米产量？") == ()
    assert unquoted_figures("3.9%", [row, head], "？") == ()
    assert unquoted_figures("3.9%", [row], "？") == ("3.9%",)
    assert unquoted_figures("7.15万吨", ["| 猕猴桃 | 万吨 | 7.15 |", "| 产品 | 单位 | 产量 |"], "？") == ()
    assert unquoted_figures("-2.2%", ["| 进口额 | -2.2 |", "| 指标 | 比上年增长（%） |"], "？") == ()
    assert unquoted_figures("8.15万吨", ["| 猕猴桃 | 万吨 | 7.15 |", "| 产品 | 单位 | 产量 |"], "？") == ("8.15万",)
    assert unquoted_figures("4.0%", [row, head], "？") == ("4.0%",)
    assert unquoted_figures("1171.0万吨", ["玉米1171.0", "（万吨）"], "？") == ("1171.0万",)
