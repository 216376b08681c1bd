"""The doctor finds what is wrong, piece by piece, and says what to type."""

from __future__ import annotations

import socket
from importlib import metadata
from pathlib import Path

import pytest

from index.embed import EMBEDDED
from qa.__main__ import main
from qa.assistant import cache_folder, open_assistant
from qa.doctor import (
    DIGESTS,
    ROOT,
    Finding,
    check_disk,
    check_fonts,
    check_index_of,
    check_memory,
    check_models,
    check_port,
    check_versions,
)

METRO = "# 会\n\n王明（局长）：2023年新增地铁36.5公里。\n"


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(tmp_path / "cache"))
    (tmp_path / "会.md").write_text(METRO, encoding="utf-8")
    return tmp_path / "会.md"


def grades(found: object) -> list[str]:
    return [finding.grade for finding in found]  # type: ignore[attr-defined]


def test_a_sound_installation_has_no_fault(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_assistant([str(document)])
    assert main(["doctor", "--documents", str(document)]) == 0
    said = capsys.readouterr().out
    assert "fault" not in said
    assert "the index is whole, and of these documents" in said
    assert main(["doctor", "--documents", str(document.with_name("nowhere.md"))]) == 1
    assert "nowhere.md: no such file" in capsys.readouterr().out


def test_a_library_of_another_version_and_one_that_is_missing() -> None:
    def installed(name: str) -> str:
        if name == "pypdf":
            raise metadata.PackageNotFoundError(name)
        return "0.1" if name == "gradio" else metadata.version(name)

    wrong = list(check_versions(installed=installed))
    assert sorted(finding.what.split(",")[0] for finding in wrong) == ["gradio 0.1", "pypdf missing"]
    assert all(finding.remedy.startswith("python -m pip install '") for finding in wrong)
    assert grades(check_versions("no-such-package")) == ["note"]


def test_every_file_of_the_models_has_its_digest_and_a_changed_one_is_named(tmp_path: Path) -> None:
    models = {path.relative_to(ROOT).as_posix() for room in ("index", "qa") for path in (ROOT / room / "models").glob("*/*") if path.suffix in (".onnx", ".json")}
    assert {line.split("  ")[1] for line in DIGESTS.read_text(encoding="ascii").splitlines()} == models
    assert grades(check_models()) == ["ok"]
    (tmp_path / "model.onnx").write_bytes(b"x")
    (tmp_path / "digests").write_text(f"{'0' * 64}  model.onnx\n{'0' * 64}  gone.onnx\n", encoding="ascii")
    changed, gone = check_models(tmp_path / "digests", tmp_path)
    assert (changed.grade, gone.grade) == ("fault", "fault")
    assert "sha256 is" in changed.what
    assert "gone.onnx" in gone.what


def test_an_index_that_is_missing_old_or_damaged(document: Path) -> None:
    paths = [str(document)]
    assert grades(check_index_of(paths)) == ["ok", "note"]
    open_assistant(paths)
    assert grades(check_index_of(paths)) == ["ok", "ok"]
    document.write_text(METRO.replace("36.5", "37.5"), encoding="utf-8")
    assert grades(check_index_of(paths)) == ["ok", "note"]
    (vectors,) = cache_folder(paths, EMBEDDED).glob("gen-*/vectors.faiss")
    vectors.write_bytes(vectors.read_bytes()[:-1])
    *_, fault = check_index_of(paths)
    assert (fault.grade, "vectors.faiss" in fault.what, "briefing-qa index" in fault.remedy) == ("fault", True, True)


def test_fonts_port_memory_and_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_fonts(None).grade == "note"
    assert check_fonts("/bin/true").remedy == "apt-get install fonts-noto-cjk"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert check_port(port) == Finding("note", check_port(port).what, f"python app.py --port {port + 1}")
    assert check_port(port).grade == "ok"
    (tmp_path / "meminfo").write_text("MemAvailable:  204800 kB\n")
    assert (check_memory(tmp_path / "meminfo").grade, check_memory(tmp_path / "none").grade) == ("fault", "note")
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(tmp_path / "meminfo" / "cache"))
    assert (check_disk().grade, check_disk().remedy) == ("fault", "export BRIEFING_QA_CACHE=FOLDER")
