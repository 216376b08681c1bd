"""Words, without a dictionary of our own: the embedded encoder's tokenizer knows which characters go together, and how common each piece is in text at large."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from index.embed import EMBEDDED, MODELS

# Log-probabilities of pieces: at COMMON and above a piece says nothing (的, 是), at RARE and below all it can (铁路, 摩).
COMMON, RARE = -8.6, -12.8


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(MODELS / EMBEDDED / "tokenizer.json"))


@cache
def _scores() -> dict[str, float]:
    model = json.loads((MODELS / EMBEDDED / "tokenizer.json").read_text(encoding="utf-8"))["model"]
    return {piece: float(score) for piece, score in model["vocab"]}


def split_words(text: str) -> list[str]:
    """A text's pieces in order, white space dropped: 网站和手机 → 网站, 和, 手机. What isn't known falls into characters."""
    found = _tokenizer().encode(text, add_special_tokens=False)
    # The piece "▁" marks a word's beginning and claims the character behind it as its own.
    return [
        text[s:e]
        for token, (s, e) in zip(found.tokens, found.offsets, strict=True)
        if token != "▁" and text[s:e].strip()
    ]


def tell(piece: str) -> float:
    """How much a piece tells about what is meant, 0.1 (的) to 1 (a rare word, or one that isn't known)."""
    score = max(_scores().get(piece, -20.0), _scores().get("▁" + piece, -20.0))
    return min(1.0, max(0.1, (COMMON - score) / (COMMON - RARE)))
