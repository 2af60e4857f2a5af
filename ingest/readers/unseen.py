"""Words that are no evidence: those the author withdrew, those no reader can see, and those beside the text."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.model import Exclusion

NEAR_WHITE = 0xF5
"""Least red, green and blue, each to 255, of a colour that cannot be told from white paper."""
_SHORTEST_WORD = 3
_OPENS = re.compile(r"[^\W_]|[(\[‘“£€$]")
_CLOSES = re.compile(r"[^\s(\[{‘“/\-–£€$]")


class Reason(StrEnum):
    """Why words are left out."""

    WITHDRAWN = "withdrawn"
    """Struck through."""
    HIDDEN = "hidden text"
    WATERMARK = "watermark"
    NOTE = "note on the page"
    """Laid over the page, as an annotation is."""
    PROMPT = "prompt of an empty field"
    """What a form shows in a field until something is typed into it."""
    REPEATED = "drawn twice"
    """Said at the same place already; not listed."""


def left_out(reason: Reason, words: str, page: int = 1) -> list[Exclusion]:
    """Returns the note that words of a page are left out, [] where there are none."""
    words = " ".join(words.split())
    return [Exclusion(page, "other", f"{reason}: {words[:60]}", count_of(words, 60))] if words else []


def count_of(words: str, shown: int) -> int | None:
    """Returns how many words a text has, None where a preview of so many characters shows them all."""
    return len(words.split()) if len(words) > shown else None


def is_gap(stretch: str) -> bool:
    """Returns whether a stretch, left out, parts the words beside it: all but a letter or two of a word do."""
    return bool(stretch) and not (stretch.isalpha() and len(stretch) < _SHORTEST_WORD)


def needs_space(before: str, after: str) -> bool:
    """Returns whether words on both sides of a gap would run into each other."""
    return bool(before and after and _CLOSES.match(before[-1]) and _OPENS.match(after))


def is_white(colour: str) -> bool:
    """Returns whether a colour of six hexadecimal digits is white or nearly so."""
    if not re.fullmatch(r"[0-9a-fA-F]{6}", colour):
        return False
    return all(int(colour[at : at + 2], 16) >= NEAR_WHITE for at in (0, 2, 4))
