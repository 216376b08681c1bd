"""The joining object: a collection that can be asked."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from documents.read import read_documents
from documents.types import Document
from index.embed import Embedder, load_embedder
from index.keep import keep_index
from index.lexical import idf
from index.search import Index, build_index, search
from index.types import Hit
from qa.answers import cite_passage, merge
from qa.english import name_all, name_speakers, translate
from qa.evidence import gather
from qa.examples import make_examples
from qa.extract import Sources
from qa.followup import complete
from qa.holdings import (
    documents_by_id,
    folded_of,
    has_chinese,
    has_latin,
    notices_of,
    speakers_of,
    texts_of,
    words_of,
)
from qa.question import LONGEST, parse_question
from qa.reader import Reader, load_reader
from qa.respond import respond
from qa.spelling import mend_chinese, mend_english
from qa.types import Answer, Citation, Language, Question

Progress = Callable[[str, int, int], None]  # stage ("read", "encoder", "embed", "reader"), done, total
PASSAGES_READ = 14  # the best passages, whose sentences are read
LONGEST_NAMED = 2_000_000  # characters of a collection in which names in pinyin and slips are looked up: some 50 ms each


@dataclass(frozen=True, slots=True, eq=False)
class Assistant:
    """A collection, its index and a reader. Frozen: it is shared by all who ask, and remembers nobody."""

    index: Index
    reader: Reader

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the collection, in order."""
        return self.index.documents

    @property
    def notices(self) -> tuple[str, ...]:
        """What stands at the documents' heads about how they were made; to be shown beside every answer."""
        return notices_of(self.index)

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        """The answer to a question; `history` holds the earlier questions of the conversation, as typed, oldest first.

        Raises QuestionError for a question that is empty or too long.
        """
        full = complete(self.name(question), [self.name(earlier) for earlier in history])
        parsed = parse_question(question, full if full != question.strip() else "")
        if not parsed.parts:
            return self._answer(parsed)
        asked: list[str] = []
        answers = []
        for part in parsed.parts:
            whole = complete(part, asked)
            asked.append(whole)
            single = parse_question(part[:LONGEST], whole)
            answers.append(self._answer(single))
        return merge(parsed, answers)

    def _answer(self, question: Question) -> Answer:
        """The answer to one question of one part, with what the search found for it."""
        sources = self.sources(question)
        return replace(respond(question, sources), considered=sources.hits)

    def stream(self, question: str, history: Sequence[str] = ()) -> Iterator[str | Answer]:
        """The same, piece by piece: the lines of the answer's text, then the answer itself."""
        answer = self.ask(question, history)
        yield from answer.text.splitlines(keepends=True)
        yield answer

    def examples(self, language: Language) -> tuple[str, ...]:
        """Up to four questions made from the collection's own sentences, each of which it answers."""
        return make_examples(self.documents, self.ask, language)

    def name(self, question: str) -> str:
        """A question in the documents' own writing: names in pinyin of an English one, slips of the input method of a Chinese one."""
        readable = sum(map(len, texts_of(self.index))) <= LONGEST_NAMED
        if re.search(r"[\u3400-\u9fff]", question):
            return mend_chinese(question, folded_of(self.index)) if readable else question
        named = name_speakers(mend_english(question, words_of(self.index)) if readable else question, speakers_of(self.index))
        return name_all(named, texts_of(self.index)) if readable else named

    def search(self, question: str, k: int) -> list[tuple[Hit, Citation]]:
        """The k passages nearest to a question, best first, each with whose words it is. Raises as `ask` does."""
        hits, _ = self._hits(parse_question(self.name(question), ""), k)
        return [(hit, cite_passage(hit.passage, documents_by_id(self.index))) for hit in hits]

    def _hits(self, question: Question, k: int) -> tuple[tuple[Hit, ...], bool]:
        """The passages found, and whether there are documents in the other language."""
        foreign = has_chinese(self.index) if question.language == "en" else has_latin(self.index)
        reworded = translate(question.standalone, question.subject) if foreign else ""
        return tuple(search(self.index, question.standalone, k, reworded)), foreign

    def sources(self, question: Question) -> Sources:
        """What a question is answered from: the passages found, their sentences, the reader."""
        hits, foreign = self._hits(question, PASSAGES_READ)
        documents = documents_by_id(self.index)
        unseen = idf(self.index.lexical, "\0")

        def rarity(term: str) -> float:
            return min(1.0, idf(self.index.lexical, term) / unseen)

        return Sources(hits, tuple(gather(hits, documents)), documents, rarity, self.reader, foreign)


def open_assistant(
    collection: str | Path | Sequence[str | Path] | None = None,
    *,
    embedder: str | None = None,
    reader: str | None = None,
    folder: Path | None = None,
    index_url: str | None = None,
    progress: Progress | None = None,
) -> Assistant:
    """Open a collection for asking; None is the default briefing.

    Its index is kept in `folder`, or in the user's cache, and built again only for what has changed; a build that was
    interrupted goes on where it stopped. Where the cache can't be written, the index is kept in memory alone.
    With `index_url` (milvus+http://HOST:19530#NAME, milvus+FILE.db) it is kept in Milvus instead.
    Raises DocumentError, EmbedderError or IndexStoreError (`folder` can't be written); each says what to do.
    """
    path = default_collection() if collection is None else collection
    documents = read_documents(path)
    if progress:
        progress("read", len(documents), len(documents))
        progress("encoder", 0, 1)
    encoder = load_embedder(embedder)
    embed = (lambda done, total: progress("embed", done, total)) if progress else None
    if index_url:
        from index.milvus import open_milvus

        index = open_milvus(index_url, documents, encoder, embed)
    else:
        place = folder or cache_folder(path, encoder.name)
        index = keep_index(documents, encoder, place, must_keep=folder is not None, progress=embed)
    if progress:
        progress("reader", 0, 1)
    return Assistant(index, load_reader(reader))


def assistant_over(
    documents: Sequence[Document],
    embedder: Embedder,
    reader: Reader,
    known: Index | Sequence[Index] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Assistant:
    """An assistant over documents in memory; what `known` has embedded isn't embedded again. `progress` may raise to cancel."""
    return Assistant(build_index(documents, embedder, progress=progress, known=known), reader)


def default_collection() -> Path:
    """The folder of the briefing that the program ships with."""
    return Path(str(files("documents.briefing")))


def cache_folder(path: str | Path | Sequence[str | Path], encoder: str) -> Path:
    """Where the index of a collection is kept between runs: a folder of its own in the user's cache."""
    paths = [path] if isinstance(path, str | Path) else list(path)
    key = "\n".join([encoder, *(str(Path(p).expanduser().resolve()) for p in paths)])
    if "BRIEFING_QA_CACHE" in os.environ:
        root = Path(os.environ["BRIEFING_QA_CACHE"])
    elif sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "briefing-qa"
    else:
        root = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))) / "briefing-qa"
    return root / hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:20]
