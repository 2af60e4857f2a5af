"""Facts of a finding: typed fields, and the labelled text that tables, pages and exports show of them.

Each section declares its own dataclass. A field annotated with a ``Column`` is a column of every table and export of that
section, in the order of the fields; a field without one is for the program alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, get_args, get_origin, get_type_hints


def text_of(value: object) -> str:
    """Returns a value as text: "" for None, yes or no for a bool, a day as ISO, an enum value with spaces."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    return value.isoformat() if isinstance(value, date) else str(value)


def yes_or_blank(value: bool) -> str:
    """Returns "yes", or "" for False."""
    return "yes" if value else ""


@dataclass(frozen=True, slots=True)
class Column:
    """How a fact is shown; annotates its field."""

    label: str
    """Name of the column, and key of ``facts`` in JSON, so it stays as it is."""
    text: Callable[[Any], str] = text_of
    """Returns the text of the value, or of each value where the field is a tuple."""
    joined: str = ", "
    """Separator between the values of a tuple."""

    def texts(self, value: object) -> tuple[str, ...]:
        """Returns the texts of a field's values; one for a field that is not a tuple."""
        return tuple(self.text(each) for each in value) if isinstance(value, tuple) else (self.text(value),)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one finding; each section derives its own from it."""

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """Returns the labels, in the order of the fields."""
        return tuple(column.label for column in _columns(cls).values())

    def labelled(self) -> tuple[tuple[str, str], ...]:
        """Returns label and text of each fact, in the order of the fields; "" where there is no value."""
        return tuple(
            (column.label, column.joined.join(column.texts(getattr(self, name))))
            for name, column in _columns(type(self)).items()
        )

    def values(self, label: str) -> tuple[str, ...]:
        """Returns the texts of the values of a fact, () where there are none. Raises ``KeyError`` for an unknown label."""
        by_label = {column.label: (name, column) for name, column in _columns(type(self)).items()}
        name, column = by_label[label]
        return tuple(text for text in column.texts(getattr(self, name)) if text)


_COLUMNS: dict[type[Facts], Mapping[str, Column]] = {}
"""Columns by class: annotations are read once."""


def _columns(facts: type[Facts]) -> Mapping[str, Column]:
    """Returns the column of each field that has one, in the order of the fields."""
    if facts not in _COLUMNS:
        hints = get_type_hints(facts, include_extras=True)
        annotated = ((name, get_args(hint)[1:]) for name, hint in hints.items() if get_origin(hint) is Annotated)
        _COLUMNS[facts] = {name: each for name, extras in annotated for each in extras if isinstance(each, Column)}
    return _COLUMNS[facts]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many."""

    count: int
    of: int

    def __str__(self) -> str:
        """Returns it in words: "2 of 3"."""
        return f"{self.count} of {self.of}"
