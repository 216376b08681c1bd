"""Overview: the document's own structure as an outline of quotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.fold import fold
from documents.sentences import split_sentences
from documents.types import Document, Sentence
from qa.align import cover
from qa.answers import Finding, answer_with, cite, flat
from qa.enumerations import find_enumerations
from qa.extract import Sources
from qa.types import Answer, Question

MOST = 8  # lines of an outline
_FILLER = re.compile(r"文件|简报|文章|文稿|材料|报告|全文|发布会|本文|内容|部分|一节|概括|总结|主要|要点|新闻|\b(?:documents?|briefing|article|text|section|part|main|points?|summary|about|press|conference|overview|key)\b")


def answer_overview(question: Question, sources: Sources) -> Answer:
    """An outline of the document, or of the section that the question names, each line quoted."""
    named = _FILLER.sub(" ", question.subject).split()
    units = [u for u in sources.units(question) if any(form in "".join(named) for form in u.forms)]
    documents = [sources.documents[d] for d in dict.fromkeys(h.passage.document_id for h in sources.hits)]
    if not documents:
        return sources.refuse(question, "absent", 0.0)
    sections = [(d, s) for d in documents[:3] for s in _sections(d)]
    if units:
        scored = [(cover(units, ((fold(s[0].section), 1.0), (fold(s[0].asked), 0.8), (fold(d.title), 0.7))), d, s) for d, s in sections]
        best = max((score for score, _, _ in scored), default=0.0)
        if best < 0.5:
            return sources.refuse(question, "absent", best)
        document, section = next((d, s) for score, d, s in scored if score == best)
        return answer_with(question, _points(document, section), best)
    findings = [finding for document, section in sections for finding in _points(document, section)[:1]]
    if len(sections) == 1:
        findings = _points(*sections[0])
    return answer_with(question, findings[:MOST], 0.7)


def _sections(document: Document) -> list[list[Sentence]]:
    """The document's spoken sentences by section, reporters' questions and the notice left out."""
    found: dict[str, list[Sentence]] = {}
    for sentence in split_sentences(document):
        if sentence.turn.role in ("answer", "statement"):
            found.setdefault(sentence.section, []).append(sentence)
    return list(found.values())


def _points(document: Document, section: Sequence[Sentence]) -> list[Finding]:
    """A section's enumerated points, or the sentences that open its paragraphs."""
    starts = {s.start for s in section}
    points = [s for e in find_enumerations(document) for s in e.items if s.start in starts]
    if not points:
        points = [s for s, before in zip(section, [None, *section], strict=False) if before is None or s.paragraph != before.paragraph]
    lead = [section[0]] if section[0] not in points else []
    return [Finding(flat(document.text[s.start : s.end]), (cite(document, s),)) for s in [*lead, *points][:MOST]]
