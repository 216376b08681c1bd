"""The HTML of a visitor's documents: what is allowed, how far reading is, a document's outline. Pure functions; no gradio.

Everything from a document, a file's name or a visitor goes through `literal`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chat.shelf import KEPT, MOST_CHARACTERS, MOST_FILES, tell_size
from chat.shelf_labels import SHELF_WORDS
from chat.source import literal
from documents.passages import split_passages
from documents.read import SUFFIXES
from documents.turns import split_turns
from documents.types import Document, Turn
from qa.question import LONGEST
from qa.types import Language

MOST_ENTRIES = 40  # of each kind that an outline lists
PARSED = ("pdf", "docx", "html")

Steps = tuple[str, ...]
Entries = list[tuple[str, str, str]]  # of an outline: what is shown, what it asks, what stands beside it


@dataclass(frozen=True, slots=True)
class Row:
    """One file on its way: the steps behind it, or why it was refused."""

    name: str
    steps: Steps = ()
    refused: str = ""
    said: str = ""  # the reader's own words on it


def limits() -> dict[str, str]:
    """The figures that labels speak of."""
    return {
        "suffixes": " ".join(suffix.removeprefix(".") for suffix in SUFFIXES),
        "files": str(MOST_FILES),
        "characters": f"{MOST_CHARACTERS:,}",
        "hours": str(KEPT // 3600),
    }


def render_head(language: Language) -> str:
    words = SHELF_WORDS[language]
    return f"<h2>{words['shelf']}</h2><p>{words['renews']}</p>"


def render_rules(language: Language, most: int) -> str:
    """What may be brought, of at most so many bytes a file, and what becomes of it. The browser reads from it what to say to a larger one."""
    words, figures = SHELF_WORDS[language], limits() | {"size": tell_size(most)}
    too_large = literal(words["too_large"].format(said=figures["size"]))
    return (
        f'<div id="rules" data-most="{most}" data-large="{too_large}" data-close="{words["close"]}"><ul id="refused" role="alert"></ul>'
        f'<p>{words["limits"].format(**figures)}</p><details><summary>{words["where"]}</summary><p>{words["private"].format(**figures)}</p></details></div>'
    )


def render_progress(rows: Sequence[Row], language: Language, now: str = "", at: tuple[int, int] | None = None) -> str:
    """Each file with its steps, and what is done for all of them now."""
    listed = "".join(f'<li class="{"refused" if row.refused else "read"}"><b>{literal(row.name)}</b> {_render_row(row, language)}</li>' for row in rows)
    bar = f'<progress max="{at[1]}" value="{at[0]}" aria-label="{literal(now)}"></progress>' if at and at[1] else ""
    return f'<div class="intake"><ul>{listed}</ul>{bar}<p role="status" aria-live="polite">{literal(now)}</p></div>' if rows or now else ""


def _render_row(row: Row, language: Language) -> str:
    words = SHELF_WORDS[language]
    if not row.refused:
        return f"<span>{literal(' → '.join(row.steps))}</span>"
    said = f"<details><summary>{words['original']}</summary>{literal(row.said)}</details>" if row.refused in ("unreadable", "undecodable", "broken") and row.said else ""
    return f"<span>{literal(words[row.refused].format(**limits() | {'said': row.said}))}</span>{said}"


def step_read(document: Document, language: Language) -> str:
    return SHELF_WORDS[language]["read"].format(how=_how(document, language), characters=f"{len(document.text):,}")


def _how(document: Document, language: Language) -> str:
    key = "format" if document.encoding in PARSED else "encoding"
    return SHELF_WORDS[language][key].format(name=document.encoding.upper())


def name_all(documents: Sequence[Document], language: Language) -> str:
    """`《甲》、《乙》等 5 份`."""
    words = SHELF_WORDS[language]
    named = words["title_join"].join(words["title"].format(title=document.title) for document in documents[:2])
    return named + (words["more"].format(count=len(documents)) if len(documents) > 2 else "")


def render_outline(document: Document | None, language: Language, *, asked: bool) -> str:
    """Sections, speakers and reporters' questions, each a button that puts a question into the box."""
    if document is None:
        return ""
    words, turns = SHELF_WORDS[language], split_turns(document)
    facts = words["facts"].format(characters=f"{len(document.text):,}", passages=len(split_passages(document)), how=_how(document, language))
    own: Language = "zh" if re.search(r"[\u3400-\u9fff]", document.text) else "en"  # questions in it find more
    lists = [_sections(document, turns, own), _speakers(turns, own, words["spoke"]), _questions(document, turns)]
    labels = ("sections", "speakers", "questions")
    parts = [_render_list(words[label], entries, language, asked) for label, entries in zip(labels, lists, strict=True) if entries]
    hint = words["outline_hint"] if asked else words["not_asked"]
    body = f'<p class="hint">{hint}</p>{"".join(parts)}' if parts else f'<p class="hint">{words["flat"]}</p>'
    return f'<div class="outline"><p class="facts">{literal(facts)}</p>{body}</div>'


def _render_list(label: str, entries: Sequence[tuple[str, str, str]], language: Language, asked: bool) -> str:
    off = "" if asked else " disabled"
    items = [
        f'<li><button type="button" class="asks" data-ask="{literal(ask)}"{off}>{literal(shown)}</button>{f" <small>{literal(beside)}</small>" if beside else ""}</li>'
        for shown, ask, beside in entries[:MOST_ENTRIES]
    ]
    rest = f"<p>{SHELF_WORDS[language]['rest'].format(count=len(entries) - MOST_ENTRIES)}</p>" if len(entries) > MOST_ENTRIES else ""
    return f"<h3>{label.format(count=len(entries))}</h3><ul>{''.join(items)}</ul>{rest}"


def _sections(document: Document, turns: Iterable[Turn], language: Language) -> Entries:
    headings = [_flat(document.text[turn.body : turn.end]) for turn in turns if turn.role == "heading"]
    names = [name for name in dict.fromkeys(headings) if name and name != document.title]
    return [(name, SHELF_WORDS[language]["ask_section"].format(section=name), "") for name in names]


def _speakers(turns: Iterable[Turn], language: Language, spoke: str) -> Entries:
    spoken = [turn for turn in turns if turn.speaker and turn.role in ("answer", "statement")]
    counts, titles = Counter(turn.speaker for turn in spoken), {turn.speaker: turn.title for turn in reversed(spoken)}
    beside = {name: " · ".join(filter(None, (titles[name], spoke.format(count=count)))) for name, count in counts.items()}
    return [(name, SHELF_WORDS[language]["ask_speaker"].format(speaker=name), beside[name]) for name in counts]


def _questions(document: Document, turns: Iterable[Turn]) -> Entries:
    asked = [(_flat(document.text[turn.body : turn.end]), turn.speaker) for turn in turns if turn.role == "question"]
    several = len({who for _, who in asked}) > 1
    return [(text, text, who if several else "") for text, who in asked if text and len(text) <= LONGEST]


def _flat(text: str) -> str:
    return " ".join(text.split())
