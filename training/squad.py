"""Examples from DRCD and CMRC 2018, held-out parts kept apart.

DRCD's development set trains; of its test set, articles train in three parts of five and test in two. CMRC's trial
paragraphs: two of five train, one develops, two test. Unanswerable examples are made from answerable ones: the question
over another paragraph of its article, over the most similar paragraph of another, over the half without the answer.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from training.examples import Example, share

SENTENCE = re.compile(r"[^。！？]*[。！？]+[」』”’）]*|[^。！？]+$")


def part_of(source: str, paragraph_id: str) -> str:
    """train, dev or test, for a paragraph of drcd_dev, drcd_test or cmrc_trial."""
    if source == "drcd_dev":
        return "train"
    number = share(paragraph_id.split("-")[0], 5)  # DRCD: 1147-2 is paragraph 2 of article 1147
    if source == "drcd_test":
        return "train" if number < 3 else "test"
    return "train" if number < 2 else "dev" if number == 2 else "test"


def read_squad(path: Path, source: str, part: str) -> list[Example]:
    """One example for each question of a part, over its whole paragraph. The first answer counts."""
    found = []
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            if part_of(source, str(paragraph["id"])) == part:
                found += [_example(source, paragraph, qa) for qa in paragraph["qas"]]
    return found


def _example(source: str, paragraph: dict[str, Any], qa: dict[str, Any]) -> Example:
    text, answer = paragraph["context"], qa["answers"][0]
    start = answer["answer_start"]
    if text[start : start + len(answer["text"])] != answer["text"]:
        start = min((m.start() for m in re.finditer(re.escape(answer["text"]), text)), key=lambda at: abs(at - start))
    return Example(qa["id"], source.split("_")[0], "", qa["question"], "", text, start, start + len(answer["text"]), tuple(a["text"] for a in qa["answers"][1:]))


def shorten(example: Example, rng: random.Random, longest: int) -> Example:
    """The example over neighbouring sentences of its passage alone, the answer's among them, the one before as context."""
    spans = [m.span() for m in SENTENCE.finditer(example.passage)]
    at = next((i for i, (a, b) in enumerate(spans) if a <= max(example.start, 0) < b), 0) if example.start >= 0 else rng.randrange(len(spans))
    first = last = at
    while True:
        wider = [(f, t) for f, t in ((first - 1, last), (first, last + 1)) if f >= 0 and t < len(spans) and spans[t][1] - spans[f][0] <= longest]
        if not wider:
            break
        first, last = rng.choice(wider)
    start, stop = spans[first][0], max(spans[last][1], example.end)
    before = example.passage[max(0, start - 80) : start] if rng.random() < 0.5 else ""
    shift = start if example.start >= 0 else 0
    return replace(example, context=before, passage=example.passage[start:stop], start=example.start - shift, end=example.end - shift)


def without_answer(examples: list[Example], rng: random.Random) -> Iterator[Example]:
    """For each question, one passage that doesn't answer it although it looks like it."""
    paragraphs = list(dict.fromkeys(e.passage for e in examples))
    grams = [Counter(_grams(p)) for p in paragraphs]
    common = Counter(g for c in grams for g in c)
    of = {p: i for i, p in enumerate(paragraphs)}
    postings: dict[str, list[int]] = {}
    for i, counted in enumerate(grams):
        for gram in counted:
            if common[gram] <= 0.1 * len(paragraphs):
                postings.setdefault(gram, []).append(i)
    for example in examples:
        rivals = Counter[int]()
        for gram in set(_grams(example.question)):
            for i in postings.get(gram, ()):
                rivals[i] += 1 / (common[gram] + 5)  # type: ignore[assignment]
        others = [i for i, _ in rivals.most_common(4) if i != of[example.passage] and example.answer not in paragraphs[i]]
        cut = shorten(replace(example, passage=example.passage[: example.start], start=-1, end=-1), rng, 240) if example.start > 120 else None
        if cut and (not others or rng.random() < 0.4):
            yield replace(cut, id=f"{example.id}-half", kind="none_half")
        elif others:
            yield replace(example, id=f"{example.id}-other", kind="none_other", passage=paragraphs[rng.choice(others[:2])], start=-1, end=-1)


def _grams(text: str) -> list[str]:
    return [text[i : i + 2] for i in range(len(text) - 1) if text[i : i + 2].isalnum()]


def training_examples(folder: Path, seed: int) -> list[Example]:
    """All that trains, with the unanswerable ones, each over some sentences of its paragraph."""
    rng = random.Random(seed)
    found = []
    for name, source in (("drcd_dev", "drcd_dev"), ("drcd_test", "drcd_test"), ("cmrc2018_trial", "cmrc_trial")):
        examples = read_squad(folder / f"{name}.json", source, "train")
        misses = [example for example in without_answer(examples, rng) if rng.random() < 0.6]
        found += [shorten(example, rng, rng.choice((120, 180, 240, 300))) for example in [*examples, *misses]]
    return found
