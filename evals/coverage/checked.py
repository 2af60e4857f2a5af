"""How often proposals of the duty register agree with a reader who did not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.coverage.values import ReportSection

GONE = "not in the register"


ROUNDS = (1, 2)
"""Draws of ``checked.yaml``."""


def checked(draw: int, now: Mapping[str, str] | None = None) -> Counter[tuple[str, str]]:
    """Returns how often each pair of (label of the reader, proposed state) occurs in one draw of ``checked.yaml``.

    Args:
        draw: Number of the draw.
        now: Proposed state by key of the duty; without it, the state proposed when the duties were drawn.
    """
    return Counter(
        (row["label"], row["proposed"] if now is None else now.get(row["key"], GONE))
        for row in _rows()
        if row["round"] == draw
    )


def double_labelled() -> list[tuple[str, str]]:
    """Returns the labels of the first and the second reader for the duties that both labelled."""
    return [(row["label"], row["second"]) for row in _rows() if "second" in row]


def second_reader() -> Counter[tuple[str, str]]:
    """Returns how often each pair of (label of the second reader, state proposed at the draw) occurs."""
    return Counter((row["second"], row["proposed"]) for row in _rows() if "second" in row)


@cache
def _rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((files("evals.coverage") / "checked.yaml").read_text(encoding="utf-8"))
    return found


def proposals_of(part: ReportSection) -> dict[str, str]:
    """Returns the key of each duty to its proposed state."""
    return {row.key: row.state for row in part.rows}
