"""What programs may ask, over an opened collection and without a server."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Opened

from chat.opening import Opening
from chat.verbs import MOST, Verbs
from qa.errors import QuestionError


@pytest.fixture
def verbs(assistants: Opened) -> Verbs:
    opening = Opening()
    opening.future.set_result(assistants["简报"])
    return Verbs(opening)


def test_ask_gives_the_record(verbs: Verbs) -> None:
    record = verbs.ask("那销量呢？", ["2023年汽车产量是多少？"])
    assert (record["answer"], record["standalone"], record["refused"]) == ("3009.4万辆", "2023年汽车销量是多少？", False)
    assert record["latency_ms"] > 0


def test_search_gives_slices_with_whose_words_they_are_best_first(verbs: Verbs, assistants: Opened) -> None:
    found = verbs.search("汽车销量", 7)["passages"]
    (document,) = assistants["简报"].documents
    assert len(found) == 7
    assert [row["quote"] for row in found] == [document.text[row["start"] : row["end"]] for row in found]
    assert [row["score"] for row in found] == sorted((row["score"] for row in found), reverse=True)
    assert ("辛国斌", "answer", "新能源汽车保持全球领跑") in [(row["speaker"], row["role"], row["section"]) for row in found]
    assert "3009.4万辆" in " ".join(row["quote"] for row in found)
    assert len(verbs.search("汽车")["passages"]) == 5
    assert "3009.4万辆" in " ".join(row["quote"] for row in verbs.search("How many cars were sold?", 7)["passages"])


def test_documents_tells_what_there_is(verbs: Verbs, assistants: Opened) -> None:
    (row,) = verbs.documents()["documents"]
    (document,) = assistants["简报"].documents
    assert (row["id"], row["title"], row["characters"], row["sha256"]) == (document.id, document.title, len(document.text), document.sha256)
    assert "新能源汽车保持全球领跑" in row["sections"]
    assert "不是官员的原话" in row["notice"]


@pytest.mark.parametrize(
    ("verb", "given", "said"),
    [
        ("ask", [5], "question must be a string, not 5"),
        ("ask", ["x", "y"], "history must be a list of strings"),
        ("ask", ["x", [1]], "history must be a list of strings"),
        ("ask", [" "], "empty"),
        ("search", [None], "question must be a string"),
        ("search", [" "], "empty"),
        ("search", ["长" * 5000], "at most 1000"),
        *[("search", ["x", k], f"k must be a whole number from 1 to {MOST}") for k in (0, MOST + 1, -1, 2.5, True, "3", None)],
    ],
)
def test_bad_input_is_told_in_one_line(verbs: Verbs, verb: str, given: list[Any], said: str) -> None:
    with pytest.raises(QuestionError) as raised:
        getattr(verbs, verb)(*given)
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_each_is_described_for_those_who_choose_it(verbs: Verbs) -> None:
    listed = {verb.name: verb for verb in verbs.listed()}
    assert list(listed) == ["ask", "search", "documents"]
    assert "verbatim" in listed["ask"].description
    assert "pass that on as a refusal" in listed["ask"].description
    for verb in listed.values():
        assert all(schema["description"] and schema["examples"] for schema in verb.parameters.values())
