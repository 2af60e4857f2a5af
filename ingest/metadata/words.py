"""The lists of words by which metadata are recognised (``words.toml``)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


def words(name: str) -> str:
    """Returns a list of words as one pattern, a group of alternatives that captures nothing."""
    return f"(?:{'|'.join(_lists()[name].split(chr(10))[:-1])})"


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads((files("ingest.metadata") / "words.toml").read_text(encoding="utf-8"))
