"""Enumerations without ordinals: paragraphs that open with their heads, and headings under a sentence that counts them."""

from __future__ import annotations

import pytest

from documents.read import document_from_text
from qa.enumerations import find_enumerations

PARAGRAPHS = """船舶工业怎么样

沈怀用“三个新”概括变化。

规模迈上新台阶。完工量512万吨，增长6%。

效益实现新提升。利润61亿元，增长38%。

开放打开新局面。出口50亿美元，增长15%。

今年目标是530万吨。
"""
HEADINGS = """农业通报会

贺松：主要有三个特点：

一、产量创新高
粮食产量1286万吨，增长1%。

二、供应充足
蔬菜产量1905万吨，增长3%。

三、收入较快增长
人均收入1.5万元，增长5%。

我就介绍这些。
"""


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (PARAGRAPHS, ["规模迈上新台阶", "效益实现新提升", "开放打开新局面"]),
        (HEADINGS, ["产量创新高", "供应充足", "收入较快增长"]),
    ],
)
def test_heads_are_the_items(text: str, items: list[str]) -> None:
    (found,) = find_enumerations(document_from_text("a", text))
    assert [text[start:end] for start, end in found.shorts()] == items
    assert found.announcer is not None
    assert "三个" in text[found.announcer.start : found.announcer.end]


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPHS.replace("三个新", "四个新"),  # the count must fit
        PARAGRAPHS.replace("效益实现新提升。", "效益比3年前好。"),  # a head gives no figure
        HEADINGS.replace("三个特点", "四个特点"),
        HEADINGS.replace("一、产量创新高", "产量创新高"),
    ],
)
def test_what_doesnt_fit_the_count_is_none(text: str) -> None:
    assert find_enumerations(document_from_text("a", text)) == ()
