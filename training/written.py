"""Examples whose questions were written for this model, over passages of news articles or of texts invented for it.

`questions/*.jsonl` holds what was written: a line with `article`, `start`, `end` names a passage of the news set (whose
texts are their publishers' and aren't in this repository), a line with `text` holds an invented passage itself and what stands `before` it; then
`question`, `kind`, `answer` (a slice) and `at`, its place in the passage, -1 where the passage doesn't answer.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qa.english import name_all
from training.examples import Example

QUESTIONS = Path(__file__).parent / "questions"


def read_news(path: Path) -> dict[str, str]:
    """The articles of the news set by id."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row["text"] for row in map(json.loads, lines)}


def read_written(path: Path, news: dict[str, str]) -> Iterator[Example]:
    """The examples of one file of questions, names in English ones as an assistant puts them. ValueError where the article isn't the one they were written over."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            row = json.loads(line)
            article = row.get("article", "")
            text = row["text"] if "text" in row else news[article][row["start"] : row["end"]]
            before = row["before"] if "text" in row else news[article][max(0, row["start"] - 60) : row["start"]]
            start, answer = row["at"], row["answer"]
            if start >= 0 and text[start : start + len(answer)] != answer:
                raise ValueError(f"{path}:{number}: {answer!r} doesn't stand at {start} of its passage: another edition of the news set?")
            question = row["question"] if re.search(r"[\u3400-\u9fff]", row["question"]) else name_all(row["question"], (before + text,))
            yield Example(f"{path.stem}-{number}", "written", row["kind"], question, before, text, start, start + len(answer) if answer else -1)


def vary(examples: list[Example], seed: int) -> list[Example]:
    """The same examples, every other one without its context."""
    rng = random.Random(seed)
    return [example if rng.random() < 0.5 else replace(example, context="") for example in examples]
