"""Turns: who speaks where, in every make of transcript; and articles where nobody does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from scraps import TEXTS, make

from documents.turns import split_turns

BODY = "今年以来，各项工作平稳推进，主要指标好于预期，结构不断优化。"


def heard(text: str) -> list[tuple[str, str, str]]:
    """Role, speaker and words of each turn."""
    return [(t.role, t.speaker, text[t.body : t.end]) for t in split_turns(make(text))]


def titles(text: str) -> dict[str, str]:
    return {t.speaker: t.title for t in split_turns(make(text)) if t.speaker}


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_turns_cover_all_but_white_space_in_order(text: str) -> None:
    covered = 0
    for turn in split_turns(make(text)):
        assert covered <= turn.start < turn.end <= len(text)
        assert turn.start <= turn.body <= turn.end
        assert not text[covered : turn.start].strip()
        covered = turn.end
    assert not text[covered:].strip()


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_only_headings_have_levels_and_only_speakers_titles(text: str) -> None:
    for turn in split_turns(make(text)):
        assert (turn.level > 0) == (turn.role == "heading")
        assert turn.speaker == turn.speaker.strip()
        if turn.role in ("heading", "notice"):
            assert not turn.speaker
            assert not turn.title


def test_markdown_headings_with_reporters_and_officials() -> None:
    text = f"# 发布会\n\n## 生产\n\n记者：今年怎么样？\n\n辛明：{BODY}\n\n还有一点。\n\n## 消费\n\n记者：明年呢？\n\n李 明：{BODY}\n"
    assert heard(text) == [
        ("heading", "", "发布会"),
        ("heading", "", "生产"),
        ("question", "记者", "今年怎么样？"),
        ("answer", "辛明", f"{BODY}\n\n还有一点。"),
        ("heading", "", "消费"),
        ("question", "记者", "明年呢？"),
        ("answer", "李明", BODY),
    ]


def test_a_plain_transcript_with_a_moderator() -> None:
    text = (
        f"主持人 王海（新闻局副局长）：大家上午好。今天请到了林业局局长赵立。\n赵立（林业局局长）：{BODY}\n"
        f"南方日报记者：请问面积多少？\n赵立：{BODY}\n王海：谢谢。请继续提问。\n《科技日报》记者：请问进展如何？\n张 华（司长）：{BODY}\n"
    )
    assert [(role, who) for role, who, _ in heard(text)] == [
        ("statement", "王海"), ("statement", "赵立"), ("question", "南方日报记者"), ("answer", "赵立"),
        ("answer", "王海"), ("question", "《科技日报》记者"), ("answer", "张华"),
    ]  # fmt: skip
    assert titles(text) == {"王海": "新闻局副局长", "赵立": "林业局局长", "张华": "司长", "南方日报记者": "", "《科技日报》记者": ""}


@pytest.mark.parametrize(
    ("ask", "reply"), [("问：", "答："), ("Q: ", "A: "), ("Q1：", "A1："), ("QUESTION: ", "ANSWER: "), ("有记者问：", "毛宁："), ("**问：**", "**答：**")]
)
def test_questions_and_answers(ask: str, reply: str) -> None:
    turns = heard(f"{ask}能否介绍一下？\n\n{reply}{BODY}\n\n{ask}Why now?\n\n{reply}{BODY}")
    assert [(role, words) for role, _, words in turns] == [("question", "能否介绍一下？"), ("answer", BODY), ("question", "Why now?"), ("answer", BODY)]


def test_foreign_ministry_style_names_outlets_without_the_word_reporter() -> None:
    text = f"彭博社：美方宣布了新措施，中方对此有何评论？\n毛宁：{BODY}\n凤凰卫视：请问有何消息？\n毛宁：{BODY}\n"
    assert [(role, who) for role, who, _ in heard(text)] == [("question", "彭博社"), ("answer", "毛宁"), ("question", "凤凰卫视"), ("answer", "毛宁")]


def test_english_transcripts() -> None:
    text = "MODERATOR: Good morning.\nJane Smith (Minister of Health): We act.\nReuters: Why now?\nJane Smith: Because.\nJohn Doe, Chief Economist: Yes.\nMODERATOR: Thanks.\n"
    assert [(role, who) for role, who, _ in heard(text)] == [
        ("statement", "MODERATOR"), ("statement", "Jane Smith"), ("question", "Reuters"), ("answer", "Jane Smith"), ("answer", "John Doe"), ("statement", "MODERATOR"),
    ]  # fmt: skip
    assert titles(text) == {"MODERATOR": "", "Jane Smith": "Minister of Health", "Reuters": "", "John Doe": "Chief Economist"}


@pytest.mark.parametrize(
    ("label", "speaker"),
    [("**李明：**", "李明"), ("**李明**：", "李明"), ("**李明**（局长）：", "李明"), ("__李明__：", "李明"), ("李 明：", "李明"), ("李　明：", "李明"),
     ("买买提·艾山：", "买买提·艾山"), ("欧阳明华：", "欧阳明华"), ("副局长李明：", "李明"), ("李明教授:", "李明"), ("外交部发言人：", "外交部发言人")],
)  # fmt: skip
def test_spellings_of_a_label(label: str, speaker: str) -> None:
    assert heard(f"记者：好吗？\n{label}很好。")[1] == ("answer", speaker, "很好。")


def test_a_traditional_transcript() -> None:
    text = "今天請到經濟部部長陳明。\n\n記者：請問今年的經濟增長率是多少？\n\n陳明：今年增長百分之三。\n\n記者：明年呢？\n\n陳明：尚未公佈。\n"
    assert [(role, who) for role, who, _ in heard(text)] == [("statement", ""), *[("question", "記者"), ("answer", "陳明")] * 2]
    assert titles(text)["陳明"] == "經濟部部長"


@pytest.mark.parametrize(
    "line",
    ["时间：3月5日上午10时", "总体看：形势稳定。", "其中：东部增长。", "http://www.example.com/a", "10:30 会议开始。", "他说：“很好。”", "王军说：“很好。”",
     "国家统计局局长王军说：“很好。”", "刘强告诉记者：“很好。”", "责任编辑：王小明", "记者：王小明", "中央气象台：西南有雨。", "天气预报：明天有雨吗？",
     "警情通报：7月2日，一人被捕。", "官网：www.example.com", "原标题：增长", "关键词：增长", "Note: this is one.", "GDP：增长5%。", "COMEX黄金：上涨。", "图：新华社"],
)  # fmt: skip
def test_a_colon_alone_makes_no_speaker(line: str) -> None:
    assert heard(f"{BODY}\n\n{line}\n\n{BODY}") == [("statement", "", f"{BODY}\n\n{line}\n\n{BODY}")]


@pytest.mark.parametrize("line", ["时间：3月5日。", "他说：“很好。”", "刘强告诉记者：“很好。”", "其中：东部增长。", "项目：三个。", "Source: us.", "COMEX黄金：上涨。"])
def test_nor_does_it_within_a_transcript(line: str) -> None:
    text = f"记者：怎么样？\n李明：{BODY}\n{line}\n{BODY}"
    assert heard(text)[1:] == [("answer", "李明", f"{BODY}\n{line}\n{BODY}")]


def test_an_article_without_speakers_is_one_statement() -> None:
    article = f"本报讯 {BODY}\n\n统计局副局长李明表示，{BODY}\n\n“我们有信心。”李明说。"
    assert heard(article) == [("statement", "", article)]


def test_a_deeper_heading_keeps_the_speaker_and_one_of_the_same_level_ends_him() -> None:
    text = f"# 会\n\n## 甲\n\n李明（局长）：{BODY}\n\n### 一\n\n第一段。\n\n### 二\n\n第二段。\n\n## 乙\n\n第三段。\n"
    assert [(role, who) for role, who, _ in heard(text) if role != "heading"] == [("statement", "李明")] * 3 + [("statement", "")]
    assert {t.title for t in split_turns(make(text)) if t.speaker} == {"局长"}


def test_a_heading_between_question_and_answer_ends_the_question() -> None:
    assert [role for role, _, _ in heard(f"# 会\n\n## 甲\n\n记者：好吗？\n\n## 乙\n\n李明（局长）：{BODY}")][-1] == "statement"


def test_plain_text_headings() -> None:
    text = f"2024年工作情况\n\n李明\n\n一、总体情况\n\n{BODY}\n\n第二部分 下一步打算\n好。\n\n存在的问题\n\n{BODY}\n"
    assert [words for role, _, words in heard(text) if role == "heading"] == ["2024年工作情况", "李明", "一、总体情况", "第二部分 下一步打算", "存在的问题"]


def test_a_heading_right_above_its_paragraph() -> None:
    assert [words for role, _, words in heard(f"工作情况\n{BODY}\n存在的问题\n{BODY}") if role == "heading"] == ["工作情况", "存在的问题"]


@pytest.mark.parametrize("text", ["汽车产业是重要的支柱产业近年\n来的发展受到国内外的广泛关注\n成为媒体关注的热点问题之一了\n今年继续保持。", "各地的情况是，\n一、二线城市房价回升\n其他城市持平。", "| 年 | 量 |\n|---|---|\n| 甲 | 3 |\n", f"{BODY}\n\n北京市\n\n上海市\n\n天津市\n\n重庆市\n\n{BODY}\n"])
def test_broken_lines_and_tables_are_no_headings(text: str) -> None:
    assert [role for role, _, _ in heard(text)] == ["statement"]


def test_a_notice_at_the_head_stands_apart() -> None:
    text = "# 会\n\n> 说明：本文为转述。\n> 不是原话。\n\n记者：好吗？\n\n> 说明：后面的不算。\n"
    assert [(role, words) for role, _, words in heard(text)] == [
        ("heading", "会"), ("notice", "> 说明：本文为转述。\n> 不是原话。"), ("question", "好吗？\n\n> 说明：后面的不算。"),
    ]  # fmt: skip
    assert [role for role, _, _ in heard(f"# 会\n\n> 说明：本文为转述。\n{BODY}")] == ["heading", "notice", "statement"]


@pytest.mark.parametrize(
    ("introduction", "title"),
    [("出席的有住房和城乡建设部副部长张三、司长李明，介绍情况。", "司长"), ("住房和城乡建设部副部长李明和司长张三出席。", "住房和城乡建设部副部长"),
     ("今天我们请到了国家统计局局长李明。", "国家统计局局长"), ("工信部党组成员、副部长李 明介绍情况。", "工信部党组成员、副部长"),
     ("李明（外交部发言人）主持。", "外交部发言人"), ("参加会议的中国人民银行行长李明。", "中国人民银行行长"), ("李明出席。", "")],
)  # fmt: skip
def test_the_title_is_the_one_the_introduction_gives(introduction: str, title: str) -> None:
    assert titles(f"# 会\n\n{introduction}\n\n记者：好吗？\n\n李明：很好。")["李明"] == title


HEAD = "时间：2024年5月8日15时\n地点：市民中心二楼，东厅\n出席：副市长　李明\n　　　水务局局长　赵立\n主持：市新闻办主任　王海"


@pytest.mark.parametrize("frame", ["【{}】\n", "[{}]\n", "［{}］\n", "**{}**\n\n", "__{}__\n", "{}：\n", "**{}：**\n", "【{}】：\n"])
def test_labels_on_a_line_of_their_own(frame: str) -> None:
    talk = [("王海", "大家好。"), ("李明", f"　　{BODY}\n　　还有一点。"), ("晨报记者", "请问，\n水够吗？"), ("赵立", BODY), ("李明", "补充一句。"), ("王海", "再见。")]
    text = f"供水发布会实录\n\n{HEAD}\n\n" + "\n".join(frame.format(who) + said + "\n" for who, said in talk)
    assert heard(text) == [
        ("heading", "", "供水发布会实录"), ("statement", "", HEAD), ("statement", "王海", "大家好。"), ("statement", "李明", f"{BODY}\n　　还有一点。"),
        ("question", "晨报记者", "请问，\n水够吗？"), ("answer", "赵立", BODY), ("answer", "李明", "补充一句。"), ("statement", "王海", "再见。"),
    ]  # fmt: skip
    assert titles(text) == {"王海": "市新闻办主任", "李明": "副市长", "赵立": "水务局局长", "晨报记者": ""}


def test_an_english_transcript_with_labels_in_brackets() -> None:
    head = "Time: 3 p.m., 6 March 2025\nPlace: Town Hall\nPresent:\n- Jane Doe, Director of Trade, Industry and Energy\n- Dr John Roe (Chief Economist)\nChair: Ann Lee, Head of Communications"
    text = f"Trade briefing\n\n{head}\n\n[Ann Lee]\nGood morning.\n\n[Calder Gazette]\nWhy now?\n\n[Jane Doe]\nBecause.\n\n[Dr John Roe]\nIt works.\n\n[Ann Lee]\nThanks.\n"
    assert heard(text) == [
        ("heading", "", "Trade briefing"), ("statement", "", head), ("statement", "Ann Lee", "Good morning."), ("question", "Calder Gazette", "Why now?"),
        ("answer", "Jane Doe", "Because."), ("answer", "Dr John Roe", "It works."), ("statement", "Ann Lee", "Thanks."),
    ]  # fmt: skip
    assert titles(text) == {"Ann Lee": "Head of Communications", "Calder Gazette": "", "Jane Doe": "Director of Trade, Industry and Energy", "Dr John Roe": "Chief Economist"}


def test_offices_and_a_moderator_within_the_frame() -> None:
    text = "【主持人 王海】\n大家好。\n【副市长　李明】\n好。\n【赵立（水务局局长）】\n很好。\n【网友】\n水够吗？\n【赵立】\n够。"
    assert [(role, who) for role, who, _ in heard(text)] == [("statement", "王海"), ("statement", "李明"), ("statement", "赵立"), ("question", "网友"), ("answer", "赵立")]
    assert titles(text) == {"王海": "主持人", "李明": "副市长", "赵立": "水务局局长", "网友": ""}


@pytest.mark.parametrize(
    "text",
    [
        "**Key Findings**\n\nExports rose.\n\n**Next Steps**\n\nMore.\n\n**Key Findings**\n\nWhy less?\n\n**Next Steps**\n\nMore.",
        f"【原油】\n{BODY}\n【金价】\n{BODY}\n【原油】\n{BODY}\n【金价】\n涨了吗？{BODY}",
        f"【本报记者 李明】\n今年怎么样？{BODY}\n【编者按】\n{BODY}",
        f"【記者李明／澄湖報導】{BODY}\n\n何时再来？{BODY}",
        f"[Jane Doe](https://a.b/c) writes.\n\n[Jane Doe]: https://a.b/c.\n\n**李明**表示，{BODY}",
        f"**Coal (Mt)**\n\n{BODY}\n\n**Gas, Oil and Wind**\n\nWhy?",
    ],
)
def test_a_frame_alone_makes_no_speaker(text: str) -> None:
    assert {(role, who) for role, who, _ in heard(text)} == {("statement", "")}


@pytest.mark.parametrize("line", ["主持人：王海", "主持：新闻办主任　王海", "主持人：王海、李明", "Moderator: Ann Lee", "Chair: Ann Lee (Head of Press)", "发言人：赵立"])
def test_a_head_names_people_and_lets_nobody_speak(line: str) -> None:
    text = f"{line}\n\n记者：水够吗？\n赵立：{BODY}"
    assert [(role, who) for role, who, _ in heard(text)] == [("statement", ""), ("question", "记者"), ("answer", "赵立")]


@pytest.mark.parametrize("said", ["大家好。", "谢谢", "各位早上好", "Hello. Welcome.", "Good morning.", "Thanks."])
def test_a_moderator_who_speaks_is_no_credit(said: str) -> None:
    assert heard(f"主持人：{said}\n记者：水够吗？\n赵立：{BODY}")[0] == ("statement", "主持人", said)


def test_a_chair_who_answers_the_question_is_heard_as_answering() -> None:
    assert [role for role, _, _ in heard(f"主持：发言人　王海\n\n王海：大家好。\n记者：水够吗？\n王海：{BODY}")] == ["statement", "statement", "question", "answer"]


@pytest.mark.parametrize(
    ("line", "name", "title"),
    [("李明　副市长", "李明", "副市长"), ("- 李明，市水务局局长", "李明", "市水务局局长"), ("出席：李明（副市长）", "李明", "副市长"), ("出席：副市长　王海　局长　李明", "李明", "局长"),
     ("With us are Jane Doe, director of the Harbour, and John Roe, its chief engineer.", "John Roe", "chief engineer"), ("Jane Doe – Minister of Health", "Jane Doe", "Minister of Health"),
     ("Jane Doe, the mayor, said so.", "Jane Doe", "mayor"), ("Jane Doe, together with Minister Roe, left.", "Jane Doe", ""), ("Jane Doe, director and John Roe, engineer, spoke.", "Jane Doe", ""),
     ("Jane Doe, who met the director, left.", "Jane Doe", ""), ("Jane Doe, Director of Health said no.", "Jane Doe", "Director of Health")],
)  # fmt: skip
def test_the_title_that_a_list_or_an_apposition_gives(line: str, name: str, title: str) -> None:
    assert titles(f"{line}\n\nReporter: Why?\n{name}: Because.")[name] == title


@pytest.mark.parametrize("word", ["說明", "提示", "編者註", "聲明"])
def test_a_notice_in_traditional_characters(word: str) -> None:
    assert heard(f"> {word}：本文是虛構的。\n\n記者：好嗎？")[0] == ("notice", "", f"> {word}：本文是虛構的。")


def test_those_present_are_no_headings() -> None:
    assert [role for role, _, _ in heard(f"供水会\n\n出席人员：\n\n副市长　李明\n\n局长　赵立\n\n{BODY}")] == ["heading", "statement"]
