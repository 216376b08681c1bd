"""What is brought: taken off the disk at once, read, or refused with its reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chat.intake import REASONS, Brought, Refused, read, take
from chat.shelf import MOST_BYTES, MOST_CHARACTERS, MOST_FILES
from chat.shelf_labels import SHELF_WORDS
from documents.read import document_from_text

TEXT = "王芳（处长）：道路投资是31亿元。\n"


def upload(folder: Path, name: str, content: bytes = TEXT.encode(), place: str = "aa") -> dict[str, Any]:
    (folder / place).mkdir(exist_ok=True)
    (folder / place / name).write_bytes(content)
    return {"path": str(folder / place / name), "orig_name": name}


def test_an_uploaded_file_is_read_and_gone(tmp_path: Path) -> None:
    assert take([upload(tmp_path, "道路.txt"), upload(tmp_path, "b.md", b"x", "bb")], tmp_path) == (Brought("道路.txt", TEXT.encode()), Brought("b.md", b"x"))
    assert list(tmp_path.iterdir()) == []


def test_only_what_was_uploaded_is_ever_opened_or_deleted(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    folder.mkdir()
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (folder / "link.txt").symlink_to(secret)
    paths = [secret, folder / ".." / "secret.txt", folder / "link.txt", folder, "http://example.org/a.txt", "\0", ""]
    for path in paths:
        assert [one.fault for one in take([{"path": str(path), "orig_name": "a.txt"}], folder)] == ["vanished"]
    assert secret.read_text() == "secret"
    assert folder.is_dir()
    assert take([{}], folder)[0].fault == "vanished"


def test_a_name_is_never_a_path(tmp_path: Path) -> None:
    assert take([upload(tmp_path, "a.txt") | {"orig_name": "../../etc/道路.txt"}], tmp_path)[0].name == "道路.txt"


def test_more_files_than_are_kept_are_not_even_read(tmp_path: Path) -> None:
    brought = take([upload(tmp_path, "a.txt", place=str(n)) for n in range(MOST_FILES + 1)], tmp_path)
    assert [one.fault for one in brought] == [""] * MOST_FILES + ["too_many"]
    assert list(tmp_path.iterdir()) == []


def reason(brought: Brought, *own: Any) -> str:
    with pytest.raises(Refused) as refused:
        read(brought, own, [])
    return refused.value.label


@pytest.mark.parametrize(
    ("name", "content", "label"),
    [
        ("a.zip", b"PK\x03\x04", "zip"),
        ("a.exe", b"MZ", "suffix"),
        ("a", b"x", "suffix"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n", "no_text"),
        ("a.txt", b"x" * (MOST_BYTES + 1), "too_large"),
        ("a.txt", ("甲" * (MOST_CHARACTERS + 1)).encode(), "too_long"),
        ("a.txt", b"\x00\x01abc", "undecodable"),
        ("a.txt", "日本語のテキストです。これはかかれています".encode("cp932"), "undecodable"),
        ("scanned.pdf", b"%PDF-1.4", "broken"),
        ("a.docx", b"x", "broken"),
        ("a.html", b"<html></html>", "no_text"),
    ],
)
def test_what_is_no_document_is_refused_with_its_reason(name: str, content: bytes, label: str) -> None:
    assert reason(Brought(name, content)) == label
    assert {label, *(label for _, label in REASONS)} <= SHELF_WORDS["zh"].keys()


def test_the_same_again_too_many_and_an_empty_paste_are_refused() -> None:
    there = read(Brought("a.txt", TEXT.encode()), [], [])
    assert reason(Brought("b.txt", TEXT.encode()), there) == "known"
    others = [replace(there, sha256=str(n)) for n in range(MOST_FILES)]
    assert reason(Brought("c.txt", b"x"), *others) == "too_many"
    assert reason(Brought("粘贴的文字", " \n")) == "empty_text"
    assert reason(Brought("a.txt", b"", "vanished")) == "vanished"
    assert reason(Brought("粘贴的文字", "\ud800")) == "unreadable"


def test_a_gb18030_file_is_read_as_one() -> None:
    document = read(Brought("道路.txt", TEXT.encode("gb18030")), [], [])
    assert (document.id, document.text, document.encoding) == ("道路", TEXT, "gb18030")


def test_a_pasted_text_has_the_title_that_was_given() -> None:
    document = read(Brought("道路投资", "# 别的标题\n\n" + TEXT), [], [])
    assert (document.id, document.title) == ("道路投资", "道路投资")


def test_an_id_that_is_taken_gets_a_number() -> None:
    own = document_from_text("道路", "甲")
    assert read(Brought("道路.txt", b"x"), [own], ["公园"]).id == "道路 (2)"
    assert read(Brought("公园.md", b"y"), [own], ["公园", "公园 (2)"]).id == "公园 (3)"
