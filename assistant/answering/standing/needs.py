"""The kind of need that a message speaks of, where somebody has to act today."""

from __future__ import annotations

from assistant.answering.standing.table import matches, table, typed_plainly

OTHER = "other"
"""The kind of a message that none of the others fits."""


def need_of(text: str) -> str:
    """Returns the first kind of need of ``questions.toml`` that a masked message speaks of; ``other`` for none."""
    plain = typed_plainly(text)
    return next((name for name, each in table()["needs"].items() if matches(each["told"], plain)), OTHER)
