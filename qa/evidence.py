"""Evidence: the sentences of the passages found, each with all that says what it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from documents.fold import fold
from documents.sentences import split_sentences
from documents.tables import Head, Row, find_lines, find_rows
from documents.turns import split_turns
from documents.types import Document, Passage, Sentence
from index.types import Hit
from qa.periods import find_periods

HEAD = 300  # characters: titles, who gave the briefing and on what


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may answer, with all that says what it is about. Texts are folded; offsets are the document's."""

    document: Document
    sentence: Sentence
    hit: Hit
    text: str  # the sentence, folded: text[0] is document.text[sentence.start]
    before: tuple[str, ...]  # the sentences before it in its paragraph, at most eight
    opener: str  # the first sentence of the enumeration's item that it belongs to, and what announces the enumeration
    frame: str  # section, the reporter's question, the speaker
    year: int  # the year that the document mostly speaks of; 0 where it names none
    line: Row | Head | None = None  # of a table, where the sentence is one. Of a cell that was read, text is the cell written out (qa/cells.py)


def gather(hits: Sequence[Hit], documents: dict[str, Document]) -> list[Evidence]:
    """The sentences of the passages found, best passage first."""
    found: list[Evidence] = []
    for hit in hits:
        scenes = _scenes(documents[hit.passage.document_id])
        starts = [scene.sentence.start for scene in scenes]
        within = scenes[bisect_left(starts, hit.passage.start) : bisect_left(starts, hit.passage.end)]
        found.extend(replace(scene, hit=hit) for scene in within)
    return found


@lru_cache(maxsize=256)
def _scenes(document: Document) -> tuple[Evidence, ...]:
    """Every sentence of a document with all that says what it is about, under no hit yet."""
    sentences = cut_to_rows(document)
    folded = {s.start: fold(document.text[s.start : s.end]) for s in sentences}
    year, head = main_year(document), headline(document)
    nowhere = Hit(Passage(document.id, 0, 0, "", ""), 0.0, 0.0, 0.0)
    scenes, lines = [], find_lines(document)
    for n, sentence in enumerate(sentences):
        before = tuple(folded[s.start] for s in sentences[max(0, n - 8) : n] if s.paragraph == sentence.paragraph)
        opened = folded.get(sentence.item, "") if sentence.item != sentence.start else ""
        opener = f"{opened}\n{folded.get(sentence.announcer, '')}"
        frame = fold("\n".join((sentence.section, sentence.asked, f"{sentence.turn.title}{sentence.turn.speaker}", head)))
        line = lines.get(sentence.start)
        line = None if isinstance(line, Row) and line.end != sentence.end else line
        scenes.append(Evidence(document, sentence, nowhere, folded[sentence.start], before, opener, frame, year, line))
    return tuple(scenes)


def cut_to_rows(document: Document) -> list[Sentence]:
    """The document's sentences, a table's rows each by itself: without bars at their edges, lines may have run on into one."""
    rows = list(find_rows(document).values())
    starts = [row.start for row in rows]
    cut: list[Sentence] = []
    for sentence in split_sentences(document):
        within = [row for row in rows[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)] if row.end <= sentence.end]
        edges = sorted({sentence.start, *(edge for row in within for edge in (row.start, row.end)), sentence.end})
        for start, end in pairwise(edges):
            said = document.text[start:end]
            if said.strip():
                cut.append(replace(sentence, start=start + len(said) - len(said.lstrip()), end=end - len(said) + len(said.rstrip())))
    return cut


def headline(document: Document) -> str:
    """What a document says it is: its title and its first line, a notice on how it was made left out."""
    first = next((turn.start for turn in split_turns(document) if turn.role != "notice"), 0)
    return f"{document.title}\n{document.text[first:].lstrip().split(chr(10), 1)[0][:120]}"


@lru_cache(maxsize=512)
def main_year(document: Document) -> int:
    """The year that more than half of a document's dates name, what others are compared with left out; 0 where none does.

    The year in its titles counts ten times, one at its head (介绍2025年发展情况) three times, unless it dates the event itself.
    """
    said = fold(document.text)
    first = next((turn.start for turn in split_turns(document) if turn.role != "notice"), 0)
    head = said[first : first + HEAD]
    titles = fold(document.title) + "\n" + re.split(r"[^\n]*[。！？]", head, maxsplit=1)[0]
    named = [p.year for p in find_periods(said) if p.year and not p.base]
    for text, times in ((titles, 10), (head, 3)):
        named += [p.year for p in find_periods(text) if p.year and not p.base and not p.part.startswith("m")] * times
    year, times = Counter(named).most_common(1)[0] if named else (0, 0)
    return year if times > 1 and times * 2 > len(named) else 0


@lru_cache(maxsize=512)
def told_in(document: Document) -> int:
    """The year of the day that a document's head dates (时间：2026年2月6日): what it calls 今年; 0 where it dates none."""
    first = next((turn.start for turn in split_turns(document) if turn.role != "notice"), 0)
    head = fold(document.text[first : first + HEAD])
    return next((p.year for p in find_periods(head) if p.year and re.search(r"\d日", head[p.start : p.end + 6])), 0)
