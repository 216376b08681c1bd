"""Building an index, and the order that search gives."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st

from documents.errors import DocumentError
from documents.read import read_documents
from documents.types import Document, Passage
from index.embed import load_embedder
from index.errors import EmbedderError
from index.lexical import score_lexical
from index.scores import best_rows, fuse, middle, standardise
from index.search import Index, build_index, describe_search, index_passages, search, searched_text

BRIEFING = Path(__file__).parent.parent / "documents" / "briefing"


def make_document(name: str, text: str) -> Document:
    return Document(name, name, f"{name}.md", text, "utf-8", hashlib.sha256(text.encode()).hexdigest())


def make_index(texts: list[str], embedder: FakeEmbedder | None = None) -> Index:
    """One document, each text a passage of it, cut by hand."""
    document = make_document("文件", "".join(texts))
    starts = [sum(map(len, texts[:i])) for i in range(len(texts))]
    passages = [Passage("文件", s, s + len(t), t, "") for s, t in zip(starts, texts, strict=True)]
    return index_passages([document], passages, embedder or FakeEmbedder())


def test_scores_are_the_sum_of_both_standardised() -> None:
    index = make_index(["甲的事", "乙的事", "丙的事"])
    hits = search(index, "甲", 3)
    assert [h.passage.text for h in hits] == ["甲的事", "乙的事", "丙的事"]
    # (1, 0, 0) has mean 1/3 and deviation √2/3: standardised √2, -1/√2, -1/√2; twice that for two sides
    assert [h.score for h in hits] == pytest.approx([2 * 2**0.5, -(2**0.5), -(2**0.5)], abs=1e-6)
    assert [h.cosine for h in hits] == [1, 0, 0]
    assert [h.lexical for h in hits] == score_lexical(index.lexical, "甲").tolist()


def test_a_reworded_query_is_searched_by_the_middle_of_both_and_by_the_words_of_the_second() -> None:
    index = make_index(["甲的事", "乙的事", "丙的事"])
    hits = search(index, "甲", 3, "甲 乙")
    by_text = {h.passage.text: h for h in hits}
    both, half = middle(index.embedder.embed_queries(["甲", "甲乙"])), 2**0.5 / 2
    assert both == pytest.approx(np.array([1 + half, half, 0, 0, 0]) / np.hypot(1 + half, half), abs=1e-6)
    assert by_text["甲的事"].cosine == pytest.approx(both[0], abs=1e-6)
    assert by_text["乙的事"].lexical == pytest.approx(score_lexical(index.lexical, "甲 乙")[1])
    assert search(index, "甲", 3, " ") == search(index, "甲", 3)


def test_the_middle_of_opposite_rows_is_the_first() -> None:
    rows = np.array([[1, 0], [-1, 0]], np.float32)
    assert middle(rows).tolist() == [1, 0]
    assert middle(rows[1:]).tolist() == [-1, 0]


def test_either_side_can_lift_a_passage() -> None:
    index = make_index(["甲乙", "甲丙丙丙", "增加值甲丁丁丁"])
    assert search(index, "甲", 1)[0].passage.text == "甲乙"  # nearest vector
    assert search(index, "增加值", 1)[0].passage.text == "增加值甲丁丁丁"  # only its words


def test_few_passages_are_all_compared() -> None:
    assert describe_search(make_index(["甲", "乙"])) == "exact FAISS"


def test_equal_scores_keep_the_passages_order() -> None:
    index = make_index(["乙一", "甲二", "甲二", "甲二", "丙三"])
    assert [h.passage.start for h in search(index, "甲", 5)] == [2, 4, 6, 0, 8]
    assert [h.passage.start for h in search(index, "甲", 2)] == [2, 4]


def test_many_equal_candidates_are_taken_from_the_front() -> None:
    index = make_index(["甲"] * 250)
    assert [h.passage.start for h in search(index, "甲", 20)] == list(range(20))
    assert len(search(index, "甲", 1000)) == 250


@given(st.lists(st.integers(0, 4), max_size=40), st.integers(1, 10))
def test_the_best_rows_of_one_side_are_those_of_a_whole_sort(scores: list[int], k: int) -> None:
    one = np.array(scores, np.float32)
    whole = [row for row in np.argsort(-one, kind="stable")[:k].tolist() if scores[row] > 0]
    assert best_rows(one, k).tolist() == sorted(whole)


@given(st.sampled_from([0, 255, 256, 1000, 3000]), st.integers(1, 12), st.sampled_from([1, 3, 40, 10_000]), st.integers(0, 2**32 - 1))
def test_the_best_rows_of_many_are_those_of_a_whole_sort(count: int, k: int, levels: int, seed: int) -> None:
    scores = np.random.default_rng(seed).integers(0, levels, count).astype(np.float32)
    whole = [row for row in np.argsort(-scores, kind="stable")[:k].tolist() if scores[row] > 0]
    assert best_rows(scores, k).tolist() == sorted(whole)


@pytest.mark.parametrize("k", [0, -1])
def test_no_k_no_hits(k: int) -> None:
    assert search(make_index(["甲", "乙", "丙"]), "甲", k) == []


def test_empty_index_and_blank_question() -> None:
    assert search(build_index([], FakeEmbedder()), "甲", 5) == []
    assert search(make_index(["甲"]), " \n", 5) == []
    assert [h.passage.text for h in search(make_index(["甲"]), "？", 5)] == ["甲"]


@given(st.lists(st.floats(-50, 50, width=32), min_size=1, max_size=20), st.integers(0, 1000))
def test_fusion_is_standardised_and_keeps_a_lone_order(scores: list[float], seed: int) -> None:
    one = np.array(scores, np.float32)
    two = np.random.default_rng(seed).normal(size=len(scores)).astype(np.float32)
    standard = standardise(one)
    assert np.isfinite(standard).all()
    assert abs(standard.mean()) < 1e-6
    assert standard.std() == pytest.approx(0 if np.ptp(one) == 0 else 1)
    assert fuse(one, two).tolist() == (standardise(one) + standardise(two)).tolist()
    lone = fuse(one, np.full_like(one, 3))  # a side that says nothing changes nothing
    assert np.argsort(-lone, kind="stable").tolist() == np.argsort(-standard, kind="stable").tolist()


def test_context_is_matched_and_never_quoted() -> None:
    passage = Passage("文件", 0, 2, "甲的", "增加值")
    index = index_passages([make_document("文件", "甲的")], [passage], FakeEmbedder())
    hit = search(index, "增加值", 1)[0]
    assert hit.lexical > 0
    assert hit.passage.text == "甲的"
    assert searched_text(passage) == "增加值\n甲的"


def test_unchanged_documents_are_not_embedded_again_and_changed_ones_alone_are() -> None:
    one, two = make_document("一", "甲的事说完了。\n"), make_document("二", "乙的事说完了。\n")
    known = build_index([one, two], FakeEmbedder())
    embedder = FakeEmbedder()
    same = build_index([two, one], embedder, known=known)
    assert embedder.embedded == []
    assert [p.document_id for p in same.passages] == ["二", "一"]
    assert search(same, "甲", 1)[0].cosine == 1

    changed = make_document("二", "丙的事说完了。\n")
    again = build_index([one, changed], embedder, known=known)
    assert embedder.embedded == ["丙的事说完了。"]
    assert search(again, "丙", 1)[0].cosine == 1


def test_one_added_and_one_deleted_is_as_if_built_anew() -> None:
    one, two, three = (make_document(name, f"{name}的事说完了。\n{name}还有事。\n") for name in "甲乙丙")
    same, again = make_document("同", "大家都说好。\n"), make_document("又", "大家都说好。\n")
    known = build_index([one, same, two, again], FakeEmbedder())
    updated = build_index([three, same, again, one], FakeEmbedder(), known=known)
    anew = build_index([three, same, again, one], FakeEmbedder())
    assert updated.passages == anew.passages
    for question in ("甲", "乙", "丙还有", "完了", "大家"):
        assert search(updated, question, 9) == search(anew, question, 9)
    assert "乙" not in updated.lexical.vocabulary


def test_the_same_text_is_embedded_once() -> None:
    embedder = FakeEmbedder()
    make_index(["甲", "乙", "甲"], embedder)
    assert embedder.embedded == ["甲", "乙"]


@pytest.mark.parametrize("other", [FakeEmbedder(digest="1" * 64), FakeEmbedder(name="other")])
def test_vectors_of_another_encoder_are_not_reused(other: FakeEmbedder) -> None:
    known = make_index(["甲"])
    with pytest.raises(EmbedderError, match="made by fake"):
        build_index([make_document("一", "甲。")], other, known=known)


def test_progress_counts_what_is_embedded_and_may_cancel() -> None:
    seen: list[tuple[int, int]] = []
    build_index([make_document("一", "甲。")], FakeEmbedder(), progress=lambda *at: seen.append(at))
    assert seen == [(1, 1)]

    def cancel(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_index([make_document("一", "甲。")], FakeEmbedder(), progress=cancel)


def test_two_documents_of_one_id_are_refused() -> None:
    one = make_document("一", "甲。")
    with pytest.raises(DocumentError, match=r"一\.md and 又\.md have the same id '一'"):
        build_index([one, replace(one, source="又.md")], FakeEmbedder())


class _Crooked(FakeEmbedder):
    def embed_queries(self, texts: list[str]) -> np.ndarray:
        return super().embed_queries(texts) * np.float32(2)


def test_rows_that_are_not_of_unit_length_are_refused() -> None:
    with pytest.raises(EmbedderError, match="length 2, not 1"):
        build_index([make_document("一", "甲。")], _Crooked())
    with pytest.raises(EmbedderError, match="length 2, not 1"):
        search(replace(make_index(["甲"]), embedder=_Crooked()), "甲", 1)


@cache
def briefing_index() -> Index:
    return build_index(read_documents(BRIEFING), load_embedder())


def test_every_row_is_its_passage() -> None:
    index = briefing_index()
    texts = {document.id: document.text for document in index.documents}
    assert len(index.passages) == index.dense.count == len(index.lexical.lengths) > 20
    for passage in index.passages:
        assert passage.text == texts[passage.document_id][passage.start : passage.end]
        first = search(index, searched_text(passage), 1)[0]
        assert first.passage == passage


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("规模以上工业增加值2023年同比增长多少？", "4.6%"),
        ("規模以上工業增加值2023年同比增長多少？", "4.6%"),
        ("How much did China's auto output grow in 2023?", "11.6%"),
    ],
)
def test_the_real_encoder_finds_it_among_the_first_five(question: str, said: str) -> None:
    hits = search(briefing_index(), question, 5)
    assert any(said in hit.passage.text for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
