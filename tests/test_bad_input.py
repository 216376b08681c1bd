"""A few inputs for everything that takes input from outside: nothing is raised but the program's own errors. benchmarks/fuzz.py has many."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path

import pytest
from bad_input import TARGETS, WORD, pack_docx, write_pdf
from hypothesis import given, settings
from hypothesis import strategies as st
from scraps import TEXTS

from documents import apart, parsers
from documents.apart import read_apart
from documents.errors import BriefingError, DocumentError
from documents.parsers import MAX_TAGS
from documents.read import read_bytes

STRANGE = [
    b"", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"[" * 5000, b"[" * 900 + b"]" * 900, b"1" * 5000, b'{"id": ' + b"1" * 5000 + b', "question": "x"}',
    b'{"id": 1, "question": "\\ud800", "history": ["\\udfff"]}', b"x" * 5000, "\u202e\u05d0\u0301👩\u200d👧".encode() * 50, "“‘".encode() * 300, b"=1+1\n+cmd|' /C calc'!A0",
    b"<script>alert(1)</script>", b"<" * 3000, "、".join(f"{n}是" for n in range(500)).encode(),
]  # fmt: skip
AGAIN = {"html": 8, "pdf": 15, "docx": 10, "docx-part": 8, "answer": 8}  # others: 30. They take milliseconds each


def accept(name: str, data: bytes) -> None:
    with suppress(BriefingError):
        TARGETS[name][0](data)


@st.composite
def broken(draw: st.DrawFn, whole: list[bytes]) -> bytes:
    """A whole input with pieces taken out, put in or written over; or one that never was whole."""
    data = bytearray(draw(st.sampled_from([*whole, draw(TEXTS).encode("utf-8", "surrogatepass"), draw(st.binary(max_size=60))])))
    for _ in range(draw(st.integers(0, 4))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 30))
        data[at : at + length] = draw(st.one_of(st.binary(max_size=8), st.sampled_from(STRANGE[1:4]), st.just(bytes(data[:length]))))
    return bytes(data)


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_in_nothing_is_raised_but_our_own(name: str) -> None:
    for data in STRANGE:
        accept(name, data)

    @settings(max_examples=AGAIN.get(name, 30))
    @given(broken(TARGETS[name][1]()))
    def search(data: bytes) -> None:
        accept(name, data)

    search()


LARGE = 120_000  # characters; more than half of what a visitor may bring
UNITS = ["中", " ", "\n", "。", "，", "“‘", "（", "：", "# a\n", "> 说明：a\n", "|", "| a | b |\n", "王明：\n", "王明（局长）：去年", "【王明】\n", "一是做好工作；二是推进改革；", "1. a\n", "1,", "百分之", "\u202e\u05d0", "\u0301", "👩\u200d👧", "\0", "**王**：", "Mr. ", "…", "<p>", "。”", "10:30 "]


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_a_long_text_of_one_kind_is_read_and_cut(unit: str) -> None:
    accept("structure", (unit * (LARGE // len(unit))).encode())


def test_ten_thousand_items_are_told_apart() -> None:
    accept("structure", "".join(f"第{n}，做好第{n}项工作；\n" for n in range(10_000)).encode())


PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"


def lie(data: bytes, text_part: bytes, size: int) -> bytes:
    """The same archive, saying that its text part unpacks to the first `size` bytes alone."""
    lying = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        at = whole.start_dir
        for part in whole.infolist():
            if part.filename == "word/document.xml":
                lying[at + 16 : at + 20] = zlib.crc32(text_part[:size]).to_bytes(4, "little")
                lying[at + 24 : at + 28] = size.to_bytes(4, "little")
            at += 46 + len(part.filename.encode()) + len(part.extra) + len(part.comment)
    return bytes(lying)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: pack_docx((LAUGHS + WORD.format(PARAGRAPH.format("&j;"))).encode()), "not a readable DOCX"),
        (lambda: pack_docx(WORD.format("x").encode() + b" " * 20_000_000), "unpacks to more than"),
        (lambda: pack_docx(WORD.format("<w:p/>" * MAX_TAGS).encode()), "marks of formatting"),
        (lambda: pack_docx(WORD.format("<w:p>" * 5000).encode()), "not a readable DOCX"),
        (lambda: pack_docx(WORD.format("x").encode(), zipfile.ZIP_BZIP2), "packed as no DOCX is"),
    ],
    ids=["laughs", "spaces", "marks", "depth", "bzip2"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch, data: object, said: str) -> None:
    monkeypatch.setattr(parsers, "MAX_UNPACKED", 20_000_000)  # of these only the spaces have more
    with pytest.raises(DocumentError, match=said):
        read_bytes(data(), "a.docx")  # type: ignore[operator]


def test_an_archive_that_lies_about_its_sizes_takes_no_more_memory() -> None:
    part = WORD.format(PARAGRAPH.format("字")).encode()
    bomb = lie(pack_docx(part + b" " * 200_000_000), part, len(part))
    script = "import resource, sys\nfrom documents.read import read_bytes\nresource.setrlimit(resource.RLIMIT_AS, (250_000_000,) * 2)\nread_bytes(sys.stdin.buffer.read(), 'a.docx')"
    done = subprocess.run([sys.executable, "-c", script], input=bomb, cwd=apart.ROOM, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_takes_too_long_or_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    limited = "import documents.apart as a\na.SECONDS, a.MEMORY = {}, {}\nraise SystemExit(a.main())"
    endless = write_pdf(b"BT /F1 12 Tf " + b"(Hello) Tj " * 2_000_000 + b"ET")
    for seconds, memory in ((1, 10**9), (60, 10**8)):
        run = subprocess.run([sys.executable, "-c", limited.format(seconds, memory)], input=b'"a.pdf"\n' + endless, cwd=apart.ROOM, capture_output=True, check=False)
        assert run.returncode
        monkeypatch.setattr(subprocess, "run", lambda *_, run=run, **__: run)
        with pytest.raises(DocumentError, match="was stopped after"):
            read_apart(endless, "a.pdf")
        monkeypatch.undo()


def test_what_is_read_apart_is_the_same() -> None:
    for name, data in (("a.docx", TARGETS["docx"][1]()[0]), ("b.html", TARGETS["html"][1]()[0]), ("c.md", b"# x\n\ny"), ("d\ud800.pdf", b"%PDF"), ("e.pdf", b"%PDF")):
        told: list[object] = []
        for reads in (read_bytes, read_apart):
            try:
                told.append(reads(data, name))
            except DocumentError as error:
                told.append(str(error))
        assert told[0] == told[1]


def test_what_the_command_writes_is_json_whatever_was_asked(tmp_path: Path) -> None:
    lines = ['{"id": "\\udc80", "question": "\\ud800\\u6c7d\\u8f66\\u4ea7\\u91cf\\u591a\\u5c11\\uff1f", "passages": ["汽车产量3辆。"]}', '{"id": ' + "1" * 5000 + ', "question": "x"}', "[" * 100_000]
    (tmp_path / "q.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "qa", "answer", str(tmp_path / "q.jsonl"), "--output", str(tmp_path / "a.jsonl")]
    done = subprocess.run(command, cwd=apart.ROOM, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr.count("Traceback"), done.stderr.count("line ")) == (1, 0, 2)
    (row,) = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(row)["id"] == "\udc80"
