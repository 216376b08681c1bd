"""How long loading took last time, and that the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.lasted import recall, remember
from chat.opening import Opening


def test_the_last_time_is_known_by_collection(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(tmp_path / "cache"))
    assert recall(None) == 0
    remember(None, 3.21)
    remember(("a.md",), 40.0)
    assert (recall(None), recall(["a.md"]), recall(["b.md"])) == (3.2, 40.0, 0)
    for file in (tmp_path / "cache").iterdir():
        file.write_text("soon", encoding="ascii")
    assert recall(None) == 0


def test_a_cache_that_cannot_be_written_costs_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(tmp_path / "file" / "cache"))
    remember(None, 1.0)
    assert capsys.readouterr().err.count("\n") == 1
    assert recall(None) == 0


def test_the_status_says_what_loads_and_how_long_it_took() -> None:
    opening = Opening(usual=7.6)
    opening.report("reader", 0, 1)
    assert "正在载入：阅读模型。" in opening.status("zh")
    assert "上次用了 8 秒。" in opening.status("zh")
    assert "Loading: reading model." in opening.status("en")
    assert "Last time it took 8 s." in opening.status("en")
    assert "上次" not in Opening().status("zh")
