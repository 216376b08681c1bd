"""What an index holds: its documents by id, their texts, who speaks in them, their notices. Worked out once for each index."""

from __future__ import annotations

import re
from functools import lru_cache

from documents.fold import fold
from documents.turns import split_turns
from documents.types import Document
from index.search import Index
from qa.guards import is_latin

# An index is compared by identity.


@lru_cache(maxsize=8)
def texts_of(index: Index) -> tuple[str, ...]:
    return tuple(document.text for document in index.documents)


@lru_cache(maxsize=8)
def folded_of(index: Index) -> tuple[str, ...]:
    return tuple(map(fold, texts_of(index)))


@lru_cache(maxsize=8)
def words_of(index: Index) -> frozenset[str]:
    """The English words of all documents, folded."""
    return frozenset(word for text in folded_of(index) for word in re.findall(r"[a-z]{4,}", text))


@lru_cache(maxsize=8)
def documents_by_id(index: Index) -> dict[str, Document]:
    return {document.id: document for document in index.documents}


@lru_cache(maxsize=8)
def has_chinese(index: Index) -> bool:
    return any(re.search(r"[\u3400-\u9fff]", document.text) for document in index.documents)


@lru_cache(maxsize=8)
def has_latin(index: Index) -> bool:
    """Whether a document is written in Latin letters in the main."""
    return any(is_latin(document.text[:4000]) for document in index.documents)


@lru_cache(maxsize=8)
def speakers_of(index: Index) -> tuple[str, ...]:
    """The names of all who speak, in order of appearance."""
    return tuple(dict.fromkeys(turn.speaker for document in index.documents for turn in split_turns(document) if turn.speaker))


@lru_cache(maxsize=8)
def notices_of(index: Index) -> tuple[str, ...]:
    turns = [(document, turn) for document in index.documents for turn in split_turns(document)]
    return tuple(document.text[turn.start : turn.end] for document, turn in turns if turn.role == "notice")
