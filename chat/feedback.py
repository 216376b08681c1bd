"""What readers say of answers: a line each in a local file, which `briefing-qa evaluate` reads as questions."""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents.errors import BriefingError
from qa.record import to_record
from qa.types import Answer

REASONS = ("quote", "off", "should_refuse", "should_answer", "else")
LONGEST = 1000  # characters of a note, and of the right answer
_writing = threading.Lock()


class FeedbackError(BriefingError):
    """A vote that can't be read or written."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What a reader said of one answer."""

    turn: int  # counted from 1
    up: bool
    reason: str = ""  # of REASONS, where it is down
    expected: str = ""  # the right answer, where the reader gave it
    note: str = ""


def feedback_file() -> Path:
    """Where votes are kept unless another place is named: a file in the user's data folder."""
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", str(Path.home())))
    else:
        root = Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share")))
    return root / "briefing-qa" / "feedback.jsonl"


def read_vote(message: str) -> Vote:
    """What the browser sent; FeedbackError where it is no vote."""
    try:
        given = json.loads(message)
        vote = Vote(given["turn"], given["up"], *(given.get(name, "") for name in ("reason", "expected", "note")))
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        raise FeedbackError("this is no vote; load the page again") from None
    texts = (vote.reason, vote.expected, vote.note)
    right = type(vote.turn) is int and type(vote.up) is bool and all(isinstance(text, str) for text in texts)
    if not right or vote.reason not in (("",) if vote.up else REASONS):
        raise FeedbackError("this is no vote; load the page again")
    if max(map(len, texts)) > LONGEST:
        raise FeedbackError(f"a note has at most {LONGEST} characters; shorten it")
    return vote


def to_line(vote: Vote, answer: Answer, history: Sequence[str], at: str, collection: str) -> dict[str, Any]:
    """The vote as a question whose answer is known, as far as the reader made it known.

    `answerable` is null where nobody has said yet what would be right: `evaluate` counts such lines and leaves them out.
    """
    id = uuid.uuid4().hex
    record = {key: value for key, value in to_record(answer, id=id, latency_ms=0).items() if key != "latency_ms"}
    return {
        "id": id,
        "question": answer.question.text,
        "history": list(history),
        **_expect(vote, answer),
        "kind": f"voted {'up' if vote.up else vote.reason}",
        "vote": "up" if vote.up else "down",
        "note": vote.note,
        "at": at,
        "collection": collection,
        "record": record,
    }


def _expect(vote: Vote, answer: Answer) -> dict[str, Any]:
    if vote.up and answer.refused:
        return {"answerable": False, "answers": [], "reason": answer.refusal}
    if vote.up:
        evidence = [citation.quote for citation in answer.citations]
        if answer.question.asks == "overview":
            return {"answerable": True, "answers": [], "evidence": evidence}
        if len(answer.claims) > 1:
            return {"answerable": True, "items": [claim.text for claim in answer.claims], "evidence": evidence}
        return {"answerable": True, "answers": [answer.short], "evidence": evidence}
    if vote.reason == "should_refuse":
        return {"answerable": False, "answers": []}
    if vote.expected.strip():
        return {"answerable": True, "answers": [vote.expected.strip()]}
    return {"answerable": None, "answers": []}


def append(line: dict[str, Any], file: Path) -> None:
    """Write the whole line or nothing, after the end of what is there, for the owner's eyes alone. FeedbackError where that fails."""
    data = json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _writing, open(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "r+b", buffering=0) as opened:
            size = opened.seek(0, os.SEEK_END)
            if size:
                opened.seek(size - 1)
                data = data if opened.read(1) == b"\n" else b"\n" + data  # a line that was cut off stays alone
            if opened.write(data) < len(data):
                opened.truncate(size)
                raise OSError(errno.ENOSPC, "no space left")
    except OSError as error:
        raise FeedbackError(f"{file}: can't be written ({error.strerror}); name another with --feedback") from None
