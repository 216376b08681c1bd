"""A link to one answer: the question, complete in itself, with what it was asked of and what came. Opening it asks again."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import urlencode

from chat.conversation import Remark
from documents.errors import BriefingError
from qa.types import Answer


class LinkError(BriefingError):
    """An address that is no link to an answer."""


def link(answer: Answer, collection: str) -> str:
    """The query part of the page's address. The standalone question needs no history, and reads well in a message."""
    return "?" + urlencode({"ask": answer.question.standalone, "docs": collection, "answer": fingerprint(answer)})


def fingerprint(answer: Answer) -> str:
    """Twelve characters that change with what is answered and where it is cited."""
    spans = [[citation.document_id, citation.start, citation.end] for citation in answer.citations]
    said = json.dumps([answer.short, answer.refusal, spans])
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def read_link(message: str) -> tuple[str, str, str]:
    """Question, collection and fingerprint of what the browser found in its address; LinkError for anything else."""
    try:
        given = json.loads(message)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not all(isinstance(given.get(name), str) for name in ("ask", "docs", "answer")):
        raise LinkError("this link can't be read: type its question into the box")
    return given["ask"], given["docs"], given["answer"]


def remark(answer: Answer, collection: str, docs: str, wanted: str) -> Remark:
    """What is to be said beside an answer that a link was opened for: a key of KEEPING, "" where all is as it was."""
    if docs and docs != collection:
        return "link_other"
    return "link_changed" if wanted and wanted != fingerprint(answer) else ""
