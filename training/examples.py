"""Examples of reading: a question, a passage with its context, and where the answer stands in it, if anywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Example:
    """One question over one passage."""

    id: str
    source: str  # where it comes from: drcd, cmrc, written, made
    kind: str  # what is asked, or why the passage doesn't answer; "" where unknown
    question: str
    context: str
    passage: str
    start: int  # of the answer in the passage; -1 where the passage doesn't answer
    end: int
    others: tuple[str, ...] = ()  # further answers that count as right

    def __post_init__(self) -> None:
        if not (self.start == self.end == -1 or 0 <= self.start < self.end <= len(self.passage)):
            raise ValueError(f"{self.id}: answer {self.start}:{self.end} is no slice of a passage of {len(self.passage)} characters")

    @property
    def answer(self) -> str:
        return self.passage[self.start : self.end] if self.start >= 0 else ""


def write_examples(examples: Iterable[Example], path: Path) -> int:
    """Writes one JSON object a line, and says how many."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        return sum(1 for example in examples if out.write(json.dumps(asdict(example), ensure_ascii=False) + "\n"))


def read_examples(path: Path) -> Iterator[Example]:
    """The examples of a file, in order."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Example(**{**row, "others": tuple(row.get("others", ()))})


def share(key: str, parts: int) -> int:
    """A number below `parts`, the same for the same key everywhere: how paragraphs and articles are put into parts."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % parts
