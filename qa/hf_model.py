"""An extractive question-answering model of Hugging Face in the span model's place, by folder or hub name.

Its own tokenizer cuts the windows; PyTorch runs it. What it scores against "no answer" is its own first token, as SQuAD 2.0
models are trained; one trained without unanswerable questions refuses nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qa.errors import ReaderError
from qa.span_model import ScoredSpan, best_apart, window_spans

LONGEST, OVERLAP = 384, 96  # tokens of a window, and those that two windows share


@dataclass(frozen=True, slots=True, eq=False)
class HuggingFaceModel:
    """Scores spans as SpanModel does. It has no use for the context: its training had none."""

    name: str
    tokenizer: Any
    model: Any

    def find_spans(self, question: str, context: str, passage: str, k: int, breaks: Sequence[int] = ()) -> list[ScoredSpan]:  # noqa: ARG002
        """The k best spans of a passage that don't overlap a better one, best first. None crosses one of the offsets `breaks`."""
        import torch

        longest = min(LONGEST, self.tokenizer.model_max_length)
        cut = self.tokenizer(
            question[:200], passage, truncation="only_second", max_length=longest, stride=min(OVERLAP, longest // 4), return_overflowing_tokens=True, return_offsets_mapping=True, return_tensors="pt", padding=True
        )
        offsets = cut.pop("offset_mapping").numpy()
        cut.pop("overflow_to_sample_mapping")
        with torch.inference_mode():
            out = self.model(**cut)
        scores = torch.stack([out.start_logits, out.end_logits], -1).float().numpy()
        found: list[ScoredSpan] = []
        for row in range(len(scores)):
            mine = [i for i, part in enumerate(cut.sequence_ids(row)) if part == 1]
            places = [(int(a), int(b)) for a, b in offsets[row][mine]]
            found += window_spans(places, np.concatenate([scores[row][:1], scores[row][mine]]), k, breaks)
        return best_apart(found, k)


def load_hf_model(name: str) -> HuggingFaceModel:
    """Reads a model and its fast tokenizer. ReaderError says what can't be loaded."""
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True)
        model = AutoModelForQuestionAnswering.from_pretrained(name).eval()
    except (OSError, ValueError, KeyError) as error:
        raise ReaderError(f"{name}: no question-answering model can be loaded ({str(error).splitlines()[0]}); name a folder or hub name of one, or leave it out") from error
    return HuggingFaceModel(name, tokenizer, model)
