"""The index, and the search in it: dense and lexical scores, each standardised, summed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from documents.errors import DocumentError
from documents.passages import split_passages
from documents.types import Document, Passage
from index.dense import LARGE, Dense, build_dense, describe_near, read_vectors, search_dense
from index.embed import Embedder, check_rows
from index.errors import EmbedderError
from index.lexical import Lexical, build_lexical, score_lexical, update_lexical
from index.scores import best_rows, fuse, middle
from index.types import Hit

if TYPE_CHECKING:
    from index.milvus import Remote

CANDIDATES = 100  # the best of each side that are scored by both
ASKED = 100  # questions that an approximate index is measured with


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """A collection made searchable. Row i of `dense` and of `lexical` is passages[i]."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]  # in the documents' order, then in the text's
    dense: Dense
    lexical: Lexical
    embedder: Embedder  # the one that made the vectors: nothing else can ask
    remote: Remote | None = None  # where both sides' vectors are, if not here: `dense` then is empty, `lexical` knows rarity alone


def build_index(
    documents: Sequence[Document],
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] | None = None,
    known: Index | Sequence[Index] | None = None,
) -> Index:
    """Splits, embeds and indexes. `progress`: (done, total) of the passages to embed; it may raise to cancel.

    Of what `known`, one index or several, holds already, documents aren't cut again nor passages embedded.
    DocumentError where two documents have one id; EmbedderError where `known` was made by another encoder.
    """
    check_ids(documents)
    cut = _cut(known)
    passages = tuple(passage for document in documents for passage in cut.get(document) or split_passages(document))
    return index_passages(documents, passages, embedder, progress=progress, known=known)


def check_ids(documents: Sequence[Document]) -> None:
    """DocumentError where two documents have one id."""
    seen: dict[str, Document] = {}
    for document in documents:
        if document.id in seen:
            raise DocumentError(
                f"{seen[document.id].source} and {document.source} have the same id {document.id!r}; rename one"
            )
        seen[document.id] = document


def index_passages(
    documents: Sequence[Document],
    passages: Sequence[Passage],
    embedder: Embedder,
    *,
    progress: Callable[[int, int], None] | None = None,
    known: Index | Sequence[Index] | None = None,
) -> Index:
    """build_index over passages that are already cut."""
    texts = [searched_text(passage) for passage in passages]
    vectors = _embed(texts, embedder, progress, known)
    dense = build_dense(vectors, sample_questions(texts, embedder) if len(texts) >= LARGE else None)
    lexical = _match(texts, known) if isinstance(known, Index) and not known.remote else build_lexical(texts)
    return Index(tuple(documents), tuple(passages), dense, lexical, embedder)


def searched_text(passage: Passage) -> str:
    """What is embedded and matched: the context and the passage. Only the passage is ever quoted."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


def sample_questions(texts: Sequence[str], embedder: Embedder) -> NDArray[np.float32]:
    """Unit rows float32 [ASKED, dim] to measure an approximate index with: beginnings of texts, encoded as questions.

    Not the texts' own vectors: an encoder puts questions elsewhere, where fewer of the nearest would be found.
    """
    chosen = np.random.default_rng(0).integers(len(texts), size=ASKED)
    return check_rows(embedder.embed_queries([texts[at][:25] for at in chosen]), ASKED, embedder)


def describe_search(index: Index) -> str:
    """How the vectors are searched, in a few words; where not all are compared, with how many of the nearest are found."""
    if index.remote is not None:
        return "exact Milvus"
    if index.dense.near is None:
        return "exact FAISS"
    return describe_near(index.dense, sample_questions([searched_text(p) for p in index.passages], index.embedder))


def search(index: Index, query: str, k: int, reworded: str = "") -> list[Hit]:
    """The k best passages, best first; fewer where there are fewer candidates, none for k ≤ 0.

    Candidates are the best of either side, each scored exactly by both. Equal scores keep the passages' order.
    `reworded` is the query with further words of the same meaning (an English one with its Chinese words): the meaning
    searched for is then the middle of both, and the words are the reworded ones.
    """
    if k <= 0 or not index.passages or not query.strip():
        return []
    asked = [query, reworded] if reworded.strip() else [query]
    vector = middle(check_rows(index.embedder.embed_queries(asked), len(asked), index.embedder))
    find = index.remote.find if index.remote else partial(_find, index.dense)
    rows, cosines, lexical = find(index.lexical, vector, asked[-1], max(k, CANDIDATES))
    scores = fuse(cosines, lexical)
    return [
        Hit(index.passages[rows[at]], float(scores[at]), float(cosines[at]), float(lexical[at]))
        for at in np.argsort(-scores, kind="stable")[:k]
    ]


def _find(
    dense: Dense, lexical: Lexical, vector: NDArray[np.float32], words: str, k: int
) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
    """The k best rows of either side, ascending [n], with their cosines and BM25 [n]."""
    scores = score_lexical(lexical, words)
    rows = np.union1d(search_dense(dense, vector, k), best_rows(scores, k))
    return rows, read_vectors(dense, rows) @ vector, scores[rows]


def _each(known: Index | Sequence[Index] | None) -> Sequence[Index]:
    return [known] if isinstance(known, Index) else known or ()


def _cut(known: Index | Sequence[Index] | None) -> dict[Document, list[Passage]]:
    """The passages of every document that is known."""
    cut: dict[Document, list[Passage]] = {}
    for made in _each(known):
        documents = {document.id: document for document in made.documents}
        of_document: dict[str, list[Passage]] = {}
        for passage in made.passages:
            of_document.setdefault(passage.document_id, []).append(passage)
        cut.update((documents[id], passages) for id, passages in of_document.items())
    return cut


def _match(texts: list[str], known: Index) -> Lexical:
    """The texts' postings, of which those of the texts that are known are taken over."""
    rows_of: dict[str, list[int]] = {}
    for row, passage in enumerate(known.passages):
        rows_of.setdefault(searched_text(passage), []).append(row)
    rows = [rows_of[text].pop() if rows_of.get(text) else -1 for text in texts]
    new = [text for text, row in zip(texts, rows, strict=True) if row < 0]
    return update_lexical(known.lexical, np.array(rows, np.int64), new)


def _embed(
    texts: list[str], embedder: Embedder, progress: Callable[[int, int], None] | None, known: Index | Sequence[Index] | None
) -> NDArray[np.float32]:
    """Unit rows of the texts, float32 [n, dim]; each different text that `known` lacks is embedded once."""
    rows: dict[str, NDArray[np.float32]] = {}
    for made in _each(known):
        _refuse_other(made.embedder, embedder)
        if made.remote is not None:
            continue  # a visitor's few texts are sooner embedded than looked up there
        rows.update(zip(map(searched_text, made.passages), read_vectors(made.dense), strict=True))
    new = [text for text in dict.fromkeys(texts) if text not in rows]
    embedded = embedder.embed_passages(new, progress=progress)
    rows.update(zip(new, check_rows(embedded, len(new), embedder), strict=True))
    vectors = np.empty((len(texts), embedder.dim), np.float32)
    for at, text in enumerate(texts):
        vectors[at] = rows[text]
    return vectors


def _refuse_other(maker: Embedder, embedder: Embedder) -> None:
    if (maker.name, maker.dim, maker.digest) != (embedder.name, embedder.dim, embedder.digest):
        raise EmbedderError(
            f"the known index was made by {maker.name} ({maker.dim}, {maker.digest[:12]}), not by "
            f"{embedder.name} ({embedder.dim}, {embedder.digest[:12]}); build without it"
        )
