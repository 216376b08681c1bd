"""What a search costs as passages grow in number: `python benchmarks/size.py TEXTS.jsonl.xz [--sizes 10000 100000 1000000]`.

The passages of some real articles are encoded; the many are made of them: two real vectors mixed, and noise. Their
words are those of the real passages again and again. Questions are the beginnings of other articles. Processor
milliseconds of one thread are shown, for on a machine that others use too the clock says little.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from chart import Line, draw  # noqa: E402
from grow import grow_lexical, grow_vectors  # noqa: E402
from large import write_articles  # noqa: E402

from documents.read import read_documents  # noqa: E402
from index.dense import (  # noqa: E402
    LARGE,
    Dense,
    build_dense,
    dense_from_bytes,
    dense_to_bytes,
    near_to_bytes,
    read_vectors,
    search_dense,
    with_near,
)
from index.durable import map_file  # noqa: E402
from index.embed import load_embedder  # noqa: E402
from index.keep import keep_index  # noqa: E402
from index.lexical import score_lexical  # noqa: E402
from index.scores import best_rows, fuse  # noqa: E402
from index.search import CANDIDATES, Index, sample_questions, searched_text  # noqa: E402

QUESTIONS = 100
OTHERS = ("IVF{lists},Flat", "HNSW16,SQ8")  # beside what the program chooses; built only up to --others rows
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cost:
    """One way to search at one size; times in milliseconds of a processor."""

    size: int
    way: str
    build_s: float
    bytes_each: float
    recall: float
    half: float
    p95: float


def time_each(task: Callable[[Any], object], given: Sequence[Any]) -> tuple[float, float]:
    """Median and 95th percentile, in milliseconds of a processor, after a first round that doesn't count."""
    for one in given[:20]:
        task(one)
    times = []
    for one in given:
        started = time.process_time()
        task(one)
        times.append((time.process_time() - started) * 1000)
    return median(times), quantiles(times, n=20)[-1]


def mapped(dense: Dense, folder: Path) -> Dense:
    """The same, from mapped files, as it is when it was saved and opened."""
    (folder / "vectors").write_bytes(dense_to_bytes(dense))
    found = dense_from_bytes(map_file(folder / "vectors"))
    if dense.near is not None:
        (folder / "near").write_bytes(near_to_bytes(dense))
        found = with_near(found, map_file(folder / "near"))
    return found


def recall(flat: Any, questions: Vectors, find: Callable[[Vectors], NDArray[np.int64]]) -> float:
    """The share of the ten nearest that are among what is found."""
    nearest = flat.search(questions, 10)[1]
    return float(np.mean([np.isin(ten, find(question)).mean() for ten, question in zip(nearest, questions, strict=True)]))


def measure_dense(rows: Vectors, samples: Vectors, questions: Vectors) -> tuple[list[Cost], Dense]:
    """Exact search, and the approximate index that is chosen for many: opened as it is when it was saved."""
    size, dim = rows.shape
    with tempfile.TemporaryDirectory() as folder:
        started = time.process_time()
        chosen = build_dense(rows, samples)
        took = time.process_time() - started
        opened = mapped(chosen, Path(folder))
        near_bytes = (Path(folder) / "near").stat().st_size
    exact = Dense(size, dim, opened.flat)
    costs = [Cost(size, "exact", 0, 4 * dim, 1, *time_each(lambda q: search_dense(exact, q, CANDIDATES), list(questions)))]
    share = recall(exact.flat, questions, lambda q: search_dense(opened, q, CANDIDATES))
    way = f"chosen: IVF{chosen.near.nlist},SQ8, {chosen.near.nprobe} lists"
    times = time_each(lambda q: search_dense(opened, q, CANDIDATES), list(questions))
    costs.append(Cost(size, way, took, near_bytes / size + 4 * dim, share, *times))
    return costs, opened


def measure_other(kind: str, rows: Vectors, questions: Vectors, flat: Any) -> Cost:
    """Another kind of FAISS index, set to find as much."""
    started = time.process_time()
    made: Any = faiss.index_factory(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    made.train(rows[:: max(1, len(rows) // 50_000)])
    made.add(rows)
    took = time.process_time() - started
    settings = [("nprobe", n) for n in (4, 8, 16, 32, 64)] if kind.startswith("IVF") else [("efSearch", n) for n in (128, 256, 512)]
    for name, value in settings:
        faiss.ParameterSpace().set_index_parameter(made, name, value)
        share = recall(flat, questions, lambda q: made.search(q[None], CANDIDATES)[1][0])
        if share >= 0.98:
            break
    each = len(faiss.serialize_index(made)) / len(rows) + (0 if kind.endswith("Flat") else 4 * rows.shape[1])
    return Cost(len(rows), f"{kind}, {name} {value}", took, each, share, *time_each(lambda q: made.search(q[None], CANDIDATES), list(questions)))


def measure_size(real: Index, asked: list[str], size: int, others: bool) -> Iterator[Cost]:
    """Every way at one size, then the words, then all of a search but the encoding of the question."""
    questions = real.embedder.embed_queries(asked)
    rows = grow_vectors(read_vectors(real.dense), size)
    samples = sample_questions([searched_text(passage) for passage in real.passages], real.embedder)
    costs, dense = measure_dense(rows, samples, questions)
    yield from costs
    yield from (measure_other(kind.format(lists=int(size**0.5)), rows, questions, dense.flat) for kind in (OTHERS if others else ()))
    del rows
    lexical = grow_lexical(real.lexical, size)
    words = time_each(lambda text: best_rows(score_lexical(lexical, text), CANDIDATES), asked)
    yield Cost(size, "words (BM25)", 0, 12 * len(lexical.rows) / len(lexical.lengths), 1, *words)  # rows, counts, weights
    whole = Index((), real.passages, dense if size >= LARGE else replace(dense, near=None), lexical, real.embedder)
    both = list(zip(asked, questions, strict=True))
    yield Cost(size, "whole search", 0, 0, 1, *time_each(lambda pair: search_encoded(whole, *pair), both))


def search_encoded(index: Index, text: str, vector: Vectors) -> NDArray[np.float64]:
    """index.search.search with the question encoded already: what it adds to the encoder."""
    lexical = score_lexical(index.lexical, text)
    near = search_dense(index.dense, vector, CANDIDATES)
    rows = np.union1d(near[near < len(lexical)], best_rows(lexical, CANDIDATES))
    return fuse(read_vectors(index.dense, rows) @ vector, lexical[rows])


def show(cost: Cost) -> str:
    return f"| {cost.size:,} | {cost.way} | {cost.build_s:.1f} | {cost.bytes_each:.0f} | {cost.recall:.3f} | {cost.half:.2f} | {cost.p95:.2f} |"


def estimate(costs: Sequence[Cost], size: int) -> str:
    """The largest size's figures carried on: lists grow with the root, postings in proportion."""
    largest = max(cost.size for cost in costs)
    times = size / largest
    dense = [cost for cost in costs if cost.size == largest and cost.way.startswith("chosen")]
    (words,) = [cost for cost in costs if cost.size == largest and cost.way.startswith("words")]
    if not dense:
        return ""
    near, disk, memory = dense[0], dense[0].bytes_each * size / 1e9, words.bytes_each * size / 1e9
    build = near.build_s * times**1.5 / 3600
    return (
        f"{size:,} on paper: vectors {disk:.0f} GB on disk, postings {memory:.0f} GB in memory, "
        f"{build:.0f} processor hours of lists, p95 {near.p95 * times**0.5:.0f} ms near + {words.p95 * times:.0f} ms words"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("texts", type=Path, metavar="TEXTS.jsonl")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--articles", type=int, default=2000, help="whose passages are encoded (default: %(default)s)")
    parser.add_argument("--others", type=int, default=100_000, help="largest size at which other kinds of index are built")
    parser.add_argument("--keep", type=Path, help="where the real passages' index is kept between runs")
    parser.add_argument("--chart", type=Path, help="an SVG of the curves")
    arguments = parser.parse_args()
    faiss.omp_set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        write_articles(arguments.texts, Path(folder), arguments.articles + QUESTIONS)
        documents = read_documents(folder)
    kept = arguments.keep or Path(tempfile.mkdtemp())
    real = keep_index(documents[: arguments.articles], load_embedder(), kept, must_keep=True)
    asked = [document.text.strip().split("\n")[0][:25] for document in documents[arguments.articles :]]
    print(f"{len(real.passages)} real passages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print("| passages | way | build s | bytes a passage | recall@10 | median ms | p95 ms |\n|---|---|---|---|---|---|---|")
    costs: list[Cost] = []
    for size in arguments.sizes:
        for cost in measure_size(real, asked, size, size <= arguments.others):
            costs.append(cost)
            print(show(cost), flush=True)
    print("\n" + estimate(costs, 100_000_000))
    if arguments.chart:
        ways = {"exact": "exact vectors", "chosen": "chosen vectors", "words": "words", "whole": "whole search"}
        lines = [Line(name, tuple((cost.size, cost.p95) for cost in costs if cost.way.startswith(way))) for way, name in ways.items()]
        arguments.chart.write_text(draw(lines, "passages", "p95, ms of a processor"), encoding="utf-8")


if __name__ == "__main__":
    main()
