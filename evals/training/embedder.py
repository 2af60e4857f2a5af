"""Trains the embedder: the packaged MiniLM, taught which passage and which sentence answers a question.

Recipe: multiple negatives ranking (Henderson et al., "Efficient Natural Language Response Suggestion for Smart
Reply", 2017) with one hard negative each, batches whole by gradient caching (Gao et al., "Scaling Deep Contrastive
Learning Batch Size under Memory Limited Setup", 2021), mean pooling, scale 20.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from sentence_transformers import (
    SentenceTransformer,
    SentenceTransformerTrainer,
    SentenceTransformerTrainingArguments,
)
from sentence_transformers.sentence_transformer.losses import CachedMultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.training_args import BatchSamplers, MultiDatasetBatchSamplers
from torch import nn
from transformers.trainer_utils import get_last_checkpoint

from assistant.ports import Embedder
from evals.training.material import Material
from evals.training.pairs import Triplet, columns, passage_triplets, sentence_triplets

SEED = 13


@dataclass(frozen=True, slots=True)
class Recipe:
    """The hyperparameters."""

    epochs: float = 4.0
    batch: int = 128
    mini_batch: int = 32
    """Texts held in memory at once; changes nothing but time and memory."""
    learning_rate: float = 5e-5
    scale: float = 20.0
    on_cpu: bool = True
    save_every: int = 10
    """Steps between checkpoints."""


def train_embedder(
    material: Material, embedder: Embedder, start: Path, out: Path, recipe: Recipe, threads: int
) -> Path:
    """Trains, resuming a run that was stopped; returns the folder of the trained model.

    Args:
        material: What is trained on.
        embedder: The model that training starts from, as it is served; finds the hard negatives.
        start: Folder of its weights.
        out: Folder for checkpoints and for the model.
        recipe: The hyperparameters.
        threads: Threads of torch.
    """
    torch.set_num_threads(threads)
    model = SentenceTransformer(str(start), local_files_only=True)
    data = {
        "passages": _dataset(passage_triplets(material, embedder, SEED)),
        "sentences": _dataset(sentence_triplets(material, embedder, SEED)),
    }
    loss = CachedMultipleNegativesRankingLoss(model, scale=recipe.scale, mini_batch_size=recipe.mini_batch)
    losses: dict[str, nn.Module] = dict.fromkeys(data, loss)
    trainer = SentenceTransformerTrainer(model=model, args=_arguments(out, recipe), train_dataset=data, loss=losses)
    checkpoints = out / "checkpoints"
    trainer.train(resume_from_checkpoint=last_checkpoint(checkpoints))
    target = out / "model"
    model.save_pretrained(str(target))
    return target


def _arguments(out: Path, recipe: Recipe) -> SentenceTransformerTrainingArguments:
    return SentenceTransformerTrainingArguments(
        output_dir=str(out / "checkpoints"),
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        warmup_steps=0.1,
        seed=SEED,
        data_seed=SEED,
        batch_sampler=BatchSamplers.NO_DUPLICATES,
        multi_dataset_batch_sampler=MultiDatasetBatchSamplers.PROPORTIONAL,
        save_strategy="steps",
        save_steps=recipe.save_every,
        save_total_limit=1,
        logging_steps=10,
        report_to="none",
        use_cpu=recipe.on_cpu,
        bf16=True,
        dataloader_drop_last=False,
    )


def _dataset(triplets: tuple[Triplet, ...]) -> Any:
    return Dataset.from_dict(dict(columns(triplets)))


def last_checkpoint(checkpoints: Path) -> str | None:
    """Returns the newest checkpoint of an earlier run, None where there is none."""
    found: str | None = get_last_checkpoint(str(checkpoints)) if checkpoints.is_dir() else None  # type: ignore[no-untyped-call]
    return found
