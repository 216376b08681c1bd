"""An index on disk: plain files, written whole or not at all, checked whenever they are read.

    FOLDER/CURRENT                 the generation that counts, and the sha256 of its manifest
    FOLDER/LOCK                    held by whoever writes
    FOLDER/EMBEDDED                what an unfinished build has embedded (index/resume.py)
    FOLDER/gen-0123456789abcdef/   manifest.json and the files of index/layout.py

A save writes a new generation, syncs and reads it back, and only then replaces CURRENT: whoever reads meanwhile
finds the old index or the new one. A reader whose generation vanishes under it starts again with the new CURRENT.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from contextlib import ExitStack
from mmap import mmap
from pathlib import Path
from typing import Any

from index.durable import locked, map_file, sync_folder, write_synced
from index.embed import Embedder
from index.errors import IndexStoreError
from index.layout import FILES, FORMAT, NEAR, Parts, count_parts, pack_files, rebuild_command, unpack_parts
from index.search import Index

MANIFEST = "manifest.json"
_GENERATION = re.compile(r"gen-[0-9a-f]{16}")
_CURRENT = re.compile(r"(gen-[0-9a-f]{16}) ([0-9a-f]{64})\n")


def save_index(index: Index, folder: Path) -> None:
    """Writes the index into `folder`, beside nothing but earlier generations, which are then removed.

    IndexStoreError where the folder can't be written or holds something else, or what was written doesn't read
    back; the folder's earlier index then stands as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_others_folder(folder)
        with locked(folder / "LOCK"), ExitStack() as ending:
            _remove_others(folder)  # what a killed save left lying: the disk may be full of it
            ending.callback(_remove_others, folder)  # the one before, or this one where it failed
            generation = folder / f"gen-{secrets.token_hex(8)}"
            digest = _write_generation(generation, index)
            unpack_parts(generation, *_read_generation(generation, digest))
            write_synced(folder / "CURRENT.new", f"{generation.name} {digest}\n".encode())
            os.replace(folder / "CURRENT.new", folder / "CURRENT")
            sync_folder(folder)
    except OSError as error:
        raise IndexStoreError(
            f"{folder}: the index can't be written ({error.strerror or error}); name a folder that can, with --output"
        ) from error


def load_index(folder: Path, embedder: Embedder) -> Index:
    """Reads the index that save_index wrote, checking all of it.

    IndexStoreError where it is missing, damaged, of another format, or made by another encoder: before any search.
    """
    parts = _read_current(folder)
    made, asked = parts.embedder, _identity(embedder)
    for field in ("name", "dim", "digest"):
        if made.get(field) != asked[field]:
            raise IndexStoreError(
                f"{folder}: its {MANIFEST} says encoder {field} {made.get(field)!r}, asked with {asked[field]!r}; "
                f"{rebuild_command(folder)}"
            )
    return Index(parts.documents, parts.passages, parts.dense, parts.lexical, embedder)


def check_index(folder: Path) -> list[str]:
    """Every problem of a stored index, one line each; empty where it is whole. Raises nothing for a bad index."""
    try:
        _read_current(folder)
    except IndexStoreError as error:
        return str(error).split("\n")
    return []


def _read_current(folder: Path) -> Parts:
    """The parts of the generation that counts; once more from the start when it vanished under the reader."""
    named = _read_pointer(folder)
    while True:
        try:
            return unpack_parts(folder / named[0], *_read_generation(folder / named[0], named[1]))
        except FileNotFoundError as error:
            again = _read_pointer(folder)
            if again == named:
                raise IndexStoreError(f"{error.filename}: missing; {rebuild_command(folder)}") from error
            named = again
        except OSError as error:
            raise IndexStoreError(f"{error.filename}: {error.strerror}; {rebuild_command(folder)}") from error


def _read_pointer(folder: Path) -> tuple[str, str]:
    """The name of the generation that counts, and its manifest's sha256."""
    path = folder / "CURRENT"
    try:
        text = path.read_bytes().decode("ascii", "replace")
    except OSError as error:
        raise IndexStoreError(
            f"{folder}: no index here ({error.strerror}); {rebuild_command(folder)}"
        ) from error
    match = _CURRENT.fullmatch(text)
    if match is None:
        raise IndexStoreError(
            f"{path}: {text[:40]!r} is not the name of a generation and a sha256; {rebuild_command(folder)}"
        )
    return match[1], match[2]


def _read_generation(generation: Path, digest: str) -> tuple[dict[str, Any], dict[str, bytes | mmap]]:
    """A generation's manifest and the contents of its files, digests checked: every damaged file on a line."""
    again = rebuild_command(generation.parent)
    path = generation / MANIFEST
    content = path.read_bytes()
    if (found := _sha256(content)) != digest:
        raise IndexStoreError(f"{path}: sha256 is {found}, CURRENT says {digest}; {again}")
    manifest = json.loads(content)
    if manifest["format"] != FORMAT:
        raise IndexStoreError(f"{path}: format {manifest['format']}, this program reads {FORMAT}; {again}")
    contents: dict[str, bytes | mmap] = {}
    large = NEAR in manifest["files"]
    for file in (*FILES, NEAR) if large else FILES:  # many vectors stay on the disk: the system reads what is asked for
        mapped = large and file.endswith(".faiss") and (generation / file).stat().st_size > 0
        contents[file] = map_file(generation / file) if mapped else (generation / file).read_bytes()
    problems = []
    for file, found_bytes in contents.items():
        wanted = manifest["files"][file]
        if len(found_bytes) != wanted["bytes"]:
            problems.append(
                f"{generation / file}: {len(found_bytes)} bytes, the manifest says {wanted['bytes']}; {again}"
            )
        elif (found := _sha256(found_bytes)) != wanted["sha256"]:
            problems.append(
                f"{generation / file}: sha256 is {found}, the manifest says {wanted['sha256']}; {again}"
            )
    if problems:
        raise IndexStoreError("\n".join(problems))
    return manifest, contents


def _write_generation(generation: Path, index: Index) -> str:
    """Writes every file and the manifest, synced; gives the manifest's sha256."""
    generation.mkdir()
    files = {}
    for name, content in pack_files(index):
        write_synced(generation / name, content)
        files[name] = {"bytes": len(content), "sha256": _sha256(content)}
    manifest = {"format": FORMAT, "embedder": _identity(index.embedder), "counts": count_parts(index), "files": files}
    written = (json.dumps(manifest, ensure_ascii=True, indent=2) + "\n").encode()
    write_synced(generation / MANIFEST, written)
    sync_folder(generation)
    return _sha256(written)


def _remove_others(folder: Path) -> None:
    """Removes the generations that don't count; none where CURRENT is damaged and doesn't say which one does."""
    try:
        current = _read_pointer(folder)[0] if (folder / "CURRENT").exists() else ""
    except IndexStoreError:
        return
    for old in folder.iterdir():
        if _GENERATION.fullmatch(old.name) and old.name != current:
            shutil.rmtree(old, ignore_errors=True)


def _refuse_others_folder(folder: Path) -> None:
    """Keeps a save from leaving its files, and a CURRENT, among somebody else's."""
    for path in folder.iterdir():
        ours = path.name in ("CURRENT", "CURRENT.new", "LOCK", "EMBEDDED") or _GENERATION.fullmatch(path.name)
        if not ours and not path.name.startswith("."):
            raise IndexStoreError(
                f"{folder}: holds {path.name}, which is no part of an index; name a new or empty folder with --output"
            )


def _identity(embedder: Embedder) -> dict[str, Any]:
    return {"name": embedder.name, "dim": embedder.dim, "digest": embedder.digest}


def _sha256(content: bytes | memoryview | mmap) -> str:
    return hashlib.sha256(content).hexdigest()
