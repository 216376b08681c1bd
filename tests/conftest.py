"""What many tests share: opened collections, each with the real encoder and an index of its own in a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

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
