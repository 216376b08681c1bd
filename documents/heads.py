"""The head of a transcript: when and where it was, who took part and who chaired. Nobody speaks there."""

from __future__ import annotations

import re

from documents.names import LATIN_OFFICE, NAME, OFFICE_END, simplify

_FIELDS = (
    "时间|日期|地点|主题|议题|出席|出席人员|出席人|出席嘉宾|参加|参加人员|与会人员|列席|嘉宾|主持|主持人|发布人|发布单位|发布时间|发言人|主讲人|主办|主办单位|记录|来源|"
    "Time|Date|Place|Venue|Location|Subject|Topic|Present|In attendance|Attending|Attendees|Participants|Speakers?|Panel|Panellists|Panelists|Chair|Chaired by|Host|Hosted by|Moderator|Moderated by"
)
_FIELD = re.compile(rf"(?:\*\*|__)?(?P<label>{_FIELDS})(?:\*\*|__)?[：:](?:\*\*|__)?", re.IGNORECASE)
_LATIN_NAME = r"(?:(?:Mr|Ms|Mrs|Dr|Prof|Sir|Dame)\.? )?[A-ZÀ-Þ][\w’'-]*(?: (?:de|van|von|bin|al|[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w’'-]+)){1,4}"
_BULLET = r"(?:[-*+•·▪]\s+|\d{1,2}[.、)）]\s*)?(?:\*\*)?"
_SIGN = r"[^，。；：！？,;:\s（）()]"
# The office is parted from the name, so that no piece of a sentence is an entry.
_ENTRY = re.compile(
    rf"{_BULLET}(?:{_SIGN}{{0,40}}(?:{OFFICE_END})[ \u3000]+{NAME}|{NAME}(?:[ \u3000]+|，){_SIGN}{{0,40}}(?:{OFFICE_END})|{NAME}[（(]{_SIGN}{{0,40}}(?:{OFFICE_END})[）)]"
    rf"|{_LATIN_NAME}(?:\*\*)?(?:, | \(| [-–—] )[^.;:()]{{0,60}}?\b{LATIN_OFFICE}\b[^.;:()]{{0,60}}\)?)[;；]?"
)
_NAMES = re.compile(
    rf"(?:{_SIGN}{{0,40}}(?:{OFFICE_END}))?[ \u3000]*(?!谢谢)(?P<name>{NAME})(?:[ \u3000]*[（(，]?{_SIGN}{{0,40}}(?:{OFFICE_END})[）)]?)?"
    rf"|(?P<latin>{_LATIN_NAME})(?:(?:, | \(| [-–—] )[^.;:()]{{2,80}}\)?)?"
)


def is_field(line: str) -> bool:
    """Whether a line tells when, where or with whom: `时间：3月6日15时`, `Chair: Jane Doe`."""
    return bool(read_field(line)[0])


def read_field(line: str) -> tuple[str, int]:
    """The label of a line that is a field, and the characters that it takes; ("", 0) of any other."""
    match = _FIELD.match(simplify(line[:24]))
    return (match["label"], match.end()) if match else ("", 0)


def is_entry(line: str) -> bool:
    """Whether a line is one of a list of those present: `省疾控中心主任　沈佳宁`, `- Jane Doe, Director of Education`."""
    return len(line) <= 120 and _ENTRY.fullmatch(simplify(line)) is not None


def is_complete(line: str) -> bool:
    """Whether a line of the head ends there, and the next one begins afresh."""
    return is_field(line) or is_entry(line)


def read_names(words: str) -> tuple[str, ...]:
    """The names, where words are nothing but names, each with or without an office; else none."""
    found = [_NAMES.fullmatch(simplify(part.strip())) for part in re.split(r"[、；;]", words[:200].strip())]
    names = [match["latin"] or re.sub(r"[ \u3000]", "", match["name"]) for match in found if match]
    return tuple(names) if len(names) == len(found) else ()
