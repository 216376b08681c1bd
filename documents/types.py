"""What flows out of this room: documents, their turns, their sentences, their passages.

All offsets count characters of `Document.text`, start inclusive, end exclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["heading", "notice", "question", "answer", "statement"]


@dataclass(frozen=True, slots=True)
class Document:
    """A file as decoded: line ends unified to \\n, byte order mark dropped, nothing else rewritten, ever."""

    id: str  # path relative to the collection's folder, without suffix; unique in a collection
    title: str
    source: str  # where it was read from
    text: str
    encoding: str  # "utf-8", "utf-8-sig", "utf-16", "gb18030", or the parser: "pdf", "docx", "html"
    sha256: str  # of the bytes that were read


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted words, a heading, or the notice at a document's head."""

    role: Role
    speaker: str  # "" where nobody is named
    title: str  # the speaker's office, as the document gives it; "" where it doesn't
    start: int
    end: int
    body: int  # where the words begin: after "辛国斌：" or "## "
    level: int  # of a heading, 1 for the document's title; 0 otherwise


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence within one turn."""

    start: int
    end: int
    turn: Turn
    section: str  # the heading it stands under; "" before the first
    ordinal: int  # 2 for the sentence that begins 二是; 0 where there is none
    item: int  # offset of the sentence that opened the enumeration item this one belongs to; -1 outside one
    announcer: int  # offset of the sentence that announces the enumeration ("突出表现为五个稳"); -1 where none does
    asked: str  # the reporter's question that this sentence's turn answers; "" where none was asked
    paragraph: int  # counted from 1 over the document's paragraphs, headings left out


@dataclass(frozen=True, slots=True)
class Passage:
    """Whole sentences of one turn: what is embedded, searched and found."""

    document_id: str
    start: int
    end: int
    text: str  # == document.text[start:end]
    context: str  # section and question asked: embedded and matched, never quoted
