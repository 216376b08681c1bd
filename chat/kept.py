"""A conversation as text, to be kept in the browser or handed on, and back again exactly as it was.

What comes back comes from a browser, so every field is checked; whether it still fits the documents is `belongs`.
"""

from __future__ import annotations

import hashlib
import json
import types
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from chat.conversation import Conversation, Exchange
from chat.source import Library, find_notice, is_restated
from documents.errors import BriefingError
from qa.types import Answer, Citation

FORMAT = 1
LONGEST = 8_000_000  # characters; a browser keeps five million in all


class KeptError(BriefingError):
    """A kept conversation that can't be read."""


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a conversation quotes: what tells it from another, and its own notice."""

    id: str
    title: str
    sha256: str  # of the file
    notice: str
    restated: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A conversation with what is needed to read it where its documents are not."""

    collection: str  # digest_collection of what was asked
    sources: tuple[Source, ...]
    exchanges: tuple[Exchange, ...]  # answered ones


def digest_collection(library: Library) -> str:
    """Sixteen characters that are the same for the same files under the same ids, and for no others."""
    rows = sorted(f"{document.id}\0{document.sha256}" for document in library.values())
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def keep(conversation: Conversation, library: Library) -> Kept:
    answered = tuple(exchange for exchange in conversation if exchange.answer)
    ids = dict.fromkeys(citation.document_id for citation in _cited(answered))
    documents = [library[id] for id in ids if id in library]
    sources = (Source(d.id, d.title, d.sha256, find_notice(d), is_restated(d)) for d in documents)
    return Kept(digest_collection(library), tuple(sources), answered)


def write_kept(kept: Kept) -> str:
    """As JSON; half a surrogate pair, which no queue would carry, as its escape."""
    return json.dumps({"format": FORMAT, **asdict(kept)}, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


def read_kept(text: str) -> Kept:
    """The very conversation that was written; KeptError where the text is no such thing."""
    if len(text) > LONGEST:
        raise KeptError(f"a kept conversation has at most {LONGEST} characters, this one {len(text)}; delete it")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise KeptError(f"a kept conversation is no JSON ({error}); delete it") from None
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise KeptError(f"a kept conversation is not of format {FORMAT}; delete it")
    kept: Kept = _build(Kept, data, "conversation")
    _check(kept)
    return kept


def belongs(kept: Kept, library: Library) -> bool:
    """Whether the same files are asked, and each quote stands in them where it did."""
    return kept.collection == digest_collection(library) and all(
        citation.document_id in library and library[citation.document_id].text[citation.start : citation.end] == citation.quote
        for citation in _cited(kept.exchanges)
    )


def _cited(exchanges: tuple[Exchange, ...]) -> Iterator[Citation]:
    for exchange in exchanges:
        if exchange.answer:
            yield from (*exchange.answer.citations, *exchange.answer.nearest)


def _check(kept: Kept) -> None:
    """What the types don't say: offsets are offsets, claims point at citations, no citations ⇔ refused, sources are known."""
    known = {source.id for source in kept.sources}
    for number, exchange in enumerate(kept.exchanges, start=1):
        answer = exchange.answer
        if answer is None or not _is_whole(answer) or not {c.document_id for c in (*answer.citations, *answer.nearest)} <= known:
            raise KeptError(f"question {number} of a kept conversation has no whole answer; delete it")


def _is_whole(answer: Answer) -> bool:
    placed = all(0 <= c.start < c.end and len(c.quote) == c.end - c.start for c in (*answer.citations, *answer.nearest))
    pointed = all(0 <= position < len(answer.citations) for claim in answer.claims for position in claim.citations)
    return placed and pointed and answer.refused == (not answer.citations) and 0 <= answer.confidence <= 1


def _build(kind: Any, value: Any, where: str) -> Any:
    """The value as this type, field by field; KeptError where it isn't one."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(value, dict) and value.keys() == {field.name for field in fields(kind)}:
        hints = get_type_hints(kind)
        return kind(**{name: _build(hints[name], value[name], f"{where}.{name}") for name in value})  # type: ignore[operator]
    if origin is tuple and isinstance(value, list):
        return tuple(_build(inner[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if origin in (Union, types.UnionType):
        return None if value is None else _build(inner[0], value, where)
    if origin is Literal and value in inner and isinstance(value, str):
        return value
    if kind is float and type(value) is int:
        return float(value)
    if kind in (str, int, float, bool) and type(value) is kind:
        return value
    raise KeptError(f"{where} of a kept conversation is {value!r:.40}; delete it")
