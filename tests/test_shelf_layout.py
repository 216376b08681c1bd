"""A visitor's own documents on the page: brought, asked, chosen, removed, and seen by nobody else."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect
from test_app import SALES, SOLD, Server, Visit, Visitors, visitors  # noqa: F401 (a fixture)

from chat.shelf import MOST_BYTES

TEXTS = Path(__file__).resolve().parent / "texts"
IMPORTS = "2023年全市进口额是多少？"
HOSTILE = "<b>粗</b>~~删~~<img src=x>.txt"

pytestmark = pytest.mark.browser


def come(visitors: Visitors, server: Server, width: int = 1440) -> Visit:  # noqa: F811
    visit = visitors.come(server.address, width=width, ready=False)
    expect(visit.page.locator("#status")).to_contain_text("已就绪")
    expect(visit.page.locator("#suggestions button:visible").first).to_be_visible()
    visit.page.click("#open-shelf")
    expect(visit.page.locator("#asked label")).to_have_count(1)
    return visit


def bring(page: Page, *files: Path) -> None:
    page.set_input_files("#files input[type=file]", list(files))


def test_files_are_asked_at_once_by_their_visitor_alone(server: Server, visitors: Visitors, tmp_path: Path) -> None:  # noqa: F811
    hidden, empty, packed = tmp_path / HOSTILE.replace("/", "／"), tmp_path / "空.txt", tmp_path / "x.zip"
    hidden.write_bytes((TEXTS / "发布会.md").read_text(encoding="utf-8").encode("gb18030"))
    empty.touch()
    packed.write_bytes(b"PK\x03\x04")
    one, other = come(visitors, server), come(visitors, server)
    uploads: list[Response] = []
    one.page.on("response", lambda response: uploads.append(response) if "/upload?" in response.url else None)
    bring(one.page, hidden, packed, empty)
    told = one.page.locator("#progress")
    expect(told).to_contain_text("现在问的是《2023年青湾市经济运行新闻发布会（虚构）》")
    expect(told.locator("li").nth(0)).to_have_text(f"{hidden.name} 读取（编码 GB18030，670 字） → 分段（11 段） → 向量化 → 完成")
    expect(told.locator("li").nth(1)).to_contain_text("压缩包")
    expect(told.locator("li").nth(2)).to_contain_text("空文件")
    expect(one.page.locator("#shelf :is(img, s, del), #progress b b")).to_have_count(0)
    expect(one.page.locator("#masthead h1")).to_contain_text("青湾市")
    expect(one.page.locator("#open-shelf")).to_have_text("文件 · 您的 1 份")
    for path in uploads[0].json():  # deleted as soon as it was read
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server.address}gradio_api/file={urllib.request.quote(path)}", timeout=10)  # type: ignore[attr-defined]
        refused.value.close()
        assert not Path(path).exists()

    expect(one.ask(IMPORTS).locator(".short")).to_contain_text("210亿元")
    assert "文件中没有" in other.ask(IMPORTS).inner_text()
    bring(other.page, TEXTS / "茶乡.txt")
    expect(other.page.locator("#progress")).to_contain_text("现在问的是《南桥县")
    expect(other.page.locator(".asked")).to_have_count(0)
    assert "文件中没有" in other.ask(IMPORTS).inner_text()
    expect(other.page.locator("#panel")).not_to_contain_text("青湾")
    for visit in (one, other):
        expect(visit.page.locator("#asked label")).to_have_count(2)


def test_five_visitors_at_once_each_with_own_documents_are_never_mixed(server: Server, visitors: Visitors, tmp_path: Path) -> None:  # noqa: F811
    sums = {"云溪": "11.3亿元", "石桥": "22.4亿元", "白塔": "35.7亿元", "松岭": "48.6亿元", "竹湾": "59.2亿元"}
    for town, sum in sums.items():
        text = f"# {town}县财政通气会\n\n## 财政收入\n\n记者：2023年财政收入是多少？\n\n李明（{town}县财政局局长）：2023年，{town}县财政收入为{sum}，同比增长5%。\n"
        (tmp_path / f"{town}.md").write_text(text, encoding="utf-8")
    pages = {town: come(visitors, server).page for town in sums}
    for town, page in pages.items():
        bring(page, tmp_path / f"{town}.md")
    for town, page in pages.items():
        expect(page.locator("#progress")).to_contain_text(f"现在问的是《{town}县")
        page.fill("#question textarea", "2023年财政收入是多少？")
    for page in pages.values():
        page.press("#question textarea", "Enter")
    for town, page in pages.items():
        expect(page.locator(".reply .short")).to_contain_text(sums[town])
        expect(page.locator("#panel mark")).to_contain_text(f"{town}县财政收入为{sums[town]}")
        shown = page.locator("body").inner_text()
        assert [other for other in sums if other in shown] == [town]
        assert [other for other in sums if other in page.evaluate("Object.values(localStorage).join()")] == [town]


def test_a_text_is_pasted_outlined_asked_with_the_collection_and_removed(server: Server, visitors: Visitors) -> None:  # noqa: F811
    visit = come(visitors, server, width=390)
    page = visit.page
    page.get_by_role("button", name="粘贴文字").click()
    page.get_by_label("标题（可不填）").fill("我的通气会")
    page.get_by_label("文字", exact=True).fill((TEXTS / "发布会.md").read_text(encoding="utf-8"))
    page.click("#paste-add")
    expect(page.locator("#progress")).to_contain_text("现在问的是《我的通气会》")
    expect(page.locator("#suggestions")).to_contain_text(re.compile("船舶|贸易|进口|出口"))  # questions made from it
    page.locator("#outline .asks", has_text="对外贸易").first.click()
    expect(page.locator("#question textarea")).to_have_value("“对外贸易”一节讲了什么？")
    expect(page.locator("#question textarea")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Enter")
    expect(page.locator(".reply .state")).to_be_visible()

    page.click("#open-shelf")
    page.locator("#asked label").first.click()
    page.click("#ask-chosen")
    expect(page.locator("#masthead h1")).to_contain_text("等 2 份文件")
    expect(page.locator(".asked")).to_have_count(0)
    page.click("#take-back")
    expect(page.locator(".asked")).to_have_text("“对外贸易”一节讲了什么？")
    expect(page.locator("#masthead h1")).to_have_text("我的通气会")
    page.click("#remove")
    expect(page.locator("#progress")).to_contain_text("已删去《我的通气会》")
    expect(page.locator("#asked label")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(visit.ask(SALES).locator(".short")).to_contain_text(SOLD)


def test_files_are_dropped_anywhere_and_one_too_large_is_not_sent(server: Server, visitors: Visitors) -> None:  # noqa: F811
    visit = visitors.come(server.address, ready=False)
    page = visit.page
    expect(page.locator("#status")).to_contain_text("已就绪")
    page.evaluate(
        """([most, text]) => { const brought = new DataTransfer();
        brought.items.add(new File([new Uint8Array(most + 1)], 'big.pdf'));
        brought.items.add(new File([text], '茶乡.txt'));
        document.querySelector('#chat').dispatchEvent(new DragEvent('drop', {dataTransfer: brought, bubbles: true, cancelable: true})); }""",
        [MOST_BYTES, (TEXTS / "茶乡.txt").read_text(encoding="utf-8")],
    )
    expect(page.locator("#refused")).to_contain_text("big.pdf 超过每份 20 MB 的上限")
    expect(page.locator("#progress")).to_contain_text("现在问的是《南桥县")
    page.evaluate("document.activeElement.blur()")  # as after a click beside all controls
    page.keyboard.press("Escape")
    expect(page.locator("#shelf.open")).to_have_count(0)
    page.click("#open-shelf")
    page.click("#ask-default")
    expect(page.locator("#masthead h1")).to_contain_text("工业和信息化")
    expect(page.locator("#open-shelf")).to_have_text("文件")
