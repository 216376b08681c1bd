"""The command `briefing-qa`, also `python -m qa`. Results go to stdout alone; progress and errors to stderr."""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from documents.errors import BriefingError

DESCRIPTION = "Ask a press briefing: a short, exact answer, who said it and the sentence it stands on, or a plain refusal."
MILVUS = "keep the index in Milvus: milvus+http://HOST:19530#NAME or milvus+FILE.db (needs: pip install 'briefing-qa[milvus]')"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Returns 0; 1 for a BriefingError, told in one line on stderr; argparse exits 2 for usage."""
    arguments = _parser().parse_args(argv)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an argument may hold bytes that are no text; so written they are JSON too
    try:
        return int(arguments.run(arguments))
    except BriefingError as error:
        print(f"briefing-qa: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("briefing-qa: stopped; what was written so far is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:  # whoever read stdout has gone: nothing is left to say
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="briefing-qa", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="answer one question")
    ask.add_argument("question", metavar="QUESTION")
    ask.add_argument("--history", action="append", default=[], metavar="QUESTION", help="an earlier question, oldest first; may be repeated")
    ask.add_argument("--json", action="store_true", help="the answer as one JSON object")
    _add_collection(ask)
    ask.set_defaults(run=run_ask)

    answer = commands.add_parser("answer", help="answer a file of questions")
    answer.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl", help="lines with id, question, and optionally history and passages")
    answer.add_argument("--output", type=Path, required=True, metavar="PREDICTIONS.jsonl")
    _add_collection(answer)
    answer.set_defaults(run=run_answer)

    evaluate = commands.add_parser("evaluate", help="answer questions whose answers are known, and score what comes")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS", help="JSON lines with id, question, answers, answerable …, or SQuAD or CMRC JSON")
    evaluate.add_argument("--report", type=Path, metavar="FOLDER", help="keep every row, the summary and a page to read")
    evaluate.add_argument("--baseline", type=Path, metavar="REPORT", help="the folder of an earlier report, to compare with")
    evaluate.add_argument("--fail-under", nargs="+", action="extend", default=[], metavar="NAME=VALUE", help="exit 1 where a score is lower, such as right=0.8")
    _add_collection(evaluate)
    evaluate.set_defaults(run=run_evaluate)

    index = commands.add_parser("index", help="build an index, or check one")
    index.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; none is the default briefing")
    index.add_argument("--output", type=Path, metavar="FOLDER", help="where to keep it (default: the user's cache)")
    index.add_argument("--check", type=Path, metavar="FOLDER", help="check a stored index instead")
    index.add_argument("--encoder", metavar="NAME", help="a sentence-transformers model, by folder or hub name (default: the embedded one)")
    index.add_argument("--index", metavar="URL", help=MILVUS)
    index.set_defaults(run=run_index)

    doctor = commands.add_parser("doctor", help="look for what is wrong with the installation, and say what to type")
    doctor.add_argument("--documents", nargs="+", metavar="PATH", help="files and folders to look at in place of the default briefing")
    doctor.add_argument("--port", type=int, default=7860, help="the page's port (default: %(default)s)")
    doctor.set_defaults(run=run_doctor)
    return parser


def _add_collection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", metavar="URL", help=MILVUS)
    parser.add_argument("--documents", nargs="+", metavar="PATH", help="files and folders to ask in place of the default briefing")
    parser.add_argument("--encoder", metavar="NAME", help="a sentence-transformers model, by folder or hub name (default: the embedded one)")
    parser.add_argument("--reader", metavar="NAME", help="an extractive question-answering model, by folder or hub name, or alignment (default: the embedded one)")


def run_ask(arguments: argparse.Namespace) -> int:
    """`briefing-qa ask QUESTION`: the reply as text, or its record."""
    from qa.answers import flat
    from qa.assistant import open_assistant
    from qa.phrases import NEAREST, UNDERSTOOD, attribute
    from qa.record import to_record

    with Bar() as bar:
        assistant = open_assistant(arguments.documents, embedder=arguments.encoder, reader=arguments.reader, index_url=arguments.index, progress=bar.show)
    started = time.perf_counter()
    answer = assistant.ask(arguments.question, arguments.history)
    latency = (time.perf_counter() - started) * 1000
    if arguments.json:
        print(json.dumps(to_record(answer, id="", latency_ms=latency), ensure_ascii=False))
        return 0
    print(answer.text)
    if answer.nearest:
        print(f"\n{NEAREST[answer.question.language]}")
        for citation in answer.nearest:
            print(f"  “{flat(citation.quote)}” {attribute(citation.speaker, citation.title, citation.section, citation.paragraph, answer.question.language)}")
    if answer.question.standalone != answer.question.text:
        print(f"{UNDERSTOOD[answer.question.language]}{answer.question.standalone}")
    for notice in assistant.notices:
        print(f"\n{notice}", file=sys.stderr)
    return 0


def run_answer(arguments: argparse.Namespace) -> int:
    """`briefing-qa answer QUESTIONS.jsonl --output PREDICTIONS.jsonl`: a record for each line, in order."""
    from tqdm import tqdm

    from qa.batch import answer_lines, read_lines

    lines = read_lines(arguments.questions)
    failed = 0
    try:
        with arguments.output.open("w", encoding="utf-8", errors="backslashreplace") as output:
            answered = answer_lines(lines, arguments.documents, arguments.encoder, arguments.reader, arguments.index)
            for result in tqdm(answered, total=len(lines), desc="answer", disable=None, file=sys.stderr):
                if isinstance(result, str):
                    failed += 1
                    tqdm.write(f"briefing-qa: {arguments.questions}: {result}", file=sys.stderr)
                else:
                    output.write(json.dumps(result, ensure_ascii=False) + "\n")
    except OSError as error:
        raise BriefingError(f"{arguments.output}: can't be written ({error.strerror}); name another file with --output") from error
    if failed:
        raise BriefingError(f"{arguments.questions}: {failed} of {len(lines)} lines were not answered, as told above; the others are in {arguments.output}")
    return 0


def run_evaluate(arguments: argparse.Namespace) -> int:
    """`briefing-qa evaluate QUESTIONS`: the scores as a table, and with `--report` every row."""
    from qa.evaluate import run_evaluation

    with Bar() as bar:
        run_evaluation(
            arguments.questions, arguments.documents, arguments.encoder, arguments.reader, arguments.report, arguments.baseline, arguments.fail_under, bar.show, arguments.index
        )  # fmt: skip
    return 0


def run_index(arguments: argparse.Namespace) -> int:
    """`briefing-qa index PATH …`: build what has changed; `--check FOLDER`: say whether a stored index is whole."""
    from index.embed import load_embedder
    from index.errors import IndexStoreError
    from index.search import describe_search
    from index.store import check_index
    from qa.assistant import cache_folder, default_collection, open_assistant

    if arguments.check:
        problems = check_index(arguments.check)
        if problems:
            raise IndexStoreError("\n".join(problems))
        print(f"{arguments.check}: whole")
        return 0
    paths: list[Any] = arguments.paths or [default_collection()]
    started = time.perf_counter()
    encoder = load_embedder(arguments.encoder)
    folder = arguments.output or cache_folder(paths if arguments.paths else paths[0], encoder.name)
    with Bar() as bar:
        assistant = open_assistant(arguments.paths or None, embedder=arguments.encoder, folder=folder, index_url=arguments.index, progress=bar.show)
    for document in assistant.documents:
        print(f"{document.id}\t{document.encoding}\t{len(document.text)} characters\t{document.source}")
    took = time.perf_counter() - started
    print(f"{len(assistant.documents)} documents, {len(assistant.index.passages)} passages, {bar.embedded} embedded now, {describe_search(assistant.index)}, {took:.1f} s: {arguments.index or folder}")
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """`briefing-qa doctor`: a line for each thing looked at; 1 where something keeps the program from working."""
    from qa.doctor import examine

    faults = 0
    for finding in examine(arguments.documents, arguments.port):
        faults += finding.grade == "fault"
        print(f"{finding.grade:6}{finding.what}" + (f"\n      → {finding.remedy}" if finding.remedy else ""), flush=True)
    return 1 if faults else 0


class Bar:
    """A progress bar on stderr for each stage, only where somebody watches, and only for work long enough to be watched."""

    UNITS: ClassVar = {"embed": "passage", "evaluate": "question"}  # the stages that are shown

    def __init__(self) -> None:
        self.embedded = 0
        self._stage = ""
        self._bar: Any = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, stage: str, done: int, total: int) -> None:
        """One step of a stage, as open_assistant and the evaluation report it."""
        if stage not in self.UNITS:
            return
        if stage == "embed":
            self.embedded = total
        if stage != self._stage:
            from tqdm import tqdm

            self.__exit__()
            self._stage = stage
            self._bar = tqdm(total=total, desc=stage, unit=self.UNITS[stage], disable=None, delay=1, file=sys.stderr)
        self._bar.update(done - self._bar.n)


if __name__ == "__main__":
    sys.exit(main())
