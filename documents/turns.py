"""Who speaks where: a document cut into headings, notices, questions, answers and statements."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from documents.heads import is_complete
from documents.labels import MOST_SPEAKERS, Label, find_labels
from documents.names import find_title, simplify
from documents.types import Document, Role, Turn

_MARKED = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_NUMBERED = re.compile(
    r"(?!一、二|二、三|三、四|四、五|五、六)"  # 一、二线城市
    r"(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节部]分?|[（(][一二三四五六七八九十]{1,3}[）)])[ \u3000]?\S.{1,29}$"
)
_ENDS = re.compile(r"[。！？；：…，、.!?;:,”’」』）)】》\"]$")
_NOTICE = re.compile(r"[ ]{0,3}>[ ]?(?:\*\*)?(?:说明|注|提示|编者注|声明|Note|Notice|Disclaimer|About this)", re.IGNORECASE)
_FIELD = re.compile(r"\S{1,6}[：:]")  # 时间：3月5日
_ANSWER = 30  # columns: a paragraph that is shorter ends the question with a courtesy
_WRAPPED = 90  # columns: lines of a text that was broken at a width are shorter
_LIST = re.compile(r"[ ]{0,3}(?:[-*+•·▪]|\d{1,2}[.、)）])[ \t]?|\|")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that isn't empty, without the white space around it."""

    start: int
    end: int
    text: str
    alone: bool  # an empty line, or nothing, stands on both sides


def split_turns(document: Document) -> list[Turn]:
    """The document's turns, in order: none overlaps another, and only white space lies between them.

    A speaker goes on until the next label, or the next heading that isn't below the one the speaker began under.
    """
    text = document.text
    lines = _lines(text)
    marked = any(_MARKED.match(line.text) for line in lines)
    labels = find_labels([line.text for line in lines], text)
    turns: list[Turn] = []
    titles: dict[str, str] = {}
    asked = False
    spoken: Turn | None = None  # what goes on below the next heading, if that is a deeper one
    head = True  # nothing but headings and notices so far
    began = under = 0  # levels of the headings that the speaker began under and that the line stands under
    for number, line in enumerate(lines):
        label, level = labels.get(number), _heading_level(lines, number, marked)
        if label:
            asked = label.asks or (asked and not _ends_answer(turns))
            title = label.title
            if label.speaker and not label.asks:
                if label.speaker not in titles and len(titles) < MOST_SPEAKERS:
                    titles[label.speaker] = title or find_title(label.speaker, text)
                title = title or titles.get(label.speaker, "")
            turn = Turn(_role(label, asked), label.speaker, title, line.start, line.end, line.start + label.length, 0)
            turns.append(turn)
            spoken, began = (None if label.asks else turn), under
        elif level:
            mark = _MARKED.match(line.text)
            turns.append(Turn("heading", "", "", line.start, line.end, line.start + (mark.end() if mark else 0), level))
            spoken = spoken if 0 < began < level else None
            asked, under = asked and spoken is not None, level
        else:
            _extend(turns, line, spoken, head, text)
        head = head and turns[-1].role in ("heading", "notice")
    return [replace(turn, body=min(turn.body, turn.end)) for turn in turns]


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    rows = text.split("\n")
    start = 0
    for number, row in enumerate(rows):
        words = row.strip()
        if words:
            above = number == 0 or not rows[number - 1].strip()
            below = number + 1 == len(rows) or not rows[number + 1].strip()
            left = start + len(row) - len(row.lstrip())
            found.append(_Line(left, left + len(words), words, above and below))
        start += len(row) + 1
    return found


def _heading_level(lines: list[_Line], number: int, marked: bool) -> int:
    """1 to 6 for a heading, 0 for anything else.

    Without Markdown a short line is one where it stands alone, or before a much longer line that follows without a gap.
    """
    line = lines[number]
    mark = _MARKED.match(line.text)
    if marked:
        return len(mark[1]) if mark else 0
    if _NUMBERED.match(line.text) and width(line.text) <= 70 and not _ENDS.search(line.text):
        return 2
    if number + 1 == len(lines) or not _may_head(line.text):
        return 0
    before, below = lines[number - 1], lines[number + 1]
    opens = width(below.text) > 1.5 * width(line.text)  # lines of one length are one line that was broken
    if number == 0:
        byline = width(below.text) < 0.8 * width(line.text) and not re.search(r"[。！？；.!?]$", below.text)
        return 1 if line.alone or opens or byline else 0
    if not line.alone:
        return 2 if opens and _ENDS.search(before.text) and not _is_short(below.text) else 0
    if _is_listed(lines, number):
        return 0
    return 2 if _ENDS.search(before.text) or _is_short(before.text) else 0


def _is_listed(lines: list[_Line], number: int) -> bool:
    """Whether four such lines follow one another: a list without bullets, unless it is the document's head."""
    first = last = number
    while first and last - first < 4 and lines[first - 1].alone and _may_head(lines[first - 1].text):
        first -= 1
    while last + 1 < len(lines) and last - first < 4 and lines[last + 1].alone and _may_head(lines[last + 1].text):
        last += 1
    return first > 0 and last - first >= 3


def _may_head(text: str) -> bool:
    return _is_short(text) and width(text) >= 4 and not (_ENDS.search(text) or _LIST.match(text) or _FIELD.match(text) or is_complete(text))


def width(text: str) -> int:
    """Columns that the text takes: Chinese characters are two wide."""
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)


def _is_short(text: str) -> bool:
    return width(text) <= 70 and not re.search(r"[。！？；，,;|]|\. ", text)


def _role(label: Label, asked: bool) -> Role:
    if label.asks:
        return "question"
    return "answer" if asked and not label.moderates else "statement"


def _ends_answer(turns: list[Turn]) -> bool:
    """Whether a moderator has closed the exchange by more than handing over."""
    return bool(turns) and turns[-1].role == "statement" and turns[-1].end - turns[-1].body > 80


def _extend(turns: list[Turn], line: _Line, spoken: Turn | None, head: bool, text: str) -> None:
    """A line without a label of its own: it goes on with the turn before it, or opens a statement."""
    last = turns[-1] if turns else None
    if head and _NOTICE.match(simplify(line.text[:16])):
        turns.append(Turn("notice", "", "", line.start, line.end, line.start, 0))
    elif last and last.role == "question" and _answers_unsaid(last, line, text):
        turns.append(Turn("answer", "", "", line.start, line.end, line.start, 0))
    elif last and last.role != "heading" and (last.role != "notice" or line.text.startswith(">")):
        body = line.start if last.body == last.end else last.body  # a label that has a line of its own
        turns[-1] = replace(last, end=line.end, body=body)
    elif spoken:
        turns.append(replace(spoken, start=line.start, end=line.end, body=line.start))
    else:
        turns.append(Turn("statement", "", "", line.start, line.end, line.start, 0))


def _answers_unsaid(question: Turn, line: _Line, text: str) -> bool:
    """Whether a paragraph after a question is its answer, though no label says so: 佘广田回答：“…”. The question has been put, and this puts none."""
    put = re.search(r"[？?][”」』\"]?$|[？?][”」』\"]?[^？?。]{0,8}。$", text[question.start : question.end])
    return put is not None and not re.search(r"[？?]", line.text) and width(line.text) > (_ANSWER if line.alone else _WRAPPED)
