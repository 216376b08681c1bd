"""The embedded encoder's engine: tokenizers and onnxruntime, no torch.

It runs one text at a time: the weights are int8 and the activations' scale is taken over the whole input, so
in a batch a text's vector would depend on its neighbours. Many texts are run beside each other instead, each on one
core: threads that share a text wait for each other at every product, and lose most where others use the machine too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError
from index.onnx_session import (
    count_cores,
    damage,
    digest_files,
    open_session,
    open_tokenizer,
    read_files,
)

FILES = ("model.onnx", "tokenizer.json", "encoder.json", "config_sentence_transformers.json")
MANY = 32  # texts from which on they are run beside each other: opening a second session costs as much as some ten
AHEAD = 8  # texts a core that are begun at once: whoever cancels waits for these
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
    session: Any  # all cores on one text
    open_single: Callable[[], Any]  # the session that runs on the thread that calls; opened once, when it is first needed

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
        with closing(self._rows([prompt + text for text in texts])) as embedded:
            for done, row in enumerate(embedded):
                rows[done] = row
                if progress is not None:
                    progress(done + 1, len(texts))
        return rows

    def _rows(self, texts: list[str]) -> Generator[NDArray[np.float32], None, None]:
        if len(texts) < MANY or count_cores() == 1:
            yield from (self.embed_ids(self.token_ids(text)) for text in texts)
            return
        single = self.open_single()
        step = AHEAD * count_cores()
        with ThreadPoolExecutor(count_cores()) as threads:
            for start in range(0, len(texts), step):
                part = texts[start : start + step]
                yield from threads.map(lambda text: _run(single, self.token_ids(text)), part)

    def token_ids(self, text: str) -> list[int]:
        """The text's tokens with both end marks, max_tokens at most. A lone surrogate counts as a "?"."""
        readable = text.encode("utf-8", "replace").decode("utf-8")
        return list(self.tokenizer.encode(readable).ids)

    def embed_ids(self, ids: list[int]) -> NDArray[np.float32]:
        """One text's unit row, float32 [dim]."""
        return _run(self.session, ids)


def load_onnx_encoder(folder: Path) -> OnnxEncoder:
    """Reads an exported encoder. EmbedderError names the file that is missing or damaged."""
    contents = read_files(folder, FILES, EmbedderError, f"make the encoder with {MAKE}")
    try:
        shape = json.loads(contents["encoder.json"])
        prompts = json.loads(contents["config_sentence_transformers.json"])["prompts"]
        tokenizer = open_tokenizer(contents["tokenizer.json"])
        tokenizer.enable_truncation(shape["max_tokens"])
        digest = digest_files(contents)
        return OnnxEncoder(
            name=folder.name,
            dim=shape["dim"],
            digest=digest,
            max_tokens=shape["max_tokens"],
            query_prompt=prompts["query"],
            passage_prompt=prompts["document"],
            tokenizer=tokenizer,
            session=open_session(contents["model.onnx"]),
            open_single=cache(lambda: _open_single(folder, digest)),
        )
    except damage() as error:
        raise EmbedderError(f"{folder}: the encoder is damaged ({str(error).splitlines()[0]}); make it again with {MAKE}") from error


def _open_single(folder: Path, digest: str) -> Any:
    """The session of one thread: from the files, whose contents nobody keeps in memory, if they are still the same."""
    contents = read_files(folder, FILES, EmbedderError, f"make the encoder with {MAKE}")
    if (found := digest_files(contents)) != digest:
        raise EmbedderError(f"{folder}: the encoder was {digest[:12]} when it was opened and is {found[:12]} now; start the program again")
    return open_session(contents["model.onnx"], threads=1)


def _run(session: Any, ids: list[int]) -> NDArray[np.float32]:
    row: NDArray[np.float32] = session.run(None, {"input_ids": np.array([ids], np.int64)})[0][0]
    return row
