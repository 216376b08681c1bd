"""Encoders: two verbs, for questions and for passages, and one way to load any of them.

The embedded encoder runs on onnxruntime directly; every other one goes through sentence-transformers, whose own
prompts, pooling and truncation it keeps. Vectors are unit rows always, so that their product is the cosine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError

EMBEDDED = "multilingual-e5-small-zh-en-int8"
MODELS = Path(__file__).resolve().parent / "models"
OUR_MODULE = "index.st_module.OnnxModule"


class Embedder(Protocol):
    """What search needs of an encoder. `name`, `dim` and `digest` are its identity, and an index keeps them."""

    @property
    def name(self) -> str:
        """The encoder's folder or hub name."""

    @property
    def dim(self) -> int:
        """The length of a row."""

    @property
    def digest(self) -> str:
        """sha256, in hexadecimal, over all that decides what its vectors are."""

    def embed_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Questions to unit rows, float32 [n, dim], in the order given."""

    def embed_passages(
        self, texts: list[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Passages to unit rows, float32 [n, dim], in the order given.

        `progress` is called with (done, total); what it raises ends the work and is passed on.
        """


def load_embedder(name: str | None = None) -> Embedder:
    """The embedded encoder (None or its name), or any sentence-transformers model by folder or hub name.

    A folder is read without a network. A hub name may download, unless HF_HUB_OFFLINE is set.
    EmbedderError says what can't be loaded and what to do next.
    """
    from index.onnx_encoder import load_onnx_encoder

    if name is None or name == EMBEDDED:
        return load_onnx_encoder(MODELS / EMBEDDED)
    folder = Path(name).expanduser()
    local = bool(name) and folder.is_dir()
    if local:
        if _is_exported(folder):
            return load_onnx_encoder(folder)
    elif not re.fullmatch(r"\w[\w.-]*(/[\w.-]+)?", name, re.ASCII):
        raise EmbedderError(
            f"{name}: no such folder; name a sentence-transformers folder, or leave it out for {EMBEDDED}"
        )
    from index.st_encoder import load_st_encoder

    return load_st_encoder(str(folder) if local else name)


def check_rows(rows: NDArray[np.float32], texts: int, embedder: Embedder) -> NDArray[np.float32]:
    """The rows themselves, once they are known to be float32 [texts, dim] and of unit length; else EmbedderError."""
    if rows.dtype != np.float32 or rows.shape != (texts, embedder.dim):
        raise EmbedderError(
            f"{embedder.name}: returned {rows.dtype} {list(rows.shape)} for {texts} texts, "
            f"not float32 {[texts, embedder.dim]}; choose another encoder"
        )
    lengths = np.linalg.norm(rows, axis=1)
    bad = np.flatnonzero(~(np.abs(lengths - 1) < 1e-3))  # written so that NaN is bad too
    if bad.size:
        raise EmbedderError(
            f"{embedder.name}: row {bad[0]} has length {lengths[bad[0]]:.4g}, not 1; choose another encoder"
        )
    return rows


def _is_exported(folder: Path) -> bool:
    """Whether the folder was made by scripts/export_encoder.py."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        return [module["type"] for module in modules] == [OUR_MODULE]
    except (OSError, ValueError, KeyError, TypeError):
        return False  # sentence-transformers will say what is wrong with it
