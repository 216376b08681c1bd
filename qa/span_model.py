"""The embedded span model's engine: tokenizers and onnxruntime, no torch.

It reads one window at a time: activations are scaled over the whole input, so in a batch a window's scores would
depend on its neighbours, and on two cores a batch gains nothing.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.onnx_session import damage, digest_files, open_session, open_tokenizer, read_files
from qa.errors import ReaderError
from qa.windows import Window, cut_windows

FILES = ("model.onnx", "tokenizer.json", "reader.json")
MAKE = "python -m training.export, or install the package again"
LONGEST_ANSWER = 96  # tokens


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """A slice of a passage. `score`: log odds of the span against "this passage doesn't answer", as the model gives them."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class SpanModel:
    """A span model in an exported folder (python -m training.export). Safe to share between threads."""

    name: str
    digest: str  # sha256 over FILES, names and contents
    slope: float  # calibration: probability = 1 / (1 + exp(-(slope * score + offset)))
    offset: float
    tokenizer: Any
    session: Any

    def find_spans(self, question: str, context: str, passage: str, k: int, breaks: Sequence[int] = ()) -> list[ScoredSpan]:
        """The k best spans of a passage that don't overlap a better one, best first. None crosses one of the offsets `breaks`."""
        found: list[ScoredSpan] = []
        for window in cut_windows(self.tokenizer, question, context, passage):
            found += window_spans(window.offsets, self.score(window), k, breaks)
        return best_apart(found, k)

    def score(self, window: Window) -> NDArray[np.float32]:
        """Start and end scores, float32 [1 + passage tokens, 2]; row 0 is "not here"."""
        ids = np.array([window.ids], np.int64)
        kinds = np.zeros_like(ids)
        kinds[0, window.first : window.first + len(window.offsets)] = 1
        rows: NDArray[np.float32] = self.session.run(None, {"ids": ids, "kinds": kinds})[0][0]
        return np.concatenate([rows[:1], rows[window.first : window.first + len(window.offsets)]])

    def probability(self, score: float) -> float:
        """A score as the share of such spans that were right on the development questions."""
        return float(1 / (1 + np.exp(-np.clip(self.slope * score + self.offset, -30, 30))))


def window_spans(offsets: Sequence[tuple[int, int]], scores: NDArray[np.float32], k: int, breaks: Sequence[int] = ()) -> list[ScoredSpan]:
    """The best k·4 spans of one window, best first. `scores` [1 + tokens, 2] as SpanModel.score gives them."""
    count = len(offsets)
    sums = scores[1:, None, 0] + scores[None, 1:, 1] - scores[0].sum()
    piece = np.searchsorted(np.asarray(breaks, np.int64), [start for start, _ in offsets], side="right")
    inside = np.tri(count, count, 0, dtype=bool).T & np.tri(count, count, LONGEST_ANSWER - 1, dtype=bool) & (piece[:, None] == piece[None, :])
    sums = np.where(inside, sums, -np.inf)
    best = np.argsort(-sums, axis=None, kind="stable")[: min(k * 4, int(inside.sum()))]
    pairs = (divmod(int(at), count) for at in best)
    return [ScoredSpan(offsets[a][0], offsets[b][1], float(sums[a, b])) for a, b in pairs if offsets[a][0] < offsets[b][1]]


def best_apart(spans: list[ScoredSpan], k: int) -> list[ScoredSpan]:
    """The k best, each apart from every better one."""
    kept: list[ScoredSpan] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start, s.end)):
        if len(kept) == k:
            break
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def load_span_model(folder: Path) -> SpanModel:
    """Reads an exported span model. ReaderError names the file that is missing or damaged."""
    contents = read_files(folder, FILES, ReaderError, f"make the reader with {MAKE}")
    try:
        numbers = json.loads(contents["reader.json"])
        return SpanModel(
            name=folder.name,
            digest=digest_files(contents),
            slope=float(numbers["slope"]),
            offset=float(numbers["offset"]),
            tokenizer=open_tokenizer(contents["tokenizer.json"]),
            session=open_session(contents["model.onnx"]),
        )
    except damage() as error:
        raise ReaderError(f"{folder}: the reader is damaged ({str(error).splitlines()[0]}); make it again with {MAKE}") from error
