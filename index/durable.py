"""Files that outlive a crash, written to the disk itself under a lock that dies with its holder; and files too large to be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO


def write_synced(path: Path, content: bytes | memoryview) -> None:
    """Writes the file, and comes back once the disk has it."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def map_file(path: Path) -> mmap:
    """The file's bytes, read by the system when they are needed. It may be removed meanwhile, never changed."""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def sync_folder(folder: Path) -> None:
    """Comes back once the disk has the folder's names."""
    if os.name == "nt":
        return  # Windows can't open a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Only one process at a time holds the file; the system frees the lock of one that dies."""
    with path.open("a+b") as file:
        lock(file, wait=True)
        yield  # closing the file frees it


def lock(file: IO[bytes], *, wait: bool) -> bool:
    """Locks an open file until it is closed; False where another process holds it and there is no waiting."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        if wait:
            raise
        return False
    return True
