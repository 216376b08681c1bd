"""A conversation as a Word file."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from chat.archive_labels import KEEPING
from chat.export import Block
from qa.types import Language

FONT = "Microsoft YaHei"
# What XML can't hold, and \r, which Word would read as a line end.
UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_docx(blocks: tuple[Block, ...], language: Language, when: datetime) -> bytes:
    """A quote is one paragraph in the style Quote, its line ends kept; what a Word file can't hold is said."""
    from docx import Document

    document = Document()
    _set_fonts(document)
    properties = document.core_properties
    properties.author, properties.title = "briefing-qa", KEEPING[language]["export_title"]
    properties.created = properties.modified = when
    for block in blocks:
        _add(document, block, language)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add(document: Any, block: Block, language: Language) -> None:
    text, lost = UNFIT.subn("\ufffd", block.text)
    if block.kind in ("title", "question"):
        document.add_heading(" ".join(text.split()), level=1 if block.kind == "title" else 2)
        return
    style = {"quote": "Quote", "item": "List Bullet", "warning": "Intense Quote"}.get(block.kind, "Normal")
    run = document.add_paragraph(style=style).add_run(text)
    run.italic = False
    run.bold = block.kind == "answer"
    if lost:
        document.add_paragraph(KEEPING[language]["lost"].format(count=lost))


def _set_fonts(document: Any) -> None:
    """Chinese in one font throughout, where the template names a Japanese one."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Quote", "Intense Quote", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        style.font.name = FONT
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
