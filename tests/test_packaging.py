"""The wheel as it is built, opened and used: everything that the program needs, and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from email import message_from_string
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("chat", "documents", "index", "qa")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """Built of a copy, so that nothing is left in the repository; with what is installed, so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "dist"))
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder / "source"], capture_output=True, encoding="utf-8", check=False
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    (found,) = folder.glob("*.whl")
    assert found.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(found) as opened:
        yield opened


def test_it_holds_every_file_of_the_program_and_no_other(wheel: zipfile.ZipFile) -> None:
    files = [*ROOT.glob("*.py"), *(path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts)]
    wanted = {path.relative_to(ROOT).as_posix() for path in files}
    assert {"app.py", "qa/terms.txt", "qa/report.html", "documents/briefing/miit-2023.md", "index/models/multilingual-e5-small-zh-en-int8/model.onnx"} <= wanted
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == wanted


def test_its_data_are_whole(wheel: zipfile.ZipFile) -> None:
    data = [name for name in wheel.namelist() if ".dist-info/" not in name and not name.endswith(".py")]
    assert data
    assert [name for name in data if wheel.read(name) != (ROOT / name).read_bytes()] == []


def test_it_says_how_it_is_started_and_under_which_licence(wheel: zipfile.ZipFile) -> None:
    texts = {Path(name).name: wheel.read(name).decode() for name in wheel.namelist() if ".dist-info/" in name}
    scripts = ConfigParser()
    scripts.read_string(texts["entry_points.txt"])
    assert dict(scripts["console_scripts"]) == {"briefing-qa": "qa.__main__:main"}
    metadata = message_from_string(texts["METADATA"])
    assert (metadata["Name"], metadata["License-Expression"], metadata["License-File"]) == ("briefing-qa", "MIT", "LICENSE")
    assert texts["LICENSE"] == (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_it_answers_without_the_repository(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    wheel.extractall(tmp_path / "site")
    (tmp_path / "简报.md").write_text("王明（局长）：2023年，全市新增地铁里程36.5公里。\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import sys, qa.__main__ as m; print(m.__file__); sys.exit(m.main())", "ask", "2023年新增地铁里程是多少？", "--documents", "简报.md"],
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1", "BRIEFING_QA_CACHE": str(tmp_path / "cache")},
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    where, answer = done.stdout.splitlines()[:2]
    assert Path(where) == tmp_path / "site" / "qa" / "__main__.py"
    assert answer.startswith("36.5公里")
