"""The program's own words, in both languages: fixed, short, and never a claim about the matter."""

from __future__ import annotations

from qa.types import Language, Refusal

REFUSALS: dict[Language, dict[Refusal, str]] = {
    "zh": {
        "absent": "文件中没有找到这个问题的答案。",
        "period": "文件没有给出所问时期的内容，给出的是另一时期的。",
        "basis": "文件没有按所问的口径（同比、环比）给出。",
        "not_given": "记者问到了这一点，但文件中没有给出答案。",
        "conflict": "文件中的说法不一致，无法替您选择。",
    },
    "en": {
        "absent": "The document does not say.",
        "period": "The document does not give this for the period asked; it speaks of another period.",
        "basis": "The document does not give this on the basis asked (year-on-year, month-on-month).",
        "not_given": "A reporter asked this, but the document gives no answer.",
        "conflict": "The document gives statements that differ; none is chosen here.",
    },
}
YES = {"zh": "是", "en": "Yes"}
NO = {"zh": "不是", "en": "No"}
NEAREST = {"zh": "最接近的段落（不构成回答）", "en": "Nearest passages (not an answer)"}
UNDERSTOOD = {"zh": "理解为：", "en": "Understood as: "}
RESTATED = {"zh": "转述，非官员原话", "en": "Restated, not the officials' wording"}
EQUAL = {"zh": "两者相同", "en": "both are equal"}
INCOMPLETE = {"zh": "（列举可能不完整）", "en": "(the list may be incomplete)"}


def attribute(speaker: str, title: str, section: str, paragraph: int, language: Language) -> str:
    """Who said it and where: —— 辛国斌（工业和信息化部副部长），“…”一节，第12段."""
    if language == "zh":
        who = f"{speaker}（{title}）" if speaker and title else speaker
        place = f"“{section}”一节，第{paragraph}段" if section else f"第{paragraph}段"
        return f"—— {who}，{place}" if who else f"—— {place}"
    who = f"{speaker} ({title})" if speaker and title else speaker
    place = f"section “{section}”, paragraph {paragraph}" if section else f"paragraph {paragraph}"
    return f"— {who}, {place}" if who else f"— {place}"
