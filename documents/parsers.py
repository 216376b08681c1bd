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
UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
MAX_UNREADABLE = 0.1  # share of a page's characters that its fonts give no meaning
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = {"w": WORD, "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"}
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
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        _refuse_bomb(data, name)
        document = docx.Document(BytesIO(data))
        text = "\n\n".join(block for block in _walk_blocks(document) if block.strip())
        title = document.core_properties.title or ""
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OpcError, LxmlError, *BROKEN) as error:
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


def _refuse_bomb(data: bytes, name: str) -> None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > MAX_UNPACKED:
        raise DocumentError(
            f"{name}: unpacks to {unpacked} bytes, and at most {MAX_UNPACKED} are read; take the pictures out and save it again"
        )


def _walk_blocks(document: Any) -> Iterator[str]:
    """Yield each paragraph and each table, content controls included (python-docx passes over those)."""
    outside = "[not(ancestor::w:p or ancestor::w:tbl)]"
    for element in document.element.body.xpath(f".//w:p{outside} | .//w:tbl{outside}"):
        if element.tag == f"{{{WORD}}}tbl":
            rows = element.xpath("./w:tr | ./w:sdt//w:tr")
            yield "\n".join(_join_cells(row) for row in rows)
        else:
            level = _read_level(document, element)
            text = _collect_text(element)
            yield f"{'#' * level} {' '.join(text.split())}" if level and text.strip() else text


def _join_cells(row: Any) -> str:
    cells = (" ".join(_collect_text(cell).split()) for cell in row.xpath("./w:tc | ./w:sdt//w:tc"))
    return " | ".join(cells)


def _collect_text(element: Any) -> str:
    """Return the text as it stands after accepting all changes; a paragraph's end within element is a line end."""
    pieces = []
    for node in element.xpath(".//w:p | .//w:r/*"):
        kind = node.tag.rpartition("}")[2]
        if node.xpath("ancestor::*[local-name()='Fallback']"):  # a drawing's text, a second time
            continue
        pieces.append(
            {"t": node.text or "", "tab": "\t", "noBreakHyphen": "-"}.get(
                kind, "\n" * (kind in ("br", "cr", "p"))
            )
        )
    return "".join(pieces).strip("\n")


def _read_level(document: Any, paragraph: Any) -> int:
    """Return a heading's level by its style's name, 0 for text."""
    from docx.text.paragraph import Paragraph

    style = Paragraph(paragraph, document).style
    name = (style.name if style is not None else "") or ""
    if name in ("Title", "标题"):
        return 1
    found = HEADING_STYLE.match(name)
    return int(found.group(1)) if found else 0
