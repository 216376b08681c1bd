"""How soon the chat page is there and answers, beside a page of gradio's with nothing on it: `python benchmarks/page.py`.

In Chromium, on a standing index. Both pages start in turn, so that a slow machine slows both, and the ratio counts.
Run it alone, on a machine that does nothing else; it is no test.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright
from speed import ROOT, describe_machine, free_port

QUESTIONS = ("2023年汽车销量是多少？", "2023年汽车产量是多少？", "五个稳是哪五个？", "2023年汽车出口多少辆？", "2023年铁路投资是多少？")
WHOLE = ".reply:has(.state), .reply.refusal"
PATIENCE = 600_000  # milliseconds
BARE = """
import sys, gradio as gr
with gr.Blocks(analytics_enabled=False) as demo:
    box, said = gr.Textbox(elem_id="question"), gr.HTML(elem_id="said")
    box.submit(lambda text: f"<p class='reply'>{text}</p>", box, said)
_, address, _ = demo.launch(server_port=int(sys.argv[1]), quiet=True, prevent_thread_lock=True, _frontend=False)
print(address, flush=True)
demo.block_thread()
"""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds; of the last two, the median of several questions."""

    paint: float  # from the start of the process until Chromium painted something of the page
    first: float  # from the start of the process to the first whole answer, asked as soon as there was a box
    word: float  # from Enter until the first word of an answer stands on the page
    whole: float  # from Enter to the whole answer


WHAT = {
    "paint": "start of the process → first paint", "first": "start of the process → first answer, asked at once",
    "word": "Enter → first word", "whole": "Enter → whole answer",
}  # fmt: skip


def measure(browser: Browser, command: Sequence[str], whole: str) -> Times:
    """Start a page's process, visit it, ask; `whole` selects an answer that is whole."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        assert process.stdout
        address = re.search(r"http://\S+", process.stdout.readline())
        if address is None:
            raise SystemExit(f"{command[0]} did not start")
        page = browser.new_page(locale="zh-CN")
        page.set_default_timeout(PATIENCE)
        page.goto(address[0], wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
        since = page.evaluate("(performance.now() - performance.getEntriesByName('first-contentful-paint')[0].startTime) / 1000")
        paint = time.perf_counter() - began - since
        ask(page, QUESTIONS[0], whole)
        first = time.perf_counter() - began
        asked = [ask(page, question, whole) for question in QUESTIONS[1:]]
        page.close()
        return Times(paint, first, median(word for word, _ in asked), median(end for _, end in asked))
    finally:
        process.terminate()
        process.wait()


def ask(page: Page, question: str, whole: str) -> tuple[float, float]:
    """Seconds from Enter to the first word and to the whole answer, by the browser's own clock."""
    page.fill("#question textarea", question)
    page.evaluate(
        """([question, whole]) => {
        const bare = whole === '.reply', count = (selector) => document.querySelectorAll(selector).length;
        const replies = count('.reply'), before = count(whole);
        const waiting = /正在查找|还在载入/;
        window.times = {};
        document.querySelector('#question textarea').addEventListener('keydown', () => { window.times.enter = performance.now(); }, {once: true});
        const look = () => {
          if (!window.times.enter) return;
          const last = [...document.querySelectorAll('.reply')].at(-1), text = last ? last.textContent : '';
          const fresh = (bare ? text && text !== window.before : count('.reply') > replies) && !waiting.test(text);
          if (fresh && !window.times.word) window.times.word = performance.now();
          if (fresh && (bare || count(whole) > before)) { window.times.whole = performance.now(); window.before = text; watcher.disconnect(); }
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, {childList: true, subtree: true, characterData: true});
        }""",
        [question, whole],
    )
    page.press("#question textarea", "Enter")
    page.wait_for_function("window.times.whole")
    times = page.evaluate("window.times")
    return (times["word"] - times["enter"]) / 1000, (times["whole"] - times["enter"]) / 1000


def show(ours: Sequence[Times], bare: Sequence[Times]) -> str:
    lines = ["| what | this page | a bare gradio page | ratio |", "|---|---|---|---|"]
    for field in fields(Times):
        here, there = (median(getattr(times, field.name) for times in all_) for all_ in (ours, bare))
        lines.append(f"| {WHAT[field.name]} | {here:.2f} s | {there:.2f} s | {here / there:.1f} × |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each page starts (default: %(default)s)")
    rounds = parser.parse_args().rounds
    machine = describe_machine()
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as cache, sync_playwright() as playwright:
        os.environ |= {"BRIEFING_QA_CACHE": cache, "GRADIO_ANALYTICS_ENABLED": "False"}
        subprocess.run([sys.executable, "-m", "qa", "ask", QUESTIONS[0]], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # the index stands
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        ours, bare = list[Times](), list[Times]()
        for _ in range(rounds):
            bare.append(measure(browser, ["-c", BARE, str(free_port())], ".reply"))
            ours.append(measure(browser, ["app.py", "--port", str(free_port()), "--no-feedback"], WHOLE))
        browser.close()
    print(f"{machine}; medians of {rounds} rounds, of the last two over {len(QUESTIONS) - 1} questions\n\n{show(ours, bare)}")


if __name__ == "__main__":
    main()
