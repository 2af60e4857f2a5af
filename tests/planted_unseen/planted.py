"""What a made document hides from its reader, and what it shows beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Planted:
    """A made document: ``unseen`` words are hidden or struck out in it, ``seen`` ones are plain to its reader."""

    name: str
    """The file's name; its ending says the format."""
    write: Callable[[Path], None]
    unseen: tuple[str, ...]
    seen: tuple[str, ...]
    is_listed: bool = True
    """Whether the words left out are to be named among the exclusions."""
