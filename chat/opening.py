"""A collection that opens in the background, so that the page is up at once."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chat.labels import WORDS
from chat.lasted import recall, remember
from chat.page import render_status
from documents.errors import BriefingError
from qa.types import Answer, Language

if TYPE_CHECKING:
    from qa.assistant import Assistant

EXAMPLES = 4
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(slots=True)
class Opening:
    """An assistant that opens in the background while the page is already up."""

    future: Future[Assistant] = field(default_factory=Future)
    stage: tuple[str, int, int] = ("start", 0, 0)
    examples: dict[Language, tuple[str, ...]] = field(default_factory=dict)
    usual: float = 0.0  # seconds that it took last time; 0 where that isn't known
    settled: threading.Event = field(default_factory=threading.Event)  # nothing more will come
    given_up: threading.Event = field(default_factory=threading.Event)  # nobody waits for it any more

    asked: set[object] = field(default_factory=set)  # one for each question that is being answered

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Around every answer that somebody waits for: what can wait looks whether `asked` is empty."""
        token = object()
        self.asked.add(token)
        try:
            yield
        finally:
            self.asked.discard(token)

    def report(self, stage: str, done: int, total: int) -> None:
        """Note how far it is."""
        self.go_on()
        self.stage = (stage, done, total)

    def go_on(self) -> None:
        """Raise once it is given up, which ends the work."""
        if self.given_up.is_set():
            raise BriefingError("given up before it was done; choose the documents again")

    @property
    def assistant(self) -> Assistant | None:
        """The assistant once it is open; None before that and when it could not be opened."""
        return self.future.result() if self.future.done() and not self.future.exception() else None

    def status(self, language: Language) -> str:
        words = WORDS[language]
        if self.future.done():
            reason = self.future.exception()
            return render_status(words["failed"].format(reason=reason), failed=True) if reason else render_status(words["ready"])
        stage, done, total = self.stage
        counted = f" {done}/{total}" if total > 1 else ""
        lasted = words["lasted"].format(seconds=max(1, round(self.usual))) if self.usual else ""
        return render_status(words["loading"].format(stage=words.get(stage, stage) + counted) + lasted)


def open_behind(documents: Sequence[str] | None) -> Opening:
    """Start opening the collection in a thread that dies with the program."""

    def load() -> Assistant:
        from qa.assistant import open_assistant

        began = time.monotonic()
        try:
            assistant = open_assistant(documents, progress=opening.report)
        except BriefingError as error:
            print(f"briefing-qa: {error}", file=sys.stderr, flush=True)
            raise
        remember(documents, time.monotonic() - began)
        return assistant

    opening = Opening(usual=recall(documents))
    threading.Thread(target=settle, args=(opening, load), daemon=True).start()
    return opening


def settle(opening: Opening, load: Callable[[], Assistant]) -> None:
    """Open the assistant, then find its examples, which asks it many questions: each while nobody waits for an answer."""
    from qa.examples import make_examples

    def ask(question: str) -> Answer:
        opening.go_on()
        while opening.asked:
            time.sleep(0.05)
            opening.go_on()
        return assistant.ask(question)

    try:
        assistant = load()
        opening.future.set_result(assistant)
        for language in LANGUAGES:
            opening.examples[language] = make_examples(assistant.documents, ask, language)[:EXAMPLES]
    except BriefingError as error:
        if not opening.future.done():
            opening.future.set_exception(error)
    finally:
        if not opening.future.done():  # a fault of the program: its traceback is on the console
            opening.future.set_exception(BriefingError("an unexpected fault; the console has its details"))
        opening.settled.set()
