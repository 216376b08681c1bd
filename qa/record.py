"""Answers as JSON records: the same fields from the command, from Python and over HTTP."""

from __future__ import annotations

from typing import TypedDict

from documents.types import Role
from qa.types import Answer, Citation, Refusal


class CitationRecord(TypedDict):
    document: str
    quote: str
    start: int
    end: int
    section: str
    speaker: str
    title: str
    role: Role
    paragraph: int


class ClaimRecord(TypedDict):
    text: str
    citations: list[int]  # positions in the answer's citations


class AnswerRecord(TypedDict):
    id: str
    question: str
    standalone: str
    answer: str
    text: str
    refused: bool
    reason: Refusal
    confidence: float
    mode: str
    claims: list[ClaimRecord]
    citations: list[CitationRecord]
    nearest: list[CitationRecord]
    latency_ms: float


def to_record(answer: Answer, *, id: str, latency_ms: float) -> AnswerRecord:
    """An answer as a JSON object. `answer` is the short answer alone, "" where refused; `text` is the whole reply."""
    return {
        "id": id,
        "question": answer.question.text,
        "standalone": answer.question.standalone,
        "answer": answer.short,
        "text": answer.text,
        "refused": answer.refused,
        "reason": answer.refusal,
        "confidence": answer.confidence,
        "mode": answer.mode,
        "claims": [{"text": claim.text, "citations": list(claim.citations)} for claim in answer.claims],
        "citations": [to_citation_record(citation) for citation in answer.citations],
        "nearest": [to_citation_record(citation) for citation in answer.nearest],
        "latency_ms": round(latency_ms, 1),
    }


def to_citation_record(citation: Citation) -> CitationRecord:
    return {
        "document": citation.document_id,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "section": citation.section,
        "speaker": citation.speaker,
        "title": citation.title,
        "role": citation.role,
        "paragraph": citation.paragraph,
    }
