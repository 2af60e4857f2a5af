"""The classifier beside the rules of screening: how soon somebody has to act, and whether a case is to be judged.

A small network over the states of the encoder, and linear heads over hashed pieces, for misspellings.
``python -m evals train door`` trains both and sets the thresholds; ``data/door.toml`` says on what, and what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from assistant.answering.screening.checked_weights import FOLDER, CheckedWeights
from assistant.answering.screening.detail_classifier import DetailClassifier
from assistant.answering.screening.door_features import Floats, TextFeatures, features_of, windows
from assistant.answering.screening.network import NETWORK, Network
from assistant.answering.screening.urgency import is_told
from assistant.errors import AssistantError
from assistant.model import Level
from assistant.ports import LayeredEmbedder, TokenEmbedder

WEIGHTS, CARD = "door.npz", "door.toml"
NOW, CARD_OF_ANY_KIND, JUDGEMENT = range(3)
"""The columns of the heads: *act now*, any card at all, a case to judge."""
TOLD_NOW = 0.9
"""Probability from which a text that only tells of danger is *act now*; below it, *act today*."""


@dataclass(frozen=True, slots=True)
class Heads:
    """The network and the linear models over hashed pieces, one a column; their logits are averaged."""

    network: Network
    words: Floats
    """float32 (buckets, 3), to be weighed by rarity."""
    characters: Floats
    """The same of runs of characters."""
    intercept: Floats
    rarity: Rarity

    def probabilities(self, features: TextFeatures) -> Floats:
        """Returns float32 (n, 3), each column a probability of its own."""
        mean = (self.network.logits(features.states) + self.logits_of_pieces(features)) / 2
        return np.asarray(1 / (1 + np.exp(-mean)), dtype=np.float32)

    def logits_of_pieces(self, features: TextFeatures) -> Floats:
        """Returns float32 (n, 3), by the hashed pieces alone."""
        found = np.tile(self.intercept, (len(features.words), 1))
        for row, (words, characters) in enumerate(zip(features.words, features.characters, strict=True)):
            found[row] += self.rarity.weights(words, self.rarity.words) @ self.words[words]
            found[row] += self.rarity.weights(characters, self.rarity.characters) @ self.characters[characters]
        return np.asarray(found, dtype=np.float32)

    def scores(self, features: TextFeatures) -> Scores:
        """Returns the scores of the windows of one text: the highest of each."""
        highest = self.probabilities(features).max(axis=0)
        return Scores(*(float(highest[column]) for column in (NOW, CARD_OF_ANY_KIND, JUDGEMENT)))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare each bucket of hashed pieces is, as the inverse document frequency of the training wordings."""

    words: Floats
    characters: Floats

    def weights(self, buckets: npt.NDArray[np.int64], rarity: Floats) -> Floats:
        """Returns the weights of buckets, of length 1 together; () for none."""
        found = rarity[buckets]
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the classifier makes of a text: the highest of its windows."""

    now: float
    """Probability of *act now*."""
    card: float
    """Probability of *act today* or *act now*."""
    judgement: float
    """Probability that a case is to be judged."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probabilities from which the classifier raises a level or refuses to judge."""

    now: float
    card: float
    judgement: float


class DoorEmbedder(LayeredEmbedder, TokenEmbedder, Protocol):
    """The encoder of both classifiers."""


class Door:
    """The trained classifier; its files are read and checked at the first text.

    Args:
        embedder: The packaged embedder, whose states the network was trained on, and that of the details, which share its run.
        folder: Folder of weights and card.
    """

    def __init__(self, embedder: DoorEmbedder, folder: Path = FOLDER) -> None:
        self._embedder = embedder
        self._weights = CheckedWeights(folder, WEIGHTS, CARD)
        self.details = DetailClassifier(embedder)

    @property
    def card(self) -> dict[str, Any]:
        """What the card of the weights says: sha256, thresholds and what was measured."""
        return self._weights.card

    @cached_property
    def thresholds(self) -> Thresholds:
        """The thresholds of the card."""
        return Thresholds(**self.card["thresholds"])

    @cached_property
    def _heads(self) -> Heads:
        stored = self._weights.arrays()
        rarity = Rarity(stored.pop("rarity_words"), stored.pop("rarity_characters"))
        network = Network(*(stored.pop(each) for each in NETWORK))
        return Heads(network, rarity=rarity, **stored)

    def prepare(self) -> None:
        """Reads and checks the files. Raises ``ModelMissing``."""
        self.scores("ready")
        self.details.prepare()

    def scores(self, text: str) -> Scores:
        """Returns the scores of a text. Raises ``ModelMissing``."""
        return self._heads.scores(features_of(windows(text), self._embedder))

    def read(self, text: str) -> tuple[Level, bool]:
        """Returns the level of a text and whether it asks for a judgement; the lowest and False if a model is missing.

        The rules stand by themselves then: a damaged file must not hold back a card.
        """
        try:
            scores, thresholds = self.scores(text), self.thresholds
        except (AssistantError, OSError, ValueError, KeyError):
            return Level.LOOK_UP, False
        return level_of(scores, thresholds, is_told=is_told(text)), scores.judgement >= thresholds.judgement


def level_of(scores: Scores, thresholds: Thresholds, *, is_told: bool) -> Level:
    """Returns the level of a text by its scores; one that only tells of danger keeps a card, the lower one."""
    if scores.now >= (max(thresholds.now, TOLD_NOW) if is_told else thresholds.now):
        return Level.ACT_NOW
    return Level.ACT_TODAY if scores.card >= thresholds.card or scores.now >= thresholds.now else Level.LOOK_UP
