"""Digits that a page draws small and raised: footnote marks, even where the text has them glued to a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ingest.readers.pdf.fragment import is_raised

_DIGITS = re.compile(rb"^\d{1,3}$")


@dataclass(slots=True)
class RaisedDigits:
    """Collects digits that are drawn on their own, with height and size, as pypdf goes through a page."""

    _size: float = 0.0
    _drawn: list[tuple[float, float, str]] = field(default_factory=list)

    def before(self, operator: bytes, operands: Any, cm: Sequence[float], tm: Sequence[float]) -> None:
        """Takes one drawing operation; pypdf calls it for each."""
        if operator == b"Tf":
            self._size = float(operands[1])
        elif operator in (b"Tj", b"TJ") and (digits := _digits(operands)):
            height = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            self._drawn.append((height, self._size * scale, digits))

    def on(self, height: float, size: float) -> tuple[str, ...]:
        """Returns the digits raised above a line of some size, in the order of the file."""
        return tuple(digits for y, own, digits in self._drawn if is_raised(y - height, own, size))


def _digits(operands: Any) -> str:
    """Returns what an operation draws if that is up to three digits, else ""; fonts with codes of their own give ""."""
    parts = operands[0] if operands and isinstance(operands[0], list) else operands
    drawn = b"".join(part for part in parts if isinstance(part, bytes))
    return drawn.decode() if _DIGITS.match(drawn) else ""
