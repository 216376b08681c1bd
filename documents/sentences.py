"""Sentences: where one ends, which item of which enumeration it belongs to, and what announces that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from documents.heads import is_complete, is_field
from documents.turns import split_turns, width
from documents.types import Document, Sentence, Turn

LONGEST = 800  # characters; a "sentence" longer than this is cut at a comma, so that any text can be indexed

_CLOSERS = "”’」』）)】》\"'"
_LEAD = re.compile(r"(?:[ \t]*(?:>|[-*+•·▪](?=[ \t]))[ \t]*)+")
_SAYS = re.compile(r"[^，。！？；\n]{0,12}?(?:表示|指出|强调|介绍|透露|认为|称|说|坦言|回应|补充|写道|问|提问|強調|介紹|認為|稱|說|回應|補充|寫道|問|提問)道?(?=[，。：！,:\n]|$)")
_CHINESE_END = rf"(?:[。！？；]|[!?;](?=[\s{_CLOSERS}]|[^\x00-\x7f]|$)|(?<!…)…++(?=[{_CLOSERS}\n]|$))+[{_CLOSERS}]*"
_LATIN_END = rf"(?<![.!?])[.!?]++[{_CLOSERS}]*(?=\s+[A-ZÀ-Þ0-9“‘\"'(（《「①-⑳\u4e00-\u9fff]|\s*$)"
_END = re.compile(f"{_CHINESE_END}|{_LATIN_END}|(?<=[：:])(?=(?:一是|一要|第一[，,、]|[（(][一1][）)]|1(?:、|[.．](?!\\d))|①))")
_ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|Inc|Ltd|Co|Corp|Gen|Sen|Rep|Gov|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|approx|Lt|Col|Sgt|Capt|Hon|Fig|[A-Z])|\b[A-Za-z](?:\.[A-Za-z])+)\.$")

_NUMERALS = "一二三四五六七八九十"
_BARE_NUMBER = re.compile(rf"[\s>*+•·▪-]*(?:\d{{1,3}}|[{_NUMERALS}]{{1,2}})\.")  # 1. opens a sentence
_ORDINAL = re.compile(
    r"(?!第?(?:一、第?二|二、第?三|三、第?四|四、第?五|五、第?六))"  # 一、二线城市, 第一、二产业
    rf"(?:(?P<han>[{_NUMERALS}]{{1,2}})(?:是|要|则(?!消息|新闻|视频|公告|通知|信息|报道|故事)|来(?=[，,])|、)"
    rf"|第(?P<nth>[{_NUMERALS}]{{1,2}}|\d{{1,2}})(?:[，,、：:是]|[个個]?方面|，)"
    rf"|[（(](?P<bracket>[{_NUMERALS}]{{1,2}}|\d{{1,2}})[）)]"
    r"|(?P<arabic>\d{1,2})(?:[、．]|[.)](?=\s|[^\x00-\x7f]))"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<word>(?:首先|其次)(?=[，,：是要从看在])|再次(?=[，,])|(?i:first(?:ly)?|second(?:ly)?|third(?:ly)?|fourth(?:ly)?|fifth(?:ly)?)(?=[,:])))"
)
_WORDS = {"首先": 1, "其次": 2, "再次": 3, "firs": 1, "seco": 2, "thir": 3, "four": 4, "fift": 5}
_MARKUP = re.compile(r"[-*+•·▪>|]|#{1,6} ")
_PUNCTUATED = re.compile(r"[，。；？！]|[,.;](?=\s|$)")


def read_ordinal(text: str) -> tuple[int, int]:
    """The ordinal that a sentence begins with and the characters it takes: `二是…` → (2, 2); (0, 0) without one."""
    match = _ORDINAL.match(text)
    if not match:
        return 0, 0
    if match["word"]:
        return _WORDS[match["word"].lower()[:4]], match.end()
    if match["circled"]:
        return ord(match["circled"]) - ord("①") + 1, match.end()
    digits = match["han"] or match["nth"] or match["bracket"] or match["arabic"]
    return int(digits) if digits.isdigit() else read_numeral(digits), match.end()


def read_numeral(text: str) -> int:
    """一 to 十九, 二十 … 九十九: 十二 → 12; 0 for anything else."""
    if not text or any(c not in _NUMERALS for c in text):
        return 0
    if "十" not in text:
        return _NUMERALS.index(text) + 1 if len(text) == 1 else 0
    tens, _, ones = text.partition("十")
    return (_NUMERALS.index(tens) + 1 if tens else 1) * 10 + (_NUMERALS.index(ones) + 1 if ones else 0)


@lru_cache(maxsize=512)
def _cached(document: Document) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    section, asked, paragraph = "", "", 0
    for turn in split_turns(document):
        if turn.role == "heading":
            section = document.text[turn.body : turn.end]
            continue
        if turn.role == "question":
            asked = document.text[turn.body : turn.end]
        for start, end in _paragraphs(document.text, turn):
            spans = list(_split(document.text, start, end))
            paragraph += bool(spans)
            found.extend(_number(document.text, spans, turn, section, asked if turn.role == "answer" else "", paragraph))
    return tuple(_announce(document.text, found))


def split_sentences(document: Document) -> list[Sentence]:
    """Every sentence of the document, in order; headings have none."""
    return list(_cached(document))


def _paragraphs(text: str, turn: Turn) -> Iterator[tuple[int, int]]:
    """Spans of the turn's paragraphs. A break inside a sentence (a newspaper's column, a PDF's line) ends none."""
    start = end = -1
    above, punctuated, indented = "", False, False  # the paragraph's last line; whether it has punctuation, and an indent
    for line in re.finditer(r"[^\n]+", text[turn.body : turn.end]):
        words = line.group().strip()
        if not words:
            continue
        left = turn.body + line.start() + len(line.group()) - len(line.group().lstrip())
        spaced = text.count("\n", end, left) > 1 if start >= 0 else False
        margin = text[text.rfind("\n", 0, left) + 1 : left]
        indent = margin.isspace() and "\u3000" in margin
        wrapped = indented and not (indent or spaced) and width(above) >= 36  # each new paragraph would have an indent, too
        if start >= 0 and not _runs_on(above, punctuated, spaced, words, wrapped):
            yield start, end
            start, punctuated, indented = left, False, indent
        indented = indented or (start < 0 and indent)
        start, end = (left if start < 0 else start), left + len(words)
        above, punctuated = words, punctuated or _PUNCTUATED.search(words) is not None
    if start >= 0:
        yield start, end


def _runs_on(line: str, punctuated: bool, spaced: bool, after: str, wrapped: bool) -> bool:
    """Whether a paragraph goes on across a line break: nothing has ended, and nothing begins afresh."""
    if line.startswith("|") or _MARKUP.match(after):
        return False
    if re.search(rf"[。！？；：!?:.…][{_CLOSERS}]*$", line) and (spaced or not _ABBREVIATION.search(line)):
        return wrapped and line[-1] not in "：:" and not is_complete(after)
    if is_complete(after) and (is_field(after) or is_complete(line)):
        return False  # 时间：, 地点：, 出席：, and each of those present on a line of his own
    if re.search(r"[，、,—–-]$", line):
        return True
    if _ORDINAL.match(after) or (spaced and line[-1] in "）)】"):
        return False
    # Without punctuation it may be a title: a line as long as the one that follows is a line that was broken.
    return (punctuated and not (spaced and is_complete(line))) or (not spaced and width(line) >= 36 and width(after) <= 1.5 * width(line))


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one paragraph."""
    left = start
    for match in _END.finditer(text, start, end):
        stop = match.end()
        if stop <= left or _BARE_NUMBER.fullmatch(text, left, stop) or _ABBREVIATION.search(text, max(left, stop - 12), stop):
            continue
        if text[stop - 1] in _CLOSERS and _SAYS.match(text, stop, end):
            continue  # “……。”毛宁说 stays one sentence: the quote and who said it
        yield from _cut(text, left, stop)
        left = stop
    yield from _cut(text, left, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """One span without the white space and bullets around it; several where it is longer than any sentence."""
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    start, end = _strip(text, start, end)
    while end - start > LONGEST:
        comma = max(text.rfind(mark, start + LONGEST // 2, start + LONGEST) for mark in "，、,; ")
        stop = comma + 1 if comma > 0 else start + LONGEST
        yield _strip(text, start, stop)
        start, end = _strip(text, stop, end)
    if start < end:
        yield start, end


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _number(text: str, spans: list[tuple[int, int]], turn: Turn, section: str, asked: str, paragraph: int) -> Iterator[Sentence]:
    """Sentences of one paragraph with their ordinals: an item reaches to the next ordinal or the paragraph's end."""
    item = -1
    for start, end in spans:
        ordinal, _ = read_ordinal(text[start:end])
        item = start if ordinal else item
        yield Sentence(start, end, turn, section, ordinal, item, -1, asked, paragraph)


def _announce(text: str, sentences: list[Sentence]) -> Iterator[Sentence]:
    """Give each item the sentence that stands right before its enumeration's first one, in the same turn.

    （一） within 一是 is an enumeration of its own, and 二是 goes on with the outer one.
    """
    announcers: dict[str, int] = {}  # of each way to number
    plain, way = -1, ""  # the last sentence outside every item; how the current item is numbered
    last: Sentence | None = None
    for sentence in sentences:
        if last and sentence.turn is not last.turn:
            announcers, plain, way, last = {}, -1, "", None
        if sentence.ordinal:
            outer, way = way, _way(text[sentence.start : sentence.end])
            if sentence.ordinal == 1:
                within = last and (outer != way if last.ordinal else last.paragraph == sentence.paragraph)
                announcers[way] = last.start if last and within else plain
        if sentence.item < 0:
            plain, way = sentence.start, ""
        last = sentence
        yield replace(sentence, announcer=announcers.get(way, -1))


def _way(text: str) -> str:
    """How an item is numbered: 一是 and 二是 alike, 一、 otherwise, （一） otherwise again."""
    match = _ORDINAL.match(text)
    kind = (match.lastgroup or "") if match else ""
    return kind + match.group()[-1] if match and kind == "han" else kind
