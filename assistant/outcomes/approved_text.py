"""What is said above an approved answer: the one wording for the command line, the page, the API and every file."""

from __future__ import annotations

from datetime import date

from assistant.editions.notices import day
from assistant.messages import APPROVED


def approved_by(owner: str, on: date) -> str:
    """Returns "Approved by Policy team, checked on 3 May 2026"."""
    return APPROVED.format(owner=owner, on=day(on))
