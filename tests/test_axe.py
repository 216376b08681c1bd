"""The page's states under axe-core, and that none of them reaches for another host.

Loading, empty, an answer, a list, a refusal, questions that may follow; Chinese and English, light and dark, desk and phone.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import TEXTS
from playwright.sync_api import Page, expect
from test_app import MEDALS, SALES, SOLD, Launch, Server, Visit, Visitors, held, launch, visitors

__all__ = ["held", "launch", "visitors"]  # fixtures

AXE = Axe()
GRAVE = ("serious", "critical")

pytestmark = pytest.mark.browser
expect.set_options(timeout=120_000)  # what follows an answer is tried by answering it


def check(page: Page, state: str) -> None:
    """What axe-core holds to be serious or critical: none."""
    page.wait_for_timeout(300)  # what fades in has no contrast yet
    violations = AXE.run(page).response["violations"]
    assert [(state, v["id"], [node["html"][:200] for node in v["nodes"]]) for v in violations if v["impact"] in GRAVE] == []


def check_hosts(visit: Visit) -> None:
    here = ("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")
    assert len(visit.requests) > 10
    assert [url for url in visit.requests if not url.startswith(here)] == []


def offered(page: Page) -> list[str]:
    expect(page.locator("#following button:visible").first).to_be_visible()
    return page.locator("#following button:visible").all_inner_texts()


def test_at_a_desk_from_loading_to_a_question_that_follows(held: Server, visitors: Visitors) -> None:
    visit = visitors.come(held.address, ready=False)
    page = visit.page
    expect(page.locator("#status")).to_contain_text("正在载入")
    check(page, "loading")
    held.release()
    expect(page.locator("#status")).to_contain_text("已就绪")
    visit.ask(SALES)
    check(page, "answer")
    following = offered(page)
    check(page, "following")
    assert 1 <= len(following) <= 3
    assert "同比增长多少" in following[0]
    page.locator("#following button:visible").first.click()
    expect(page.locator(".asked").last).to_have_text(following[0])
    expect(page.locator(".reply .short").last).to_contain_text("12%")
    expect(page.locator("#following button:visible", has_text=following[0])).to_have_count(0)
    visit.ask("五个稳是哪五个？")
    check(page, "list")
    visit.ask(MEDALS)
    check(page, "refusal")
    offered(page)
    page.set_input_files("#files input[type=file]", [TEXTS / "茶乡.txt"])
    expect(page.locator("#masthead h1")).to_contain_text("南桥县")
    expect(page.locator("#following")).to_be_hidden()  # it was made of other documents
    check_hosts(visit)


def test_on_a_phone_in_english_and_dark(launch: Launch, visitors: Visitors) -> None:
    visit = visitors.come(launch().address, width=390, height=844, locale="en-GB", scheme="dark", ready=False)
    page = visit.page
    expect(page.locator("#status")).to_contain_text("Ready")
    expect(visit.ask("How many cars were sold in 2023?").locator(".short")).to_contain_text(SOLD)
    check(page, "answer")
    assert all(text.isascii() for text in offered(page))
    check(page, "following")
    page.click("#new")
    expect(page.locator("#following")).to_be_hidden()
    expect(page.locator(".asked")).to_have_count(0)
    expect(page.locator("#suggestions button:visible").first).to_be_visible()
    check(page, "empty")
    visit.ask("Who won the Olympic gold medal in tennis?")
    check(page, "refusal")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    check_hosts(visit)
    script = "url => fetch(url, {mode: 'no-cors'}).then(() => 'went', () => 'stopped')"
    assert page.evaluate(script, "http://192.0.2.1/") == "stopped"  # by the policy: the browser doesn't even try
    assert all("Content Security Policy" in said for said in visit.complaints)
    visit.complaints.clear()
    visit.requests[:] = [url for url in visit.requests if "192.0.2.1" not in url]
