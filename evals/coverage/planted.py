"""How well the duty register and the traced recommendations find what is planted in invented documents."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.coverage.facts import Facts
from assistant.coverage.texts.paragraphs import plain
from assistant.coverage.values import ReportSection, Row

STATES = {"omission": "absent"}
"""State of each kind of gap; every other kind is a conflict."""
NOT_FOUND = "not in the register"


def read_planted(path: Path) -> Mapping[str, Any]:
    """Returns what ``planted.toml`` says. Raises ``OSError`` where it is not there."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def duty_states(part: ReportSection, planted: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """Returns (planted state, proposed state) to number, over the planted duties; ``NOT_FOUND`` for one not registered."""
    found: Counter[tuple[str, str]] = Counter()
    for true, statutory in _planted_duties(planted):
        row = next((row for row in part.rows if _is(row, statutory)), None)
        found[true, row.state if row else NOT_FOUND] += 1
    return found


def recommendation_states(part: ReportSection, planted: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """Returns (planted state, proposed state) to number, over the planted recommendations."""
    found: Counter[tuple[str, str]] = Counter()
    for each in planted["recommendation"]:
        row = next((row for row in part.rows if plain(each["quote"]) in plain(row.title)), None)
        found[each["state"], row.state if row else NOT_FOUND] += 1
    return found


def _planted_duties(planted: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for gap in planted["gap"]:
        if "statutory" in gap:
            yield STATES.get(gap["kind"], "conflicts"), gap["statutory"]
    for covered in planted["covered"]:
        if "statutory" in covered:
            yield "covered", covered["statutory"]


def _is(row: Row[Facts], statutory: Mapping[str, Any]) -> bool:
    is_there = bool(row.quotes) and row.quotes[0].edition.edition_id == statutory["edition_id"]
    return is_there and plain(statutory["quote"]) in plain(row.title)
