"""One question over its sources: to each kind of question its way of answering."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.comparison import answer_comparison
from qa.extract import Sources, answer_list, answer_span
from qa.judge import answer_why, answer_yes_no
from qa.outline import answer_overview
from qa.people import answer_speaker, answer_title
from qa.types import Answer, Asks, Question

_WAYS: dict[Asks, Callable[[Question, Sources], Answer]] = {
    "speaker": answer_speaker,
    "title": answer_title,
    "list": answer_list,
    "yes_no": answer_yes_no,
    "comparison": answer_comparison,
    "reason": answer_why,
    "overview": answer_overview,
}


_LEANS = re.compile(r"\s*(?:那么?[^，,]{0,8}呢|(?:and|what about) [^?]{0,30})[？?]?\s*$", re.IGNORECASE)  # it leans on a question that nobody asked


def respond(question: Question, sources: Sources) -> Answer:
    """The answer to one question of one part."""
    if _LEANS.match(question.standalone) or (not question.subject and question.asks not in ("overview", "title")):
        return sources.refuse(question, "absent", 0.0)
    return _WAYS.get(question.asks, answer_span)(question, sources)
