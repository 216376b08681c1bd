"""What the page does about keeping and passing on. What is kept lies in the visitor's own browser; this only writes and reads it.

The browser's side is chat/archive_script.py. It hands a message over as JSON text, in the place of the archive's value.
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from chat.acts import render_foreign
from chat.archive_labels import KEEPING
from chat.archive_page import render_archive
from chat.conversation import Conversation, is_settled
from chat.desk import Desk, Updates, _unchanged
from chat.export import compose, write_json, write_markdown
from chat.export_docx import write_docx
from chat.feedback import FeedbackError, append, read_vote, to_line
from chat.kept import Kept, KeptError, belongs, digest_collection, keep, read_kept, write_kept
from chat.links import LinkError, read_link, remark
from chat.opening import Opening
from chat.page import render_status
from qa.types import Answer, Language

TYPES = {
    "md": "text/markdown;charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}
PANEL, STATUS = 2, 3  # their places among what the desk shows


@dataclass(frozen=True, slots=True)
class Archive:
    """The events of kept conversations, links, exports and votes."""

    opening: Opening
    feedback: Path | None = None  # where votes go; None: there are none

    @property
    def desk(self) -> Desk:
        return Desk(self.opening, votes=self.feedback is not None)

    def label(self, language: Language) -> Any:
        """The archive in this language; what is asked now tells it which conversations are of other documents."""
        import gradio as gr

        return gr.HTML(render_archive(language), collection=digest_collection(self.desk._library()))

    def reply(self, question: str, conversation: Conversation, language: Language, turn: float = 0) -> Iterator[Updates]:
        yield from self._keep_each(self.desk.reply(question, conversation, language, turn))

    def retry(self, conversation: Conversation, language: Language) -> Iterator[Updates]:
        yield from self._keep_each(self.desk.retry(conversation, language))

    def undo(self, conversation: Conversation, language: Language) -> Updates:
        return self._keep(self.desk.undo(conversation, language))

    def _keep_each(self, answering: Iterable[Updates]) -> Iterator[Updates]:
        return (self._keep(updates) for updates in answering)

    def _keep(self, updates: Updates) -> Updates:
        """The updates, and the conversation for the browser to keep in the same breath: whoever reloads at once has it still."""
        import gradio as gr

        conversation = updates[0]
        if not isinstance(conversation, tuple) or not is_settled(conversation):
            return *updates, gr.skip()
        return *updates, gr.HTML(kept=write_kept(keep(conversation, self.desk._library())))

    def reopen(self, message: str, conversation: Conversation, language: Language) -> Updates:
        """Show a conversation that the browser kept. One over other documents is shown apart, and can't be continued."""
        if not message or conversation or not self.opening.assistant:
            return _unchanged()
        return self.open(message, (), language)

    def open(self, message: str, _: Conversation, language: Language) -> Updates:
        try:
            kept = read_kept(message)
        except KeptError as error:
            return self.desk._show((), language, fault=KEEPING[language]["unreadable"].format(reason=error))
        if not belongs(kept, self.desk._library()):
            return self._show_foreign(kept, language)
        updates = list(self.desk._show(kept.exchanges, language))
        updates[STATUS] = render_status(KEEPING[language]["reopened"].format(count=len(kept.exchanges)))
        return tuple(updates)

    def _show_foreign(self, kept: Kept, language: Language) -> Updates:
        import gradio as gr

        state, _, panel, _, *rest = self.desk._show((), language)
        rest[-1] = gr.Column(visible=False)
        return state, render_foreign(kept, language), panel, render_status(KEEPING[language]["foreign_open"]), *rest

    def arrive(self, message: str, conversation: Conversation, language: Language) -> Iterator[Updates]:
        """Ask what a link asks, and say where the documents or their answer are no longer those of the link."""
        yield from self._keep_each(self._arrive(message, conversation, language))

    def _arrive(self, message: str, conversation: Conversation, language: Language) -> Iterator[Updates]:
        if not message or conversation:
            yield _unchanged()
            return
        try:
            question, docs, wanted = read_link(message)
        except LinkError as error:
            yield self.desk._show((), language, fault=str(error))
            return
        for updates in self.desk.reply(question, (), language):
            conversation = updates[0]
            yield updates
        if is_settled(conversation):
            last = conversation[-1]
            said = remark(_answer(last.answer), digest_collection(self.desk._library()), docs, wanted)
            if said:
                yield self.desk._show((replace(last, remark=said),), language)

    def export(self, message: str, conversation: Conversation, language: Language) -> tuple[Any, Any]:
        """The conversation on the page as a file for the browser to save: nothing is written on this side."""
        import gradio as gr

        try:
            given = json.loads(message)
            library, when = self.desk._library(), datetime.now().astimezone()
            kept = keep(conversation, library) if is_settled(conversation) else read_kept(given["kept"])
            foreign = not belongs(kept, library)
            form = given["format"]
            if form == "json":
                data = write_json(kept, when, foreign=foreign)
            else:
                blocks = compose(kept, language, when, foreign=foreign)
                data = write_markdown(blocks) if form == "md" else write_docx(blocks, language, when)
        except (KeptError, ValueError, RecursionError, TypeError, KeyError):
            return gr.skip(), render_status(KEEPING[language]["nothing"], failed=True)
        name = f"briefing-qa-{when:%Y%m%d-%H%M}.{form}"
        file = {"name": name, "type": TYPES[form], "base64": base64.b64encode(data).decode(), "id": uuid.uuid4().hex}
        return gr.HTML(file=json.dumps(file)), gr.skip()

    def vote(self, message: str, conversation: Conversation, language: Language) -> Updates:
        """Write down what the reader says of an answer, once for each."""
        keeping = KEEPING[language]
        if self.feedback is None or not is_settled(conversation):
            return self._say(keeping["vote_wait"])
        try:
            vote = read_vote(message)
            if not 0 < vote.turn <= len(conversation) or conversation[vote.turn - 1].vote:
                return self._say(keeping["vote_twice"])
            exchange = conversation[vote.turn - 1]
            history = [earlier.question for earlier in conversation[: vote.turn - 1]]
            append(to_line(vote, _answer(exchange.answer), history, exchange.at, digest_collection(self.desk._library())), self.feedback)
        except FeedbackError as error:
            return self._say(keeping["vote_failed"].format(reason=error))
        voted = replace(exchange, vote="up" if vote.up else "down")
        conversation = (*conversation[: vote.turn - 1], voted, *conversation[vote.turn :])
        state, chat, *_ = self.desk._show(conversation, language)
        return self._keep((state, chat, render_status(keeping["vote_kept"])))

    def _say(self, text: str) -> Updates:
        import gradio as gr

        return gr.skip(), gr.skip(), render_status(text, failed=True), gr.skip()


def _answer(answer: Answer | None) -> Answer:
    assert answer  # of a settled conversation
    return answer
