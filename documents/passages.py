"""Passages: neighbouring whole sentences of one turn, small enough to be about one thing."""

from __future__ import annotations

from documents.sentences import split_sentences
from documents.tables import describe_table
from documents.types import Document, Passage, Sentence

LONGEST = 220  # characters, unless one sentence alone is longer
FULL = 90  # a passage of this many characters ends with its paragraph


def split_passages(document: Document) -> list[Passage]:
    """The document's passages, in order. None crosses a turn, and an enumeration's item opens a new one."""
    groups: list[list[Sentence]] = []
    sentences = split_sentences(document)
    for sentence in sentences:
        if sentence.turn.role == "notice":
            continue  # says how the text was made; shown beside every answer, never an answer
        if groups and _joins(groups[-1], sentence):
            groups[-1].append(sentence)
        else:
            groups.append([sentence])
    starts = {sentence.start: sentence for sentence in sentences}
    return [_passage(document, starts, group) for group in groups]


def _joins(group: list[Sentence], sentence: Sentence) -> bool:
    first, last = group[0], group[-1]
    if sentence.turn != first.turn or sentence.section != first.section or sentence.ordinal:
        return False
    length = last.end - first.start
    if sentence.paragraph != last.paragraph and (length >= FULL or sentence.item != last.item):
        return False
    return sentence.end - first.start <= LONGEST


def _passage(document: Document, starts: dict[int, Sentence], group: list[Sentence]) -> Passage:
    first, last = group[0], group[-1]
    announced = _sentence_at(document, starts, first.announcer)
    opened = _sentence_at(document, starts, first.item) if first.item != first.start else ""
    table = describe_table(document, [sentence.start for sentence in group])
    context = "\n".join(part for part in (first.section, first.asked[-120:], announced, opened, table) if part)
    return Passage(document.id, first.start, last.end, document.text[first.start : last.end], context)


def _sentence_at(document: Document, starts: dict[int, Sentence], start: int) -> str:
    return document.text[start : starts[start].end][:120] if start in starts else ""
