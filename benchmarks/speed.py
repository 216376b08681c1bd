"""What the program costs beside its parts, measured side by side in one run: `python benchmarks/speed.py`.

Times of a shared or slow machine say little by themselves, so each stands beside a floor measured in turn with it,
and the ratio counts. Medians throughout. Nothing here is a test: run it alone, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents.passages import split_passages  # noqa: E402
from documents.read import read_documents  # noqa: E402
from index.embed import load_embedder  # noqa: E402
from index.search import build_index, searched_text  # noqa: E402
from index.store import save_index  # noqa: E402
from qa.assistant import Assistant, default_collection, open_assistant  # noqa: E402

QUESTIONS = ROOT / "benchmarks" / "questions" / "briefing.jsonl"
ASKED_OF_THE_PAGE = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    what: str
    measured: str
    beside: str  # the floor, and its figure
    value: float  # what the target is about
    target: float
    unit: str  # of value: "×", "s", "MB"


def measure_in_turn(tasks: Sequence[Callable[[], object]], rounds: int) -> list[float]:
    """The median seconds of each task, all run in turn, every other round backwards, after one round that doesn't count."""
    times: list[list[float]] = [[] for _ in tasks]
    for turn in range(rounds + 1):
        order = range(len(tasks)) if turn % 2 else reversed(range(len(tasks)))
        for number in order:
            started = time.perf_counter()
            tasks[number]()
            if turn:
                times[number].append(time.perf_counter() - started)
    return [median(taken) for taken in times]


def measure_indexing(rounds: int) -> Row:
    """Reading, cutting, encoding, indexing and saving the default collection, beside encoding its passages."""
    embedder = load_embedder()
    texts = [searched_text(p) for document in read_documents(default_collection()) for p in split_passages(document)]

    def index() -> None:
        with tempfile.TemporaryDirectory() as folder:
            save_index(build_index(read_documents(default_collection()), embedder), Path(folder) / "index")

    whole, alone = measure_in_turn([index, lambda: embedder.embed_passages(texts)], rounds)
    return Row(f"read, index and save the default collection ({len(texts)} passages)", f"{whole:.2f} s", f"{alone:.2f} s: encode its passages", whole / alone, 1.3, "×")


def measure_questions(assistant: Assistant, asked: Sequence[dict[str, Any]], rounds: int) -> Row:
    """A question asked of the open assistant, beside encoding it."""
    whole, alone = [], []
    for row in asked:
        question, history = row["question"], row.get("history", ())
        taken = measure_in_turn([lambda q=question, h=history: assistant.ask(q, h), lambda q=question: assistant.index.embedder.embed_queries([q])], rounds)  # type: ignore[misc]
        whole.append(taken[0])
        alone.append(taken[1])
    ninth = sorted(whole)[int(0.9 * len(whole))]
    measured = f"{median(whole) * 1000:.1f} ms (nine of ten within {ninth * 1000:.1f})"
    return Row(f"answer a question in an open process ({len(asked)} questions)", measured, f"{median(alone) * 1000:.1f} ms: encode it", median(whole) / median(alone), 3.0, "×")


def measure_page(asked: Sequence[dict[str, Any]]) -> Row:
    """The most memory that the page's process held, from its start on a standing index to some questions later."""
    page = subprocess.Popen([sys.executable, str(ROOT / "app.py"), "--port", str(free_port())], stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT)
    try:
        assert page.stdout is not None
        printed = re.search(r"http://[^\s/]+", page.stdout.readline())
        if printed is None:
            raise SystemExit("the page did not start")
        for row in asked[:ASKED_OF_THE_PAGE]:
            ask_over_http(printed[0], row["question"])
        peak = peak_memory(page.pid)
    finally:
        page.terminate()
        page.wait()
    return Row(f"the page's peak memory on a standing index ({ASKED_OF_THE_PAGE} questions)", f"{peak:.0f} MB", "", peak, 700.0, "MB")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def ask_over_http(address: str, question: str) -> dict[str, Any]:
    """The record of an answer, from the page's own server."""
    request = urllib.request.Request(f"{address}/gradio_api/call/ask", json.dumps({"data": [question, []]}).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        event = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{address}/gradio_api/call/ask/{event}") as reply:
        said = reply.read().decode()
    if "event: complete" not in said:
        raise SystemExit(f"the page answered {said!r}")
    answer: dict[str, Any] = json.loads(said.split("event: complete", 1)[1].split("data:", 1)[1])[0]
    return answer


def peak_memory(process: int) -> float:
    """The most resident memory a running process ever held, in megabytes; where the system doesn't say, what it holds now."""
    status = Path(f"/proc/{process}/status")
    if status.exists():
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
        if found:
            return int(found[1]) / 1024
    import psutil

    return float(psutil.Process(process).memory_info().rss) / 2**20


def measure_command(question: str, rounds: int) -> list[Row]:
    """Whole processes: a question on a standing index, the help, and Python doing nothing."""

    def run(*arguments: str) -> Callable[[], object]:
        return lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)

    ask, help_, floor = measure_in_turn([run("-m", "qa", "ask", question), run("-m", "qa", "--help"), run("-c", "pass")], rounds)
    beside = f"{floor:.2f} s: Python doing nothing"
    return [
        Row("briefing-qa ask, whole process, standing index", f"{ask:.2f} s", beside, ask, 2.5, "s"),
        Row("briefing-qa --help, whole process", f"{help_:.2f} s", beside, help_, 0.3, "s"),
    ]


def describe_machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    info = Path("/proc/cpuinfo")
    model = re.search(r"model name\s*:\s*(.+)", info.read_text()) if info.exists() else None
    load = f"load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else "load unknown"
    names = ("onnxruntime", "faiss-cpu", "gradio")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return f"{cores} cores, {model[1] if model else platform.processor() or platform.machine()}, {load}; Python {platform.python_version()}, {libraries}"


def show(rows: Sequence[Row]) -> str:
    lines = ["| what | measured | beside | figure | target |", "|---|---|---|---|---|"]
    for row in rows:
        figure = f"{row.value:.0f} {row.unit}" if row.unit == "MB" else f"{row.value:.2f} {row.unit}"
        verdict = "met" if row.value < row.target else "MISSED"
        lines.append(f"| {row.what} | {row.measured} | {row.beside} | {figure} | < {row.target:g} {row.unit}: {verdict} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="how often each pair is measured (default: %(default)s)")
    rounds = parser.parse_args().rounds
    machine = describe_machine()
    asked = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as cache:
        os.environ["BRIEFING_QA_CACHE"] = cache
        assistant = open_assistant()
        rows = [measure_indexing(rounds), measure_questions(assistant, asked, rounds)]
        rows += [*measure_command(asked[0]["question"], rounds), measure_page(asked)]
    print(f"{machine}; medians of {rounds} rounds\n\n{show(rows)}")


if __name__ == "__main__":
    main()
