"""How long a collection took to open last time, kept beside its index in the user's cache."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from qa.assistant import cache_folder, default_collection


def recall(documents: Sequence[str] | None) -> float:
    """Seconds; 0 where nothing is known."""
    try:
        return max(0.0, float(_file(documents).read_text(encoding="ascii")))
    except (OSError, ValueError):
        return 0.0


def remember(documents: Sequence[str] | None, seconds: float) -> None:
    """A cache that can't be written costs a line on stderr and nothing else."""
    file = _file(documents)
    new = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(f"{seconds:.1f}", encoding="ascii")
        new.replace(file)
    except OSError as error:
        print(f"briefing-qa: {file}: can't be written ({error.strerror})", file=sys.stderr, flush=True)


def _file(documents: Sequence[str] | None) -> Path:
    return cache_folder(documents or default_collection(), "page").with_suffix(".seconds")
