"""Writes the trained span model as int8 ONNX: python -m training.export CHECKPOINT --encoder FOLDER --tokenizer FILE --output FOLDER

The graph takes ids and kinds, int64 [1, tokens], and returns float32 [1, tokens, 2]. Token embeddings are int8 with one scale
a row, matrix products int8 with a scale for each block of 128 of either side. The encoder's way, one scale for a whole input,
is faster but cost 5 points of F1 here: what goes into the second product of each feed-forward has outliers.
"""

from __future__ import annotations

import argparse
import json
import shutil
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from training.model import SpanModel, new_model

PROVENANCE = """# Where this reader comes from

- **Starting point**: multilingual-e5-small by intfloat (MIT licence; Wang et al., 2024), its vocabulary cut to Chinese and
  English: the folder that the embedded encoder was made from (see its PROVENANCE.md).
- **Trained on**: DRCD (DRCKnowledgeTeam, CC BY-SA 3.0), a part of CMRC 2018's trial set (ymcui, CC BY-SA 4.0), questions
  written by a language model over news articles (of the CRUD-RAG benchmark) and over invented texts, and questions made
  from these by rules. What was held out, and the figures: training/README.md.
- **Made by**: the commands of training/README.md. int8 ONNX; run by onnxruntime with `tokenizers`.
- **Files**: `model.onnx`, `tokenizer.json` (the encoder's, with punctuation, 的 and units of time as tokens of their own),
  `reader.json` (how a score becomes a probability). `briefing-qa` takes their sha256 together as the reader's digest.
"""


class Graph(torch.nn.Module):  # type: ignore[misc]
    """The span model over one window without padding, its word table in int8."""

    def __init__(self, model: SpanModel) -> None:
        super().__init__()
        table = model.encoder.embeddings
        words = table.word_embeddings.weight.detach()
        scale = words.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("words", torch.round(words / scale).to(torch.int8))
        self.register_buffer("places", table.position_embeddings.weight.detach().half())
        self.register_buffer("kinds", table.token_type_embeddings.weight.detach())
        self.norm, self.layers, self.ends = table.LayerNorm, model.encoder.encoder.layer, model.ends
        self.heads = model.encoder.config.num_attention_heads

    def forward(self, ids: Tensor, kinds: Tensor) -> Tensor:
        one, tokens = ids.shape
        x = functional.embedding(ids, self.words).float() * functional.embedding(ids, self.scale)
        x = self.norm(x + self.places[:tokens].float() + functional.embedding(kinds, self.kinds))
        for layer in self.layers:
            inner = layer.attention.self
            q, k, v = (f(x).view(one, tokens, self.heads, -1).transpose(1, 2) for f in (inner.query, inner.key, inner.value))
            weights = torch.softmax(q @ k.transpose(-1, -2) / inner.attention_head_size**0.5, -1)
            mixed = (weights @ v).transpose(1, 2).reshape(one, tokens, -1)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + x)
            x = layer.output.LayerNorm(layer.output.dense(functional.gelu(layer.intermediate.dense(x))) + x)
        scores: Tensor = self.ends(x)
        return scores


def export(model: SpanModel, tokenizer: Path, output: Path) -> None:
    """model.onnx (int8), fp32.onnx beside the folder for comparison, the tokenizer, and a calibration still to be fitted."""
    output.mkdir(parents=True, exist_ok=True)
    fp32 = output.parent / f"{output.name}-fp32"
    fp32.mkdir(exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the older exporter, as for the encoder
        torch.onnx.export(
            Graph(model).eval(), (torch.randint(5, 1000, (1, 9)), torch.zeros(1, 9, dtype=torch.int64)), str(fp32 / "model.onnx"),
            input_names=["ids", "kinds"], output_names=["scores"], dynamic_axes={name: {1: "tokens"} for name in ("ids", "kinds", "scores")},
            opset_version=17, dynamo=False,
        )  # fmt: skip
    quantise(fp32 / "model.onnx", output / "model.onnx")
    for folder in (output, fp32):
        shutil.copyfile(tokenizer, folder / "tokenizer.json")
        (folder / "reader.json").write_text(json.dumps({"slope": 1.0, "offset": 0.0}) + "\n", encoding="utf-8")
    (output / "PROVENANCE.md").write_text(PROVENANCE, encoding="utf-8")


def quantise(fp32: Path, target: Path) -> None:
    """Every product with a constant in int8, by blocks of 128."""
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    quantizer = MatMulNBitsQuantizer(onnx.load(str(fp32)), bits=8, block_size=128, is_symmetric=True, accuracy_level=4)
    quantizer.process()
    quantizer.model.save_model_to_file(str(target), False)


def load_checkpoint(path: Path, encoder: Path, layers: int) -> SpanModel:
    model = new_model(encoder, layers, 0)
    model.load_state_dict(torch.load(path, map_location="cpu", weights_only=True)["model"])
    model.eval()
    return model


def parse_options() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=12)
    return parser.parse_args()


if __name__ == "__main__":
    options = parse_options()
    export(load_checkpoint(options.checkpoint, options.encoder, options.layers), options.tokenizer, options.output)
