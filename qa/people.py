"""People: who said a thing, who asked it, and what office somebody holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from documents.fold import fold
from documents.names import LATIN_NAME, NAME, OFFICE_END, SAYS, SURNAMES, find_title, simplify
from documents.sentences import split_sentences
from documents.types import Document
from qa.align import before_zones, cover
from qa.answers import Finding, answer_with, cite
from qa.askers import answer_asker, is_asker
from qa.evidence import Evidence
from qa.extract import Sources, answer_span, choose
from qa.figures import Figure, find_figures
from qa.question import parse_question
from qa.types import Answer, Citation, Question, Refusal
from qa.units import Unit

SAID = 0.55  # the share of a question's words that the sentence must meet which says it
SAID_ABROAD = 0.45  # the same where the question is English and the sentence Chinese
_ASKS_WITHIN = re.compile(rf"^(?:是)?谁{SAYS}(?:的|了|过|到)*[,，:：]?|^who (?:said|says|stated|told|announced|mentioned)(?: that)? ", re.IGNORECASE)
_ASKS = re.compile(r"多少|[几谁何哪怎]|什么|为啥|^(?:how|what|when|where|who|which|why)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"都有谁|还有谁|都是谁|[两三几](?:个人|位)|哪[几些两三]|\b(?:both|all)\b")
_SPEECH = rf"(?:{SAYS}|承诺|质疑|要求|呼吁|预计|宣布|回应|解释|追问|建议|警告|披露|通报|公布|发布|统计)"
# A name within a text: the person's words follow. Behind the surname comes no verb of saying and no adverb: 唐蕴介绍.
_PERSON = rf"(?:(?:^|(?<=[^\u4e00-\u9fff]|[长者员师家士民任事记监理席管授表人官臣裁问使]))(?P<name>[{SURNAMES}][\u4e00-\u9fff](?:(?!{_SPEECH}|[在也则还就对只没又曾向当等和与])[\u4e00-\u9fff])?)|(?P<latin>{LATIN_NAME}))"
_TELLS = re.compile(rf"{_PERSON}[^。；“”「」！？;!?]{{0,14}}?(?P<verb>{_SPEECH}|\b(?:said|says|told|added|warned|promised|stated)\b)|\b(?:said|says|added) (?P<after>{LATIN_NAME})")
_PRONOUNS = frozenset(["He", "She", "It", "They", "We", "I", "The", "This", "That", "But", "And", "In", "As"])


def answer_title(question: Question, sources: Sources) -> Answer:
    """The office of somebody whom the question names."""
    for document in (sources.documents[d] for d in dict.fromkeys(hit.passage.document_id for hit in sources.hits)):
        for sentence in split_sentences(document):
            said = document.text[sentence.start : sentence.end]
            for match in re.finditer(rf"(?P<title>[^，。；：、\s]{{0,30}}(?:、[^，。；：、\s]{{1,20}})?(?:{OFFICE_END}))(?P<name>{NAME})", said):
                name = next((n for n in _prefixes(match["name"]) if n in question.standalone), "")
                if name:
                    title = find_title(name, document.text)
                    if title in said:
                        return answer_with(question, [Finding(title, (cite(document, sentence),))], 0.9)
            turn = sentence.turn
            if turn.speaker and turn.speaker in question.standalone and turn.title:
                at = document.text.find(turn.title, turn.start, turn.body)
                if at >= 0:
                    return answer_with(question, [Finding(turn.title, (cite(document, sentence, turn.start, turn.body),))], 0.9)
    return answer_span(replace(question, asks="thing"), sources)


def _prefixes(name: str) -> tuple[str, ...]:
    """辛国斌出 may be a name and the verb behind it: 辛国斌出, 辛国斌 … down to two characters."""
    return tuple(name[:n] for n in range(len(name), 1, -1))


def answer_speaker(question: Question, sources: Sources) -> Answer:
    """Who said it: the speaker of the sentence that says it; who asked it: the one whose question it is."""
    asked = fold(question.standalone)
    if is_asker(question):
        return answer_asker(question, sources)
    told = _told(question)
    if told:
        best, reason = choose(told, sources.read(told), sources)
        found, score = ([best.evidence], best.score) if best else ([], 0.0)
    else:
        found, score, reason = _find_said(question, sources)
    if not found:
        return sources.refuse(question, reason or "absent", score)
    findings: dict[str, Finding] = {}
    for evidence in found:
        name, title, citations = said_by(evidence, asked, sources.units(question))
        short = f"{name}（{title}）" if title and question.language == "zh" else f"{name} ({title})" if title else name
        if name:
            findings.setdefault(name, Finding(short, citations))
    return answer_with(question, list(findings.values()), score) if findings else sources.refuse(question, "absent", 0.5)


def _told(question: Question) -> Question | None:
    """谁说了今年花多少, as where 这是谁说的 follows a question: what was told is a question itself. None where it isn't."""
    inner = _ASKS_WITHIN.sub("", question.standalone)
    asks = inner != question.standalone and _ASKS.search(inner) and not _put_forward(fold(question.standalone))
    return parse_question(inner) if asks else None


def _find_said(question: Question, sources: Sources) -> tuple[list[Evidence], float, Refusal]:
    """The sentences that say it, how surely they do, and why not where none does."""
    found, score = _says_it(question, sources)
    if found:
        return found, score, ""
    reading = sources.align(replace(question, asks="figure" if _is_counted(question, sources) else "thing"))
    best, reason = choose(question, reading, sources)
    if best is None or not _holds(best.evidence, _put_forward(fold(question.standalone))):
        return [], 1 - reading.no_answer, reason
    return [best.evidence], best.score, ""


def _is_counted(question: Question, sources: Sources) -> bool:
    return any(unit.measure for unit in sources.units(question)[-2:])


def _says_it(question: Question, sources: Sources) -> tuple[list[Evidence], float]:
    """The sentences that say what a question puts in somebody's mouth, best first, and how surely; none where none does.

    Several only where the question names a figure that all of them give, or asks for all who said it.
    """
    asked = fold(question.standalone)
    spoken = [e for e in sources.evidence if e.sentence.turn.role != "question"]
    for quoted in re.findall(r"[“\"「『]([^”\"」』]{4,})[”\"」』]", asked):
        exact = [e for e in spoken if quoted.strip(" 。.,，") in e.text]
        if exact:
            return exact[:1], 1.0
    figures = _put_forward(asked)
    if not figures and _is_counted(question, sources):
        return [], 0.0  # of a measure the figure's sentence is looked for, of the period asked
    units = sources.units(question)
    fits = [(cover(units, ((e.text, 1.0), (e.opener, 0.72), *before_zones(e), (e.frame, 0.5))), e) for e in spoken if _holds(e, figures)]
    fits = [(score, e) for score, e in fits if score >= (SAID if (question.language == "zh") or e.text.isascii() else SAID_ABROAD)]
    fits.sort(key=lambda pair: -pair[0])
    best = fits[0][0] if fits else 0.0
    several = bool(figures) or _SEVERAL.search(asked) is not None
    return [e for score, e in fits if score >= best - (0.35 if figures else 0.1)][: None if several else 1], best


def _put_forward(asked: str) -> list[Figure]:
    """The figures that a question puts in somebody's mouth: 哪两个人 counts who is asked for."""
    return [figure for figure in find_figures(asked) if not asked[: figure.start].endswith("哪")]


def _holds(evidence: Evidence, figures: Sequence[Figure]) -> bool:
    """Whether a sentence gives all of these figures."""
    given = {(figure.value, figure.unit) for figure in find_figures(evidence.text)}
    return all((figure.value, figure.unit) in given for figure in figures)


def said_by(evidence: Evidence, asked: str = "", units: Sequence[Unit] = ()) -> tuple[str, str, tuple[Citation, ...]]:
    """Name, office and citations of whoever says a sentence: by the label of its turn, or by 某某表示 in it or before it.

    Of several in one sentence the one who does what was asked (谁承诺 → 某某承诺), else the one behind whom most of it is said.
    """
    document, sentence = evidence.document, evidence.sentence
    turn = sentence.turn
    if turn.speaker:
        first = next(s for s in split_sentences(document) if s.turn.speaker == turn.speaker and s.start >= s.turn.body)
        label = cite(document, first, first.turn.start, first.turn.body)
        return turn.speaker, turn.title, (cite(document, sentence), label)
    for other in [s for s in reversed(split_sentences(document)) if s.start <= sentence.start and s.paragraph == sentence.paragraph]:
        people = _tellers(simplify(document.text[other.start : other.end]))
        if people:
            chosen = _teller(people, asked, units)
            span = next(chosen.span(part) for part in ("name", "latin", "after") if chosen[part])
            name = document.text[other.start + span[0] : other.start + span[1]]
            return _with_office(document, name, (cite(document, sentence), cite(document, other)) if other != sentence else (cite(document, sentence),))
    return "", "", ()


def _teller(people: Sequence[re.Match[str]], asked: str, units: Sequence[Unit]) -> re.Match[str]:
    """Of those who speak in one sentence the one who says what is asked for; the last where nothing tells them apart."""
    ends = [*(m.start() for m in people[1:]), len(people[0].string)]
    said = [(bool(m["verb"] and m["verb"] in asked), cover(units, ((fold(m.string[m.end() : end]), 1.0),)), n) for n, (m, end) in enumerate(zip(people, ends, strict=True))]
    return people[max(said)[2]]


def _tellers(text: str) -> list[re.Match[str]]:
    """Where a sentence says who says it; what follows 某某说， is said, and names nobody who speaks."""
    found = [m for m in _TELLS.finditer(text) if (m["latin"] or m["after"]) not in _PRONOUNS]
    return [m for m in found if not re.search(rf"{SAYS}[，：,:]$", text[: m.start()])]


def _with_office(document: Document, name: str, cited: tuple[Citation, ...]) -> tuple[str, str, tuple[Citation, ...]]:
    """A name with its office and the sentence that gives it; the name alone where no sentence does."""
    title = find_title(name, document.text)
    if not title or any(title in citation.quote for citation in cited):
        return name, title, cited
    for sentence in split_sentences(document):
        said = document.text[sentence.start : sentence.end]
        if title in said and name in said:
            return name, title, (*cited, cite(document, sentence))
    return name, "", cited
