"""API keys: created once, shown once, stored as a hash."""

from __future__ import annotations

import hashlib
import logging
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.errors import LibraryError, UsageError
from assistant.model.people import KEY_MARK, ApiKey, Asker, AuditLine, Role
from assistant.ports import AccessStore
from assistant.text.enumerations import alternatives

logger = logging.getLogger(__name__)

PREFIX = "pak_"
"""Lets a scanner for leaked secrets know a key of this program."""
SECRET_BYTES = 32
NAME_CHARS = 80
USED_EVERY = timedelta(minutes=1)
"""The last use of a key is stored to this precision, so that not every request writes."""


def hash_of(secret: str) -> str:
    """Returns the SHA-256 of a secret in hex.

    A fast hash is enough: the secrets are 256 random bits that nobody can guess by trying
    (NIST SP 800-63B, 5.1.2.2 asks for slow hashes only where a secret is short).
    """
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def create_key(
    store: AccessStore,
    name: str,
    roles: frozenset[Role],
    now: datetime,
    *,
    groups: tuple[str, ...] = (),
    expires: datetime | None = None,
    by: str = "command line",
) -> tuple[ApiKey, str]:
    """Returns a new key, stored and noted in the audit log, with its secret, which is not stored.

    Raises:
        UsageError: It has no name or no role, or would expire before it starts.
    """
    name = name.strip()
    if not name or len(name) > NAME_CHARS or not name.isprintable():
        raise UsageError(f"A key needs a name of 1 to {NAME_CHARS} characters: who or what uses it.")
    if not roles:
        raise UsageError(f"A key needs a role: --role {alternatives([*Role])}.")
    if expires is not None and expires <= now:
        raise UsageError("A key cannot expire before it is created.")
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    key = ApiKey(f"{KEY_MARK}{secrets.token_hex(4)}", name, roles, groups, now, expires)
    store.add_key(key, hash_of(secret))
    store.audit(AuditLine(now, by, "key_created", key.key_id))
    return key, secret


def revoke_key(store: AccessStore, key_id: str, now: datetime, by: str = "command line") -> int:
    """Revokes a key and ends the sessions that it started; returns how many sessions.

    Raises:
        UsageError: There is no such active key.
    """
    if not store.revoke_key(key_id, now):
        raise UsageError(f"{key_id}: no such key that is still good. `assistant keys list` shows them.")
    store.audit(AuditLine(now, by, "key_revoked", key_id))
    return store.end_sessions(key_id)


def key_for(store: AccessStore, secret: str, now: datetime) -> ApiKey | None:
    """Returns the active key of a secret and records its use; None where there is none.

    A use that cannot be recorded (a full disk) is logged and locks nobody out.
    """
    key = store.key_of(hash_of(secret))
    if key is None or state_of(key, now) != "good":
        return None
    if key.last_used is None or abs(now - key.last_used) >= USED_EVERY:
        try:
            store.used_key(key.key_id, now)
        except LibraryError:
            logger.warning("the use of a key could not be recorded", extra={"key": key.key_id})
        key = replace(key, last_used=now)
    return key


def state_of(key: ApiKey, now: datetime) -> str:
    """Returns good, revoked or expired."""
    if key.revoked is not None:
        return "revoked"
    return "expired" if key.expires is not None and key.expires <= now else "good"


def asker_of(key: ApiKey) -> Asker:
    """Returns the asker that a key stands for."""
    return Asker(key.key_id, key.name, key.roles, key.groups, "key")
