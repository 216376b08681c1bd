"""The peers, behind the verbs of benchmarks/contestants.py, each used as its own introduction shows.

That is with its defaults, and the prompts that the encoder asks for; txtai reads these from the encoder's folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

QUERY, PASSAGE = "query: ", "passage: "  # the prompts of multilingual-e5
BEST = 5  # passages that a question asks for


class LlamaIndex:
    """VectorStoreIndex with its own store."""

    needs = ("llama-index-core", "llama-index-embeddings-huggingface")

    def start(self) -> None:
        import llama_index.core as library
        from llama_index.core.schema import TextNode
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self.library, self.node, self.embedding = library, TextNode, HuggingFaceEmbedding

    def open_encoder(self, encoder: str) -> None:
        self.model = self.embedding(encoder, query_instruction=QUERY, text_instruction=PASSAGE, device="cpu", trust_remote_code=True)

    def build(self, texts: dict[str, Any]) -> None:
        nodes = [self.node(id_=id, text=text) for id, text in texts["passages"]]
        self.index = self.library.VectorStoreIndex(nodes, embed_model=self.model)

    def save(self, folder: Path) -> None:
        self.index.storage_context.persist(folder)

    def load(self, folder: Path) -> None:
        context = self.library.StorageContext.from_defaults(persist_dir=str(folder))
        self.retriever = self.library.load_index_from_storage(context, embed_model=self.model).as_retriever(similarity_top_k=BEST)

    def ask(self, question: str) -> list[str]:
        return [found.node.node_id for found in self.retriever.retrieve(question)]


class Haystack:
    """InMemoryDocumentStore, by embedding."""

    needs = ("haystack-ai", "sentence-transformers-haystack")

    def start(self) -> None:
        import haystack
        from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders import sentence_transformers as embedders

        self.library, self.retriever, self.stores, self.embedders = haystack, InMemoryEmbeddingRetriever, InMemoryDocumentStore, embedders

    def open_encoder(self, encoder: str) -> None:
        options = {"model": encoder, "device": self.library.utils.ComponentDevice.from_str("cpu"), "progress_bar": False, "trust_remote_code": True}
        self.passages = self.embedders.SentenceTransformersDocumentEmbedder(prefix=PASSAGE, **options)
        self.queries = self.embedders.SentenceTransformersTextEmbedder(prefix=QUERY, **options)
        self.passages.warm_up()
        self.queries.warm_up()

    def build(self, texts: dict[str, Any]) -> None:
        documents = [self.library.Document(id=id, content=text) for id, text in texts["passages"]]
        self.store = self.stores(embedding_similarity_function="cosine")
        self.store.write_documents(self.passages.run(documents)["documents"])

    def save(self, folder: Path) -> None:
        folder.mkdir()
        self.store.save_to_disk(str(folder / "store.json"))

    def load(self, folder: Path) -> None:
        self.search = self.retriever(self.stores.load_from_disk(str(folder / "store.json")), top_k=BEST)

    def ask(self, question: str) -> list[str]:
        return [d.id for d in self.search.run(self.queries.run(question)["embedding"])["documents"]]


class LangChain:
    """Its FAISS store."""

    needs = ("langchain-community", "langchain-huggingface", "faiss-cpu", "sentence-transformers")

    def start(self) -> None:
        from langchain_community.vectorstores import FAISS
        from langchain_huggingface import HuggingFaceEmbeddings

        self.faiss, self.embeddings = FAISS, HuggingFaceEmbeddings

    def open_encoder(self, encoder: str) -> None:
        passages, queries = ({"prompt": prompt} for prompt in (PASSAGE, QUERY))
        self.model = self.embeddings(model_name=encoder, model_kwargs={"device": "cpu", "trust_remote_code": True}, encode_kwargs=passages, query_encode_kwargs=queries)

    def build(self, texts: dict[str, Any]) -> None:
        ids, passages = zip(*texts["passages"], strict=True)
        self.store = self.faiss.from_texts(list(passages), self.model, ids=list(ids))

    def save(self, folder: Path) -> None:
        self.store.save_local(str(folder))

    def load(self, folder: Path) -> None:
        self.store = self.faiss.load_local(str(folder), self.model, allow_dangerous_deserialization=True)

    def ask(self, question: str) -> list[str]:
        return [document.id for document in self.store.similarity_search(question, BEST)]


class Txtai:
    """Embeddings with content."""

    needs = ("txtai", "sentence-transformers")

    def start(self) -> None:
        import txtai

        self.library = txtai

    def open_encoder(self, encoder: str) -> None:
        self.settings = {"path": encoder, "method": "sentence-transformers", "content": True, "gpu": False, "vectors": {"trust_remote_code": True}}
        self.embeddings = self.library.Embeddings(self.settings)

    def build(self, texts: dict[str, Any]) -> None:
        self.embeddings.index([(id, text, None) for id, text in texts["passages"]])

    def save(self, folder: Path) -> None:
        self.embeddings.save(str(folder))

    def load(self, folder: Path) -> None:
        self.embeddings.load(str(folder))

    def ask(self, question: str) -> list[str]:
        return [found["id"] for found in self.embeddings.search(question, BEST)]
