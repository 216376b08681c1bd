"""What a visitor brings, from the upload to a document: taken off the disk at once, read, or refused with the reason. No gradio."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from chat.shelf import MOST_BYTES, MOST_CHARACTERS, MOST_FILES, tell_size
from documents.apart import read_apart
from documents.errors import DocumentError
from documents.read import SUFFIXES, document_from_text
from documents.types import Document

# What reading says, by a piece of it, and the label that says it in the visitor's language. Anything else is shown as it is.
REASONS = (("scanned", "scanned"), ("encrypted", "encrypted"), ("fonts", "scanned"), ("not a readable", "broken"), ("0 characters", "no_text"), ("was stopped", "laborious"), ("more than", "laborious"), ("byte ", "undecodable"))


@dataclass(frozen=True, slots=True)
class Brought:
    """A file or a pasted text as it came, not read yet."""

    name: str
    content: bytes | str  # text where it was pasted
    fault: str = ""  # the label of what was wrong before it could be read


class Refused(Exception):
    """It is no document that can be asked. `label` names the reason, `said` is the reader's own message."""

    def __init__(self, label: str, said: str = "") -> None:
        super().__init__(label, said)
        self.label, self.said = label, said


def upload_folder() -> Path:
    """Where gradio puts what is uploaded."""
    return Path(os.environ.get("GRADIO_TEMP_DIR") or Path(tempfile.gettempdir()) / "gradio").resolve()


def take(uploads: Iterable[Mapping[str, Any]], folder: Path) -> tuple[Brought, ...]:
    """The uploaded files, read off the disk and deleted there.

    What the browser says comes unchecked: a path that doesn't lead to a file in `folder` is neither opened nor deleted.
    """
    return tuple(_take(upload, folder, wanted=number < MOST_FILES) for number, upload in enumerate(uploads))


def _take(upload: Mapping[str, Any], folder: Path, *, wanted: bool) -> Brought:
    path = Path(os.path.realpath(str(upload.get("path", "")).replace("\0", "")))
    name = PurePosixPath(str(upload.get("orig_name") or path.name).replace("\\", "/")).name or "?"
    if not path.is_relative_to(folder):
        return Brought(name, b"", "vanished")
    try:
        with path.open("rb") as stream:
            content = stream.read() if wanted else b""  # gradio has cut off what is over the limit
        path.unlink(missing_ok=True)
    except OSError:  # another visitor's same file was taken and deleted in between, time was up, or it is none
        return Brought(name, b"", "vanished")
    with suppress(OSError):  # somebody else's file of the same content and another name
        path.parent.rmdir()
    return Brought(name, content, "" if wanted else "too_many")


def read(brought: Brought, own: Sequence[Document], others: Iterable[str], most: int = MOST_BYTES) -> Document:
    """The document, under an id that neither `own` nor `others` has. Raises Refused, also for a file of more than `most` bytes."""
    if brought.fault:
        raise Refused(brought.fault)
    if len(own) >= MOST_FILES:
        raise Refused("too_many")
    document = _read_text(brought.name, brought.content) if isinstance(brought.content, str) else _read_file(brought.name, brought.content, most)
    if document.sha256 in {other.sha256 for other in own}:
        raise Refused("known")
    if sum(len(other.text) for other in own) + len(document.text) > MOST_CHARACTERS:
        raise Refused("too_long", f"{len(document.text):,}")
    return replace(document, id=_free(document.id, {*others, *(other.id for other in own)}))


def _read_file(name: str, content: bytes, most: int) -> Document:
    if PurePosixPath(name).suffix.lower() not in SUFFIXES:
        raise Refused("zip" if content.startswith(b"PK\x03\x04") else "suffix")
    if len(content) > most:
        raise Refused("too_large", tell_size(most))
    if not content:
        raise Refused("empty")
    try:
        return read_apart(content, name)
    except DocumentError as error:
        said = str(error).removeprefix(f"{name}: ")
        raise Refused(next((label for piece, label in REASONS if piece in said), "unreadable"), said) from None


def _read_text(title: str, text: str) -> Document:
    if not text.strip():
        raise Refused("empty_text")
    try:
        document = document_from_text(title.strip() or "1", text)
    except DocumentError as error:
        raise Refused("unreadable", str(error)) from None
    return replace(document, title=title.strip()) if title.strip() else replace(document, id=document.title)


def _free(id: str, taken: set[str]) -> str:
    """The id, or the first of `id (2)`, `id (3)` … that is free."""
    number, free = 1, id
    while free in taken:
        number += 1
        free = f"{id} ({number})"
    return free
