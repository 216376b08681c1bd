"""What may be asked after an answer: questions made from what stands around its citations, each of which is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice

from documents.fold import fold
from documents.sentences import split_sentences
from documents.types import Document
from qa.examples import ask_for_figures, ask_for_lists, ask_for_positions
from qa.followup import complete
from qa.types import Answer, Citation

OFFERED = 3
TRIED = 8  # candidates at most; trying one costs what answering it costs
FIGURES = 4  # of them, made from figures
SURE = 0.5  # confidence below it is a warning, and nothing to invite to
LONGEST = {"zh": 40, "en": 110}  # characters of a reporter's question that is short enough to be offered

Candidate = tuple[str, str]  # a question, and what its answer must hold, folded; "" for anything


def propose(answers: Sequence[Answer], documents: Sequence[Document]) -> tuple[Candidate, ...]:
    """Candidates after the last of a conversation's answers, the likeliest first; none of them has been tried."""
    answer = answers[-1]
    places = [*answer.citations, *answer.nearest]
    document = next((d for d in documents if places and d.id == places[0].document_id), None)
    if document is None:
        return ()
    asked = {fold(said) for a in answers for said in (a.question.text, a.question.standalone)}
    kinds = _after_english(answer, places[0], document) if answer.question.language == "en" else _after_chinese(answer, places[0], document)
    fresh = dict.fromkeys(candidate for candidate in kinds if fold(candidate[0]) not in asked)
    return tuple(islice(fresh, TRIED))


def is_worth(candidate: Candidate, answers: Sequence[Answer], ask: Callable[[str, Sequence[str]], Answer]) -> bool:
    """Whether it is answered, after these questions, as it stands, with what it must hold, and with something new."""
    question, wanted = candidate
    found = ask(question, [answer.question.text for answer in answers])
    known = any(found.short == answer.short for answer in answers)
    whole = found.question.language == "en" or found.question.standalone == question  # of an English one, names are written in Chinese
    return not found.refused and found.confidence >= SURE and not known and whole and wanted in fold(found.text)


def _after_chinese(answer: Answer, place: Citation, document: Document) -> Iterator[Candidate]:
    near = sorted(split_sentences(document), key=lambda s: (s.section != place.section, abs(s.start - place.start)))
    if answer.question.asks == "figure" and answer.question.wants == "level" and not answer.refused:
        yield complete("同比呢？", [answer.question.standalone]), ""
    cited = {(citation.start, citation.end) for citation in answer.citations}
    figures = islice(chain.from_iterable(ask_for_figures(document, s) for s in near if (s.start, s.end) not in cited), FIGURES)
    lists = [(question, wanted) for section, question, wanted in ask_for_lists(document) if section == place.section and answer.question.asks != "list"]
    who = [(f"谁介绍了“{place.section.replace(' ', '')}”的情况？", fold(place.speaker))] if place.section and place.speaker and answer.question.asks != "speaker" else []
    yield from _in_turn(figures, [*lists, *_of_reporters(document, place, "zh")], who)


def _after_english(answer: Answer, place: Citation, document: Document) -> Iterator[Candidate]:
    speakers = [citation.speaker for citation in (place, *answer.citations, *answer.nearest) if citation.speaker]
    positions = [(question, "") for question in ask_for_positions(speakers)[:2]]
    general = [("What are the main points?", ""), ("What is this document about?", "")]
    yield from _in_turn(_of_reporters(document, place, "en"), positions, general)


def _of_reporters(document: Document, place: Citation, language: str) -> list[Candidate]:
    """The questions that reporters asked, the nearest first, as far as they are short and lean on nothing said before."""
    found = []
    for sentence in split_sentences(document):
        body = max(sentence.start, sentence.turn.body)
        said = " ".join(document.text[body : sentence.end].split())
        leans = re.search(r"传言|传闻|[有据听](?:人|媒体|报道)?说|^(?:那|这|其|对此|另外|还有|and|but|so|also)|您|你|刚才|贵|\b(?:you|your|this|that|it|they)\b", said, re.IGNORECASE)
        foreign = (language == "zh") != bool(re.search(r"[\u4e00-\u9fff]", said))
        if sentence.turn.role == "question" and not foreign and re.search(r"[？?]$", said) and not leans and 8 <= len(said) <= LONGEST[language]:
            found.append((abs(sentence.start - place.start), said))
    return [(said, "") for _, said in sorted(found)]


def _in_turn(*kinds: Iterator[Candidate] | Sequence[Candidate]) -> Iterator[Candidate]:
    """One of each kind, then the next of each."""
    rows = [iter(kind) for kind in kinds]
    while rows:
        for row in list(rows):
            candidate = next(row, None)
            if candidate is None:
                rows.remove(row)
            else:
                yield candidate
