"""The small network of the classifiers of screening: one layer of rectified units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
NETWORK = ("hidden", "hidden_bias", "out", "out_bias")
"""The arrays of a network, as they are stored."""


@dataclass(frozen=True, slots=True)
class Network:
    """One layer of rectified units over features."""

    hidden: Floats
    """float32 (width, units)."""
    hidden_bias: Floats
    out: Floats
    """float32 (units, columns)."""
    out_bias: Floats

    def logits(self, features: Floats) -> Floats:
        """Returns float32 (n, columns) of float32 (n, width)."""
        # einsum, as the threads of a matrix product go on waiting busily and take the cores from the encoder: twice the time
        units = np.maximum(np.einsum("nw,wu->nu", features, self.hidden) + self.hidden_bias, 0)
        return np.asarray(np.einsum("nu,uc->nc", units, self.out) + self.out_bias, dtype=np.float32)
