"""The weights of a classifier of screening with their card, read once and checked by the sha256 that the card names."""

from __future__ import annotations

import hashlib
import io
import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelMissing

FOLDER = Path(str(files("assistant.answering.screening") / "data"))
"""Where the weights are served from."""


@dataclass(frozen=True)
class CheckedWeights:
    """Two files of a folder: arrays, and the card that says what they are."""

    folder: Path
    weights: str
    """Name of the file of arrays."""
    card_name: str

    @cached_property
    def card(self) -> dict[str, Any]:
        """What the card says: sha256, thresholds and what was measured."""
        return tomllib.loads((self.folder / self.card_name).read_text(encoding="utf-8"))

    def arrays(self) -> dict[str, npt.NDArray[np.float32]]:
        """Returns the arrays by their names, as float32. Raises ``ModelMissing`` where they are not those of the card."""
        path = self.folder / self.weights
        data = path.read_bytes()
        found = hashlib.sha256(data).hexdigest()
        if found != self.card["sha256"]:
            raise ModelMissing(f"{path}: sha256 is {found}, expected {self.card['sha256']}. Install the project again.")
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return {name: file[name].astype(np.float32) for name in file.files}
