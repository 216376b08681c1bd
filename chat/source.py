"""What others wrote and said, as the page shows it: to the letter, and with who said it and where it stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from chat.labels import WORDS
from documents.turns import split_turns
from documents.types import Document
from qa.types import Citation, Language

Library = Mapping[str, Document]  # by id


def literal(text: str) -> str:
    """The text as HTML that reads exactly so: a line end is written as a reference, since an empty line would let Markdown in."""
    return html.escape(text).replace("\r", "&#13;").replace("\n", "&#10;")


@lru_cache(maxsize=512)
def find_notice(document: Document) -> str:
    """What the document says at its head about how it was made, without its Markdown; "" where it says nothing."""
    notices = [document.text[turn.start : turn.end] for turn in split_turns(document) if turn.role == "notice"]
    return "\n".join(re.sub(r"^[ ]{0,3}>[ ]?", "", notice, flags=re.MULTILINE) for notice in notices)


def is_restated(document: Document) -> bool:
    return bool(re.search(r"转述|轉述|restate|paraphrase", find_notice(document), re.IGNORECASE))


def attribute(citations: tuple[Citation, ...], library: Library, language: Language) -> str:
    """`辛国斌（工业和信息化部副部长），“新能源汽车”一节，第12段` for citations of one source."""
    words, first = WORDS[language], citations[0]
    who = literal(first.speaker or words["unnamed"]) + (words["title"].format(title=literal(first.title)) if first.title else "")
    if first.role == "question":
        who += words["join"] + words["role_question"]
    return words["join"].join([who, *locate(citations, words), *name_document(first, library, words, always=False)])


def locate(citations: tuple[Citation, ...], words: Mapping[str, str]) -> list[str]:
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


def name_document(citation: Citation, library: Library, words: Mapping[str, str], *, always: bool) -> list[str]:
    if len(library) < 2 and not always:
        return []
    return [words["document"].format(title=literal(library[citation.document_id].title))]
