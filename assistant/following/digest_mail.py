"""Sends the digest when it is due, once, whichever process does it; notes when it was sent and what failed."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import filelock

from assistant.data_folder import FILE_MODE, make_private_file
from assistant.errors import ConfigurationError, MailError, UsageError
from assistant.following.digest import OPEN_TO_EVERYBODY, Digest, Touched, digest_of, digest_sentence, digest_text
from assistant.following.schedule import Schedule, next_time, schedule_of
from assistant.ports import Mail, MailMessage, Sources
from assistant.settings import Settings

logger = logging.getLogger(__name__)
FILE = "digest.json"
LOCK = "digest.lock"
RETRY = timedelta(hours=1)
"""Wait after a mail that could not be sent."""
LONGEST = timedelta(days=31)
"""Longest time that one digest covers."""


@dataclass(frozen=True, slots=True)
class DigestState:
    """What was sent."""

    told_until: datetime | None = None
    """Up to when the last digest told; None before the first."""
    tried_at: datetime | None = None
    """When a mail last failed; None since one was sent."""
    fault: str = ""


def read_state(data: Path) -> DigestState:
    """Returns what was sent of a data folder; a new state where nothing readable is stored."""
    try:
        stored = json.loads((data / FILE).read_text(encoding="utf-8"))
        told, tried = (
            datetime.fromisoformat(each) if each else None for each in (stored["told_until"], stored["tried_at"])
        )
        return DigestState(told, tried, str(stored["fault"]))
    except (OSError, ValueError, KeyError, TypeError):
        return DigestState()


def write_state(data: Path, state: DigestState) -> None:
    """Stores what was sent, whole or not at all; a fault of the disk is logged."""
    unfinished = data / f"{FILE}.{os.getpid()}"
    try:
        make_private_file(unfinished)
        unfinished.write_text(json.dumps(asdict(state), default=str), encoding="utf-8")
        unfinished.replace(data / FILE)
    except OSError as error:
        logger.error("%s cannot be written (%s): the digest may be sent again", FILE, error.strerror)
        with suppress(OSError):
            unfinished.unlink()


def digest_mail(
    mail: Mail | None, sources: Sources, settings: Settings, touched: Touched | None = None
) -> DigestMail | None:
    """Returns the digest by mail as the settings say, None without a mail server.

    Raises:
        ConfigurationError: The schedule of the settings is none.
    """
    try:
        schedule = schedule_of(settings.digest.every)
    except UsageError as error:
        raise ConfigurationError(f"setting digest.every: {error}") from error
    if mail is None:
        return None

    def digest(since: datetime, until: datetime) -> Digest:
        return digest_of(sources, OPEN_TO_EVERYBODY, since, until, touched)

    return DigestMail(mail, digest, schedule, settings.data, settings.page.name, settings.access.public_url or "")


class DigestMail:
    """The digest by mail.

    Args:
        mail: Sends it.
        digest: Returns the digest between two times, of what is open to everybody.
        schedule: When it is sent.
        data: The data folder, where it is noted.
        name: Of the assistant.
        address: Where its pages are; "" leaves the link out.
    """

    def __init__(
        self,
        mail: Mail,
        digest: Callable[[datetime, datetime], Digest],
        schedule: Schedule,
        data: Path,
        name: str,
        address: str,
    ) -> None:
        self._mail = mail
        self._digest = digest
        self._schedule = schedule
        self._data = data
        self._name = name
        self._address = address

    def send_due(self, now: datetime | None = None) -> bool:
        """Returns whether a digest was sent: one is due, and has something to tell. Never raises for a mail server.

        The first time only begins to count, so that an update does not send what happened before.
        """
        try:
            with filelock.FileLock(self._data / LOCK, timeout=0, mode=FILE_MODE):
                return self._sent_if_due(now or datetime.now(UTC))
        except (filelock.Timeout, OSError):
            return False  # another process does it

    def _sent_if_due(self, at: datetime) -> bool:
        state = read_state(self._data)
        if state.told_until is None:
            write_state(self._data, DigestState(at))
            return False
        if at < next_time(self._schedule, state.told_until) or (state.tried_at and at < state.tried_at + RETRY):
            return False
        digest = self._digest(max(state.told_until, at - LONGEST), at)
        if digest.is_empty:
            write_state(self._data, DigestState(at))
            return False
        return self._sent(digest, state, at)

    def _sent(self, digest: Digest, state: DigestState, at: datetime) -> bool:
        subject = f"{self._name}: {digest_sentence(digest)}"
        try:
            self._mail.send(MailMessage(subject[:200], digest_text(digest, self._address)))
        except MailError as error:
            logger.error("the digest was not sent: %s", error)
            write_state(self._data, replace(state, tried_at=at, fault=str(error)))
            return False
        write_state(self._data, DigestState(at))
        return True
