"""The chat page's HTML but for its source cards: masthead, notices, status line, bubbles. Pure functions; no gradio.

Whatever comes from a document or a visitor goes through `literal` into one block element on one line, so that
the chat's Markdown never sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chat.conversation import Conversation, Exchange, Span, number_spans, span
from chat.labels import WORDS
from chat.source import Library, attribute, find_notice, literal
from chat.verdict import is_unsure, render_state
from chat.versus import Side, read_versus
from documents.types import Document
from qa.types import Answer, Citation, Claim, Language

LONG = 40  # characters of a short answer that is spelled out in its claims alone
ORDINAL = 4  # characters by which a quote may exceed a claim and still only repeat it: 一是 and a full stop
TITLE = 60  # characters of a quote that hovering over its marker shows

# A reply's own markers count from 1 each time; while it grows they would say something else than in the end.
_MARKER = re.compile(r"(?:\[\d+\])+$|^\[\d+\] ", re.MULTILINE)


def render_masthead(library: Library, language: Language) -> str:
    words = WORDS[language]
    titles = [document.title for document in library.values()]
    title = titles[0] if titles else words["name"]
    more = f" {words['and_more'].format(count=len(titles))}" if len(titles) > 1 else ""
    return f"<h1>{literal(title)}{more}</h1><p>{words['lead']}</p>"


def render_skip(language: Language) -> str:
    """For those who go by keyboard: past all else, seen only while focused. The browser takes the conversation's name from it."""
    words = WORDS[language]
    links = f'<a class="skip" href="#question">{words["skip_question"]}</a> <a class="skip" href="#evidence">{words["skip_sources"]}</a>'
    return f'<span data-chat="{words["chat"]}">{links}</span>'


def render_welcome(language: Language) -> str:
    words = WORDS[language]
    return f'<div class="welcome"><p><strong>{words["welcome"]}</strong></p><p>{words["lead"]}</p></div>'


def render_notices(documents: Iterable[Document], language: Language) -> str:
    notices = dict.fromkeys(filter(None, map(find_notice, documents)))
    return "".join(f'<p role="note"><strong>{WORDS[language]["notice"]}</strong> {_body(notice)}</p>' for notice in notices)


def _body(notice: str) -> str:
    return literal(re.sub(r"^(?:\*\*)?(?:说明|說明|Note|Notice)(?:\*\*)?[：:](?:\*\*)?\s*", "", notice, flags=re.IGNORECASE))


def render_status(text: str, *, failed: bool = False) -> str:
    return f'<p role="status" aria-live="polite" class="{"failed" if failed else ""}">{literal(text)}</p>'


def render_chat(conversation: Conversation, library: Library, language: Language) -> list[dict[str, str]]:
    """The conversation as messages for the chat, each one block of HTML."""
    numbers = number_spans(conversation)
    messages: list[dict[str, str]] = []
    for turn, exchange in enumerate(conversation, start=1):
        messages.append({"role": "user", "content": _render_asked(exchange.question, turn, language)})
        reply = _render_reply(exchange, turn, numbers, library, language, last=turn == len(conversation))
        messages.append({"role": "assistant", "content": reply})
    return messages


def _render_asked(question: str, turn: int, language: Language) -> str:
    return f'<div class="question"><div class="asked">{literal(question)}</div>{_revise("edit", turn, language)}</div>'


def _revise(label: str, turn: int, language: Language) -> str:
    """A link that puts the words beside it into the box, to be asked again in the place of this question."""
    words = WORDS[language]
    return f'<a class="revise" href="#turn-{turn}" title="{words["revising"].format(turn=turn)}">{words[label]}</a>'


def _render_reply(exchange: Exchange, turn: int, numbers: Mapping[Span, int], library: Library, language: Language, *, last: bool) -> str:
    if exchange.answer is None:
        return f'<div class="reply"><p class="growing">{literal(_MARKER.sub("", exchange.growing))}</p></div>'
    if exchange.answer.refused:
        return render_refusal(exchange.answer, turn, library, language, last=last)
    return render_answer(exchange.answer, turn, numbers, library, language)


def render_refusal(answer: Answer, turn: int, library: Library, language: Language, *, last: bool) -> str:
    """The fixed sentence, and the way to the nearest passages while the panel shows them. Nothing bold, no marker, no figure.

    Where the document says two things, both are quoted: the reader must see what differs.
    """
    words = WORDS[language]
    first = answer.text.split("\n", 1)[0]
    near = f'<p><a class="near" id="cite-{turn}-near" href="#near-1">{words["see_nearest"]}</a></p>' if answer.nearest and last else ""
    differing = answer.nearest[:2] if answer.refusal == "conflict" else ()
    both = "".join(f'<blockquote>{literal(c.quote)}</blockquote><p class="by">{WORDS[language]["said_by"]} {attribute((c,), library, language)}</p>' for c in differing)
    return f'<div class="reply refusal"><p class="plain">{literal(first)}</p>{_understood(answer, turn, language)}{both}{near}</div>'


def render_answer(answer: Answer, turn: int, numbers: Mapping[Span, int], library: Library, language: Language) -> str:
    """The short answer, its claims with their markers and quotes, who said it, and how sure that is."""
    low = is_unsure(answer)
    claims = answer.claims or (Claim(answer.short, tuple(range(len(answer.citations)))),)
    marks, versus = _Marks(answer, turn, numbers), read_versus(answer)
    several = len(claims) > 1
    single = "" if several else marks.link(claims[0].citations)
    spelled = several and (len(answer.short) > LONG or versus is not None)
    first = versus.verdict if versus else "" if spelled else answer.short
    short = f'<p class="short">{_bold(first, low)}{single}</p>' if first else ""
    shared = len({_source(c) for c in answer.citations}) == 1
    sides = versus.sides if versus else (None,) * len(claims)
    lines = [f"<p>{_line(c, side, low, spelled, language, marks)}</p>" if several else "" for c, side in zip(claims, sides, strict=True)]
    items = [line + _render_quotes(claim, answer, library, language, by=not shared) for line, claim in zip(lines, claims, strict=True)]
    listed = "<ul>{}</ul>" if versus else "<ol>{}</ol>"
    body = listed.format("".join(f"<li>{item}</li>" for item in items)) if several else "".join(items)
    by = f'<p class="by">{WORDS[language]["said_by"]} {attribute(answer.citations, library, language)}</p>' if shared else ""
    head = short + _understood(answer, turn, language) + _count(answer, several, language)
    unsure = " unsure" if low else ""
    return f'<div class="reply{unsure}">{head}{body}{_notes(answer)}{by}{render_state(answer, library, language)}</div>'


def _line(claim: Claim, side: Side | None, low: bool, spelled: bool, language: Language, marks: _Marks) -> str:
    """One claim of several with its markers, as a list has it or as a comparison has it."""
    markers = marks.link(claim.citations)
    if side:
        larger = f' <span class="larger">{WORDS[language]["larger"]}</span>' if side.larger else ""
        return f'<span class="side">{literal(side.name)}</span> <span>{_bold(side.figure, low)}{markers}{larger}</span>'
    return (_bold(claim.text, low) if spelled else literal(claim.text)) + markers


def _notes(answer: Answer) -> str:
    """What the reply says beside its claims: that two are equal, that a list may be incomplete, which part has no answer."""
    lines = answer.text.split("\n")[len(answer.claims) : -len(answer.citations) or None]
    return "".join(f'<p class="note">{literal(line)}</p>' for line in lines)


@dataclass(frozen=True, slots=True)
class _Marks:
    """The markers of one answer."""

    answer: Answer
    turn: int
    numbers: Mapping[Span, int]

    def link(self, positions: Iterable[int]) -> str:
        return "".join(self._link(position) for position in positions)

    def _link(self, position: int) -> str:
        citation = self.answer.citations[position]
        number = self.numbers[span(citation)]
        title = " ".join(citation.quote.split())[:TITLE]
        return f'<a class="cite" id="cite-{self.turn}-{number}" href="#src-{number}" title="{literal(title)}">[{number}]</a>'


def _bold(text: str, low: bool) -> str:
    return literal(text) if low else f"<strong>{literal(text)}</strong>"


def _render_quotes(claim: Claim, answer: Answer, library: Library, language: Language, *, by: bool) -> str:
    """The claim's quotes, but for one that only repeats the claim."""
    parts: list[str] = []
    for position in claim.citations:
        citation = answer.citations[position]
        repeats = claim.text in citation.quote and len(citation.quote) - len(claim.text) <= ORDINAL
        if not repeats or len(answer.claims) < 2:
            parts.append(f"<blockquote>{literal(citation.quote)}</blockquote>")
        if by:
            parts.append(f'<p class="by">{WORDS[language]["said_by"]} {attribute((citation,), library, language)}</p>')
    return "".join(parts)


def _source(citation: Citation) -> tuple[str, str, str, str, str]:
    return citation.document_id, citation.speaker, citation.title, citation.section, citation.role


def _understood(answer: Answer, turn: int, language: Language) -> str:
    question = answer.question
    if question.standalone == question.text:
        return ""
    read = f'{WORDS[language]["understood"]}<span class="standalone">{literal(question.standalone)}</span>'
    return f'<p class="understood">{read} {_revise("correct", turn, language)}</p>'


def _count(answer: Answer, several: bool, language: Language) -> str:
    if not several or answer.question.asks != "list":
        return ""
    words, count, wanted = WORDS[language], len(answer.claims), answer.question.count
    text = words["found_fewer"] if count < wanted else words["found"]
    return f'<p class="count">{text.format(count=count, wanted=wanted)}</p>'
