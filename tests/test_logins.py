"""Logins, read from a file or the environment, and recognised in a header."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from chat.logins import VARIABLE, is_known, parse_logins, read_logins
from documents.errors import BriefingError

LOGINS = {"ann": "se:cret pass", "李明": "密码"}


def basic(said: str) -> str:
    return "Basic " + base64.b64encode(said.encode()).decode()


def test_a_file_of_lines_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "logins").write_text("﻿# the desk\n\nann:se:cret pass\n李明:密码\n", encoding="utf-8")
    monkeypatch.setenv(VARIABLE, "bob:x")
    assert read_logins(tmp_path / "logins") == LOGINS
    assert read_logins(None) == {"bob": "x"}
    monkeypatch.delenv(VARIABLE)
    assert read_logins(None) == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [("ann", "line 1 is not USER:PASSWORD"), ("\n:hidden", "line 2"), ("ann:", "line 1"), ("", "holds no login"), ("# none\n", "holds no login"), ("ann:hidden\nann:b", "line 2 names 'ann' again")],
)
def test_what_is_no_login_is_told_in_one_line_without_a_password(text: str, said: str) -> None:
    with pytest.raises(BriefingError) as raised:
        parse_logins(text, "logins")
    assert str(raised.value).startswith("logins: ")
    assert said in str(raised.value)
    assert "hidden" not in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_cannot_be_read_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(BriefingError, match=r"nowhere: can't be read .*--auth-file"):
        read_logins(tmp_path / "nowhere")
    (tmp_path / "gbk").write_bytes("ann:密".encode("gb18030"))
    with pytest.raises(BriefingError, match=r"gbk: byte 4 is no UTF-8"):
        read_logins(tmp_path / "gbk")


@pytest.mark.parametrize("header", [basic("ann:se:cret pass"), basic("李明:密码"), basic("ann:se:cret pass").replace("Basic", "basic")])
def test_a_login_is_known(header: str) -> None:
    assert is_known(header, LOGINS)


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic !", "Basic /w==", "Basic é", basic("ann:"), basic("ann"), basic("ann:se"), basic("bob:"), basic(":"), basic("bob:se:cret pass"), "Bearer " + basic("ann:se:cret pass")[6:]]
)
def test_nothing_else_is(header: str) -> None:
    assert not is_known(header, LOGINS)
