"""Conversations kept as text: they come back as they were, and only where they fit the documents are they taken for whole."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_page import PLAIN, cite, make_answer, make_document, make_refusal

from chat.conversation import Conversation, Exchange, number_spans
from chat.kept import KeptError, Source, belongs, digest_collection, keep, read_kept, write_kept
from qa.types import Answer, Citation, Claim, Question

TEXT = st.text(max_size=8)
ROLES = st.sampled_from(["heading", "notice", "question", "answer", "statement"])
QUESTIONS = st.builds(
    Question, TEXT, TEXT, st.sampled_from(["zh", "en"]), st.sampled_from(["figure", "list", "thing"]), st.lists(TEXT, max_size=2).map(tuple), TEXT, TEXT, TEXT,
    st.sampled_from(["level", "change", "share"]), st.integers(0, 9), TEXT, st.lists(TEXT, max_size=2).map(tuple),
)  # fmt: skip


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    quote, start = draw(st.text(min_size=1, max_size=8)), draw(st.integers(0, 10**6))
    return Citation("water", start, start + len(quote), quote, draw(TEXT), draw(TEXT), draw(TEXT), draw(ROLES), draw(TEXT), draw(st.integers(1, 99)))


@st.composite
def exchanges(draw: st.DrawFn) -> Exchange:
    cited = tuple(draw(st.lists(citations(), max_size=3)))
    claims = tuple(draw(st.lists(st.builds(Claim, TEXT, st.lists(st.integers(0, len(cited) - 1), max_size=3).map(tuple)), max_size=2))) if cited else ()
    near = () if cited else tuple(draw(st.lists(citations(), max_size=2)))
    sure = draw(st.floats(0, 1))
    answer = Answer(draw(QUESTIONS), draw(TEXT), draw(TEXT), claims, cited, sure, "" if cited else "absent", near, "extract")
    return Exchange(draw(TEXT), answer, at=draw(TEXT), vote=draw(st.sampled_from(["", "up", "down"])))


@given(st.lists(exchanges(), max_size=3).map(tuple))
def test_what_is_kept_comes_back_exactly(conversation: Conversation) -> None:
    document = make_document()
    back = read_kept(write_kept(keep(conversation, {document.id: document})))
    assert back.exchanges == conversation
    assert number_spans(back.exchanges) == number_spans(conversation)
    assert all(source == Source(document.id, document.title, document.sha256, "说明：本文转述一份简报，不是官员原话。", True) for source in back.sources)


def kept_text() -> str:
    document = make_document()
    answered = Exchange("供水多少？", make_answer(document, "5.2亿吨", "5.2亿吨", "同比增长3%"), at="2024-01-19T10:00:00+08:00")
    refused = Exchange("金牌多少？", make_refusal(document, "管网漏损率降到9.1%。"))
    return write_kept(keep((answered, refused, Exchange("还没答完", growing="正在")), {document.id: document}))


def test_a_question_under_way_is_not_kept() -> None:
    assert [exchange.question for exchange in read_kept(kept_text()).exchanges] == ["供水多少？", "金牌多少？"]


def test_it_belongs_to_its_own_documents_alone() -> None:
    document, kept = make_document(), read_kept(kept_text())
    assert belongs(kept, {document.id: document})
    assert not belongs(kept, {})
    assert not belongs(kept, {document.id: document, "other": make_document(PLAIN, "other")})
    assert not belongs(kept, {document.id: replace(document, sha256="0" * 64)})
    moved = replace(document, text="\n" + document.text)  # the same file, read otherwise by another version of the program
    assert not belongs(kept, {document.id: moved})


def test_a_collection_is_told_by_ids_and_files_and_not_by_their_order() -> None:
    one, other = make_document(), make_document(PLAIN, "other")
    digests = [{"water": one, "other": other}, {"other": other, "water": one}, {"water": one}, {"x": replace(one, id="x")}, {"water": replace(one, sha256="1" * 64)}]
    assert len({digest_collection(library) for library in digests}) == 4
    assert digest_collection(digests[0]) == digest_collection(digests[1])


def test_a_changed_field_anywhere_is_refused_with_its_place() -> None:
    """Each leaf of the JSON in turn becomes something of another type."""
    whole = json.loads(kept_text())
    for path in leaves(whole):
        broken = json.loads(kept_text())
        inner = broken
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = {"x": 1}
        with pytest.raises(KeptError, match="delete it"):
            read_kept(json.dumps(broken))


def leaves(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for step, item in inner for leaf in leaves(item, (*path, step))]  # type: ignore[arg-type]
    return found or [path]


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": 2}', "[" * 100_000, '{"format": 1, "collection": "x"}', "x" * 8_000_001])
def test_what_is_no_conversation_is_refused(text: str) -> None:
    with pytest.raises(KeptError):
        read_kept(text)


@pytest.mark.parametrize(
    ("field", "value"), [("start", -1), ("end", 3), ("document_id", "nowhere"), ("start", True), ("role", "minister"), ("role", []), ("paragraph", 1.5), ("quote", None)]
)
def test_a_citation_that_cannot_be_is_refused(field: str, value: object) -> None:
    data = json.loads(kept_text())
    data["exchanges"][0]["answer"]["citations"][0][field] = value
    with pytest.raises(KeptError):
        read_kept(json.dumps(data))


def test_a_claim_that_points_nowhere_and_an_answer_without_citations_are_refused() -> None:
    for change in ({"claims": [{"text": "x", "citations": [2]}]}, {"citations": [], "claims": []}, {"refusal": "absent"}, {"confidence": 2}):
        data = json.loads(kept_text())
        data["exchanges"][0]["answer"] |= change
        with pytest.raises(KeptError):
            read_kept(json.dumps(data))


def test_a_quote_changed_by_hand_no_longer_belongs() -> None:
    document, data = make_document(), json.loads(kept_text())
    assert data["exchanges"][0]["answer"]["citations"][0]["quote"] == cite(document, "5.2亿吨").quote
    data["exchanges"][0]["answer"]["citations"][0]["quote"] = "9.2亿吨"
    assert not belongs(read_kept(json.dumps(data)), {document.id: document})
