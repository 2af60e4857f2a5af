"""Trains a reranker on from the served one: which text answers a question, or none, and which of several questions a text answers.

Three losses are added. Within a question: the softmax over its texts and a place of logit 0 for "none of these" (so a list
without an answer teaches as much as one with one). Each pair alone. And across near questions over the same text: the softmax
over the questions, of which the first is answered by it. Old lists are also held near to what the served model says of them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from evals.training.candidate_lists import Group
from evals.training.cross_encoder import opened

SEED = 13
TOGETHER = 32
"""Pairs of like length that go through together."""


@dataclass(frozen=True, slots=True)
class ContrastRecipe:
    """The hyperparameters."""

    steps: int = 240
    twins: int = 8
    """Groups of near questions a step."""
    old: int = 3
    """Single questions of the old material a step."""
    learning_rate: float = 5e-5
    frozen_layers: int = 3
    """Lowest layers kept as they are, the word pieces with them: half the time on two cores."""
    alone: float = 0.5
    """Weight of the loss of each pair alone."""
    across: float = 1.0
    """Weight of the loss across near questions."""
    held: float = 0.3
    """Weight of the distance from what the served model says of old lists."""
    save_every: int = 60


class LowerStates:
    """What the lowest layers of an encoder say of pairs, computed once a pair, since training leaves them as they are.

    Args:
        model: As ``opened`` returns it.
        layers: How many of them, besides the word pieces.
    """

    def __init__(self, model: Any, layers: int) -> None:
        self._model = model
        self._layers = layers
        self._known: dict[tuple[str, str], Tensor] = {}

    def of(self, pairs: Sequence[tuple[str, str]]) -> list[Tensor]:
        """Returns float16 (word pieces, width) a pair."""
        new = list(dict.fromkeys(pair for pair in pairs if pair not in self._known))
        for part in _alike(new):
            self._compute([new[at] for at in part])
        return [self._known[pair] for pair in pairs]

    def _compute(self, pairs: list[tuple[str, str]]) -> None:
        encoder, pieces = self._model[0].model, self._model.preprocess(pairs)
        with torch.inference_mode():
            states = encoder.embeddings(input_ids=pieces["input_ids"], token_type_ids=pieces["token_type_ids"])
            states = through(encoder.encoder.layer[: self._layers], states, pieces["attention_mask"])
        for pair, row, mask in zip(pairs, states, pieces["attention_mask"], strict=True):
            self._known[pair] = row[: int(mask.sum())].half().clone()


class Pairs:
    """A cross-encoder that scores pairs, those of like length together.

    Args:
        model: As ``opened`` returns it.
        lower: What its lowest layers say.
        layers: How many layers that are.
    """

    def __init__(self, model: Any, lower: LowerStates, layers: int) -> None:
        self.model = model
        self._lower = lower
        self._layers = layers

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Returns a logit a pair."""
        parts = list(_alike(pairs))
        found = [self._upper(self._lower.of([pairs[at] for at in part])) for part in parts]
        order = [at for part in parts for at in part]
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return torch.cat(found)[back]

    def _upper(self, rows: Sequence[Tensor]) -> Tensor:
        states = nn.utils.rnn.pad_sequence([row.float() for row in rows], batch_first=True)
        mask = torch.arange(states.shape[1])[None] < torch.tensor([len(row) for row in rows])[:, None]
        states = through(self.model[0].model.encoder.layer[self._layers :], states, mask)
        weight = mask.unsqueeze(-1).float()
        mean = (states * weight).sum(1) / weight.sum(1)
        logits: Tensor = self.model[-1].linear(torch.cat((states[:, 0], mean), dim=1))
        return logits.view(-1)

    def score(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """Returns the same without what training needs."""
        self.model.eval()
        with torch.no_grad():
            return self.logits(pairs)


def through(layers: Any, states: Tensor, mask: Tensor) -> Tensor:
    """Returns what some layers make of states; what the mask leaves out is not looked at."""
    hidden = torch.zeros(mask.shape).masked_fill(mask == 0, torch.finfo(torch.float32).min)[:, None, None, :]
    for layer in layers:
        found = layer(states, hidden)
        states = found[0] if isinstance(found, tuple) else found
    return states


def _alike(pairs: Sequence[tuple[str, str]]) -> Iterator[list[int]]:
    """Yields the places of pairs of like length."""
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]) + len(pairs[at][1]))
    for start in range(0, len(order), TOGETHER):
        yield order[start : start + TOGETHER]


def pairs_of(groups: Sequence[Group]) -> list[tuple[str, str]]:
    """Returns every pair of question and text, in order."""
    return [(each.question, text) for group in groups for each in group.lists for text in each.texts]


def loss_of(groups: Sequence[Group], logits: Tensor, recipe: ContrastRecipe) -> Tensor:
    """Returns the mean loss of some groups from the logits of their pairs."""
    lists = [each for group in groups for each in group.lists]
    rows = torch.split(logits, [len(each.texts) for each in lists])
    targets = torch.cat([torch.tensor(each.answers) for each in lists])
    within = [
        nn.functional.cross_entropy(torch.cat((row, torch.zeros(1))), _share(each.answers))
        for row, each in zip(rows, lists, strict=True)
    ]
    total = torch.stack(within).mean()
    total = total + recipe.alone * nn.functional.binary_cross_entropy_with_logits(logits, targets)
    across = list(_across(groups, rows))
    return total + recipe.across * torch.stack(across).mean() if across else total


def _share(answers: Sequence[float]) -> Tensor:
    """Returns the share of each text, and of "none of these" in the last place."""
    found = torch.tensor([*answers, 0.0 if sum(answers) else 1.0])
    return found / found.sum()


def _across(groups: Sequence[Group], rows: Sequence[Tensor]) -> Iterator[Tensor]:
    place = 0
    for group in groups:
        first = torch.stack([row[0] for row in rows[place : place + len(group.lists)]])
        place += len(group.lists)
        if len(group.lists) > 1:
            yield nn.functional.cross_entropy(first, torch.tensor(0))


def train_contrast(
    twins: Sequence[Group],
    old: Sequence[Group],
    start: Path,
    out: Path,
    recipe: ContrastRecipe,
    watch: Callable[[int, Pairs], None] = lambda step, pairs: None,
    lower: LowerStates | None = None,
) -> Path:
    """Trains, resuming a run that was stopped; returns the folder of the trained model.

    Args:
        twins: Groups of near questions.
        old: Single questions of the material that the served model learnt from.
        start: Folder of the served model (``unpack_pairs``).
        out: Folder for the checkpoint and the model.
        recipe: The hyperparameters.
        watch: Is called each ``save_every`` steps, to choose where to stop on questions of others.
        lower: What the frozen layers say, where another run has begun to compute it.
    """
    torch.manual_seed(SEED)
    model, before = opened(start), opened(start)
    lower = lower or LowerStates(before.eval(), recipe.frozen_layers)
    pairs, served = (Pairs(each, lower, recipe.frozen_layers) for each in (model, before))
    _freeze(model, recipe.frozen_layers)
    moving = _Moving(model, recipe)
    done = moving.resumed(out / "checkpoint.pt")
    batches = zip(_drawn(twins, recipe.twins, SEED), _drawn(old, recipe.old, SEED + 1), strict=True)
    for step, (near, single) in enumerate(islice(batches, done, recipe.steps), start=done + 1):
        loss = _step(pairs, served, near, single, recipe)
        moving.move(loss)
        if step % 10 == 0:
            sys.stderr.write(f"step {step} of {recipe.steps}: loss {float(loss):.3f}\n")
        if step % recipe.save_every == 0:
            moving.save(out / "checkpoint.pt", step)
            watch(step, pairs)
    model.save_pretrained(str(out / "model"))
    return out / "model"


class _Moving:
    """What moves the weights, with its state on disk."""

    def __init__(self, model: Any, recipe: ContrastRecipe) -> None:
        self._model = model
        self._trained = [each for each in model.parameters() if each.requires_grad]
        self._optimizer = torch.optim.AdamW(self._trained, lr=recipe.learning_rate, weight_decay=0.01)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(self._optimizer, lambda step: _rate(step, recipe.steps))

    def move(self, loss: Tensor) -> None:
        """Moves the weights one step down."""
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._trained, 1.0)
        self._optimizer.step()
        self._schedule.step()

    def _parts(self) -> dict[str, Any]:
        return {"model": self._model, "optimizer": self._optimizer, "schedule": self._schedule}

    def save(self, path: Path, step: int) -> None:
        """Writes a checkpoint, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        torch.save({"step": step, **{name: each.state_dict() for name, each in self._parts().items()}}, part)
        part.replace(path)

    def resumed(self, path: Path) -> int:
        """Takes up a checkpoint; returns its step, 0 without one."""
        if not path.is_file():
            return 0
        kept = torch.load(path, weights_only=True)
        for name, each in self._parts().items():
            each.load_state_dict(kept[name])
        return int(kept["step"])


def _step(pairs: Pairs, served: Pairs, near: list[Group], single: list[Group], recipe: ContrastRecipe) -> Tensor:
    pairs.model.train()
    asked = pairs_of([*near, *single])
    logits = pairs.logits(asked)
    loss = loss_of([*near, *single], logits, recipe)
    kept = len(pairs_of(single))
    if not recipe.held or not kept:
        return loss
    return loss + recipe.held * nn.functional.mse_loss(logits[-kept:], served.score(asked[-kept:]).clone())


def _freeze(model: Any, layers: int) -> None:
    encoder = model[0].model
    frozen = [encoder.embeddings, *encoder.encoder.layer[:layers]]
    for part in frozen:
        for each in part.parameters():
            each.requires_grad = False


def _rate(step: int, steps: int) -> float:
    warm = max(1, steps // 10)
    return min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm)))


def _drawn(groups: Sequence[Group], size: int, seed: int) -> Iterator[list[Group]]:
    """Yields groups for ever, each once before any comes again."""
    random = np.random.default_rng(seed)
    waiting: list[int] = []
    while True:
        while len(waiting) < size and groups:
            waiting += [int(at) for at in random.permutation(len(groups))]
        yield [groups[at] for at in waiting[:size]]
        waiting = waiting[size:]
