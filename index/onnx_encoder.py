"""The embedded encoder's engine: tokenizers and onnxruntime, no torch.

It runs one text at a time: the weights are int8 and the activations' scale is taken over the whole input, so
in a batch a text's vector would depend on its neighbours. On two cores nothing is lost in speed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError
from index.onnx_session import damage, digest_files, open_session, open_tokenizer, read_files

FILES = ("model.onnx", "tokenizer.json", "encoder.json", "config_sentence_transformers.json")
MAKE = "scripts/export_encoder.py, or install the package again"


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
    contents = read_files(folder, FILES, EmbedderError, f"make the encoder with {MAKE}")
    try:
        shape = json.loads(contents["encoder.json"])
        prompts = json.loads(contents["config_sentence_transformers.json"])["prompts"]
        tokenizer = open_tokenizer(contents["tokenizer.json"])
        tokenizer.enable_truncation(shape["max_tokens"])
        return OnnxEncoder(
            name=folder.name,
            dim=shape["dim"],
            digest=digest_files(contents),
            max_tokens=shape["max_tokens"],
            query_prompt=prompts["query"],
            passage_prompt=prompts["document"],
            tokenizer=tokenizer,
            session=open_session(contents["model.onnx"]),
        )
    except damage() as error:
        raise EmbedderError(f"{folder}: the encoder is damaged ({str(error).splitlines()[0]}); make it again with {MAKE}") from error
