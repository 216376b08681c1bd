"""What can be wrong with an installation, looked at piece by piece, and what to type against it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from documents.errors import BriefingError
from index.embed import EMBEDDED

Grade = Literal["ok", "note", "fault"]
ROOT = Path(__file__).resolve().parent.parent
DIGESTS = Path(__file__).with_name("digests.txt")  # as sha256sum writes it: `sha256sum -c qa/digests.txt`
MEMORY = 1_000  # megabytes: the page with its models and a small collection takes some 700
DISK = 500  # megabytes
INSTALL = "python -m pip install --force-reinstall ."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. A fault keeps the program from working; a note is worth knowing."""

    grade: Grade
    what: str
    remedy: str = ""  # what to type, or to do


def examine(documents: Sequence[str] | None = None, port: int = 7860) -> Iterator[Finding]:
    """Everything, cheap things first. `documents` as open_assistant takes them."""
    yield from check_versions()
    yield from check_models()
    yield from check_index_of(documents)
    yield check_fonts()
    yield check_port(port)
    yield check_memory()
    yield check_disk()


def check_versions(name: str = "briefing-qa", installed: Callable[[str], str] = metadata.version) -> Iterator[Finding]:
    """Python and each library against what the package asks for."""
    from packaging.requirements import Requirement

    try:
        needs = [Requirement(line) for line in metadata.requires(name) or []]
        needed = metadata.metadata(name)["Requires-Python"]
    except metadata.PackageNotFoundError:
        yield Finding("note", f"{name} is not installed as a package, so versions can't be compared", "make run")
        return
    wanted = [need for need in needs if not (need.marker and "extra" in str(need.marker))]
    wrong = []
    for need in wanted:
        try:
            found = installed(need.name)
        except metadata.PackageNotFoundError:
            found = "missing"
        if found == "missing" or not need.specifier.contains(found, prereleases=True):
            wrong.append(Finding("fault", f"{need.name} {found}, needed is {need.specifier}", f"python -m pip install '{need.name}{need.specifier}'"))
    yield from wrong or [Finding("ok", f"Python {'.'.join(map(str, sys.version_info[:3]))} ({needed}), {len(wanted)} libraries of the right versions")]


def check_models(digests: Path = DIGESTS, root: Path = ROOT) -> Iterator[Finding]:
    """Each file of the embedded models against its sha256."""
    wrong = []
    rows = [line.split("  ", 1) for line in digests.read_text(encoding="ascii").splitlines()]
    for digest, name in rows:
        try:
            found = hashlib.sha256((root / name).read_bytes()).hexdigest()
        except OSError as error:
            wrong.append(Finding("fault", f"{root / name}: {error.strerror}", INSTALL))
            continue
        if found != digest:
            wrong.append(Finding("fault", f"{root / name}: sha256 is {found}, not {digest}", INSTALL))
    yield from wrong or [Finding("ok", f"{len(rows)} files of the embedded models, each with its sha256")]


def check_index_of(documents: Sequence[str] | None) -> Iterator[Finding]:
    """The documents can be read, and the index kept for them is whole and of these very documents."""
    from documents.read import read_documents
    from index.embed import load_embedder
    from index.store import load_index
    from qa.assistant import cache_folder, default_collection

    path = list(documents) if documents else default_collection()
    again = " ".join(["briefing-qa index", *(documents or [])])
    try:
        read = read_documents(path)
        folder = cache_folder(path, EMBEDDED)
        yield Finding("ok", f"{len(read)} documents, {sum(len(d.text) for d in read)} characters")
        if not (folder / "CURRENT").exists():
            yield Finding("note", f"no index is kept for them; the first question builds it in {folder}", again)
        elif load_index(folder, load_embedder()).documents != tuple(read):
            yield Finding("note", f"{folder}: the index is of other texts than the documents have now; the next question renews it", again)
        else:
            yield Finding("ok", f"{folder}: the index is whole, and of these documents")
    except BriefingError as error:
        said, _, remedy = str(error).partition("; ")
        yield Finding("fault", said, remedy or again)


def check_fonts(listing: str | None = shutil.which("fc-list")) -> Finding:
    """A font with Chinese, which a browser on this computer needs; those who visit from elsewhere have their own."""
    if not listing:
        return Finding("note", "fc-list is not installed, so it can't be told whether this computer has a font with Chinese")
    done = subprocess.run([listing, ":lang=zh", "family"], capture_output=True, encoding="utf-8", errors="replace", check=False)
    families = sorted({line.strip() for line in done.stdout.splitlines() if line.strip()})
    if not families:
        return Finding("note", "no font with Chinese on this computer: a browser here shows boxes", "apt-get install fonts-noto-cjk")
    return Finding("ok", f"{len(families)} fonts with Chinese, {families[0]}")


def check_port(port: int) -> Finding:
    try:
        with socket.create_server(("127.0.0.1", port)):
            return Finding("ok", f"port {port} is free for the page")
    except OSError as error:
        return Finding("note", f"port {port} can't be listened on ({error.strerror}): the page may run already", f"python app.py --port {port + 1 if port < 65535 else 7860}")


def check_memory(info: Path = Path("/proc/meminfo")) -> Finding:
    found = re.search(r"MemAvailable:\s+(\d+) kB", info.read_text()) if info.exists() else None
    if not found:
        return Finding("note", f"this system doesn't say how much memory is free; {MEMORY} MB are needed")
    free = int(found[1]) // 1024
    return Finding("ok" if free >= MEMORY else "fault", f"{free} MB of memory are free, {MEMORY} are needed", "" if free >= MEMORY else "end other programs, or give the container more")


def check_disk() -> Finding:
    """The folder of the indexes can be written, and has room."""
    from qa.assistant import cache_folder

    folder = cache_folder("x", EMBEDDED).parent
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free // 2**20
    if not os.access(there, os.W_OK) or not there.is_dir():
        return Finding("fault", f"{there}: can't be written, and indexes are kept in {folder}", "export BRIEFING_QA_CACHE=FOLDER")
    return Finding("ok" if free >= DISK else "fault", f"{folder}: {free} MB are free for indexes, {DISK} are needed", "" if free >= DISK else "export BRIEFING_QA_CACHE=FOLDER")
