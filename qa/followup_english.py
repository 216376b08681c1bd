"""Follow-ups to an English question: what the new one names takes the place of its like, and the rest is kept."""

from __future__ import annotations

import re

from documents.fold import fold
from qa.followup_times_english import TIME, change_time, find_time
from qa.terms import find_terms

_OPENS = re.compile(r"^(?:and|but|what about|how about|then|what of|so|also)\b[ ,]*", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?P<owns>its|their|his|her)\b|\b(?:it|they|them|that|those|he|she)\b(?! (?:is|was|are|were) (?:true|right|correct))", re.IGNORECASE)
_ASK = re.compile(
    r"^(?P<ask>(?:by )?(?:how (?:many|much|large|big|high|long|far|fast)|what (?:share|percentage|proportion|number|amount|rate) of|what|who|when|where|why|which))\b ?(?P<aux>(?:was|were|is|are|did|does|do|had|has|have|will)\b)? ?(?P<rest>.*)$", re.IGNORECASE
)
_ASKS = re.compile(r"\b(?:how|what|who|when|where|which|why)\b|^(?:is|are|was|were|did|does|do|has|have|will|can)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?P<ask>how many|how much|what (?:share|percentage|proportion|number|amount) of) (?P<noun>(?:[\w'-]+ )*?(?:[\w'-]+(?<![us'])s|people|children|staff|men|women|money))\b", re.IGNORECASE)
_VERB = re.compile(r" (?:(?:grow|rise|fall|increase|decrease|drop|decline|shrink|cost|reach|stand|come|amount|make|earn|sell|export|import|produce|handle|carry|have|get|use|spend|invest|build|open|close|start|end|begin|take|go|move|change|narrow|widen|improve|recruit|employ|receive|attract)\b|(?:per|as|compared|than|from|against)\b).*$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:the )?(?P<noun>target|goal|share|rank|ranking|growth|growth rate|increase|decrease|change|forecast)(?: for it| of it)?", re.IGNORECASE)
_BASIS = re.compile(r"(?:the )?(?:growth )?(?P<basis>year[ -]on[ -]year|month[ -]on[ -]month|quarter[ -]on[ -]quarter)(?: growth| change)?", re.IGNORECASE)
_PLACED = re.compile(r"(?P<where>in|at|for|from|to|among|of|by|with) (?P<what>.+)", re.IGNORECASE)
_ORDERS = re.compile(r"(?:please|write|list|summari[sz]e|tell|give|ignore|print|recommend|name|show|explain|describe|translate|compare)\b", re.IGNORECASE)


def lean(text: str, previous: str) -> str:
    """A question completed from the complete English one before it; the text itself where it needs nothing."""
    opened = _OPENS.match(text)
    asked = (text[opened.end() :] if opened else text).rstrip(" ?？呢")
    asked = re.sub(r"^那?((?:19|20)\d{2})年$", r"in \1", asked)
    if not asked:
        return previous
    if re.search(r"[\u3400-\u9fff]", asked) or _ORDERS.match(asked):
        return text
    if TIME.fullmatch(asked):
        return change_time(previous, asked)
    if re.fullmatch("why|when|where", asked, re.IGNORECASE):
        return _ask_otherwise(previous, asked)
    if _PRONOUN.search(asked):
        return _pronoun(asked, previous)
    asked = re.sub(rf"^what (?:is|was|are|were) (?={_WHOLE.pattern}$)", "", asked, flags=re.IGNORECASE)
    if re.match(r"how (?:many|much)\b", asked, re.IGNORECASE) and (opened or len(asked.split()) < 3) and not _COUNTED.match(asked):
        return _count_again(asked, previous)
    if _ASKS.search(asked):
        return _capital(asked) + "?" if opened else text
    if len(asked.split()) > 8 or not (opened or len(asked.split()) < 4):
        return text
    return _exchange(asked, previous)


def _ask_otherwise(previous: str, word: str) -> str:
    """Why? after How much did it fall?: the same, with another asking word."""
    match = _ASK.match(previous)
    if re.match(r"(?:is|are|was|were|did|does|do|has|have|had|will)\b", previous, re.IGNORECASE):
        return f"{_capital(word)} {previous[0].lower()}{previous[1:]}"
    return f"{_capital(word)} {match['aux']} {match['rest']}" if match and match["aux"] else f"{_capital(word)}: {previous}"


def _pronoun(asked: str, previous: str) -> str:
    """How much did it fall? And its share price?: it is what was asked about, its owner where that has one."""
    pronoun = _PRONOUN.search(asked)
    assert pronoun
    thing, time = _thing(previous, pronoun.group()), find_time(previous)
    if pronoun["owns"]:
        thing = re.sub(r"['’]s .*$", "", thing)
        thing += "'" if thing.endswith("s") else "'s"
    whole = asked[: pronoun.start()] + thing + asked[pronoun.end() :]
    if not _ASKS.search(whole):
        whole = f"what was {whole}"
    keeps = time and not TIME.search(asked)
    return f"{_capital(whole)}{' ' + time if keeps else ''}?"


def _count_again(asked: str, previous: str) -> str:
    """And how many left?: of what was counted before, over the same time."""
    counted = _COUNTED.match(previous)
    time = find_time(previous)
    keeps = f" {time}" if time and not TIME.search(asked) else ""
    if not counted:
        return f"{_capital(asked)}{keeps}?"
    return f"{_capital(asked[:8])} {counted['noun']} {asked[9:]}".rstrip() + f"{keeps}?"


def _exchange(asked: str, previous: str) -> str:
    """A noun in the place of its like: what was counted, the measure, or all that was asked about."""
    basis, whole = _BASIS.fullmatch(asked), _WHOLE.fullmatch(asked)
    time = find_time(previous)
    until = f" {time}" if time else ""
    if basis or (whole and re.search("growth|increase|decrease|change", whole["noun"])):
        verb = "fall" if re.search("decrease", asked) else "change" if re.search("change", asked) else "grow"
        return f"By how much did {_thing(previous)} {verb}{' ' + basis['basis'].lower() if basis else ''}{until}?"
    if whole:
        return f"What is the {whole['noun']} {'for' if whole['noun'] in ('target', 'goal', 'forecast') else 'of'} {_thing(previous)}{until}?"
    placed = _PLACED.fullmatch(asked)
    if placed:
        old = re.search(rf"\b{placed['where']} (?!the end|the first|the second|(?:19|20)\d\d)[^?]+?(?= (?:in|at|during|for|by|over) |\?|$)", previous, re.IGNORECASE)
        return previous[: old.start()] + asked + previous[old.end() :] if old else f"{previous.rstrip('? ')} {asked}?"
    counted = _COUNTED.match(previous)
    if counted:
        return previous.replace(counted["noun"], re.sub("^the ", "", asked), 1)
    like = _like(_thing(previous), asked, previous.lower().startswith("who"))
    asked += "'s" if re.search("['’]s?$", like) else ""
    return _agree(previous.replace(like, _article(asked, like), 1), asked)


def _like(thing: str, asked: str, person: bool) -> str:
    """What of a thing the new noun stands for: its measure or office, whose it is, or all of it."""
    measure = _measure(thing)
    if any(t.measure for _, _, terms in find_terms(fold(asked)) for t in terms) and len(asked.split()) < 3:
        return measure
    of = re.match(r"(the [^?]+?) of ([^?]+)$", thing)
    if of:
        return of[1] if person and asked.startswith("the ") else of[2]
    owner = re.match(r"(.+?['’]s?) ", thing)
    return owner[1] if owner else thing.removesuffix(measure).rstrip() or thing


def _agree(question: str, noun: str) -> str:
    """What was sales → What were sales."""
    plural = re.search(r"[^su]s$", noun)
    verb = "were" if plural else "was"
    return re.sub(rf"^What (?:was|were)(?= (?:the )?(?:[\w'’-]+ )?{re.escape(noun)}(?!\w))", f"What {verb}", question)


def _article(asked: str, old: str) -> str:
    """What takes the place of `the number of cars` isn't led by a second article."""
    if not old.startswith("the "):
        return re.sub("^the ", "", asked)
    return asked if asked.startswith(("the ", "a ")) or asked[:1].isupper() else f"the {asked}"


def _measure(thing: str) -> str:
    """The measure of a thing: Huayue's net profit → net profit, the price of corn → price."""
    owned = re.search(r"['’]s (.+)$", thing)
    of = re.match(r"(?:the )?(.+?) (?:of|for|from) ", thing)
    known = [(s, e) for s, e, terms in find_terms(fold(thing)) if any(t.measure for t in terms)]
    return owned[1] if owned else of[1] if of else thing[known[-1][0] : known[-1][1]] if known else thing


def _thing(previous: str, pronoun: str = "it") -> str:
    """What a question was about, as it names it: How much did the toll rise in 2023? → the toll."""
    text = TIME.sub("", previous.rstrip("? ")).strip()
    counted = _COUNTED.match(text)
    if counted:
        owner = re.match(r" (?:does|did|do|has|have|will|can) (.+?) \w+$", text[counted.end() :])
        ends = owner or re.search(r"\b(?:use|have|enter|attend|visit|join|in|at|on|with|by|of|for)s? ((?:the )?[\w' -]+)$", text[counted.end() :])
        return ends[1] if ends and pronoun.lower() in ("it", "its") else counted["noun"]
    match = _ASK.match(text)
    rest = match["rest"] if match else text
    return (_VERB.sub("", rest) if match and match["aux"] and match["aux"].lower() in ("did", "does", "do", "had", "has", "have", "will") else rest).strip()


def who_said(previous: str) -> str:
    """Who said so? keeps all that was asked: Who said what the target for take-up is?"""
    text = previous.rstrip("? ")
    text = text[0].lower() + text[1:]
    match = re.match(r"(?P<ask>(?:by )?(?:how (?:many|much|large|big|high|long|far)|what|when|where|why)) (?P<aux>was|were|is|are|did|does|do|has|have|had|will) (?P<rest>.+)", text)
    if not match:
        return f"Who said {text}?"
    time = find_time(match["rest"])
    subject = match["rest"].removesuffix(time).strip() if time else match["rest"]
    verb = _VERB.search(subject) if match["aux"] in ("did", "does", "do", "has", "have", "had", "will") else None
    tail = verb.group() if verb else ""
    return f"Who said {match['ask']} {subject.removesuffix(tail)} {match['aux']}{tail}{' ' + time if time else ''}?"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
