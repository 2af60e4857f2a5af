"""What a scenario may not say: graphic words, real places and people, personal details."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _forbidden() -> re.Pattern[str]:
    data = (resources.files("assistant.scenarios") / "data" / "forbidden.toml").read_text(encoding="utf-8")
    words = [word for words in tomllib.loads(data).values() for word in words]
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in ordered) + r")\b", re.IGNORECASE)


def forbidden_words(text: str) -> Iterator[str]:
    """Yields the words of a text that no scenario says, as they stand, each time."""
    return (match.group() for match in _forbidden().finditer(text))
