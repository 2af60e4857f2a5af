"""What texts are compared by: the kinds of value that can differ, and a value as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.model import DifferenceKind, Span


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it stands in a text."""

    kind: DifferenceKind
    slot: str
    """What it is a value of: the kind of a time limit, the stems of what is counted, the channel of a contact."""
    key: object
    """What is compared; equal where two texts say the same in other words."""
    span: Span
