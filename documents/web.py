"""HTML to text: the page's main text where it can be told apart, else all that the page says.

Headings become Markdown's, the cells of a table's row are joined by " | ", scripts and menus are left out.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from documents.decode import decode_text
from documents.errors import DocumentError
from documents.parsers import Parsed, silence

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
HEAD = 4096  # bytes within which a page names its encoding
# What pages call the encodings that decode_text doesn't read, and the codec for what browsers read by this name.
CODECS = {
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "euc-kr": "cp949",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
    "windows-1251": "cp1251",
}
# A form may hold the whole page, so it stays and its fields go.
DROPPED = re.compile(
    "script|style|noscript|template|head|nav|footer|aside|iframe|svg|button|select|textarea|datalist"
)
BLOCK = re.compile(
    "address|article|blockquote|body|caption|center|dd|details|div|dl|dt|fieldset|figcaption|figure|form|header|h[1-6]|hr|"
    "html|main|ol|p|pre|quote|section|summary|table|tbody|tfoot|thead|ul"
)
SHORT_CELL = 200  # characters; a longer cell is a page's column, not a table's value
TELLING = 10  # characters; a shorter line may stand in a menu too
LEAST_SHARE = 0.6  # of the page's text outside links: a "main text" with less has lost something


def parse_html(data: bytes, name: str) -> Parsed:
    """Return a page's main text and its title. DocumentError where it can't be decoded or says nothing."""
    import lxml.html
    from lxml.etree import ParserError
    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    silence("trafilatura")
    source = decode_html(data, name)
    try:
        page = lxml.html.document_fromstring(source.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except ParserError:
        raise DocumentError(
            f"{name}: 0 elements in {len(data)} bytes of HTML; give a page with text in it"
        ) from None
    config = copy.deepcopy(DEFAULT_CONFIG)
    # Below this size trafilatura gives all the page's lines, menus too.
    config["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "1"
    found = bare_extraction(copy.deepcopy(page), include_comments=False, favor_recall=True, config=config)
    parts = found.body.iter("p", "head", "item", "cell", "quote") if found else []
    whole = render_html(page)
    main = _cut_to_main(whole, ["".join(part.itertext()) for part in parts])
    linked = sum(len(_squash("".join(link.itertext()))) for link in page.iter("a"))
    text = main if main and len(_squash(main)) >= LEAST_SHARE * (len(_squash(whole)) - linked) else whole
    if not text:
        raise DocumentError(
            f"{name}: 0 characters of text in {len(data)} bytes of HTML; if a script writes the page, save it from the browser"
        )
    return Parsed(text, " ".join((page.findtext(".//title") or "").split()))


def decode_html(data: bytes, name: str) -> str:
    """Return the page as text: by its mark or as UTF-8, by the encoding that it names, else as any text."""
    named = CHARSET.search(data[:HEAD])
    codec = CODECS.get(named.group(1).decode().lower()) if named else None
    if codec:
        try:
            data.decode("utf-8")  # pages saved again as UTF-8 go on naming what they were in
        except UnicodeDecodeError:
            data = _recode(data, codec)
    return decode_text(data, name)[0]


def _recode(data: bytes, codec: str) -> bytes:
    try:
        return data.decode(codec).encode()
    except UnicodeDecodeError:
        return data


def _cut_to_main(whole: str, lines: list[str]) -> str:
    """Return whole's blocks from the first to the last that has one of the main text's lines.

    Trafilatura tells where the main text is, but drops words from within sentences, so its own are never used.
    """
    exact = {_squash(line) for line in lines}
    joined = "\n".join(exact)
    long = [line for line in exact if len(line) >= TELLING]
    blocks = whole.split("\n\n")
    held = [
        number
        for number, block in enumerate(map(_squash, blocks))
        if block in exact
        or (len(block) >= TELLING and (block in joined or any(line in block for line in long)))
    ]
    if not held:
        return ""
    start = held[0]
    while start and blocks[start - 1].startswith("#"):
        start -= 1
    return "\n\n".join(blocks[start : held[-1] + 1])


def render_html(root: Any) -> str:
    """Return the text below root: blocks apart, headings marked, rows on one line."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    opened: list[int] = []  # where the pieces of each open heading and cell begin
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else ""
        dropped = not tag or DROPPED.fullmatch(tag)
        if event == "start" and dropped:
            walk.skip_subtree()
        elif event == "start":
            pieces.append(_open_element(element, tag))
            if _is_line(tag):
                opened.append(len(pieces))
            pieces.append(_squeeze(element.text))
        else:
            if not dropped:
                if _is_line(tag):
                    _close_line(tag, pieces, opened.pop())
                pieces.append(_break_after(tag))
            if element is not root:
                pieces.append(_squeeze(element.tail))
    lines = (re.sub(" {2,}", " ", line).strip(" \t") for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _is_line(tag: str) -> bool:
    return tag in ("td", "th") or _read_level(tag) > 0


def _read_level(tag: str) -> int:
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0


def _open_element(element: Any, tag: str) -> str:
    if tag in ("td", "th"):
        return " | " if element.getprevious() is not None else ""
    return "\n" if tag in ("br", "tr", "li") else _break_after(tag)


def _break_after(tag: str) -> str:
    return "\n\n" if BLOCK.fullmatch(tag) else ""


def _close_line(tag: str, pieces: list[str], start: int) -> None:
    """Put a heading, or a cell that is a value, on one line."""
    line = " ".join("".join(pieces[start:]).split())
    level = _read_level(tag)
    if level:
        pieces[start:] = [f"{'#' * level} {line}" if line else ""]
    elif len(line) <= SHORT_CELL:
        pieces[start:] = [line]


def _squeeze(text: str | None) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text or "")


def _squash(text: str) -> str:
    """Return text without what rendering adds, to compare and count by."""
    return re.sub(r"[\s#|]+", "", text)
