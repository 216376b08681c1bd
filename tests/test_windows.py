"""Windows: what the span model reads, and which characters its tokens are."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from index.onnx_session import open_tokenizer
from qa.reader import EMBEDDED, MODELS
from qa.windows import CLS, LONGEST, OVERLAP, SEP, Window, cut_windows, encode

TEXT = "2023年，全国汽车产销分别完成3016.1万辆和3009.4万辆，同比增长11.6%和12%。《规划》（2021年）的目标提前实现。"


@cache
def tokenizer() -> Any:
    return open_tokenizer((MODELS / EMBEDDED / "tokenizer.json").read_bytes())


def windows(question: str, context: str, passage: str) -> list[Window]:
    return list(cut_windows(tokenizer(), question, context, passage))


@given(st.text(max_size=80), st.text(max_size=80), st.one_of(st.text(max_size=300), st.text(alphabet="产销量增长，。2３%aB 的\n", max_size=900)))
def test_windows_cover_a_passage_with_slices_of_it(question: str, context: str, passage: str) -> None:
    found = windows(question, context, passage)
    whole = list(encode(tokenizer(), passage).offsets)
    assert found[0].offsets[: len(whole)] == tuple(whole[: len(found[0].offsets)])
    together = list(found[0].offsets)
    for one, other in pairwise(found):
        assert one.offsets[-OVERLAP:] == other.offsets[:OVERLAP]
        together += other.offsets[OVERLAP:]
    assert together == whole
    for window in found:
        assert len(window.ids) <= LONGEST
        assert len(window.ids) == window.first + len(window.offsets) + 1
        assert window.ids[0] == CLS
        assert window.ids[window.first - 1] == window.ids[-1] == SEP
        assert all(0 <= start <= end <= len(passage) for start, end in window.offsets)


def test_a_short_passage_is_one_window() -> None:
    (window,) = windows("销量是多少？", "", TEXT)
    assert window.offsets[-1][1] == len(TEXT)


def test_other_characters_and_widths_give_the_same_tokens() -> None:
    (simplified,), (other,) = windows("汽车销量？", "", "汽车产销分别完成3016.1万辆"), windows("汽車銷量？", "", "汽車產銷分別完成３０１６．１萬輛")
    assert simplified == other


def test_capitals_are_kept() -> None:
    assert encode(tokenizer(), "US").ids != encode(tokenizer(), "us").ids


def test_an_answer_can_end_before_a_sign_the_particle_or_a_unit_of_time() -> None:
    ends = {end for _, end in encode(tokenizer(), TEXT).offsets}
    for answer in ("2023", "2023年", "3016.1万辆", "12%", "《规划》", "2021年", "（2021年）"):
        assert TEXT.index(answer) + len(answer) in ends, answer
