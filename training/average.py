"""Averages two checkpoints of one model: python -m training.average ONE.pt OTHER.pt --share 0.3 --output FILE

Weights in the middle of two stages keep what the first knew and the second learned (Wortsman et al., Robust fine-tuning
of zero-shot models, CVPR 2022). `--share` is the first one's.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from torch import Tensor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs=2)
    parser.add_argument("--share", type=float, default=0.3)
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    one, other = (torch.load(path, map_location="cpu", weights_only=True)["model"] for path in options.checkpoints)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": average(one, other, options.share), "step": 0}, options.output)


def average(one: dict[str, Tensor], other: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """`share` of the first and the rest of the second, weight by weight; ValueError where they are of different models."""
    if one.keys() != other.keys():
        raise ValueError(f"the checkpoints have different weights: {sorted(one.keys() ^ other.keys())[:5]}")
    return {name: share * one[name] + (1 - share) * other[name] if one[name].is_floating_point() else other[name] for name in one}


if __name__ == "__main__":
    main()
