"""The README, run: its commands and its Python, in order, in a folder and with a cache of their own.

A fence with a file name behind its language is written to that file. In a ```console fence a line that begins with $
is run and the lines below it are what stdout must say; … stands for anything. In a ```python fence the comment behind
a print is what it must print. Whoever reaches for another host is ended (no_network.py).
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GUARD = ROOT / "tests" / "no_network.py"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PORT = "7860"
MARK = "=== done"


@dataclass(frozen=True)
class Fence:
    language: str
    file: str
    body: str

    @property
    def name(self) -> str:
        return self.language + "-" + "".join(re.findall(r"[a-z]+ ?", self.body))[:30]


FENCES = [Fence(*found) for found in re.findall(r"^```(\w+)[ ]?(.*)\n((?s:.*?))^```$", README, re.MULTILINE)]
RUN = [fence for fence in FENCES if fence.language in ("console", "python")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a reader would stand: the README's files, and its commands on the path."""
    here = tmp_path_factory.mktemp("readme")
    (here / "bin").mkdir()
    for name, program in {"briefing-qa": f"'{sys.executable}' '{GUARD}' -m qa", "python": f"'{sys.executable}' '{GUARD}'"}.items():
        script = here / "bin" / name
        script.write_text(f'#!/bin/sh\nexec {program} "$@"\n', encoding="utf-8")
        script.chmod(0o755)
    for fence in FENCES:
        if fence.file:
            (here / fence.file).write_text(fence.body, encoding="utf-8")
    return here


def environment(folder: Path) -> dict[str, str]:
    return os.environ | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "BRIEFING_QA_CACHE": str(folder / "cache"),
    }


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[str]:
    """Where the page's own server listens, started as the README says."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = str(free.getsockname()[1])
    command = ["python", "app.py", "--mcp", "--port", number]
    page = subprocess.Popen([str(folder / "bin" / command[0]), *command[1:]], cwd=ROOT, env=environment(folder), stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert page.stdout is not None
        assert f"http://127.0.0.1:{number}" in page.stdout.readline()
        yield number
    finally:
        page.terminate()
        page.communicate(timeout=20)


@pytest.mark.parametrize("fence", RUN, ids=lambda fence: fence.name)
def test_a_fence_does_what_it_shows(fence: Fence, folder: Path, request: pytest.FixtureRequest) -> None:
    body = fence.body
    if PORT in body:
        body = body.replace(PORT, request.getfixturevalue("port"))
    if fence.language == "python":
        (folder / "fence.py").write_text(body, encoding="utf-8")
        done = run(folder, ["python", "fence.py"])
        assert done.returncode == 0, done.stderr
        printed = re.findall(r"^print\(.*\)  # (.*)$", body, re.MULTILINE)
        assert printed
        assert done.stdout.splitlines() == printed
        return
    commands, shown = read_console(body)
    done = run(folder, ["bash", "-c", "\n".join(f"{command}\necho '{MARK}' $?" for command in commands)])
    said = re.split(rf"{MARK} (\d+)\n", done.stdout)
    assert len(said) == 2 * len(commands) + 1, done.stderr
    for command, wanted, output, status in zip(commands, shown, said[0::2], said[1::2], strict=False):
        assert status == "0", f"{command}: {done.stderr}"
        assert re.fullmatch(re.escape(wanted).replace("…", ".*?"), output.rstrip("\n"), re.DOTALL), f"{command}\n{output}"


def run(folder: Path, command: list[str]) -> subprocess.CompletedProcess[str]:
    program = folder / "bin" / command[0]
    return subprocess.run(
        [program if program.exists() else command[0], *command[1:]], cwd=folder, env=environment(folder), capture_output=True, encoding="utf-8", timeout=600, check=False
    )  # fmt: skip


def read_console(body: str) -> tuple[list[str], list[str]]:
    """The commands, and what stands below each."""
    parts = re.split(r"^\$ (.*)\n", body, flags=re.MULTILINE)
    assert parts[0] == ""
    return parts[1::2], [shown.rstrip("\n") for shown in parts[2::2]]


def test_every_kind_of_fence_is_there() -> None:
    assert {fence.language for fence in FENCES} == {"sh", "console", "python", "jsonl", "markdown"}
    assert {fence.file for fence in FENCES if fence.language in ("jsonl", "markdown")} == {"问题.jsonl", "考题.jsonl", "通气会.md"}
    assert len(RUN) >= 6
    assert sum(PORT in fence.body for fence in RUN) == 3


def test_make_knows_the_commands_that_are_named() -> None:
    named = re.findall(r"^make (\w+)", "".join(fence.body for fence in FENCES if fence.language == "sh"), re.MULTILINE)
    assert named == ["run", "test"]
    for target in named:
        planned = subprocess.run(["make", "-n", "-C", ROOT, target], capture_output=True, encoding="utf-8", check=True)
        assert ("app.py" if target == "run" else "pytest") in planned.stdout


def test_what_it_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert "docs/chat.png" in links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_library_has_its_reason() -> None:
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    declared = {re.split(r"[<>=\[]", need)[0] for need in needs}
    table = README.partition("## Libraries")[2].partition("\n## ")[0]
    named = {name.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE)[1:] for name in row.split(",")}
    assert named == declared
