"""Which citations of an outcome differ from one another, for marking them where they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Pair(Protocol):
    """Two citations that differ, as a value of an outcome or its view."""

    @property
    def citations(self) -> tuple[int, ...]:
        """Their numbers."""


def differs_from(numbers: Sequence[int], differences: Sequence[Pair]) -> tuple[int, ...]:
    """Returns the numbers of the citations that differ from any of some citations, in order, each once; () for none."""
    others = {
        other
        for pair in differences
        for mine in numbers
        if mine in pair.citations
        for other in pair.citations
        if other != mine
    }
    return tuple(sorted(others))


def difference_mark(numbers: Sequence[int], differences: Sequence[Pair]) -> str:
    """Returns "differs from [2]" for what is cited by some numbers; "" where nothing differs from it."""
    others = differs_from(numbers, differences)
    return f"differs from {' and '.join(f'[{number}]' for number in others)}" if others else ""
