"""Words that a scenario must not contain: graphic words, real places and people, personal details."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

EXPLICIT = "explicit"
"""Category of words that are not even quoted."""


@lru_cache(maxsize=2)
def _words(kind: str | None) -> re.Pattern[str]:
    data = (resources.files("assistant.scenarios.grammar") / "data" / "forbidden.toml").read_text(encoding="utf-8")
    words = [word for name, words in tomllib.loads(data).items() if kind in (None, name) for word in words]
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in ordered) + r")\b", re.IGNORECASE)


def forbidden_words(text: str) -> Iterator[str]:
    """Yields each occurrence of a forbidden word in a text, as written."""
    return (match.group() for match in _words(None).finditer(text))


def is_explicit(text: str) -> bool:
    """Returns whether a text is too explicit to be quoted in a scenario."""
    return _words(EXPLICIT).search(text) is not None
