"""Conversations in the browser: kept, found again, renamed, deleted, exported, linked to, voted on."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from test_app import MEDALS, SALES, SOLD, Server, Visit, Visitors, free_port, start, stop, visitors  # noqa: F401 (a fixture)
from test_page import HOSTILE, PLAIN, make_answer, make_document, make_refusal, seen

from chat.acts import add_acts, render_foreign
from chat.archive_look import ARCHIVE_STYLE
from chat.archive_page import render_archive
from chat.conversation import Exchange
from chat.kept import digest_collection, keep
from chat.links import fingerprint, link, read_link, remark
from chat.page import render_chat
from qa.questions import read_examples

NEW_CARS = "2023年新能源汽车的产量是多少？"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_below_each_answer_stands_what_can_be_done_with_it(language: str) -> None:
    document = make_document()
    library = {document.id: document}
    conversation = (
        Exchange("a", make_answer(document, "9.1%", "管网漏损率降到9.1%。"), vote="up"), Exchange("b", make_refusal(document), remark="link_other"), Exchange("c", growing="…")
    )  # fmt: skip
    plain = render_chat(conversation, library, language)  # type: ignore[arg-type]
    acted = add_acts(render_chat(conversation, library, language), conversation, library, language, votes=True)  # type: ignore[arg-type]
    assert [message for n, message in enumerate(acted) if n not in (1, 3)] == [message for n, message in enumerate(plain) if n not in (1, 3)]
    assert all(re.fullmatch(r'<div class="reply[^>]*>.*</div>', acted[n]["content"]) for n in (1, 3))
    assert [acted[n]["content"].count('class="act vote"') for n in (1, 3)] == [0, 2]
    assert 'class="voted"' in acted[1]["content"]
    assert 'class="remark"' in acted[3]["content"]
    assert "vote" not in add_acts(plain, (Exchange("a", conversation[0].answer),), library, language, votes=False)[1]["content"]  # type: ignore[arg-type]


def test_a_conversation_from_elsewhere_has_no_links_and_no_markup_of_others() -> None:
    document = make_document(PLAIN + "\n" + HOSTILE + "\n")
    kept = keep((Exchange(HOSTILE, make_answer(document, HOSTILE, HOSTILE)), Exchange("?", make_refusal(document))), {document.id: document})
    messages = render_foreign(kept, "zh")
    assert all(re.fullmatch(r'<div class="(?:asked|reply[^"]*)">.*</div>', message["content"]) for message in messages)
    assert not re.search(r"<(?:a|script|img)\b|id=", "".join(message["content"] for message in messages))
    assert seen(messages[1]["content"]) == HOSTILE
    assert "另一份文件集" in messages[0]["content"]


def test_a_link_tells_the_same_answer_from_another_and_the_same_documents_from_others() -> None:
    document = make_document()
    answer = make_answer(document, "9.1%", "管网漏损率降到9.1%。")
    other = make_answer(document, "9.1%", "9.1%")
    collection = digest_collection({document.id: document})
    assert link(answer, collection) == f"?ask=%E4%BE%9B%E6%B0%B4%E5%A4%9A%E5%B0%91%EF%BC%9F&docs={collection}&answer={fingerprint(answer)}"
    assert remark(answer, collection, collection, fingerprint(answer)) == ""
    assert remark(answer, collection, "", "") == ""
    assert remark(other, collection, collection, fingerprint(answer)) == "link_changed"
    assert remark(answer, collection, "0" * 16, fingerprint(answer)) == "link_other"
    assert read_link('{"ask": "a", "docs": "b", "answer": "c"}') == ("a", "b", "c")


def test_the_pages_words_are_for_the_browser_as_they_are() -> None:
    words = re.search(r'data-words="([^"]*)"', render_archive("en"))
    assert words
    assert "<" not in words[1]


def test_the_archive_has_colours_of_the_page_alone() -> None:
    assert not re.search(r"#[0-9a-f]{3,6}\b", ARCHIVE_STYLE)


@pytest.fixture(scope="module")
def feedback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("votes") / "new" / "feedback.jsonl"


@pytest.fixture(scope="module")
def server(cache: Path, feedback: Path) -> Iterator[Server]:
    running = start(cache, "app.py", "--port", str(free_port()), "--feedback", str(feedback))
    yield running
    stop(running.process)


def conversations(page: Page) -> Locator:
    return page.locator("#archive .conversations li")


def come_back(visit: Visit, kept: str) -> None:
    """Load the page again once the browser has kept this. Of the streams that leaving cuts off gradio complains."""
    visit.page.wait_for_function("text => Object.values(localStorage).some(value => value.includes(text))", arg=kept)
    visit.page.reload()
    visit.complaints.clear()


@pytest.mark.browser
def test_an_answer_is_kept_as_it_is_shown_without_asking_the_server_again(server: Server, visitors: Visitors) -> None:  # noqa: F811
    visit = visitors.come(server.address)
    page = visit.page
    expect(page.locator("#masthead h1")).to_contain_text("工业和信息化")  # the page has been filled: from here on nothing may be asked but this
    expect(page.locator("#suggestions")).to_be_visible()
    page.route("**/gradio_api/queue/join*", lambda route: route.continue_() if SALES in str(route.request.post_data) else route.abort())
    page.fill("#question textarea", SALES)
    page.press("#question textarea", "Enter")
    expect(page.locator(".reply .short")).to_contain_text(SOLD)
    page.wait_for_function("text => Object.values(localStorage).some(value => value.includes(text))", arg=SOLD)
    page.unroute_all()
    page.reload()
    visit.complaints.clear()
    expect(page.locator(".reply .short")).to_contain_text(SOLD)


@pytest.mark.browser
def test_conversations_are_kept_found_renamed_and_deleted(server: Server, visitors: Visitors) -> None:  # noqa: F811
    visit = visitors.come(server.address, ready=False)
    page = visit.page
    visit.ask(NEW_CARS)
    visit.ask("那销量呢？")
    come_back(visit, "949.5万辆")
    expect(page.locator(".reply .short")).to_have_text([re.compile("958.7万辆"), re.compile("949.5万辆")])
    expect(page.locator("a.cite")).to_have_text(["[1]", "[2]"])
    expect(visit.ask("那出口呢？").locator("a.cite").first).to_have_text("[3]")  # the history and the numbers go on
    page.click("#new")
    expect(page.locator(".asked")).to_have_count(0)
    visit.ask(MEDALS)
    page.click("#archive .open-archive")
    expect(conversations(page)).to_have_count(2)
    expect(conversations(page).first).to_contain_text(MEDALS)
    page.fill("#archive .search", "949.5")
    expect(conversations(page)).to_have_count(1)
    page.locator("#archive .rename").click()
    page.fill("#archive input.name", "<b>新能源</b>")
    page.keyboard.press("Enter")
    expect(conversations(page).locator(".name")).to_have_text("<b>新能源</b>")
    conversations(page).locator(".open").click()
    expect(page.locator(".asked")).to_have_count(3)
    expect(page.locator("#archive dialog.kept")).to_be_hidden()
    page.locator("a.cite").nth(1).click()
    expect(page.locator("#src-2")).to_be_focused()
    page.on("dialog", lambda dialog: dialog.accept())
    page.click("#archive .open-archive")
    page.locator("#archive li.current .delete").click()
    expect(conversations(page)).to_have_count(1)
    expect(page.locator(".asked")).to_have_count(0)
    page.click("#archive .wipe")
    expect(page.locator("#archive .none")).to_contain_text("还没有保存的对话")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.browser
def test_a_conversation_over_other_documents_is_marked_and_leads_nowhere(server: Server, visitors: Visitors) -> None:  # noqa: F811
    visit = visitors.come(server.address, width=390, height=844, ready=False)
    page = visit.page
    visit.ask(SALES)
    page.wait_for_function("localStorage.length === 1")
    page.evaluate("""() => { const [key] = Object.keys(localStorage), entry = JSON.parse(localStorage.getItem(key)), kept = JSON.parse(entry.text);
      kept.collection = entry.collection = '0123456789abcdef'; entry.text = JSON.stringify(kept); localStorage.setItem(key, JSON.stringify(entry)) }""")
    come_back(visit, "0123456789abcdef")
    expect(page.locator(".reply.foreign blockquote")).to_contain_text(SOLD)
    expect(page.locator(".remark")).to_contain_text("另一份文件集")
    expect(page.locator("a.cite, a.act, #panel mark")).to_have_count(0)
    page.click("#archive .open-archive")
    expect(conversations(page).locator(".tag")).to_have_text("另一份文件集")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with page.expect_download() as download:
        page.click("#archive [data-form=json]")
    assert json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["checked"] is False
    page.keyboard.press("Escape")
    page.fill("#question textarea", SALES)  # begins another conversation
    page.press("#question textarea", "Enter")
    expect(page.locator(".reply .short strong")).to_have_text(SOLD)
    expect(page.locator(".asked")).to_have_count(1)
    page.wait_for_function("localStorage.length === 2")


@pytest.mark.browser
def test_a_link_asks_again_and_says_what_is_no_longer_so(server: Server, visitors: Visitors) -> None:  # noqa: F811
    visit = visitors.come(server.address, ready=False)
    visit.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.ask(NEW_CARS)
    visit.ask("那销量呢？").locator("a.share").click()
    expect(visit.page.locator("#archive .said")).to_contain_text("链接已复制")
    address = visit.page.evaluate("navigator.clipboard.readText()")
    assert address.startswith(server.address)
    again = visitors.come(address, ready=False).page
    expect(again.locator(".reply .short")).to_contain_text("949.5万辆")
    expect(again.locator(".reply .acts")).to_be_visible()
    expect(again.locator(".remark")).to_have_count(0)
    assert again.url == server.address
    elsewhere = visitors.come(re.sub(r"docs=\w+", "docs=0123456789abcdef", address), ready=False).page
    expect(elsewhere.locator(".remark")).to_contain_text("另一份文件集")


@pytest.mark.browser
def test_votes_go_into_a_file_that_the_evaluation_reads(server: Server, visitors: Visitors, feedback: Path) -> None:  # noqa: F811
    visit = visitors.come(server.address, ready=False)
    page = visit.page
    visit.ask(SALES).locator("a.vote").first.click()
    expect(page.locator(".voted")).to_have_text("已记：有用")
    visit.ask(MEDALS).locator("a.vote").last.press("Enter")
    page.get_by_label("不该拒答").check()
    page.get_by_label("补充说明").fill("再找找")
    page.click("#archive .send")
    expect(page.locator(".voted")).to_have_count(2)
    come_back(visit, "down")
    expect(page.locator(".voted")).to_have_text(["已记：有用", "已记：有问题"])
    read = read_examples(feedback)
    assert [(example.question, example.answerable, example.answers) for example in read.examples] == [(SALES, True, (SOLD,))]
    assert (read.undecided, read.faults) == (1, ())
    assert json.loads(feedback.read_text(encoding="utf-8").splitlines()[1])["note"] == "再找找"
    if os.name == "posix":
        assert feedback.stat().st_mode & 0o777 == 0o600
