"""The evaluation: examples asked one after another, each outcome kept, and what they come to.

A report is a folder of rows.jsonl (an outcome a line, written as it comes), summary.json and report.html.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from documents.errors import BriefingError
from index.embed import load_embedder
from index.search import Index, build_index
from qa.assistant import Assistant, Progress, assistant_over, open_assistant
from qa.compare import compare, read_baseline
from qa.outcome import Outcome, answer_example, to_row
from qa.questions import Example, Examples, read_examples
from qa.reader import load_reader
from qa.summary import Summary, check_floors, parse_floor, summarize

__all__ = ["Outcome", "Summary", "evaluate", "run_evaluation", "summarize"]


def evaluate(assistant: Assistant, examples: Iterable[Example]) -> Iterator[Outcome]:
    """The outcome of each example, in order, as it comes. An example with passages is asked over these alone."""
    known: Index | None = None
    for example in examples:
        asked = assistant
        if example.passages is not None:
            asked = assistant_over(example.passages, assistant.index.embedder, assistant.reader, known)
            known = asked.index
        yield answer_example(asked, example)


def open_examples(read: Examples, documents: Sequence[str] | None, encoder: str | None, reader: str | None, progress: Progress, index_url: str | None = None) -> Assistant:
    """The collection that the examples ask: what was named, else the documents that the file brings along, else the default."""
    if documents or not read.documents:
        return open_assistant(documents, embedder=encoder, reader=reader, index_url=index_url, progress=progress)
    embedder = load_embedder(encoder)
    index = build_index(read.documents, embedder, progress=lambda done, total: progress("embed", done, total))
    return Assistant(index, load_reader(reader))


def run_evaluation(
    questions: Path, documents: Sequence[str] | None, encoder: str | None, reader: str | None, report: Path | None, baseline: Path | None, fail_under: Sequence[str], progress: Progress,
    index_url: str | None = None,
) -> None:  # fmt: skip
    """The command: evaluate a file, print the table, write the report.

    BriefingError at the end for lines that couldn't be read, and for a score below its floor.
    """
    from qa.report import Rows, write_report
    from qa.table import as_text

    floors = [parse_floor(text) for text in fail_under]
    before = read_baseline(baseline) if baseline else None
    read = read_examples(questions)
    for fault in read.faults:
        print(f"briefing-qa: {questions}: {fault}", file=sys.stderr)
    if read.undecided:
        print(f"briefing-qa: {questions}: {read.undecided} questions whose 'answerable' is null are left out: say true or false, and what is right", file=sys.stderr)
    if not read.examples:
        raise BriefingError(f"{questions}: no question that can be evaluated; write lines with id, question, answers and answerable")
    with Rows(report) as rows:  # opened first: a folder that can't be written is told before the work
        assistant = open_examples(read, documents, encoder, reader, progress, index_url)
        outcomes = []
        for outcome in evaluate(assistant, read.examples):
            outcomes.append(outcome)
            rows.write(to_row(outcome))
            progress("evaluate", len(outcomes), len(read.examples))
    summary = summarize(outcomes)
    comparison = compare(before, {str(outcome.example.id): outcome.verdict for outcome in outcomes}) if before is not None else None
    if report:
        write_report(report, str(questions), outcomes, summary, comparison)
    print(as_text(summary, comparison))
    _tell_lost(questions, outcomes)
    complaints = check_floors(summary, floors)
    if read.faults:
        complaints.insert(0, f"{len(read.faults)} questions could not be read, as told above; the other {len(outcomes)} were evaluated")
    if complaints:
        raise BriefingError(f"{questions}: " + "; ".join(complaints))


def _tell_lost(questions: Path, outcomes: Sequence[Outcome]) -> None:
    """Evidence that stands in no document is a slip of the pen, and would otherwise go unseen."""
    lost = [(outcome.example.id, text) for outcome in outcomes for text in outcome.lost]
    if lost:
        id, text = lost[0]
        print(f"briefing-qa: {questions}: {len(lost)} slices of evidence stand in no document and are left out, first of question {id}: {text!r:.60}", file=sys.stderr)
