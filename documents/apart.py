"""Reading in a process of its own, which gets so much time and memory and no more: for files from anybody.

A small PDF can ask for hours of work, and a parser in the server's own process can be neither stopped nor outlived.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from documents.errors import DocumentError
from documents.read import PARSERS, read_bytes
from documents.types import Document

SECONDS = 20  # of the processor's time: a PDF of some hundred pages
PATIENCE = 120  # seconds by the clock, where the processor has other things to do
MEMORY = 1_500_000_000  # bytes
ROOM = Path(__file__).resolve().parent.parent  # where the child finds this package
STOPPED = f"reading it was stopped after {SECONDS} s or at {MEMORY // 1_000_000} MB; split the file, or save it as text and give that"


def read_apart(data: bytes, name: str) -> Document:
    """The same as read_bytes; DocumentError as well for what takes more than SECONDS or MEMORY.

    Text is read right here: that takes time and memory in proportion to its length.
    """
    if PurePosixPath(name.replace("\\", "/")).suffix.lower() not in PARSERS:
        return read_bytes(data, name)
    command = [sys.executable, "-m", "documents.apart"]
    try:
        done = subprocess.run(command, input=json.dumps(name).encode() + b"\n" + data, cwd=ROOM, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(f"{name}: {STOPPED}") from None
    if done.returncode:
        raise DocumentError(f"{name}: {STOPPED}")
    told = json.loads(done.stdout)
    if isinstance(told, str):
        raise DocumentError(told)
    return Document(**told)


def main() -> int:
    """Read the name and the bytes from stdin; a document, or what is wrong with it, goes to stdout as JSON."""
    _limit()
    name = json.loads(sys.stdin.buffer.readline())
    try:
        told: object = asdict(read_bytes(sys.stdin.buffer.read(), name))
    except DocumentError as error:
        told = str(error)
    sys.stdout.write(json.dumps(told))
    return 0


def _limit() -> None:
    if sys.platform != "win32":  # which has no such limits: there the clock alone ends it
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    sys.exit(main())
