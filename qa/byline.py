"""The byline: who wrote a text, or edited it, where its head or its foot says so."""

from __future__ import annotations

import re

from documents.fold import fold
from documents.names import LATIN_NAME, SURNAMES, simplify
from documents.sentences import split_sentences
from documents.types import Document
from qa.answers import Finding, answer_with, cite
from qa.extract import Sources
from qa.types import Answer, Question

HEAD, FOOT = 700, 300  # characters within which a byline stands
_WRITER = re.compile(
    r"(?:谁|哪[位个几][^,，?？]{0,4}|什么人|何人)[^,，?？]{0,4}(?:写|撰写|采写|撰稿)|(?:写|撰写|采写|撰)[^,，?？]{0,12}(?:是谁|的人|哪[位个])|作者|署名|撰稿人|执笔|\bwho (?:wrote|authored|is the author|filed|reported this)|\bauthor\b|\bbyline\b|\bwritten by\b"
)
_EDITOR = re.compile(r"编辑(?:是谁|叫|是哪)|谁[^,，?？]{0,3}编辑|责编|\bwho edited\b|\beditor of (?:this|the)\b")
_NAMES = rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?:(?:[、，,\s]|(?: 和 ?))+[{SURNAMES}][\u4e00-\u9fff]{{1,2}})*(?=[\s／/)）】\]，。、,;；]|报道|报导|摄|$)"
_WRITTEN = re.compile(rf"(?:记者|作者|撰文|采写|文)[:：\s／/|]{{0,3}}(?P<names>{_NAMES})|(?:^|\n)\s*(?:By|BY) (?P<latin>{LATIN_NAME}(?:(?:, | and ){LATIN_NAME})*)")
_EDITED = re.compile(rf"(?:编辑|编审|责编)[:：\s／/|]{{0,3}}(?P<names>{_NAMES})|(?:Edited by|Editor:?) (?P<latin>{LATIN_NAME})")


def asks_byline(question: Question) -> bool:
    """Whether a question is who wrote or edited a text."""
    asked = simplify(fold(question.standalone))
    return (_WRITER.search(asked) or _EDITOR.search(asked)) is not None


def answer_byline(question: Question, sources: Sources) -> Answer:
    """The names that a byline gives, as it gives them; refused where there is none."""
    pattern = _EDITED if _EDITOR.search(simplify(fold(question.standalone))) else _WRITTEN
    for document in (sources.documents[d] for d in dict.fromkeys(hit.passage.document_id for hit in sources.hits)):
        found = _find(pattern, document)
        sentence = next((s for s in split_sentences(document) if found and s.end >= found[0]), None)
        if found and sentence:
            start, end = min(sentence.start, found[0]), max(sentence.end, found[1])
            whole = cite(document, sentence, start, end) if end - start < 2 * FOOT else cite(document, sentence, *found)
            return answer_with(question, [Finding(document.text[slice(*found)], (whole,))], 0.9)
    return sources.refuse(question, "absent", 0.0)


def _find(pattern: re.Pattern[str], document: Document) -> tuple[int, int] | None:
    """Where the names stand, in the head before the foot."""
    text = simplify(document.text)  # as long as the text itself
    for start, end in ((0, min(HEAD, len(text))), (max(0, len(text) - FOOT), len(text))):
        match = pattern.search(text, start, end)
        if match:
            return match.span("names" if match["names"] else "latin")
    return None
