"""The chat page's HTML: bubbles and source cards. Pure functions over answers; no gradio.

Whatever comes from a document or a visitor goes through `literal` into one block element on one line, so that
the chat's Markdown never sees it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from documents.sentences import split_sentences
from documents.turns import split_turns
from documents.types import Document
from look import WORDS
from qa.types import Answer, Citation, Claim, Language

SURE = 0.75  # from here on an answer's confidence is high
UNSURE = 0.5  # below it, low: said as a warning, and nothing is bold
LONG = 40  # characters of a short answer that is spelled out in its claims alone
ORDINAL = 4  # characters by which a quote may exceed a claim and still only repeat it: 一是 and a full stop
TITLE = 60  # characters of a quote that hovering over its marker shows

# A reply's own markers count from 1 each time; while it grows they would say something else than in the end.
_MARKER = re.compile(r"(?:\[\d+\])+$|^\[\d+\] ", re.MULTILINE)

Span = tuple[str, int, int]
Library = Mapping[str, Document]  # by id


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question of a conversation and what became of it so far."""

    question: str  # as typed
    answer: Answer | None = None
    growing: str = ""  # what stands in the bubble until the answer is whole


Conversation = tuple[Exchange, ...]


def literal(text: str) -> str:
    """The text as HTML that reads exactly so: a line end is written as a reference, since an empty line would let Markdown in."""
    return html.escape(text).replace("\r", "&#13;").replace("\n", "&#10;")


def number_spans(conversation: Conversation) -> dict[Span, int]:
    """Each cited span's number: from 1 in order of first citation, the same throughout a conversation."""
    numbers: dict[Span, int] = {}
    for exchange in conversation:
        for citation in exchange.answer.citations if exchange.answer else ():
            numbers.setdefault(span(citation), len(numbers) + 1)
    return numbers


def span(citation: Citation) -> Span:
    return citation.document_id, citation.start, citation.end


@lru_cache(maxsize=512)
def find_notice(document: Document) -> str:
    """What the document says at its head about how it was made, without its Markdown; "" where it says nothing."""
    notices = [document.text[turn.start : turn.end] for turn in split_turns(document) if turn.role == "notice"]
    return "\n".join(re.sub(r"^[ ]{0,3}>[ ]?", "", notice, flags=re.MULTILINE) for notice in notices)


def is_restated(document: Document) -> bool:
    return bool(re.search(r"转述|轉述|restate|paraphrase", find_notice(document), re.IGNORECASE))


def surround(document: Document, citation: Citation) -> tuple[str, str]:
    """What stands before and after a citation: the rest of its sentences, and one more either side in the same turn."""
    sentences = split_sentences(document)
    inside = [n for n, s in enumerate(sentences) if s.start < citation.end and s.end > citation.start]
    if not inside:
        return "", ""
    first, last = inside[0], inside[-1]
    if first > 0 and sentences[first - 1].turn == sentences[first].turn:
        first -= 1
    if last + 1 < len(sentences) and sentences[last + 1].turn == sentences[last].turn:
        last += 1
    return document.text[sentences[first].start : citation.start], document.text[citation.end : sentences[last].end]


def render_masthead(library: Library, language: Language) -> str:
    words = WORDS[language]
    titles = [document.title for document in library.values()]
    title = titles[0] if titles else words["name"]
    more = f" {words['and_more'].format(count=len(titles))}" if len(titles) > 1 else ""
    return f"<h1>{literal(title)}{more}</h1><p>{words['lead']}</p>"


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
        messages.append({"role": "user", "content": f'<div class="asked">{literal(exchange.question)}</div>'})
        reply = _render_reply(exchange, turn, numbers, library, language, last=turn == len(conversation))
        messages.append({"role": "assistant", "content": reply})
    return messages


def _render_reply(exchange: Exchange, turn: int, numbers: Mapping[Span, int], library: Library, language: Language, *, last: bool) -> str:
    if exchange.answer is None:
        return f'<div class="reply"><p class="growing">{literal(_MARKER.sub("", exchange.growing))}</p></div>'
    if exchange.answer.refused:
        return render_refusal(exchange.answer, turn, language, last=last)
    return render_answer(exchange.answer, turn, numbers, library, language)


def render_refusal(answer: Answer, turn: int, language: Language, *, last: bool) -> str:
    """The fixed sentence, and the way to the nearest passages while the panel shows them. Nothing bold, no marker, no figure."""
    words = WORDS[language]
    first = answer.text.split("\n", 1)[0]
    near = f'<p><a class="near" id="cite-{turn}-near" href="#near-1">{words["see_nearest"]}</a></p>' if answer.nearest and last else ""
    return f'<div class="reply refusal"><p class="plain">{literal(first)}</p>{_understood(answer, language)}{near}</div>'


def render_answer(answer: Answer, turn: int, numbers: Mapping[Span, int], library: Library, language: Language) -> str:
    """The short answer, its claims with their markers and quotes, who said it, and how sure that is."""
    low = answer.confidence < UNSURE
    claims = answer.claims or (Claim(answer.short, tuple(range(len(answer.citations)))),)
    marks = _Marks(answer, turn, numbers)
    several = len(claims) > 1
    single = "" if several else marks.link(claims[0].citations)
    spelled = several and len(answer.short) > LONG
    short = "" if spelled else f'<p class="short">{_bold(answer.short, low)}{single}</p>'
    shared = len({_source(c) for c in answer.citations}) == 1
    lines = [f"<p>{_bold(c.text, low) if spelled else literal(c.text)}{marks.link(c.citations)}</p>" if several else "" for c in claims]
    items = [line + _render_quotes(claim, answer, library, language, by=not shared) for line, claim in zip(lines, claims, strict=True)]
    body = f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>" if several else "".join(items)
    by = f'<p class="by">—— {_attribution(answer.citations, library, language)}</p>' if shared else ""
    head = short + _understood(answer, language) + _count(answer, several, language)
    return f'<div class="reply">{head}{body}{by}{_state(answer, library, language)}</div>'


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
            parts.append(f'<p class="by">—— {_attribution((citation,), library, language)}</p>')
    return "".join(parts)


def _source(citation: Citation) -> tuple[str, str, str, str, str]:
    return citation.document_id, citation.speaker, citation.title, citation.section, citation.role


def _attribution(citations: tuple[Citation, ...], library: Library, language: Language) -> str:
    """`辛国斌（工业和信息化部副部长），“新能源汽车”一节，第12段` for citations of one source."""
    words, first = WORDS[language], citations[0]
    who = literal(first.speaker or words["unnamed"]) + (words["title"].format(title=literal(first.title)) if first.title else "")
    if first.role == "question":
        who += words["join"] + words["role_question"]
    return words["join"].join([who, *_place(citations, words), *_document(first, library, words, always=False)])


def _place(citations: tuple[Citation, ...], words: Mapping[str, str]) -> list[str]:
    section = [words["section"].format(section=literal(citations[0].section))] if citations[0].section else []
    numbers = words["paragraph_join"].join(_runs({citation.paragraph for citation in citations}))
    return [*section, words["paragraph"].format(numbers=numbers)]


def _runs(numbers: Iterable[int]) -> list[str]:
    """`5–9` for 5, 6, 7, 8, 9; a number without neighbours stands alone."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]


def _document(citation: Citation, library: Library, words: Mapping[str, str], *, always: bool) -> list[str]:
    if len(library) < 2 and not always:
        return []
    return [words["document"].format(title=literal(library[citation.document_id].title))]


def _understood(answer: Answer, language: Language) -> str:
    question = answer.question
    if question.standalone == question.text:
        return ""
    return f'<p class="understood">{WORDS[language]["understood"]}{literal(question.standalone)}</p>'


def _count(answer: Answer, several: bool, language: Language) -> str:
    if not several or answer.question.asks != "list":
        return ""
    words, count, wanted = WORDS[language], len(answer.claims), answer.question.count
    text = words["found_fewer"] if count < wanted else words["found"]
    return f'<p class="count">{text.format(count=count, wanted=wanted)}</p>'


def _state(answer: Answer, library: Library, language: Language) -> str:
    words = WORDS[language]
    restated = any(is_restated(library[citation.document_id]) for citation in answer.citations)
    level = "high" if answer.confidence >= SURE else "low" if answer.confidence < UNSURE else "middle"
    exact = words["same_as_file"] if restated else words["exact"]
    sure = f'<span class="low">{words["check"]}</span>' if level == "low" else f"{words['confidence']} {words[level]}"
    tag = f' · <span class="tag">{words["restated"]}</span>' if restated else ""
    return f'<p class="state">{exact} · {sure}{tag}</p>'


def render_panel(conversation: Conversation, library: Library, language: Language) -> str:
    """The sources of the last answer, or on a refusal what came nearest; below, folded, those of earlier answers."""
    words, numbers = WORDS[language], number_spans(conversation)
    answers = [(turn, exchange.answer) for turn, exchange in enumerate(conversation, start=1) if exchange.answer]
    if not answers:
        return f'<h2>{words["evidence"]}</h2><p class="empty">{words["empty"]}</p>'
    turn, last = answers[-1]
    now = {numbers[span(c)]: _render_card(c, numbers[span(c)], turn, library, language) for c in last.citations}
    before: dict[int, str] = {}
    for turn, answer in answers[:-1]:
        before |= {numbers[span(c)]: _render_card(c, numbers[span(c)], turn, library, language) for c in answer.citations}
    earlier = [before[number] for number in sorted(before) if number not in now]
    folded = f"<details><summary>{words['earlier'].format(count=len(earlier))}</summary>{''.join(earlier)}</details>" if earlier else ""
    if last.refused:
        return _render_nearest(last, answers[-1][0], library, language) + folded
    return f"<h2>{words['evidence']}</h2>{''.join(now.values())}{folded}"


def _render_nearest(answer: Answer, turn: int, library: Library, language: Language) -> str:
    words = WORDS[language]
    cards = [_near_card(citation, n, turn, library, language) for n, citation in enumerate(answer.nearest, start=1)]
    body = "".join(cards) or f'<p class="empty">{words["nothing_near"]}</p>'
    return f'<section class="nearest"><h2>{words["nearest"]}</h2>{body}</section>'


def _render_card(citation: Citation, number: int, turn: int, library: Library, language: Language) -> str:
    document = library[citation.document_id]
    before, after = surround(document, citation)
    passage = f'{literal(before)}<mark id="src-{number}" tabindex="-1">{literal(citation.quote)}</mark>{literal(after)}'
    back = f'<a class="to-answer" href="#cite-{turn}-{number}" data-from="src-{number}">{WORDS[language]["back"]}</a>'
    return _card(f'<span class="number">[{number}]</span>', f'<p class="passage">{passage}</p>', back, citation, library, language)


def _near_card(citation: Citation, place: int, turn: int, library: Library, language: Language) -> str:
    passage = f'<p class="passage uncited" id="near-{place}" tabindex="-1">{literal(citation.quote)}</p>'
    back = f'<a class="to-answer" href="#cite-{turn}-near" data-from="near-{place}">{WORDS[language]["back"]}</a>' if place == 1 else ""
    return _card("", passage, back, citation, library, language)


def _card(number: str, passage: str, back: str, citation: Citation, library: Library, language: Language) -> str:
    words = WORDS[language]
    title = f" {literal(citation.title)}" if citation.title else ""
    tag = f' <span class="tag">{words["restated"]}</span>' if is_restated(library[citation.document_id]) else ""
    where = words["join"].join([words[f"role_{citation.role}"], *_place((citation,), words)])
    asked = f'<p class="where">{words["asked"]}{literal(citation.asked)}</p>' if citation.asked else ""
    source = "".join(_document(citation, library, words, always=True))
    return (
        f'<article class="card"><p class="who">{number}<b>{literal(citation.speaker or words["unnamed"])}</b>{title}{tag}</p>'
        f'<p class="where">{where}</p>{passage}{asked}<footer><cite>{source}</cite>{back}</footer></article>'
    )
