"""The private address of the feed: a secret of its own, which a new one replaces."""

from __future__ import annotations

import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from assistant.data_folder import make_private_file
from assistant.errors import LibraryError

FILE = "feed.key"
BYTES = 32


def feed_key(data: Path) -> str:
    """Returns the secret part of the feed's address; "" where there is no feed yet."""
    try:
        return (data / FILE).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def new_feed_key(data: Path) -> str:
    """Returns a new secret, from which moment the old address leads nowhere. Raises ``LibraryError``."""
    key, unfinished = secrets.token_urlsafe(BYTES), data / f"{FILE}.{os.getpid()}"
    try:
        make_private_file(unfinished)
        unfinished.write_text(key, encoding="ascii")
        unfinished.replace(data / FILE)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise LibraryError(
            f"{data / FILE}: cannot be written ({error.strerror}). Make room or make it writable."
        ) from error
    return key


def no_feed(data: Path) -> None:
    """Ends the feed."""
    (data / FILE).unlink(missing_ok=True)


def is_feed_key(data: Path, given: str) -> bool:
    """Returns whether a request has the secret of the feed, compared in constant time."""
    key = feed_key(data)
    return bool(key) and hmac.compare_digest(key.encode(), given.encode("utf-8", "replace"))
