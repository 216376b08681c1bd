"""The embedded encoder's engine: tokenizers and onnxruntime, no torch.

It runs one text at a time: the weights are int8 and the activations' scale is taken over the whole input, so
in a batch a text's vector would depend on its neighbours. On two cores nothing is lost in speed.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError

FILES = ("model.onnx", "tokenizer.json", "encoder.json", "config_sentence_transformers.json")
THREADS = 8  # at most: one short text keeps no more busy


@dataclass(frozen=True, slots=True, eq=False)
class OnnxEncoder:
    """An encoder in an exported folder (scripts/export_encoder.py). Safe to share between threads."""

    name: str
    dim: int
    digest: str  # sha256 over FILES, names and contents
    max_tokens: int
    query_prompt: str
    passage_prompt: str
    tokenizer: Any
    session: Any

    def embed_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Questions to unit rows, float32 [n, dim], in the order given."""
        return self._embed(texts, self.query_prompt, None)

    def embed_passages(
        self, texts: list[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Passages to unit rows, float32 [n, dim], in the order given.

        `progress` is called with (done, total) after each; what it raises ends the work and is passed on.
        """
        return self._embed(texts, self.passage_prompt, progress)

    def _embed(
        self, texts: list[str], prompt: str, progress: Callable[[int, int], None] | None
    ) -> NDArray[np.float32]:
        rows = np.empty((len(texts), self.dim), np.float32)
        for done, text in enumerate(texts):
            rows[done] = self.embed_ids(self.token_ids(prompt + text))
            if progress is not None:
                progress(done + 1, len(texts))
        return rows

    def token_ids(self, text: str) -> list[int]:
        """The text's tokens with both end marks, max_tokens at most. A lone surrogate counts as a "?"."""
        readable = text.encode("utf-8", "replace").decode("utf-8")
        return list(self.tokenizer.encode(readable).ids)

    def embed_ids(self, ids: list[int]) -> NDArray[np.float32]:
        """One text's unit row, float32 [dim]."""
        row: NDArray[np.float32] = self.session.run(None, {"input_ids": np.array([ids], np.int64)})[0][0]
        return row


def load_onnx_encoder(folder: Path) -> OnnxEncoder:
    """Reads an exported encoder. EmbedderError names the file that is missing or damaged."""
    import onnxruntime
    from tokenizers import Tokenizer

    contents = {name: _read(folder / name) for name in FILES}
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_cores(), THREADS)
    options.log_severity_level = 3
    try:
        shape = json.loads(contents["encoder.json"])
        prompts = json.loads(contents["config_sentence_transformers.json"])["prompts"]
        json.loads(
            contents["tokenizer.json"]
        )  # tokenizers raises a bare Exception where this raises ValueError
        tokenizer = Tokenizer.from_buffer(contents["tokenizer.json"])
        tokenizer.no_padding()
        tokenizer.enable_truncation(shape["max_tokens"])
        session = onnxruntime.InferenceSession(
            contents["model.onnx"], options, providers=["CPUExecutionProvider"]
        )
        return OnnxEncoder(
            name=folder.name,
            dim=shape["dim"],
            digest=digest.hexdigest(),
            max_tokens=shape["max_tokens"],
            query_prompt=prompts["query"],
            passage_prompt=prompts["document"],
            tokenizer=tokenizer,
            session=session,
        )
    except _damage() as error:
        raise EmbedderError(
            f"{folder}: the encoder is damaged ({str(error).splitlines()[0]}); "
            "make it again with scripts/export_encoder.py, or install the package again"
        ) from error


def _damage() -> tuple[type[BaseException], ...]:
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    native = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile)
    return (ValueError, KeyError, TypeError, *native)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EmbedderError(
            f"{path}: {error.strerror}; make the encoder with scripts/export_encoder.py, or install the package again"
        ) from error


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
