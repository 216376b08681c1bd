"""Training: examples that are what they say, parts that stay apart, and a run that goes on where it was stopped."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from index.onnx_session import open_tokenizer
from qa.reader import EMBEDDED, MODELS
from training.average import average
from training.domains import PERIODS
from training.examples import Example, read_examples, share, write_examples
from training.features import Feature, batches, features_of, padded, stack
from training.made import made_examples, near_misses
from training.overlap import drop_overlapping, runs
from training.squad import part_of, shorten, without_answer
from training.stated import stated_examples
from training.written import QUESTIONS, read_written

ROOT = Path(__file__).resolve().parent.parent
TEXT = "2023年，全市新建口袋公园41个，比上年多9个。市长周敏表示，明年将在浙江省杭州市召开现场会。上半年，出口额同比增长5.2%，达到120亿元。会议发布《公园城市纲要》。"
TOKENIZER = MODELS / EMBEDDED / "tokenizer.json"


def example(passage: str = TEXT, answer: str = "41个", question: str = "2023年新建口袋公园多少个？") -> Example:
    start = passage.index(answer) if answer else -1
    return Example("e", "drcd", "", question, "", passage, start, start + len(answer) if answer else -1)


def test_examples_come_back_as_they_were_written(tmp_path: Path) -> None:
    examples = [example(), example(answer="", question="地铁？\n\"\u2028"), Example("x", "made", "who", "谁？", "上文", TEXT, 0, 4, ("2023", "二〇二三"))]
    assert write_examples(examples, tmp_path / "a" / "b.jsonl") == 3
    assert list(read_examples(tmp_path / "a" / "b.jsonl")) == examples


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 4), (0, len(TEXT) + 1), (-2, -2)])
def test_an_answer_that_is_no_slice_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no slice"):
        Example("e", "drcd", "", "？", "", TEXT, start, end)


def test_parts_are_of_whole_articles_and_never_change() -> None:
    assert {part_of("drcd_test", f"{n}-{k}") for n in (1147,) for k in range(9)} in ({"train"}, {"test"})
    parts = [part_of("cmrc_trial", f"TRIAL_{n}") for n in range(1000)]
    assert 0.35 < parts.count("train") / 1000 < 0.45
    assert parts.count("dev") + parts.count("test") + parts.count("train") == 1000
    assert share("TRIAL_800", 5) == 2


@given(st.integers(0, 10**6), st.sampled_from(["41个", "浙江省杭州市", "120亿元", ""]), st.sampled_from([20, 60, 240]))
def test_a_shortened_example_keeps_its_answer(seed: int, answer: str, longest: int) -> None:
    short = shorten(example(answer=answer), random.Random(seed), longest)
    assert short.answer == answer
    assert short.passage in TEXT


def test_a_feature_points_at_the_answers_tokens() -> None:
    tokenizer = open_tokenizer(TOKENIZER.read_bytes())
    (feature,) = features_of(example(), tokenizer)
    offsets = feature.window.offsets
    first, last = feature.start - feature.window.first, feature.end - feature.window.first
    assert TEXT[offsets[first][0] : offsets[last][1]] == "41个"
    (none,) = features_of(example(answer=""), tokenizer)
    assert (none.start, none.end) == (0, 0)


def test_batches_hold_every_feature_once() -> None:
    tokenizer = open_tokenizer(TOKENIZER.read_bytes())
    features = [f for n in range(60) for f in features_of(example(passage=TEXT * (1 + n % 4)), tokenizer)]
    found = batches(features, random.Random(1))
    assert sorted(id(f) for batch in found for f in batch) == sorted(map(id, features))
    for batch in found:
        ids, mask, kinds = stack([f.window for f in batch], padded(max(len(f.window.ids) for f in batch)))
        assert ids.size <= 3072
        assert (mask.sum(1) == [len(f.window.ids) for f in batch]).all()
        assert (kinds.sum(1) == [len(f.window.offsets) for f in batch]).all()
        assert all(isinstance(f, Feature) for f in batch)


def test_what_is_made_asks_for_a_slice_that_the_question_lacks() -> None:
    articles = {f"a{n}": TEXT for n in range(40)}
    made = list(made_examples(articles, 60, seed=3))
    assert 50 <= len(made) <= 60
    assert {e.kind for e in made} >= {"figure", "where"}
    for one in made:
        assert one.answer
        assert TEXT.startswith(one.passage[:5], TEXT.index(one.passage[:5]))
        assert any(word in one.question for word in ("多少", "几", "谁", "哪", "什么", "何时"))


def test_a_near_miss_asks_for_what_the_passage_does_not_name() -> None:
    (miss,) = near_misses([example()], seed=1)
    assert (miss.kind, miss.start, miss.end, miss.passage) == ("none_period", -1, -1, TEXT)
    year = miss.question[:4]
    assert year.isdigit()
    assert year not in TEXT
    assert list(near_misses([example(answer="")], seed=1)) == []


def test_a_measure_that_the_passage_names_otherwise_is_no_near_miss() -> None:
    """产销分别完成A和B says the output: to ask for it there is no near miss of asking for the sales."""
    told = "2023年，全市汽车产销分别完成68.4万辆和66.9万辆，销量创下新高。"
    assert list(near_misses([example(told, "66.9万辆", "全市汽车销量是多少？")] * 9, seed=1)) == []
    plain = "2023年，全市汽车销量达到66.9万辆。"
    assert {miss.question for miss in near_misses([example(plain, "66.9万辆", "全市汽车销量是多少？")] * 9, seed=1)} == {"全市汽车产量是多少？"}


STATED = list(stated_examples(1500, seed=3))


def test_what_is_stated_by_rule_is_asked_for_what_it_states() -> None:
    assert list(stated_examples(50, seed=3)) == STATED[:50]
    for one in STATED:
        assert (one.start < 0) == one.kind.startswith("none_")
        assert one.start < 0 or re.fullmatch(r"(?:约|超|近)?\d[\d.]*[%\u4e00-\u9fff]+", one.answer), one
    assert 0.25 < sum(one.start < 0 for one in STATED) / len(STATED) < 0.45


def test_of_two_measures_in_one_breath_the_first_has_the_first_figure() -> None:
    asked = [one for one in STATED if one.kind == "level" and "产销分别" in one.passage and re.search("钢材|汽车", one.question) and not re.search("不锈|新能源|乘用|商用|客车|螺纹|冷轧", one.question)]
    seen = set()
    for one in asked:
        first, second = re.search(r"产销分别(?:完成|达到|为|实现了?|是)(.+?)和(.+?)[，。]", one.passage).groups()  # type: ignore[union-attr]
        if one.answer in (first, second):
            made = bool(re.search("产量|造了|炼了|output", one.question))
            assert made == (one.answer == first) or first == second
            seen.add(made)
    assert seen == {True, False}


def test_what_is_not_stated_is_asked_with_its_time() -> None:
    """Without a time, a question for another month's output would be one for the month that the passage gives."""
    times = [time for pair in PERIODS for time in pair]
    for one in STATED:
        if one.start < 0 and one.kind != "none_target":
            assert any(time in one.question for time in times), one.question


def test_unanswerable_examples_lack_the_answer() -> None:
    other = example("全市植树12.6万株，比上年多一成，新建绿道36公里。" * 3, "12.6万株", "全市植树多少株？")
    for one in without_answer([example(), other], random.Random(2)):
        assert one.start == one.end == -1
        assert one.passage != TEXT


def test_what_overlaps_the_held_out_part_is_dropped() -> None:
    held = example()
    near, far = example(passage="前言。" + TEXT + "后记。"), example("全市植树12.6万株，比上年多一成，新建绿道三十六公里，开放时间另行通知。", "12.6万株", "全市今年一共植树多少万株，比上年多多少？")
    assert drop_overlapping([near, far], [held]) == [far]
    assert runs("一二三四五六七八九十甲乙丙") == {"一二三四五六七八九十甲乙丙"}


def test_written_questions_stand_on_their_passages() -> None:
    for path in sorted(QUESTIONS.glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert all((row["at"] < 0) == (row["answer"] == "") for row in rows)
        if "text" in rows[0]:
            assert len(list(read_written(path, {}))) == len(rows)
        else:
            assert all(row["end"] - row["start"] >= row["at"] + len(row["answer"]) for row in rows)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder that learned nothing, of the embedded tokenizer's vocabulary."""
    import torch
    from transformers import BertConfig, BertModel

    path = tmp_path_factory.mktemp("encoder")
    torch.manual_seed(1)
    BertModel(BertConfig(vocab_size=34871, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16, max_position_embeddings=512, pad_token_id=1)).save_pretrained(path)
    return path


def train(encoder: Path, data: Path, output: Path, *more: str) -> str:
    command = [sys.executable, "-m", "training.train", "--encoder", str(encoder), "--tokenizer", str(TOKENIZER), "--data", f"{data}*3", "--output", str(output), "--layers", "2", "--frozen", "1", "--epochs", "2", *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout


def test_a_stopped_run_goes_on_to_the_same_end_and_is_exported(encoder: Path, tmp_path: Path) -> None:
    import torch

    from qa.span_model import load_span_model
    from training.export import export, load_checkpoint

    write_examples([example(), example(answer="120亿元", question="上半年出口额？"), example(answer="", question="地铁？")] * 20, tmp_path / "data.jsonl")
    train(encoder, tmp_path / "data.jsonl", tmp_path / "whole")
    cut = train(encoder, tmp_path / "data.jsonl", tmp_path / "parts", "--stop", "5")
    assert "from step 0" in cut
    rest = train(encoder, tmp_path / "data.jsonl", tmp_path / "parts")
    assert "from step 5" in rest
    whole, parts = (torch.load(tmp_path / name / "last.pt", weights_only=True) for name in ("whole", "parts"))
    assert whole["step"] == parts["step"] > 5
    assert all(torch.equal(value, parts["model"][name]) for name, value in whole["model"].items())

    model = load_checkpoint(tmp_path / "whole" / "last.pt", encoder, 2)
    export(model, TOKENIZER, tmp_path / "reader")
    engine = load_span_model(tmp_path / "reader-fp32")
    (feature,) = features_of(example(), engine.tokenizer)
    ids, mask, kinds = (torch.from_numpy(a) for a in stack([feature.window]))
    with torch.inference_mode():
        wanted = model(ids, mask, kinds)[0][[0, *range(feature.window.first, feature.window.first + len(feature.window.offsets))]]
    assert abs(engine.score(feature.window) - wanted.numpy()).max() < 0.02  # the word table is int8 in both exports
    assert load_span_model(tmp_path / "reader").find_spans("？", "", TEXT, 1)


def test_averaged_weights_lie_between_and_must_be_of_one_model() -> None:
    one, other = {"w": torch.tensor([0.0, 2.0]), "n": torch.tensor([3])}, {"w": torch.tensor([1.0, 4.0]), "n": torch.tensor([5])}
    averaged = average(one, other, 0.25)
    assert averaged["w"].tolist() == [0.75, 3.5]
    assert averaged["n"].tolist() == [5]
    assert average(one, one, 0.3)["w"].tolist() == [0.0, 2.0]
    with pytest.raises(ValueError, match="different"):
        average(one, {"w": one["w"]}, 0.5)
