"""The command as others run it: real processes over a small collection, with an index cache of their own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
METRO = """# 全市交通工作通气会

> 说明：本文为测试而写，人物与数字均属虚构。

## 轨道交通

记者：今年地铁建设进展如何？

王明（市交通局局长）：2023年，全市新增地铁里程36.5公里，比上年增长12.4%。地铁日均客流量为218.7万人次。

记者：公交呢？

李华（市交通局总工程师）：2023年，全市新增公交线路58条。
"""
WATER = "2022年，全市污水处理率为97.3%。\n2023年，全市污水处理率为98.1%。\n"
FIELDS = {"id", "answer", "text", "refused", "confidence", "citations", "latency_ms"}
CITED = {"document", "quote", "start", "end", "section", "speaker", "role"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """材料/ with two documents, one in GB18030; the processes work here, and their cache lies here."""
    here = tmp_path_factory.mktemp("command")
    (here / "材料" / "水务").mkdir(parents=True)
    (here / "材料" / "通气会.md").write_text(METRO, encoding="utf-8")
    (here / "材料" / "水务" / "污水.txt").write_text(WATER, encoding="gb18030")
    return here


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "BRIEFING_QA_CACHE": str(folder / "cache")}
    return subprocess.run([sys.executable, "-m", "qa", *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300, check=False)


def check_record(record: dict[str, Any], texts: dict[str, str]) -> None:
    """The fields that programs rely on, and that every quote is a slice of its document."""
    assert set(record) >= FIELDS
    assert record["refused"] == (not record["citations"]) == (record["answer"] == "")
    assert 0 <= record["confidence"] <= 1
    assert record["latency_ms"] > 0
    assert record["text"]
    for citation in record["citations"]:
        assert set(citation) >= CITED
        assert citation["quote"] == texts[citation["document"]][citation["start"] : citation["end"]] != ""


def test_ask_prints_the_reply_or_its_record_and_nothing_else(folder: Path) -> None:
    asked = "2023年新增地铁里程是多少？"
    plain = run(folder, "ask", asked, "--documents", "材料")
    assert plain.returncode == 0, plain.stderr
    assert plain.stdout.startswith("36.5公里[1]\n[1] “")
    assert "王明（市交通局局长）" in plain.stdout
    assert "虚构" not in plain.stdout
    assert plain.stderr == "\n> 说明：本文为测试而写，人物与数字均属虚构。\n"

    whole = run(folder, "ask", asked, "--documents", "材料", "--json")
    assert (whole.returncode, whole.stderr) == (0, "")
    record = json.loads(whole.stdout)
    check_record(record, {"通气会": METRO, "水务/污水": WATER})
    assert plain.stdout == record["text"] + "\n"
    assert (record["answer"], record["refused"]) == ("36.5公里", False)
    (citation,) = record["citations"]
    assert "36.5公里" in citation["quote"]
    found = {name: citation[name] for name in ("document", "section", "speaker", "title", "role")}
    assert found == {"document": "通气会", "section": "轨道交通", "speaker": "王明", "title": "市交通局局长", "role": "answer"}


def test_a_follow_up_shows_how_it_was_read(folder: Path) -> None:
    done = run(folder, "ask", "2022年呢？", "--history", "2023年污水处理率是多少？", "--documents", "材料")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("97.3%")
    assert done.stdout.splitlines()[-1] == "理解为：2022年污水处理率是多少？"


def test_a_refusal_is_a_result(folder: Path) -> None:
    done = run(folder, "ask", "机场旅客吞吐量是多少？", "--documents", "材料", "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    check_record(record, {})
    assert record["refused"]
    assert record["nearest"]


def test_answer_answers_each_line_by_itself(folder: Path) -> None:
    parks = ["2023年，全市新建口袋公园41个。", "2023年，全市植树12.6万株。"]
    named = [{"id": "甲", "text": "2023年，全市发放消费券3.2亿元。"}, {"id": "乙", "text": "2023年，全市新开首店117家。"}]
    lines = [
        json.dumps({"id": "a-1", "question": "2023年新增公交线路多少条？"}),
        json.dumps({"id": 7, "question": "2022年呢？", "history": ["2023年污水处理率是多少？"]}, ensure_ascii=False),
        "{这不是 JSON",
        json.dumps({"id": "p-1", "question": "2023年新建口袋公园多少个？", "passages": parks}, ensure_ascii=False),
        "",
        json.dumps({"id": "p-2", "question": "2023年新开首店多少家？", "passages": named, "answers": ["117家"]}, ensure_ascii=False),
        json.dumps({"id": "none"}),
        json.dumps({"id": "p-3", "question": "2023年新增地铁里程是多少？", "passages": parks}, ensure_ascii=False),
        json.dumps({"id": "bad", "question": "？", "passages": [3]}),
        json.dumps({"id": "p-4", "question": "谁介绍了地铁建设？", "passages": []}, ensure_ascii=False),
    ]
    (folder / "问题.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run(folder, "answer", "问题.jsonl", "--output", "回答.jsonl", "--documents", "材料")
    assert (done.returncode, done.stdout) == (1, "")
    told = [re.sub(r"^(briefing-qa: 问题.jsonl: (?:line \d+|\d+ of \d+ lines)).+", r"\1", line) for line in done.stderr.splitlines()]
    assert told == [f"briefing-qa: 问题.jsonl: {where}" for where in ("line 3", "line 7", "line 9", "3 of 9 lines")]
    records = [json.loads(line) for line in (folder / "回答.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = [{"通气会": METRO, "水务/污水": WATER}] * 2 + [{"0": parks[0], "1": parks[1]}, {p["id"]: p["text"] for p in named}, {}, {}]
    for record, text in zip(records, texts, strict=True):
        check_record(record, text)
    assert [(record["id"], record["answer"]) for record in records] == [
        ("a-1", "58条"), (7, "97.3%"), ("p-1", "41个"), ("p-2", "117家"), ("p-3", ""), ("p-4", "")
    ]  # fmt: skip
    assert [record["citations"][0]["document"] for record in records[:4]] == ["通气会", "水务/污水", "0", "乙"]


def test_index_embeds_what_has_changed_and_nothing_else(folder: Path) -> None:
    def build() -> tuple[int, int]:
        done = run(folder, "index", "材料", "--output", "索引")
        assert done.returncode == 0, done.stderr
        *listed, total = done.stdout.splitlines()
        assert [line.split("\t")[0] for line in listed] == ["通气会", "水务/污水"]
        counted = re.match(r"2 documents, (\d+) passages, (\d+) embedded now, .*: 索引$", total)
        assert counted is not None
        return int(counted[1]), int(counted[2])

    water = folder / "材料" / "水务" / "污水.txt"
    passages, embedded = build()
    assert embedded == passages > 1
    assert build() == (passages, 0)
    water.write_text(WATER.replace("98.1%", "98.4%"), encoding="utf-8")
    assert build() == (passages, 1)
    water.write_text(WATER, encoding="gb18030")


def test_check_finds_one_flipped_byte(folder: Path) -> None:
    assert run(folder, "index", "材料", "--output", "查验").returncode == 0
    whole = run(folder, "index", "--check", "查验")
    assert (whole.returncode, whole.stdout, whole.stderr) == (0, "查验: whole\n", "")
    (vectors,) = (folder / "查验").glob("gen-*/vectors.faiss")
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    flipped = run(folder, "index", "--check", "查验")
    assert (flipped.returncode, flipped.stdout) == (1, "")
    assert "vectors.faiss" in flipped.stderr
    assert "briefing-qa index" in flipped.stderr


@pytest.mark.parametrize("arguments", [[], ["ask"], ["ask", "？", "--json=1"], ["answer", "问题.jsonl"], ["translate", "x"]], ids=" ".join)
def test_wrong_usage_exits_2(folder: Path, arguments: list[str]) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: briefing-qa")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ask", "有多少？", "--documents", "没有.md"], "没有.md"),
        (["answer", "没有.jsonl", "--output", "x.jsonl"], "没有.jsonl"),
        (["index", "--check", "没有"], "没有"),
        (["ask", "有多少？", "--documents", "材料", "--encoder", "./没有"], "没有"),
    ],
    ids=["document", "questions", "index", "encoder"],
)
def test_what_is_missing_is_told_in_one_line(folder: Path, arguments: list[str], named: str) -> None:
    done = run(folder, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"briefing-qa: .*{named}.*; .*\n", done.stderr)
