"""The page's first paint beside a bare Gradio page's, in Chromium: `python benchmarks/paint.py`.

Both servers run throughout; each visit is a new profile with nothing kept, in turn, every other round backwards.
Medians count. $CHROMIUM may name the browser's program.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from speed import Row, describe_machine, show  # noqa: E402

TARGET = 1.2
BARE = "import gradio, sys\nwith gradio.Blocks(analytics_enabled=False) as page:\n    gradio.Markdown('甲')\npage.launch(server_port=int(sys.argv[1]), quiet=True)"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def serve(stack: ExitStack, *command: str) -> str:
    """The address of a server that runs until the stack ends, once it accepts visitors."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command, str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    while process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return f"http://127.0.0.1:{port}"
    raise SystemExit(f"{' '.join(command)!r:.200} ended with {process.returncode} before it listened")


def visit(browser: Browser, address: str) -> float:
    """Milliseconds from the beginning of the navigation to the first paint of text or an image."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(address, timeout=300_000, wait_until="commit")
        painted: Any = page.wait_for_function(PAINTED, timeout=300_000).json_value()
        return float(painted)
    finally:
        context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="visits to each page, after one that doesn't count (default: %(default)s)")
    rounds = parser.parse_args().rounds
    machine = describe_machine()
    program = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with ExitStack() as stack:
        os.environ |= {"BRIEFING_QA_CACHE": stack.enter_context(tempfile.TemporaryDirectory()), "GRADIO_ANALYTICS_ENABLED": "False"}
        pages = [serve(stack, "app.py", "--no-feedback", "--port"), serve(stack, "-c", BARE)]
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        stack.callback(browser.close)
        taken: list[list[float]] = [[], []]
        for turn in range(rounds + 1):
            for which in (0, 1) if turn % 2 else (1, 0):
                milliseconds = visit(browser, pages[which])
                if turn:
                    taken[which].append(milliseconds)
    ours, bare = map(median, taken)
    row = Row("the page's first paint", f"{ours:.0f} ms", f"{bare:.0f} ms: a bare Gradio page", ours / bare, TARGET, "×")
    print(f"{machine}; medians of {rounds} visits\n\n{show([row])}")


if __name__ == "__main__":
    main()
