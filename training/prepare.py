"""Writes the examples that train and those that measure: python -m training.prepare --squad FOLDER --news FILE --output FOLDER

Train: squad, written, misses, made, stated (see the modules of these names). Measure: drcd.test, cmrc.test, news.test (questions written
over held-out articles). Choose by: cmrc.dev, news.dev. Prints how many runs of 13 characters the held-out passages and questions share with
anything that trains; what shares more than a tenth of its runs is left out of training.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from training.examples import Example, share, write_examples
from training.made import made_examples, near_misses
from training.overlap import drop_overlapping
from training.squad import read_squad, training_examples
from training.stated import stated_examples
from training.written import QUESTIONS, read_news, read_written, vary

TEST = "held0"  # questions/held0.jsonl, over articles that nothing else here reads
DEV = "batch13"  # what chooses thresholds trains nothing
MADE = 2500
STATED = 6000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True, help="holds drcd_dev.json, drcd_test.json, cmrc2018_trial.json")
    parser.add_argument("--news", type=Path, required=True, help="news.jsonl.xz")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    news = read_news(options.news)
    held = held_out(options.squad, news)
    for name, examples in held.items():
        print(f"{name}: {write_examples(examples, options.output / f'{name}.jsonl')}")
    for name, examples in training(options.squad, news).items():
        kept = drop_overlapping(examples, [e for of in held.values() for e in of])
        print(f"{name}.train: {write_examples(kept, options.output / f'{name}.train.jsonl')} ({len(examples) - len(kept)} left out: they overlap what is held out)")


def held_out(squad: Path, news: dict[str, str]) -> dict[str, list[Example]]:
    return {
        "drcd.test": read_squad(squad / "drcd_test.json", "drcd_test", "test"),
        "cmrc.dev": read_squad(squad / "cmrc2018_trial.json", "cmrc_trial", "dev"),
        "cmrc.test": read_squad(squad / "cmrc2018_trial.json", "cmrc_trial", "test"),
        "news.dev": list(read_written(QUESTIONS / f"{DEV}.jsonl", news)),
        "news.test": list(read_written(QUESTIONS / f"{TEST}.jsonl", news)),
    }


def training(squad: Path, news: dict[str, str]) -> dict[str, list[Example]]:
    written = [e for path in sorted(QUESTIONS.glob("*.jsonl")) if path.stem not in (TEST, DEV) for e in read_written(path, news)]
    made = list(made_examples({name: text for name, text in news.items() if share(name, 10)}, MADE, seed=5))
    human = training_examples(squad, seed=1)
    misses = [*near_misses(human, seed=1), *near_misses(written, seed=1)]
    rng = random.Random(8)
    of_made = list(near_misses(made, seed=2))
    few = rng.sample(of_made, min(len(of_made), MADE // 4))
    stated = list(stated_examples(STATED, seed=1))
    return {"squad": human, "written": vary(written, seed=1), "misses": misses, "made": vary([*made, *few], seed=3), "stated": stated}


if __name__ == "__main__":
    main()
