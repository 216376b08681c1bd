"""The same collection in Milvus, for more than one machine holds: it keeps both sides' vectors and finds the candidates.

    milvus+http://host:19530#NAME   a server or cluster; a token in the variable BRIEFING_QA_MILVUS_TOKEN
    milvus+FILE.db#NAME             Milvus Lite, in this process; without #NAME the name is briefing_qa

The words' side is a sparse vector of each term's BM25 weight, whose inner product with the question's terms is
BM25 itself. Candidates are scored here, from the vectors that come back: as index/search.py does, to the last bits.
NAME is an alias, moved to a new collection once that is whole: who asks meanwhile finds the old one or the new one.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.passages import split_passages
from documents.types import Document
from index.dense import build_dense
from index.embed import Embedder, check_rows
from index.errors import IndexStoreError
from index.lexical import K1, B, Lexical, build_lexical, inverse_frequency, length_norms, saturate, terms
from index.search import Index, check_ids, searched_text

FORMAT = 1
TOKEN = "BRIEFING_QA_MILVUS_TOKEN"
STEP = 500  # rows a request: some 2 MB
_URL = re.compile(r"milvus\+(?P<uri>https?://[^#\s]+|[^#]+\.db)(?:#(?P<name>[A-Za-z_]\w{0,99}))?", re.ASCII)
_NO_TERM = 0  # Milvus takes no empty sparse vector: every text has this one, and no question


@dataclass(frozen=True, slots=True, eq=False)
class Remote:
    """Where the vectors are: row i of the collection is passages[i] of the index."""

    client: Any  # pymilvus.MilvusClient, which threads may share
    collection: str
    url: str

    def find(self, lexical: Lexical, vector: NDArray[np.float32], words: str, k: int) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
        """The k best rows of either side, ascending [n], with their cosines and BM25 [n]. IndexStoreError where Milvus fails."""
        asked = {lexical.vocabulary[term] + 1: float(times) for term, times in Counter(terms(words)).items() if term in lexical.vocabulary}
        with _told(self.url):
            rows = {hit["row"] for hit in self.client.search(self.collection, [vector], anns_field="dense", limit=k, search_params={"metric_type": "IP"})[0]}
            if asked:
                rows |= {hit["row"] for hit in self.client.search(self.collection, [asked], anns_field="sparse", limit=k, search_params={"metric_type": "IP"})[0]}
            found = self.client.query(self.collection, ids=sorted(rows), output_fields=["dense", "sparse"])
        found = sorted(found, key=lambda entity: entity["row"])
        cosines = np.array([entity["dense"] for entity in found], np.float32) @ vector
        scores = [sum(times * entity["sparse"].get(term, 0.0) for term, times in asked.items()) for entity in found]
        return np.array([entity["row"] for entity in found], np.int64), cosines, np.array(scores, np.float32)


def open_milvus(
    url: str, documents: Sequence[Document], embedder: Embedder, progress: Callable[[int, int], None] | None = None
) -> Index:
    """The index of these documents in Milvus, built there if it isn't; what stands there already isn't embedded again.

    `progress`: (done, total) of the passages to embed; it may raise to cancel. IndexStoreError for an address that is
    none, that can't be reached, or whose server refuses.
    """
    uri, name = split_url(url)
    check_ids(documents)
    passages = tuple(passage for document in documents for passage in split_passages(document))
    texts = [searched_text(passage) for passage in passages]
    lexical = build_lexical(texts)
    maker = hashlib.sha256(f"{embedder.name} {embedder.dim} {embedder.digest}".encode()).hexdigest()[:16]
    keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
    wanted = f"{name}_{maker}_{hashlib.sha256(json.dumps([FORMAT, keys]).encode()).hexdigest()[:16]}"
    with _told(url):
        client = _connect(uri)
        current = _current(client, url, name)
        if current:
            client.load_collection(current)
    if current != wanted:
        known = _read_known(client, url, current, keys) if current.startswith(f"{name}_{maker}_") else {}
        vectors = _embed(dict(zip(keys, texts, strict=True)), known, embedder, progress)
        with _told(url):
            _fill(client, wanted, keys, vectors, lexical, embedder.dim)
            _point(client, name, current, wanted)
    light = replace(lexical, rows=lexical.rows[:0].copy(), counts=lexical.counts[:0].copy())  # enough for idf
    nothing = build_dense(np.empty((0, embedder.dim), np.float32))
    return Index(tuple(documents), passages, nothing, light, embedder, Remote(client, wanted, url))


def split_url(url: str) -> tuple[str, str]:
    """What the client connects to, and the alias. IndexStoreError for anything else than a milvus+ address."""
    match = _URL.fullmatch(url)
    if match is None:
        raise IndexStoreError(f"{url!r} is no address of an index; write milvus+http://HOST:19530#NAME or milvus+FILE.db")
    return match["uri"], match["name"] or "briefing_qa"


def weigh(lexical: Lexical) -> list[dict[int, float]]:
    """Each text's terms, numbered from 1, with their share of BM25; score_lexical is their product with a question's."""
    having = np.diff(lexical.starts)
    rarity = inverse_frequency(having, len(lexical.lengths)).astype(np.float32)
    norms = length_norms(lexical.lengths, K1, B)[lexical.rows]
    weights = np.repeat(rarity, having) * saturate(lexical.counts, norms, K1)
    numbers = np.repeat(np.arange(1, len(having) + 1), having)
    by_text: list[dict[int, float]] = [{_NO_TERM: 1.0} for _ in lexical.lengths]
    for row, number, weight in zip(lexical.rows.tolist(), numbers.tolist(), weights.tolist(), strict=True):
        by_text[row][number] = weight
    return by_text


def _connect(uri: str) -> Any:
    from pymilvus import MilvusClient

    for talker in ("pymilvus", "grpc._server"):  # they print, traceback and all, what is raised and told in one line
        logging.getLogger(talker).setLevel(logging.CRITICAL)
    return MilvusClient(uri, token=os.environ.get(TOKEN, ""))


def _current(client: Any, url: str, name: str) -> str:
    """The collection that the alias stands for; "" where there is no alias yet."""
    if name in client.list_collections():
        raise IndexStoreError(f"{url}: {name} is a collection there and no alias of this program's; write another #NAME")
    return str(client.describe_alias(name)["collection_name"]) if client.has_collection(name) else ""


def _read_known(client: Any, url: str, collection: str, keys: Sequence[str]) -> dict[str, NDArray[np.float32]]:
    """The vectors of those texts that the collection holds, by the texts' digests."""
    known: dict[str, NDArray[np.float32]] = {}
    distinct = list(dict.fromkeys(keys))
    with _told(url):
        for start in range(0, len(distinct), STEP):
            part = distinct[start : start + STEP]
            for entity in client.query(collection, filter=f"text in {json.dumps(part)}", output_fields=["text", "dense"]):
                known[entity["text"]] = np.array(entity["dense"], np.float32)
    return known


def _embed(
    texts: dict[str, str], known: dict[str, NDArray[np.float32]], embedder: Embedder, progress: Callable[[int, int], None] | None
) -> dict[str, NDArray[np.float32]]:
    """A unit row for each text, by digest."""
    new = [key for key in texts if key not in known]
    rows = embedder.embed_passages([texts[key] for key in new], progress=progress)
    return known | dict(zip(new, check_rows(rows, len(new), embedder), strict=True))


def _fill(client: Any, collection: str, keys: Sequence[str], vectors: dict[str, NDArray[np.float32]], lexical: Lexical, dim: int) -> None:
    """Makes the collection anew, in place of what a broken build left."""
    from pymilvus import DataType

    if client.has_collection(collection):
        client.drop_collection(collection)
    schema = client.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("row", DataType.INT64, is_primary=True)
    schema.add_field("text", DataType.VARCHAR, max_length=64)  # sha256 of what is searched
    schema.add_field("dense", DataType.FLOAT_VECTOR, dim=dim)
    schema.add_field("sparse", DataType.SPARSE_FLOAT_VECTOR)
    indexes = client.prepare_index_params()
    indexes.add_index("dense", index_type="FLAT", metric_type="IP")
    indexes.add_index("sparse", index_type="SPARSE_INVERTED_INDEX", metric_type="IP")
    client.create_collection(collection, schema=schema, index_params=indexes, consistency_level="Strong")
    sparse = weigh(lexical)
    for start in range(0, len(keys), STEP):
        numbers = range(start, min(start + STEP, len(keys)))
        client.insert(collection, [{"row": n, "text": keys[n], "dense": vectors[keys[n]], "sparse": sparse[n]} for n in numbers])
    client.flush(collection)


def _point(client: Any, name: str, before: str, now: str) -> None:
    if before:
        client.alter_alias(now, name)
        client.drop_collection(before)
    else:
        client.create_alias(now, name)


@contextmanager
def _told(url: str) -> Iterator[None]:
    """What the client raises, as an error that says where."""
    try:
        yield
    except ImportError as error:
        raise IndexStoreError(f"{url}: needs the package {error.name}; install it: pip install 'briefing-qa[milvus]'") from error
    except _client_errors() as error:
        raise IndexStoreError(f"{url}: Milvus says {str(error).splitlines()[0]}; check that it runs and that {TOKEN} is right") from error


def _client_errors() -> tuple[type[Exception], ...]:
    from pymilvus.exceptions import MilvusException

    return (MilvusException,)
