"""Times as they are stored."""

from __future__ import annotations

from datetime import UTC, datetime


def time_to(at: datetime) -> str:
    """Returns a time as UTC text that sorts as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
