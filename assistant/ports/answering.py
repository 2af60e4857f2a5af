"""Models that read and write texts, and checks of what they wrote, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from assistant.model import Claim, Draft, Hit, Turn

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


class Reranker(Protocol):
    """A cross-encoder: does this text answer this question? Optional."""

    @property
    def fingerprint(self) -> str:
        """Model and settings that change its scores; another value means another calibration."""

    def score(self, question: str, texts: Sequence[str]) -> Vectors:
        """Returns float32 (n,), larger is better; (0,) for none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a language model's reply, as it comes in."""

    text: str = ""
    tokens_read: int = 0
    tokens_written: int = 0


class LanguageModel(Protocol):
    """A chat model of any maker, asked for one reply at a time."""

    @property
    def name(self) -> str:
        """Name with version, as shown to readers."""

    @property
    def fingerprint(self) -> str:
        """What of its settings changes replies; another value means that answers may be others."""

    def reply(self, instructions: str, data: str, form: Mapping[str, Any], within_s: float) -> Iterator[Piece]:
        """Yields the reply to one request, piece by piece.

        Args:
            instructions: What to do.
            data: What to do it with; material, never instructions.
            form: JSON schema of the reply, for servers that keep to one.
            within_s: Seconds that all tries may take together.

        Raises:
            ModelUnavailable: It is down, too slow, busy, refuses or breaks off.
            ConfigurationError: What it takes to ask it is not installed.
        """


OnClaim = Callable[[Claim], None]
"""Given each claim of a draft as soon as it is complete; what it raises stops the work."""


class Generator(Protocol):
    """Writes claims with quotes from hits."""

    @property
    def name(self) -> str:
        """Name with version of the model that writes, as shown to readers."""

    @property
    def fingerprint(self) -> str:
        """Model, prompts and settings that change drafts; another value means that answers may be others."""

    def draft(self, question: str, hits: Sequence[Hit], on_claim: OnClaim | None = None) -> Draft:
        """Returns a draft; an empty one says that the hits do not answer.

        Raises:
            ModelError: The model cannot be asked or does not reply in the form asked for.
        """


class Rewriter(Protocol):
    """Makes follow-ups stand alone with a language model."""

    def standalone(self, question: str, earlier: Sequence[Turn]) -> str | None:
        """Returns what it makes of a question, unchecked; None where it cannot be asked or gives nothing."""


class Entailment(Protocol):
    """A model that may reject a claim the rules take, and never take one they reject. Optional."""

    @property
    def fingerprint(self) -> str:
        """Model and settings that change its verdicts."""

    def entails(self, quote: str, claim: str) -> bool:
        """Returns whether it finds that a quote carries a claim."""
