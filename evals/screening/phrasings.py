"""The phrasings that screening is measured on, as they are in ``evals/screening/phrasings``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

Split = Literal["development", "report"]
FOLDER = Path(__file__).parent / "phrasings"


@dataclass(frozen=True, slots=True)
class Detail:
    """A string that must be masked."""

    kind: str
    text: str
    is_cueless: bool


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One message with what is expected of it."""

    phrasing_id: str
    text: str
    details: tuple[Detail, ...] = ()
    clean: str = ""
    """For injections: the question that is to be asked."""
    history: tuple[str, ...] = ()
    """Earlier turns, the user's first, then by turns."""
    expect: tuple[str, ...] = ()
    """For follow-ups: words that the standalone question must hold."""


def read(split: Split, name: str) -> tuple[Phrasing, ...]:
    """Returns one list of phrasings in its order. Raises ``FileNotFoundError`` for an unknown list."""
    rows = yaml.safe_load((FOLDER / split / f"{name}.yaml").read_text(encoding="utf-8"))
    return tuple(_phrasing(row) for row in rows)


def _phrasing(row: dict[str, Any]) -> Phrasing:
    details = tuple(Detail(each["kind"], each["text"], each.get("cueless", False)) for each in row.get("hide", ()))
    return Phrasing(
        row["id"],
        row["text"],
        details,
        row.get("clean", ""),
        tuple(row.get("history", ())),
        tuple(row.get("expect", ())),
    )
