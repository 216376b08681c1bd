"""SQuAD, DRCD and CMRC JSON as it is: every paragraph becomes a document, every question an example.

Paragraphs are found wherever they stand in the file; one that stands twice is one document. The spellings of CMRC's
first layout (context_text, query_text, query_id, answers as strings) and of flat rows (context beside question) are read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from documents.errors import DocumentError
from documents.read import document_from_text
from documents.types import Document
from qa.errors import QuestionError
from qa.question import parse_question
from qa.questions import Evidence, Example, Examples


def parse_squad(whole: Any, name: str) -> Examples:
    """The examples and documents of a whole file. QuestionError where it holds no paragraph with questions."""
    documents: dict[str, Document] = {}  # by the text as written
    examples: dict[str, Example] = {}
    ids: set[str] = set()
    faults = []
    for place, context, paragraph in _paragraphs(whole, "data" if isinstance(whole, dict) else ""):
        try:
            if context not in documents:
                id = _free(str(paragraph.get("id") or paragraph.get("context_id") or f"paragraph-{len(documents) + 1}"), ids)
                documents[context] = document_from_text(id, context)
        except DocumentError as error:
            faults.append(f"{place}: {error}")
            continue
        for n, row in enumerate(paragraph["qas"]):
            try:
                example = _example(row, documents[context])
                if str(example.id) in examples:
                    raise QuestionError(f"the id {example.id!r:.60} stands before: give each question its own")
            except QuestionError as error:
                faults.append(f"{place}, question {n + 1}: {error}")
            else:
                examples[str(example.id)] = example
    if not documents and not faults:
        raise QuestionError(f"{name}: no JSON lines with id and question, and no paragraphs with context and qas as in SQuAD")
    return Examples(tuple(examples.values()), tuple(faults), tuple(documents.values()))


def _paragraphs(node: Any, place: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every text that questions are asked on, with its place in the file and the object that holds both."""
    if isinstance(node, list):
        for n, inner in enumerate(node):
            yield from _paragraphs(inner, f"{place}[{n}]")
    elif isinstance(node, dict):
        context = node.get("context", node.get("context_text"))
        if isinstance(context, str) and isinstance(node.get("qas"), list):
            yield place, context, node
        elif isinstance(context, str) and "question" in node:
            yield place, context, {"qas": [node]}
        else:
            for name in ("data", "paragraphs"):
                yield from _paragraphs(node.get(name), place if name == "data" else f"{place}.{name}")


def _example(row: Any, document: Document) -> Example:
    if not isinstance(row, dict):
        raise QuestionError(f"{row!r:.60} is no object with id and question")
    question, id = row.get("question", row.get("query_text")), row.get("id", row.get("query_id"))
    if not isinstance(question, str) or not isinstance(id, str | int):
        raise QuestionError(f"'question' is {question!r:.60} and 'id' {id!r:.60}: both are needed")
    parse_question(question)
    spans = list(_spans(row.get("answers")))
    answers = tuple(dict.fromkeys(text for text, _ in spans if text.strip()))
    evidence = [found for text, start in spans if text.strip() and (found := _place(text, start, document))]
    answerable = bool(answers) and not row.get("is_impossible", False)
    return Example(id, question, answerable, answers if answerable else (), evidence=(tuple(evidence),) if evidence and answerable else (), document=document.id)


def _spans(given: Any) -> Iterator[tuple[str, int]]:
    """Texts and their places: a list of objects or of strings, or one object of two lists."""
    if isinstance(given, dict):
        texts, starts = given.get("text", []), given.get("answer_start", [])
        given = [{"text": text, "answer_start": start} for text, start in zip(texts, starts, strict=False)] if isinstance(texts, list) and isinstance(starts, list) else None
    for answer in [] if given is None else given if isinstance(given, list) else [given]:
        text = answer.get("text") if isinstance(answer, dict) else answer
        start = answer.get("answer_start") if isinstance(answer, dict) else None
        if not isinstance(text, str):
            raise QuestionError(f"'answers' holds {answer!r:.60}, not a text or an object with text and answer_start")
        yield text, start if isinstance(start, int) else -1


def _place(text: str, start: int, document: Document) -> Evidence | None:
    """The answer's slice; where the file's place is wrong, the nearest that reads so, or none."""
    if start >= 0 and document.text.startswith(text, start):
        return Evidence(text, document.id, start)
    places = [at for at in range(len(document.text)) if document.text.startswith(text, at)]
    return Evidence(text, document.id, min(places, key=lambda at: abs(at - start))) if places else None


def _free(id: str, taken: set[str]) -> str:
    free, n = id, 2
    while free in taken:
        free, n = f"{id}-{n}", n + 1
    taken.add(free)
    return free
