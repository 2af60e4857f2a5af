"""What texts are compared by: the kinds of value that can differ, and a value as it stands in a text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.model import Span


class ValueKind(StrEnum):
    """A kind of value in which two texts can differ, in the order in which differences are named."""

    TIME = "time"
    NUMBER = "number"
    DUTY = "duty"
    NEGATION = "negation"
    CONTACT = "contact"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Value:
    """One value as it stands in a text."""

    kind: ValueKind
    slot: str
    """What it is a value of: the kind of a time limit, the stems of what is counted, the channel of a contact."""
    key: object
    """What is compared; equal where two texts say the same in other words."""
    span: Span
