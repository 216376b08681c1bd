"""When and where a briefing was, who chaired it and who took part: read off the fields at a transcript's head."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.fold import fold
from documents.heads import is_entry, read_field, read_names
from documents.sentences import split_sentences
from documents.types import Document
from qa.answers import Finding, answer_with, cite, flat
from qa.extract import Sources
from qa.types import Answer, Question

LINES = 40  # of a document's head
_EVENT = re.compile(r"(?:新闻|情况|媒体)?(?:发布会|通气会|说明会|吹风会|记者会|通报会|座谈会|见面会|会议)|(?:press |news )?(?:briefing|conference)|meeting")
# What may stand beside the event in a question that asks for nothing but its field.
_PLAIN = re.compile(r"[这那本此该]?[场次]|召开|举行|举办|开始|上午|下午|时间|地点|主持人?|出席|参加|与会|到场|官员|领导|嘉宾|人员|[开办在由是有会请来几点]|\b(?:held|hold|take|took|place|start(?:ed)?|begin|began|happen(?:ed)?|chair(?:ed)?|host(?:ed)?|moderat(?:e|ed|or)|attend(?:ed)?|present|part|run|ran|led|venue|officials?|people)\b")
_LABELS = {
    "where": "地点|place|venue|location",
    "when": "时间|日期|发布时间|time|date",
    "chair": "主持|主持人|chair|chaired by|host|hosted by|moderator|moderated by",
    "attended": "出席|出席人员|出席人|出席嘉宾|参加|参加人员|与会人员|嘉宾|发布人|发言人|主讲人|present|in attendance|attending|attendees|participants|speakers?|panel|panellists|panelists",
}


def answer_field(question: Question, sources: Sources) -> Answer | None:
    """What the head's field says, of the best document found that has one; None where that isn't all that is asked."""
    wanted = _wanted(question)
    if not wanted:
        return None
    for document in (sources.documents[d] for d in dict.fromkeys(hit.passage.document_id for hit in sources.hits)):
        for label, start, end in _fields(document):
            if re.fullmatch(_LABELS[wanted], label):
                return answer_with(question, list(_read(document, start, end, wanted)), 0.9)
    return None


def _read(document: Document, start: int, end: int, wanted: str) -> Iterator[Finding]:
    """Each line of a field's value, of who was there the names alone where there is nothing else."""
    for line in re.compile(r"[^\n]*\S[^\n]*").finditer(document.text, start, end):
        sentence = next(s for s in split_sentences(document) if s.end > line.start())
        names = read_names(line.group()) if wanted == "chair" else ()
        yield Finding("、".join(names) or flat(line.group()), (cite(document, sentence, min(sentence.start, line.start()), line.end()),))


def _wanted(question: Question) -> str:
    """The kind of field that a question asks for; "" where it asks for more, or for something else."""
    asked = fold(question.standalone)
    if not _EVENT.search(asked) or _PLAIN.sub("", _EVENT.sub("", fold(question.subject))).strip():
        return ""
    if question.asks in ("where", "when"):
        return question.asks
    if re.search(r"\bvenue\b|地点", asked):
        return "where"
    if re.search(r"时间", asked):
        return "when"
    if re.search(r"主持|\b(?:chair|host|moderat)", asked):
        return "chair"
    return "attended" if re.search(r"出席|参加|与会|\b(?:attend|present|took part)", asked) else ""


def _fields(document: Document) -> Iterator[tuple[str, int, int]]:
    """Each field of the head: its label, folded, and where its value stands, which may be on the lines below."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", document.text)][:LINES]
    for n, (start, end) in enumerate(lines):
        label, skip = read_field(document.text[start:end])
        if not label:
            continue
        at = start + skip
        last = n
        while not document.text[at : lines[last][1]].strip() and last + 1 < len(lines) and not read_field(document.text[slice(*lines[last + 1])])[0]:
            last += 1
        while last + 1 < len(lines) and last > n and is_entry(document.text[slice(*lines[last + 1])].strip()):
            last += 1
        value = document.text[at : lines[last][1]]
        left = at + len(value) - len(value.lstrip(" \n\u3000*"))
        if value.strip():
            yield fold(label), left, at + len(value.rstrip())
