"""Folding: one character for one, and what should meet meets."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scraps import TEXTS

from documents.fold import fold

ANY = st.one_of(TEXTS, st.text(st.characters()))  # lone surrogates and NUL as well


@given(ANY)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(ANY)
def test_a_character_folds_alike_wherever_it_stands(text: str) -> None:
    assert fold(text) == "".join(map(fold, text))


@given(ANY)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_that_computers_know_folds_to_one_that_stays() -> None:
    for code in [*range(0x3000), *range(0xD7A4, 0x20000, 3), *range(0xF900, 0x10000), 0x85B4, 0x82E7, sys.maxunicode]:
        folded = fold(chr(code))
        assert len(folded) == 1
        assert fold(folded) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("４．６％", "4.6%"),
        ("５Ｇ基站", "5g基站"),
        ("（一）！？：；，", "(一)!?:;,"),
        ("國務院新聞辦公室發佈", "国务院新闻办公室发布"),
        ("工業和資訊化", "工业和资讯化"),
        ("臺灣", "台湾"),
        ("GDP", "gdp"),
        ("ÉCOLE", "école"),
        ("\u3000", " "),
        ("\xa0", " "),
        ("\uf9dc", "隆"),  # a compatibility form
        ("薴", "苎"),
    ],
)
def test_spellings_of_one_thing_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("kept", ["㎡", "½", "ﬁ", "㈱", "…", "İ", "ß", "\n", "“”", "、。"])
def test_what_would_grow_or_has_no_other_form_stays(kept: str) -> None:
    assert fold(kept) == kept


@pytest.mark.parametrize(("one", "other"), [("增长", "下降"), ("千", "万"), ("一", "1"), ("未", "末"), ("己", "已")])
def test_different_things_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_composed_and_decomposed_stay_as_long_as_they_are() -> None:
    text = unicodedata.normalize("NFD", "café")
    assert fold(text) == text


@pytest.mark.parametrize("half", [chr(0xD800), chr(0xDFFF)])
def test_half_a_character_becomes_the_one_that_stands_for_the_unreadable(half: str) -> None:
    assert fold(half) == "\ufffd"
