"""Lists of words in a sentence."""

from __future__ import annotations

from collections.abc import Sequence


def alternatives(words: Sequence[str]) -> str:
    """Returns words as one of them is asked for: "a", "a or b", "a, b or c"; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"
