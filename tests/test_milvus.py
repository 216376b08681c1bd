"""The collection in Milvus (Milvus Lite, in this process): the same passages and answers as from FAISS."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import TEXTS, Opened
from fake_embedder import FakeEmbedder
from hypothesis import given
from hypothesis import strategies as st
from test_search import make_document

from index.errors import IndexStoreError
from index.lexical import build_lexical, score_lexical, terms
from index.milvus import Remote, open_milvus, split_url, weigh
from index.search import Index, build_index, search
from qa.assistant import open_assistant
from qa.record import to_record

lite = pytest.mark.skipif(not find_spec("pymilvus") or not find_spec("milvus_lite"), reason="Milvus Lite isn't installed: pip install -e '.[milvus]'")
QUESTIONS = ["2023年船舶产量是多少？", "三项重点工作是什么？", "铁路投资是多少？", "出口额为多少亿元？", "谁出席了发布会？", "How many ships were built?", "，。"]
TEXT = "甲甲乙的事。\n\n乙丙的事。\n\n丙丁丁的事。\n\n丁的另一件事，甲也在。"


def url(folder: Path) -> str:
    return f"milvus+{folder / '索引.db'}#briefing"


def collections(index: Index) -> list[str]:
    assert isinstance(index.remote, Remote)
    found: list[str] = index.remote.client.list_collections()
    return found


@given(st.lists(st.text(alphabet="甲乙丙年 5.6a，", max_size=12), max_size=8), st.text(alphabet="甲乙丙年 5.6a", max_size=8))
def test_the_weights_times_a_questions_terms_are_bm25(texts: list[str], question: str) -> None:
    lexical = build_lexical(texts)
    asked = [lexical.vocabulary[term] + 1 for term in terms(question) if term in lexical.vocabulary]
    scores = [sum(row.get(number, 0.0) for number in asked) for row in weigh(lexical)]
    assert scores == pytest.approx(score_lexical(lexical, question).tolist(), abs=1e-4)
    assert all(row for row in weigh(lexical))  # Milvus refuses an empty one


@lite
def test_the_same_passages_and_answers_as_from_faiss(assistants: Opened, tmp_path: Path) -> None:
    here = assistants["发布会"]
    there = open_assistant([TEXTS / "发布会.md"], index_url=url(tmp_path))
    assert there.index.passages == here.index.passages
    for question in QUESTIONS:
        for reworded in ("", "船舶 出口"):
            far, near = (search(one.index, question, 10, reworded) for one in (there, here))
            assert [hit.passage for hit in far] == [hit.passage for hit in near]
            for side in ("score", "cosine", "lexical"):
                assert [getattr(hit, side) for hit in far] == pytest.approx([getattr(hit, side) for hit in near], abs=1e-4)
    for question in QUESTIONS[:3]:
        far, near = (dict(to_record(one.ask(question), id="", latency_ms=0.0)) for one in (there, here))
        assert far.pop("confidence") == pytest.approx(near.pop("confidence"), abs=1e-4)
        assert far == near


@lite
def test_only_what_is_new_is_embedded_and_the_old_is_gone(tmp_path: Path) -> None:
    embedder, first = FakeEmbedder(), make_document("一", TEXT)
    one = open_milvus(url(tmp_path), [first], embedder)
    assert embedder.embedded
    embedder.embedded.clear()
    again = open_milvus(url(tmp_path), [first], embedder)
    assert (embedder.embedded, collections(again)) == ([], collections(one))
    both = open_milvus(url(tmp_path), [first, make_document("二", "甲乙丙丁的事。")], embedder)
    assert len(embedder.embedded) == 1
    assert len(collections(both)) == 1 != collections(both) == collections(one)
    same = build_index(both.documents, FakeEmbedder())
    assert [h.passage for h in search(both, "甲", 9)] == [h.passage for h in search(same, "甲", 9)]


@lite
def test_another_encoder_embeds_everything_again(tmp_path: Path) -> None:
    open_milvus(url(tmp_path), [make_document("一", TEXT)], FakeEmbedder())
    other = FakeEmbedder(digest="1" * 64)
    open_milvus(url(tmp_path), [make_document("一", TEXT)], other)
    assert len(other.embedded) == len(build_index([make_document("一", TEXT)], FakeEmbedder()).passages)


@lite
def test_a_build_that_is_cancelled_leaves_the_old_one(tmp_path: Path) -> None:
    standing = open_milvus(url(tmp_path), [make_document("一", TEXT)], FakeEmbedder())

    def cancel(*_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        open_milvus(url(tmp_path), [make_document("一", "甲的新事。")], FakeEmbedder(), cancel)
    embedder = FakeEmbedder()
    assert search(open_milvus(url(tmp_path), [make_document("一", TEXT)], embedder), "甲", 1) == search(standing, "甲", 1)
    assert embedder.embedded == []


@lite
def test_no_documents_and_a_name_that_is_taken(tmp_path: Path) -> None:
    nothing = open_milvus(url(tmp_path), [], FakeEmbedder())
    assert search(nothing, "甲", 5) == []
    (taken,) = collections(nothing)
    with pytest.raises(IndexStoreError, match=f"{taken} is a collection there"):
        open_milvus(f"milvus+{tmp_path / '索引.db'}#{taken}", [], FakeEmbedder())


@pytest.mark.parametrize("wrong", ["", "milvus+", "http://host:19530", "milvus+ftp://host", "milvus+http://host#a b", "milvus+x.json", "milvus+x.db#1"])
def test_what_is_no_address_is_said(wrong: str) -> None:
    with pytest.raises(IndexStoreError, match=r"is no address of an index; write milvus\+http"):
        split_url(wrong)


def test_addresses_are_read() -> None:
    assert split_url("milvus+http://host:19530#news") == ("http://host:19530", "news")
    assert split_url("milvus+文件 夹/a.db") == ("文件 夹/a.db", "briefing_qa")


def test_without_the_package_it_says_what_to_install(tmp_path: Path) -> None:
    program = f"import sys; sys.modules['pymilvus'] = None\nfrom qa.__main__ import main\nsys.exit(main(['ask', '甲？', '--index', 'milvus+{tmp_path}/x.db']))"
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent.parent, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("needs the package pymilvus; install it: pip install 'briefing-qa[milvus]'\n")


@lite
def test_a_server_that_is_not_there_is_told_in_one_line() -> None:
    program = "import sys\nfrom fake_embedder import FakeEmbedder\nfrom index.milvus import open_milvus\nopen_milvus('milvus+http://127.0.0.1:9', [], FakeEmbedder())"
    done = subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, encoding="utf-8", check=False)
    (told,) = [line for line in done.stderr.splitlines() if line.startswith("index.errors.IndexStoreError")]
    assert "milvus+http://127.0.0.1:9: Milvus says" in told
    assert "check that it runs" in told
    assert "[ERROR]" not in done.stderr
