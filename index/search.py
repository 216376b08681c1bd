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
from index.dense import Dense, build_dense, read_vectors, search_dense
from index.embed import Embedder, check_rows
from index.errors import EmbedderError
from index.lexical import Lexical, build_lexical, score_lexical
from index.types import Hit

if TYPE_CHECKING:
    from index.milvus import Remote

CANDIDATES = 100  # the best of each side that are scored by both


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

    What `known`, one index or several, has embedded already, word for word, isn't embedded again.
    DocumentError where two documents have one id; EmbedderError where `known` was made by another encoder.
    """
    check_ids(documents)
    passages = tuple(passage for document in documents for passage in split_passages(document))
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
    return Index(tuple(documents), tuple(passages), build_dense(vectors), build_lexical(texts), embedder)


def searched_text(passage: Passage) -> str:
    """What is embedded and matched: the context and the passage. Only the passage is ever quoted."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text


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


def middle(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The unit row [dim] in the middle of unit rows [n, dim]; the first where they cancel out."""
    total = rows.sum(0)
    length = float(np.linalg.norm(total))
    row: NDArray[np.float32] = total / length if len(rows) > 1 and length > 1e-6 else rows[0]
    return row


def fuse(dense: NDArray[np.float32], lexical: NDArray[np.float32]) -> NDArray[np.float64]:
    """The sum of both scores, each standardised over the candidates, [n].

    CombSUM (Fox and Shaw, TREC-2, 1993) over standardised scores; ranks alone would lose how far apart scores lie.
    """
    return standardise(dense) + standardise(lexical)


def standardise(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """(score - mean) / standard deviation, [n]; zeros where all scores are one."""
    precise = scores.astype(np.float64)
    if not precise.size or np.ptp(precise) == 0:
        return np.zeros(precise.shape)
    standard: NDArray[np.float64] = (precise - precise.mean()) / precise.std()
    return standard


def best_rows(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """The rows of the k highest scores above 0, in order of row; of equal scores the first."""
    rows = np.flatnonzero(scores > 0)
    if len(rows) <= k:
        return rows
    limit = np.partition(scores[rows], len(rows) - k)[len(rows) - k]
    above = rows[scores[rows] > limit]
    return np.union1d(above, rows[scores[rows] == limit][: k - len(above)])


def _embed(
    texts: list[str], embedder: Embedder, progress: Callable[[int, int], None] | None, known: Index | Sequence[Index] | None
) -> NDArray[np.float32]:
    """Unit rows of the texts, float32 [n, dim]; each different text that `known` lacks is embedded once."""
    rows: dict[str, NDArray[np.float32]] = {}
    for made in [known] if isinstance(known, Index) else known or ():
        _refuse_other(made.embedder, embedder)
        if made.remote is not None:
            continue  # a visitor's few texts are sooner embedded than looked up there
        rows.update(zip(map(searched_text, made.passages), read_vectors(made.dense), strict=True))
    new = [text for text in dict.fromkeys(texts) if text not in rows]
    embedded = embedder.embed_passages(new, progress=progress)
    rows.update(zip(new, check_rows(embedded, len(new), embedder), strict=True))
    if not texts:
        return np.empty((0, embedder.dim), np.float32)
    return np.stack([rows[text] for text in texts])


def _refuse_other(maker: Embedder, embedder: Embedder) -> None:
    if (maker.name, maker.dim, maker.digest) != (embedder.name, embedder.dim, embedder.digest):
        raise EmbedderError(
            f"the known index was made by {maker.name} ({maker.dim}, {maker.digest[:12]}), not by "
            f"{embedder.name} ({embedder.dim}, {embedder.digest[:12]}); build without it"
        )
