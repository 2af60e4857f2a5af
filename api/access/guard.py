"""Says who makes a request: a program with a key, a signed-in browser, or the one local user."""

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
from assistant.operations.retention import Keeper
from assistant.settings.serving import AccessSetting

logger = logging.getLogger(__name__)
CHALLENGE = {"WWW-Authenticate": "Bearer"}
ROLE_GROUP = "role:"
"""An edition for the group "role:policy" is open to everybody with that role."""


class Guard:
    """The door of one worker.

    Args:
        keeper: Keeps keys, sessions and the audit log; opened when first needed.
        access: Who may come in.
    """

    def __init__(self, keeper: Keeper, access: AccessSetting) -> None:
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
        """The organisation's sign-in, where it is set up."""
        return OidcClient(self.access)

    def asker(self, request: Request) -> Asker:
        """Returns whom the entrance found to make a request. Raises ``Problem`` (401) on a path that is open to all."""
        found = getattr(request.state, "asker", None)
        if not isinstance(found, Asker):
            raise Problem(401, "sign_in", "Sign in first.", headers=CHALLENGE)
        return found

    def identify(self, request: Request) -> tuple[Asker, str]:
        """Returns who makes a request, with the token that its forms must carry ("" where no cookie spoke for it).

        Raises:
            Problem: Nobody is known by it (401), or its address has failed too often (429).
        """
        if self.access.is_open:
            return with_role_groups(Asker("local", "Local user", frozenset(Role))), ""
        given = request.headers.get("authorization")
        if given is not None:
            return with_role_groups(asker_of(self.key(request, _bearer(given)))), ""
        session = self.sessions.find(request.cookies.get(self.sessions.cookie, ""), datetime.now(UTC))
        if session is None:
            raise Problem(401, "sign_in", f"Sign in first, or send {self._means}.", headers=CHALLENGE)
        return with_role_groups(session.asker), session.csrf

    def key(self, request: Request, secret: str) -> ApiKey:
        """Returns the key of a secret. Raises ``Problem`` (401, 429)."""
        address = address_of(request)
        self.limits.check_guesses(address)
        key = key_for(self._keeper.access_store, secret, datetime.now(UTC)) if self.access.keys else None
        if key is None:
            self.failed(request, "key")
            raise Problem(401, "key", "This key is not known, has ended or was revoked.", headers=CHALLENGE)
        return key

    def failed(self, request: Request, how: str) -> None:
        """Counts a failed sign-in and notes it in the audit log, with the address and never with what was tried."""
        address = address_of(request)
        self.limits.count_guess(address)
        self.note("", "sign_in_failed", f"{how} from {address}")
        logger.warning("failed sign-in by %s", how)

    def note(self, user_id: str, action: str, what: str = "") -> None:
        """Writes a line of the audit log."""
        self._keeper.access_store.audit(AuditLine(datetime.now(UTC), user_id, action, what))

    def count_ask(self, request: Request, asker: Asker) -> None:
        """Counts a question. Raises ``Problem`` (429) where there were too many."""
        if asker.via != "local":
            self.limits.count_ask(asker.user_id, datetime.now(UTC))

    @property
    def _means(self) -> str:
        return "an API key as a bearer token" if self.access.keys else "the cookie of a session"


def with_role_groups(asker: Asker) -> Asker:
    """Returns an asker with the groups of the roles that he may use."""
    named = (f"{ROLE_GROUP}{role.value}" for role in Role if asker.may(role))
    return replace(asker, groups=tuple(dict.fromkeys((*asker.groups, *named))))


def address_of(request: Request) -> str:
    """Returns the address that a request came from; behind a proxy on loopback, the one that the proxy tells."""
    return request.client.host if request.client else "unknown"


def _bearer(header: str) -> str:
    scheme, _, secret = header.partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""
