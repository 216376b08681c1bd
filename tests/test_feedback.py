"""Votes on answers: read strictly, written as whole lines, and good as questions for the evaluation."""

from __future__ import annotations

import json
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from test_page import make_answer, make_document, make_question, make_refusal

from chat.feedback import REASONS, FeedbackError, Vote, append, feedback_file, read_vote, to_line
from qa.assistant import Assistant
from qa.evaluate import evaluate, run_evaluation
from qa.questions import read_examples
from qa.types import Claim

QUESTIONS = {"简报": ("五个稳是哪五个？", "2023年铁路投资是多少？"), "茶乡": ("茶园面积是多少？",)}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_voted_up_is_right_in_the_next_evaluation(assistants: dict[str, Assistant], tmp_path: Path, name: str) -> None:
    file = tmp_path / "feedback.jsonl"
    for question in QUESTIONS[name]:
        append(to_line(Vote(1, up=True), assistants[name].ask(question), [], "", ""), file)
    read = read_examples(file)
    assert (len(read.examples), read.faults, read.undecided) == (len(QUESTIONS[name]), (), 0)
    for outcome in evaluate(assistants[name], read.examples):
        assert outcome.verdict in ("right", "refused rightly")
        assert all(outcome.citations_right)
        assert outcome.lost == ()


def test_what_a_vote_says_of_the_right_answer() -> None:
    document = make_document()
    answer = make_answer(document, "9.1%", "管网漏损率降到9.1%。")
    several = make_answer(document, "节水；治污", "一是节水。", "二是治污。", claims=(Claim("节水", (0,)), Claim("治污", (1,))))
    overview = make_answer(document, "节水", "一是节水。", question=make_question("概述", asks="overview"))
    cases = [
        (Vote(1, True), answer, (True, ["9.1%"], ["管网漏损率降到9.1%。"])),
        (Vote(1, True), several, (True, None, ["一是节水。", "二是治污。"])),
        (Vote(1, True), overview, (True, [], ["一是节水。"])),
        (Vote(1, True), make_refusal(document), (False, [], None)),
        (Vote(1, False, "should_refuse"), answer, (False, [], None)),
        (Vote(1, False, "should_refuse", "9%"), answer, (False, [], None)),
        (Vote(1, False, "should_answer", " 5.2亿吨 "), make_refusal(document), (True, ["5.2亿吨"], None)),
        (Vote(1, False, "quote", "9.2%"), answer, (True, ["9.2%"], None)),
        (Vote(1, False, "off"), answer, (None, [], None)),
    ]
    for vote, given, expected in cases:
        line = to_line(vote, given, ["a"], "2024", "c")
        assert (line["answerable"], line.get("answers"), line.get("evidence")) == expected, vote
        assert (line["history"], line["record"]["answer"]) == (["a"], given.short)
    assert to_line(Vote(1, True), several, [], "", "")["items"] == ["节水", "治污"]


@pytest.mark.parametrize(
    "message",
    ["", "null", "[]", "{}", '{"turn": 1}', '{"turn": "1", "up": true}', '{"turn": true, "up": true}', '{"turn": 1, "up": 1}', '{"turn": 1, "up": false}', '{"turn": 1, "up": false, "reason": "x"}',
     '{"turn": 1, "up": false, "reason": []}', '{"turn": 1, "up": true, "note": 5}', json.dumps({"turn": 1, "up": True, "note": "长" * 1001})],
)  # fmt: skip
def test_what_is_no_vote_is_refused(message: str) -> None:
    with pytest.raises(FeedbackError):
        read_vote(message)


def test_every_reason_is_a_vote() -> None:
    assert [read_vote(json.dumps({"turn": 2, "up": False, "reason": reason})).reason for reason in REASONS] == list(REASONS)


def test_lines_stay_whole_when_many_write_and_after_one_was_cut_off(tmp_path: Path) -> None:
    file = tmp_path / "new" / "feedback.jsonl"
    file.parent.mkdir()
    file.write_text('{"cut": "of')
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: append({"n": n, "text": "\ud800长\n" * 500}, file), range(40)))
    lines = file.read_bytes().splitlines()
    assert lines[0] == b'{"cut": "of'
    assert sorted(json.loads(line)["n"] for line in lines[1:]) == list(range(40))


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_only_the_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "feedback.jsonl"
    append({}, file)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FeedbackError, match=r"file/x\.jsonl.*--feedback"):
        append({}, tmp_path / "file" / "x.jsonl")


def test_its_place_follows_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert feedback_file() == tmp_path / "briefing-qa" / "feedback.jsonl"


def test_the_evaluation_says_how_many_lines_nobody_has_decided(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("BRIEFING_QA_CACHE", str(cache))
    file = tmp_path / "feedback.jsonl"
    append({"id": "1", "question": "茶园？", "answerable": None}, file)
    append({"id": "2", "question": "2023年火星人口是多少？", "answerable": False}, file)
    run_evaluation(file, [str(Path(__file__).parent / "texts" / "茶乡.txt")], None, None, None, None, [], lambda *_: None)
    assert "1 questions whose 'answerable' is null are left out" in capsys.readouterr().err
