"""Hides small counts in linked tables, and what would reveal them by subtraction from a total (complementary suppression).

Source: Hundepool and others, "Statistical Disclosure Control", 2012, section 4.4 (secondary cell suppression); here the
smallest further cells are hidden until no hidden cell follows from what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Key = tuple[str, ...]
"""Names one count."""


@dataclass(frozen=True, slots=True)
class Line:
    """Cells that add up to another one."""

    parts: tuple[Key, ...]
    total: Key


def hidden_counts(counts: Mapping[Key, int], lines: Sequence[Line], least: int) -> frozenset[Key]:
    """Returns the cells that are not shown: those from 1 to below ``least``, and further ones that protect these.

    Of every line whose total is shown, no part is hidden, or at least two are, which add up to ``least`` or more; of one whose
    total is hidden, at least one part is hidden too. A count of 0 is shown.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    is_changed = bool(hidden)
    while is_changed:
        is_changed = False
        for line in lines:
            while (further := _to_hide(counts, line, hidden, least)) is not None:
                hidden.add(further)
                is_changed = True
    return frozenset(hidden)


def _to_hide(counts: Mapping[Key, int], line: Line, hidden: set[Key], least: int) -> Key | None:
    """Returns a cell of a line that has to be hidden as well, None where the line reveals nothing."""
    gone = [part for part in line.parts if part in hidden]
    is_total_hidden = line.total in hidden
    is_protected = len(gone) > 1 and sum(counts[part] for part in gone) >= least
    if bool(gone) if is_total_hidden else not gone or is_protected:
        return None
    others = [part for part in line.parts if part not in hidden and counts.get(part, 0)]
    if others:
        return min(others, key=lambda part: counts[part])
    return None if is_total_hidden else line.total
