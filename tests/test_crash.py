"""The stored index under kills, full disks, folders that can't be written, two builders and a reader: real processes.

The default run kills 10 times; `pytest -m "long or not long" tests/test_crash.py` kills 200 times and fills a disk.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO

import pytest

from documents.read import read_documents
from index.dense import dense_to_bytes
from index.embed import load_embedder
from index.errors import IndexStoreError
from index.keep import keep_index
from index.search import Index, build_index
from index.store import check_index, load_index, save_index

ROOT = Path(__file__).parent.parent
OLD = {"一.md": "甲市新增地铁里程36.5公里。\n\n乙市植树12万株。\n", "二.md": "丙县修路80公里。\n"}
NEW = {"一.md": "甲市新增地铁里程36.5公里。\n\n乙市植树15万株。\n", "三.md": "丁镇建桥三座。\n"}

# Builds the two collections into one folder in turn, until it is killed.
BUILDING = """
import itertools, sys
from pathlib import Path
from documents.read import read_documents
from index.embed import load_embedder
from index.keep import keep_index
collections, encoder = [read_documents(path) for path in sys.argv[2:]], load_embedder()
print("ready", flush=True)
for documents in itertools.cycle(collections):
    keep_index(documents, encoder, Path(sys.argv[1]), must_keep=True)
    print("built", flush=True)
"""


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two states of one collection."""
    folder = tmp_path_factory.mktemp("材料")
    for name, files in (("旧", OLD), ("新", NEW)):
        (folder / name).mkdir()
        for file, text in files.items():
            (folder / name / file).write_text(text, encoding="utf-8")
    return [folder / "旧", folder / "新"]


@cache
def whole(path: Path) -> Index:
    """The index of a state, built in peace."""
    return build_index(read_documents(path), load_embedder())


def state_of(folder: Path, paths: list[Path]) -> Path:
    """Which of the states the stored index is, every passage and every bit of the vectors the same."""
    assert check_index(folder) == []
    found = load_index(folder, load_embedder())
    (state,) = [path for path in paths if whole(path).documents == found.documents]
    assert found.passages == whole(state).passages
    assert dense_to_bytes(found.dense) == dense_to_bytes(whole(state).dense)
    return state


@contextmanager
def building(folder: Path, paths: list[Path]) -> Iterator[IO[str]]:
    """Another process that builds the states into the folder in turn; killed (-9) when the block ends."""
    command = [sys.executable, "-c", BUILDING, str(folder), *map(str, paths)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process.stdout
            assert process.poll() is None
        finally:
            process.kill()


@pytest.fixture(scope="module")
def pace(tmp_path_factory: pytest.TempPathFactory, paths: list[Path]) -> float:
    """Seconds that a build and a save take here and now."""
    with building(tmp_path_factory.mktemp("pace"), paths) as lines:
        lines.readline()
        started = time.perf_counter()
        assert [lines.readline() for _ in range(4)] == ["built\n"] * 4
        return (time.perf_counter() - started) / 4


KILLS = [*range(10), *(pytest.param(kill, marks=pytest.mark.long) for kill in range(10, 200))]


@pytest.mark.parametrize("kill", KILLS)
def test_a_kill_at_any_moment_leaves_the_old_index_or_the_new_one(tmp_path: Path, paths: list[Path], pace: float, kill: int) -> None:
    standing = kill % 2 == 1  # an update; otherwise there is no index yet
    if standing:
        keep_index(read_documents(paths[0]), load_embedder(), tmp_path, must_keep=True)
    with building(tmp_path, paths):
        time.sleep(random.Random(kill).uniform(0, 3 * pace))
    if standing or (tmp_path / "CURRENT").exists():
        state_of(tmp_path, paths)
    keep_index(read_documents(paths[1]), load_embedder(), tmp_path, must_keep=True)
    assert state_of(tmp_path, paths) == paths[1]
    keep_index(read_documents(paths[0]), load_embedder(), tmp_path, must_keep=True)
    assert len(list(tmp_path.glob("gen-*"))) == 1  # what the kill left lying is gone with the next save


def test_two_that_build_the_same_and_one_that_reads(tmp_path: Path, paths: list[Path]) -> None:
    keep_index(read_documents(paths[0]), load_embedder(), tmp_path, must_keep=True)
    command = [sys.executable, "-m", "qa", "index", str(paths[1]), "--output", str(tmp_path)]
    builders = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for _ in range(2)]
    seen = []
    while any(builder.poll() is None for builder in builders):
        seen.append(state_of(tmp_path, paths))
        time.sleep(0.01)
    assert [builder.returncode for builder in builders] == [0, 0]
    assert seen == sorted(seen, key=paths.index)
    assert seen[0] == paths[0]
    assert state_of(tmp_path, paths) == paths[1]


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_leaves_the_old_index(tmp_path: Path, paths: list[Path]) -> None:
    old, new = map(read_documents, paths)
    encoder = load_embedder()
    keep_index(old, encoder, tmp_path, must_keep=True)
    for size in (0, 1, 50, 100, 500, 1000, 1500, 3000):
        told = r"can't be written \(File too large\); .*--output"
        with largest_file(size), pytest.raises(IndexStoreError, match=told):
            keep_index(new, encoder, tmp_path, must_keep=True)
        with largest_file(size), pytest.raises(IndexStoreError, match=told):
            save_index(whole(paths[1]), tmp_path)
        assert state_of(tmp_path, paths) == paths[0]
        assert len(list(tmp_path.glob("gen-*"))) == 1  # nothing half written takes what room is left
    with largest_file(0):
        assert keep_index(new, encoder, tmp_path, must_keep=False).documents == tuple(new)  # in memory
    assert keep_index(new, encoder, tmp_path, must_keep=True).documents == tuple(new)


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_really_full(tmp_path: Path, paths: list[Path]) -> None:
    old, new = map(read_documents, paths)
    for left in range(0, 17, 4):  # kilobytes; the index takes some 25
        disk = tmp_path / str(left)
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "disk", disk], check=True)
        try:
            keep_index(old, load_embedder(), disk / "index", must_keep=True)
            (disk / "ballast").write_bytes(bytes(os.statvfs(disk).f_bavail * 4096 - left * 1024))
            with pytest.raises(IndexStoreError, match="No space left on device"):
                keep_index(new, load_embedder(), disk / "index", must_keep=True)
            assert state_of(disk / "index", paths) == paths[0]
            killed = disk / "index" / f"gen-{'0' * 16}"  # what fills the disk is what a killed save left lying
            killed.mkdir()
            (disk / "ballast").rename(killed / "vectors.faiss")
            save_index(whole(paths[1]), disk / "index")
            assert state_of(disk / "index", paths) == paths[1]
        finally:
            subprocess.run(["umount", disk], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody may write into the folder; root, whom permissions don't bind, becomes nobody."""
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield
    folder.chmod(0o755)


def test_a_read_only_folder_is_told_and_leaves_the_old_index(paths: list[Path]) -> None:
    old, new = map(read_documents, paths)
    encoder = load_embedder()
    with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to nobody
        Path(name).chmod(0o755)
        folder = Path(name) / "index"
        keep_index(old, encoder, folder, must_keep=True)
        with read_only(folder):
            with pytest.raises(IndexStoreError, match=r"can't be written \(Permission denied\); .*--output"):
                keep_index(new, encoder, folder, must_keep=True)
            assert keep_index(old, encoder, folder, must_keep=True).documents == tuple(old)  # reading is enough
            assert keep_index(new, encoder, folder, must_keep=False).documents == tuple(new)
        assert state_of(folder, paths) == paths[0]


def test_the_command_fails_where_it_cannot_keep_the_index(tmp_path: Path, paths: list[Path]) -> None:
    (tmp_path / "file").write_text("")
    command = [sys.executable, "-m", "qa", "index", str(paths[0]), "--output", str(tmp_path / "file")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "can't be written" in done.stderr
    assert done.stderr.count("\n") == 1
