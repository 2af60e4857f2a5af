"""Fits the network of the details: one layer of rectified units over the features of a word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from assistant.answering.screening.detail_classifier import WordNetwork
from evals.training.detail_material import SEED

Floats = npt.NDArray[np.float32]
UNITS, ROUNDS, BATCH = 192, 10, 256
LEARNING_RATE, DECAY = 1.5e-3, 0.1
DROP_FEATURES, DROP_UNITS = 0.25, 0.4


def fit_words(words: Floats, columns: npt.NDArray[np.int64], count: int) -> WordNetwork:
    """Returns the fitted network.

    Args:
        words: float32 (n, width).
        columns: int64 (n,): the column of each, 0 for no detail.
        count: Columns in all.
    """
    torch.manual_seed(SEED)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # sums in one order: the same weights at each run
    mean, scale = words.mean(axis=0), words.std(axis=0) + 1e-2
    net = _fitted(torch.from_numpy((words - mean) / scale), torch.from_numpy(columns), count)
    torch.set_num_threads(threads)
    into, bias, out, out_bias = (each.detach().numpy() for each in net.parameters())
    weights = into.T / scale[:, None]
    arrays = (weights, bias - mean @ weights, out.T, out_bias)
    return WordNetwork(*(np.ascontiguousarray(each, dtype=np.float32) for each in arrays))


def _fitted(words: torch.Tensor, columns: torch.Tensor, count: int) -> nn.Sequential:
    net = nn.Sequential(
        nn.Dropout(DROP_FEATURES),
        nn.Linear(words.shape[1], UNITS),
        nn.ReLU(),
        nn.Dropout(DROP_UNITS),
        nn.Linear(UNITS, count),
    )
    optimizer = torch.optim.AdamW(net.parameters(), lr=LEARNING_RATE, weight_decay=DECAY)
    steps = ROUNDS * -(-len(words) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(ROUNDS):
        for rows in torch.split(torch.randperm(len(words)), BATCH):
            loss = nn.functional.cross_entropy(net(words[rows]), columns[rows])
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return net.eval()
