"""A build that was interrupted goes on where it stopped, and what was kept for it is trusted only where it is whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fake_embedder import FakeEmbedder
from test_store import make_document

from documents.types import Document
from index.errors import IndexStoreError
from index.keep import keep_index
from index.resume import AT_ONCE, NAME, resume_embedding
from index.store import check_index, load_index

TEXTS = [f"{'甲乙丙丁'[n % 4] * (n % 7 + 1)}第{n}。" for n in range(2 * AT_ONCE + 9)]


def documents(texts: list[str] = TEXTS) -> list[Document]:
    return [make_document(text, text) for text in texts]


def interrupted(folder: Path, after: int) -> FakeEmbedder:
    """A build that ends by itself after so many passages."""

    def stop(done: int, _total: int) -> None:
        if done > after:
            raise KeyboardInterrupt

    embedder = FakeEmbedder()
    with pytest.raises(KeyboardInterrupt):
        keep_index(documents(), embedder, folder, must_keep=True, progress=stop)
    return embedder


def test_only_what_was_not_embedded_before_the_interruption_is_embedded(tmp_path: Path) -> None:
    interrupted(tmp_path, AT_ONCE + 3)
    assert not (tmp_path / "CURRENT").exists()
    again, seen = FakeEmbedder(), []
    index = keep_index(documents(), again, tmp_path, must_keep=True, progress=lambda *at: seen.append(at))
    assert again.embedded == TEXTS[AT_ONCE:]
    left = len(TEXTS) - AT_ONCE
    assert seen == [(done, left) for done in range(1, left + 1)]
    assert index.embedder is again
    assert (tmp_path / NAME).read_bytes() == b""  # it is all in the index now
    assert check_index(tmp_path) == []
    assert load_index(tmp_path, FakeEmbedder()).passages == index.passages


def test_an_update_that_was_interrupted_leaves_the_old_index_and_goes_on(tmp_path: Path) -> None:
    keep_index(documents(TEXTS[:5]), FakeEmbedder(), tmp_path, must_keep=True)
    interrupted(tmp_path, AT_ONCE)
    assert len(load_index(tmp_path, FakeEmbedder()).passages) == 5
    again = FakeEmbedder()
    keep_index(documents(), again, tmp_path, must_keep=True)
    assert again.embedded == TEXTS[5 + AT_ONCE :]


def test_a_record_that_is_cut_or_changed_is_embedded_again(tmp_path: Path) -> None:
    texts = [f"甲{'乙' * n}。" for n in range(6)]
    with resume_embedding(FakeEmbedder(), tmp_path) as resuming:
        rows = resuming.embed_passages(texts)
    whole = (tmp_path / NAME).read_bytes()
    size = len(whole) // 6
    chance = random.Random(6)
    places = [chance.randrange(len(whole)) for _ in range(200)]
    damages = [(whole[:at], at // size) for at in places[:50]]
    damages += [(whole[:at] + bytes([whole[at] ^ chance.randrange(1, 256)]) + whole[at + 1 :], 5) for at in places]
    for content, spared in damages:
        (tmp_path / NAME).write_bytes(content)
        embedder = FakeEmbedder()
        with resume_embedding(embedder, tmp_path) as resuming:
            assert (resuming.embed_passages(texts) == rows).all()
        assert len(embedder.embedded) == 6 - spared
        with resume_embedding(embedder, tmp_path) as resuming:  # what was added after the damage is in its place
            resuming.embed_passages(texts)
        assert len(embedder.embedded) == 6 - spared


def test_another_encoders_vectors_are_left_alone(tmp_path: Path) -> None:
    with resume_embedding(FakeEmbedder(), tmp_path) as resuming:
        resuming.embed_passages(["甲。"])
    other = FakeEmbedder(digest="1" * 64)
    with resume_embedding(other, tmp_path) as resuming:
        resuming.embed_passages(["甲。"])
    assert other.embedded == ["甲。"]


def test_of_two_at_once_one_keeps(tmp_path: Path) -> None:
    with resume_embedding(FakeEmbedder(), tmp_path) as one, resume_embedding(FakeEmbedder(), tmp_path) as two:
        assert (one.file is None, two.file is None) == (False, True)
        assert (one.embed_passages(["甲。"]) == two.embed_passages(["甲。"])).all()
        two.forget()
    with resume_embedding(again := FakeEmbedder(), tmp_path) as resuming:
        resuming.embed_passages(["甲。"])
    assert again.embedded == []


def test_a_file_that_cannot_be_written_is_told_before_anything_is_embedded(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    embedder = FakeEmbedder()
    with pytest.raises(IndexStoreError, match=f"{NAME}: can't be written .* --output"):
        keep_index(documents(), embedder, tmp_path / "file", must_keep=True)
    assert embedder.embedded == []
    assert len(keep_index(documents(), embedder, tmp_path / "file", must_keep=False).passages) == len(TEXTS)
