"""What stands in each file of a stored index, and what must agree between them.

    documents.jsonl   one document a line, its text whole
    passages.jsonl    document_id, start, end, context: the text is a slice of the document's
    vectors.faiss     one row a passage
    near.faiss        of many vectors alone: which may be near (index/dense.py)
    lexical.npz       starts, rows, counts, lengths (index/lexical.py)
    terms.json        the terms, by number

Text is written as it is, even a lone surrogate ("surrogatepass"): what was read is what comes back.
"""

from __future__ import annotations

import io
import json
import shlex
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from documents.types import Document, Passage
from index.dense import Dense, dense_from_bytes, dense_to_bytes, near_to_bytes, with_near
from index.errors import IndexStoreError
from index.lexical import Lexical
from index.search import Index

FORMAT = 1
FILES = ("documents.jsonl", "passages.jsonl", "vectors.faiss", "lexical.npz", "terms.json")
NEAR = "near.faiss"
_ARRAYS = {"starts": np.int64, "rows": np.int32, "counts": np.float32, "lengths": np.float32}


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """A stored index as read, before anybody asks it anything."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    dense: Dense
    lexical: Lexical
    embedder: dict[str, Any]  # name, dim, digest


def rebuild_command(folder: Path) -> str:
    """The next thing to type."""
    return f"build it again: briefing-qa index DOCUMENTS --output {shlex.quote(str(folder))}"


def count_parts(index: Index) -> dict[str, int]:
    """The counts that the manifest keeps."""
    return {
        "documents": len(index.documents),
        "passages": len(index.passages),
        "terms": len(index.lexical.vocabulary),
    }


def pack_files(index: Index) -> Iterator[tuple[str, bytes | memoryview]]:
    """Name and contents of each file, one at a time: together they may be large."""
    yield "documents.jsonl", _to_lines(map(asdict, index.documents))
    yield "passages.jsonl", _to_lines(
        {"document_id": p.document_id, "start": p.start, "end": p.end, "context": p.context} for p in index.passages
    )
    yield "vectors.faiss", dense_to_bytes(index.dense)
    if index.dense.near is not None:
        yield NEAR, near_to_bytes(index.dense)
    lexical = io.BytesIO()
    np.savez(lexical, **{name: getattr(index.lexical, name) for name in _ARRAYS})
    yield "lexical.npz", lexical.getbuffer()
    yield "terms.json", _to_json(list(index.lexical.vocabulary))


def unpack_parts(generation: Path, manifest: dict[str, Any], contents: dict[str, Any]) -> Parts:
    """The parts, once every number that two files share is the same in both; IndexStoreError otherwise."""
    file = ""
    try:
        file = "documents.jsonl"
        documents = tuple(Document(**row) for row in _from_lines(contents[file]))
        file = "passages.jsonl"
        passages = _place(documents, _from_lines(contents[file]))
        file = "vectors.faiss"
        dense = dense_from_bytes(contents[file])
        if NEAR in contents:
            file = NEAR
            dense = with_near(dense, contents[file])
        file = "terms.json"
        vocabulary = {term: number for number, term in enumerate(_from_json(contents[file]))}
        file = "lexical.npz"
        with np.load(io.BytesIO(contents[file]), allow_pickle=False) as arrays:
            lexical = Lexical(vocabulary, **{name: arrays[name] for name in _ARRAYS})
    except (ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise IndexStoreError(
            f"{generation / file}: can't be read ({error}); {rebuild_command(generation.parent)}"
        ) from error
    parts = Parts(documents, passages, dense, lexical, manifest["embedder"])
    if problems := list(_disagreements(parts, manifest)):
        raise IndexStoreError(
            "\n".join(f"{generation / line}; {rebuild_command(generation.parent)}" for line in problems)
        )
    return parts


def _place(documents: tuple[Document, ...], rows: Iterable[dict[str, Any]]) -> tuple[Passage, ...]:
    """Passages with their text, which is the slice; ValueError where the slice lies outside its document."""
    by_id = {document.id: document for document in documents}
    passages = []
    for number, row in enumerate(rows, 1):
        text, start, end = by_id[row["document_id"]].text, row["start"], row["end"]
        if not 0 <= start < end <= len(text):
            raise ValueError(
                f"line {number}: {start}:{end} of {len(text)} characters in {row['document_id']}"
            )
        passages.append(Passage(row["document_id"], start, end, text[start:end], row["context"]))
    return tuple(passages)


def _disagreements(parts: Parts, manifest: dict[str, Any]) -> Iterable[str]:
    """File, both values: every pair of numbers that should be one."""
    counts, lexical = manifest["counts"], parts.lexical
    pairs = [
        ("documents.jsonl: lines", len(parts.documents), counts["documents"]),
        ("documents.jsonl: different ids", len({d.id for d in parts.documents}), counts["documents"]),
        ("passages.jsonl: lines", len(parts.passages), counts["passages"]),
        ("vectors.faiss: rows", parts.dense.count, counts["passages"]),
        ("vectors.faiss: dimension", parts.dense.dim, manifest["embedder"]["dim"]),
        ("terms.json: different terms", len(lexical.vocabulary), counts["terms"]),
        ("lexical.npz: lengths", len(lexical.lengths), counts["passages"]),
        ("lexical.npz: starts", len(lexical.starts), counts["terms"] + 1),
        ("lexical.npz: counts", len(lexical.counts), len(lexical.rows)),
    ]
    pairs += [(f"lexical.npz: {n} as {getattr(lexical, n).dtype}, not {np.dtype(t)}", 0, 1)
              for n, t in _ARRAYS.items() if getattr(lexical, n).dtype != t]  # fmt: skip
    if len(lexical.starts):
        pairs.append(("lexical.npz: first start", int(lexical.starts[0]), 0))
        pairs.append(("lexical.npz: last start", int(lexical.starts[-1]), len(lexical.rows)))
        pairs.append(("lexical.npz: starts that fall", int((np.diff(lexical.starts) < 0).sum()), 0))
    outside = (lexical.rows < 0) | (lexical.rows >= counts["passages"])
    pairs.append(("lexical.npz: rows outside the passages", int(outside.sum()), 0))
    return (f"{what} {found}, expected {wanted}" for what, found, wanted in pairs if found != wanted)


def _to_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _from_json(content: bytes) -> Any:
    return json.loads(content.decode("utf-8", "surrogatepass"))


def _to_lines(rows: Iterable[Any]) -> bytes:
    return b"".join(_to_json(row) + b"\n" for row in rows)


def _from_lines(content: bytes) -> list[Any]:
    return [_from_json(line) for line in content.split(b"\n")[:-1]]
