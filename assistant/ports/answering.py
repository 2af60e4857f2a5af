"""Models that embed, rerank, write and check texts, as Protocols."""

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
    """Turns texts into vectors whose inner product is their similarity."""

    @property
    def fingerprint(self) -> str:
        """Name and digest of the weights and of how texts are encoded; another value means another index."""

    @property
    def dimension(self) -> int:
        """Number of columns of its vectors."""

    @property
    def window(self) -> int:
        """Most word pieces of one text that the encoder uses, special ones included."""

    def embed(self, texts: Sequence[str], *, kind: Literal["query", "passage"]) -> Vectors:
        """Returns float32 (n, dim), L2-normalised, rows in the order of ``texts``; (0, dim) for none."""

    def count_tokens(self, texts: Sequence[str]) -> tuple[int, ...]:
        """Returns the number of word pieces of each text, special ones included, not cut at the window."""


class LayeredEmbedder(Protocol):
    """An encoder that gives out what its middle layers make of a text."""

    def layers(self, texts: Sequence[str]) -> Vectors:
        """Returns float32 (n, width), rows in the order of ``texts``."""


class TokenEmbedder(Protocol):
    """An encoder that gives out what a middle layer makes of each word piece of a text."""

    def tokens(self, text: str) -> tuple[Vectors, Sequence[tuple[int, int]]]:
        """Returns float32 (1 + n, width), that of the whole first, and where each of the n pieces stands in the text.

        A text over the window of the encoder is cut at it.
        """


class Reranker(Protocol):
    """A cross-encoder that scores how well a text answers a question. Optional."""

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
    """A chat model of any provider, asked for one reply at a time."""

    @property
    def name(self) -> str:
        """Name with version, as shown to readers."""

    @property
    def fingerprint(self) -> str:
        """Digest of the settings that change replies; another value means that answers may change."""

    def reply(self, instructions: str, data: str, form: Mapping[str, Any], within_s: float) -> Iterator[Piece]:
        """Yields the reply to one request, piece by piece.

        Args:
            instructions: What to do.
            data: The material to work on; never instructions.
            form: JSON schema of the reply, for servers that follow one.
            within_s: Seconds that all tries may take together.

        Raises:
            ModelUnavailable: It is down, too slow, busy, refuses or breaks off.
            ConfigurationError: The package that it needs is not installed.
        """


OnClaim = Callable[[Claim], None]
"""Called with each claim of a draft as soon as it is complete; raising cancels the question."""


class Generator(Protocol):
    """Writes claims with quotes from hits."""

    @property
    def name(self) -> str:
        """Name with version of the model that writes, as shown to readers."""

    @property
    def fingerprint(self) -> str:
        """Model, prompts and settings that change drafts; another value means that answers may change."""

    def draft(self, question: str, hits: Sequence[Hit], on_claim: OnClaim | None = None) -> Draft:
        """Returns a draft; an empty one says that the hits do not answer.

        Raises:
            ModelError: The model is unavailable or its reply does not have the required form.
        """


class Rewriter(Protocol):
    """Makes follow-ups stand alone with a language model."""

    def standalone(self, question: str, earlier: Sequence[Turn]) -> str | None:
        """Returns the question rewritten, unchecked; None where the model is unavailable or gives nothing."""


class Entailment(Protocol):
    """A model that may reject a claim that the rules accept, and never accepts one that they reject. Optional."""

    @property
    def fingerprint(self) -> str:
        """Model and settings that change its verdicts."""

    def entails(self, quote: str, claim: str) -> bool:
        """Returns whether a quote supports a claim."""
