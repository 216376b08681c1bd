"""Random briefings for property tests: scraps of everything that a transcript, an article or a bad file is made of."""

from __future__ import annotations

from hypothesis import strategies as st

from documents.types import Document

_OPENERS = [
    "", "", "　　", "# ", "## ", "### ", "> ", "- ", "• ", "| ", "|---|", "> 说明：", "一、", "（一）", "1. ", "2. ", "①", "一是", "二是", "三是", "第一，", "其次，", "First, ",
    "记者：", "问：", "答：", "辛明：", "李 明：", "**李明：**", "王海（副部长）：", "主持人 王海（新闻局副局长）：", "南方日报记者：", "彭博社：",
    "Q: ", "A: ", "Jane Smith (Minister of Health): ", "Mao Ning: ", "时间：", "总体看：", "http://a.b/c", "10:30", "買買提·艾山：",
    "【晨报记者】\n", "【辛明】\n", "[Jane Smith]\n", "**李明**\n", "辛明：\n", "主持：发言人　张三\n", "出席：副部长　李四\n", "　　　司长　李明\n",
]  # fmt: skip
_SCRAPS = [
    *"的工业增长了 \t\u3000\xa0，。；：！？、…—·“”‘’「」（）()[]【】《》\"'.,;:!?-+*#>|_~/0123456789AaZ",
    "工业增加值同比增长4.6%，", "副部长张三、司长李四出席。", "李明（局长）", "他说：“", "。”李明说。", "……。”", "Mr. Smith said. ", "the U.S. grew 3.5", "有两点：", "為什麼？",
    "一是", "二是", "（一）", "；（二）", " 1. ", "㎡½ﬁİß", "\ud800", "\udfff", "\U0001f600", "\u200b", "\ufeff", "\u2028", "\x85", "\x0b", "\x1c", "\r", "e\u0301", "\u202e",
    "很长" * 500, "word " * 250, " " * 900, "，" * 900, "今年以来各项工作平稳推进。" * 9,
]  # fmt: skip
_LINES = st.tuples(st.sampled_from(_OPENERS), st.lists(st.sampled_from(_SCRAPS), max_size=6).map("".join), st.sampled_from(["\n", "\n\n", "。\n", "。\n\n"])).map("".join)

TEXTS = st.one_of(
    st.lists(_LINES, max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from([*_OPENERS, *_SCRAPS]), st.text(max_size=5)), max_size=25).map("".join),
    st.text(st.characters(exclude_characters="\0"), max_size=40),
)


def make(text: str) -> Document:
    return Document("a", "A", "a.md", text, "utf-8", "0" * 64)
