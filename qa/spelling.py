"""Slips of the keyboard: what a question writes and neither the texts nor the dictionary know, put as the texts write it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from itertools import accumulate

from documents.fold import fold
from index.words import split_words
from qa.english import find_spelled, gloss, is_word, like_sounding
from qa.terms import find_terms

_CHINESE = re.compile(r"[\u3400-\u9fff]{2}")
_ASKING = frozenset("的了是在有和与及或被把多少几谁何哪什么怎吗呢吧啊啦呀吧就都也还这那其之年月日今去上下本各我你他她它们")
_LONG_WORD = re.compile(r"(?<![\w'’-])[a-z]{5,}(?![\w'’-])")  # a name may be written in any way
ALIKE = 0.8  # of difflib's measure: 1 is the same
_LATIN = re.compile(r"(?<![a-z0-9])[a-z]{4,16}(?![a-z0-9])")


def mend_english(question: str, words: Collection[str]) -> str:
    """unemploymnet → unemployment: a word of five letters or more, where the texts have one that is nearly the same. `words` are theirs, folded."""

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        near = [] if word in words or gloss(word) else [w for w in words if w[0] == word[0] and abs(len(w) - len(word)) < 2]
        return next(iter(get_close_matches(word, near, 1, ALIKE)), word)

    return _LONG_WORD.sub(mended, question)


def mend_chinese(question: str, texts: Sequence[str]) -> str:
    """另售 → 零售, yanfa → 研发: a pair of characters, or pinyin, that neither the folded texts nor the dictionary know.

    What sounds the same and differs in one character is what was meant where the texts have it; the commonest of several.
    """
    for match in reversed(list(_LATIN.finditer(fold(question)))):
        found = "" if any(match.group() in text for text in texts) else find_spelled(match.group(), texts)
        question = question[: match.start()] + found + question[match.end() :] if found else question
    for at in _loose_pairs(fold(question)):
        pair = fold(question[at : at + 2])
        if not _ASKING & set(pair) and not any(pair in text for text in texts) and not _is_known(pair):
            found = _commonest(pair, texts)
            question = question[:at] + found + question[at + 2 :] if found else question
    return question


def _loose_pairs(folded: str) -> list[int]:
    """Where two Chinese characters stand together that the vocabulary joins to no others: a slip leaves such behind."""
    pairs = []
    for run in re.finditer(r"[\u3400-\u9fff]{2,}", folded):
        ends = list(accumulate(map(len, split_words(run.group()))))
        starts = [0, *ends]
        singles = [start for start, end in zip(starts, ends, strict=False) if end - start == 1]
        pairs += [run.start() + start for start in singles if start + 1 in singles]
    return pairs


def _is_known(pair: str) -> bool:
    return bool(find_terms(pair)) or is_word(pair)


def _commonest(pair: str, texts: Sequence[str]) -> str:
    """The word that the texts have most often of those that sound the same; "" where they have none."""
    pattern = re.compile("|".join(_one_other(pair)))
    found = Counter(run for text in texts for run in pattern.findall(text) if _is_known(run))
    return found.most_common(1)[0][0] if found else ""


def _one_other(pair: str) -> Iterator[str]:
    """Patterns for the pair with its second character, or its first, written as another of the same sound."""
    yield f"{pair[0]}[{like_sounding(pair[1])}]"
    yield f"[{like_sounding(pair[0])}]{pair[1]}"
