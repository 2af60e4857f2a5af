"""Identifies who makes a request: a program with a key, a signed-in browser, or the one local user."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property

from fastapi import Request

from api.access.limits import Limits
from api.access.oidc import OidcClient
from api.access.sessions import Sessions
from api.http.problems import Problem
from assistant.model.people import ApiKey, Asker, AuditLine, Role
from assistant.operations.api_keys import asker_of, key_for
from assistant.operations.retention import RetentionStores
from assistant.settings.serving import AccessSetting

logger = logging.getLogger(__name__)
CHALLENGE = {"WWW-Authenticate": "Bearer"}
ROLE_GROUP = "role:"
"""An edition for the group "role:policy" is open to everybody with that role."""


class Guard:
    """Authentication, sessions and rate limits of one worker.

    Args:
        keeper: Stores keys, sessions and the audit log; opened when first needed.
        access: The settings of access control.
    """

    def __init__(self, keeper: RetentionStores, access: AccessSetting) -> None:
        self._keeper = keeper
        self.access = access

    @cached_property
    def sessions(self) -> Sessions:
        """Signed-in browsers."""
        return Sessions(self._keeper.access_store, self.access)

    @cached_property
    def limits(self) -> Limits:
        """How often somebody may ask or guess."""
        return Limits(self._keeper.access_store, self.access)

    @cached_property
    def oidc(self) -> OidcClient:
        """The client of the organisation's sign-in, if that is set up."""
        return OidcClient(self.access)

    def asker(self, request: Request) -> Asker:
        """Returns who makes a request, as the middleware stored it. Raises ``Problem`` (401) on a public path."""
        asker = getattr(request.state, "asker", None)
        if not isinstance(asker, Asker):
            raise Problem(401, "sign_in", "Sign in first.", headers=CHALLENGE)
        return asker

    def identify(self, request: Request) -> tuple[Asker, str]:
        """Returns who makes a request, and the CSRF token that its forms must carry ("" if no cookie was used).

        Raises:
            Problem: The request does not identify anybody (401), or its address has failed too often (429).
        """
        if self.access.is_open:
            return with_role_groups(Asker("local", "Local user", frozenset(Role))), ""
        authorization = request.headers.get("authorization")
        if authorization is not None:
            return with_role_groups(asker_of(self.check_key(request, _bearer(authorization)))), ""
        session = self.sessions.find(request.cookies.get(self.sessions.cookie, ""), datetime.now(UTC))
        if session is None:
            raise Problem(401, "sign_in", f"Sign in first, or send {self._means}.", headers=CHALLENGE)
        return with_role_groups(session.asker), session.csrf

    def check_key(self, request: Request, secret: str) -> ApiKey:
        """Returns the API key that a secret belongs to, however often its address sent wrong ones before.

        Raises:
            Problem: The key is wrong (401), and its address sent too many wrong ones in a minute (429).
        """
        key = key_for(self._keeper.access_store, secret, datetime.now(UTC)) if self.access.keys else None
        if key is None:
            self.count_failure(request, "key")
            raise Problem(401, "key", "This key is not known, has expired or was revoked.", headers=CHALLENGE)
        return key

    def count_failure(self, request: Request, how: str) -> None:
        """Counts a failed sign-in and writes it to the audit log, with the address but never with what was tried.

        Raises:
            Problem: Its address has failed too often in a minute (429); no more of it is written.
        """
        address = address_of(request)
        self.limits.check_guesses(address)
        self.limits.count_guess(address)
        self.audit("", "sign_in_failed", f"{how} from {address}")
        logger.warning("failed sign-in by %s", how)

    def audit(self, user_id: str, action: str, what: str = "") -> None:
        """Writes a line to the audit log."""
        self._keeper.access_store.audit(AuditLine(datetime.now(UTC), user_id, action, what))

    def count_card(self, asker: Asker) -> bool:
        """Counts an urgent question; returns whether it may be looked up too. Raises ``Problem`` (429)."""
        return asker.via == "local" or self.limits.count_card(asker.user_id, datetime.now(UTC))

    def may_be_read(self, request: Request) -> bool:
        """Counts a question of somebody who is not signed in; returns whether it is read for urgency."""
        return self.limits.may_be_read(address_of(request))

    def count_ask(self, asker: Asker) -> None:
        """Counts a question. Raises ``Problem`` (429) if there were too many."""
        if asker.via != "local":
            self.limits.count_ask(asker.user_id, datetime.now(UTC))

    @property
    def _means(self) -> str:
        return "an API key as a bearer token" if self.access.keys else "the cookie of a session"


def with_role_groups(asker: Asker) -> Asker:
    """Returns an asker with the groups of the roles that they may use."""
    role_groups = (f"{ROLE_GROUP}{role.value}" for role in Role if asker.may(role))
    return replace(asker, groups=tuple(dict.fromkeys((*asker.groups, *role_groups))))


def address_of(request: Request) -> str:
    """Returns the address that a request came from; behind a proxy on loopback, the one that the proxy reports."""
    return request.client.host if request.client else "unknown"


def _bearer(header: str) -> str:
    scheme, _, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
