"""The files of a report: rows as they come, the summary, and a page for a person, which reaches for nothing outside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

from documents.errors import BriefingError
from qa.compare import ROWS, Comparison
from qa.outcome import Outcome
from qa.scores import VERDICTS
from qa.summary import Summary
from qa.table import LABELS, show

ORDER = ("wrong", "refused wrongly", "right", "refused rightly")
MOST_GROUPS = 30  # rows of one table on the page; summary.json has all


class Rows:
    """rows.jsonl of a report, a line at a time: what stands in it stays when the run is stopped. Without a folder, nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def __enter__(self) -> Rows:
        if self._folder:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                for name in ("summary.json", "report.html"):  # of an earlier run: they would tell of other rows
                    (self._folder / name).unlink(missing_ok=True)
                self._file = (self._folder / ROWS).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")
            except OSError as error:
                raise _not_written(self._folder, error) from error
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def write(self, row: dict[str, object]) -> None:
        """One more row, on the disk at once."""
        if self._file and self._folder:
            try:
                self._file.write(json.dumps(row, ensure_ascii=False) + "\n")
                self._file.flush()
            except OSError as error:
                raise _not_written(self._folder, error) from error


def write_report(folder: Path, name: str, outcomes: Sequence[Outcome], summary: Summary, comparison: Comparison | None) -> None:
    """summary.json and report.html, beside the rows."""
    whole = {"questions": name, **summary.as_json(), "comparison": asdict(comparison) if comparison else None}
    try:
        (folder / "summary.json").write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="backslashreplace", newline="\n")
        (folder / "report.html").write_text(make_page(name, outcomes, summary, comparison), encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise _not_written(folder, error) from error


def make_page(name: str, outcomes: Sequence[Outcome], summary: Summary, comparison: Comparison | None) -> str:
    """The page as one HTML text: every value escaped by Jinja, no request to anywhere."""
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    groups = [("Kind", summary.kinds), ("Language", summary.languages), ("Document", summary.documents)]
    values: dict[str, Any] = {
        "name": name,
        "summary": summary,
        "comparison": comparison,
        "labels": LABELS,
        "scores": asdict(summary.total.scores),
        "show": show,
        "groups": [(title, found, found[:MOST_GROUPS]) for title, found in groups if found],
        "verdicts": VERDICTS,
        "outcomes": sorted(outcomes, key=lambda outcome: ORDER.index(outcome.verdict)),
        "changed": {} if comparison is None else dict.fromkeys(comparison.better, "better") | dict.fromkeys(comparison.worse, "worse"),
    }
    template = files("qa").joinpath("report.html").read_text(encoding="utf-8")
    return environment.from_string(template).render(values).encode("utf-8", "replace").decode("utf-8")


def _not_written(folder: Path, error: OSError) -> BriefingError:
    return BriefingError(f"{folder}: can't be written ({error.strerror}); name another folder with --report")
