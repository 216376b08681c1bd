"""Trains the span model. Resumable: run the same command again and it goes on from its last checkpoint.

python -m training.train --encoder FOLDER --tokenizer FILE --data FILE[*TIMES] … --output FOLDER [--start CHECKPOINT]
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from tqdm import tqdm

from index.onnx_session import open_tokenizer
from training.examples import read_examples
from training.features import TOKENS, Feature, all_features, batches, padded, stack
from training.model import SpanModel, new_model, span_loss

WARM_UP = 100  # steps


def main() -> None:
    options = parse_options()
    torch.manual_seed(options.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model = new_model(options.encoder, options.layers, options.frozen).to(device)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=options.rate, weight_decay=0.01, fused=True)
    features = load_features(options.data, open_tokenizer(options.tokenizer.read_bytes()))
    plan = [batch for epoch in range(options.epochs) for batch in batches(features, random.Random(options.seed * 100 + epoch))]
    plan = plan[: options.steps or None]
    done = restore(options, model, optimizer, device)
    print(f"{len(features)} windows, {len(plan)} steps of at most {TOKENS} tokens, from step {done}, on {device}", flush=True)
    run(model, optimizer, plan, done, options, device)


def run(model: SpanModel, optimizer: Any, plan: list[list[Feature]], done: int, options: Any, device: torch.device) -> None:
    """The steps of the plan that are left; a checkpoint after every `options.keep` steps and at the end."""
    model.train()
    bar = tqdm(total=len(plan), initial=done, mininterval=20, desc="training", unit="step")
    mean = 0.0
    last = min(len(plan), options.stop or len(plan))
    for step in range(done, last):
        for group in optimizer.param_groups:
            group["lr"] = options.rate * pace(step, len(plan), options.hold)
        ids, mask, kinds, starts, ends = (t.to(device) for t in tensors(plan[step]))
        with torch.autocast(device.type, torch.bfloat16):
            loss = span_loss(model(ids, mask, kinds), starts, ends)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in model.parameters() if p.requires_grad], 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        mean = loss.item() if step == done else 0.99 * mean + 0.01 * loss.item()
        bar.update()
        bar.set_postfix(loss=f"{mean:.3f}", refresh=False)
        if (step + 1) % options.keep == 0 or step + 1 == last:
            save(options.output, model, optimizer, step + 1)
    bar.close()


def pace(step: int, steps: int, hold: float) -> float:
    """The learning rate's share: up in WARM_UP steps, level for `hold` of the way, then down to a twentieth."""
    rising = min(1.0, (step + 1) / WARM_UP)
    falling = (1 - step / steps) / max(1e-9, 1 - hold)
    return rising * max(0.05, min(1.0, falling))


def tensors(batch: list[Feature]) -> Iterator[Tensor]:
    width = padded(max(len(f.window.ids) for f in batch))
    for array in stack([f.window for f in batch], width):
        yield torch.from_numpy(array)
    yield torch.tensor([f.start for f in batch])
    yield torch.tensor([f.end for f in batch])


def load_features(data: list[str], tokenizer: Any) -> list[Feature]:
    """The features of every file, as often as FILE*TIMES says; of *0.4 two in five examples, drawn."""
    found: list[Feature] = []
    for name in data:
        path, _, times = name.partition("*")
        examples = list(read_examples(Path(path)))
        whole, rest = divmod(float(times or 1), 1)
        chosen = examples * int(whole) + random.Random(len(examples)).sample(examples, round(len(examples) * rest))
        found += all_features(chosen, tokenizer)
    return found


def save(folder: Path, model: SpanModel, optimizer: Any, step: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, folder / "new.pt")
    (folder / "new.pt").replace(folder / "last.pt")


def restore(options: Any, model: SpanModel, optimizer: Any, device: torch.device) -> int:
    """Weights from the last checkpoint of this run and the step it stands at, or from `--start` and step 0."""
    last = options.output / "last.pt"
    if last.exists():
        state = torch.load(last, map_location=device, weights_only=True)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        return int(state["step"])
    if options.start:
        model.load_state_dict(torch.load(options.start, map_location=device, weights_only=True)["model"])
    return 0


def parse_options() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--data", nargs="+", required=True)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--start", type=Path, help="a checkpoint whose weights to begin with")
    parser.add_argument("--layers", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--steps", type=int, default=0, help="of the plan, at most; 0 = all")
    parser.add_argument("--stop", type=int, default=0, help="leave off after this step; the same command without it goes on")
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--hold", type=float, default=0.5, help="share of the steps at the full rate")
    parser.add_argument("--keep", type=int, default=200, help="steps between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    main()
