"""What proposals of the duty register were worth to a reader who did not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.coverage.values import Part

GONE = "not in the register"


ROUNDS = (1, 2)
"""Draws of ``checked.yaml``."""


def checked(draw: int, now: Mapping[str, str] | None = None) -> Counter[tuple[str, str]]:
    """Returns (what the reader holds it to be, what is proposed) to number, of one draw of ``checked.yaml``.

    Args:
        draw: Which.
        now: Key of a duty to what is proposed of it; without it, what was proposed when the duties were drawn.
    """
    return Counter(
        (row["label"], row["proposed"] if now is None else now.get(row["key"], GONE))
        for row in _rows()
        if row["round"] == draw
    )


def twice() -> list[tuple[str, str]]:
    """Returns what the first and what the second reader hold those to be that both labelled."""
    return [(row["label"], row["second"]) for row in _rows() if "second" in row]


def second() -> Counter[tuple[str, str]]:
    """Returns (what the second reader holds it to be, what was proposed) to number."""
    return Counter((row["second"], row["proposed"]) for row in _rows() if "second" in row)


@cache
def _rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((files("evals.coverage") / "checked.yaml").read_text(encoding="utf-8"))
    return found


def proposals_of(part: Part) -> dict[str, str]:
    """Returns the key of each duty to its proposed state."""
    return {row.key: row.state for row in part.rows}
