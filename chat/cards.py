"""The page's panel: a card for each source of the answers, with what stands around it. Pure functions; no gradio."""

from __future__ import annotations

from chat.conversation import Conversation, number_spans, span
from chat.labels import WORDS
from chat.source import Library, attribute, is_restated, literal, locate, name_document
from documents.sentences import split_sentences
from documents.types import Document
from qa.types import Answer, Citation, Language


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
    where = words["join"].join([words[f"role_{citation.role}"], *locate((citation,), words)])
    asked = f'<p class="where">{words["asked"]}{literal(citation.asked)}</p>' if citation.asked else ""
    source = "".join(name_document(citation, library, words, always=True))
    place = render_place(citation.document_id, citation.start, citation.end, language)
    copy = render_copy(citation, library, language) if number else ""  # what is no source isn't offered for quoting
    return (
        f'<article class="card"><p class="who">{number}<b>{literal(citation.speaker or words["unnamed"])}</b>{title}{tag}</p>'
        f'<p class="where">{where}</p>{passage}{asked}<p class="leads">{copy}{place}</p><footer><cite>{source}</cite>{back}</footer></article>'
    )


def render_copy(citation: Citation, library: Library, language: Language) -> str:
    """To copy the quote, to copy it with its source."""
    words = WORDS[language]
    source = words["join"].join([attribute((citation,), library, language), *([] if len(library) > 1 else name_document(citation, library, words, always=True))])
    done = f'data-done="{words["copied"]}" data-failed="{words["copy_failed"]}"'
    whole = words["quoted"].format(quote=literal(citation.quote), source=source)
    return (
        f'<button type="button" class="copy" data-text="{literal(citation.quote)}" {done}>{words["copy_quote"]}</button>'
        f'<button type="button" class="copy" data-text="{whole}" {done}>{words["copy_source"]}</button>'
    )


def render_place(document_id: str, start: int, end: int, language: Language) -> str:
    return (
        f'<button type="button" class="to-text" data-document="{literal(document_id)}" data-start="{start}" data-end="{end}">'
        f"{WORDS[language]['in_text']}</button>"
    )


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
