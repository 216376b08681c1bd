"""English questions over Chinese documents: words by a dictionary, names by their pinyin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.english import find_spelled, gloss, name_all, name_speakers, spell_name, split_phrases, translate

NAMES = ("辛国斌", "赵志国", "欧阳明", "Anna Whitlock", "")


@pytest.mark.parametrize(("word", "chinese"), [("bus", "公共汽车"), ("tea", "茶叶"), ("factories", "工厂"), ("press conference", "记者招待会")])
def test_a_word_in_chinese(word: str, chinese: str) -> None:
    assert chinese in gloss(word)


def test_what_is_no_word_has_no_chinese() -> None:
    assert gloss("qwxzv") == ()
    assert gloss("") == ()


@given(st.lists(st.sampled_from(["press", "conference", "tea", "qwxzv", "harbour", "the"]), max_size=6))
def test_phrases_hold_every_word_once_and_in_order(words: list[str]) -> None:
    assert " ".join(phrase for phrase, _ in split_phrases(words)) == " ".join(words)


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_translated_question_begins_with_the_question(question: str, subject: str) -> None:
    assert translate(question, subject).startswith(question)


def test_known_words_and_words_of_the_dictionary_are_added() -> None:
    words = translate("How many bridges were sold?", "bridges sold").split()
    assert "销量" in words
    assert any("桥" in word for word in words)
    assert translate("通胀是多少？", "通胀") == "通胀是多少？ inflation"
    assert translate("凯斯特里亚呢？", "凯斯特里亚") == "凯斯特里亚呢？"


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who is Xin Guobin?", "Who is 辛国斌?"),
        ("What did XIN GUO BIN say?", "What did 辛国斌 say?"),
        ("What did Guobin Xin say?", "What did 辛国斌 say?"),
        ("What did Zhao Zhi-guo say?", "What did 赵志国 say?"),
        ("What is xin guobing?", "What is xin guobing?"),
        ("Who is Anna Whitlock?", "Who is Anna Whitlock?"),
        ("谁是 Xin Guobin？", "谁是 辛国斌？"),
    ],
)
def test_names_in_pinyin(question: str, named: str) -> None:
    assert name_speakers(question, NAMES) == named


WRITTEN = ("松川省统计局：青阜市、汝川市增产。临澜海关副关长陶振、华岳能源王中重到西安，坚持那样做；密码的用处。",)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("How large was the rice harvest in Songchuan in 2024?", "How large was the rice harvest in 松川 in 2024?"),
        ("Which grew faster, Qingfu or Ruchuan?", "Which grew faster, 青阜 or 汝川?"),
        ("Did Tao Zhen of Linlan's customs say so?", "Did 陶振 of 临澜's customs say so?"),
        ("Who is Wang Zhongzhong of Huayue Energy?", "Who is 王中重 of 华岳 Energy?"),
        ("Is it near Xi'an?", "Is it near 西安?"),
        ("Made in China: which goods?", "Made in China: which goods?"),
        ("Was it Beijing or Paris?", "Was it Beijing or Paris?"),
    ],
)
def test_names_in_pinyin_are_put_as_the_documents_write_them(question: str, named: str) -> None:
    assert name_all(question, WRITTEN) == named


@given(st.text(max_size=30))
def test_what_no_document_writes_stays_as_it_is(question: str) -> None:
    assert name_all(question, ("The harbour opened in May.",)) == question
    assert find_spelled(question, WRITTEN) in ("", *(WRITTEN[0][n : n + k] for n in range(len(WRITTEN[0])) for k in (2, 3, 4)))


@given(st.text(max_size=30))
def test_what_names_nobody_stays_as_it_is(question: str) -> None:
    assert name_speakers(question, ("Q.", "a(b", "[", "记者")) in (question, question.replace("ji zhe", "记者").replace("jizhe", "记者"))
    assert spell_name(question) == () or 2 <= len(question) <= 4
