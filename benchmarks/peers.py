"""This program beside what people would use instead, on the same texts, in one run: `python benchmarks/peers.py`.

    python -m venv PEERS && PEERS/bin/python -m pip install -r benchmarks/peers-requirements.txt
    python benchmarks/peers.py --python PEERS/bin/python --encoder FOLDER

FOLDER (or a hub name, with HF_HUB_OFFLINE=0) is multilingual-e5-small as sentence-transformers reads it: the peers get
these weights, in 32-bit floats, as their users would; ours keeps its embedded encoder, made from the same weights.
Every contestant is measured in processes of its own, in turn, round by round, each round in another order; medians count.
All search the same passages: those that this program cuts (it alone is given whole documents, and cuts them itself).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from contestants import CONTESTANTS, OURS  # noqa: E402
from speed import describe_machine  # noqa: E402

from documents.passages import split_passages  # noqa: E402
from documents.read import document_from_text, read_documents  # noqa: E402
from documents.types import Document  # noqa: E402
from index.search import searched_text  # noqa: E402
from qa.ranking import rank_scores  # noqa: E402

DEVELOPMENT = ROOT / "benchmarks" / "development"
MB = 1e6
COLUMNS = (  # of the table: what, unit, decimals; the chart takes those whose ratio says something
    ("import", "s", 2), ("load", "s", 2), ("build", "s", 1), ("build, processor", "s", 1), ("save", "s", 3), ("question p50", "ms", 1), ("question p95", "ms", 1),
    ("recall@1", "", 3), ("recall@5", "", 3), ("memory, building", "MB", 0), ("memory, asking", "MB", 0), ("index", "MB", 2), ("installed", "MB", 0),
)  # fmt: skip
SELF = "briefing-qa"


def collect(news: Path | None, articles: int) -> list[Document]:
    """The development documents, and the first so many articles of a news file: JSON lines with id and text."""
    documents = list(read_documents(DEVELOPMENT / "documents"))
    if news is not None:
        with (lzma.open if news.suffix == ".xz" else open)(news, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for _, line in zip(range(articles), lines, strict=False)]
        documents += [document_from_text(f"news-{number}", row["text"]) for number, row in enumerate(rows)]
    return documents


def choose_questions(most: int) -> list[dict[str, Any]]:
    """Development questions that stand alone and whose evidence is known; every so-manieth of them."""
    rows = [json.loads(line) for line in (DEVELOPMENT / "tuning.jsonl").read_text(encoding="utf-8").splitlines()]
    known = [row for row in rows if row["answerable"] and row.get("evidence") and not row.get("history")]
    return known[:: max(1, -(-len(known) // most))]


def run(python: str, name: str, phase: str, work: Path) -> dict[str, Any]:
    """What one contestant's process measured. Ends the whole run where it fails: a table with a gap misleads."""
    command = [python, str(ROOT / "benchmarks" / "contest.py"), name, phase, str(work)]
    with (work / "log").open("w+", encoding="utf-8") as log:
        if subprocess.run(command, stdout=log, stderr=log, check=False, cwd=work).returncode:
            log.seek(0)
            raise SystemExit(f"{name}, {phase}: failed\n{log.read()[-2000:]}\nthe command was: {' '.join(command)}")
    result = work / f"{name}.{phase}.json"
    return json.loads(result.read_text(encoding="utf-8")) if result.exists() else {}


def measure(names: Sequence[str], python: str, work: Path, rounds: int) -> dict[str, list[dict[str, Any]]]:
    """For each contestant what each round measured."""
    measured: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in [*names[first:], *names[:first]]:
            own = sys.executable if name in OURS else python
            started = time.perf_counter()
            run(own, name, "start", work)
            row: dict[str, Any] = {"start_s": time.perf_counter() - started}
            if CONTESTANTS[name].needs:
                subprocess.run(["rm", "-rf", str(work / name)], check=True)
                row |= run(own, name, "build", work) | run(own, name, "ask", work)
            measured[name].append(row)
            print(f"round {turn + 1}: {name}: " + ", ".join(f"{key} {value:.2f}" for key, value in row.items() if isinstance(value, float)), file=sys.stderr, flush=True)
    return measured


def recall(found: Sequence[Sequence[str]], questions: Sequence[dict[str, Any]], passages: dict[str, str]) -> tuple[float, float]:
    """recall@1 and recall@5: the share of each question's pieces of evidence that the best passages hold, averaged."""
    scores = []
    for ids, question in zip(found, questions, strict=True):
        wanted = [[piece] if isinstance(piece, str) else piece for piece in question["evidence"]]
        own = [passages[id] if id.startswith(f"{question['document']}:") else "" for id in ids]
        scores.append(rank_scores(len(wanted), [frozenset(n for n, any_of in enumerate(wanted) if any(piece in text for piece in any_of)) for text in own]))
    known = [score for score in scores if score]
    return sum(score.recall_at_1 for score in known) / len(known), sum(score.recall_at_5 for score in known) / len(known)


def summarise(rows: list[dict[str, Any]], installed: dict[str, Any], questions: Sequence[dict[str, Any]], passages: dict[str, str]) -> dict[str, float]:
    """One contestant's figures by the names of COLUMNS: medians of the rounds, and of the questions of all rounds."""
    figures = {"import": median(row["start_s"] for row in rows)}
    if "found" not in rows[0]:
        return figures
    asked = [seconds * 1000 for row in rows for seconds in row["ask_s"]]
    figures |= {
        "load": median(row["import_s"] + row["encoder_s"] + row["load_s"] for row in rows),
        "build": median(row["build_s"] for row in rows), "build, processor": median(row["build_cpu"] for row in rows), "save": median(row["save_s"] for row in rows),
        "question p50": median(asked), "question p95": quantiles(asked, n=20)[-1],
        "memory, building": median(row["build_mb"] for row in rows), "memory, asking": median(row["ask_mb"] for row in rows),
        "index": rows[0]["bytes"] / MB, "installed": installed["install_bytes"] / MB,
    }  # fmt: skip
    figures["recall@1"], figures["recall@5"] = recall(rows[0]["found"], questions, passages)
    if "answer_s" in rows[0]:
        answered = [seconds * 1000 for row in rows for seconds in row["answer_s"]]
        figures |= {"answer p50": median(answered), "answer p95": quantiles(answered, n=20)[-1], "memory, answering": median(row["answer_mb"] for row in rows)}
    return figures


def show(figures: dict[str, dict[str, float]]) -> str:
    """The table: contestants down, measures across, and in brackets how many times ours; the floors have no brackets' claim."""
    heads = ["", *(f"{what}, {unit}" if unit else what for what, unit, _ in COLUMNS)]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, own in figures.items():
        cells = [name]
        for what, unit, decimals in COLUMNS:
            ratio = f" ({own[what] / figures[SELF][what]:.2f}×)" if unit and what in own and name != SELF else ""
            cells.append(f"{own[what]:.{decimals}f}{ratio}" if what in own else "")
        lines.append("| " + " | ".join(cells) + " |")
    own = figures[SELF]
    best = min((name for name in figures if name not in OURS and not name.startswith("bare")), key=lambda name: figures[name]["build"])
    lines.append(f"\nWith its reader, {SELF} answers in {own['answer p50']:.1f} ms (p95 {own['answer p95']:.1f}), in {own['memory, answering']:.0f} MB.")
    lines.append(f"Building: {figures[best]['build'] / own['build']:.2f} times as fast as the best peer, {best} (target: 3 at equal or better retrieval).")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--python", required=True, metavar="PATH", help="the Python of the peers' environment")
    parser.add_argument("--encoder", required=True, metavar="NAME", help="the peers' encoder, by folder or hub name; index/models/… gives them the embedded one")
    parser.add_argument("--news", type=Path, metavar="FILE", help="JSON lines with id and text, to search among as well (.xz is unpacked)")
    parser.add_argument("--articles", type=int, default=2000, help="how many of them (default: %(default)s)")
    parser.add_argument("--questions", type=int, default=70, help="at most so many (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="(default: %(default)s)")
    parser.add_argument("--output", type=Path, metavar="FILE", help="keep every figure as JSON")
    parser.add_argument("--chart", type=Path, metavar="FILE", help="draw a chart, such as docs/peers.png")
    given = parser.parse_args()
    machine = describe_machine()
    documents, questions = collect(given.news, given.articles), choose_questions(given.questions)
    passages = {f"{p.document_id}:{p.start}": searched_text(p) for document in documents for p in split_passages(document)}
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        python, encoder = os.path.abspath(given.python), given.encoder
        ours = (Path(encoder) / "encoder.json").exists()
        settings = {"source": os.path.abspath(encoder) if Path(encoder).exists() else encoder, "encoder": os.path.abspath(encoder) if ours else str(work / "encoder")}
        texts = {"documents": [(d.id, d.text) for d in documents], "passages": list(passages.items()), "questions": [row["question"] for row in questions]}
        (work / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
        (work / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        if not ours:
            run(python, "encoder", "prepare", work)
        installed = {name: run(sys.executable if name in OURS else python, name, "installed", work) for name in CONTESTANTS}
        measured = measure(list(CONTESTANTS), python, work, given.rounds)
    figures = {name: summarise(rows, installed[name], questions, passages) for name, rows in measured.items()}
    size = f"{len(documents)} documents, {len(passages)} passages, {sum(map(len, passages.values()))} characters; {len(questions)} questions; {given.rounds} rounds; peers' encoder {Path(encoder).name}"
    print(f"{machine}\n{size}\n\n{show(figures)}")
    kept = {"machine": machine, "size": size, "figures": figures, "rounds": measured}
    for row in (row for rows in measured.values() for row in rows):
        row.pop("found", None)
    if given.output:
        given.output.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    if given.chart:
        drawn = json.dumps(kept | {"rounds": None}, ensure_ascii=False)
        subprocess.run([python, str(ROOT / "benchmarks" / "peers_chart.py"), os.path.abspath(given.chart)], input=drawn, encoding="utf-8", check=True)


if __name__ == "__main__":
    main()
