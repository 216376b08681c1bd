"""How an answer was looked for: the passages that the search put before the reader. They are not evidence."""

from __future__ import annotations

from chat.cards import render_place
from chat.conversation import Conversation
from chat.labels import WORDS
from chat.source import Library, attribute, literal
from documents.sentences import split_sentences
from documents.types import Document
from index.types import Hit
from qa.answers import cite
from qa.types import Answer, Citation, Language


def render_search(conversation: Conversation, library: Library, language: Language) -> str:
    """The last answer's passages in the order found, scores folded away."""
    words = WORDS[language]
    answers = [exchange.answer for exchange in conversation if exchange.answer]
    title = f"<h2>{words['tab_search']}</h2>"
    if not answers or not answers[-1].considered:
        return f'{title}<p class="empty">{words["search_lost" if answers else "search_empty"]}</p>'
    last = answers[-1]
    items = "".join(_render_hit(hit, last, library, language) for hit in last.considered if hit.passage.document_id in library)
    asked = f'<p class="where">{words["search_for"]}{literal(last.question.standalone)}</p>'
    note = words["search_note"].format(count=len(last.considered))
    return f'{title}{asked}<p class="where">{note}</p><ol class="searched">{items}</ol>'


def _render_hit(hit: Hit, answer: Answer, library: Library, language: Language) -> str:
    words, passage = WORDS[language], hit.passage
    cited = any(c.document_id == passage.document_id and c.start < passage.end and c.end > passage.start for c in answer.citations)
    used = f' <span class="used">{words["used"]}</span>' if cited else ""
    where = attribute((_place(hit, library[passage.document_id]),), library, language)
    score = words["score"].format(score=hit.score, cosine=hit.cosine, lexical=hit.lexical)
    return (
        f'<li><p class="where">{where}{used}</p><p class="passage uncited">{literal(passage.text)}</p>'
        f"<details><summary>{words['scores']}</summary><p>{score}</p></details>"
        f'<p class="leads">{render_place(passage.document_id, passage.start, passage.end, language)}</p></li>'
    )


def _place(hit: Hit, document: Document) -> Citation:
    first = next(s for s in split_sentences(document) if s.end > hit.passage.start)
    return cite(document, first, hit.passage.start, hit.passage.end)
