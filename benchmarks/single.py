"""Twelve invented documents, 40 questions each, every one asked over its own document alone: `python benchmarks/single.py [--untouched] [--report FILE]`.

Six were looked at while developing. The other six (UNTOUCHED) are for reporting: nothing is chosen by them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from documents.read import read_documents
from index.embed import load_embedder
from qa.assistant import assistant_over
from qa.evaluate import evaluate, summarize
from qa.outcome import Outcome, to_row
from qa.questions import read_examples
from qa.reader import load_reader
from qa.table import as_text

FOLDER = Path(__file__).parent / "single"
UNTOUCHED = ("city-half-year", "ministry-english", "traditional-article", "technology-briefing", "flood-briefing", "event-briefing")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--untouched", action="store_true")
    parser.add_argument("--report", type=Path, help="every question with its answer and scores, a JSON line each")
    options = parser.parse_args()
    names = [path.stem for path in sorted(FOLDER.glob("*.jsonl")) if (path.stem in UNTOUCHED) == options.untouched]
    outcomes = list(ask_each(names))
    print(as_text(summarize(outcomes), None))
    if options.report:
        options.report.write_text("".join(json.dumps(to_row(outcome), ensure_ascii=False) + "\n" for outcome in outcomes), encoding="utf-8")


def ask_each(names: list[str]) -> Iterator[Outcome]:
    encoder, reader = load_embedder(), load_reader(None)
    for name in names:
        (document,) = (path for path in FOLDER.glob(f"{name}.*") if path.suffix != ".jsonl")
        assistant = assistant_over(read_documents(document), encoder, reader)
        yield from evaluate(assistant, read_examples(FOLDER / f"{name}.jsonl").examples)


if __name__ == "__main__":
    main()
