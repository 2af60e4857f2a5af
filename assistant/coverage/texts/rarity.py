"""Word weights by rarity among texts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from assistant.text.words import content_words


class Rarity:
    """Word weights among texts: the logarithm of the number of texts per text that contains the word.

    Args:
        texts: The texts.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        sets = [frozenset(content_words(each)) for each in texts]
        self._of = len(sets) + 1
        self._counts = Counter(word for words in sets for word in words)

    def share(self, words_of: str, text: str) -> float:
        """Returns the weighted share of the words of ``words_of`` that a text contains; 0 where there are none."""
        words = frozenset(content_words(words_of))
        total = sum(self._weight(word) for word in words)
        return sum(self._weight(word) for word in words & frozenset(content_words(text))) / total if total else 0.0

    def _weight(self, word: str) -> float:
        return math.log(self._of / (self._counts[word] + 0.5))
