"""Fits what turns scores into probabilities: python -m training.calibrate MODEL --data FILE … [--questions FILE --documents PATH …]

Two fits, both logistic, both on development questions that trained nothing:
- the model alone, the right passage given: slope and offset, written into MODEL/reader.json;
- the best span of a whole collection, by qa/span_reader.py's sum of log odds and what is met: its CONSTANT and SLOPE, printed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from documents.read import document_from_text
from index.embed import load_embedder
from qa.answers import flat
from qa.assistant import Assistant, assistant_over, open_assistant
from qa.question import parse_question
from qa.questions import read_examples as read_questions
from qa.scores import overlap_f1
from qa.span_model import load_span_model
from qa.span_reader import FAR, SpanReader, weigh
from training.examples import read_examples
from training.measure import read_all, reader

RIGHT = 0.6  # a span with this F1 or more counts as right


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its accepted answers; none where it has no answer."""

    question: str
    answers: tuple[str, ...]


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


def collect(assistant: Assistant, examples: Sequence[Asked]) -> Iterator[tuple[float, float]]:
    """For each question the sum of its best span, and whether that is right."""
    span_reader = assistant.reader
    assert isinstance(span_reader, SpanReader)
    for example in tqdm(examples, mininterval=10, file=sys.stderr):
        question = parse_question(example.question)
        sources = assistant.sources(question)
        proposed = span_reader.propose(question, sources.units(question), sources.evidence)
        sums = [(weigh(model, span), span) for span, model in proposed if not span.against]
        if sums:
            best, span = max(sums, key=lambda pair: pair[0])
            said = flat(span.evidence.document.text[span.start : span.end])
            yield best, float(overlap_f1(example.answers, said) >= RIGHT)


def of_passages(path: Path, model: Path, most: int) -> tuple[Assistant, list[Asked]]:
    """The questions of a file of examples, over a collection of all their passages."""
    examples = list(read_examples(path))
    passages = [document_from_text(str(n), text) for n, text in enumerate(dict.fromkeys(e.passage for e in examples))]
    some = random.Random(0).sample(examples, min(len(examples), most))
    assistant = assistant_over(passages, load_embedder(), SpanReader(load_span_model(model)))
    return assistant, [Asked(e.question, (e.answer, *e.others) if e.start >= 0 else ()) for e in some]


def of_evaluation(path: Path, model: Path, documents: Sequence[str]) -> tuple[Assistant, list[Asked]]:
    """The questions of an evaluation file that one span answers, or none, over its documents."""
    kinds = ("figure", "change", "reworded", "typo", "who", "when", "where", "reason", "manner", "guard", "absent", "far")
    rows = [e for e in read_questions(path).examples if e.kind in kinds and not e.items]
    return open_assistant(documents, reader=str(model)), [Asked(e.question, tuple(e.answers)) for e in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", nargs="+", type=Path, required=True)
    parser.add_argument("--most", type=int, default=400, help="questions of each file for the second fit")
    parser.add_argument("--questions", type=Path, help="an evaluation file, asked over --documents")
    parser.add_argument("--documents", nargs="+", default=[])
    options = parser.parse_args()
    rows = [row for path in options.data for row in read_all(list(read_examples(path)), reader(options.model))]
    offset, slope = fit_logistic(np.array([[max(-FAR, min(FAR, r.score))] for r in rows]), np.array([float(r.f1 >= RIGHT) for r in rows]))
    (options.model / "reader.json").write_text(json.dumps({"slope": round(float(slope), 4), "offset": round(float(offset), 4)}) + "\n", encoding="utf-8")
    print(f"the model alone: slope {slope:.4f}, offset {offset:.4f}")
    sets = [of_passages(path, options.model, options.most) for path in options.data]
    if options.questions:
        sets.append(of_evaluation(options.questions, options.model, options.documents))
    found = [row for assistant, asked in sets for row in collect(assistant, asked)]
    table = np.array(found)
    constant, slope = fit_logistic(table[:, :1], table[:, 1])
    print(f"over a collection: CONSTANT, SLOPE = {constant:.3f}, {slope:.3f}")


if __name__ == "__main__":
    main()
