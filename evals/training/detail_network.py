"""Fits the network of the details over the features of words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from assistant.answering.screening.network import Floats, Network
from evals.training.detail_material import SEED
from evals.training.one_layer import LayerRecipe, fit_layer

RECIPE = LayerRecipe(units=192, rounds=10, batch=256, drop_features=0.25, drop_units=0.4, seed=SEED, least_scale=1e-2)


def fit_words(words: Floats, columns: npt.NDArray[np.int64], count: int) -> Network:
    """Returns the fitted network.

    Args:
        words: float32 (n, width).
        columns: int64 (n,): the column of each, 0 for no detail.
        count: Columns in all.
    """
    wanted = torch.from_numpy(columns)

    def loss(logits: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        return nn.functional.cross_entropy(logits, wanted[rows])

    return fit_layer(words, count, loss, RECIPE)
