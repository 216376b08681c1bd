"""Every encoder but the embedded one, through sentence-transformers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EmbedderError

BATCH = 32
STEP = 8 * BATCH  # texts between two reports of progress; sorted by length within


@dataclass(frozen=True, slots=True, eq=False)
class StEncoder:
    """A SentenceTransformer behind the two verbs."""

    name: str
    dim: int
    digest: str  # sha256 over modules, prompts, tokenizer and weights
    model: Any

    def embed_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """Questions to unit rows, float32 [n, dim], by the model's query prompt."""
        return self._embed(self.model.encode_query, texts, None)

    def embed_passages(
        self, texts: list[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """Passages to unit rows, float32 [n, dim], by the model's document prompt; `progress`: (done, total)."""
        return self._embed(self.model.encode_document, texts, progress)

    def _embed(
        self, encode: Callable[..., Any], texts: list[str], progress: Callable[[int, int], None] | None
    ) -> NDArray[np.float32]:
        rows = np.empty((len(texts), self.dim), np.float32)
        readable = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        for start in range(0, len(texts), STEP):
            part = readable[start : start + STEP]
            rows[start : start + len(part)] = encode(
                part, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
            )
            if progress is not None:
                progress(start + len(part), len(texts))
        return rows


def load_st_encoder(name: str) -> StEncoder:
    """Loads a folder (no network) or a hub name. EmbedderError says what failed and what to do next."""
    import torch
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer

    local = Path(name).is_dir()
    try:
        model = SentenceTransformer(name, local_files_only=local, model_kwargs={"dtype": torch.float32})
    except (
        OSError,
        ValueError,
        ImportError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,
        SafetensorError,
    ) as error:
        advice = (
            "name a folder that SentenceTransformer.save wrote"
            if local
            else "check the name and the network, or unset HF_HUB_OFFLINE, or name a folder"
        )
        raise EmbedderError(
            f"{name}: can't be loaded as a sentence-transformers model ({_first_line(error)}); {advice}"
        ) from error
    dim = model.get_embedding_dimension()
    if dim is None:
        raise EmbedderError(f"{name}: doesn't say the dimension of its vectors; choose another model")
    return StEncoder(Path(name).resolve().name if local else name, dim, _digest(model), model)


def _digest(model: Any) -> str:
    """sha256 over what decides the vectors; the same wherever the model lies."""
    import torch

    digest = hashlib.sha256()
    modules = [(type(module).__name__, module.get_config_dict()) for module in model]
    limits = model.max_seq_length
    digest.update(json.dumps([modules, model.prompts, limits], sort_keys=True, default=str).encode())
    backend = getattr(model.tokenizer, "backend_tokenizer", model.tokenizer)
    if hasattr(backend, "to_str"):
        digest.update(backend.to_str().encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tensor.dtype} {list(tensor.shape)}\n".encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
