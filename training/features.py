"""Examples as windows with labels, and windows as padded batches."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.windows import PAD, Window, cut_windows
from training.examples import Example

Array = NDArray[np.int64]
TOKENS = 3072  # of a batch, padding included
STEP = 16  # windows are padded to a multiple of this


@dataclass(frozen=True, slots=True)
class Feature:
    """A window and the positions of its answer's first and last token; 0 and 0 where it holds no answer."""

    window: Window
    start: int
    end: int


def features_of(example: Example, tokenizer: Any) -> Iterator[Feature]:
    """One feature a window. A window that holds a part of the answer alone is left out."""
    for window in cut_windows(tokenizer, example.question, example.context, example.passage):
        inside = [i for i, (a, b) in enumerate(window.offsets) if example.start < b and a < example.end and a < b]
        if example.start < 0 or not inside:
            yield Feature(window, 0, 0)
        elif window.offsets[inside[0]][0] <= example.start and window.offsets[inside[-1]][1] >= example.end:
            yield Feature(window, window.first + inside[0], window.first + inside[-1])


def batches(features: Sequence[Feature], rng: random.Random) -> list[list[Feature]]:
    """All features once, in batches of like length, shuffled. Batches hold TOKENS tokens at most."""
    order = sorted(features, key=lambda f: (padded(len(f.window.ids)), rng.random()))
    found: list[list[Feature]] = []
    for feature in order:
        width = padded(len(feature.window.ids))
        if found and padded(len(found[-1][0].window.ids)) == width and (len(found[-1]) + 1) * width <= TOKENS:
            found[-1].append(feature)
        else:
            found.append([feature])
    rng.shuffle(found)
    return found


def padded(length: int) -> int:
    return -(-length // STEP) * STEP


def stack(windows: Sequence[Window], width: int = 0) -> tuple[Array, Array, Array]:
    """ids, mask and kinds, int64 [windows, tokens]."""
    width = width or max(len(w.ids) for w in windows)
    ids = np.full((len(windows), width), PAD, np.int64)
    mask, kinds = np.zeros_like(ids), np.zeros_like(ids)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
        kinds[row, window.first : window.first + len(window.offsets)] = 1
    return ids, mask, kinds


def all_features(examples: Iterable[Example], tokenizer: Any) -> list[Feature]:
    return [f for e in examples for f in features_of(e, tokenizer)]
