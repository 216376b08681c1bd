"""Many questions at once: lines of a file to records, each line by itself."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from documents.errors import BriefingError
from documents.read import document_from_text
from documents.types import Document
from index.embed import load_embedder
from index.search import Index
from qa.assistant import Assistant, assistant_over, open_assistant
from qa.errors import QuestionError
from qa.reader import Reader, load_reader
from qa.record import AnswerRecord, to_record


def read_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a question file with their numbers from 1, empty ones left out. QuestionError if it can't be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionError(f"{path}: can't be read ({error.strerror}); name a file of JSON lines with id and question") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    return [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]


def answer_lines(lines: Sequence[tuple[int, str]], documents: Any, encoder: str | None, reader: str | None = None, index_url: str | None = None) -> Iterator[AnswerRecord | str]:
    """For each line its record, or one line of text that says what is wrong with it and where.

    The collection is opened once, when the first line needs it; a line with passages is answered over these alone.
    """
    collection: Assistant | None = None
    embedder = None
    reads: Reader | None = None
    known: Index | None = None
    for number, line in lines:
        try:
            asked = parse_line(line)
            if asked["passages"] is None:
                collection = collection or open_assistant(documents, embedder=encoder, reader=reader, index_url=index_url)
                assistant = collection
            else:
                embedder = embedder or load_embedder(encoder)
                reads = reads or (collection.reader if collection else load_reader(reader))
                assistant = assistant_over(asked["passages"], embedder, reads, known)
                known = assistant.index
            started = time.perf_counter()
            answer = assistant.ask(asked["question"], asked["history"])
            latency = (time.perf_counter() - started) * 1000
        except QuestionError as error:
            yield f"line {number}: {error}"
            continue
        yield to_record(answer, id=asked["id"], latency_ms=latency)


def parse_line(line: str) -> dict[str, Any]:
    """One line as id, question, history and passages (None where the collection is asked). QuestionError says what is off."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionError(f"no JSON ({error.msg} at character {error.pos}): write an object with id and question") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, or nesting as deep
        raise QuestionError("JSON with a number too long or nested too deep: write an object with id and question") from error
    if not isinstance(row, dict):
        raise QuestionError(f"a JSON {type(row).__name__}, not an object: write an object with id and question")
    question, history, id = row.get("question"), row.get("history") or [], row.get("id", "")
    if not isinstance(question, str):
        raise QuestionError(f"'question' is {question!r:.60}, not a string")
    if not isinstance(history, list) or not all(isinstance(h, str) for h in history):
        raise QuestionError(f"'history' is {history!r:.60}, not a list of strings")
    if not isinstance(id, str | int):
        raise QuestionError(f"'id' is {id!r:.60}, not a string or a number")
    return {"id": id, "question": question, "history": history, "passages": _passages(row.get("passages"))}


def _passages(given: Any) -> list[Document] | None:
    if given is None:
        return None
    if not isinstance(given, list):
        raise QuestionError(f"'passages' is {given!r:.60}, not a list")
    found = []
    for n, passage in enumerate(given):
        id, text = (str(n), passage) if isinstance(passage, str) else (passage.get("id"), passage.get("text")) if isinstance(passage, dict) else (None, None)
        if not isinstance(id, str | int) or not isinstance(text, str):
            raise QuestionError(f"'passages' item {n} is {passage!r:.60}, not a string or an object with id and text")
        try:
            found.append(document_from_text(str(id), text))
        except BriefingError as error:
            raise QuestionError(f"'passages' item {n}: {error}") from error
    if len({document.id for document in found}) < len(found):
        raise QuestionError(f"'passages' has an id twice among {[d.id for d in found]!r:.80}")
    return found
