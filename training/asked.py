"""Questions over whole documents, with every place that answers them: briefings invented for this, and the articles of `questions/`.

`briefings/NAME.txt` (or .md) is a document, `briefings/NAME.jsonl` what was asked of it: a line with the question `q`, the answer `a`
(a slice, empty where the document doesn't answer), `in`, a longer slice that stands once and holds it, the kind `k`, and further places
of the same fact under `also`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from documents.read import document_from_text
from documents.types import Document

BRIEFINGS = Path(__file__).parent / "briefings"
AROUND = 15  # characters on either side by which a passage's answer is found again in its article


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands in its document."""

    document: str  # its id
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a whole document, and every place that answers it; none where the document doesn't."""

    id: str
    document: str  # the id of the document that it was written over
    kind: str
    question: str
    places: tuple[Place, ...]
    answers: tuple[str, ...]


def read_briefings(folder: Path) -> tuple[list[Document], list[Asked]]:
    """The documents of a folder and what was asked of them. ValueError where a place isn't found in its document, or not once."""
    documents, asked = [], []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md")):
        document = document_from_text(path.stem, path.read_text(encoding="utf-8"))
        documents.append(document)
        for number, line in enumerate(path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                asked.append(_of_briefing(json.loads(line), document, f"{path.stem}-{number}"))
    return documents, asked


def _of_briefing(row: dict[str, object], document: Document, name: str) -> Asked:
    said = [row, *row.get("also", ())] if row["a"] else []  # type: ignore[misc]
    places = []
    for one in said:
        answer, within = str(one["a"]), str(one["in"])
        if document.text.count(within) != 1 or answer not in within:
            raise ValueError(f"{name}: {within!r} stands {document.text.count(within)} times in its document, or doesn't hold {answer!r}")
        start = document.text.index(within) + within.index(answer)
        places.append(Place(document.id, start, start + len(answer)))
    return Asked(name, document.id, str(row["k"]), str(row["q"]), tuple(places), tuple(str(one["a"]) for one in said))


def read_articles(files: list[Path], news: dict[str, str]) -> tuple[list[Document], list[Asked]]:
    """The answerable questions of files of `questions/`, over the whole articles that their passages come from."""
    documents: dict[str, Document] = {}
    asked = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            row = json.loads(line)
            if row["at"] < 0:
                continue
            text = news[row["article"]] if "article" in row else f"{row['before']}\n{row['text']}".lstrip()
            base = row["start"] if "article" in row else len(text) - len(row["text"])
            name = row.get("article") or sha256(text.encode()).hexdigest()[:10]
            document = documents.setdefault(name, document_from_text(name, text))
            start, end = base + row["at"], base + row["at"] + len(row["answer"])
            found = _find_again(document, text, start, end)
            if found is not None:  # else an edge that reading the article moved
                asked.append(Asked(f"{path.stem}-{number}", document.id, row["kind"], row["question"], (Place(document.id, found, found + end - start),), (row["answer"],)))
    return list(documents.values()), asked


def _find_again(document: Document, text: str, start: int, end: int) -> int | None:
    """Where a slice of a text stands in the document made of it, by what stands around it; None where that isn't clear."""
    for around in (AROUND, 4):
        left = max(0, start - around)
        within = text[left : end + around]
        if document.text.count(within) == 1:
            return document.text.index(within) + start - left
    return None
