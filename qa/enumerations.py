"""Enumerations: 一是…二是… over several sentences, with what announces them, as answers to 哪些 and 哪几."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.fold import fold
from documents.sentences import read_ordinal, split_sentences
from documents.types import Document, Sentence
from qa.align import FRAME, cover
from qa.evidence import headline
from qa.figures import find_figures
from qa.types import Question
from qa.units import Unit

_FUTURE = re.compile(r"下一步|下步|接下来|今后|未来|将|2024年|打算|考虑|计划|安排|还会|明年|next|will|plan|future|going to")
LONGEST_ITEM = 30  # characters of an item's short form


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Items in order, each by the sentence that opens it."""

    document: Document
    announcer: Sentence | None
    items: tuple[Sentence, ...]
    incomplete: bool  # an ordinal is missing: 一是, 三是

    def shorts(self) -> tuple[tuple[int, int], ...]:
        """The span of each item's short form: without its ordinal, up to its first pause."""
        return tuple(_short(self.document.text, item) for item in self.items)


def _short(text: str, item: Sentence) -> tuple[int, int]:
    _, skip = read_ordinal(text[item.start : item.end])
    start = item.start + skip
    start += len(text[start : item.end]) - len(text[start : item.end].lstrip(" ，,、：:是"))
    end = item.start + len(text[item.start : item.end].rstrip("。；！？;.!? \n"))
    pause = re.compile(r"[，；：,:]").search(text, start + 2, end)
    if end - start > LONGEST_ITEM and pause:
        end = pause.start()
    return start, end


def find_enumerations(document: Document) -> list[Enumeration]:
    """Every enumeration of two items or more in the document."""
    runs: list[list[Sentence]] = []
    for sentence in split_sentences(document):
        if not sentence.ordinal:
            continue
        last = runs[-1][-1] if runs else None
        goes_on = last and last.turn == sentence.turn and last.announcer == sentence.announcer and sentence.ordinal > last.ordinal
        if goes_on:
            runs[-1].append(sentence)
        else:
            runs.append([sentence])
    at = {s.start: s for s in split_sentences(document)}
    runs += [items for s in at.values() if len(items := _inline_items(document.text, s)) > 1]
    return [
        Enumeration(document, at.get(run[0].announcer), tuple(run), [s.ordinal for s in run] != list(range(1, len(run) + 1)))
        for run in runs
        if len(run) > 1
    ]


_MARK = re.compile(r"(?:^|(?<=[，,；;：:、\s]))(?=(?:[一二三四五六七八九十]{1,2}(?:是|要|则)|第[一二三四五六七八九十][，,、是]|[（(][一二三四五六七八九十1-9][）)]|首先|其次|再次))")


def _inline_items(text: str, sentence: Sentence) -> list[Sentence]:
    """The items of an enumeration within one sentence: 一是…，二是…，三是…; fewer than two where there is none."""
    starts = [m.start() for m in _MARK.finditer(text, sentence.start, sentence.end)]
    items: list[Sentence] = []
    for start, end in zip(starts, [*starts[1:], sentence.end], strict=False):
        ordinal, _ = read_ordinal(text[start:end])
        if ordinal == len(items) + 1:
            stop = start + len(text[start:end].rstrip("，,；;、 \n"))
            items.append(replace(sentence, start=start, end=stop, ordinal=ordinal))
    return items if len(items) > 1 else []


def choose_enumeration(question: Question, units: Sequence[Unit], documents: Sequence[Document]) -> tuple[Enumeration | None, float]:
    """The enumeration that a question asks for and how well it fits, 0 to 1; (None, 0) where there is none."""
    future = bool(_FUTURE.search(fold(question.standalone)))
    best: tuple[Enumeration | None, float] = (None, 0.0)
    for document in documents:
        for enumeration in find_enumerations(document):
            score = _fit(question, units, enumeration, future)
            if score > best[1]:
                best = (enumeration, score)
    return best


def _fit(question: Question, units: Sequence[Unit], enumeration: Enumeration, future: bool) -> float:
    text = enumeration.document.text
    announcer, first = enumeration.announcer, enumeration.items[0]
    announced = fold(text[announcer.start : announcer.end]) if announcer else ""
    sentences = split_sentences(enumeration.document)
    paragraph = announcer.paragraph if announcer else first.paragraph
    near = fold("".join(text[s.start : s.end] for s in sentences if s.paragraph in (paragraph, paragraph - 1) and s.turn == first.turn and s.start < first.start))
    items = fold("\n".join(text[s.start : s.end] for s in enumeration.items))
    frame = fold("\n".join((first.section, first.asked, first.turn.speaker, headline(enumeration.document))))
    score = cover(units, ((announced, 1.0), (near, 0.85), (frame, 0.85), (items, FRAME)))
    stated = [int(f.value) for f in find_figures(announced) if f.value == f.value.to_integral_value()]
    if question.count:
        noun = re.search(r"(?:[个项条点类家种大]|方面)[“\"']?([\u4e00-\u9fff]{2})", fold(question.standalone))
        about = announced + near + frame
        fits = question.count == len(enumeration.items) and (noun is None or noun[1] in about or noun[1] in ("方面", "是什"))
        score += 0.1 if fits else -0.4
        score += 0.15 if fits and question.count in stated else 0.0
    if future != bool(_FUTURE.search(announced)):
        score -= 0.2
    return score
