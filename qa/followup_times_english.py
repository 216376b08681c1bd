"""The time of an English follow-up: And in 2022? The year before? A year takes the year's place, a part of a year the part's."""

from __future__ import annotations

import re

from documents.fold import fold
from qa.periods import PERIOD, find_periods, years_away

_YEAR = r"(?:19|20)\d{2}"
_UNIT = r"(?:year|month|week|quarter|half|term|season|period|day|time)"
_WHICH = r"(?:latest|last|same|previous|current|following|next|past|full|whole|half|first|second|third|fourth|school|academic|fiscal|financial|calendar)"
_EARLIER = r"(?: last year| (?:a|one|the) (?:year|month|week|quarter) (?:ago|earlier|before))"
TIME = re.compile(
    rf"(?:\b(?:in|at|on|during|for|by|over|as of|since) )?(?:(?:\b(?:the|that|this|next|last) (?:{_WHICH} )*{_UNIT}\b(?:,? (?:of )?(?:19|20)\d{{2}})?{_EARLIER}?)|\b(?:a|the) (?:year|month|week|quarter) (?:ago|earlier|before)\b|\b(?:now|today|currently|at present)\b|(?:\bthe )?(?:{PERIOD.pattern}){_EARLIER}?)",
    re.IGNORECASE,
)
_QUARTER_BEFORE = re.compile(r"(?:in )?the (?:quarter before|(?:previous|preceding|prior) quarter)", re.IGNORECASE)
_QUARTERS = ["first", "second", "third", "fourth"]
_PRESENT = {"does": "did", "do": "did", "is": "was", "are": "were", "has": "had", "have": "had"}


def find_time(previous: str) -> str:
    """The last time that a question names, with its preposition; "" without one."""
    times = [m.group().strip() for m in TIME.finditer(previous)]
    return times[-1] if times else ""


def change_time(previous: str, time: str) -> str:
    """The question before, asked of another time, which takes the place of the time it named."""
    if re.search(r"ago|earlier|before|last", time):
        previous = re.sub(r"^((?:by )?(?:how \w+|what|when|where|why|who)) (does|do|is|are|has|have)\b", lambda m: f"{m[1]} {_PRESENT[m[2]]}", previous, flags=re.IGNORECASE)
    old = next(iter(reversed(list(TIME.finditer(previous)))), None)
    if not old:
        return f"{previous.rstrip('? ')} {_in(time)}?"
    if _QUARTER_BEFORE.fullmatch(time) and (earlier := _quarter_before(old.group())):
        return previous[: old.start()] + earlier + previous[old.end() :]
    year, new = re.search(_YEAR, old.group()), re.search(_YEAR, time)
    away = years_away(fold(time))
    if year and (away or re.fullmatch(f"(?:in )?{_YEAR}", time)):  # a year takes the year's place: first half of 2024 → first half of 2023
        time = old.group().replace(year.group(), str(int(year.group()) + away) if away else new.group() if new else "")
    elif year and not new and any(re.match(r"[hqm]\d|spring|summer|autumn|winter", p.part) for p in find_periods(fold(time))):
        time = f"{_in(time)}{' of' if re.search('quarter|half|term', time) else ''} {year.group()}"
    kept = time if re.fullmatch(_YEAR, time) and re.match(_YEAR, old.group()) else _in(time)  # What share of 2024 revenue
    return previous[: old.start()] + kept + previous[old.end() :]


def _quarter_before(time: str) -> str:
    """in the fourth quarter → in the third quarter, Q1 of 2024 → Q4 of 2023; "" for a time that is no quarter."""
    named = re.search(r"\b(first|second|third|fourth)\b(?=[- ]quarter)|\bq([1-4])\b", time, re.IGNORECASE)
    if not named:
        return ""
    at = _QUARTERS.index(named[1].lower()) if named[1] else int(named[2]) - 1
    earlier = _QUARTERS[at - 1] if named[1] else f"Q{(at - 1) % 4 + 1}"
    shifted = time[: named.start()] + earlier + time[named.end() :]
    return re.sub(_YEAR, lambda year: str(int(year.group()) - 1), shifted) if at == 0 else shifted


def _in(time: str) -> str:
    """A time with the preposition that it needs."""
    bare = re.match(r"(?:the (?!year before)|(?:19|20)\d\d|[hq]\d|first|second|third|fourth)", time, re.IGNORECASE) or any(p.start == 0 and p.part.startswith("m") for p in find_periods(fold(time)))
    return f"in {time}" if bare else time
