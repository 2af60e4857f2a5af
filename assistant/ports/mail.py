"""Sending mail, as a Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A mail of plain text."""

    subject: str
    """One line."""
    text: str


class Mail(Protocol):
    """A way to the people whom the settings name."""

    def send(self, message: MailMessage) -> None:
        """Sends a mail. Raises ``MailError``: it was not sent, or not to everybody; names the fix."""
