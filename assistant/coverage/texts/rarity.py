"""How much a word tells among texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from assistant.text.words import content_words


class Rarity:
    """How much a word tells among texts: the logarithm of how many texts there are for each that has it.

    Args:
        texts: The texts.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        sets = [frozenset(content_words(each)) for each in texts]
        self._of = len(sets) + 1
        self._counts = Counter(word for words in sets for word in words)

    def share(self, wanted: str, text: str) -> float:
        """Returns the share of the words of ``wanted`` that a text has, each by its weight; 0 where there are none."""
        words = frozenset(content_words(wanted))
        total = sum(self._weight(word) for word in words)
        return sum(self._weight(word) for word in words & frozenset(content_words(text))) / total if total else 0.0

    def _weight(self, word: str) -> float:
        return math.log(self._of / (self._counts[word] + 0.5))
