"""The chat page, started as a user starts it and driven in Chromium. Needs Debian's package `chromium`."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

ROOT = Path(__file__).parent.parent
SALES = "2023年汽车销量是多少？"
SOLD = "3009.4万辆"
MEDALS = "2023年奥运会中国拿了多少金牌？"
HOSTILE = "10~20亿元、**x**、<script>alert(1)</script>、![](http://example.org/x.png)、$$x$$和a~~b~~c"
RUN = "<img src=x onerror=window.ran=1><svg onload=window.ran=1><a href='javascript:window.ran=1'>点</a>[点](javascript:window.ran=1)<iframe srcdoc='<script>parent.ran=1</script>'></iframe>"
HELD = """
import sys, threading, httpx
httpx.head = None  # nothing may hang on how soon the server's first page comes
from app import build_app, serve
from chat.opening import Opening, settle
from chat.options import Options
from qa.assistant import open_assistant
def load():
    sys.stdin.readline()
    return open_assistant()
opening = Opening()
threading.Thread(target=settle, args=(opening, load), daemon=True).start()
demo = build_app(opening)
print(serve(demo, Options(port=int(sys.argv[1]))), flush=True)
demo.block_thread()
"""  # the page as it is while models load, for as long as a test needs

pytestmark = pytest.mark.browser
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[str]
    address: str
    printed: str

    def release(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def start(cache: Path, *command: str) -> Server:
    """A server process, once it has printed its address."""
    environment = os.environ | {"BRIEFING_QA_CACHE": str(cache), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if not found:
        stop(process)
        raise AssertionError(f"no address but {line!r}")
    return Server(process, found[0], line)


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    _, errors = process.communicate(timeout=20)
    ours = [line for line in errors.splitlines() if f'File "{ROOT}' in line and "site-packages" not in line]
    assert not ours, errors  # no traceback through our own code


@dataclass(frozen=True)
class Launch:
    """Starts servers of a test's own; as a fixture named before `visitors`, it ends them after the visitors have gone."""

    cache: Path
    started: list[Server]

    def __call__(self, *options: str) -> Server:
        self.started.append(start(self.cache, "app.py", "--port", str(free_port()), *options))
        return self.started[-1]


@pytest.fixture
def launch(cache: Path) -> Iterator[Launch]:
    launched = Launch(cache, [])
    yield launched
    for running in launched.started:
        stop(running.process)


@pytest.fixture
def held(cache: Path) -> Iterator[Server]:
    running = start(cache, "-c", HELD, str(free_port()))
    yield running
    stop(running.process)


@dataclass(frozen=True)
class Visit:
    """One visitor's page, and what the browser saw go wrong or go out."""

    context: BrowserContext
    page: Page
    complaints: list[str]
    requests: list[str]

    def ask(self, question: str) -> Locator:
        """Type a question, send it, and return its bubble once the whole answer stands in it."""
        whole = self.page.locator(".reply:has(.state), .reply.refusal")
        before = whole.count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        expect(whole).to_have_count(before + 1)
        expect(self.page.locator("#question .submit-button")).to_be_visible()
        expect(self.page.locator("#question textarea")).to_have_value("")
        return whole.nth(before)


class Visitors:
    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.visits: list[Visit] = []

    def come(self, address: str, *, width: int = 1440, height: int = 900, locale: str = "zh-CN", scheme: Any = "light", ready: bool = True) -> Visit:
        context = self.browser.new_context(viewport={"width": width, "height": height}, locale=locale, color_scheme=scheme)
        page, complaints, requests = context.new_page(), list[str](), list[str]()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(address)
        if ready:
            expect(page.locator("#suggestions button:visible").first).to_be_visible()
        self.visits.append(Visit(context, page, complaints, requests))
        return self.visits[-1]


@pytest.fixture
def visitors(browser: Browser) -> Iterator[Visitors]:
    """Visitors whose pages must end without an error on the console and without a request to another host."""
    came = Visitors(browser)
    yield came
    for visit in came.visits:
        visit.context.close()
        assert visit.complaints == []
        assert [url for url in visit.requests if not url.startswith(("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:"))] == []


def in_view(page: Page, selector: str) -> bool:
    script = """selector => { const box = document.querySelector(selector).getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth }"""
    return bool(page.evaluate(script, selector))


def test_a_question_gets_a_short_answer_with_its_quote_and_speaker(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    reply = visit.ask(SALES)
    expect(reply.locator(".short strong")).to_have_text(SOLD)
    expect(reply.locator("blockquote")).to_contain_text("3009.4万辆")
    expect(reply.locator(".by")).to_contain_text("辛国斌")
    expect(reply.locator(".state")).to_contain_text("转述，非官员原话")
    expect(visit.page.locator("#notice")).to_contain_text("转述")
    expect(visit.page.locator("#panel mark")).to_contain_text("3009.4万辆")


def test_enter_sends_and_shift_enter_breaks_the_line(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    box = visit.page.locator("#question textarea")
    expect(box).to_be_focused()
    visit.page.keyboard.type(SALES)
    visit.page.keyboard.press("Shift+Enter")
    expect(box).to_have_value(SALES + "\n")
    visit.page.wait_for_timeout(500)
    expect(visit.page.locator(".asked")).to_have_count(0)
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".reply .short")).to_contain_text(SOLD)
    expect(box).to_be_focused()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_marker_leads_to_the_marked_sentence_and_back(server: Server, visitors: Visitors, width: int) -> None:
    visit = visitors.come(server.address, width=width, height=844)
    page = visit.page
    marker = visit.ask(SALES).locator("a.cite")
    assert str(marker.get_attribute("title")) in " ".join(str(page.text_content("#src-1")).split())
    marker.click()
    expect(page.locator("#src-1")).to_be_focused()
    page.wait_for_function("getComputedStyle(document.querySelector('#src-1')).animationName !== 'none'")
    page.wait_for_timeout(1000)
    assert in_view(page, "#src-1")
    page.wait_for_function("!document.querySelector('#src-1').classList.contains('flash')")
    page.click("a.to-answer")
    expect(marker).to_be_focused()
    page.wait_for_timeout(1000)
    assert in_view(page, "a.cite")
    page.keyboard.press("Enter")
    expect(page.locator("#src-1")).to_be_focused()
    assert "#" not in page.url


def test_on_a_phone_nothing_overflows_and_the_panel_is_a_sheet_that_closes_three_ways(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address, width=390, height=844)
    page = visit.page
    for question in (SALES, "五个稳是哪五个？", MEDALS):
        visit.ask(question)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.wait_for_function("(({top}) => top >= 0 && top < innerHeight - 200)([...document.querySelectorAll('.asked')].at(-1).getBoundingClientRect())")
        assert in_view(page, "#question")  # it stays at hand, however long the conversation
    sheet, marker = page.locator("#evidence"), page.locator("a.cite").first
    expect(sheet).to_be_hidden()
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.evaluate("history.back()"), lambda: page.click("#close-panel")):
        marker.click()
        expect(sheet).to_have_attribute("role", "dialog")
        expect(page.locator("#src-1")).to_be_focused()
        assert page.evaluate("document.querySelector('#talk').inert")
        close()
        expect(sheet).to_be_hidden()
        expect(marker).to_be_focused()
        expect(page.locator("#question textarea")).to_be_enabled()
    page.click("#open-panel")
    expect(page.locator("#close-panel")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_panels_tabs_by_keyboard_with_full_text_find_and_search(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    page = visit.page
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(SALES)
    quote = page.inner_text("#src-1")
    page.get_by_role("button", name="复制引文和出处").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"“{quote}”——辛国斌（")
    page.get_by_role("button", name="在全文中查看").click()
    current = page.locator("#text mark.current")
    expect(current).to_be_focused()
    expect(current).to_have_text(quote)
    assert in_view(page, "#text mark.current")
    page.fill("#find input", "增长")
    expect(page.locator("#find output")).to_have_text(re.compile(r"1/\d\d"))
    page.keyboard.press("Enter")
    expect(page.locator("#find output")).to_have_text(re.compile(r"2/\d\d"))
    page.fill("#find input", "火星")
    expect(page.locator("#find output")).to_have_text("没有找到")
    page.locator("#tab-text-button").press("ArrowRight")
    expect(page.get_by_role("tab", name="检索过程")).to_be_focused()
    expect(page.locator("#searched .used").first).to_be_visible()
    visit.ask("五个稳是哪五个？")  # the tab that is looked at goes on with the conversation
    expect(page.locator("#searched")).to_contain_text("按这个问题查找：五个稳是哪五个？")
    page.locator("a.cite").first.click()
    expect(page.locator("#src-1")).to_be_focused()


def test_a_question_is_edited_in_its_own_place_and_the_edit_can_be_dropped(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    page, box = visit.page, visit.page.locator("#question textarea")
    visit.ask(SALES)
    reply = visit.ask("那产量呢？")
    understood = reply.locator(".standalone").inner_text()
    reply.get_by_role("link", name="改正").click()
    expect(box).to_have_value(understood)
    expect(box).to_be_focused()
    expect(page.locator("#status")).to_contain_text("正在修改第 2 问")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.locator(".replaced")).to_have_count(0)
    page.locator("a.revise").first.focus()
    page.keyboard.press("Enter")
    expect(box).to_have_value(SALES)
    page.fill("#question textarea", "2023年汽车产量是多少？")
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_have_text(["2023年汽车产量是多少？"])
    expect(page.locator(".reply .short")).to_contain_text("3016.1万辆")
    visit.ask(SALES)  # a new question again
    expect(page.locator(".asked")).to_have_count(2)


def test_a_marker_shows_its_quote_and_print_shows_answers_and_sources_alone(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    page = visit.page
    marker = visit.ask(SALES).locator("a.cite")
    marker.focus()
    tip = page.get_by_role("tooltip")
    expect(tip).to_have_text(page.inner_text("#src-1"))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    assert marker.get_attribute("title")
    page.click("#tab-search-button")
    page.emulate_media(media="print")
    for shown in (".reply .short", ".reply blockquote", "#src-1"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in ("#question", "#side [role=tablist]", "#searched", ".reply .acts", "#panel .leads", "#tools"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.evaluate("document.querySelector('#chat').scrollHeight <= document.querySelector('#chat').clientHeight + 2")


def test_a_list_is_numbered_with_a_marker_for_each_item(server: Server, visitors: Visitors) -> None:
    reply = visitors.come(server.address).ask("五个稳是哪五个？")
    items = reply.locator("ol > li")
    expect(items).to_have_count(5)
    assert [re.findall(r"\[\d\]", item) for item in items.all_inner_texts()] == [["[1]"], ["[2]"], ["[3]"], ["[4]"], ["[5]"]]


def test_a_refusal_reads_as_one(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    reply = visit.ask(MEDALS)
    assert reply.inner_text().split("\n")[0] == "文件中没有找到这个问题的答案。"
    assert not re.search(r"\d", reply.inner_text())
    expect(reply.locator("strong, b, a.cite")).to_have_count(0)
    expect(visit.page.locator("#panel h2")).to_have_text("最接近的段落（不构成回答）")
    expect(visit.page.locator("#panel mark")).to_have_count(0)
    reply.locator("a.near").click()
    expect(visit.page.locator("#near-1")).to_be_focused()


def test_english_by_address_by_browser_and_by_switch(server: Server, visitors: Visitors) -> None:
    asked = visitors.come(server.address + "?lang=en")
    expect(asked.page.locator("#panel h2")).to_have_text("Sources")
    expect(asked.ask("How many cars were sold in 2023?").locator(".short")).to_contain_text(SOLD)
    assert asked.ask("Who won the Olympic gold medal in tennis?").inner_text().startswith("The document does not say.")
    by_browser = visitors.come(server.address, locale="en-GB").page
    expect(by_browser.locator("#question .submit-button")).to_have_text("Send")
    assert by_browser.evaluate("document.documentElement.lang") == "en"
    expect(by_browser.get_by_role("log")).to_have_attribute("aria-label", "Conversation")
    asked.page.get_by_role("radio", name="中文").check()
    expect(asked.page.locator("#panel h2")).to_have_text("最接近的段落（不构成回答）")
    expect(asked.page.locator(".state").first).to_contain_text("把握")
    assert asked.page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_follow_up_shows_how_it_was_understood_and_numbers_go_on(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    expect(visit.ask("2023年新能源汽车的产量是多少？").locator("a.cite").first).to_have_text("[1]")
    reply = visit.ask("那出口呢？")
    expect(reply.locator(".understood")).to_contain_text("新能源汽车")
    expect(reply.locator("a.cite").first).to_have_text("[2]")
    again = visit.ask("2023年新能源汽车的产量是多少？")
    expect(again.locator("a.cite").first).to_have_text("[1]")
    visit.page.locator("#panel summary").click()
    expect(visit.page.locator("#src-2")).to_be_visible()


def test_an_earlier_answers_marker_opens_its_folded_source(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    marker = visit.ask(SALES).locator("a.cite")
    visit.ask(MEDALS)
    expect(visit.page.locator("#src-1")).to_be_hidden()
    marker.click()
    expect(visit.page.locator("#src-1")).to_be_focused()


def test_two_visitors_share_nothing(server: Server, visitors: Visitors) -> None:
    one, other = visitors.come(server.address), visitors.come(server.address)
    one.ask("2023年新能源汽车的产量是多少？")
    reply = other.ask("那销量呢？")
    assert "949.5" not in " ".join(reply.locator(".short").all_inner_texts())  # nobody asked before: it may well be refused
    expect(reply.locator(".understood")).to_have_count(0)
    expect(other.page.locator(".asked")).to_have_count(1)
    expect(one.ask("那出口呢？").locator(".understood")).to_contain_text("新能源汽车")
    expect(one.page.locator(".asked")).to_have_count(2)
    expect(other.page.locator(".asked")).to_have_count(1)


def test_retry_undo_and_new_conversation(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    page = visit.page
    visit.ask(SALES)
    visit.ask("五个稳是哪五个？")
    again, back = page.locator("#chat .message-buttons-left button").all()
    page.evaluate("""new MutationObserver(() => { if (document.querySelector('#question .stop-button')) window.busy = true })
      .observe(document.querySelector('#question'), {childList: true, subtree: true})""")
    again.click()
    page.wait_for_function("window.busy && document.querySelector('#question .submit-button')")
    expect(page.locator(".reply ol > li")).to_have_count(5)
    expect(page.locator(".asked")).to_have_count(2)
    back.click()
    expect(page.locator(".asked")).to_have_count(1)
    expect(page.locator("#question textarea")).to_have_value("五个稳是哪五个？")
    page.click("#new")
    expect(page.locator(".asked")).to_have_count(0)
    expect(page.locator("#panel")).to_contain_text("提问后，这里显示原文依据。")
    expect(page.locator("#suggestions button:visible").first).to_be_visible()


def test_a_question_sent_while_a_new_conversation_opens_is_asked_in_it(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address)
    page, held = visit.page, list[Route]()
    visit.ask(SALES)
    page.route("**/gradio_api/queue/join*", lambda route: route.continue_() if MEDALS in str(route.request.post_data) else held.append(route))
    page.click("#new")
    page.fill("#question textarea", MEDALS)
    page.press("#question textarea", "Enter")
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator(".reply.refusal .plain")).to_be_visible()
    expect(page.locator(".asked")).to_have_text([MEDALS])
    expect(page.get_by_role("log")).to_have_attribute("aria-label", "对话")


def test_an_example_is_asked_by_a_click_and_answered(server: Server, visitors: Visitors) -> None:
    page = visitors.come(server.address).page
    example = page.locator("#suggestions button:visible").first
    text = example.inner_text()
    example.click()
    expect(page.locator(".asked")).to_have_text(text)
    expect(page.locator(".reply .state")).to_be_visible()
    expect(page.locator("#suggestions")).to_be_hidden()


@pytest.mark.parametrize(("question", "said"), [("   ", "请先输入问题。"), ("长" * 5000, "5000")])
def test_a_question_that_cannot_be_asked_is_kept_and_explained(server: Server, visitors: Visitors, question: str, said: str) -> None:
    page = visitors.come(server.address).page
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")
    expect(page.locator("#status .failed")).to_contain_text(said)
    expect(page.locator("#question textarea")).to_have_value(question)
    expect(page.locator(".asked")).to_have_count(0)


def test_text_from_documents_and_visitors_is_never_markup(launch: Launch, tmp_path: Path, visitors: Visitors) -> None:
    article = f"# **粗**体与~~删~~除\n\n> 说明：本文转述，含 <b>标签</b> 与 10~20。\n\n## 甲_乙_丙\n\n李明（局长）：水利投资达到10~20亿元，比上年增加3~5亿元。清单写明{HOSTILE}。\n\n{RUN}\n"
    (tmp_path / "hostile.md").write_text(article, encoding="utf-8")
    visit = visitors.come(launch("--documents", str(tmp_path / "hostile.md")).address, ready=False)
    expect(visit.page.locator("#masthead h1")).to_have_text("**粗**体与~~删~~除")
    expect(visit.page.locator("#notice")).to_contain_text("含 <b>标签</b> 与 10~20。")
    expect(visit.ask("水利投资达到多少？").locator("blockquote").first).to_contain_text("10~20亿元，比上年增加3~5亿元")
    visit.ask(f"清单写明了什么？{HOSTILE}\n\n# 标题\n\n1. 一")
    expect(visit.page.locator(".asked").last).to_have_text(f"清单写明了什么？{HOSTILE} # 标题 1. 一")
    expect(visit.page.locator("#panel")).to_contain_text(HOSTILE)
    visit.page.click("#tab-text-button")
    expect(visit.page.locator("#text")).to_contain_text("onerror=window.ran=1")
    visit.page.click("#open-shelf")
    expect(visit.page.locator("[onerror], [onload], [srcdoc], a[href^=javascript]")).to_have_count(0)
    assert visit.page.evaluate("window.ran === undefined")
    strange = "#chat :is(del, s, script, img, h1, h2, em, .katex), #panel :is(del, s, script, img, em), #masthead :is(del, strong)"
    expect(visit.page.locator(strange)).to_have_count(0)


def test_while_models_load_the_page_is_up_and_a_question_waits_for_its_answer(held: Server, visitors: Visitors) -> None:
    visit = visitors.come(held.address, ready=False)
    page = visit.page
    expect(page.locator("#status")).to_contain_text("正在载入")
    page.fill("#question textarea", SALES)
    page.press("#question textarea", "Enter")
    expect(page.locator(".growing")).to_contain_text("载入后即答")
    page.click("#question .stop-button")
    expect(page.locator("#status")).to_contain_text("已停止")
    expect(page.locator(".asked")).to_have_count(0)
    expect(page.locator("#question textarea")).to_have_value(SALES)
    page.press("#question textarea", "Enter")
    expect(page.locator(".growing")).to_contain_text("载入后即答")
    held.release()
    expect(page.locator(".reply .short strong")).to_have_text(SOLD)
    expect(page.locator("#masthead h1")).to_contain_text("2023年工业和信息化发展")
    expect(page.locator("#notice")).to_contain_text("转述")


def test_a_broken_collection_is_one_line_on_the_page_and_on_stderr(launch: Launch, tmp_path: Path, visitors: Visitors) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    running = launch("--documents", str(tmp_path / "empty.txt"))
    page = visitors.come(running.address, ready=False).page
    expect(page.locator("#status .failed")).to_contain_text("empty.txt")
    page.fill("#question textarea", SALES)
    page.press("#question textarea", "Enter")
    expect(page.locator("#question textarea")).to_have_value(SALES)
    assert running.process.stderr
    assert re.match("briefing-qa: .*empty.txt", running.process.stderr.readline())


def test_a_taken_port_is_one_line_and_exit_status_1(server: Server) -> None:
    port = server.address.rstrip("/").rsplit(":", 1)[1]
    done = subprocess.run([sys.executable, "app.py", "--port", port], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(rf"briefing-qa: .*127\.0\.0\.1:{port}.*--port\n", done.stderr)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "８０", "1e3", ""])
def test_what_is_no_port_is_a_usage_error(port: str) -> None:
    done = subprocess.run([sys.executable, "app.py", "--port", port], cwd=ROOT, capture_output=True, text=True, check=False, timeout=30)
    assert (done.returncode, done.stdout) == (2, "")
    assert re.match(r"usage: app\.py .*\n.*error: argument --port: .* is no port: give a number from 1 to 65535\n\Z", done.stderr, re.DOTALL)


def test_the_console_says_one_line(server: Server) -> None:
    assert re.fullmatch(r"briefing-qa: http://127\.0\.0\.1:\d+/ .*\n", server.printed)


def call(server: Server, body: dict[str, Any], path: str = "call/ask") -> tuple[str, Any]:
    """The last event of a question over plain HTTP, as curl would ask it, and its data."""
    api = server.address + "gradio_api/"
    request = urllib.request.Request(api + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as reply:
        event = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{api}call/ask/{event}", timeout=60) as stream:
        kind, data = stream.read().decode().strip().rsplit("event: ", 1)[1].split("\ndata: ", 1)
    return kind, json.loads(data)


def test_http_answers_with_the_record_of_the_command(server: Server) -> None:
    kind, (record,) = call(server, {"data": [SALES, []]})
    assert (kind, record["answer"], record["refused"]) == ("complete", SOLD, False)
    assert record.keys() >= {"id", "answer", "text", "refused", "confidence", "citations", "latency_ms"}
    assert record["citations"][0].keys() >= {"document", "quote", "start", "end", "section", "speaker", "role"}
    _, (follow,) = call(server, {"data": ["那销量呢？", ["2023年新能源汽车的产量是多少？"]]})
    assert follow["answer"] == "949.5万辆"
    _, (named,) = call(server, {"question": MEDALS}, "call/v2/ask")
    assert (named["answer"], named["refused"], named["citations"]) == ("", True, [])


@pytest.mark.parametrize(
    ("data", "said"), [(["", []], "empty"), ([5, []], "must be a string"), (["x", [1]], "list of strings"), (["x", "y"], "list of strings"), (["x"], "needed: 2, got: 1")]
)
def test_http_says_what_is_wrong_with_a_question(server: Server, data: list[Any], said: str) -> None:
    kind, problem = call(server, {"data": data})
    assert kind == "error"
    assert said in problem["error"]
    assert "Traceback" not in problem["error"]


def test_gradios_own_client_can_ask(server: Server) -> None:
    script = "import sys; from gradio_client import Client; print(Client(sys.argv[1], verbose=False).predict(question=sys.argv[2], api_name='/ask')['answer'])"
    done = subprocess.run([sys.executable, "-c", script, server.address, SALES], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == SOLD


def test_nothing_but_the_three_verbs_is_offered_and_nothing_watches(server: Server) -> None:
    with urllib.request.urlopen(server.address + "gradio_api/info", timeout=10) as reply:
        offered = json.load(reply)
    assert list(offered["named_endpoints"]) == ["/ask", "/search", "/documents"]
    assert offered["unnamed_endpoints"] == {}
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(server.address + "monitoring", timeout=10)
    refused.value.close()
    with urllib.request.urlopen(server.address + "config", timeout=10) as reply:
        config = json.load(reply)
    assert config["analytics_enabled"] is False
    assert config["footer_links"] == []


def test_import_app_is_light() -> None:
    script = "import sys, app; print([m for m in ('gradio', 'torch', 'sentence_transformers', 'onnxruntime', 'faiss') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif("SCREENSHOT" not in os.environ, reason="draws docs/chat.png for the README when SCREENSHOT=1")
def test_draw_the_readme_screenshot(server: Server, visitors: Visitors) -> None:
    visit = visitors.come(server.address, width=1280, height=860)
    visit.ask("五个稳是哪五个？")
    visit.ask("2023年新能源汽车的产量是多少？")
    visit.ask("那销量呢？")
    visit.page.wait_for_timeout(800)
    (ROOT / "docs").mkdir(exist_ok=True)
    visit.page.screenshot(path=ROOT / "docs" / "chat.png")
