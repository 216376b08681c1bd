"""The evaluation from end to end over an invented text, and each score of an outcome."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from documents.read import document_from_text
from index.embed import load_embedder
from index.search import build_index
from qa.__main__ import main
from qa.alignment import AlignmentReader
from qa.assistant import Assistant
from qa.errors import QuestionError
from qa.evaluate import evaluate, summarize
from qa.outcome import Outcome
from qa.questions import Evidence, Example
from qa.ranking import Ranking
from qa.report import make_page
from qa.summary import Scores, check_floors, parse_floor
from qa.table import LABELS, as_text

METRO = "# 通气会\n\n王明（市交通局局长）：2023年，全市新增地铁里程36.5公里，比上年增长12.4%。\n\n李华（市交通局总工程师）：2023年，全市新增公交线路58条。\n"
PARKS = "2023年，全市新建口袋公园41个。"
RIGHT = Example("right", "2023年新增公交线路多少条？", True, ("58条",), evidence=((Evidence("新增公交线路58条"),),), kind="figure", document="通气会")
WRONG = Example("wrong", "2023年新增地铁里程是多少？", True, ("99公里",), kind="figure", document="通气会", must_cite=("36.5公里",))
RIGHTLY = Example("rightly", "机场旅客吞吐量是多少？", False, kind="absent", reason="absent")
WRONGLY = Example("<b>wrongly", "机场旅客吞吐量<script>alert(1)</script>是多少？", True, ("5万",), kind="<i>&\"'")
OVER = Example("over", "2023年新建口袋公园多少个？", True, ("41个",), passages=(document_from_text("甲", PARKS),), language="zh")
EXAMPLES = (RIGHT, WRONG, RIGHTLY, WRONGLY, OVER)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant(build_index([document_from_text("通气会", METRO)], load_embedder(None)), AlignmentReader())


@pytest.fixture(scope="module")
def outcomes(assistant: Assistant) -> list[Outcome]:
    return list(evaluate(assistant, EXAMPLES))


# ——— one outcome


def test_every_example_has_its_outcome_in_order(outcomes: list[Outcome]) -> None:
    assert [(outcome.example, outcome.verdict) for outcome in outcomes] == list(zip(EXAMPLES, ["right", "wrong", "refused rightly", "refused wrongly", "right"], strict=True))
    assert [outcome.answer.short for outcome in outcomes] == ["58条", "36.5公里", "", "", "41个"]
    assert all(outcome.quotes_exact and outcome.unquoted == () and outcome.latency_ms > 0 for outcome in outcomes)


def test_an_outcome_holds_its_scores(outcomes: list[Outcome]) -> None:
    right, wrong, rightly, wrongly, over = outcomes
    assert (right.exact, right.f1, right.contained, right.citations_right, right.wants_cited) == (True, 1.0, True, (True,), 1.0)
    assert wrong.f1 == pytest.approx(2 / 3)  # 36.5, 公, 里 beside 99, 公, 里
    assert (wrong.exact, wrong.contained, wrong.citations_right, wrong.wants_cited) == (False, False, (True,), 1.0)
    assert (rightly.citations_right, rightly.wants_cited, rightly.ranking) == ((), None, None)
    assert (wrongly.f1, wrongly.wants_cited, wrongly.ranking) == (0.0, 0.0, Ranking(0.0, 0.0, 0.0, 0.0))
    assert right.ranking == over.ranking == Ranking(1.0, 1.0, 1.0, 1.0)
    assert [considered.right for considered in right.considered].count(True) == 1
    assert right.considered[0].hit.score >= right.considered[-1].hit.score
    assert over.considered[0].hit.passage.text == PARKS


def test_an_overview_is_known_by_what_it_cites(assistant: Assistant) -> None:
    bus, metro, none = ((Evidence("公交线路58条"),), (Evidence("地铁里程36.5公里"),), (Evidence("没有这句"),))
    asked = replace(RIGHT, answers=())
    found = [next(evaluate(assistant, [replace(asked, evidence=wanted)])) for wanted in ((bus,), (bus, metro), (metro,), (bus, none), (bus, metro, (Evidence("# 通气会"),)))]
    assert [(outcome.verdict, outcome.wants_cited, outcome.lost) for outcome in found] == [
        ("right", 1.0, ()), ("right", 0.5, ()), ("wrong", 0.0, ()), ("right", 1.0, ("没有这句",)), ("wrong", 1 / 3, ())
    ]  # fmt: skip


# ——— many


def test_the_summary_counts_and_takes_shares(outcomes: list[Outcome]) -> None:
    summary = summarize(outcomes)
    total, scores = summary.total, summary.total.scores
    assert (total.questions, total.right, total.wrong, total.refused_rightly, total.refused_wrongly) == (5, 2, 1, 1, 1)
    assert (scores.accuracy, scores.right, scores.contained, scores.exact) == (0.6, 0.5, 0.5, 0.5)
    assert scores.f1 == pytest.approx((1 + 2 / 3 + 0 + 1) / 4)
    assert (scores.refusal_recall, scores.refusal_precision, scores.refusal_reason, scores.false_refusals) == (1.0, 0.5, 1.0, 0.25)
    assert (scores.citation_precision, scores.citation_recall, scores.quotes_exact, scores.figures_quoted) == (1.0, 1.0, 1.0, 1.0)
    assert (scores.recall_at_1, scores.recall_at_10, scores.mrr) == (0.75, 0.75, 0.75)
    times = sorted(outcome.latency_ms for outcome in outcomes)
    assert scores.latency_p50 == pytest.approx(times[2])
    assert scores.latency_p95 == pytest.approx(times[3] + 0.8 * (times[4] - times[3]))
    assert sum(bin.count for bin in summary.calibration) == 3
    assert [(group.name, group.questions) for group in summary.kinds] == [("figure", 2), ("absent", 1), (WRONGLY.kind, 1)]
    assert [(group.name, group.questions) for group in summary.languages] == [("zh", 5)]
    assert [(group.name, group.right, group.wrong) for group in summary.documents] == [("通气会", 1, 1)]


def test_scores_show_what_is_spoilt(outcomes: list[Outcome]) -> None:
    spoilt = replace(outcomes[0], citations_right=(True, False), quotes_exact=False, unquoted=("9",), wants_cited=0.5)
    scores = summarize([spoilt, outcomes[1]]).total.scores
    assert (scores.citation_precision, scores.quotes_exact, scores.figures_quoted, scores.citation_recall) == (2 / 3, 0.5, 0.5, 0.75)


def test_nothing_has_no_scores() -> None:
    summary = summarize([])
    assert summary.total.questions == 0
    assert {getattr(summary.total.scores, field.name) for field in fields(Scores)} == {None}
    assert "–" in as_text(summary, None)


def test_every_score_has_its_label_and_its_line(outcomes: list[Outcome]) -> None:
    assert list(LABELS) == [field.name for field in fields(Scores)]
    lines = as_text(summarize(outcomes), None).splitlines()
    assert lines[0] == "5 questions"
    assert "right               0.500  right, of the answerable" in lines
    assert [line.split() for line in lines if line.startswith("figure ")] == [["figure", "2", "1", "1", "0", "0", "0.833"]]


def test_floors(outcomes: list[Outcome]) -> None:
    summary = summarize(outcomes)
    assert check_floors(summary, [parse_floor("right=0.5"), parse_floor("mrr=.7")]) == []
    assert check_floors(summary, [parse_floor("right=0.8"), parse_floor("mrr=0.9")]) == ["right is 0.500 and must be at least 0.8", "mrr is 0.750 and must be at least 0.9"]
    assert "no value" in check_floors(summarize(outcomes[:1]), [("refusal_recall", 0.5)])[0]


@pytest.mark.parametrize("text", ["right", "right=", "right=x", "right=1.5", "right=nan", "wright=0.5", "false_refusals=0.5", "latency_p50=0.5"])
def test_a_floor_that_guards_nothing_is_refused(text: str) -> None:
    with pytest.raises(QuestionError, match="--fail-under"):
        parse_floor(text)


# ——— the page


class Tags(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_begins_with_what_went_wrong_escapes_everything_and_reaches_for_nothing(outcomes: list[Outcome]) -> None:
    page = Tags(make_page("<u>问题", outcomes, summarize(outcomes), None))
    articles = [attributes for tag, attributes in page.found if tag == "article"]
    assert [(article["data-verdict"], article["data-kind"]) for article in articles] == [
        ("wrong", "figure"), ("refused wrongly", WRONGLY.kind), ("right", "figure"), ("right", ""), ("refused rightly", "absent")
    ]  # fmt: skip
    assert [tag for tag, _ in page.found if tag in ("b", "i", "u", "link", "img", "iframe")] == []
    assert [attributes for tag, attributes in page.found if tag == "script"] == [{}]
    assert not [attributes for _, attributes in page.found if {"src", "href", "action", "onload"} & set(attributes)]
    assert "default-src 'none'" in str(page.found)
    assert WRONGLY.question in page.text
    assert "36.5公里" in page.text
    assert "url(" not in page.text
    assert "@import" not in page.text
    missed = [tag for tag, _ in page.found if tag == "details"]
    assert len(missed) == 2  # the passages of the two that were missed


# ——— the command


def write(path: Path, *lines: dict[str, Any] | str) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(tmp_path / "cache"))
    write(tmp_path / "通气会.md", METRO)
    write(tmp_path / "问.jsonl", {"id": "a", "question": RIGHT.question, "answers": ["58条"], "kind": "figure"}, {"id": "b", "question": WRONG.question, "answers": ["99公里"]})
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["evaluate", *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_command_prints_a_table_and_writes_a_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "问.jsonl", "--documents", "通气会.md", "--report", "报告/一")
    assert (status, err) == (0, "")
    assert out.startswith("2 questions\naccuracy            0.500")
    rows = [json.loads(line) for line in (here / "报告/一/rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["verdict"], row["expected"]["answers"]) for row in rows] == [("a", "right", ["58条"]), ("b", "wrong", ["99公里"])]
    for row in rows:
        assert row["record"]["citations"][0]["quote"] in METRO
        for passage in row["considered"]:
            assert passage["text"] == METRO[passage["start"] : passage["end"]] != ""
            assert {"score", "cosine", "lexical", "right"} <= set(passage)
    summary = json.loads((here / "报告/一/summary.json").read_text(encoding="utf-8"))
    assert (summary["questions"], summary["total"]["scores"]["right"], summary["comparison"]) == ("问.jsonl", 0.5, None)
    assert summary["kinds"][0]["name"] == "figure"
    assert (here / "报告/一/report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_command_compares_with_a_baseline_even_in_the_same_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for told in ("", "no difference can be told: 0 better, 0 worse of 2, p = 1.00"):
        status, out, err = run(capsys, "问.jsonl", "--documents", "通气会.md", "--report", "报告", *(["--baseline", "报告"] if told else []))
        assert (status, err) == (0, "")
        assert out.splitlines()[-1].startswith(told)
    assert json.loads((here / "报告/summary.json").read_text(encoding="utf-8"))["comparison"]["p"] == 1.0
    assert "Against the baseline" in (here / "报告/report.html").read_text(encoding="utf-8")


def test_a_score_below_its_floor_fails_with_both_values_in_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert here == Path.cwd()
    assert run(capsys, "问.jsonl", "--documents", "通气会.md", "--fail-under", "right=0.5", "--fail-under", "quotes_exact=1")[0] == 0
    status, out, err = run(capsys, "问.jsonl", "--documents", "通气会.md", "--fail-under", "right=0.8", "mrr=0.5")
    assert (status, err) == (1, "briefing-qa: 问.jsonl: right is 0.500 and must be at least 0.8\n")
    assert out.startswith("2 questions")


def test_lines_that_cannot_be_read_are_told_and_fail_at_the_end(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = ({"id": "a", "question": RIGHT.question, "answers": ["58条"], "evidence": ["没有这句"]}, "{这不是 JSON", {"id": "c", "question": " "}, {"id": "d", "question": RIGHTLY.question, "answerable": False})
    write(here / "坏.jsonl", *lines)
    status, out, err = run(capsys, "坏.jsonl", "--documents", "通气会.md", "--report", "报告")
    assert status == 1
    assert out.startswith("2 questions\naccuracy            1.000")
    told = [re.sub(r"(line \d|\d questions|\d slices).*", r"\1", line) for line in err.splitlines()]
    assert told == [f"briefing-qa: 坏.jsonl: {where}" for where in ("line 2", "line 3", "1 slices", "2 questions")]
    assert len((here / "报告/rows.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    write(here / "空.jsonl", "{")
    status, out, err = run(capsys, "空.jsonl", "--documents", "通气会.md")
    assert (status, out) == (1, "")
    assert "no question" in err


def test_squad_brings_its_own_documents(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paragraphs = [{"id": id, "context": text, "qas": [{"id": f"{id}-1", "question": question, "answers": [{"text": answer, "answer_start": text.index(answer)}]}]} for id, text, question, answer in (("甲", PARKS, "2023年新建口袋公园多少个？", "41个"), ("乙", "2023年，全市植树12.6万株。", "2023年植树多少株？", "12.6万株"))]
    write(here / "s.json", json.dumps({"data": [{"paragraphs": paragraphs}]}, ensure_ascii=False, indent=2))
    status, out, err = run(capsys, "s.json", "--report", "报告")
    assert (status, err) == (0, "")
    assert out.startswith("2 questions\n")
    assert "recall_at_1         1.000" in out
    rows = [json.loads(line) for line in (here / "报告/rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["document"], row["considered"][0]["document"]) for row in rows] == [("甲", "甲"), ("乙", "乙")]
    assert {passage["document"] for passage in rows[0]["considered"]} == {"甲", "乙"}
    status, out, _ = run(capsys, "s.json", "--documents", "通气会.md")
    assert status == 0
    assert out.startswith("2 questions\naccuracy            0.000")


def test_what_was_written_stays_when_the_run_is_stopped(here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(capsys, "问.jsonl", "--documents", "通气会.md", "--report", "报告")[0] == 0
    asked: list[str] = []
    rows = here / "报告" / "rows.jsonl"
    ask = Assistant.ask

    def stop(self: Assistant, question: str, history: Sequence[str] = ()) -> Any:
        asked.append(question)
        if len(asked) > 1:
            assert rows.read_text(encoding="utf-8").startswith('{"id": "a"')  # already on the disk
            raise KeyboardInterrupt
        return ask(self, question, history)

    monkeypatch.setattr(Assistant, "ask", stop)
    status, out, err = run(capsys, "问.jsonl", "--documents", "通气会.md", "--report", "报告")
    assert (status, out) == (130, "")
    assert "stopped" in err
    assert sorted(path.name for path in (here / "报告").iterdir()) == ["rows.jsonl"]
    assert [json.loads(line)["id"] for line in rows.read_text(encoding="utf-8").splitlines()] == ["a"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["没有.jsonl"], "没有.jsonl"),
        (["问.jsonl", "--baseline", "没有"], "没有/rows.jsonl"),
        (["问.jsonl", "--fail-under", "wright=1"], "wright=1"),
        (["问.jsonl", "--report", "问.jsonl/报告"], "问.jsonl/报告"),
    ],
    ids=["questions", "baseline", "floor", "report"],
)
def test_what_is_missing_is_told_before_the_work(here: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], named: str) -> None:
    assert (here / "问.jsonl").is_file()
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (1, "")
    assert err.startswith("briefing-qa: ")
    assert named in err
    assert err.count("\n") == 1
    assert not (here / "cache").exists()
