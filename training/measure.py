"""How well a span model reads, the right passage given: python -m training.measure MODEL --data FILE … [--sentences]

For each file: EM and F1 as CMRC 2018 computes them, over the answerable questions; and how well the best span's score tells
answerable from unanswerable ones: ROC AUC, precision of refusing where 95 % of the unanswerable are refused, expected
calibration error. By kind with --kinds. --sentences measures the baseline beside it: the encoder's best sentence.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from qa.scores import calibrate, calibration_error, exact_match, overlap_f1
from qa.span_model import load_span_model
from training.examples import Example, read_examples
from training.squad import SENTENCE

Read = Callable[[Example], tuple[str, float]]  # the best answer of an example's passage, and its score


@dataclass(frozen=True, slots=True)
class Row:
    """One question as read."""

    example: Example
    answer: str
    score: float
    exact: float
    f1: float


def read_all(examples: Sequence[Example], read: Read) -> list[Row]:
    rows = []
    for example in tqdm(examples, mininterval=10, file=sys.stderr):
        answer, score = read(example)
        right = [example.answer, *example.others] if example.start >= 0 else []
        rows.append(Row(example, answer, score, float(exact_match(right, answer)), overlap_f1(right, answer)))
    return rows


def reader(folder: Path) -> Read:
    model = load_span_model(folder)

    def read(example: Example) -> tuple[str, float]:
        best = model.find_spans(example.question, example.context, example.passage, 1)
        return (example.passage[best[0].start : best[0].end], best[0].score) if best else ("", -99.0)

    return read


def best_sentence() -> Read:
    """The baseline without training: the sentence nearest to the question by the embedded encoder."""
    from index.embed import load_embedder

    encoder = load_embedder()

    def read(example: Example) -> tuple[str, float]:
        sentences = [m.group() for m in SENTENCE.finditer(example.passage) if m.group().strip()]
        scores = encoder.embed_passages(sentences) @ encoder.embed_queries([example.question])[0]
        return sentences[int(np.argmax(scores))], float(scores.max())

    return read


def auc(scores: NDArray[np.float64], answerable: NDArray[np.bool_]) -> float:
    """The chance that an answerable question scores higher than an unanswerable one; ties count half."""
    from scipy.stats import rankdata

    ranks, yes, no = rankdata(scores), int(answerable.sum()), int((~answerable).sum())
    return float((ranks[answerable].sum() - yes * (yes + 1) / 2) / (yes * no))


def refusal_precision(scores: NDArray[np.float64], answerable: NDArray[np.bool_], recall: float = 0.95) -> float:
    """Of all that is refused, the share that is unanswerable, at the threshold that refuses `recall` of the unanswerable."""
    limit = np.quantile(scores[~answerable], recall, method="higher")
    refused = scores <= limit
    return float((refused & ~answerable).sum() / refused.sum())


def report(name: str, rows: Sequence[Row], probability: Callable[[float], float] | None) -> str:
    answered = [r for r in rows if r.example.start >= 0]
    line = f"{name:34} n {len(answered):5}"
    if answered:
        line += f"  EM {100 * np.mean([r.exact for r in answered]):5.1f}  F1 {100 * np.mean([r.f1 for r in answered]):5.1f}"
    if 0 < len(answered) < len(rows):
        scores, can = np.array([r.score for r in rows]), np.array([r.example.start >= 0 for r in rows])
        line += f"  unanswerable {len(rows) - len(answered):5}  AUC {auc(scores, can):.3f}  refusal precision at 95 % recall {refusal_precision(scores, can):.3f}"
        if probability:
            line += f"  ECE {calibration_error(calibrate([probability(s) for s in scores], [r.f1 >= 0.5 for r in rows])):.3f}"
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--most", type=int, default=0, help="questions of each file, drawn at random; 0 = all")
    parser.add_argument("--kinds", action="store_true")
    parser.add_argument("--sentences", action="store_true")
    options = parser.parse_args()
    model: Any = load_span_model(options.model)
    for path in options.data:
        examples = list(read_examples(path))
        if options.most and len(examples) > options.most:
            examples = random.Random(0).sample(examples, options.most)
        rows = read_all(examples, reader(options.model))
        print(report(path.stem, rows, model.probability), flush=True)
        for kind in sorted({r.example.kind for r in rows}) if options.kinds else ():
            of = [r for r in rows if r.example.kind == kind or (kind.startswith("none") and r.example.start >= 0)]
            print("  " + report(kind, of, None), flush=True)
        if options.sentences:
            print(report(f"{path.stem}, best sentence", read_all(examples, best_sentence()), None), flush=True)


if __name__ == "__main__":
    main()
