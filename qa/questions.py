"""Questions whose answers are known: the lines of a file, or SQuAD and CMRC JSON as it is. What can't be used is told by its line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.types import Document
from qa.batch import parse_line, read_lines
from qa.errors import QuestionError
from qa.question import parse_question

Alternatives = tuple[str, ...]  # different ways to put one thing: one of them is enough


@dataclass(frozen=True, slots=True)
class Evidence:
    """A slice of a document that bears an answer out. Without a place it is looked up in every document."""

    text: str
    document: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and what is expected of its answer."""

    id: str | int
    question: str
    answerable: bool
    answers: Alternatives = ()
    items: tuple[Alternatives, ...] = ()  # of a list: each must be in the answer
    history: tuple[str, ...] = ()
    passages: tuple[Document, ...] | None = None  # asked in place of the collection
    evidence: tuple[tuple[Evidence, ...], ...] = ()  # each wanted; of its alternatives one. Alone, it says what an overview rests on
    must_cite: Alternatives = ()  # each must stand in a quote
    kind: str = ""
    language: str = ""
    document: str = ""  # where the answer stands; chooses nothing: all documents are searched
    reason: str = ""  # why it has no answer, where the file says so


@dataclass(frozen=True, slots=True)
class Examples:
    """What a file held: examples in order, a line of text for each that can't be used, and the documents it brings along."""

    examples: tuple[Example, ...]
    faults: tuple[str, ...]
    documents: tuple[Document, ...] = ()
    undecided: int = 0  # lines whose `answerable` is null, left out: nobody has said yet what would be right


def read_examples(path: Path) -> Examples:
    """Read JSON lines, or a SQuAD or CMRC file. QuestionError where the file can't be read at all."""
    from qa.squad import parse_squad  # after this module: it makes Examples

    lines = read_lines(path)
    try:
        whole = json.loads("\n".join(line for _, line in lines))
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list) or (isinstance(whole, dict) and "question" not in whole):
        return parse_squad(whole, str(path))
    return parse_examples(lines)


def parse_examples(lines: list[tuple[int, str]]) -> Examples:
    """The examples of numbered lines; an id that stood before is a fault, for runs are compared by it."""
    examples: dict[str, Example] = {}
    faults = []
    undecided = 0
    for number, line in lines:
        try:
            example = parse_example(line, number)
            if example is None:
                undecided += 1
                continue
            if str(example.id) in examples:
                raise QuestionError(f"the id {example.id!r:.60} stands on an earlier line: give each line its own")
        except QuestionError as error:
            faults.append(f"line {number}: {error}")
        else:
            examples[str(example.id)] = example
    return Examples(tuple(examples.values()), tuple(faults), undecided=undecided)


def parse_example(line: str, number: int) -> Example | None:
    """One line; without an id its number is the id. None where `answerable` is null. QuestionError says what is off."""
    asked = parse_line(line)
    row = json.loads(line)
    parse_question(asked["question"])  # an empty or too long question is told here, not in the middle of a run
    answers, items, cite = _strings(row, "answers"), _nested(row, "items"), _strings(row, "must_cite")
    evidence = _nested(row, "evidence")
    answerable = row.get("answerable", bool(answers or items or evidence))
    if answerable is None:
        return None
    if not isinstance(answerable, bool):
        raise QuestionError(f"'answerable' is {answerable!r:.60}, not true or false")
    if answerable and not (answers or items or evidence):
        raise QuestionError("'answers' is empty though 'answerable' is true: write what is accepted, or items, or evidence")
    passages = asked["passages"]
    return Example(
        id=number if asked["id"] == "" else asked["id"],
        question=asked["question"],
        answerable=answerable,
        answers=answers,
        items=items,
        history=tuple(asked["history"]),
        passages=None if passages is None else tuple(passages),
        evidence=tuple(tuple(Evidence(text) for text in wanted) for wanted in evidence),
        must_cite=cite,
        **{name: _word(row, name) for name in ("kind", "language", "document", "reason")},
    )


def _strings(row: dict[str, Any], name: str) -> Alternatives:
    """A list of strings, or one string; empty ones say nothing and are left out."""
    given = row.get(name)
    texts = [] if given is None else [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise QuestionError(f"{name!r} is {given!r:.60}, not a list of strings")
    return tuple(text for text in texts if text.strip())


def _nested(row: dict[str, Any], name: str) -> tuple[Alternatives, ...]:
    """A list of strings, or of lists of accepted forms."""
    given = row.get(name)
    wanted = [] if given is None else [given] if isinstance(given, str) else given
    if not isinstance(wanted, list):
        raise QuestionError(f"{name!r} is {given!r:.60}, not a list of strings or of lists of them")
    found = (_strings({f"{name} item {n}": item}, f"{name} item {n}") for n, item in enumerate(wanted))
    return tuple(forms for forms in found if forms)


def _word(row: dict[str, Any], name: str) -> str:
    given = row.get(name)
    if given is not None and not isinstance(given, str):
        raise QuestionError(f"{name!r} is {given!r:.60}, not a string")
    return given or ""
