"""Models that read and write texts, and checks of what they wrote, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from assistant.model import Draft, Finding, Hit

Vectors = npt.NDArray[np.float32]
"""float32 (n, dim), each row of length 1."""
Progress = Callable[[str, int, int], None]
"""Called with the name of the stage, the items done and the items in all."""


class Embedder(Protocol):
    """Turns texts into vectors whose inner product is their likeness."""

    @property
    def fingerprint(self) -> str:
        """Name and digest of the weights and of how texts are encoded; another value means another index."""

    @property
    def dimension(self) -> int:
        """Number of columns of every answer."""

    @property
    def window(self) -> int:
        """Most word pieces that the encoder reads of one text, special ones included."""

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, dim), L2-normalised, rows in the order of ``texts``; (0, dim) for none."""

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns the number of word pieces of each text, special ones included, not cut at the window."""


class Reader(Protocol):
    """A cross-encoder: does this text answer this question? Optional."""

    def score(self, question: str, texts: Sequence[str]) -> Vectors:
        """Returns float32 (n,), larger is better; (0,) for none."""


class Generator(Protocol):
    """Writes claims with quotes from hits."""

    def draft(self, question: str, hits: Sequence[Hit]) -> Draft:
        """Returns a draft; an empty one says that the hits do not answer."""


class Verifier(Protocol):
    """Checks claims against their quotes."""

    def verify(self, draft: Draft, hits: Sequence[Hit]) -> tuple[Finding, ...]:
        """Returns one finding per claim, in order."""
