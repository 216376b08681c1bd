"""The line under an answer: whether it is the source's words, how many of its figures were checked, how sure it is."""

from __future__ import annotations

from chat.labels import WORDS
from chat.source import Library, is_restated
from qa.checked import check_figures
from qa.types import Answer, Language

SURE = 0.75  # from here on an answer's confidence is high
UNSURE = 0.5  # below it, low: said as a warning, and nothing is bold


def is_unsure(answer: Answer) -> bool:
    return answer.confidence < UNSURE


def render_state(answer: Answer, library: Library, language: Language) -> str:
    """Words before numbers; what calls for care first, and marked by more than its colour."""
    words = WORDS[language]
    restated = any(is_restated(library[citation.document_id]) for citation in answer.citations)
    parts = [words["same_as_file"] if restated else words["exact"], *_figures(answer, language)]
    if is_unsure(answer):
        parts.insert(0, f'<span class="low">⚠ {words["check"]}</span>')
    else:
        parts.append(f"{words['confidence']} {words['high' if answer.confidence >= SURE else 'middle']}")
    tag = f' <span class="tag">{words["restated"]}</span>' if restated else ""
    return f'<p class="state">{" · ".join(parts)}{tag}</p>'


def _figures(answer: Answer, language: Language) -> list[str]:
    """Nothing for an answer without a figure."""
    held, total = check_figures(answer)
    if not total:
        return []
    if held == total:
        return [WORDS[language]["figures"].format(held=held, total=total)]
    return [f'<span class="low">⚠ {WORDS[language]["figures_lost"].format(held=held, total=total)}</span>']
