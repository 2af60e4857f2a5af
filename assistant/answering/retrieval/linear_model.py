"""A linear model over named features: small enough to read, stored as JSON."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict

Floats = npt.NDArray[np.float64]


class Logistic(BaseModel):
    """A logistic model over named features, standardised by ``mean`` and ``scale``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float

    def logit(self, rows: Floats) -> Floats:
        """Returns float64 (n,) for rows of shape (n, number of features); (0,) for none."""
        if len(rows) == 0:
            return np.zeros(0)
        scaled = (rows - np.array(self.mean)) / np.array(self.scale)
        return np.asarray(scaled @ np.array(self.weights) + self.intercept)
