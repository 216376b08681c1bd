"""An encoder that goes on where an interrupted build stopped: what it has embedded is kept in a file as it comes.

    FOLDER/EMBEDDED    records of one size: sha256 over the encoder's digest and the text, the vector, a CRC-32 of both

A record that a crash cut short, or that has changed since, is left out, and its text is embedded again. One process
at a time writes the file; another that builds the same index reads what is there and keeps nothing.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.durable import lock
from index.embed import Embedder, check_rows
from index.errors import IndexStoreError

NAME = "EMBEDDED"
AT_ONCE = 256  # texts between two writes: some seconds of work


@dataclass(frozen=True, slots=True, eq=False)
class Resuming:
    """An Embedder with the identity and the vectors of another. Questions go straight through."""

    embedder: Embedder
    path: Path
    file: FileIO | None  # None where another process writes it
    rows: dict[bytes, NDArray[np.float32]]

    @property
    def name(self) -> str:
        """The encoder's."""
        return self.embedder.name

    @property
    def dim(self) -> int:
        """The encoder's."""
        return self.embedder.dim

    @property
    def digest(self) -> str:
        """The encoder's."""
        return self.embedder.digest

    def embed_queries(self, texts: list[str]) -> NDArray[np.float32]:
        """As the encoder does."""
        return self.embedder.embed_queries(texts)

    def embed_passages(
        self, texts: list[str], *, progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        """As the encoder does; `progress` counts only what is embedded now. IndexStoreError where the file can't grow."""
        keys = [_key(self.embedder, text) for text in texts]
        new = [at for at, key in enumerate(keys) if key not in self.rows]
        found = np.empty((len(texts), self.dim), np.float32)
        for at, key in enumerate(keys):
            if key in self.rows:
                found[at] = self.rows[key]
        for start in range(0, len(new), AT_ONCE):
            part = new[start : start + AT_ONCE]
            step = _shift(progress, start, len(new))
            made = self.embedder.embed_passages([texts[at] for at in part], progress=step)
            found[part] = check_rows(made, len(part), self.embedder)
            self._keep([keys[at] for at in part], made)
        return found

    def _keep(self, keys: list[bytes], rows: NDArray[np.float32]) -> None:
        if self.file is None:
            return
        try:
            left = memoryview(b"".join(map(_pack, keys, rows)))
            while left:
                left = left[self.file.write(left) :]  # unbuffered: a disk that fills up takes a part first
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def forget(self) -> None:
        """Empties the file: the index it was kept for is saved."""
        if self.file is not None:
            self.file.truncate(0)


@contextmanager
def resume_embedding(embedder: Embedder, folder: Path) -> Iterator[Resuming]:
    """The encoder, with what an interrupted build of this folder's index has embedded already.

    IndexStoreError where the folder can't be written: better now than after an hour's work.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b", buffering=0)
    except OSError as error:
        raise _unwritable(path, error) from error
    with file:
        try:
            ours = lock(file, wait=False)
            file.seek(0)
            content = file.read()
            if ours:
                file.truncate(len(content) - len(content) % _size(embedder.dim))
        except OSError as error:
            raise _unwritable(path, error) from error
        yield Resuming(embedder, path, file if ours else None, _unpack(content, embedder.dim))


def _key(embedder: Embedder, text: str) -> bytes:
    return hashlib.sha256(f"{embedder.digest}\n{text}".encode("utf-8", "surrogatepass")).digest()


def _pack(key: bytes, row: NDArray[np.float32]) -> bytes:
    record = key + row.astype("<f4").tobytes()
    return record + zlib.crc32(record).to_bytes(4, "little")


def _size(dim: int) -> int:
    return 32 + 4 * dim + 4


def _unpack(content: bytes, dim: int) -> dict[bytes, NDArray[np.float32]]:
    """The records that are whole, by key; of another encoder's, none is."""
    rows = {}
    for start in range(0, len(content) - _size(dim) + 1, _size(dim)):
        end = start + _size(dim)
        if zlib.crc32(memoryview(content)[start : end - 4]).to_bytes(4, "little") == content[end - 4 : end]:
            rows[content[start : start + 32]] = np.frombuffer(content, "<f4", dim, start + 32)
    return rows


def _shift(
    progress: Callable[[int, int], None] | None, before: int, total: int
) -> Callable[[int, int], None] | None:
    return None if progress is None else lambda done, _: progress(before + done, total)


def _unwritable(path: Path, error: OSError) -> IndexStoreError:
    return IndexStoreError(
        f"{path}: can't be written ({error.strerror or error}); make room, or name another folder with --output"
    )
