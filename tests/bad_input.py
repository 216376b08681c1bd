"""What takes input from outside, each as a function of bytes that raises nothing but the program's own errors.

Shared by tests/test_bad_input.py (a few inputs of each) and benchmarks/fuzz.py (a hundred thousand).
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from fake_embedder import FakeEmbedder

from chat.conversation import Exchange
from chat.export import compose, write_json, write_markdown
from chat.export_docx import write_docx
from chat.feedback import read_vote
from chat.intake import Brought, Refused, read, take
from chat.kept import Kept, keep, read_kept, write_kept
from chat.links import read_link
from chat.logins import is_known, parse_logins
from documents.errors import BriefingError
from documents.passages import split_passages
from documents.read import document_from_text, read_bytes
from documents.sentences import split_sentences
from documents.tables import find_rows
from documents.turns import split_turns
from documents.types import Document
from qa.assistant import Assistant, assistant_over
from qa.batch import parse_line
from qa.followup import complete
from qa.question import parse_question
from qa.questions import parse_examples
from qa.reader import load_reader
from qa.record import to_record
from qa.squad import parse_squad

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
WHEN = datetime(2024, 1, 19, tzinfo=UTC)


def as_text(data: bytes) -> str:
    """Text of any kind, halves of surrogate pairs too: a byte that is no UTF-8 becomes one."""
    return data.decode("utf-8", "surrogateescape")


def read_text(data: bytes) -> None:
    read_bytes(data, "a.txt")


def read_html(data: bytes) -> None:
    read_bytes(data, "a.html")


def read_pdf(data: bytes) -> None:
    read_bytes(data, "a.pdf")


def read_docx(data: bytes) -> None:
    read_bytes(data, "a.docx")


def read_docx_part(data: bytes) -> None:
    """The text part of a DOCX that is otherwise whole."""
    read_bytes(pack_docx(data), "a.docx")


def read_name(data: bytes) -> None:
    """A file's name, as an upload has it and as a path."""
    name = as_text(data)
    for one in take([{"path": name, "orig_name": name}, {"path": f"/nowhere/{name}"}], Path("/nowhere")):
        assert one.fault == "vanished"
        assert "/" not in one.name
    with suppress(BriefingError):
        read_bytes(b"x", name)
    with suppress(Refused):
        read(Brought(name, "x"), [], [])


def cut(data: bytes) -> None:
    """Turns, sentences, passages and tables: slices, in order, that lose no text."""
    document = document_from_text("a", as_text(data))
    turns, sentences = split_turns(document), split_sentences(document)
    assert "".join("".join(document.text[turn.start : turn.end].split()) for turn in turns) == "".join(document.text.split())
    assert all(one.end <= other.start for one, other in pairwise(sentences))
    assert all(passage.text == document.text[passage.start : passage.end] for passage in split_passages(document))
    assert all(row.start <= a <= b <= row.end for row in find_rows(document).values() for a, b in row.cells)


def understand(data: bytes) -> None:
    """A question with its history: lines, the last of which is asked."""
    *history, question = as_text(data).split("\n")
    parse_question(question, complete(question, history))


def answer(data: bytes) -> None:
    """A question, the first line, asked of a text, the rest; and its answer written down in every form."""
    question, _, text = as_text(data).partition("\n")
    document = document_from_text("a", text)
    found = open_over(document).ask(question)
    assert all(c.quote == document.text[c.start : c.end] for c in (*found.citations, *found.nearest))
    json.dumps(to_record(found, id="", latency_ms=0), ensure_ascii=False).encode("utf-8", "backslashreplace")
    kept = keep((Exchange(question, found),), {"a": document})
    assert read_kept(write_kept(kept)) == kept or not question.isprintable() or question.encode("utf-8", "replace") != question.encode("utf-8", "surrogatepass")
    export(kept)


def read_lines(data: bytes) -> None:
    """Lines of questions, and the same as the file of a SQuAD."""
    lines = list(enumerate(as_text(data).split("\n"), 1))
    parse_examples(lines)
    for _, line in lines:
        with suppress(BriefingError):
            parse_line(line)
    with suppress(BriefingError):
        parse_squad(json_or_none(data), "a.json")


def read_message(data: bytes) -> None:
    """What a browser sends of its own making: a kept conversation, a link, a vote."""
    message = as_text(data)
    for verb in (read_link, read_vote, read_kept):
        with suppress(BriefingError):
            verb(message)
    with suppress(BriefingError):
        export(read_kept(message))


def log_in(data: bytes) -> None:
    text = as_text(data)
    assert not is_known(text, {"ann": "a password that nobody guesses"})
    parse_logins(text, "logins")


def export(kept: Kept) -> None:
    blocks = compose(kept, "zh", WHEN, foreign=True)
    write_markdown(blocks)
    write_docx(blocks, "zh", WHEN)
    json.loads(write_json(kept, WHEN, foreign=True))


def json_or_none(data: bytes) -> object:
    try:
        return json.loads(as_text(data))
    except (ValueError, RecursionError):
        return None


@lru_cache(maxsize=1)
def _reader() -> object:
    return load_reader("alignment")


def open_over(document: Document) -> Assistant:
    return assistant_over([document], FakeEmbedder(), _reader())  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _empty_docx() -> bytes:
    import docx

    file = io.BytesIO()
    docx.Document().save(file)
    return file.getvalue()


def pack_docx(text_part: bytes, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A DOCX whose word/document.xml is this."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_empty_docx())) as whole, zipfile.ZipFile(file, "w", packed) as made:
        for name in whole.namelist():
            made.writestr(name, text_part if name == "word/document.xml" else whole.read(name))
    return file.getvalue()


def write_pdf(content: bytes) -> bytes:
    """A PDF of one page, which draws this."""
    import zlib

    packed = zlib.compress(content)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed), b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    written, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj%sendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % (table, len(written))
    return bytes(written + tail)


def conversation() -> bytes:
    """A kept conversation, as a browser has it."""
    document = document_from_text("a", "李明（局长）：去年供水达到5.2亿吨，同比增长3%。")
    found = open_over(document).ask("去年供水多少？")
    return write_kept(keep((Exchange("去年供水多少？", found),), {"a": document})).encode()


TEXT = "# 会\n\n> 说明：转述。\n\n记者：供水如何？\n\n李明（局长）：去年供水5.2亿吨，增长3%。一是节水；二是治污。\n\n| 项 | 量 |\n|---|---|\n| 水 | 3 |\n".encode()
HTML = b"<!DOCTYPE html><meta charset=gbk><title>t</title><body><nav><a href=/>n</a></nav><h1>H</h1><p>one <b>two</b>.</p><table><tr><td>a<td>b</table><script>x</script>"
PART = WORD.format("<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>H</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:br/></w:r></w:p></w:tc></w:tr></w:tbl>").encode()
LINES = b'{"id": "1", "question": "2023\\u5e74?", "history": ["x"], "passages": ["a", {"id": "b", "text": "c"}], "answers": ["1"], "items": [["a", "b"]], "evidence": ["x"], "answerable": true}'
SQUAD = b'{"data": [{"paragraphs": [{"id": "p", "context": "abc 12", "qas": [{"id": "q", "question": "how many?", "answers": [{"text": "12", "answer_start": 4}]}]}]}]}'

Target = tuple[Callable[[bytes], None], Callable[[], list[bytes]]]  # what takes input, and whole inputs to begin from
TARGETS: dict[str, Target] = {
    "text": (read_text, lambda: [TEXT, TEXT.decode().encode("gb18030"), TEXT.decode().encode("utf-16")]),
    "html": (read_html, lambda: [HTML]),
    "pdf": (read_pdf, lambda: [write_pdf(b"BT /F1 12 Tf 72 700 Td (Hello) Tj T* [(a) -200 (b)] TJ ET")]),
    "docx": (read_docx, lambda: [pack_docx(PART)]),
    "docx-part": (read_docx_part, lambda: [PART]),
    "name": (read_name, lambda: [b"../../a.md", "C:\\简报.docx".encode()]),
    "structure": (cut, lambda: [TEXT]),
    "question": (understand, lambda: ["2023年汽车产量是多少？\n那销量呢，同比增长多少？".encode(), b"How many cars were sold in 2023?\nAnd in 2022?"]),
    "answer": (answer, lambda: ["去年供水多少？\n".encode() + TEXT]),
    "lines": (read_lines, lambda: [LINES, SQUAD]),
    "message": (read_message, lambda: [conversation(), b'{"ask": "x", "docs": "y", "answer": "z"}', b'{"turn": 1, "up": false, "reason": "quote"}']),
    "login": (log_in, lambda: [b"ann:secret\n# x\n", b"Basic YW5uOnNlY3JldA=="]),
}
