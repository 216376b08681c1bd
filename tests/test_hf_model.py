"""An extractive model of Hugging Face takes the reader's place by name: a tiny one, made here."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import open_assistant
from qa.errors import ReaderError
from qa.hf_model import HuggingFaceModel, load_hf_model
from qa.reader import load_reader
from qa.span_reader import SpanReader

PASSAGE = "全市新建口袋公园41个。植树12.6万株，比上年多一成。" * 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A question-answering model that learned nothing, with a tokenizer of single characters."""
    import torch
    from transformers import BertConfig, BertForQuestionAnswering, BertTokenizerFast

    path = tmp_path_factory.mktemp("model")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(PASSAGE + "多少个？谁"))]
    (path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    torch.manual_seed(1)
    config = BertConfig(vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, max_position_embeddings=64)
    BertForQuestionAnswering(config).save_pretrained(path)
    BertTokenizerFast(vocab_file=str(path / "vocab.txt"), model_max_length=64).save_pretrained(path)
    return path


@pytest.fixture(scope="module")
def model(folder: Path) -> HuggingFaceModel:
    return load_hf_model(str(folder))


def test_its_spans_are_slices_of_a_long_passage(model: HuggingFaceModel) -> None:
    found = model.find_spans("多少个？", "", PASSAGE, 50)
    assert found
    assert all(0 <= span.start < span.end <= len(PASSAGE) for span in found)
    assert max(span.end for span in found) > 200  # not the first window alone


def test_none_crosses_a_break(model: HuggingFaceModel) -> None:
    breaks = [n for n, char in enumerate(PASSAGE) if char == "。"]
    assert all(not span.start < stop < span.end for span in model.find_spans("谁？", "", PASSAGE, 20, breaks) for stop in breaks)


def test_it_takes_the_readers_place_by_folder(folder: Path, tmp_path: Path) -> None:
    text = tmp_path / "公园.txt"
    text.write_text("全市新建口袋公园41个。植树12.6万株。", encoding="utf-8")
    reader = load_reader(str(folder))
    assert isinstance(reader, SpanReader)
    assert reader.name == str(folder)
    answer = open_assistant(text, reader=str(folder), folder=tmp_path / "index").ask("口袋公园多少个？")
    assert answer.mode == "extract"


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=str(tmp_path)):
        load_reader(str(tmp_path))
