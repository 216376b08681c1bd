"""Answers as JSON records: the same fields from the command, from Python and over HTTP."""

from __future__ import annotations

from qa.types import Answer, Citation


def to_record(answer: Answer, *, id: str, latency_ms: float) -> dict[str, object]:
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
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_citation(citation) for citation in answer.nearest],
        "latency_ms": round(latency_ms, 1),
    }


def _citation(citation: Citation) -> dict[str, object]:
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
