"""Windows: a question, its passage and the passage's context as the tokens that the span model reads, with exact offsets.

Training and answering cut their windows here, so that both see the same. Answers are slices of the passage: a token knows
which characters it covers, and nothing is ever decoded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from documents.fold import fold

CLS, PAD, SEP = 0, 1, 2
LONGEST = 224  # tokens of a window, the three parts and their marks together
QUESTION, CONTEXT = 48, 40  # tokens of them at most
OVERLAP = 64  # passage tokens that two neighbouring windows of a long passage share


@dataclass(frozen=True, slots=True)
class Window:
    """What the span model reads at once."""

    ids: tuple[int, ...]
    first: int  # position of the first passage token; those before it are no answer
    offsets: tuple[tuple[int, int], ...]  # of each passage token, in characters of the passage


def cut_windows(tokenizer: Any, question: str, context: str, passage: str) -> Iterator[Window]:
    """The windows that cover a passage, in order; one, unless the passage is long."""
    asked = encode(tokenizer, question).ids[:QUESTION]
    around = encode(tokenizer, context).ids[-CONTEXT:] if context else []
    head = (CLS, *asked, SEP, *around, SEP)
    tokens = encode(tokenizer, passage)
    room = LONGEST - len(head) - 1
    start = 0
    while True:
        stop = min(start + room, len(tokens.ids))
        yield Window((*head, *tokens.ids[start:stop], SEP), len(head), tuple(tokens.offsets[start:stop]))
        if stop == len(tokens.ids):
            return
        start = stop - OVERLAP


def encode(tokenizer: Any, text: str) -> Any:
    """The text's tokens without marks, in simplified characters and half width, capitals kept; offsets are the text's."""
    plain = "".join(char if char.isascii() else folded for char, folded in zip(text, fold(text), strict=True))
    return tokenizer.encode(plain, add_special_tokens=False)
