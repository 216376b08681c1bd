"""Scores as bare functions: texts and numbers in, a number out. What is right is decided here and nowhere else.

Exact match and F1 are CMRC 2018's: its official script lowers the case, drops a fixed set of signs, takes each Chinese
character by itself and cuts what stands between them into words with NLTK; F1 is of the longest run that both share.
One step of the script is left out, for it needs a download: NLTK's splitting into sentences. Only an answer with two
Latin sentences inside can show the difference ("it went. he stayed" keeps "went." as one word).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from documents.fold import fold

Verdict = Literal["right", "wrong", "refused rightly", "refused wrongly"]
VERDICTS: tuple[Verdict, ...] = ("right", "wrong", "refused rightly", "refused wrongly")

_DROPPED = str.maketrans("", "", "-:_*^/\\~`+=，。：？！“”；’《》·、「」（）－～『』")
_CHINESE = re.compile("([\u4e00-\u9fa5])")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*(?:\s?[%‰万亿千百]+|[年月日]|季度)?")
_VERDICT = re.compile(r"\s*(?:是|不是|对|不对|否|有|没有|yes|no)[。.]?\s*")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SIGNS = re.compile(r"[\s，。、；：“”《》（）();:\"']|(?<!\d)[.,]|[.,](?!\d)")
_BETWEEN = re.compile(r"(?<=\d)[\s、;:()\"'“”]+(?=\d)")


def exact_match(answers: Iterable[str], said: str) -> bool:
    """Whether an accepted answer equals what was said, case and signs aside."""
    return any(_without_signs(answer) == _without_signs(said) for answer in answers)


def overlap_f1(answers: Iterable[str], said: str) -> float:
    """The best F1 over the accepted answers: of the longest run of words and characters that both share. 0 without answers."""
    return max((_f1(cut_words(answer), cut_words(said)) for answer in answers), default=0.0)


def _f1(wanted: Sequence[str], said: Sequence[str]) -> float:
    shared = SequenceMatcher(None, wanted, said, autojunk=False).find_longest_match().size
    return 2 * shared / (len(wanted) + len(said)) if shared else 0.0


def _without_signs(text: str) -> str:
    return text.lower().strip().translate(_DROPPED)


@lru_cache(maxsize=4096)
def cut_words(text: str) -> tuple[str, ...]:
    """Chinese characters one by one, words and numbers whole."""
    words: list[str] = []
    for piece in _CHINESE.split(_without_signs(text)):
        words += [piece] if _CHINESE.fullmatch(piece) else _latin_words(piece)
    return tuple(words)


def _latin_words(text: str) -> list[str]:
    if not text.strip():
        return []
    from nltk.tokenize import word_tokenize

    return list(word_tokenize(text, preserve_line=True))


def plain(text: str) -> str:
    """Folded, without white space, signs and thousands' commas. The signs inside a number stay, and two numbers stay two."""
    single = _THOUSANDS.sub("", fold(text.replace("，", " ")))
    return _SIGNS.sub("", _BETWEEN.sub("|", single))


def contains(said: str, accepted: str) -> bool:
    """Whether an accepted answer stands in what was said, folded. A number is met whole: 12% doesn't stand in 312%."""
    wanted, text = plain(accepted), plain(said)
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1:].isdigit() else ""
    return bool(wanted) and re.search(f"{before}{re.escape(wanted)}{after}", text) is not None


def holds_all(said: str, answers: Iterable[str], items: Sequence[Iterable[str]]) -> bool:
    """Whether an accepted answer stands in what was said, or every item of a list in one of its forms.

    是, 不是, Yes and No must open what was said (是 stands in 不是), and where there are items these must follow.
    """
    listed = bool(items) and all(any(contains(said, form) for form in forms) for forms in items)
    accepted = [(answer, bool(_VERDICT.fullmatch(fold(answer)))) for answer in answers]
    opened = any(re.match(rf"{re.escape(_bare(answer))}(?![a-z])", _bare(said)) for answer, verdict in accepted if verdict)
    if items and any(verdict for _, verdict in accepted):
        return opened and listed
    return listed or opened or any(contains(said, answer) for answer, verdict in accepted if not verdict)


def _bare(text: str) -> str:
    return fold(text).strip(" \n。.")


def judge(answerable: bool, refused: bool, contained: bool) -> Verdict:
    """The one verdict on an answer."""
    if refused:
        return "refused wrongly" if answerable else "refused rightly"
    return "right" if answerable and contained else "wrong"


def unquoted_figures(said: str, quotes: Iterable[str], asked: str) -> tuple[str, ...]:
    """The figures of an answer, with % or 万, that stand in none of its quotes. A date may also be the question's.

    Of a table the number stands in one quote, the row, and the unit in the row's column of units, in the head or in the caption.
    """
    quotes = list(quotes)
    quoted = {figure for quote in quotes for figure in _figures(quote)}
    cells = {cell.lstrip("-−–+") for quote in quotes if "|" in quote for cell in re.split(r"[|\s]+", fold(quote))}
    units = {unit for quote in quotes for unit in re.findall(r"[(]([^()]+)[)]", fold(quote))} | {cell for cell in cells if not re.search(r"\d", cell)}
    quoted |= {f"{cell}{unit[:n]}" for cell in cells if re.search(r"\d", cell) for unit in units for n in (1, 2)}
    dates = {figure for figure in _figures(asked) if figure[-1] in "年月日度"}
    return tuple(dict.fromkeys(figure for figure in _figures(said) if figure not in quoted | dates))


def _figures(text: str) -> list[str]:
    return [re.sub(r"\s", "", found) for found in _FIGURE.findall(_THOUSANDS.sub("", fold(text)))]


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of one range of confidence: how sure they were, and how many were right."""

    low: float
    high: float
    count: int
    confidence: float  # their mean; 0 where there are none
    right: float  # the share that is right; 0 where there are none


def calibrate(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> tuple[Bin, ...]:
    """Bins of equal width over 0 to 1; a confidence on a border belongs to the higher bin, 1 to the last."""
    members: list[list[int]] = [[] for _ in range(bins)]
    for n, confidence in enumerate(confidences):
        members[min(int(confidence * bins), bins - 1)].append(n)
    return tuple(
        Bin(k / bins, (k + 1) / bins, len(inside), mean([confidences[n] for n in inside]) or 0.0, mean([right[n] for n in inside]) or 0.0)
        for k, inside in enumerate(members)
    )


def calibration_error(bins: Sequence[Bin]) -> float | None:
    """The expected calibration error: how far confidence and share right lie apart, weighted by count (Naeini et al., 2015)."""
    total = sum(bin.count for bin in bins)
    return sum(bin.count * abs(bin.confidence - bin.right) for bin in bins) / total if total else None


def mean(values: Sequence[float]) -> float | None:
    """The mean, None of nothing."""
    return sum(values) / len(values) if values else None


def share(part: int, whole: int) -> float | None:
    """part / whole, None where there is no whole."""
    return part / whole if whole else None
