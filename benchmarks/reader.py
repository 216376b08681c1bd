"""What a question costs and who spends it: `python benchmarks/reader.py [QUESTIONS.jsonl] [--documents PATH …] [--fp32 FOLDER]`.

First the model alone: eight passages of 250 characters, int8 beside fp32 (which `python -m training.export` writes beside the
model) in turn. Then whole questions: the encoder, the search, the model and all that is left, the rules. Medians and the 95th
percentile; nothing here is a test.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qa.assistant import open_assistant  # noqa: E402
from qa.reader import EMBEDDED, MODELS  # noqa: E402
from qa.span_model import SpanModel, load_span_model  # noqa: E402
from qa.span_reader import SpanReader  # noqa: E402

PASSAGE = (
    "2023年，全市新建口袋公园41个，比上年多9个，建成绿道126公里，同比增长7.3%。全市植树12.6万株，其中乡土树种占68.5%，比上年提高4.2个百分点。市园林局局长周敏说，"
    "明年将再建50个口袋公园，重点放在老城区，争取让居民出门500米就能走进公园。一季度共有23个地块完成设计，上半年开工31个，三季度末完工28个，年底前其余全部交付使用。资金方面，市级财政安排1.8亿元，区级配套2.4亿元。"
)[:250].ljust(250, "。")
QUESTION = "2023年全市新建了多少个口袋公园？"


@dataclass
class Clock:
    """Seconds spent inside, since it was last read."""

    spent: float = 0.0

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*given, **named)
            finally:
                self.spent += time.perf_counter() - started

        return timed

    def read(self) -> float:
        spent, self.spent = self.spent, 0.0
        return spent


@dataclass
class Timed:
    """Stands in a seam: hands everything on, and times one verb."""

    inner: Any
    verb: str
    clock: Clock = field(default_factory=Clock)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.inner, name)
        return self.clock.around(found) if name == self.verb else found


def read_eight(model: SpanModel) -> float:
    started = time.perf_counter()
    for _ in range(8):
        model.find_spans(QUESTION, "", PASSAGE, 4)
    return time.perf_counter() - started


def compare_models(folders: list[Path], rounds: int) -> None:
    models = [load_span_model(folder) for folder in folders]
    times: list[list[float]] = [[] for _ in models]
    for turn in range(rounds + 1):
        for model, taken in zip(models, times, strict=True):
            seconds = read_eight(model)
            if turn:
                taken.append(seconds)
    for folder, taken in zip(folders, times, strict=True):
        size = (folder / "model.onnx").stat().st_size / 1e6
        print(f"{folder.name:34} 8 passages of 250 characters: {median(taken) * 1000:6.0f} ms, {size:.1f} MB")


def split_questions(questions: Path, documents: list[str] | None) -> None:
    assistant = open_assistant(documents)
    assert isinstance(assistant.reader, SpanReader)
    encoder, model = Timed(assistant.index.embedder, "embed_queries"), Timed(assistant.reader.model, "find_spans")
    assistant = replace(assistant, index=replace(assistant.index, embedder=encoder), reader=SpanReader(model))
    rows = []
    for line in questions.read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        started = time.perf_counter()
        assistant.ask(asked["question"], asked.get("history", ()))
        whole = time.perf_counter() - started
        parts = encoder.clock.read(), model.clock.read()
        rows.append((whole, *parts, whole - sum(parts)))
    for name, column in zip(("whole question", "encoder", "model", "search and rules"), zip(*rows, strict=True), strict=True):
        ms = sorted(1000 * value for value in column)
        print(f"{name:18} p50 {median(ms):7.1f} ms   p95 {quantiles(ms, n=20)[-1]:7.1f} ms   share {sum(column) / sum(r[0] for r in rows):5.1%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", nargs="?", type=Path, default=ROOT / "benchmarks" / "questions" / "briefing.jsonl")
    parser.add_argument("--documents", nargs="+")
    parser.add_argument("--fp32", type=Path, help="the folder of the fp32 export")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    compare_models([MODELS / EMBEDDED, *([options.fp32] if options.fp32 else [])], options.rounds)
    split_questions(options.questions, options.documents)


if __name__ == "__main__":
    main()
