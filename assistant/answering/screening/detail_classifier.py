"""The classifier beside the rules of masking: which words of a message are a detail of somebody, read in their context.

A small network over the state of the encoder at each word, its shape and what the rules say (``detail_features.py``). What
it is sure of is masked as well; a *name* that only the rules see and it is sure is none stays. ``python -m evals train
details`` trains it and sets both thresholds; ``data/details.toml`` says on what, and what was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from assistant.answering.screening.checked_weights import FOLDER, CheckedWeights
from assistant.answering.screening.detail_features import Floats, Word, features, words_of
from assistant.answering.screening.network import Network
from assistant.errors import AssistantError
from assistant.model import MaskedSpan
from assistant.ports import TokenEmbedder

WEIGHTS, CARD = "details.npz", "details.toml"
KINDS = (
    "name",
    "date_of_birth",
    "date",
    "phone",
    "email",
    "address",
    "postcode",
    "place",
    "school",
    "practice",
    "workplace",
    "handle",
    "registration",
    "nhs_number",
    "upn",
    "ni_number",
    "passport",
    "bank",
    "case_number",
    "court_number",
)
"""The kinds of detail, in the order of the columns; the first column is that of no detail."""
LINKS, LINKS_OF_NAMES = frozenset("'’-–./,&()@_:#+"), frozenset("'’-.")
"""Marks within a detail: between two of its words they belong to it. A comma parts two names."""
OF_PLACES = frozenset({"address", "postcode", "place", "school", "practice", "workplace"})
"""Kinds whose words run into each other."""
BESIDE = 0.15
"""Probability from which a word right beside a detail that is no name belongs to it."""


def shares_of(logits: Floats) -> Floats:
    """Returns float32 (words, 1 + kinds), each row adding up to 1."""
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class DetailThresholds:
    """Probabilities of being a detail."""

    masked: float
    """From which a word is masked."""
    kept: float
    """Below which a name that only the rules see stays."""


@dataclass(frozen=True, slots=True)
class Read:
    """What the classifier makes of a text."""

    masked: tuple[MaskedSpan, ...]
    """Spans to mask besides those of the rules, in order."""
    kept: tuple[MaskedSpan, ...]
    """Names of the rules that stay."""


NOTHING = Read((), ())


class DetailClassifier:
    """The trained classifier; its files are read and checked at the first text.

    Args:
        embedder: The packaged embedder, whose states the network was trained on.
        folder: Folder of weights and card.
    """

    def __init__(self, embedder: TokenEmbedder, folder: Path = FOLDER) -> None:
        self._embedder = embedder
        self._weights = CheckedWeights(folder, WEIGHTS, CARD)

    @cached_property
    def thresholds(self) -> DetailThresholds:
        """The thresholds of the card."""
        return DetailThresholds(**self._weights.card["thresholds"])

    @cached_property
    def _network(self) -> Network:
        return Network(**self._weights.arrays())

    def prepare(self) -> None:
        """Reads and checks the files. Raises ``ModelMissing``."""
        self._network.logits(features("ready", words_of("ready"), (), self._embedder))

    def read(self, text: str, by_rules: Sequence[MaskedSpan]) -> Read:
        """Returns what is masked besides the rules, and which of their names stay; nothing of either if a model is missing.

        The rules stand by themselves then.

        Args:
            text: As it was typed.
            by_rules: What the rules mask in it.
        """
        words = words_of(text)
        if not words:
            return NOTHING
        try:
            found = shares_of(self._network.logits(features(text, words, by_rules, self._embedder)))
            return decided(text, words, found, by_rules, self.thresholds)
        except (AssistantError, OSError, ValueError, KeyError, TypeError):
            return NOTHING


def decided(
    text: str, words: Sequence[Word], found: Floats, by_rules: Sequence[MaskedSpan], thresholds: DetailThresholds
) -> Read:
    """Returns what follows from the probabilities of the words of a text.

    Args:
        text: The text.
        words: Its words.
        found: float32 (words, 1 + kinds).
        by_rules: What the rules mask in it.
        thresholds: Those of the card.
    """
    sure = 1 - found[:, 0]
    kinds = found[:, 1:].argmax(axis=1)
    spoken = [at for at, word in enumerate(words) if word.text[0].isalnum()]
    hits = {at for at in spoken if sure[at] >= thresholds.masked}
    near = {at for at in spoken if sure[at] >= BESIDE and kinds[at] > 0}
    grown = hits | {at for at in near if _beside(at, hits, words, text)}
    spans = tuple(_joined(text, words, sorted(grown), found))
    kept = tuple(
        span for span in by_rules if span.kind == "name" and max(_of(span, words, sure), default=1.0) < thresholds.kept
    )
    return Read(spans, kept)


def _beside(at: int, hits: Set[int], words: Sequence[Word], text: str) -> bool:
    """Returns whether a word stands right beside one of the hits."""
    before = at - 1 in hits and not text[words[at - 1].end : words[at].start].strip()
    return before or (at + 1 in hits and not text[words[at].end : words[at + 1].start].strip())


def _of(span: MaskedSpan, words: Sequence[Word], sure: Floats) -> Iterator[float]:
    for at, word in enumerate(words):
        if word.start < span.end and span.start < word.end:
            yield float(sure[at])


def _joined(text: str, words: Sequence[Word], hits: Sequence[int], found: Floats) -> Iterator[MaskedSpan]:
    """Yields the spans of words that follow each other and make one detail; the kind is that of most probability."""
    kinds = found[:, 1:].argmax(axis=1)
    at = 0
    while at < len(hits):
        last = at
        while last + 1 < len(hits) and _are_one(words, kinds, hits[last], hits[last + 1]):
            last += 1
        start, end = _whole(text, words[hits[at]].start, words[hits[last]].end)
        yield MaskedSpan(start, end, KINDS[int(found[hits[at] : hits[last] + 1, 1:].sum(axis=0).argmax())])
        at = last + 1


def _are_one(words: Sequence[Word], kinds: Any, one: int, two: int) -> bool:
    """Returns whether two words are of one detail: of like kinds, with nothing but what links such words between them."""
    between = "".join(word.text for word in words[one + 1 : two])
    if kinds[one] == kinds[two]:
        return all(mark in (LINKS_OF_NAMES if kinds[one] == 0 else LINKS) for mark in between)
    return not between and {KINDS[int(kinds[one])], KINDS[int(kinds[two])]} <= OF_PLACES


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Returns a span with the rest of a code, handle or address of the net that it cuts, and without a possessive 's."""
    while start and (text[start - 1].isalnum() or text[start - 1] in "@_+"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "@_"):
        end += 1
    if text[start:end].endswith(("'s", "’s", "'S", "’S")):
        end -= 2
    return start, end
