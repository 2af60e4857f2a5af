"""The table of standing questions, read once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

_APOSTROPHE = re.compile(r"['’`]")
_MARKS = re.compile(r"[^\w?\[\]-]+")


@cache
def table() -> dict[str, Any]:
    """Returns ``questions.toml``."""
    return tomllib.loads((files("assistant.answering.standing") / "questions.toml").read_text(encoding="utf-8"))


def matches(alternatives: Sequence[str], text: str) -> bool:
    """Returns whether any of some patterns stands in a text, whole words, any case."""
    return _pattern(tuple(alternatives)).search(text) is not None


def typed_plainly(text: str) -> str:
    """Returns a message as the patterns that read messages expect it: lower case, no marks but ? and hyphens."""
    return _MARKS.sub(" ", _APOSTROPHE.sub("", text.lower()))


@cache
def _pattern(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    inner = "|".join(alternatives)
    return re.compile(rf"(?<!\w)(?:{inner})(?!\w)" if inner else r"(?!)", re.IGNORECASE)
