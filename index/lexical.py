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


@dataclass(frozen=True, slots=True, eq=False)
class Lexical:
    """Postings of every term, as compressed rows: term t stands in rows[starts[t]:starts[t+1]]."""

    vocabulary: dict[str, int]  # term → its number, in the order of first sight
    starts: NDArray[np.int64]  # [terms + 1]
    rows: NDArray[np.int32]  # [postings], ascending within a term
    counts: NDArray[np.float32]  # [postings], how often the term stands in that text
    lengths: NDArray[np.float32]  # [texts], terms in each text


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
    number = np.array(numbers, np.int32)
    order = np.argsort(number, kind="stable")
    starts = np.zeros(len(vocabulary) + 1, np.int64)
    np.cumsum(np.bincount(number, minlength=len(vocabulary)), out=starts[1:])
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.array(distinct, np.int32))
    return Lexical(
        vocabulary, starts, rows[order], np.array(counts, np.float32)[order], np.array(lengths, np.float32)
    )


def score_lexical(lexical: Lexical, query: str, *, k1: float = K1, b: float = B) -> NDArray[np.float32]:
    """BM25 of every text, float32 [n]; a term that stands twice in the question counts twice."""
    scores = np.zeros(len(lexical.lengths), np.float32)
    norms = length_norms(lexical.lengths, k1, b)
    for term, times in Counter(terms(query)).items():
        number = lexical.vocabulary.get(term)
        if number is None:
            continue
        part = slice(lexical.starts[number], lexical.starts[number + 1])
        rows = lexical.rows[part]
        scores[rows] += times * idf(lexical, term) * saturate(lexical.counts[part], norms[rows], k1)
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
