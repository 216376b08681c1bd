"""Programs that search passages, behind the same verbs: open an encoder, build, save, load, ask.

Here are the floors and this program; the peers are in benchmarks/rivals.py. Each imports its own library alone and
late, so that import, memory and size are its own. `texts` holds documents and the passages cut from them, each as
[id, text].
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rivals import BEST, Haystack, LangChain, LlamaIndex, Txtai


class Python:
    """Doing nothing: what a process costs."""

    needs = ()

    def start(self) -> None:
        """Imports what is used; every contestant has this, and all but this one the other verbs too."""


class BareTransformers:
    """sentence-transformers and an exact FAISS index, and nothing around them: the floor of the peers."""

    needs = ("sentence-transformers", "faiss-cpu")

    def start(self) -> None:
        import faiss
        import sentence_transformers

        self.faiss, self.library = faiss, sentence_transformers

    def open_encoder(self, encoder: str) -> None:
        self.model = self.library.SentenceTransformer(encoder, device="cpu", trust_remote_code=True)

    def embed_passages(self, texts: list[str]) -> Any:
        return self.model.encode_document(texts, show_progress_bar=False)

    def embed_query(self, text: str) -> Any:
        return self.model.encode_query([text], show_progress_bar=False)

    def build(self, texts: dict[str, Any]) -> None:
        self.ids = [id for id, _ in texts["passages"]]
        rows = self.embed_passages([text for _, text in texts["passages"]])
        self.flat = self.faiss.IndexFlatIP(rows.shape[1])
        self.flat.add(rows)

    def save(self, folder: Path) -> None:
        folder.mkdir()
        self.faiss.write_index(self.flat, str(folder / "vectors.faiss"))
        (folder / "ids.json").write_text(json.dumps(self.ids, ensure_ascii=False), encoding="utf-8")

    def load(self, folder: Path) -> None:
        self.flat = self.faiss.read_index(str(folder / "vectors.faiss"))
        self.ids = json.loads((folder / "ids.json").read_text(encoding="utf-8"))

    def ask(self, question: str) -> list[str]:
        return [self.ids[row] for row in self.flat.search(self.embed_query(question), BEST)[1][0]]


class BareEmbedded(BareTransformers):
    """The embedded encoder and an exact FAISS index, and nothing around them: our floor."""

    needs = ("onnxruntime", "tokenizers", "faiss-cpu")

    def start(self) -> None:
        import faiss

        from index.embed import load_embedder

        self.faiss, self.library = faiss, load_embedder

    def open_encoder(self, _: str) -> None:
        self.model = self.library()

    def embed_passages(self, texts: list[str]) -> Any:
        return self.model.embed_passages(texts)

    def embed_query(self, text: str) -> Any:
        return self.model.embed_queries([text])


class BriefingQa:
    """This program: whole documents, which it cuts itself; both sides of its search; the reader beside it."""

    needs = ("briefing-qa",)

    def start(self) -> None:
        import index.store as store
        import qa.assistant as assistant

        self.assistant, self.store = assistant, store

    def open_encoder(self, _: str) -> None:
        from index.embed import load_embedder

        self.embedder = load_embedder()

    def build(self, texts: dict[str, Any]) -> None:
        from documents.read import document_from_text

        documents = [document_from_text(id, text) for id, text in texts["documents"]]
        self.index = self.assistant.build_index(documents, self.embedder)

    def save(self, folder: Path) -> None:
        self.store.save_index(self.index, folder)

    def load(self, folder: Path) -> None:
        self.asked = self.assistant.Assistant(self.store.load_index(folder, self.embedder), None)

    def ask(self, question: str) -> list[str]:
        return [f"{hit.passage.document_id}:{hit.passage.start}" for hit, _ in self.asked.search(question, BEST)]

    def open_reader(self) -> Callable[[str], object]:
        from qa.reader import load_reader

        return self.assistant.Assistant(self.asked.index, load_reader()).ask


CONTESTANTS: dict[str, type[Any]] = {
    "Python alone": Python,
    "bare sentence-transformers": BareTransformers,
    "bare embedded encoder": BareEmbedded,
    "briefing-qa": BriefingQa,
    "LlamaIndex": LlamaIndex,
    "Haystack": Haystack,
    "LangChain": LangChain,
    "txtai": Txtai,
}
OURS = ("Python alone", "bare embedded encoder", "briefing-qa")  # run by this environment's Python
