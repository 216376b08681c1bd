"""The command line of the chat page."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chat.feedback import feedback_file
from chat.logins import VARIABLE, read_logins
from chat.shelf import MOST_BYTES

QUEUE: Final = 64


@dataclass(frozen=True, slots=True)
class Options:
    """How the page is served."""

    documents: tuple[str, ...] | None = None  # None is the briefing that comes with the program
    host: str = "127.0.0.1"
    port: int = 7860
    auth_file: Path | None = None
    root_path: str = ""
    max_queue: int = QUEUE
    max_upload: int = MOST_BYTES
    mcp: bool = False
    feedback: Path | None = None  # where votes on answers go; None is no votes

    def logins(self) -> dict[str, str]:
        return read_logins(self.auth_file)


def parse(argv: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="app.py", description="The chat page of briefing-qa, with its HTTP interface.", formatter_class=_Wide, allow_abbrev=False)
    add = parser.add_argument
    add("--documents", nargs="+", metavar="PATH", help="files or folders to ask (default: the briefing that comes with the program)")
    add("--host", default="127.0.0.1", help="address to listen on (default: %(default)s, this computer alone)")
    add("--port", type=_whole("port", 1, 65535), default=7860, help="port to listen on (default: %(default)s)")
    add("--auth-file", type=Path, metavar="FILE", help=f"ask for a login: a file of USER:PASSWORD lines (or the variable {VARIABLE}; never an option, which others can read)")
    add("--root-path", type=_read_root, default="", metavar="PATH", help="where a reverse proxy offers the page: /briefing, or its whole address https://news.example/briefing")
    add("--max-queue", type=_whole("length", 1, 10_000), default=QUEUE, metavar="N", help="questions that may wait; more are asked to come back (default: %(default)s)")
    add("--max-upload", type=read_size, default=MOST_BYTES, metavar="SIZE", help="largest file that a visitor may add, such as 500KB or 50MB; it is read in memory (default: 20MB)")
    add("--mcp", action="store_true", help="offer ask, search and documents to language models too, as MCP tools under /mcp (needs: pip install mcp)")
    votes = parser.add_mutually_exclusive_group()
    votes.add_argument("--feedback", type=Path, default=feedback_file(), metavar="FILE", help="where readers' votes on answers are kept (default: %(default)s)")
    votes.add_argument("--no-feedback", dest="feedback", action="store_const", const=None, help="no votes on answers")
    given = vars(parser.parse_args(argv))
    return Options(**given | {"documents": tuple(given["documents"]) if given["documents"] else None})


class _Wide(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)


def _whole(what: str, low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is no {what}: give a number from {low} to {high}")
        return int(text)

    return read


def read_size(text: str) -> int:
    """Bytes: 500KB, 20MB, 1GB, or a bare number."""
    found = re.fullmatch(r"([1-9][0-9]{0,9}) ?([KMG]?)B?", text.strip().upper(), re.ASCII)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write 500KB, 20MB or 1GB")
    return int(found[1]) * {"": 1, "K": 1000, "M": 1000**2, "G": 1000**3}[found[2]]


def _read_root(text: str) -> str:
    if not re.fullmatch(r"(?:https?://[^/\s?#]+)?(?:/[^\s?#]*)?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no path: write /briefing or https://news.example/briefing")
    return text.rstrip("/")
