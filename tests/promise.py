"""What every answer keeps, whatever was asked: the promises of the design, checked on one answer."""

from __future__ import annotations

import re

from documents.fold import fold
from documents.turns import split_turns
from qa.answers import flat
from qa.assistant import Assistant
from qa.phrases import NO, REFUSALS, YES
from qa.types import Answer, Citation, Claim

# Words that change what a figure says, which an answer puts before it where they stand elsewhere in the sentence.
SAYS_HOW = re.compile(
    r"预计|有望|估计|预期|力争|争取|目标|计划|测算|初步|将达|拟|增长|增加|上升|提高|提升|上涨|回升|扩大|下降|减少|降低|回落|下滑|下跌|收窄|缩短|降幅|增幅|跌|涨"
    r"|(?:expect(?:ed|s)?|estimated|forecast|projected|target|rose|grew|increased|fell|dropped|declined|decreased|up|down)\b(?: by\b)?",
    re.IGNORECASE,
)
REFUSED = {sentence for sentences in REFUSALS.values() for reason, sentence in sentences.items() if reason}
ASKS_WHO_ASKED = re.compile(r"记者|媒体|提问|谁.{0,3}问|谁提|asked|reporter|journalist", re.IGNORECASE)


def check(answer: Answer, assistant: Assistant) -> None:
    """All promises that one answer shows."""
    texts = {document.id: document.text for document in assistant.documents}
    for citation in (*answer.citations, *answer.nearest):
        assert citation.quote == texts[citation.document_id][citation.start : citation.end] != ""
        check_turn(citation, assistant)
    assert answer.mode == "extract"
    assert 0 <= answer.confidence <= 1
    assert answer.refused == (not answer.citations) == (not answer.claims) == (answer.short == "") == (answer.refusal != "")
    if answer.refused:
        check_refusal(answer)
        return
    assert answer.nearest == ()
    cited = [number for claim in answer.claims for number in claim.citations]
    assert set(cited) == set(range(len(answer.citations)))
    assert len(set(answer.citations)) == len(answer.citations)
    for claim in answer.claims:
        assert claim.citations
        assert claim.text in answer.short
        check_said(claim, answer)
    for number, citation in enumerate(answer.citations, 1):
        assert f"[{number}] “{flat(citation.quote)}”" in answer.text
        assert citation.role in ("answer", "statement") or ASKS_WHO_ASKED.search(answer.question.standalone) or answer.question.asks == "title"


def check_turn(citation: Citation, assistant: Assistant) -> None:
    """It lies within one turn, and names that turn's speaker."""
    document = next(d for d in assistant.documents if d.id == citation.document_id)
    (turn,) = [turn for turn in split_turns(document) if turn.start <= citation.start and citation.end <= turn.end]
    assert (citation.role, citation.speaker, citation.title) == (turn.role, turn.speaker, turn.title)


def check_refusal(answer: Answer) -> None:
    """The fixed sentence and nothing else: above all no figure."""
    assert answer.text in REFUSED
    assert not re.search(r"\d", answer.text)
    assert len(answer.nearest) <= 3


def check_said(claim: Claim, answer: Answer) -> None:
    """Whatever a claim says stands in the sentences that it cites; no digit, unit, direction, name or negation is its own."""
    cited = [answer.citations[number] for number in claim.citations]
    quotes = fold("\n".join(flat(citation.quote) for citation in cited))
    for said in pieces(claim.text, answer, cited):
        rest = fold(said).strip()
        while rest not in quotes and (word := SAYS_HOW.match(rest)):
            assert word.group() in quotes, (claim.text, quotes)
            rest = rest[word.end() :].strip()
        assert all(part in quotes for part in in_a_table(rest, quotes)), (claim.text, quotes)
    allowed = re.findall(r"\d+(?:[.,]\d+)*", quotes)
    assert all(number in allowed for number in re.findall(r"\d+(?:[.,]\d+)*", fold("".join(pieces(claim.text, answer, cited)))))


def in_a_table(said: str, quotes: str) -> list[str]:
    """What is said, in one piece; of a table's cell the number, which stands in the row, and the unit, which stands in the head."""
    cell = re.fullmatch(r"(-?\d[\d.,]*)([^\d\s]+)", said)
    return [said] if said in quotes or not cell or "|" not in quotes else list(cell.groups())


def pieces(text: str, answer: Answer, cited: list[Citation]) -> list[str]:
    """What a claim says itself: without 是 or 不是, without the question's own topic, without whom its citations name.

    Of the sides compared each is named in the question's words, and the first of them with 更 or 最 (住房率更高).
    """
    for verdict in (*NO.values(), *YES.values()):
        if re.match(rf"{verdict}[。.]", text):
            text = text[len(verdict) + 1 :].strip()
            break
    topic, said = re.match(r"(?:(.*?)(?:：|: ))?(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # it matches any text
    if topic and answer.question.asks in ("comparison", "yes_no") and set(fold(topic)) <= {*fold(answer.question.standalone), *"更最 "}:
        return [said]
    who = re.fullmatch(r"(?P<name>[^（(]+?) ?[（(](?P<title>.+)[）)]", text)
    named = {citation.speaker for citation in cited} | {citation.title for citation in cited}
    if who:
        return [part for part in (who["name"], who["title"]) if part not in named]
    return [] if text in named else [text]
