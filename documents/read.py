"""Files to documents: which files, their ids and titles. The bytes are decoded in decode.py, parsed in parsers.py and web.py."""

from __future__ import annotations

import glob
import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from documents.decode import decode_text, unify_line_ends
from documents.errors import DocumentError
from documents.parsers import Parsed, parse_docx, parse_pdf
from documents.types import Document
from documents.web import parse_html

TEXT_SUFFIXES = (".txt", ".md", ".markdown")
PARSERS: dict[str, tuple[str, Callable[[bytes, str], Parsed]]] = {
    ".pdf": ("pdf", parse_pdf),
    ".docx": ("docx", parse_docx),
    ".html": ("html", parse_html),
    ".htm": ("html", parse_html),
}
SUFFIXES = (*TEXT_SUFFIXES, *PARSERS)
READABLE = f"what can be read: {' '.join(SUFFIXES)}"
MAX_BYTES = 50_000_000
LONGEST_TITLE = 60
HEADING = re.compile(r"^#[ \t]+(.*\S)", re.MULTILINE)
QUOTED = re.compile(r"\A(?:\s*>[^\n]*(?:\n|\Z))+")
SENTENCE_END = re.compile(r"[。！？；…!?;]|[.．]$")
NO_TITLE = re.compile(r"^(untitled|无标题|(文档|document)\s*\d*$|microsoft word|$)|\.\w{2,4}$", re.IGNORECASE)


def read_documents(path: str | Path | Sequence[str | Path]) -> list[Document]:
    """Read a file, several, a folder with all below it, or a glob.

    Ids are unique and relative to the folder (of several: to their common folder). DocumentError names the
    file, and where it can the byte, for all that is missing, empty, too large, broken or not decodable.
    """
    paths = [path] if isinstance(path, (str, Path)) else list(path)
    files: list[str] = []
    folders: list[str] = []
    for given in paths:
        found, folder = _find_files(given)
        files += found
        folders.append(folder)
    if not files:
        raise DocumentError("no path given; name a file, a folder or a glob")
    sources = {os.path.abspath(file): file for file in reversed(files)}
    common = os.path.commonpath(folders)
    names = {os.path.abspath(file): Path(os.path.relpath(file, common)).as_posix() for file in files}
    ids = _name_uniquely(names)
    return [read_bytes(_load_bytes(sources[path]), sources[path], id=id) for path, id in ids.items()]


def read_bytes(data: bytes, name: str, *, id: str | None = None) -> Document:
    """Read what was uploaded under name, whose suffix says what it is; without id, its stem is the id.

    DocumentError as in read_documents.
    """
    shown = _show(name)
    _refuse_halves(name, shown, "name")
    base = PurePosixPath(name.replace("\\", "/"))
    suffix = base.suffix.lower()
    if suffix not in SUFFIXES:
        raise DocumentError(f"{shown}: {suffix or 'no suffix'} is not a document; {READABLE}")
    if len(data) > MAX_BYTES:
        raise DocumentError(f"{shown}: {len(data)} bytes, and at most {MAX_BYTES} are read; split the file")
    if not data:
        raise DocumentError(f"{shown}: the file is empty (0 bytes); give a file with text in it")
    if suffix in PARSERS:
        encoding, parse = PARSERS[suffix]
        parsed = parse(data, shown)
    else:
        text, encoding = decode_text(data, shown)
        parsed = Parsed(text, "")
    title = _choose_title(parsed, base.stem)
    return Document(id or base.stem, title, name, parsed.text, encoding, hashlib.sha256(data).hexdigest())


def document_from_text(id: str, text: str) -> Document:
    """Make a document of text at hand; an empty one is let through, it holds no passages.

    DocumentError where text or id holds half a surrogate pair, which no encoding can write.
    """
    _refuse_halves(id, _show(id), "id")
    _refuse_halves(text, _show(id), "text")
    unified = unify_line_ends(text.removeprefix("\ufeff"))
    return Document(
        id,
        _choose_title(Parsed(unified, ""), id),
        id,
        unified,
        "utf-8",
        hashlib.sha256(text.encode()).hexdigest(),
    )


def _refuse_halves(value: str, shown: str, what: str) -> None:
    """Raise DocumentError for half a surrogate pair: a broken file name, or a badly escaped string."""
    try:
        value.encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(value[error.start]):04X}, half of a surrogate pair"
        raise DocumentError(
            f"{shown}: character {error.start} of the {what} is {half}, which UTF-8 can't hold; correct the {what}"
        ) from None


def _find_files(given: str | Path) -> tuple[list[str], str]:
    """Return the files that given means, and the absolute folder that their ids are relative to."""
    path = os.fspath(given)
    shown = _show(path)
    if os.path.isdir(path):
        files = list(_walk_folder(path))
        if not files:
            raise DocumentError(f"{shown}: no document in this folder or below it; {READABLE}")
        return files, os.path.abspath(path)
    if os.path.lexists(path):
        return [path], os.path.dirname(os.path.abspath(path))
    if glob.has_magic(path):
        found = sorted(glob.glob(path, recursive=True))
        files = [file for file in found if _is_known(file) and os.path.isfile(file)]
        if not files:
            raise DocumentError(f"{shown}: no document among the {len(found)} that match; {READABLE}")
        fixed = re.split(r"[*?\[]", path, maxsplit=1)[0]
        return files, os.path.dirname(os.path.abspath(fixed + "x"))
    raise DocumentError(f"{shown}: no such file or folder (looked from {_show(os.getcwd())}); check the path")


def _walk_folder(folder: str) -> Iterator[str]:
    """Yield the documents below folder in order; hidden ones and Word's lock files are none, loops are not followed."""
    seen: set[str] = set()
    for here, folders, names in os.walk(folder, onerror=_refuse_folder, followlinks=True):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if os.path.realpath(here) in seen:
            folders.clear()
            continue
        seen.add(os.path.realpath(here))
        yield from (
            os.path.join(here, name)
            for name in sorted(names)
            if _is_known(name) and not name.startswith((".", "~$"))
        )


def _refuse_folder(error: OSError) -> None:
    raise DocumentError(
        f"{_show(error.filename)}: can't be listed ({error.strerror}); check its permissions"
    ) from error


def _is_known(name: str) -> bool:
    return os.path.splitext(name)[1].lower() in SUFFIXES


def _load_bytes(file: str) -> bytes:
    shown = _show(file)
    if os.path.exists(file) and not os.path.isfile(file):
        raise DocumentError(f"{shown}: neither a file nor a folder; give a file")
    try:
        with open(file, "rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DocumentError(
            f"{shown}: can't be read ({error.strerror}); check that it exists and may be read"
        ) from error


def _name_uniquely(names: Mapping[str, str]) -> dict[str, str]:
    """Map each path to its name without suffix; names that would meet keep theirs."""
    ids = {path: os.path.splitext(name)[0] for path, name in names.items()}
    while clashing := {id for id, count in Counter(ids.values()).items() if count > 1}:
        ids.update((path, names[path]) for path, id in ids.items() if id in clashing)
    return ids


def _choose_title(parsed: Parsed, stem: str) -> str:
    """Return the first heading, the first line if it reads like a title, the file's own title, or its stem.

    A block quote before it is a notice.
    """
    if heading := HEADING.search(parsed.text):
        return heading.group(1).rstrip("#").rstrip() or stem
    first = QUOTED.sub("", parsed.text.strip("\ufeff")).strip().partition("\n")[0].strip()
    if first and len(first) <= LONGEST_TITLE and not SENTENCE_END.search(first):
        return first
    title = " ".join(parsed.title.split())
    return stem if NO_TITLE.search(title) or len(title) > LONGEST_TITLE else title


def _show(path: str) -> str:
    """Return path as one printable line."""
    return path.encode("utf-8", "backslashreplace").decode().replace("\n", "\\n").replace("\r", "\\r")
