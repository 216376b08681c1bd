"""Opening the embedded models: their files, their digest, the session that runs them, the tokenizer."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from documents.errors import BriefingError

THREADS = 8  # at most: one short text keeps no more busy


def read_files(folder: Path, names: Sequence[str], error: type[BriefingError], remedy: str) -> dict[str, bytes]:
    """The contents of a model's files. `error`, with the file and the remedy, where one can't be read."""
    contents = {}
    for name in names:
        try:
            contents[name] = (folder / name).read_bytes()
        except OSError as cause:
            raise error(f"{folder / name}: {cause.strerror}; {remedy}") from cause
    return contents


def digest_files(contents: dict[str, bytes]) -> str:
    """sha256, in hexadecimal, over the files' names and contents."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()


def open_session(content: bytes, threads: int = THREADS) -> Any:
    """An onnxruntime session on the processor, with so many threads at most. Raises one of `damage()` for what is no model."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(count_cores(), threads)
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def open_tokenizer(content: bytes) -> Any:
    """A tokenizer that neither pads nor truncates. Raises ValueError for what is none."""
    from tokenizers import Tokenizer

    json.loads(content)  # tokenizers raises a bare Exception where this raises ValueError
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def damage() -> tuple[type[BaseException], ...]:
    """What a damaged model raises when it is opened."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    native = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile)
    return (ValueError, KeyError, TypeError, *native)


def count_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
