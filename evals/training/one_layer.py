"""Fits the small networks of screening: one layer of rectified units, the same weights at each run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from assistant.answering.screening.network import Floats, Network

Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""Returns the mean loss of what the network says of some rows, and their places."""


@dataclass(frozen=True, slots=True)
class LayerRecipe:
    """The hyperparameters."""

    units: int
    rounds: int
    batch: int
    drop_features: float
    drop_units: float
    seed: int
    least_scale: float
    """Added to the standard deviation of each feature, by which it is divided."""
    learning_rate: float = 1.5e-3
    decay: float = 0.1


def fit_layer(features: Floats, columns: int, loss: Loss, recipe: LayerRecipe) -> Network:
    """Returns the fitted network, which takes features as they come.

    Args:
        features: float32 (n, width).
        columns: Columns of the logits.
        loss: What is made small.
        recipe: The hyperparameters.
    """
    torch.manual_seed(recipe.seed)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order
    mean, scale = features.mean(axis=0), features.std(axis=0) + recipe.least_scale
    net = _fitted(torch.from_numpy((features - mean) / scale), columns, loss, recipe)
    torch.set_num_threads(threads)
    into, bias, out, out_bias = (each.detach().numpy() for each in net.parameters())
    weights = into.T / scale[:, None]
    arrays = (weights, bias - mean @ weights, out.T, out_bias)
    return Network(*(np.ascontiguousarray(each, dtype=np.float32) for each in arrays))


def _fitted(features: torch.Tensor, columns: int, loss: Loss, recipe: LayerRecipe) -> nn.Sequential:
    net = nn.Sequential(
        nn.Dropout(recipe.drop_features),
        nn.Linear(features.shape[1], recipe.units),
        nn.ReLU(),
        nn.Dropout(recipe.drop_units),
        nn.Linear(recipe.units, columns),
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=recipe.learning_rate, weight_decay=recipe.decay)
    steps = recipe.rounds * -(-len(features) // recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(recipe.rounds):
        for rows in torch.split(torch.randperm(len(features)), recipe.batch):
            found = loss(net(features[rows]), rows)
            optimizer.zero_grad()
            found.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net.eval()
