"""The embedded encoder as a sentence-transformers module: the door for everyone who works with that library.

    SentenceTransformer(folder, trust_remote_code=True)

sentence-transformers asks for that word before it imports any class that isn't its own. This is the one module
here that imports torch and sentence-transformers: nothing in the project imports it, only that library does.
Rows are run one by one without their padding, as index/onnx_encoder.py does, so both doors give the same vectors.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers.sentence_transformer.modules import InputModule

from index.onnx_encoder import FILES, OnnxEncoder, load_onnx_encoder


class OnnxModule(InputModule):  # type: ignore[misc]  # sentence-transformers is followed as Any
    """Texts to unit rows, by an OnnxEncoder."""

    config_file_name = "encoder.json"

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder
        self.encoder: OnnxEncoder = load_onnx_encoder(Path(folder))

    @property
    def tokenizer(self) -> Any:
        """The Tokenizer of the `tokenizers` library."""
        return self.encoder.tokenizer

    @property
    def max_seq_length(self) -> int:
        """Tokens beyond this many are cut off."""
        return self.encoder.max_tokens

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        """Texts to input_ids and attention_mask, both int64 [texts, longest], padded with zeros."""
        rows = [self.encoder.token_ids((prompt or "") + text) for text in inputs]
        longest = max(map(len, rows), default=0)
        ids = torch.zeros((len(rows), longest), dtype=torch.int64)
        mask = torch.zeros_like(ids)
        for row, tokens in enumerate(rows):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            mask[row, : len(tokens)] = 1
        return {"input_ids": ids, "attention_mask": mask}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds sentence_embedding, float32 [texts, dim], unit rows, on the device of input_ids."""
        ids, mask = features["input_ids"], features["attention_mask"]
        rows = [self.encoder.embed_ids(r[m.bool()].tolist()) for r, m in zip(ids, mask, strict=True)]
        stacked = np.stack(rows) if rows else np.empty((0, self.encoder.dim), np.float32)
        features["sentence_embedding"] = torch.from_numpy(stacked).to(ids.device)
        return features

    def get_embedding_dimension(self) -> int:
        """The length of a row."""
        return self.encoder.dim

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copies the encoder's files: there is nothing to train in them."""
        for name in FILES:
            if (Path(self.folder) / name).resolve() != (Path(output_path) / name).resolve():
                shutil.copyfile(Path(self.folder) / name, Path(output_path) / name)

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **options: Any) -> OnnxModule:
        """Reads the encoder in a local folder, or in a hub's copy of one."""
        wanted = ("token", "cache_folder", "revision", "local_files_only")
        hub = {name: options[name] for name in wanted if name in options}
        folder = cls.load_dir_path(model_name_or_path, subfolder=subfolder, **hub)
        return cls(str(folder))
