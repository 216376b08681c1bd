"""Fits what turns scores into probabilities: python -m training.calibrate MODEL --data FILE … [--questions FILE --documents PATH …]

Two fits, both logistic, both on development questions that trained nothing:
- the model alone, the right passage given: slope and offset, written into MODEL/reader.json;
- the model's log odds and the alignment's score, retrieval included: the weights of qa/span_reader.py, printed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from documents.read import document_from_text
from index.embed import load_embedder
from qa.assistant import Assistant, assistant_over
from qa.question import parse_question
from qa.scores import overlap_f1
from qa.span_model import load_span_model
from qa.span_reader import FAR, SpanReader
from training.examples import Example, read_examples
from training.measure import read_all, reader

RIGHT = 0.6  # a span with this F1 or more counts as right


def fit_logistic(features: NDArray[np.float64], right: NDArray[np.float64], steps: int = 100) -> NDArray[np.float64]:
    """Weights [1 + features] of a logistic regression with a small ridge, by Newton's method; the constant first."""
    x = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (p - right) + 1e-3 * weights
        curve = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(x.shape[1])
        weights -= np.linalg.solve(curve, slope)
    return weights


def collect(assistant: Assistant, examples: Sequence[Example]) -> Iterator[tuple[float, float, float]]:
    """For each span proposed for each question: log odds, alignment, and whether it is right."""
    span_reader = assistant.reader
    assert isinstance(span_reader, SpanReader)
    for example in tqdm(examples, mininterval=10, file=sys.stderr):
        question = parse_question(example.question)
        sources = assistant.sources(question)
        for span, model in span_reader.propose(question, sources.units(question), sources.evidence):
            if span.against:
                continue
            said = span.evidence.document.text[span.start : span.end]
            right = example.start >= 0 and overlap_f1([example.answer, *example.others], said) >= RIGHT
            yield max(-FAR, min(FAR, model)), span.score, float(right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--most", type=int, default=400, help="questions of each file for the second fit")
    options = parser.parse_args()
    files = {path: list(read_examples(path)) for path in options.data}
    rows = [row for examples in files.values() for row in read_all(examples, reader(options.model))]
    offset, slope = fit_logistic(np.array([[max(-FAR, min(FAR, r.score))] for r in rows]), np.array([float(r.f1 >= RIGHT) for r in rows]))
    (options.model / "reader.json").write_text(json.dumps({"slope": round(float(slope), 4), "offset": round(float(offset), 4)}) + "\n", encoding="utf-8")
    print(f"the model alone: slope {slope:.4f}, offset {offset:.4f}")
    found = []
    for examples in files.values():
        passages = {text: document_from_text(str(n), text) for n, text in enumerate(dict.fromkeys(e.passage for e in examples))}
        assistant = assistant_over(list(passages.values()), load_embedder(), SpanReader(load_span_model(options.model)))
        some = random.Random(0).sample(examples, min(len(examples), options.most))
        found += list(collect(assistant, some))
    table = np.array(found)
    weights = fit_logistic(table[:, :2], table[:, 2])
    print("over a collection: WEIGHTS =", tuple(round(float(w), 3) for w in weights))
    np.save(options.model.parent / "calibration.npy", table)


if __name__ == "__main__":
    main()
