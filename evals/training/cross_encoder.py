"""Trains a cross-encoder: the reranker (does this sentence answer this question) or the verifier (does this quote carry this claim).

It starts from the tuned embedder, or from an earlier model of the role.
Two losses are added: each text on its own (does it), and, where one of a list
does, which one (the softmax of Cao et al., "Learning to Rank: From Pairwise Approach to Listwise Approach",
2007). A list of which none does counts for the first alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from datasets import Dataset
from sentence_transformers import CrossEncoder
from sentence_transformers.base.modules import Dense, Transformer
from sentence_transformers.cross_encoder import CrossEncoderTrainer, CrossEncoderTrainingArguments
from sentence_transformers.sentence_transformer.modules import Pooling
from torch import Tensor, nn

from evals.training.embedder import SEED, last_checkpoint
from evals.training.lists import TrainingList

WINDOW = 192
"""Word pieces of both texts together: one in a hundred is longer."""

TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Recipe:
    """The hyperparameters."""

    rounds: int = 4
    length: int = 8
    batch: int = 16
    """Lists."""
    learning_rate: float = 8e-5
    on_cpu: bool = True
    save_every: int = 25
    """Steps between checkpoints."""


class ListLoss(nn.Module):
    """Whether each sentence answers, and which of a list does."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, inputs: Any, labels: Any, prompt: str | None = None, task: str | None = None) -> Tensor:
        """Returns the mean loss of a batch of lists.

        Args:
            inputs: Questions, and the texts of each.
            labels: Per question, 1.0 for a text that answers and 0.0 for one that does not.
            prompt: Not used.
            task: Not used.
        """
        questions, lists = inputs
        pairs = [(question, text) for question, texts in zip(questions, lists, strict=True) for text in texts]
        logits = self._logits(pairs)
        targets = torch.cat([each.float().to(logits.device) for each in labels])
        each_alone = nn.functional.binary_cross_entropy_with_logits(logits, targets)
        rows = zip(torch.split(logits, [len(each) for each in lists]), labels, strict=True)
        which = [
            nn.functional.cross_entropy(row, label.float().to(row.device) / label.sum())
            for row, label in rows
            if label.sum() > 0
        ]
        return each_alone + torch.stack(which).mean() if which else each_alone

    def _logits(self, pairs: list[tuple[str, str]]) -> Tensor:
        """Returns a logit a pair; pairs of like length go through together (4 times as fast on two cores)."""
        order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]) + len(pairs[at][1]))
        parts = [order[start : start + TOGETHER] for start in range(0, len(order), TOGETHER)]
        found = [self.model(self._pieces([pairs[at] for at in part]))["scores"].view(-1) for part in parts]
        back = torch.empty(len(pairs), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(pairs))
        return torch.cat(found).float()[back.to(found[0].device)]

    def _pieces(self, pairs: list[tuple[str, str]]) -> dict[str, Any]:
        """Returns the word pieces of pairs where the model computes."""
        device = next(self.model.parameters()).device
        found = self.model.preprocess(pairs)
        return {name: each.to(device) if isinstance(each, Tensor) else each for name, each in found.items()}

    def get_config_dict(self) -> dict[str, Any]:
        """Returns nothing: there is nothing to set."""
        return {}


def train_cross_encoder(lists: tuple[TrainingList, ...], start: Path, out: Path, recipe: Recipe, threads: int) -> Path:
    """Trains, resuming a run that was stopped; returns the folder of the trained model.

    Args:
        lists: What is trained on, in order, all rounds.
        start: Folder of the tuned embedder, or of an earlier model of the role.
        out: Folder for checkpoints and for the model.
        recipe: The hyperparameters.
        threads: Threads of torch.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    model = opened(start)
    checkpoints = out / "checkpoints"
    trainer = CrossEncoderTrainer(
        model=model, args=_arguments(checkpoints, recipe), train_dataset=_dataset(lists), loss=ListLoss(model)
    )
    trainer.train(resume_from_checkpoint=last_checkpoint(checkpoints))
    target = out / "model"
    model.save_pretrained(str(target))
    return target


def opened(start: Path) -> Any:
    """Returns the model that training starts from: an encoder with a new head, or an earlier model with its own.

    The head sees the first word piece and the mean of all: the encoder was made to be averaged.
    """
    if any(start.glob("*_Dense")):
        return CrossEncoder(str(start), num_labels=1, max_length=WINDOW, local_files_only=True)
    encoder = Transformer(str(start), max_seq_length=WINDOW, model_kwargs={"local_files_only": True})
    size = encoder.get_embedding_dimension()
    head = Dense(2 * size, 1, activation_function=None, module_output_name="scores")
    return CrossEncoder(modules=[encoder, Pooling(size, ("cls", "mean")), head])


def _arguments(checkpoints: Path, recipe: Recipe) -> CrossEncoderTrainingArguments:
    return CrossEncoderTrainingArguments(
        output_dir=str(checkpoints),
        num_train_epochs=1,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.learning_rate,
        warmup_steps=0.1,
        seed=SEED,
        data_seed=SEED,
        save_strategy="steps",
        save_steps=recipe.save_every,
        save_total_limit=1,
        logging_steps=10,
        report_to="none",
        use_cpu=recipe.on_cpu,
        bf16=True,
    )


def _dataset(lists: tuple[TrainingList, ...]) -> Any:
    return Dataset.from_dict(
        {
            "query": [each.question for each in lists],
            "docs": [list(each.texts) for each in lists],
            "labels": [[float(answers) for answers in each.answers] for each in lists],
        }
    )
