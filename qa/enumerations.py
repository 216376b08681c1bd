"""Enumerations: 一是…二是… over several sentences, 一方面…另一方面…, a run of clauses that a count announces, a row within one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from documents.fold import fold
from documents.sentences import read_ordinal, split_sentences
from documents.turns import split_turns, width
from documents.types import Document, Sentence
from qa.figures import find_figures

LONGEST_ITEM = 60  # columns of an item's short form
_SIDE = re.compile(r"(?:^|(?<=[，；：。,;:\s]))(?:(?P<first>一方面|One(?=, )|On (?:the )?one hand)|(?:另|再|又)一方面|Two(?=, )|Three(?=, )|Four(?=, )|[Oo]n the other(?: hand)?)[，, ]*")
NUMERALS = {"两": 2, "兩": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
COUNTS = re.compile(r"(?:(?P<n>[两兩二三四五六])(?:[个個大项項条條点點种種类類件组組]|方面)+(?!百分点|月|小时)[\u4e00-\u9fff]{0,4}|\b(?P<word>two|three|four|five|six) (?:[a-z-]+ ){0,2}[a-z]+s)[：:。.]", re.IGNORECASE)
_JOINED = (r"[；;]", r"[,，] and |[,，](?:以及|并且?|同时)", r"、|和(?![谐平解])|以及", r", and | and |, (?=.* and )")  # how items of a run are joined, tried in turn
_HEAD_COUNTS = "零一二三四五六七八九十"
_HEADS = re.compile(r"(?P<n>[三四五六七八九十])(?:[个個大项項条條点點]|方面)")
_OPENS_ROW = re.compile(r"[：:](?!\d)|分[\u4e00-\u9fff]{1,4}看[，,]|按[\u4e00-\u9fff]{1,6}?分[，,]")
LONGEST_HEAD = 22  # characters of a paragraph's opening sentence that is a head
_OPENS_ITEM = re.compile(r"[对在为從从以按通围針针随由当]")  # 对…的村医，: what is done follows the pause


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
    side = _SIDE.match(text[item.start : item.end])
    skip = side.end() if side else read_ordinal(text[item.start : item.end])[1]
    start = item.start + skip
    start += len(text[start : item.end]) - len(text[start : item.end].lstrip(" ，,、：:是"))
    end = item.start + len(text[item.start : item.end].rstrip("。；！？;.!? \n"))
    pauses = [m.start() for m in re.compile(r"[，；：,:](?!\d)").finditer(text, start + 2, end)]
    if pauses and _OPENS_ITEM.match(text, start):
        pauses = pauses[1:]
    return start, (pauses[0] if pauses and width(text[start:end]) > LONGEST_ITEM else end)


@lru_cache(maxsize=256)
def find_enumerations(document: Document) -> tuple[Enumeration, ...]:
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
    numbered = [
        Enumeration(document, at.get(run[0].announcer), tuple(run), [s.ordinal for s in run] != list(range(1, len(run) + 1)))
        for run in runs
        if len(run) > 1
    ]
    return (*numbered, *_sides(document), *_counted(document, {item.start for e in numbered for item in e.items}), *_headed(document), *_given(document))


def _sides(document: Document) -> list[Enumeration]:
    """一方面…另一方面…, One, … Two, …: each item up to the next mark or its sentence's end."""
    found: list[Enumeration] = []
    for _, run in groupby(split_sentences(document), lambda s: (s.turn.start, s.paragraph)):
        paragraph = list(run)
        marks = [(s, m) for s in paragraph for m in _SIDE.finditer(document.text, s.start, s.end)]
        firsts = [n for n, (_, mark) in enumerate(marks) if mark["first"]]
        for n, stop in pairwise([*firsts, len(marks)]):
            items = []
            for at in range(n, stop):
                sentence, mark = marks[at]
                end = marks[at + 1][1].start() if at + 1 < len(marks) and marks[at + 1][0] is sentence else sentence.end
                items.append(_piece(document.text, sentence, mark.start(), end, at - n + 1))
            sentence, mark = marks[n]
            before = [s for s in paragraph if s.end <= mark.start()]
            announcer = _piece(document.text, sentence, sentence.start, mark.start(), 0) if mark.start() > sentence.start else before[-1] if before else None
            if len(items) > 1:
                found.append(Enumeration(document, announcer, tuple(items), False))
    return found


def _headed(document: Document) -> list[Enumeration]:
    """“五个新”, and then just so many paragraphs each of which opens with its head, or just so many numbered headings."""
    paragraphs = [list(run) for _, run in groupby(split_sentences(document), lambda s: (s.turn.start, s.paragraph, s.section))]
    heads = [_is_head(document.text, run) for run in paragraphs]
    found: list[Enumeration] = []
    for at, run in enumerate(paragraphs):
        stop = next((n for n in range(at + 1, len(paragraphs)) if not heads[n] or paragraphs[n][0].section != run[0].section), len(paragraphs))
        opening = [replace(paragraphs[n][0], ordinal=n - at) for n in range(at + 1, stop)]
        headings = _headings(document, run[-1])
        for sentence, count in ((s, _HEAD_COUNTS.index(m["n"])) for s in run for m in _HEADS.finditer(document.text, s.start, s.end)):
            items = opening if len(opening) == count else headings if len(headings) == count else []
            if items and not any(e.items[0].start == items[0].start for e in found):
                found.append(Enumeration(document, sentence, tuple(items), False))
    return found


def _given(document: Document) -> list[Enumeration]:
    """目标刚定过：营收950亿元，出货150万台，占比38%; 分区域看，…: three clauses or more that give a figure each, behind what they are of."""
    found = []
    for sentence in split_sentences(document):
        opening = _OPENS_ROW.search(document.text, sentence.start, sentence.end)
        parts = split_parts(document.text, opening.end(), sentence.end) if opening and not sentence.ordinal else []
        if opening and parts and opening.end() == parts[0][0]:
            items = tuple(_piece(document.text, sentence, a, b, n) for n, (a, b) in enumerate(parts, 1))
            found.append(Enumeration(document, _piece(document.text, sentence, sentence.start, opening.end(), 0), items, False))
    return found


def _headings(document: Document, last: Sentence) -> list[Sentence]:
    """The headings that are numbered from one right behind a sentence, as its speaker's: 一、粮食产量创历史新高."""
    found: list[Sentence] = []
    after = next((s for s in split_sentences(document) if s.start >= last.end), None)
    for turn in split_turns(document):
        if turn.start < last.end or turn.role != "heading":
            continue
        ordinal = read_ordinal(document.text[turn.body : turn.end])[0]
        if ordinal != len(found) + 1 or (not found and after and turn.start > after.start):
            break
        end = turn.body + len(document.text[turn.body : turn.end].rstrip())
        found.append(replace(last, start=turn.body, end=end, ordinal=ordinal))
    return found


def _is_head(text: str, paragraph: list[Sentence]) -> bool:
    said = text[paragraph[0].start : paragraph[0].end]
    return len(paragraph) > 1 and not paragraph[0].ordinal and 4 <= len(said) <= LONGEST_HEAD and said.endswith("。") and not re.search(r"\d", said)


def _piece(text: str, sentence: Sentence, start: int, end: int, ordinal: int) -> Sentence:
    """A slice of a sentence as one, without the joints at its end."""
    return replace(sentence, start=start, end=start + len(text[start:end].rstrip("，,；;、 \n")), ordinal=ordinal)


def _counted(document: Document, known: set[int]) -> list[Enumeration]:
    """For two reasons. A, and B. → A and B: what follows a count and falls into just as many pieces."""
    found: list[Enumeration] = []
    sentences = split_sentences(document)
    for sentence, after in zip(sentences, [*sentences[1:], None], strict=True):
        counts = list(COUNTS.finditer(document.text, sentence.start, sentence.end))
        if not counts:
            continue
        end = counts[-1].end()
        holder = sentence if len(document.text[end : sentence.end].strip()) > 3 else after
        if holder is None or holder.ordinal or holder.start in known or holder.turn is not sentence.turn or holder.paragraph != sentence.paragraph:
            continue
        pieces = split_run(document.text, max(end, holder.start), holder.end, NUMERALS[(counts[-1]["n"] or counts[-1]["word"]).lower()])
        items = tuple(_piece(document.text, holder, a, b, n) for n, (a, b) in enumerate(pieces, 1))
        if items and not _SIDE.search(document.text, holder.start, holder.end):
            found.append(Enumeration(document, sentence if holder is after else _piece(document.text, sentence, sentence.start, end, 0), items, False))
    return found


def split_run(text: str, start: int, end: int, count: int) -> list[tuple[int, int]]:
    """The spans of a run's items where it falls into as many as are counted; of any number of two or more where count is 0. Else none."""
    row = (r"、|(?:以及|和(?![谐平解])|[与與及])(?=[^、]*$)",) if "、" in text[start:end] else ()
    for joint in _JOINED if count else row:
        cuts = [(m.start(), m.end()) for m in re.compile(joint).finditer(text, start, end)]
        edges = [start, *(at for cut in cuts for at in cut), end]
        spans = [(a + len(text[a:b]) - len(text[a:b].lstrip()), a + len(text[a:b].rstrip(" \n。.；;，,"))) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        if len(spans) == (count or max(2, len(spans))) and all(b - a > 1 for a, b in spans):
            return spans
    return []


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


def split_parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of three clauses or more that give one figure each: 煤电3268万千瓦，风电1945万千瓦，…; none where they don't."""
    cuts = [(m.start(), m.end()) for m in re.compile(r"[，；、](?!\d)").finditer(text, start, end)]
    edges = [start, *(at for cut in cuts for at in cut), end]
    clauses = [(a, a + len(text[a:b].rstrip("。； \n"))) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    within = next((n for n, (a, _) in enumerate(clauses) if text.startswith("其中", a)), 0)
    given = [len(find_figures(fold(text[a:b]))) for a, b in clauses]
    first = next((n for n, figures in enumerate(given) if figures and n >= within), len(given))
    parts = [(a + 2 if text.startswith("其中", a) else a, b) for a, b in clauses[first:]]
    return parts if first - within < 2 and len(parts) > 2 and set(given[first:]) == {1} else []
