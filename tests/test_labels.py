"""Labels that no list of surnames foresees, conventions that a transcript mixes, and reporters whom only their questions give away."""

from __future__ import annotations

import pytest

from documents.read import document_from_text
from documents.turns import split_turns

LONG = "全市今年新改建农村公路二百一十公里，完成全年任务的八成，其余部分将在十月底以前完工。"


def spoken(text: str) -> list[tuple[str, str, str]]:
    """Role, speaker and office of every turn that somebody takes."""
    return [(turn.role, turn.speaker, turn.title) for turn in split_turns(document_from_text("t", text)) if turn.role in ("question", "answer", "statement") and turn.speaker]


def test_a_name_of_no_listed_surname_answers_a_question() -> None:
    text = f"记者：公路修得怎么样？\n\n辇怀谷：{LONG}\n\n记者：明年呢？\n\n辇怀谷：{LONG}"
    assert spoken(text) == [("question", "记者", ""), ("answer", "辇怀谷", "")] * 2


def test_a_name_of_no_listed_surname_has_an_office() -> None:
    text = f"出席：市交通局局长辇怀谷，市水务局副局长（主持工作）晏文竹\n\n主持人：请两位介绍。\n\n辇怀谷：{LONG}\n\n晏文竹：{LONG}"
    assert spoken(text)[1:] == [("statement", "辇怀谷", "市交通局局长"), ("statement", "晏文竹", "市水务局副局长")]


def test_a_word_before_a_colon_is_nobody() -> None:
    text = f"记者：公路修得怎么样？\n\n祝华年：{LONG}\n\n文化：书声、琴声、叫好声\n\n记者：剧场呢？\n\n祝华年：{LONG}\n\n难点：{LONG}"
    assert {speaker for _, speaker, _ in spoken(text)} == {"记者", "祝华年"}


def test_frames_and_colons_in_one_transcript() -> None:
    text = f"出席：董事长严柏川，总裁宋以恒\n\n主持人：下午好。\n\n【严柏川】{LONG}\n\n【宋以恒】{LONG}\n\n《车界》记者：卖了多少？\n\n宋以恒：{LONG}\n\n严柏川：{LONG}"
    assert [s for s in spoken(text) if s[1] in ("严柏川", "宋以恒")] == [
        ("statement", "严柏川", "董事长"),
        ("statement", "宋以恒", "总裁"),
        ("answer", "宋以恒", "总裁"),
        ("answer", "严柏川", "董事长"),
    ]


def test_who_asks_and_who_answers_may_stand_before_the_colon() -> None:
    text = f"局长荀明谦首先通报了情况。\n\n檀州日报记者窦文远问：球赛有多少场？\n\n荀明谦答：{LONG}\n\n《文旅观察》记者匡小满问：票好买吗？\n\n荀明谦答：{LONG}"
    assert [role for role, _, _ in spoken(text)] == ["question", "answer", "question", "answer"]
    assert {speaker for role, speaker, _ in spoken(text) if role == "answer"} == {"荀明谦"}


@pytest.mark.parametrize("opening", ["有记者提问：“", "问答环节，《岭湾商报》记者抛出第一个问题：“", "一位电视台记者追问：“"])
def test_an_answer_without_a_label_is_no_question(opening: str) -> None:
    text = f"发布会昨天举行。{LONG}\n\n{opening}听说只修了五十公里，是这样吗？”\n\n“不是。”赵启明回应，{LONG}\n\n{LONG}"
    turns = split_turns(document_from_text("t", text))
    roles = {text[turn.start : turn.start + 4]: turn.role for turn in turns}
    assert [turn.role for turn in turns] == ["statement", "question", "answer"], roles


def test_a_courtesy_after_the_question_is_still_the_reporter_s() -> None:
    text = f"记者：公路修得怎么样？\n\n谢谢。\n\n祝华年：{LONG}"
    assert [turn.role for turn in split_turns(document_from_text("t", text))] == ["question", "answer"]


def test_whoever_only_asks_is_a_reporter() -> None:
    said = "We delivered 412,000 cars last year, and the foundry stays open until 2027."
    text = f"Present: Renata Holm, Chief Executive; Marcus Idowu, Chief Financial Officer\n\nModerator: Good morning.\n\nRENATA HOLM: {said}\n\nMOTORWOCHE: You lost 300 million on the Aro. When will it earn money?\n\nMARCUS IDOWU: {said}\n\nTAGBLATT: Is the foundry next? There are 1,100 jobs there.\n\nRENATA HOLM: {said}"
    found = spoken(text)
    assert [role for role, _, _ in found][-4:] == ["question", "answer", "question", "answer"]
    assert {title for _, speaker, title in found if speaker == "RENATA HOLM"} == {"Chief Executive"}


def test_an_office_before_an_english_name() -> None:
    text = "Speakers: Governor Ilse Tarnow; Chief Economist Dr Oona Reyle\n\nModerator: Good afternoon.\n\nDr Reyle: Inflation slowed to 2.6 per cent."
    assert ("statement", "Dr Reyle", "Chief Economist") in spoken(text)
