"""The reader's seam: which span of which sentence answers the question, and how surely. Anything with `read` can take its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from qa.errors import ReaderError
from qa.evidence import Evidence
from qa.figures import Figure
from qa.types import Question, Refusal
from qa.units import Unit

EMBEDDED = "span-reader-zh-en-int8"
ALIGNMENT = "alignment"
MODELS = Path(__file__).resolve().parent / "models"


@dataclass(frozen=True, slots=True)
class Span:
    """A slice of a sentence that may answer."""

    evidence: Evidence
    start: int  # in the document
    end: int
    score: float  # 0 to 1: how likely it is to be right; of the alignment reader, what speaks for it
    met: float  # 0 to 1: how much of the question stands around it
    figure: Figure | None
    against: Refusal  # "" or why it can't answer although it is near: another period, another basis


@dataclass(frozen=True, slots=True)
class Reading:
    """Spans, best first, and how likely it is that none of them answers (0 to 1)."""

    spans: tuple[Span, ...]
    no_answer: float
    enough: float  # a span with a lower score answers nothing


class Reader(Protocol):
    """What reads: spans for a question among sentences."""

    @property
    def name(self) -> str:
        """What `load_reader` knows it by."""

    def read(self, question: Question, units: Sequence[Unit], evidence: Sequence[Evidence]) -> Reading:
        """Spans with their scores, best first, and the score of no answer."""
        ...


def load_reader(name: str | None = None) -> Reader:
    """The embedded reader (None or its name), the one without a model ("alignment"), or any extractive model of
    Hugging Face by folder or hub name. A hub name may download, unless HF_HUB_OFFLINE is set.

    Raises ReaderError for what can't be loaded, and says what to do.
    """
    from qa.alignment import AlignmentReader
    from qa.span_model import load_span_model
    from qa.span_reader import SpanReader

    if name == ALIGNMENT:
        return AlignmentReader()
    if name is None or name == EMBEDDED:
        return SpanReader(load_span_model(MODELS / EMBEDDED))
    folder = Path(name).expanduser()
    if (folder / "reader.json").is_file():
        return SpanReader(load_span_model(folder))
    if not folder.is_dir() and ("/" not in name or name.startswith((".", "/", "~"))):
        raise ReaderError(f"{name}: no such folder; name a folder or a hub name of a question-answering model, or leave it out for {EMBEDDED}")
    from qa.hf_model import load_hf_model

    return SpanReader(load_hf_model(str(folder) if folder.is_dir() else name))
