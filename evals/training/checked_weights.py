"""Writes the weights of a classifier of screening as they are served (``assistant.answering.screening.checked_weights``)."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


def write_weights(arrays: Mapping[str, npt.NDArray[np.float32]], path: Path) -> str:
    """Writes arrays, biases as float32 and all others as float16; returns the sha256 of the file, for its card."""
    buffer = io.BytesIO()
    save: Any = np.savez_compressed  # its stub takes any name for allow_pickle
    save(buffer, **{name: each.astype(np.float32 if "bias" in name else np.float16) for name, each in arrays.items()})
    path.write_bytes(buffer.getvalue())
    return hashlib.sha256(buffer.getvalue()).hexdigest()
