"""Who a question says has said a thing, and whether the document has it from somebody else, or declined."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.fold import fold
from documents.names import LATIN_NAME, NAME, SAYS, find_title
from qa.align import before_zones, cover
from qa.answers import Finding, answer_with
from qa.contrast import evades
from qa.evidence import Evidence
from qa.extract import Sources
from qa.people import said_by
from qa.phrases import NO
from qa.question import parse_question
from qa.types import Answer, Question

_SAID = rf"(?:{SAYS}|证实|确认|承认|公布|提到|坦承)"
_OPENS = re.compile(rf"^(?P<name>{NAME})(?P<office>[^,，。说]{{0,6}}?){_SAID}(?:说|过|了|到|称)*[,，:：]?")
_OPENS_ENGLISH = re.compile(rf"^(?:Did |Has )?(?P<name>{LATIN_NAME})(?: has| had)? (?:said|says?|stated?|told \w+|confirm(?:ed)?|announced?|admit(?:ted)?)(?: that)?\b ?")
_CLOSES = re.compile(rf"[,，]?(?:这话|这)?是(?P<name>{NAME}){_SAID}(?:说|过|了|到)*的[吗么嘛吧]?[?？]*$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whom a question names as the speaker, and the question without it."""

    name: str  # "" where it names nobody
    rest: Question


def find_attribution(question: Question, sources: Sources) -> Attribution:
    """何敏确认利润涨了三成，是不是 → 何敏, 利润涨了三成，是不是. The texts found must know the person: 华岳公布 names nobody."""
    text = question.standalone
    match = _OPENS_ENGLISH.match(text) if question.language == "en" else _OPENS.match(fold(text)) or _CLOSES.search(fold(text))
    texts = [sources.documents[d].text for d in dict.fromkeys(h.passage.document_id for h in sources.hits)]
    named = fold(match["name"]) if match else ""
    shorter = (named, named[:2]) if question.language == "zh" else (named,)
    name = next((n for n in shorter if n and any(_is_person(n, t) for t in texts)), "")
    if not match or not name:
        return Attribution("", question)
    rest = text[: match.start()] + text[match.end() :]
    parsed = parse_question(rest) if len(rest) > 3 else question
    kept = Question(question.text, rest, question.language, "yes_no", parsed.periods, parsed.basis, parsed.subject, parsed.unit, parsed.wants, 0, parsed.claim, ())
    return Attribution(name, kept)


def _is_person(name: str, text: str) -> bool:
    """Whether a text gives a folded name an office, or has it speak."""
    said = next((text[m.start() : m.end()] for m in re.finditer(re.escape(name), fold(text))), "")
    return bool(said) and (bool(find_title(said, text)) or re.search(rf"{re.escape(name)}(?:{SAYS}|[:：】]| said\b)", fold(text)) is not None)


def find_other_speaker(question: Question, name: str, evidence: Evidence) -> Answer | bool:
    """No, with whoever says it, where it is somebody else; True where it is the one named, False where nobody can be told."""
    said, title, citations = said_by(evidence)
    if name in fold(f"{title}{said}") or any(name in text for text in (evidence.text, *evidence.before)):
        return True
    if not said:
        return False
    who = f"{said}（{title}）" if title and question.language == "zh" else f"{said} ({title})" if title else said
    word = NO[question.language]
    return answer_with(question, [Finding(f"{word}。{who}" if question.language == "zh" else f"{word}. {who}", citations)], 0.8)


def find_evasion(question: Question, sources: Sources, enough: float) -> tuple[Evidence, float] | None:
    """The sentence that declines to say what was asked: 利润不便透露, in answer to a reporter's or in its own words."""
    units = sources.units(question)
    best: tuple[Evidence, float] | None = None
    for evidence in sources.evidence:
        if evidence.sentence.turn.role != "question" and evades(evidence.text):
            met = cover(units, ((evidence.text, 1.0), *before_zones(evidence)[:1], (evidence.frame, 0.8)))
            best = (evidence, met) if met >= enough and (best is None or met > best[1]) else best
    return best
