"""One question over its sources: to each kind of question its way of answering."""

from __future__ import annotations

import re
from collections.abc import Callable

from qa.byline import answer_byline, asks_byline
from qa.comparison import answer_comparison
from qa.extract import Sources, answer_list, answer_span
from qa.fields import answer_field
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

# A follow-up to a question that nobody asked: 那销量呢？ One that asks by a word of its own leans on nothing.
_LEANS = re.compile(
    r"\s*(?:那么?(?:(?!多少|[几谁哪何]|什么|啥|怎)[^，,]){0,8}呢|(?:and|what about) (?!(?:[a-z]+ )?(?:how|who|what|which|when|where|why)\b)[^?]{0,30})[？?]?\s*$",
    re.IGNORECASE,
)


def respond(question: Question, sources: Sources) -> Answer:
    """The answer to one question of one part."""
    if asks_byline(question):
        return answer_byline(question, sources)
    if field := answer_field(question, sources):
        return field
    if _LEANS.match(question.standalone) or (not question.subject and question.asks not in ("overview", "title")):
        return sources.refuse(question, "absent", 0.0)
    return _WAYS.get(question.asks, answer_span)(question, sources)
