"""The index of a collection, kept in a folder: read where it stands, built only for what is new."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from documents.types import Document
from index.embed import Embedder
from index.errors import IndexStoreError
from index.resume import resume_embedding
from index.search import Index, build_index
from index.store import load_index, save_index

log = logging.getLogger("briefing-qa")


def keep_index(
    documents: Sequence[Document],
    embedder: Embedder,
    folder: Path,
    *,
    must_keep: bool,
    progress: Callable[[int, int], None] | None = None,
) -> Index:
    """The folder's index where it is of these very documents; else a new one, saved there, which embeds only what is new.

    A build that was interrupted goes on where it stopped. IndexStoreError where the folder can't be written: if
    `must_keep`; otherwise a warning, and the index is kept in memory alone.
    """
    known: Index | None = None
    if (folder / "CURRENT").exists():
        try:
            known = load_index(folder, embedder)
        except IndexStoreError as error:
            log.warning("%s (building it again now)", error)
    if known is not None and known.documents == tuple(documents):
        return known
    index: Index | None = None
    try:
        with resume_embedding(embedder, folder) as resuming:
            index = replace(build_index(documents, resuming, progress=progress, known=known), embedder=embedder)
            save_index(index, folder)
            resuming.forget()
    except IndexStoreError as error:
        if must_keep:
            raise
        log.warning("%s (this time the index is kept in memory alone)", error)
    return index or build_index(documents, embedder, progress=progress, known=known)
