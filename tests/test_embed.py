"""The encoders: the embedded one by both doors, and any other through sentence-transformers."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import warnings
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embed import EMBEDDED, MODELS, Embedder, check_rows, load_embedder
from index.errors import EmbedderError
from index.onnx_encoder import MANY, OnnxEncoder, load_onnx_encoder

ROOT = Path(__file__).parent.parent
FOLDER = MODELS / EMBEDDED
TEXTS = [
    "规模以上工业增加值2023年全年同比增长4.6%，生产在重点行业整体向好。",
    "新能源汽车2023年的产量为958.7万辆。",
    "出席发布会的有工业和信息化部副部长辛国斌。",
    "The auto industry set a record.",
    "",
    "一" * 2000,
]


@cache
def embedded() -> OnnxEncoder:
    encoder = load_embedder()
    assert isinstance(encoder, OnnxEncoder)
    return encoder


@cache
def through_the_library() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from sentence_transformers import SentenceTransformer

        return SentenceTransformer(str(FOLDER), trust_remote_code=True, local_files_only=True, device="cpu")


def test_unit_rows_in_the_order_given() -> None:
    rows = embedded().embed_passages(TEXTS)
    assert check_rows(rows, len(TEXTS), embedded()) is rows
    assert rows.shape == (len(TEXTS), 384)
    assert np.array_equal(embedded().embed_passages(TEXTS[::-1]), rows[::-1])
    assert embedded().embed_passages([]).shape == embedded().embed_queries([]).shape == (0, 384)


def test_a_texts_vector_does_not_depend_on_its_neighbours() -> None:
    together = embedded().embed_passages(TEXTS)
    for text, row in zip(TEXTS, together, strict=True):
        assert np.array_equal(embedded().embed_passages([text])[0], row)


def test_each_question_is_nearest_to_the_text_that_answers_it() -> None:
    asked = ["工业增加值增长多少？", "新能源汽车产量是多少？", "谁出席了发布会？", "Which industry did well?"]
    cosines = embedded().embed_queries(asked) @ embedded().embed_passages(TEXTS[:4]).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_questions_and_passages_have_their_own_prompts() -> None:
    encoder = embedded()
    by_hand = [encoder.embed_ids(encoder.token_ids(prompt + "工业")) for prompt in ("query: ", "passage: ")]
    assert np.array_equal(encoder.embed_queries(["工业"])[0], by_hand[0])
    assert np.array_equal(encoder.embed_passages(["工业"])[0], by_hand[1])
    assert not np.allclose(*by_hand, atol=1e-3)


def test_what_follows_512_tokens_is_cut_off() -> None:
    ids = embedded().token_ids("工业增加值，" * 1000)
    assert len(ids) == 512
    assert (ids[0], ids[-1]) == (0, 2)  # both end marks stay
    one, other = embedded().embed_passages(["工业增加值，" * 1000, "工业增加值，" * 1000 + "另一个结尾"])
    assert np.array_equal(one, other)


def test_a_lone_surrogate_counts_as_a_question_mark() -> None:
    one, other = embedded().embed_passages(["工业\ud83d增加值", "工业?增加值"])
    assert np.array_equal(one, other)


def test_progress_is_told_after_each_and_may_cancel() -> None:
    seen: list[tuple[int, int]] = []
    embedded().embed_passages(["一", "二"], progress=lambda *at: seen.append(at))
    assert seen == [(1, 2), (2, 2)]

    def cancel(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        embedded().embed_passages(["一", "二"], progress=cancel)


def test_both_doors_give_the_same_vectors() -> None:
    library = through_the_library()
    np.testing.assert_allclose(library.encode_query(TEXTS), embedded().embed_queries(TEXTS), atol=1e-5)
    np.testing.assert_allclose(library.encode_document(TEXTS), embedded().embed_passages(TEXTS), atol=1e-5)
    assert library.get_embedding_dimension() == embedded().dim
    assert library.max_seq_length == 512


def test_a_copy_that_the_library_saved_is_the_same_encoder(tmp_path: Path) -> None:
    copy = tmp_path / "编码器"
    through_the_library().save(str(copy), create_model_card=False)
    loaded = load_embedder(str(copy))
    assert isinstance(loaded, OnnxEncoder)
    assert loaded.name == "编码器"
    assert np.array_equal(loaded.embed_queries(TEXTS), embedded().embed_queries(TEXTS))


def test_loading_the_embedded_encoder_imports_no_torch() -> None:
    code = (
        "import sys; from index.embed import load_embedder; load_embedder().embed_queries(['工业']);"
        "print(sorted({'torch', 'transformers', 'sentence_transformers', 'faiss'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def test_the_provenance_names_every_file_and_its_digest() -> None:
    text = (FOLDER / "PROVENANCE.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\| `(\S+)` \| \d+ \| `(\w{64})` \|", text))
    files = {path.name: path for path in FOLDER.iterdir() if path.name != "PROVENANCE.md"}
    assert listed == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    assert files["model.onnx"].stat().st_size < 36e6
    assert "MIT" in text
    assert not re.search(r"(^|[\s`(])/\w+/", text)  # no path of the machine that made it


def test_another_tokenizer_is_another_encoder(tmp_path: Path) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / EMBEDDED)
    assert load_onnx_encoder(copy).digest == embedded().digest
    with (copy / "tokenizer.json").open("a") as file:
        file.write("\n")
    assert load_onnx_encoder(copy).digest != embedded().digest


@pytest.mark.parametrize(
    "name", ["model.onnx", "tokenizer.json", "encoder.json", "config_sentence_transformers.json"]
)
def test_a_missing_or_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(FOLDER, tmp_path / "copy")
    (copy / name).write_bytes((FOLDER / name).read_bytes()[: (FOLDER / name).stat().st_size // 2])
    with pytest.raises(EmbedderError, match=r"copy: the encoder is damaged .* make it again"):
        load_embedder(str(copy))
    (copy / name).unlink()
    with pytest.raises(EmbedderError, match=f"{name}: No such file"):
        load_embedder(str(copy))


@pytest.mark.parametrize("name", ["./nothing", "/nothing/here", "a/b/c", "C:\\models", ""])
def test_a_folder_that_is_not_there(name: str) -> None:
    with pytest.raises(EmbedderError, match=re.escape(f"{name}: no such folder")):
        load_embedder(name)


def make_static_model(folder: Path, seed: int) -> Path:
    """An ordinary sentence-transformers folder small enough to make here: a vector for each character."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Regex, Tokenizer, models, pre_tokenizers

    vocabulary = {piece: number for number, piece in enumerate(["[UNK]", "问", "文", "工", "业", "农"])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    weights = torch.randn(len(vocabulary), 8, generator=torch.Generator().manual_seed(seed))
    module = StaticEmbedding(tokenizer, embedding_weights=weights)
    model = SentenceTransformer(modules=[module], prompts={"query": "问", "document": "文"}, device="cpu")
    model.save(str(folder), create_model_card=False)
    return folder


def test_any_other_folder_goes_through_sentence_transformers(tmp_path: Path) -> None:
    loaded = load_embedder(str(make_static_model(tmp_path / "小模型", 0)))
    assert (loaded.name, loaded.dim) == ("小模型", 8)
    seen: list[tuple[int, int]] = []
    texts = ["工业", "农业", "文工业", "\ud800"]
    rows = check_rows(loaded.embed_passages(texts, progress=lambda *at: seen.append(at)), 4, loaded)
    assert seen == [(4, 4)]
    asked = check_rows(loaded.embed_queries(["工业"]), 1, loaded)
    weights = loaded.model[0].embedding.weight.detach().numpy()  # type: ignore[attr-defined]
    for row, pieces in ((rows[0], [2, 3, 4]), (rows[2], [2, 2, 3, 4]), (asked[0], [1, 3, 4])):
        mean = weights[pieces].mean(axis=0)
        np.testing.assert_allclose(row, mean / np.linalg.norm(mean), atol=1e-6)
    assert loaded.embed_queries([]).shape == (0, 8)


def test_the_digest_follows_the_weights_and_not_the_place(tmp_path: Path) -> None:
    first = load_embedder(str(make_static_model(tmp_path / "a", 0)))
    assert load_embedder(str(shutil.copytree(tmp_path / "a", tmp_path / "b"))).digest == first.digest
    assert load_embedder(str(make_static_model(tmp_path / "c", 1))).digest != first.digest
    prompts = json.loads((tmp_path / "b" / "config_sentence_transformers.json").read_text())
    prompts["prompts"]["query"] = "文"
    (tmp_path / "b" / "config_sentence_transformers.json").write_text(json.dumps(prompts))
    assert load_embedder(str(tmp_path / "b")).digest != first.digest


def test_a_folder_that_is_no_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "modules.json").write_text("{")
    with pytest.raises(
        EmbedderError, match=r"can't be loaded as a sentence-transformers model .*; name a folder"
    ):
        load_embedder(str(tmp_path))


def test_code_in_a_models_folder_is_never_run(tmp_path: Path) -> None:
    folder = make_static_model(tmp_path / "m", 0)
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "evil.Evil"
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "evil.py").write_text("raise SystemExit('ran')")
    with pytest.raises(EmbedderError, match=r"evil\.Evil"):
        load_embedder(str(folder))


def test_a_hub_name_without_a_network_says_what_to_do() -> None:
    code = (
        "from index.embed import load_embedder\nfrom index.errors import EmbedderError\n"
        "try: load_embedder('nobody/nothing')\nexcept EmbedderError as error: print(error)"
    )
    environment = {"HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}
    import os

    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | environment,
    )
    assert re.fullmatch(
        r"nobody/nothing: can't be loaded .*; check the name and the network, .*\n", ran.stdout
    )


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (np.zeros((1, 384)), "float64"),
        (np.zeros((1, 3), np.float32), r"\[1, 3\]"),
        (np.zeros((1, 384), np.float32), "length 0, not 1"),
        (np.full((1, 384), np.nan, np.float32), "length nan, not 1"),
    ],
)
def test_rows_that_are_not_unit_rows_are_refused(rows: Any, says: str) -> None:
    maker: Embedder = embedded()
    with pytest.raises(EmbedderError, match=f"{EMBEDDED}: .*{says}.*; choose another encoder"):
        check_rows(rows, 1, maker)


def test_many_texts_are_run_beside_each_other_and_get_the_same_vectors() -> None:
    texts = [f"第{n}条：{'工业' * (n % 7)}" for n in range(2 * MANY)]
    reported: list[tuple[int, int]] = []
    rows = embedded().embed_passages(texts, progress=lambda done, total: reported.append((done, total)))
    assert reported == [(n + 1, len(texts)) for n in range(len(texts))]
    for text, row in zip(texts, rows, strict=True):
        assert np.array_equal(embedded().embed_ids(embedded().token_ids(embedded().passage_prompt + text)), row)


def test_what_progress_raises_ends_many_texts_too() -> None:
    def cancel(done: int, _: int) -> None:
        if done == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        embedded().embed_passages(["工业"] * 100_000, progress=cancel)


def test_an_encoder_that_changed_on_the_disk_since_it_was_opened_is_not_mixed_in(tmp_path: Path) -> None:
    folder = tmp_path / "编码器"
    shutil.copytree(FOLDER, folder)
    encoder = load_onnx_encoder(folder)
    (folder / "encoder.json").write_text('{"dim": 384, "max_tokens": 9}', encoding="utf-8")
    with pytest.raises(EmbedderError, match=r"is \w{12} now; start the program again"):
        encoder.embed_passages(["工业"] * MANY)
