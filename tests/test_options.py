"""The page's command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.feedback import feedback_file
from chat.options import Options, parse


def test_without_options_this_computer_alone_is_served() -> None:
    assert parse(["--no-feedback"]) == Options()
    assert parse([]).feedback == feedback_file()
    assert (Options().host, Options().mcp, Options().logins()) == ("127.0.0.1", False, {})


def test_options_are_read() -> None:
    given = "--documents a b --host 0.0.0.0 --port 80 --auth-file logins --root-path https://news.example/briefing/ --max-queue 5 --max-upload 500KB --mcp --feedback votes.jsonl"
    assert parse(given.split()) == Options(("a", "b"), "0.0.0.0", 80, Path("logins"), "https://news.example/briefing", 5, 500_000, True, Path("votes.jsonl"))


@pytest.mark.parametrize(("text", "bytes"), [("1", 1), ("20MB", 20_000_000), ("20 mb", 20_000_000), ("3k", 3000), ("1G", 1_000_000_000)])
def test_sizes(text: str, bytes: int) -> None:
    assert parse(["--max-upload", text]).max_upload == bytes


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--max-upload", "0", "500KB, 20MB or 1GB"),
        ("--max-upload", "much", "500KB, 20MB or 1GB"),
        ("--max-upload", "٣MB", "500KB, 20MB or 1GB"),
        ("--max-queue", "0", "from 1 to 10000"),
        ("--max-queue", "x", "from 1 to 10000"),
        ("--root-path", "briefing", "write /briefing or https://"),
        ("--root-path", "/a b", "write /briefing or https://"),
        ("--auth", "ann:secret", "unrecognized arguments"),
    ],
)
def test_what_is_none_is_a_usage_error(option: str, value: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse([option, value])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
