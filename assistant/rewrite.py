"""Makes a follow-up stand alone, from the words of the earlier turns and nothing else."""

from __future__ import annotations

import re

from assistant.model import Screened, Turn
from assistant.words import content_words, words

_OPENING = re.compile(
    r"^(?:and|but|so|ok(?:ay)?|also|then|what about|how about|what if|and if|even if|why|how come|same for|or)\b",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\b(?:it|its|that|this|those|these|they|them|their|there|he|she|him|her|one|such|the same|then|so)\b",
    re.IGNORECASE,
)
FEW_WORDS = 3
"""A question of at most this many words that carry meaning leans on the one before it."""
MOST_TURNS = 2
"""Earlier questions whose words are taken along."""
MOST_BORROWED = 12
"""Most words that carry meaning that are taken from earlier turns."""


def rewrite(screened: Screened) -> str:
    """Returns the question as it stands alone.

    Without earlier turns, and where a question does not lean on them, it comes back unchanged. Otherwise the words
    of the last questions are added; no word comes from
    anywhere else.
    """
    asked = [turn for turn in screened.history if turn.role == "user"]
    if not asked or not leans(screened.text):
        return screened.text
    borrowed = _borrowed(screened.text, asked)
    return f"{screened.text} ({' '.join(borrowed)})" if borrowed else screened.text


def leans(text: str) -> bool:
    """Returns whether a question cannot be understood without the one before it."""
    count = len(content_words(text))
    if _OPENING.search(text.strip()):
        return count <= 2 * FEW_WORDS
    return count <= FEW_WORDS or (bool(_POINTING.search(text)) and count <= 2 * FEW_WORDS - 1)


def _borrowed(text: str, asked: list[Turn]) -> list[str]:
    """Returns words of earlier turns that the question lacks, in their order, the last turn's first in number."""
    have = set(content_words(text))
    found: list[str] = []
    for turn in reversed(asked[-MOST_TURNS:]):
        fresh = [word for word in words(turn.content) if _is_new(word, have)]
        found = [*fresh, *found] if len(found) + len(fresh) <= MOST_BORROWED else found
        have.update(stem for word in fresh for stem in content_words(word))
        if len(content_words(turn.content)) > FEW_WORDS:
            break
    return list(dict.fromkeys(found))[:MOST_BORROWED]


def _is_new(word: str, have: set[str]) -> bool:
    stems = content_words(word)
    return bool(stems) and not set(stems) & have
