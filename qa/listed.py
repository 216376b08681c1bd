"""Which enumeration a question asks for: by what announces it, where it stands and how many items it has."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.fold import fold
from documents.sentences import split_sentences
from documents.types import Document
from qa.align import FRAME, cover, missing
from qa.english import gloss
from qa.enumerations import COUNTS, NUMERALS, Enumeration, find_enumerations
from qa.evidence import headline
from qa.figures import find_figures
from qa.terms import meets
from qa.types import Question
from qa.units import Unit

_FUTURE = re.compile(r"下一步|下步|接下来|今后|未来|将|2024年|打算|考虑|计划|安排|还会|明年|next|will|plan|future|going to")
_COUNTED_NOUN = re.compile(r"[两二三四五六七八九十\d][个项条点类家种大][“\"']?(?P<zh>[\u4e00-\u9fff]{2})|\b(?:two|three|four|five|six|seven|eight|nine|ten) (?:[a-z-]+ ){0,2}?(?P<en>[a-z]+s)\b")
MET = 0.4  # the share of a question's words that must be met before the number of items speaks for an enumeration
MET_ABROAD = 0.3  # the same where the question is English and the enumeration Chinese


def enumeration_at(document: Document, start: int, count: int) -> Enumeration | None:
    """The enumeration that a place announces, or that it lies in and that has as many items as are asked for."""
    for enumeration in find_enumerations(document):
        announcer, items = enumeration.announcer, enumeration.items
        announced = announcer is not None and announcer.start <= start < announcer.end
        if (announced and count in (0, len(items))) or (count == len(items) and items[0].start <= start < items[-1].end):
            return enumeration
    return None


def choose_enumeration(question: Question, units: Sequence[Unit], documents: Sequence[Document]) -> tuple[Enumeration | None, float]:
    """The enumeration that a question asks for and how well it fits, 0 to 1; (None, 0) where there is none."""
    future = bool(_FUTURE.search(fold(question.standalone)))
    best: tuple[Enumeration | None, float] = (None, 0.0)
    for document in documents:
        for enumeration in find_enumerations(document):
            score = _fit(question, units, enumeration, future)
            if score > best[1]:
                best = (enumeration, score)
    return best


def _fit(question: Question, units: Sequence[Unit], enumeration: Enumeration, future: bool) -> float:
    text = enumeration.document.text
    announcer, first = enumeration.announcer, enumeration.items[0]
    announced = fold(text[announcer.start : announcer.end]) if announcer else ""
    sentences = split_sentences(enumeration.document)
    paragraph = announcer.paragraph if announcer else first.paragraph
    near = fold("".join(text[s.start : s.end] for s in sentences if s.paragraph in (paragraph, paragraph - 1) and s.turn == first.turn and s.start < first.start))
    items = fold("\n".join(text[s.start : s.end] for s in enumeration.items))
    frame = fold("\n".join((first.section, first.asked, f"{first.turn.title}{first.turn.speaker}", headline(enumeration.document))))
    zones = ((announced, 1.0), (near, 0.85), (frame, 0.85), (items, FRAME))
    met = cover(units, zones)
    lost = missing(units, [text for text, _ in zones])
    score = met - (0.4 if any(unit.measure or re.search(r"\d", unit.forms[0]) for unit in lost) else 0.0)  # 4T stands there or it isn't meant
    stated = [int(f.value) for f in find_figures(announced) if f.value == f.value.to_integral_value()]
    stated += [NUMERALS[m["n"] or m["word"]] for m in COUNTS.finditer(announced)]
    if question.count:
        enough = MET if question.language == "zh" or announced.isascii() else MET_ABROAD
        fits = met >= enough and question.count == len(enumeration.items) and _counts_these(question, units, announced + near + frame)
        score += 0.1 if fits else -0.4
        score += 0.15 if fits and question.count in stated else 0.0
    if future != bool(_FUTURE.search(announced)):
        score -= 0.2
    return score + (0.05 if announced.isascii() == (question.language == "en") else 0.0)


def _counts_these(question: Question, units: Sequence[Unit], about: str) -> bool:
    """Whether what is counted off is what a question counts (哪四项措施: 措施 or a word of its meaning); 方面 and areas are anything."""
    noun = _COUNTED_NOUN.search(fold(question.standalone))
    word = (noun["zh"] or noun["en"]) if noun else ""
    if not word or re.fullmatch("方面|是[什哪啥]|areas|things|ways|points|aspects|steps", word):
        return True
    forms = next((unit.forms for unit in units if word in unit.forms), (word, *gloss(word)) if word.isascii() else (word,))
    return any(meets(form, about) for form in forms)
