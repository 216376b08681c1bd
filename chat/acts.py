"""What can be done with one answer, in a row below it: copy a link to it, say whether it is good. And a kept conversation from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable

from chat.archive_labels import KEEPING
from chat.conversation import Conversation, Exchange, number_spans, span
from chat.export import credit
from chat.kept import Kept, digest_collection
from chat.labels import WORDS
from chat.links import link
from chat.source import Library, literal
from chat.verdict import UNSURE
from qa.types import Answer, Citation, Language

Messages = list[dict[str, str]]


def add_acts(messages: Messages, conversation: Conversation, library: Library, language: Language, *, votes: bool) -> Messages:
    """The rendered conversation with the row below each whole answer."""
    collection = digest_collection(library)
    for turn, exchange in enumerate(conversation, start=1):
        if exchange.answer:
            reply = messages[2 * turn - 1]
            reply["content"] = reply["content"].removesuffix("</div>") + _acts(exchange, exchange.answer, turn, collection, language, votes) + "</div>"
    return messages


def _acts(exchange: Exchange, answer: Answer, turn: int, collection: str, language: Language, votes: bool) -> str:
    keeping = KEEPING[language]
    warning = f'<p class="remark">{keeping[exchange.remark]}</p>' if exchange.remark else ""
    acts = [f'<a class="act share" href="{literal(link(answer, collection))}" title="{keeping["link_hint"]}">{keeping["link"]}</a>']
    if exchange.vote:
        acts.append(f'<span class="voted">{keeping["voted"].format(vote=keeping[exchange.vote])}</span>')
    elif votes:
        acts += [f'<a class="act vote" role="button" href="#vote-{turn}-{way}">{keeping[way]}</a>' for way in ("up", "down")]
    return f'{warning}<p class="acts">{"".join(acts)}</p>'


def render_foreign(kept: Kept, language: Language) -> Messages:
    """A conversation over other documents than those that are open: as it was, without links into what isn't there."""
    titles = "、".join(literal(WORDS[language]["document"].format(title=source.title)) for source in kept.sources)
    messages = [{"role": "assistant", "content": f'<div class="reply"><p class="remark">{KEEPING[language]["foreign"]}</p><p class="by">{titles}</p></div>'}]
    for exchange in kept.exchanges:
        if exchange.answer:
            messages.append({"role": "user", "content": f'<div class="asked">{literal(exchange.question)}</div>'})
            messages.append({"role": "assistant", "content": _foreign_reply(exchange.answer, kept, language)})
    return messages


def _foreign_reply(answer: Answer, kept: Kept, language: Language) -> str:
    words, numbers = WORDS[language], number_spans(kept.exchanges)
    sources = {source.id: source for source in kept.sources}

    def mark(positions: Iterable[int]) -> str:
        return "".join(f"[{numbers[span(answer.citations[position])]}]" for position in positions)

    def quote(position: int, citation: Citation) -> str:
        by = literal(credit(citation, sources[citation.document_id], language))
        return f'<blockquote>{literal(citation.quote)}</blockquote><p class="by">{mark([position])} {words["said_by"]} {by}</p>'

    understood = answer.question.standalone != answer.question.text
    head = f'<p class="understood">{words["understood"]}{literal(answer.question.standalone)}</p>' if understood else ""
    if answer.refused:
        first = answer.text.split("\n", 1)[0]
        return f'<div class="reply refusal foreign"><p class="plain">{literal(first)}</p>{head}</div>'
    items = "".join(f"<li>{literal(claim.text)}{mark(claim.citations)}</li>" for claim in answer.claims)
    said = f"<ol>{items}</ol>" if len(answer.claims) > 1 else f'<p class="short">{literal(answer.short)}{mark(range(len(answer.citations)))}</p>'
    quotes = "".join(quote(position, citation) for position, citation in enumerate(answer.citations))
    low = [f'<span class="low">{words["check"]}</span>'] if answer.confidence < UNSURE else []
    restated = [f'<span class="tag">{words["restated"]}</span>'] if any(sources[citation.document_id].restated for citation in answer.citations) else []
    state = f'<p class="state">{" · ".join([*low, *restated])}</p>' if low or restated else ""
    return f'<div class="reply foreign">{head}{said}{quotes}{state}</div>'
