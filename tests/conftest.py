"""What many tests share: opened collections, each with the real encoder and an index of its own in a temporary folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from qa.assistant import Assistant, open_assistant

TEXTS = Path(__file__).resolve().parent / "texts"
COLLECTIONS = {"简报": None, "发布会": TEXTS / "发布会.md", "茶乡": TEXTS / "茶乡.txt", "harbour": TEXTS / "harbour.md"}

settings.register_profile("untimed", deadline=None)  # the first example of a test may load a dictionary; nothing here is timed
settings.load_profile("untimed")


class Opened(dict[str, Assistant]):
    """Assistants by the names of COLLECTIONS."""

    def __repr__(self) -> str:  # hypothesis prints what a test was given
        return "assistants"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the indexes of `assistants` lie."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def assistants(cache: Path) -> Opened:
    """The default briefing and three invented texts: a transcript, an article, an English transcript."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("BRIEFING_QA_CACHE", str(cache))
        return Opened({name: open_assistant(path) for name, path in COLLECTIONS.items()})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        pytest.fail("the browser tests need Chromium: apt-get install chromium, or set CHROMIUM to its path", pytrace=False)
    quiet = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=quiet)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def server(cache: Path) -> Iterator[Any]:
    """The page over the default briefing, one for all tests that only visit it."""
    from test_app import free_port, start, stop

    running = start(cache, "app.py", "--port", str(free_port()))
    yield running
    stop(running.process)
