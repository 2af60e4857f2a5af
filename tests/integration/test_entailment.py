"""A CrossEncoder from a folder, its classes by name; a tiny one is made here, whose head says always the same."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.adapters.embedders.minilm_files import weights_folder
from assistant.adapters.rerankers.cross_encoder_entailment import CrossEncoderEntailment
from assistant.answering.verify.by_model import ModelJudge
from assistant.bootstrap import Assistant
from assistant.errors import ModelMissing
from assistant.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore")  # those of torch and transformers
PAIR = ("Staff must record it.", "Staff must record it.")
LOGITS = {"contradiction": 0.0, "entailment": 3.0, "neutral": 1.0}


def made(folder: Path, logits: dict[str, float]) -> str:
    """Writes a model whose every pair gets these logits, and returns its folder."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    names = list(logits)
    config = BertConfig(
        vocab_size=30522, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        num_labels=len(names), id2label=dict(enumerate(names)), label2id={name: at for at, name in enumerate(names)},
    )  # fmt: skip
    model = BertForSequenceClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor(list(logits.values())))
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        if (weights_folder() / name).exists():
            shutil.copy(weights_folder() / name, folder / name)
    return str(folder)


def test_the_class_entailment_decides_wherever_it_stands(tmp_path: Path) -> None:
    yes = made(tmp_path / "yes", LOGITS)
    no = made(tmp_path / "no", {"entailment": 0.0, "neutral": 3.0, "contradiction": 1.0})
    assert CrossEncoderEntailment(yes, 0.5).entails(*PAIR)
    assert not CrossEncoderEntailment(yes, 0.9).entails(*PAIR)
    assert not CrossEncoderEntailment(no, 0.5).entails(*PAIR)


def test_a_model_of_one_class_gives_a_probability(tmp_path: Path) -> None:
    folder = made(tmp_path / "one", {"score": 1.0})  # 0.73 by the logistic function
    assert CrossEncoderEntailment(folder, 0.7).entails(*PAIR)
    assert not CrossEncoderEntailment(folder, 0.75).entails(*PAIR)


def test_other_weights_or_another_threshold_are_another_fingerprint(tmp_path: Path) -> None:
    folders = [made(tmp_path / name, LOGITS) for name in ("a", "b")]
    prints = [CrossEncoderEntailment(each, 0.5).fingerprint for each in folders]
    prints.append(CrossEncoderEntailment(folders[0], 0.6).fingerprint)
    assert len(set(prints)) == 3
    assert CrossEncoderEntailment(folders[0], 0.5).fingerprint == prints[0]


def test_a_model_that_is_not_there_or_names_no_such_class_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"no CrossEncoder of this name here\. Set entailment\.model"):
        CrossEncoderEntailment(str(tmp_path / "nowhere"), 0.5)
    with pytest.raises(ModelMissing, match='none is "entailment"'):
        CrossEncoderEntailment(made(tmp_path / "odd", {"a": 1.0, "b": 2.0}), 0.5)


def test_the_settings_choose_it_and_only_where_a_model_writes(tmp_path: Path) -> None:
    writes = {"language_model": {"name": "m-1", "base_url": "http://127.0.0.1:9/v1"}}

    def chosen(**more: object) -> object:
        return Assistant(Settings.model_validate({"data": tmp_path, **more})).entailment

    assert chosen() is None
    assert chosen(entailment={"model": "language_model"}) is None
    assert isinstance(chosen(**writes, entailment={"model": "language_model"}), ModelJudge)
    folder = made(tmp_path / "m", LOGITS)
    assert isinstance(chosen(**writes, entailment={"model": folder}), CrossEncoderEntailment)
