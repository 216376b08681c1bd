"""What the reader meets in use: each question over the passages that an assistant finds for it, in a collection of many documents.

python -m training.found --squad FOLDER --news FILE --output FOLDER  writes answered.train (over briefings, the passages that
answer), passed.train (those that don't), briefings.dev and found.train
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from documents.types import Document
from index.embed import load_embedder
from qa.assistant import Assistant, assistant_over
from qa.evidence import Evidence
from qa.question import parse_question
from qa.reader import load_reader
from qa.span_reader import PASSAGES, context_of, passages_of
from training.asked import BRIEFINGS, Asked, read_articles, read_briefings
from training.examples import Example, share, write_examples
from training.overlap import drop_overlapping
from training.prepare import DEV, TEST, held_out
from training.written import QUESTIONS, read_news

MISSES = 4  # passages of a briefing's question that don't answer it, the best ones
FEWER = 2  # the same of an article's question: of those there are ten times as many
DEVELOPS = 6  # one briefing of so many trains nothing


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--squad", type=Path, required=True, help="holds drcd_test.json and cmrc2018_trial.json")
    parser.add_argument("--news", type=Path, required=True, help="news.jsonl.xz")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    news = read_news(options.news)
    held = [example for examples in held_out(options.squad, news).values() for example in examples]
    documents, asked = read_briefings(BRIEFINGS)
    developing = {document.id for document in documents if not share(document.id, DEVELOPS)}
    trains = over_all_and_each(documents, [one for one in asked if one.document not in developing])
    trains = [e for e in trains if passage_of(e) not in developing]
    parts = {
        "answered.train": [e for e in trains if e.start >= 0],
        "passed.train": [e for e in trains if e.start < 0],
        "briefings.dev": over_all_and_each(documents, [one for one in asked if one.document in developing]),
    }
    files = [path for path in sorted(QUESTIONS.glob("*.jsonl")) if path.stem not in (TEST, DEV)]
    documents, asked = read_articles(files, news)
    parts["found.train"] = list(found_examples(assistant_over(documents, load_embedder(), load_reader("alignment")), asked, FEWER))
    for name, examples in parts.items():
        kept = drop_overlapping(examples, held) if name.endswith("train") else examples
        print(f"{name}: {write_examples(kept, options.output / f'{name}.jsonl')} ({len(examples) - len(kept)} left out: they overlap what is held out)")


def found_examples(assistant: Assistant, asked: Sequence[Asked], most: int) -> Iterator[Example]:
    """Each question over the passages found for it, with the context that the reader gets.

    A passage that holds a place of the answer answers; of the others the `most` best don't. One that holds the answer's words somewhere
    else is left out, and so is who said it: a transcript's labels stand in no passage.
    """
    for one in tqdm(asked, mininterval=10, file=sys.stderr):
        question = parse_question(assistant.name(one.question))
        left = most
        for pieces in passages_of(assistant.sources(question).evidence)[:PASSAGES]:
            example = _over(one, question.standalone, pieces)
            if example and (example.start >= 0 or left > 0):
                left -= example.start < 0
                yield example


def over_all_and_each(documents: Sequence[Document], asked: Sequence[Asked]) -> list[Example]:
    """What is found among all documents, and what else is found in a question's own, as if it were the only one."""
    encoder, reader = load_embedder(), load_reader("alignment")
    found = {e.id: e for e in found_examples(assistant_over(documents, encoder, reader), asked, MISSES)}
    for document in documents:
        own = [one for one in asked if one.document == document.id]
        found |= {e.id: e for e in found_examples(assistant_over([document], encoder, reader), own, FEWER) if e.id not in found}
    return list(found.values())


def passage_of(example: Example) -> str:
    """The id of the document whose passage an example is about."""
    return example.id.split("@")[1].rsplit(":", 1)[0]


def _over(one: Asked, question: str, pieces: Sequence[Evidence]) -> Example | None:
    """A question over one passage; None where nobody knows whether it answers."""
    passage, document = pieces[0].hit.passage, pieces[0].document
    name = f"{one.id}@{document.id}:{passage.start}"
    for place in one.places:
        if place.document == document.id and passage.start <= place.start and place.end <= passage.end:
            return Example(name, "found", one.kind, question, context_of(pieces[0]), passage.text, place.start - passage.start, place.end - passage.start)
    if one.kind == "speaker" or any(answer in passage.text for answer in one.answers):
        return None
    return Example(name, "found", f"none_{one.kind.removeprefix('none_')}", question, context_of(pieces[0]), passage.text, -1, -1)


if __name__ == "__main__":
    main()
