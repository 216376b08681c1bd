"""What flows out of this room."""

from __future__ import annotations

from dataclasses import dataclass

from documents.types import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. Higher scores are better, everywhere; equal scores keep the passages' order."""

    passage: Passage
    score: float  # fused and standardised: comparable within one search only
    cosine: float  # of the question's and the passage's embedding, comparable across searches
    lexical: float  # BM25 over character unigrams and bigrams
