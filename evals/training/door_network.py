"""Fits the network of the door: one layer of rectified units over the states of the encoder's middle layers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from assistant.answering.screening.door import Network
from evals.training.door_material import SEED

Floats = npt.NDArray[np.float32]
UNITS, ROUNDS, BATCH = 256, 12, 128
LEARNING_RATE, DECAY = 1.5e-3, 0.1
DROP_STATES, DROP_UNITS = 0.3, 0.5
JUDGEMENT = 0.5
"""Weight of the third column beside the levels."""


def fit_network(states: Floats, targets: Floats) -> Network:
    """Returns the fitted network.

    Args:
        states: float32 (n, width).
        targets: float32 (n, 3): 1, 0, or NaN where a row says nothing of a column.
    """
    torch.manual_seed(SEED)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order: the same weights at each run
    mean, scale = states.mean(axis=0), states.std(axis=0) + 1e-4
    net = _fitted(torch.from_numpy((states - mean) / scale), torch.from_numpy(targets))
    torch.set_num_threads(threads)
    into, bias, out, out_bias = (each.detach().numpy() for each in net.parameters())
    weights = into.T / scale[:, None]
    arrays = (weights, bias - mean @ weights, out.T, out_bias)
    return Network(*(np.ascontiguousarray(each, dtype=np.float32) for each in arrays))


def _fitted(states: torch.Tensor, targets: torch.Tensor) -> nn.Sequential:
    width, columns = states.shape[1], targets.shape[1]
    net = nn.Sequential(
        nn.Dropout(DROP_STATES), nn.Linear(width, UNITS), nn.ReLU(), nn.Dropout(DROP_UNITS), nn.Linear(UNITS, columns)
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=LEARNING_RATE, weight_decay=DECAY)
    steps = ROUNDS * -(-len(states) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    known = ~targets.isnan()
    zeros, ones = ((targets == value).sum(dim=0) for value in (0, 1))
    positive = (zeros / ones.clamp(min=1)).sqrt()
    weight = known * torch.tensor([1.0, 1.0, JUDGEMENT])
    for _ in range(ROUNDS):
        for rows in torch.split(torch.randperm(len(states)), BATCH):
            loss = nn.functional.binary_cross_entropy_with_logits(
                net(states[rows]), targets[rows].nan_to_num(0), weight[rows], reduction="sum", pos_weight=positive
            )
            optimizer.zero_grad()
            (loss / len(rows)).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net.eval()
