"""Draws what benchmarks/peers.py measured: `peers_chart.py FILE.png < figures.json`, run by the peers' Python, which has matplotlib."""

from __future__ import annotations

import json
import sys
from typing import Any

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot

SELF = "briefing-qa"
SHOWN = {"build": "building, s", "load": "start to ready, s", "question p50": "a question, ms", "memory, asking": "memory, MB", "index": "index on disk, MB", "recall@5": "recall@5"}
FLOOR, PEER, OURS = "#c9c9c9", "#8aa3c0", "#b5462f"


def draw(kept: dict[str, Any], path: str) -> None:
    """One small bar chart a figure, ours marked, the floors (nothing around the encoder) pale; shorter is better but for recall."""
    names = [name for name, own in kept["figures"].items() if "build" in own][::-1]
    colours = [OURS if name == SELF else FLOOR if name.startswith("bare") else PEER for name in names]
    figure, charts = pyplot.subplots(2, 3, figsize=(11, 5.2), sharey=True, layout="constrained")
    for chart, (what, title) in zip(charts.flat, SHOWN.items(), strict=True):
        values = [kept["figures"][name][what] for name in names]
        bars = chart.barh(names, values, color=colours)
        chart.bar_label(bars, labels=[f"{value:.3g}" for value in values], padding=3, fontsize=8)
        chart.set_title(title, fontsize=10)
        chart.set_xlim(0, 1.18 * max(values))
        chart.tick_params(labelsize=8)
        chart.xaxis.set_visible(False)
        chart.spines[:].set_visible(False)
    figure.supxlabel(f"{kept['size']}\n{kept['machine']}", fontsize=6.5, color="#555555")
    figure.savefig(path, dpi=130)


if __name__ == "__main__":
    draw(json.load(sys.stdin), sys.argv[1])
