"""Who asked a thing, and what somebody asked: read off the reporters' turns, or told in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.fold import fold
from documents.sentences import split_sentences
from documents.types import Document, Sentence, Turn
from qa.align import cover
from qa.answers import Finding, answer_with, cite, flat
from qa.evidence import Evidence
from qa.extract import Sources
from qa.types import Answer, Question
from qa.units import split_units

ASKED = 0.4  # the share that a reporter's question must meet
ANSWERED = 0.5  # what a word is worth that only the answer has
FOUND = 0.4  # what it is worth that the best passages all lie there
NEAREST = 5  # passages
_ASKER = re.compile(
    r"谁(?:最?先)?(?:提的?问|追?问|提出的?问)|(?:问题|提问)[^,，?？]{0,4}谁|谁提[^,，?？]{0,4}问题|哪[家个](?:媒体|报纸?|报社|电视台|网站)|哪[位个]记者|(?:记者|媒体)[^,，?？]{0,2}(?:提问|问)|(?:^|[,，])问[^,，?？]{2,40}的(?:人|记者|媒体)?是(?:谁|哪)|"
    r"(?:报|网|台|社|周刊)》?[^,，?？]{0,2}问|\bwho (?:asked|brought up|raised|put)|which (?:reporter|journalist|(?:news)?paper|outlet|broadcaster|station)|\bask\b"
)
_WHAT_WAS_ASKED = re.compile(r"问[了过的]?(?:些|是)?(?:什么|啥|哪些)|\bwhat (?:did|does|else did)\b")
_ASKING_WORDS = re.compile(r"提问|追问|问到|问过|问及|问起|问题|问|媒体|记者|报纸|电视台|\b(?:ask(?:ed|s)?|brought up|raised|question|newspaper|paper|reporter|journalist|up)\b")
_OUTLET = re.compile(r"哪[家个](?:媒体|报纸?|报社|电视台|网站)|which (?:(?:news)?paper|outlet|broadcaster|station)")
_NOBODY = re.compile(r"(?:媒体)?记者(?:提?问)?|提?问|媒体|q|question|reporter|journalist", re.IGNORECASE)  # a label that names no outlet
_PRESENTS = re.compile(r"我是(?:来自)?(?P<outlet>[^，。,]{2,20}?)的?(?:记者[^，。,]{0,6})?[，。,]|\bI(?:'m| am) (?:from|with) (?P<from>[^,.]{2,40})[,.]")
_PUTS = re.compile(r"(?:^|[，。；,;])(?P<who>[^，。；,;]{1,10}?[者人员友民众家生东客方])(?:在[^，。；,;]{1,8})?(?:追问|提问|问道|询问|质询|问)(?![题卷])|(?:^|[.;] )(?P<whom>[A-Z][^,.;]{2,40}?) (?:asked|wanted to know)\b|\b[Aa]sked by (?P<by>[A-Z][^,;]{2,60}?),? (?:whether|about|if|why|how|what|when)\b")


def is_asker(question: Question) -> bool:
    """Whether a question is about a reporter's question."""
    return _ASKER.search(fold(question.standalone)) is not None


def answer_asker(question: Question, sources: Sources) -> Answer:
    """Who asked it, or what the one who is named asked."""
    what = _WHAT_WAS_ASKED.search(fold(question.standalone))
    return _asked_what(question, sources) if what else _asked_by(question, sources)


def _turns(sources: Sources) -> Iterator[tuple[Document, Turn, list[Sentence]]]:
    """The reporters' turns of the documents found, each with its sentences."""
    for document in (sources.documents[d] for d in dict.fromkeys(hit.passage.document_id for hit in sources.hits)):
        turns: dict[int, list[Sentence]] = {}
        for sentence in split_sentences(document):
            if sentence.turn.role == "question":
                turns.setdefault(sentence.turn.start, []).append(sentence)
        yield from ((document, sentences[0].turn, sentences) for sentences in turns.values())


def _asked_by(question: Question, sources: Sources) -> Answer:
    """The reporter whose turn speaks of it; in an article the one of whom it says that he asked."""
    units = split_units(_ASKING_WORDS.sub(" ", question.subject), sources.rarity, sources.foreign)
    turns = list(_turns(sources))
    stretches = [_stretch(n, turns) for n in range(len(turns))]
    scored = [
        (cover(units, ((fold(d.text[t.body : t.end]), 1.0), (fold(d.text[t.end : stop]), ANSWERED), (fold(s[0].section), 0.4))) + FOUND * _support(d, t, stop, sources), d, t, s)
        for (d, t, s), stop in zip(turns, stretches, strict=True)
    ]
    score, document, turn, sentences = max(scored, key=lambda found: found[0], default=(0.0, None, None, []))
    nearest = [hit.passage for hit in sources.hits[:1]]
    asking = [e for e in sources.evidence if e.sentence.turn.role != "question" and _puts(e)]
    told = max(((cover(units, ((e.text, 1.0),)) + FOUND / 2 * (e.hit.passage in nearest), e) for e in asking), key=lambda pair: pair[0], default=(0.0, None))
    if told[1] and told[0] >= ASKED and told[0] > score:
        return answer_with(question, [Finding(_puts(told[1]), (cite(told[1].document, told[1].sentence),))], told[0])
    if not document or not turn or score < ASKED:
        return sources.refuse(question, "absent", max(score, told[0]))
    best = max(sentences, key=lambda s: cover(units, ((fold(document.text[s.start : s.end]), 1.0),)))
    cited = [cite(document, best), cite(document, sentences[0], turn.start, turn.body)]
    presents = next((s for s in sentences if _PRESENTS.search(document.text[s.start : s.end])), None)
    match = _PRESENTS.search(document.text[presents.start : presents.end]) if presents else None
    if presents and match:
        return answer_with(question, [Finding(match["outlet"] or match["from"], (*cited, cite(document, presents)))], score)
    name = document.text[turn.start : turn.body].strip(" \n：:【】[]*") if turn.title else turn.speaker
    if _OUTLET.search(fold(question.standalone)) and _NOBODY.fullmatch(name):
        return sources.refuse(question, "absent", score)
    return answer_with(question, [Finding(name, tuple(cited))], score)


def _stretch(n: int, turns: list[tuple[Document, Turn, list[Sentence]]]) -> int:
    """Where the answers to the n-th reporter end: at the next one's question."""
    document = turns[n][0]
    return turns[n + 1][1].start if n + 1 < len(turns) and turns[n + 1][0] is document else len(document.text)


def _support(document: Document, turn: Turn, stop: int, sources: Sources) -> float:
    """The share of the best passages found, the first of them counting most, that lie in a reporter's question or its answers."""
    worth = [1 / (n + 1) for n in range(len(sources.hits[:NEAREST]))]
    within = [hit.passage.document_id == document.id and turn.start <= hit.passage.start < stop for hit in sources.hits[:NEAREST]]
    return sum(w for w, held in zip(worth, within, strict=True) if held) / (sum(worth) or 1.0)


def _puts(evidence: Evidence) -> str:
    """Who asks something in a sentence of an article: 有投资者在会上追问 → 有投资者."""
    match = _PUTS.search(evidence.document.text[evidence.sentence.start : evidence.sentence.end])
    return (match["who"] or match["whom"] or match["by"]) if match else ""


def _asked_what(question: Question, sources: Sources) -> Answer:
    """The words of whoever is named, as asked: every question of the turns that bear the name, or that speak of what nobody named asked of."""
    units = split_units(_ASKING_WORDS.sub(" ", question.subject), sources.rarity, sources.foreign)
    found, spoken = [], []
    for document, turn, sentences in _turns(sources):
        own = [s for s in sentences if _PRESENTS.search(document.text[s.start : s.end])]
        label = "".join(document.text[a:b] for a, b in [(turn.start, turn.body), *((s.start, s.end) for s in own)])
        rest = [s for s in sentences if s not in own]
        found.append((cover(units, ((fold(label), 1.0),)), document, rest))
        said = "\n".join(document.text[s.start : s.end] for s in rest)
        spoken.append((cover(units, ((fold(said), 1.0), (fold(sentences[0].section), 0.4))), document, rest))
    if max((score for score, _, _ in found), default=0.0) < ASKED:
        found = spoken
    best = max((score for score, _, _ in found), default=0.0)
    if best < ASKED:
        return sources.refuse(question, "absent", best)
    words = [(document, s) for score, document, sentences in found if score == best for s in sentences]
    return answer_with(question, [Finding(flat(d.text[s.start : s.end]), (cite(d, s),)) for d, s in words], best)
