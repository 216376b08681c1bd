"""PDF and DOCX to text. Reading alone: no OCR, no list numbers that Word computes, no headers, footers or notes.

A page's or a paragraph's end is a blank line, headings become Markdown's, table cells are joined by " | ".
Line breaks within a PDF's sentences stay: where sentences end is not decided here.
"""

from __future__ import annotations

import logging
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from documents.errors import DocumentError

MAX_UNPACKED = 200_000_000  # bytes; a DOCX is a zip, and a small zip can hold terabytes
MAX_TAGS = 3_000_000  # of its XML: some 300 bytes of memory each, and a million characters of text have a third of that
PIECE = 1_000_000  # bytes unpacked at once
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
MAX_UNREADABLE = 0.1  # share of a page's characters that its fonts give no meaning
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH, TABLE, RUN = (f"{{{WORD}}}{name}" for name in ("p", "tbl", "r"))
HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)

# pypdf says that broken files may raise more than its own errors, and they do; these were met by fuzzing both.
BROKEN = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
    EOFError,
    zlib.error,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a parser found: the text, and the title that the file gives itself ("" for none)."""

    text: str
    title: str


def parse_pdf(data: bytes, name: str) -> Parsed:
    """Return the text of the pages, blank lines between them.

    DocumentError where the file is locked by a password, broken, scanned, or maps no characters.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    silence("pypdf")
    try:
        reader = PdfReader(BytesIO(data))
        count = len(reader.pages)
        text = "\n\n".join(page.extract_text().strip("\n") for page in reader.pages)
        title = (reader.metadata and reader.metadata.title) or ""
    except (FileNotDecryptedError, DependencyError, NotImplementedError):
        raise DocumentError(
            f"{name}: the PDF is encrypted; save a copy without a password (`qpdf --decrypt`) and give that"
        ) from None
    except (PyPdfError, *BROKEN) as error:
        raise DocumentError(
            f"{name}: not a readable PDF of {len(data)} bytes ({describe(error)}); open it in a viewer, print it to a new PDF and give that"
        ) from error
    text, unreadable = UNREADABLE.subn("\ufffd", text)
    if not text.strip():
        raise DocumentError(
            f"{name}: 0 characters of text on {count} pages, so it is probably scanned; run OCR (`ocrmypdf`) and give the result"
        )
    if unreadable > MAX_UNREADABLE * len(text):
        raise DocumentError(
            f"{name}: {unreadable} of {len(text)} characters have no meaning in the PDF's fonts; run OCR (`ocrmypdf --force-ocr`) and give the result"
        )
    return Parsed(text, str(title))


def parse_docx(data: bytes, name: str) -> Parsed:
    """Return paragraphs and tables in order, headings as Markdown's.

    DocumentError where the file is no DOCX, is broken, has no text, or unpacks to more than MAX_UNPACKED bytes.
    """
    import docx
    from docx.exceptions import PythonDocxError
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import XmlchemyError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(_unpack(data, name))
        text = "\n\n".join(block for block in _walk_blocks(document) if block.strip())
        title = document.core_properties.title or ""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, PythonDocxError, OpcError, XmlchemyError, LxmlError, *BROKEN) as error:
        raise DocumentError(
            f"{name}: not a readable DOCX of {len(data)} bytes ({describe(error)}); save it as .docx, without a password, and give that"
        ) from error
    if not text:
        raise DocumentError(f"{name}: 0 characters of text in the DOCX; give a file with text in it")
    return Parsed(text, title)


def silence(logger: str) -> None:
    """Keep a library's log lines off stderr, unless the program that runs this has set up logging."""
    if not logging.getLogger(logger).handlers:
        logging.getLogger(logger).addHandler(logging.NullHandler())


def describe(error: Exception) -> str:
    """Return what a library said, on one short line."""
    said = " ".join(str(error).split())[:100]
    return said if said else type(error).__name__


def _unpack(data: bytes, name: str) -> BytesIO:
    """Return the same archive with nothing packed. What a zip says of its own sizes need not be true, so they are counted."""
    plain, unpacked, tags = BytesIO(), 0, 0
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(plain, "w") as whole:
        for part in archive.infolist():
            if part.filename in whole.NameToInfo:
                raise zipfile.BadZipFile(f"{part.filename} stands in it twice")
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # the others unpack all at once
                raise zipfile.BadZipFile(f"{part.filename} is packed as no DOCX is")
            with archive.open(part) as packed, whole.open(part.filename, "w") as written:
                while piece := packed.read(PIECE):
                    unpacked += len(piece)
                    tags += piece.count(b"<") if part.filename.endswith((".xml", ".rels")) else 0
                    _refuse_bomb(unpacked, tags, name)
                    written.write(piece)
    plain.seek(0)
    return plain


def _refuse_bomb(unpacked: int, tags: int, name: str) -> None:
    if unpacked > MAX_UNPACKED:
        raise DocumentError(
            f"{name}: unpacks to more than {MAX_UNPACKED} bytes, which is the most that is read; take the pictures out and save it again"
        )
    if tags > MAX_TAGS:
        raise DocumentError(
            f"{name}: has more than {MAX_TAGS} marks of formatting, which is the most that is read; split it, or save it as text"
        )


def _walk_blocks(document: Any) -> Iterator[str]:
    """Yield each paragraph and each table, content controls included (python-docx passes over those)."""
    levels: dict[str | None, int] = {}  # by style: python-docx takes some milliseconds to find one
    for element in _find_outermost(document.element.body):
        if element.tag == TABLE:
            rows = element.xpath("./w:tr | ./w:sdt//w:tr")
            yield "\n".join(_join_cells(row) for row in rows)
        else:
            if element.style not in levels:
                levels[element.style] = _read_level(document, element)
            level, text = levels[element.style], _collect_text(element)
            yield f"{'#' * level} {' '.join(text.split())}" if level and text.strip() else text


def _find_outermost(element: Any) -> Iterator[Any]:
    """Yield the paragraphs and tables that lie in no other; XML nests 256 deep at most."""
    for child in element:
        if child.tag in (PARAGRAPH, TABLE):
            yield child
        else:
            yield from _find_outermost(child)


def _join_cells(row: Any) -> str:
    cells = (" ".join(_collect_text(cell).split()) for cell in row.xpath("./w:tc | ./w:sdt//w:tc"))
    return " | ".join(cells)


def _collect_text(element: Any) -> str:
    """Return the text as it stands after accepting all changes; a paragraph's end within element is a line end."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    if any(_is_second(above) for above in element.iterancestors()):
        return ""
    walk = iterwalk(element, events=("start",))
    for _, node in walk:
        if _is_second(node):
            walk.skip_subtree()
        elif node is not element and (node.tag == PARAGRAPH or node.getparent().tag == RUN):
            kind = node.tag.rpartition("}")[2]
            pieces.append(
                {"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(
                    kind, "\n" * (kind in ("br", "cr", "p"))
                )
            )
    return "".join(pieces).strip("\n")


def _is_second(node: Any) -> bool:
    """Say whether a drawing's text stands below node a second time, for old programs."""
    return isinstance(node.tag, str) and node.tag.endswith("}Fallback")


def _read_level(document: Any, paragraph: Any) -> int:
    """Return a heading's level by its style's name, 0 for text."""
    from docx.text.paragraph import Paragraph

    style = Paragraph(paragraph, document).style
    name = (style.name if style is not None else "") or ""
    if name in ("Title", "标题"):
        return 1
    found = HEADING_STYLE.match(name)
    return int(found.group(1)) if found else 0
