"""A large collection: building, interrupting, adding, deleting and asking, each in a process of its own: `python benchmarks/large.py TEXTS.jsonl.xz`.

TEXTS holds a JSON object with `text` on each line. Processor seconds stand beside the clock's, for on a machine that
others use too the clock says little. `--stand-in` takes sums of characters in place of the encoder's vectors: all but
the encoding is then measured at full size within minutes.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents.read import read_documents  # noqa: E402
from index.embed import Embedder, load_embedder  # noqa: E402
from index.keep import keep_index  # noqa: E402
from index.resume import NAME  # noqa: E402
from index.search import describe_search, search  # noqa: E402
from qa.assistant import Assistant  # noqa: E402
from qa.reader import load_reader  # noqa: E402

QUESTIONS = 200


@dataclass(frozen=True, slots=True, eq=False)
class StandIn:
    """Vectors that cost next to nothing: the sum of a random row for each character."""

    name: str = "stand-in"
    dim: int = 384
    digest: str = "5" * 64
    table: NDArray[np.float32] = field(default_factory=lambda: np.random.default_rng(0).normal(size=(2**16, 384)).astype(np.float32))

    def embed_queries(self, texts: list[str]) -> NDArray[np.float32]:
        rows = np.stack([self.table[np.frombuffer((text or " ").encode("utf-16-le", "surrogatepass"), "<u2")].sum(0) for text in texts])
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    def embed_passages(self, texts: list[str], *, progress: Callable[[int, int], None] | None = None) -> NDArray[np.float32]:
        if progress is not None:
            progress(len(texts), len(texts))
        return self.embed_queries(texts) if texts else np.empty((0, self.dim), np.float32)


def choose(stand_in: bool) -> Embedder:
    return StandIn() if stand_in else load_embedder()


def build(documents: Path, folder: Path, stand_in: bool) -> dict[str, Any]:
    """One process's work: the collection's index, kept in the folder."""
    embedded = 0

    def count(_done: int, total: int) -> None:
        nonlocal embedded
        embedded = total

    index = keep_index(read_documents(documents), choose(stand_in), folder, must_keep=True, progress=count)
    return {"passages": len(index.passages), "embedded": embedded}


def ask(documents: Path, folder: Path, stand_in: bool) -> dict[str, Any]:
    """Questions of the standing index: beginnings of its own passages, searched and answered."""
    embedder = choose(stand_in)
    index = keep_index(read_documents(documents), embedder, folder, must_keep=True)
    assistant = Assistant(index, load_reader("alignment" if stand_in else None))
    chance = np.random.default_rng(1)
    texts = [re.split("[，。；！？]", index.passages[at].text)[0][:40] for at in chance.integers(len(index.passages), size=QUESTIONS)]
    asked = [f"{text}是多少？" for text in texts if len(text) > 5]
    search(index, asked[0], 14)
    searching = [spent(lambda q=q: search(index, q, 14)) - spent(lambda q=q: embedder.embed_queries([q])) for q in asked]  # type: ignore[misc]
    answering = [spent(lambda q=q: assistant.ask(q)) for q in asked]  # type: ignore[misc]
    found: dict[str, Any] = {"dense": describe_search(index), "questions": len(asked)}
    for name, times in (("search", searching), ("answer", answering)):
        found |= {f"{name}_ms": round(median(times) * 1000, 1), f"{name}_p95_ms": round(quantiles(times, n=20)[-1] * 1000, 1)}
    return found


def spent(task: Callable[[], object]) -> float:
    """Processor seconds of this process."""
    started = time.process_time()
    task()
    return time.process_time() - started


def run(verb: str, documents: Path, folder: Path, stand_in: bool) -> dict[str, Any]:
    """A verb in a process of its own: what it found, its time and its most memory."""
    started = time.perf_counter()
    done = subprocess.run(child(verb, documents, folder, stand_in), stdout=subprocess.PIPE, encoding="utf-8", check=True)
    return {"seconds": round(time.perf_counter() - started, 1), **json.loads(done.stdout)}


def child(verb: str, documents: Path, folder: Path, stand_in: bool) -> list[str]:
    return [sys.executable, __file__, "--child", verb, str(documents), str(folder), "stand-in" if stand_in else ""]


def interrupt(documents: Path, folder: Path, stand_in: bool, size: int) -> None:
    """Starts a build and kills it (-9) once its file of vectors has so many bytes."""
    with subprocess.Popen(child("build", documents, folder, stand_in), stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and (not (folder / NAME).exists() or (folder / NAME).stat().st_size < size):
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)


def write_articles(texts: Path, folder: Path, count: int) -> None:
    """An article a file; control characters, for which a file is refused as damaged, are left out."""
    with (lzma.open if texts.suffix == ".xz" else open)(texts, "rt", encoding="utf-8") as lines:
        for number, line in zip(range(count), lines, strict=False):
            (folder / f"{number:05}.txt").write_text(re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", json.loads(line)["text"]), encoding="utf-8")


def measure(texts: Path, articles: int, stand_in: bool) -> None:
    with tempfile.TemporaryDirectory() as name:
        documents, folder = Path(name) / "articles", Path(name) / "index"
        documents.mkdir()
        write_articles(texts, documents, articles)
        report("build", built := run("build", documents, folder, stand_in))
        kept = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        print(f"on disk: {kept / 1e6:.1f} MB, {kept / built['passages']:.0f} bytes a passage", flush=True)
        report("open and ask", run("ask", documents, folder, stand_in))
        (documents / "added.txt").write_text("甲市新建口袋公园四十一个。", encoding="utf-8")
        report("add one article", run("build", documents, folder, stand_in))
        (documents / "00001.txt").unlink()
        report("delete one article", run("build", documents, folder, stand_in))
        other = Path(name) / "other"
        interrupt(documents, other, stand_in, built["passages"] // 2 * 1572)
        report("resume what was killed half-way", run("build", documents, other, stand_in))


def report(what: str, found: dict[str, Any]) -> None:
    print(f"{what}: " + ", ".join(f"{name} {value}" for name, value in found.items()), flush=True)


def main() -> None:
    if sys.argv[1:2] == ["--child"]:
        verb, documents, folder, encoder = sys.argv[2:]
        found = {"build": build, "ask": ask}[verb](Path(documents), Path(folder), bool(encoder))
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(json.dumps({"processor_seconds": round(used.ru_utime + used.ru_stime, 1), "peak_mb": used.ru_maxrss // 1024, **found}))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, metavar="TEXTS.jsonl", help="JSON lines with text, perhaps as .xz")
    parser.add_argument("--articles", type=int, default=30_000, help="how many of them (default: %(default)s)")
    parser.add_argument("--stand-in", action="store_true", help="vectors that cost nothing, in place of the encoder's")
    arguments = parser.parse_args()
    print(f"{arguments.articles} articles, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}", flush=True)
    measure(arguments.texts, arguments.articles, arguments.stand_in)


if __name__ == "__main__":
    main()
