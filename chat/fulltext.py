"""A whole document as the panel's second tab shows it: sections, speakers, paragraph numbers, what is cited marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from chat.conversation import Span
from chat.source import literal
from documents.sentences import split_sentences
from documents.turns import split_turns
from documents.types import Document, Turn


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, or a paragraph of one turn. Blocks cover the document's text but white space at their ends."""

    start: int
    end: int
    body: int  # behind the speaker's label, or the signs of a heading
    turn: Turn
    number: int  # of the paragraph; 0 for a heading
    plain: str  # its HTML where nothing in it is marked


@dataclass(frozen=True, slots=True)
class Mark:
    """A slice to be marked: of a citation with its number, or the one being looked at."""

    start: int
    end: int
    number: int = 0  # 0: not cited
    current: bool = False


def render_text(document: Document, numbers: Mapping[Span, int], place: Span | None) -> str:
    """The document, every cited span marked, and `place` marked stronger than the others."""
    here = place[1:] if place and place[0] == document.id else None
    marks = [Mark(start, end, number, (start, end) == here) for (id, start, end), number in numbers.items() if id == document.id]
    if here and not any(mark.current for mark in marks):
        marks.append(Mark(*here, current=True))
    blocks = split_blocks(document)
    shown = [block.plain for block in blocks]
    starts = [block.start for block in blocks]
    marked = {n for mark in marks for n in range(max(0, bisect_right(starts, mark.start) - 1), bisect_right(starts, mark.end - 1))}
    for n in marked:
        shown[n] = _render_block(document, blocks[n], marks)
    at = f' data-place="{here[0]}-{here[1]}"' if here else ""
    return f'<article class="text"{at}>{"".join(shown)}</article>'


@lru_cache(maxsize=64)
def split_blocks(document: Document) -> tuple[Block, ...]:
    """The document cut into headings and paragraphs, as the program counts them."""
    begins: dict[int, tuple[Turn, int]] = {turn.start: (turn, 0) for turn in split_turns(document)}
    last = -1
    for sentence in split_sentences(document):
        if sentence.turn.role == "heading" or sentence.paragraph == last:
            continue
        last = sentence.paragraph
        first = begins.get(sentence.turn.start, (sentence.turn, 0))[1] == 0
        begins[sentence.turn.start if first else sentence.start] = (sentence.turn, last)
    return tuple(_make_block(document, start, end, *begins[start]) for start, end in pairwise([*sorted(begins), len(document.text)]))


def _make_block(document: Document, start: int, end: int, turn: Turn, number: int) -> Block:
    end = start + len(document.text[start:end].rstrip())
    body = turn.body if turn.start == start and turn.body <= end else start
    block = Block(start, end, body, turn, number, "")
    return Block(start, end, body, turn, number, _render_block(document, block, ()))


def _render_block(document: Document, block: Block, marks: Sequence[Mark]) -> str:
    text = _mark_up(document.text, block.body, block.end, marks)
    if block.turn.role == "heading":
        level = 3 if block.turn.level < 2 else 4
        return f"<h{level}>{text}</h{level}>"
    label = document.text[block.start : block.body]
    speaker = f'<b class="speaker">{literal(label)}</b>' if label.strip() else ""
    table = " table" if "|" in document.text[block.body : block.end] else ""
    number = f' data-number="{block.number}"' if block.number else ""
    return f'<p class="{block.turn.role}{table}"{number}>{speaker}{text}</p>'


def _mark_up(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """The slice, cut wherever a mark begins or ends. A number stands at the end of its mark."""
    within = [mark for mark in marks if mark.start < end and mark.end > start]
    if not within:
        return literal(text[start:end])
    cuts = sorted({start, end, *(at for mark in within for at in (mark.start, mark.end) if start < at < end)})
    pieces = []
    for one, other in pairwise(cuts):
        over = [mark for mark in within if mark.start <= one and mark.end >= other]
        pieces.append(_piece(text[one:other], over, other))
    return "".join(pieces)


def _piece(text: str, over: Sequence[Mark], end: int) -> str:
    if not over:
        return literal(text)
    current = ' class="current" tabindex="-1"' if any(mark.current for mark in over) else ""
    ending = "".join(f"[{mark.number}]" for mark in over if mark.number and mark.end == end)
    number = f' data-numbers="{ending}"' if ending else ""
    return f"<mark{current}{number}>{literal(text)}</mark>"
