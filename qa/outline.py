"""Overview: a document, a section of it or one speaker's words on a matter as an outline of quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from documents.fold import fold
from documents.names import simplify
from documents.sentences import split_sentences
from documents.turns import split_turns, width
from documents.types import Document, Sentence
from qa.align import cover
from qa.answers import Finding, answer_with, cite, flat
from qa.enumerations import find_enumerations
from qa.evidence import headline
from qa.extract import Sources
from qa.types import Answer, Question
from qa.units import Unit, split_units

MOST = 12  # lines of an outline
MOST_DOCUMENTS = 20  # of a larger collection only those are looked at in which something was found
NAMED = 0.5  # the share of its words that a question's matter must meet in what it names
_SHORT = 30  # columns: a sentence shorter than this says little by itself
_CURT = 14  # the same for a counted point: 一是创新。
_FILLER = re.compile(
    r"文件|简报|文章|文稿|稿[子件]?|材料|报[告道]|全文|发布会|通气会|本文|内容|部分|方面|[一二三四五六七八九十]节|概括|总结|归纳|梳理|主要|要点|提纲|大纲|新闻|列个?|讲|说|谈|给|"
    r"\b(?:documents?|briefing|article|text|section|part|main|points?|summary|summari[sz]e|outline|about|press|conference|overview|key|give|said|says|say|transcript|report|story|takeaways)\b"
)
# What a question calls the document, and whether reporters ask in such a one.
_BRIEFING = re.compile(r"发布会|通气会|实录|\b(?:briefing|press conference|transcript)\b")
_ARTICLE = re.compile(r"稿|文章|报道|\b(?:article|story)\b")
_REPORT = re.compile(r"报告|\breport\b")
_SAYS_NOTHING = re.compile(r"[?？]$|各位|大家好|谢谢|感谢大家|到此结束|下面[，,]?(?:请|进入|我们?[^，。]{0,8}(?:回答|提问))|欢迎(?:出席|参加|大家|各位)|愿意回答|就(?:先)?介绍(?:到)?这|时间关系|先请|请[^，。]{0,6}提问|^\S{1,6}[：:]\S|补充(?:一|几|两)|\b(?:good (?:morning|afternoon|evening)|thank you|welcome)\b")


@dataclass(frozen=True, slots=True)
class Scope:
    """A run of sentences that an outline may be of, and what names it."""

    document: Document
    sentences: tuple[Sentence, ...]
    zones: tuple[tuple[str, float], ...]


def answer_overview(question: Question, sources: Sources) -> Answer:
    """An outline of what the question names, each line quoted and in order; of several documents a few lines each."""
    documents = list(sources.documents.values())
    if len(documents) > MOST_DOCUMENTS:
        documents = [sources.documents[d] for d in dict.fromkeys(hit.passage.document_id for hit in sources.hits)]
    speaker, named = _speaker(question, documents)
    units = _matter(question, named, sources)
    if units:
        scopes = [scope for document in documents for scope in _scopes(document, speaker)]
        best_score, best = max(((cover(units, scope.zones), scope) for scope in scopes), key=lambda pair: pair[0], default=(0.0, None))
        if best is None or best_score < NAMED:
            return sources.refuse(question, "absent", best_score)
        return answer_with(question, _lines(best.document, best.sentences, MOST), best_score)
    spoken = [(d, said) for d in _called(question, documents) if (said := _spoken(d, speaker))]
    share = max(1, MOST // len(spoken)) if spoken else 0
    findings = [finding for document, said in spoken for finding in _lines(document, said, share)]
    return answer_with(question, findings[:MOST], 0.7) if findings else sources.refuse(question, "absent", 0.0)


def _matter(question: Question, named: str, sources: Sources) -> tuple[Unit, ...]:
    """What the outline is to be of, as units; none where the question names only the document or the speaker."""
    subject = question.subject.replace(fold(named), " ") if named else question.subject
    words = [word for word in _FILLER.sub(" ", subject).split() if len(word) > 1]  # of 这块 and 分几块 only 块 and 分 are left
    return split_units(" ".join(words), sources.rarity, sources.foreign)


def _speaker(question: Question, documents: Sequence[Document]) -> tuple[str, str]:
    """The speaker whom the question names, and by which words: in full or by the surname; "" twice where it names none."""
    for name in dict.fromkeys(turn.speaker for document in documents for turn in split_turns(document) if turn.speaker and turn.role != "question"):
        named = next((words for words in (name, name.split()[-1]) if re.search(rf"\b{re.escape(words)}\b" if words.isascii() else re.escape(words), question.standalone)), "")
        if named:
            return name, named
    return "", ""


def _called(question: Question, documents: Sequence[Document]) -> list[Document]:
    """The documents that a question can mean which names no matter: those it calls by their kind, in its own language and script."""
    asked = fold(question.standalone)
    tests: tuple[Callable[[Document], bool], ...] = (
        lambda d: _script(d.text) == _script(question.text),
        lambda d: not _BRIEFING.search(asked) or _has_reporters(d),
        lambda d: not _ARTICLE.search(asked) or not (_has_reporters(d) or _REPORT.search(fold(headline(d)))),
        lambda d: not _REPORT.search(asked) or _REPORT.search(fold(headline(d))) is not None,
    )
    left = list(documents)
    for test in tests:
        left = [document for document in left if test(document)] or left
    return left


def _script(text: str) -> str:
    chinese = "".join(re.findall(r"[\u3400-\u9fff]", text))
    if len(chinese) * 4 < len(text):
        return "latin"
    return "traditional" if sum(a != b for a, b in zip(chinese, simplify(chinese), strict=True)) * 20 > len(chinese) else "simplified"


def _has_reporters(document: Document) -> bool:
    return any(turn.role == "question" for turn in split_turns(document))


def _spoken(document: Document, speaker: str) -> tuple[Sentence, ...]:
    """The document's own sentences, or one speaker's: reporters' questions, the notice, courtesies and rhetorical questions left out."""
    own = [s for s in split_sentences(document) if s.turn.role in ("answer", "statement") and speaker in ("", s.turn.speaker)]
    labelled = [s for s in own if s.turn.speaker]  # in a transcript what nobody says is its head or its foot
    return tuple(s for s in (labelled if len(labelled) * 2 > len(own) else own) if not _SAYS_NOTHING.search(fold(document.text[s.start : s.end])))


def _scopes(document: Document, speaker: str) -> list[Scope]:
    """What a question may name in a document: the whole, a section, the answer to one question, a paragraph."""
    said = _spoken(document, speaker)
    title = fold(headline(document))
    scopes = [Scope(document, said, ((title, 0.75),))]
    for section, run in groupby(said, lambda s: s.section):
        scopes.append(Scope(document, tuple(run), ((fold(section), 1.0), (title, 0.3))))
    for asked, run in groupby(said, lambda s: s.asked):
        answer = tuple(run)
        if asked:
            scopes.append(Scope(document, answer, ((fold(asked), 0.95), (fold(answer[0].section), 1.0), (title, 0.3))))
    for _, run in groupby(said, lambda s: s.paragraph):
        paragraph = tuple(run)
        opening, *others = (fold(document.text[s.start : s.end]) for s in paragraph)
        around = fold(f"{paragraph[0].section}\n{paragraph[0].asked}")
        scopes.append(Scope(document, paragraph, ((opening[:24], 0.9), (around, 0.7), (opening, 0.6), ("\n".join(others), 0.5), (title, 0.3))))
    return [scope for scope in (*scopes, *_enumerated(document, said, title)) if scope.sentences]


def _enumerated(document: Document, said: Sequence[Sentence], title: str) -> list[Scope]:
    """What counts off points under a sentence that announces them: 下一步，…将推动…。一是…。"""
    own = {s.start for s in said}
    found = []
    for enumeration in find_enumerations(document):
        announcer = enumeration.announcer
        if announcer and announcer.start in own and len(enumeration.items) > 2:
            around = fold(f"{announcer.section}\n{announcer.asked}")
            points = fold("\n".join(document.text[a:b] for a, b in enumeration.shorts()))
            zones = ((fold(document.text[announcer.start : announcer.end]), 0.95), (around, 0.9), (points, 0.55), (title, 0.3))  # all else equal the whole scope
            found.append(Scope(document, (announcer, *enumeration.items), zones))
    return found


def _lines(document: Document, sentences: Sequence[Sentence], most: int) -> list[Finding]:
    """All sentences where they are few; else the chief ones, sections taking turns, in the document's order."""
    chosen = list(sentences)
    if len(chosen) > most:
        several = len({s.section for s in sentences}) > 1
        runs = [list(run) for _, run in groupby(sentences, lambda s: s.section if several else s.asked)]
        rounds = [s for turn in zip_longest(*(_chief(document, run) for run in runs)) for s in turn if s]
        chosen = sorted(rounds[:most], key=lambda s: s.start)
    return [Finding(flat(document.text[s.start : s.end]), (cite(document, s),)) for s in chosen]


def _chief(document: Document, run: Sequence[Sentence]) -> list[Sentence]:
    """What opens the paragraphs; of a single one the points that it counts off, or all that it says."""
    openers = [_opener(document, list(paragraph)) for _, paragraph in groupby(run, lambda s: s.paragraph)]
    return openers if len(openers) > 1 else [openers[0], *(s for s in run if s.ordinal)] if any(s.ordinal for s in run) else list(run)


def _opener(document: Document, paragraph: Sequence[Sentence]) -> Sentence:
    """The first sentence of a paragraph that says something: one of the counted points, or one that isn't too short."""
    texts = [document.text[s.start : s.end] for s in paragraph]
    told = (s for s, text in zip(paragraph, texts, strict=True) if width(text) > (_CURT if s.ordinal else _SHORT))
    return next(told, paragraph[0])
