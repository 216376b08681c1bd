"""A conversation to hand on: Markdown, Word and JSON. Every quote is in it to the character, with whose it is and where it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

from chat.archive_labels import KEEPING
from chat.conversation import Exchange, Span, number_spans, span
from chat.kept import Kept, Source
from chat.labels import WORDS
from chat.verdict import SURE, UNSURE
from qa.types import Answer, Citation, Language

Kind = Literal["title", "question", "answer", "line", "item", "warning", "quote"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of an exported conversation."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Writer:
    """What each block of one export needs to know."""

    kept: Kept
    numbers: dict[Span, int]
    language: Language

    @property
    def sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.kept.sources}

    def head(self, when: datetime, *, foreign: bool) -> Iterator[Block]:
        keeping = KEEPING[self.language]
        yield Block("title", keeping["export_title"])
        yield Block("line", keeping["exported"] + when.isoformat(timespec="seconds"))
        for source in self.kept.sources:
            named = WORDS[self.language]["document"].format(title=source.title)
            yield Block("line", keeping["file"] + named + keeping["digest"].format(id=source.id, sha256=source.sha256))
            if source.notice:
                yield Block("warning", keeping["notice"].format(title=source.title) + source.notice)
        if foreign:
            yield Block("warning", keeping["foreign"])
        yield Block("line", keeping["machine"])

    def exchange(self, number: int, exchange: Exchange, answer: Answer) -> Iterator[Block]:
        words, keeping = WORDS[self.language], KEEPING[self.language]
        yield Block("question", f"{number}. {exchange.question}")
        if exchange.at:
            yield Block("line", keeping["asked_at"] + exchange.at)
        if answer.question.standalone != answer.question.text:
            yield Block("line", words["understood"] + answer.question.standalone)
        if exchange.remark:
            yield Block("warning", keeping[exchange.remark])
        yield from self.refusal(answer) if answer.refused else self.answer(answer)

    def answer(self, answer: Answer) -> Iterator[Block]:
        words = WORDS[self.language]
        if answer.confidence < UNSURE:
            yield Block("warning", words["check"])
        single = "" if len(answer.claims) > 1 else self._marks(answer, range(len(answer.citations)))
        yield Block("line" if answer.confidence < UNSURE else "answer", answer.short + single)
        if len(answer.claims) > 1:
            yield from (Block("item", claim.text + self._marks(answer, claim.citations)) for claim in answer.claims)
        for citation in answer.citations:
            yield from self.citation(citation, f"[{self.numbers[span(citation)]}] ")
        restated = any(self.sources[citation.document_id].restated for citation in answer.citations)
        level = "high" if answer.confidence >= SURE else "low" if answer.confidence < UNSURE else "middle"
        state = [words["same_as_file" if restated else "exact"], f"{words['confidence']} {words[level]} ({answer.confidence:.2f})"]
        yield Block("line", " · ".join([*state, *([words["restated"]] if restated else [])]))

    def refusal(self, answer: Answer) -> Iterator[Block]:
        yield Block("line", answer.text.split("\n", 1)[0])
        if answer.nearest:
            yield Block("line", WORDS[self.language]["nearest"])
        for citation in answer.nearest:
            yield from self.citation(citation, "")

    def citation(self, citation: Citation, number: str) -> Iterator[Block]:
        source, keeping, join = self.sources[citation.document_id], KEEPING[self.language], WORDS[self.language]["join"]
        place = keeping["place"].format(id=citation.document_id, start=citation.start, end=citation.end)
        yield Block("line", f"{number}—— {credit(citation, source, self.language)}{join}{place}")
        yield Block("quote", citation.quote)
        if citation.asked:
            yield Block("line", keeping["asked_of"] + citation.asked)

    def _marks(self, answer: Answer, positions: tuple[int, ...] | range) -> str:
        return "".join(f"[{self.numbers[span(answer.citations[position])]}]" for position in positions)


def credit(citation: Citation, source: Source, language: Language) -> str:
    """`辛国斌（工业和信息化部副部长），“新能源汽车”一节，第12段，《标题》` as plain text."""
    words = WORDS[language]
    who = (citation.speaker or words["unnamed"]) + (words["title"].format(title=citation.title) if citation.title else "")
    role = [words["role_question"]] if citation.role == "question" else []
    section = [words["section"].format(section=citation.section)] if citation.section else []
    paragraph = words["paragraph"].format(numbers=citation.paragraph)
    return words["join"].join([who, *role, *section, paragraph, words["document"].format(title=source.title)])


def compose(kept: Kept, language: Language, when: datetime, *, foreign: bool) -> tuple[Block, ...]:
    """The conversation as blocks: its documents first, then each question with its answer and quotes."""
    writer = _Writer(kept, number_spans(kept.exchanges), language)
    blocks = list(writer.head(when, foreign=foreign))
    for number, exchange in enumerate(kept.exchanges, start=1):
        if exchange.answer:
            blocks += writer.exchange(number, exchange, exchange.answer)
    return tuple(blocks)


def write_markdown(blocks: tuple[Block, ...]) -> bytes:
    """CommonMark. A quote stands in a fence, where nothing is markup; everything else is escaped."""
    marks = {"title": "# {}", "question": "## {}", "answer": "**{}**", "line": "{}", "item": "- {}", "warning": "> {}"}
    told = [block for block in blocks if block.text.strip() or block.kind == "quote"]
    parts = [_fence(block.text) if block.kind == "quote" else marks[block.kind].format(_escape(block)) for block in told]
    return ("\n\n".join(parts) + "\n").encode("utf-8", "backslashreplace")


def _fence(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def _escape(block: Block) -> str:
    """One line that reads so in CommonMark and in GitHub's: no emphasis, HTML, link, table, formula or list."""
    line = " ".join(block.text.split())
    line = re.sub(r"[\\`*_{}\[\]<>#|~!&$]|(?<=http):|(?<=https):|(?<=ftp):|(?<=www)\.|@", r"\\\g<0>", line, flags=re.IGNORECASE)
    if block.kind in ("title", "question", "answer"):
        return line  # what stands before it begins no list
    return re.sub(r"^([-+=])|^(\d+)(?=[.)](?:\s|$))", lambda found: f"\\{found[1]}" if found[1] else found[2] + "\\", line)


def write_json(kept: Kept, when: datetime, *, foreign: bool) -> bytes:
    """Everything, for programs: answers as the page holds them, with the numbers that it shows."""
    numbers = number_spans(kept.exchanges)
    sources = {source.id: asdict(source) for source in kept.sources}
    exchanges = []
    for exchange in kept.exchanges:
        row = asdict(exchange)
        del row["growing"]
        for citation in row["answer"]["citations"]:
            citation["number"] = numbers[citation["document_id"], citation["start"], citation["end"]]
        for citation in (*row["answer"]["citations"], *row["answer"]["nearest"]):
            citation["sha256"] = sources[citation["document_id"]]["sha256"]
        exchanges.append(row)
    whole = {
        "made_by": "briefing-qa",
        "format": 1,
        "exported": when.isoformat(timespec="seconds"),
        "collection": kept.collection,
        "checked": not foreign,
        "documents": list(sources.values()),
        "exchanges": exchanges,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
