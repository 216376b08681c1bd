"""Lines of a question file: what each may hold, and what is said of one that can't be used."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import TEXTS
from hypothesis import given
from hypothesis import strategies as st

from qa.batch import answer_lines, parse_line, read_lines
from qa.errors import QuestionError

JSON = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)), lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)), max_leaves=6)
NAMES = st.sampled_from(["id", "question", "history", "passages", "text", "answers"])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{这不是 JSON", "JSON"),
        ("", "JSON"),
        ("[" * 100_000, "nested"),
        ("[1, 2]", "list"),
        ('"问题"', "str"),
        ("{}", "'question'"),
        ('{"question": 3}', "'question' is 3"),
        ('{"question": "？", "history": "那"}', "'history'"),
        ('{"question": "？", "history": [1]}', "'history'"),
        ('{"question": "？", "id": [7]}', "'id'"),
        ('{"question": "？", "passages": "文"}', "'passages'"),
        ('{"question": "？", "passages": ["文", 3]}', "'passages' item 1 is 3"),
        ('{"question": "？", "passages": [{"id": "a"}]}', "'passages' item 0"),
        ('{"question": "？", "passages": [{"text": "文"}]}', "'passages' item 0"),
        ('{"question": "？", "passages": [{"id": "a", "text": "文"}, {"id": "a", "text": "字"}]}', "twice"),
        ('{"question": "？", "passages": ["文", {"id": 0, "text": "字"}]}', "twice"),
    ],
    ids=range(16),
)
def test_a_line_that_cannot_be_used_says_what_is_wrong(line: str, told: str) -> None:
    with pytest.raises(QuestionError) as caught:
        parse_line(line)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 300


@given(st.one_of(st.text(max_size=20), JSON.map(json.dumps), st.dictionaries(NAMES, JSON, max_size=5).map(json.dumps)))
def test_any_line_is_read_or_is_an_error(line: str) -> None:
    try:
        asked = parse_line(line)
    except QuestionError:
        return
    assert isinstance(asked["question"], str)
    assert all(isinstance(earlier, str) for earlier in asked["history"])
    assert set(asked) == {"id", "question", "history", "passages"}


def test_what_a_line_may_hold() -> None:
    plain = parse_line('{"question": "销量？", "answers": ["3万"], "category": "x"}')
    assert plain == {"id": "", "question": "销量？", "history": [], "passages": None}
    full = parse_line(json.dumps({"id": 7, "question": "那产量呢？", "history": ["销量？"], "passages": ["甲。", {"id": "乙", "text": "丙。\r\n丁。"}]}))
    assert (full["id"], full["history"]) == (7, ["销量？"])
    assert [(document.id, document.text) for document in full["passages"]] == [("0", "甲。"), ("乙", "丙。\n丁。")]
    assert parse_line('{"question": "？", "passages": []}')["passages"] == []


def test_lines_keep_their_numbers_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "问题.jsonl"
    path.write_bytes("\ufeff{\"a\": 1}\r\n\n  \n{\"b\": \"行\u2028内\"}".encode())
    assert [(number, json.loads(line)) for number, line in read_lines(path)] == [(1, {"a": 1}), (4, {"b": "行\u2028内"})]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"没有\.jsonl"):
        read_lines(tmp_path / "没有.jsonl")
    path = tmp_path / "乱.jsonl"
    path.write_bytes(b'{"a": "\xff"}')
    with pytest.raises(QuestionError, match="byte 7"):
        read_lines(path)


def test_each_line_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad line is told by its number and stops no other; passages take the collection's place for their line alone."""
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(tmp_path))
    lines = [
        (1, '{"id": "甲", "question": "2023年船舶产量是多少？"}'),
        (3, '{"id": "乙", "question": "  "}'),
        (4, '{"id": "丙", "question": "那销量呢？", "history": ["2023年船舶产量是多少？"]}'),
        (5, '{"id": "丁", "question": "2023年植树多少株？", "passages": ["2023年，全市植树12.6万株。"]}'),
        (6, '{"id": "戊", "question": "2023年船舶产量是多少？", "passages": ["2023年，全市植树12.6万株。"]}'),
        (7, '{"id": "己", "question": "2023年船舶销量是多少？"}'),
    ]
    first, bad, *rest = answer_lines(lines, [str(TEXTS / "发布会.md")], None)
    assert isinstance(bad, str)
    assert bad.startswith("line 3: ")
    assert "empty" in bad
    records = [record for record in (first, *rest) if isinstance(record, dict)]
    assert [(record["id"], record["answer"]) for record in records] == [("甲", "412艘"), ("丙", "398艘"), ("丁", "12.6万株"), ("戊", ""), ("己", "398艘")]
