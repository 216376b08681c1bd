"""The span model: the encoder's lower layers, and two numbers for each token: does the answer start here, end here?

The first token (CLS) stands for "not in this passage". Trained here with PyTorch; answered with by onnxruntime.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

FAR = -30.0  # the score of a token that can't be part of an answer


class SpanModel(nn.Module):  # type: ignore[misc]
    """Start and end scores of every token of a batch, float32 [batch, tokens] each, in one tensor [batch, tokens, 2]."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        self.ends = nn.Linear(encoder.config.hidden_size, 2)
        nn.init.normal_(self.ends.weight, std=0.02)
        nn.init.zeros_(self.ends.bias)

    def forward(self, ids: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """`kinds` is 1 for the passage's tokens; scores elsewhere, but for CLS, are FAR."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask, token_type_ids=kinds).last_hidden_state
        scores: Tensor = self.ends(hidden.float())
        open_ = kinds.bool().clone()
        open_[:, 0] = True
        return scores.masked_fill(~open_.unsqueeze(-1), FAR)


def new_model(encoder_folder: Path, layers: int, frozen: int) -> SpanModel:
    """The encoder's first `layers` layers, its words and the first `frozen` layers not to be trained, no dropout."""
    from transformers import AutoModel

    encoder = AutoModel.from_pretrained(
        str(encoder_folder), dtype=torch.float32, attn_implementation="eager", num_hidden_layers=layers, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, add_pooling_layer=False
    )
    encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    encoder.embeddings.position_embeddings.weight.requires_grad_(False)
    for layer in encoder.encoder.layer[:frozen]:
        layer.requires_grad_(False)
    return SpanModel(encoder)


def span_loss(scores: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """Cross entropy of the start and of the end position (0 = CLS = no answer), mean over the batch."""
    cross = nn.functional.cross_entropy
    return (cross(scores[..., 0], starts) + cross(scores[..., 1], ends)) / 2
