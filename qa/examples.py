"""Example questions, made from a collection's own sentences and kept only if they are answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from documents.fold import fold
from documents.sentences import split_sentences
from documents.turns import split_turns
from documents.types import Document, Sentence
from qa.english import spell_name
from qa.enumerations import find_enumerations
from qa.figures import find_figures
from qa.terms import find_terms
from qa.types import Answer, Language

WANTED = 4
_TRIED = 12  # candidates of each kind that are tried at most


def make_examples(documents: Sequence[Document], ask: Callable[[str], Answer], language: Language) -> tuple[str, ...]:
    """Up to four questions of different kinds that the collection answers."""
    if language == "en":
        names = [turn.speaker for document in documents for turn in split_turns(document) if turn.title and turn.role == "answer"]
        tried = ("What is this document about?", *ask_for_positions(names), "What are the main points?")
        return tuple(q for q in tried if not ask(q).refused)[:WANTED]
    kinds = [_of_figures(documents), _of_lists(documents), _of_speakers(documents), _of_figures(reversed(documents))]
    found: list[str] = []
    for kind in kinds:
        for _, (question, wanted) in zip(range(_TRIED), kind, strict=False):
            answer = ask(question)
            if question not in found and not answer.refused and wanted in fold(answer.text):
                found.append(question)
                break
    if len(found) < WANTED and documents and not ask("这份文件讲了什么？").refused:
        found.append("这份文件讲了什么？")
    return tuple(found[:WANTED])


def ask_for_positions(names: Iterable[str]) -> list[str]:
    """English questions for the offices of these people."""
    return [f"What is {spell_name(name)[0].title()}'s position?" for name in dict.fromkeys(names) if spell_name(name)]


def _of_figures(documents: Sequence[Document] | Iterator[Document]) -> Iterator[tuple[str, str]]:
    for document in documents:
        for sentence in split_sentences(document):
            yield from ask_for_figures(document, sentence)


def ask_for_figures(document: Document, sentence: Sentence) -> Iterator[tuple[str, str]]:
    """Chinese asks in place: 多少 for the figure makes a question of the clause. With the figure that answers it."""
    if sentence.turn.role not in ("answer", "statement"):
        return
    said = document.text[sentence.start : sentence.end]
    for figure in find_figures(fold(said)):
        lead = said[figure.lead : figure.start]
        whole = len(lead) >= 8 and figure.group == (0, 1) and figure.unit and not re.search(r"[其这该此它，、由从中\n]|^[和与及但并而也]", lead) and _measured(lead)
        if whole and re.search(r"\d", said[figure.start : figure.end]) and re.search(r"[\u4e00-\u9fff]", lead):
            unit = figure.unit if figure.kind == "count" else ""
            ask = "多少" if re.search(r"(?:增长|下降|减少|增加|提高|达到?|为|完成|实现|超过?|有|出口|进口|投资|了)$", lead) else "是多少"
            yield f"{lead}{ask}{unit}？", fold(said[figure.start : figure.end])


def _measured(lead: str) -> bool:
    return any(term.measure for _, _, terms in find_terms(fold(lead)) for term in terms)


def _of_lists(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    for document in documents:
        for _, question, wanted in ask_for_lists(document):
            yield question, wanted


def ask_for_lists(document: Document) -> Iterator[tuple[str, str, str]]:
    """Questions for the enumerations whose items somebody counted: each with its section, and its first item."""
    for enumeration in find_enumerations(document):
        if enumeration.announcer:
            said = document.text[enumeration.announcer.start : enumeration.announcer.end]
            named = re.search(r"[一二三四五六七八九十两\d]+个([^\W\d]{1,3}?)(?=[上中下里之。：:，,]|$)", said)
            if named:
                section = enumeration.items[0].section
                topic = f"“{section.replace(' ', '')}”" if section else "文中"
                first, last = enumeration.shorts()[0]
                yield section, f"{topic}讲了哪{len(enumeration.items)}个{named[1]}？", fold(document.text[first:last])


def _of_speakers(documents: Sequence[Document]) -> Iterator[tuple[str, str]]:
    for document in documents:
        for sentence in split_sentences(document):
            if sentence.turn.role == "answer" and sentence.turn.speaker and sentence.section:
                topic = sentence.section.replace(" ", "")
                yield f"谁介绍了“{topic}”的情况？", fold(sentence.turn.speaker)
