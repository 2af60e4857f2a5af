"""What the header Retry-After of a response asks for."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def seconds_to_wait(value: str | None) -> float | None:
    """Returns the seconds to wait from now; None where the header is missing or neither seconds nor a time.

    Args:
        value: The header, as RFC 9110, section 10.2.3, has it; seconds may have a fraction, as some servers send them.
    """
    said = (value or "").strip()
    if _SECONDS.fullmatch(said):
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
