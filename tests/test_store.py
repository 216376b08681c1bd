"""The stored index: what comes back, what is noticed, what survives."""

from __future__ import annotations

import hashlib
import io
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
import pytest
from fake_embedder import FakeEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.types import Document, Passage
from index.dense import build_dense, read_vectors
from index.errors import IndexStoreError
from index.search import Index, build_index, index_passages, sample_questions, search
from index.store import check_index, load_index, save_index

ROOT = Path(__file__).parent.parent
FILES = ["documents.jsonl", "passages.jsonl", "vectors.faiss", "lexical.npz", "terms.json", "manifest.json"]


def make_document(name: str, text: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document(name, name, f"{name}.md", text, "utf-8", digest)


def make_index() -> Index:
    documents = [
        make_document("一", "甲的事说完了。\n乙的事也完了。\n"),
        make_document("部/二", "丙增长4.6%。\n"),
    ]
    return build_index(documents, FakeEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    saved = tmp_path / "新闻 索引"
    save_index(make_index(), saved)
    return saved


def generation(folder: Path) -> Path:
    (only,) = folder.glob("gen-*")
    return only


def test_what_is_loaded_is_what_was_saved(folder: Path) -> None:
    made, loaded = make_index(), load_index(folder, FakeEmbedder())
    assert loaded.documents == made.documents
    assert loaded.passages == made.passages
    for question in ("甲", "丙增长多少", "完了", "zzz"):
        assert search(loaded, question, 9) == search(made, question, 9) != []
    assert check_index(folder) == []


def test_a_stored_index_saves_embedding(folder: Path) -> None:
    embedder = FakeEmbedder()
    known = load_index(folder, embedder)
    index = build_index([*known.documents, make_document("三", "丁也有事。")], embedder, known=known)
    assert embedder.embedded == ["丁也有事。"]
    save_index(index, folder)
    assert load_index(folder, embedder).passages == index.passages
    assert sorted(p.name for p in folder.iterdir())[:2] == ["CURRENT", "LOCK"]
    assert generation(folder)  # and the one before is gone


def test_an_empty_index_can_be_kept(tmp_path: Path) -> None:
    save_index(build_index([], FakeEmbedder()), tmp_path)
    assert search(load_index(tmp_path, FakeEmbedder()), "甲", 3) == []


def test_of_many_passages_the_approximate_index_is_kept_and_checked_too(tmp_path: Path) -> None:
    texts = [f"{'甲' * (n % 97 + 1)}{'乙' * (n % 89)}{'丙' * (n % 83)}{n}" for n in range(5000)]
    starts = [0, *accumulate(map(len, texts))]
    passages = [Passage("一", s, s + len(t), t, "") for s, t in zip(starts, texts, strict=False)]
    exact = index_passages([make_document("一", "".join(texts))], passages, FakeEmbedder())
    dense = build_dense(read_vectors(exact.dense), sample_questions(texts, FakeEmbedder()))
    made = replace(exact, dense=dense)
    save_index(made, tmp_path)
    loaded = load_index(tmp_path, FakeEmbedder())
    assert made.dense.near is not None
    assert len(loaded.dense.held) == 2  # both files of vectors are mapped
    for question in ("甲乙", "丙丙", "甲4012"):
        assert search(loaded, question, 9) == search(made, question, 9)
    path = generation(tmp_path) / "near.faiss"
    whole = path.read_bytes()
    for content in (b"", whole[:-1], whole[:500] + bytes([whole[500] ^ 4]) + whole[501:]):
        path.unlink()  # a file that is mapped is never written over
        path.write_bytes(content)
        with pytest.raises(IndexStoreError, match=r"near\.faiss: .*briefing-qa index DOCUMENTS"):
            load_index(tmp_path, FakeEmbedder())
    path.unlink()
    with pytest.raises(IndexStoreError, match=r"near\.faiss: missing"):
        load_index(tmp_path, FakeEmbedder())


def damaged(whole: bytes, name: str) -> Iterator[bytes]:
    """A file's content with one byte changed, at 200 places, and cut at 50."""
    chance = random.Random(name)
    for at in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(198))}:
        yield whole[:at] + bytes([whole[at] ^ chance.choice([1, 0x20, chance.randrange(1, 256)])]) + whole[at + 1 :]
    for keep in {0, len(whole) - 1, *(chance.randrange(len(whole)) for _ in range(48))}:
        yield whole[:keep]


@pytest.mark.parametrize("name", [*FILES, "CURRENT"])
def test_a_changed_byte_and_a_cut_are_noticed_wherever_they_are(folder: Path, name: str) -> None:
    path = folder / name if name == "CURRENT" else generation(folder) / name
    whole = path.read_bytes()
    named = "CURRENT|gen-[0-9a-f]{16}/manifest.json: missing" if name == "CURRENT" else name
    for content in damaged(whole, name):
        path.write_bytes(content)
        with pytest.raises(IndexStoreError, match=rf"({named})[^\n]*briefing-qa index DOCUMENTS --output '.*新闻 索引'"):
            load_index(folder, FakeEmbedder())
    assert len(check_index(folder)) == 1
    path.write_bytes(whole)
    assert check_index(folder) == []


@pytest.mark.parametrize("name", [*FILES, "CURRENT"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name if name == "CURRENT" else generation(folder) / name).unlink()
    with pytest.raises(IndexStoreError, match="no index here" if name == "CURRENT" else name):
        load_index(folder, FakeEmbedder())


def test_every_damaged_file_is_listed(folder: Path) -> None:
    for name in ("terms.json", "vectors.faiss"):
        (generation(folder) / name).write_bytes(b"")
    assert [
        name in line for line, name in zip(check_index(folder), ["vectors.faiss", "terms.json"], strict=True)
    ]
    assert all("0 bytes, the manifest says" in line for line in check_index(folder))


@pytest.mark.parametrize(
    ("other", "values"),
    [
        (FakeEmbedder(name="other"), "name 'fake', asked with 'other'"),
        (FakeEmbedder(dim=6), "dim 5, asked with 6"),
        (FakeEmbedder(digest="f" * 64), f"digest '{'0' * 64}', asked with '{'f' * 64}'"),
    ],
)
def test_another_encoder_is_refused_before_any_search(folder: Path, other: FakeEmbedder, values: str) -> None:
    with pytest.raises(IndexStoreError, match=f"{values}; build it again: briefing-qa index"):
        load_index(folder, other)
    assert check_index(folder) == []


def reseal(folder: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Changes a file and makes every digest agree again: a program's error, not a disk's."""
    made = generation(folder)
    content = change((made / name).read_bytes())
    (made / name).write_bytes(content)
    manifest = json.loads((made / "manifest.json").read_bytes())
    if name != "manifest.json":
        manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    sealed = json.dumps(manifest).encode()
    (made / "manifest.json").write_bytes(sealed)
    (folder / "CURRENT").write_text(f"{made.name} {hashlib.sha256(sealed).hexdigest()}\n")


def without_last_line(content: bytes) -> bytes:
    return b"".join(content.splitlines(keepends=True)[:-1])


def with_arrays(**changed: Callable[[np.ndarray], np.ndarray]) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        arrays = dict(np.load(io.BytesIO(content)))
        written = io.BytesIO()
        np.savez(written, **{n: changed.get(n, lambda a: a)(array) for n, array in arrays.items()})
        return written.getvalue()

    return change


def with_pickle(_: bytes) -> bytes:
    written = io.BytesIO()
    np.savez(written, starts=np.array([{}]))
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        (
            "manifest.json",
            lambda c: c.replace(b'"format": 1', b'"format": 2'),
            "format 2, this program reads 1",
        ),
        ("passages.jsonl", without_last_line, r"passages.jsonl: lines 1, expected 2"),
        ("documents.jsonl", without_last_line, "passages.jsonl: can't be read .*部/二"),
        ("documents.jsonl", lambda c: c + c[: c.index(b"\n") + 1], "documents.jsonl: lines 3, expected 2"),
        (
            "documents.jsonl",
            lambda c: c.replace("乙的事也完了".encode(), b""),
            "line 1: 0:15 of 10 characters in 一",
        ),
        ("documents.jsonl", lambda c: c.replace(b'"title"', b'"titel"'), "documents.jsonl: can't be read"),
        (
            "passages.jsonl",
            lambda c: c.replace(b'"start": 0', b'"start": -1', 1),
            "passages.jsonl: can't be read",
        ),
        ("vectors.faiss", lambda _: b"nothing", "vectors.faiss: can't be read .*not a FAISS index"),
        ("terms.json", lambda _: b'["a"]', "terms.json: different terms 1, expected"),
        ("lexical.npz", with_arrays(lengths=lambda a: a[1:]), "lexical.npz: lengths 1, expected 2"),
        ("lexical.npz", with_arrays(rows=lambda a: a + 1), "rows outside the passages"),
        ("lexical.npz", with_arrays(starts=lambda a: a[::-1].copy()), "starts that fall"),
        ("lexical.npz", with_arrays(counts=lambda a: a.astype(np.float64)), "counts as float64, not float32"),
        ("lexical.npz", with_pickle, "lexical.npz: can't be read .*allow_pickle=False"),
        ("lexical.npz", lambda _: b"PK", "lexical.npz: can't be read"),
    ],
)
def test_files_that_disagree_are_noticed(
    folder: Path, name: str, change: Callable[[bytes], bytes], says: str
) -> None:
    reseal(folder, name, change)
    with pytest.raises(IndexStoreError, match=f"(?s)({says}).*briefing-qa index"):
        load_index(folder, FakeEmbedder())
    assert check_index(folder)


def test_current_can_point_nowhere_else(folder: Path) -> None:
    (folder / "CURRENT").write_text(f"../{generation(folder).name} {'0' * 64}\n")
    with pytest.raises(IndexStoreError, match="is not the name of a generation"):
        load_index(folder, FakeEmbedder())


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    (tmp_path / "MANIFEST-000001").write_text("a database")
    with pytest.raises(IndexStoreError, match="holds MANIFEST-000001, which is no part of an index"):
        save_index(make_index(), tmp_path)
    assert (tmp_path / "CURRENT").read_text() == "MANIFEST-000001\n"


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexStoreError, match=r"file: the index can't be written \(.+\); name a folder"):
        save_index(make_index(), tmp_path / "file")


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(), min_size=1, max_size=40) | st.just("\ud83d\ude00\u2028\x1c\r\x00"))
def test_any_text_comes_back_character_for_character(text: str) -> None:
    passage = Passage("一", 0, len(text), text, text[::-1])
    index = index_passages([make_document("一", text)], [passage], FakeEmbedder())
    with tempfile.TemporaryDirectory() as folder:
        save_index(index, Path(folder))
        loaded = load_index(Path(folder), FakeEmbedder())
    assert loaded.documents == index.documents
    assert loaded.passages == index.passages


SAVING = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[1] + "/tests"]
from test_store import make_index
from index.store import save_index
index = make_index()
print("ready", flush=True)
for _ in range(int(sys.argv[3])):
    save_index(index, Path(sys.argv[2]))
"""


@contextmanager
def saving(folder: Path, times: int) -> Iterator[subprocess.Popen[str]]:
    """Another process that saves into the folder again and again; killed at the latest when the test ends."""
    command = [sys.executable, "-c", SAVING, str(ROOT), str(folder), str(times)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def test_two_that_save_at_once_and_one_that_reads(folder: Path) -> None:
    read = 0
    with saving(folder, 40) as one, saving(folder, 40) as two:
        while one.poll() is None or two.poll() is None:
            assert len(load_index(folder, FakeEmbedder()).passages) == 2
            read += 1
        assert (one.wait(), two.wait()) == (0, 0)
    assert read > 5
    assert check_index(folder) == []
    assert generation(folder)
