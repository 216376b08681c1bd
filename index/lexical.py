"""Lexical search: BM25 over character unigrams and bigrams, figures and Latin words whole.

No dictionary and no stop words: a term that stands everywhere weighs next to nothing by itself.
Texts and questions meet folded (documents/fold.py). Scores are of the whole collection at once.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from documents.fold import fold

# Trotman, Jia, Crane: Towards an Efficient and Effective Search Engine (OSIR 2012); the defaults of Anserini.
K1 = 0.9
B = 0.4

# Chinese, Japanese and Korean letters, written without spaces between words
_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
_TERM = re.compile(
    rf"(?P<figure>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?%?|[0-9]+(?:\.[0-9]+)+%?)"
    rf"|(?P<cjk>[{_CJK}]+)"
    rf"|(?P<word>[^\W_{_CJK}]+%?)"
)


@dataclass(frozen=True, eq=False)
class Lexical:
    """Postings of every term, as compressed rows: term t stands in rows[starts[t]:starts[t+1]]."""

    vocabulary: dict[str, int]  # term → its number, in the order of first sight
    starts: NDArray[np.int64]  # [terms + 1]
    rows: NDArray[np.int32]  # [postings], ascending within a term
    counts: NDArray[np.float32]  # [postings], how often the term stands in that text
    lengths: NDArray[np.float32]  # [texts], terms in each text

    @cached_property
    def weights(self) -> NDArray[np.float32]:
        """BM25 of every posting but for the term's rarity, [postings]; worked out at the first question."""
        return saturate(self.counts, length_norms(self.lengths, K1, B)[self.rows], K1)


def terms(text: str) -> list[str]:
    """The text's terms in reading order: 4.6%, 5g and 3009.4 whole, a run 工业 as 工, 业, 工业."""
    found: list[str] = []
    for match in _TERM.finditer(fold(text)):
        piece = match.group()
        if match.lastgroup == "figure":
            found.append(piece.replace(",", ""))
        elif match.lastgroup == "word":
            found.append(piece)
        else:
            found.extend(piece)
            found.extend(map("".join, pairwise(piece)))
    return found


def build_lexical(texts: Sequence[str]) -> Lexical:
    """The postings of the texts' terms."""
    vocabulary: dict[str, int] = {}
    numbers, counts = array("i"), array("f")
    distinct, lengths = array("i"), array("f")
    for text in texts:
        counted = Counter(terms(text))
        numbers.extend(vocabulary.setdefault(term, len(vocabulary)) for term in counted)
        counts.extend(counted.values())
        distinct.append(len(counted))
        lengths.append(counted.total())
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.array(distinct, np.int32))
    number = np.array(numbers, np.int32)
    order = np.argsort(number, kind="stable")
    starts = _starts(number, len(vocabulary))
    return Lexical(
        vocabulary, starts, rows[order], np.array(counts, np.float32)[order], np.array(lengths, np.float32)
    )


def update_lexical(known: Lexical, rows: NDArray[np.int64], texts: Sequence[str]) -> Lexical:
    """The postings of a changed collection: text i stands in `known` at rows[i], or is the next of `texts` where that is -1.

    No row is named twice. Scores are those of build_lexical over the whole, bit for bit; terms are numbered otherwise.
    """
    place = np.full(len(known.lengths), -1, np.int32)
    place[rows[rows >= 0]] = np.flatnonzero(rows >= 0)
    added, places = build_lexical(texts), np.flatnonzero(rows < 0).astype(np.int32)
    vocabulary = dict(known.vocabulary)
    numbers = np.array([vocabulary.setdefault(term, len(vocabulary)) for term in added.vocabulary], np.int32)

    kept = place[known.rows] >= 0
    number = np.concatenate([_numbers(known)[kept], numbers[_numbers(added)]])
    row = np.concatenate([place[known.rows[kept]], places[added.rows]])
    counts = np.concatenate([known.counts[kept], added.counts])
    order = np.argsort(number.astype(np.int64) * len(rows) + row, kind="stable")  # two sorted runs: quickly merged
    lengths = np.empty(len(rows), np.float32)
    lengths[rows >= 0], lengths[places] = known.lengths[rows[rows >= 0]], added.lengths

    used = np.bincount(number, minlength=len(vocabulary)) > 0  # a word that nobody says any more is forgotten
    renumbered = (np.cumsum(used) - 1).astype(np.int32)[number[order]]
    terms_left = [term for term, number in vocabulary.items() if used[number]]
    vocabulary = {term: number for number, term in enumerate(terms_left)}
    return Lexical(vocabulary, _starts(renumbered, len(vocabulary)), row[order], counts[order], lengths)


def _numbers(lexical: Lexical) -> NDArray[np.int32]:
    """The term of every posting."""
    return np.repeat(np.arange(len(lexical.vocabulary), dtype=np.int32), np.diff(lexical.starts))


def _starts(numbers: NDArray[np.int32], terms: int) -> NDArray[np.int64]:
    starts = np.zeros(terms + 1, np.int64)
    np.cumsum(np.bincount(numbers, minlength=terms), out=starts[1:])
    return starts


def score_lexical(lexical: Lexical, query: str) -> NDArray[np.float32]:
    """BM25 of every text, float32 [n]; a term that stands twice in the question counts twice."""
    scores = np.zeros(len(lexical.lengths), np.float32)
    for term, times in Counter(terms(query)).items():
        number = lexical.vocabulary.get(term)
        if number is None:
            continue
        part = slice(lexical.starts[number], lexical.starts[number + 1])
        scores[lexical.rows[part]] += times * idf(lexical, term) * lexical.weights[part]
    return scores


def idf(lexical: Lexical, term: str) -> float:
    """How much a term tells, 0 and more; an unknown term tells the most."""
    number = lexical.vocabulary.get(term)
    having = 0 if number is None else int(lexical.starts[number + 1] - lexical.starts[number])
    return float(inverse_frequency(np.array(having), len(lexical.lengths)))


def inverse_frequency(having: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """ln(1 + (N - df + 0.5) / (df + 0.5)): Robertson and Spärck Jones' weight, kept above 0 as Lucene does.

    Kamphuis, de Vries, Boytsov, Lin: Which BM25 do you mean? (ECIR 2020), table 1, row "Lucene (accurate)".
    """
    return np.log1p((texts - having + 0.5) / (having + 0.5))


def length_norms(lengths: NDArray[np.float32], k1: float, b: float) -> NDArray[np.float32]:
    """k1 · (1 - b + b · dl / avgdl) for each text, float32 [n].

    Robertson and Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.4.
    """
    average = lengths.mean() if lengths.size and lengths.any() else 1.0
    return (k1 * (1 - b + b * lengths / average)).astype(np.float32)


def saturate(counts: NDArray[np.float32], norms: NDArray[np.float32], k1: float) -> NDArray[np.float32]:
    """tf · (k1 + 1) / (tf + norm), elementwise: the same section; the norms are length_norms'."""
    return counts * np.float32(k1 + 1) / (counts + norms)
