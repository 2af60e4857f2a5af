"""Fits the network of the door over the states of the encoder's middle layers."""

from __future__ import annotations

import torch
from torch import nn

from assistant.answering.screening.network import Floats, Network
from evals.training.door_material import SEED
from evals.training.one_layer import LayerRecipe, fit_layer

RECIPE = LayerRecipe(units=256, rounds=12, batch=128, drop_features=0.3, drop_units=0.5, seed=SEED, least_scale=1e-4)
JUDGEMENT = 0.5
"""Weight of the third column beside the levels."""


def fit_network(states: Floats, targets: Floats) -> Network:
    """Returns the fitted network.

    Args:
        states: float32 (n, width).
        targets: float32 (n, 3): 1, 0, or NaN where a row says nothing of a column.
    """
    wanted = torch.from_numpy(targets)
    zeros, ones = ((wanted == value).sum(dim=0) for value in (0, 1))
    positive = (zeros / ones.clamp(min=1)).sqrt()
    weight = ~wanted.isnan() * torch.tensor([1.0, 1.0, JUDGEMENT])

    def loss(logits: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        found = nn.functional.binary_cross_entropy_with_logits(
            logits, wanted[rows].nan_to_num(0), weight[rows], reduction="sum", pos_weight=positive
        )
        return found / len(rows)

    return fit_layer(states, targets.shape[1], loss, RECIPE)
