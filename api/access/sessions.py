"""Signed-in browsers: an opaque token in a cookie, everything else on the server."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from fastapi import Response

from assistant.keys import hash_of
from assistant.model.people import Asker, AuditLine, Session
from assistant.ports import AccessStore
from assistant.settings_serving import AccessSetting

TOKEN_BYTES = 32


class Sessions:
    """Begins, finds and ends sessions.

    Args:
        store: Keeps them, by the hash of the token.
        access: How long they last, and whether browsers come by https.
    """

    def __init__(self, store: AccessStore, access: AccessSetting) -> None:
        self._store = store
        self._hours = access.session_hours
        self._is_https = access.is_https
        self.cookie = "__Host-session" if self._is_https else "session"
        """Name of the cookie; with the prefix, browsers take it from this host over https only."""

    def begin(self, asker: Asker, now: datetime, until: datetime | None = None) -> tuple[str, Session]:
        """Returns the token of a new session, and the session; it ends ``until`` at the latest."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        ends = now + timedelta(hours=self._hours)
        session = Session(asker, secrets.token_urlsafe(TOKEN_BYTES), now, min(ends, until) if until else ends)
        self._store.add_session(hash_of(token), session)
        self._store.audit(AuditLine(now, asker.user_id, "sign_in"))
        return token, session

    def find(self, token: str, now: datetime) -> Session | None:
        """Returns the session of a token that has not ended, None where there is none."""
        session = self._store.session_of(hash_of(token)) if token else None
        return session if session is not None and session.expires > now else None

    def end(self, token: str) -> None:
        """Ends a session; one that is not there stays so."""
        if token:
            self._store.end_session(hash_of(token))

    def give(self, response: Response, token: str, session: Session) -> None:
        """Sets the cookie."""
        seconds = int((session.expires - session.created).total_seconds())
        response.set_cookie(
            self.cookie, token, max_age=seconds, path="/", secure=self._is_https, httponly=True, samesite="lax"
        )

    def take(self, response: Response) -> None:
        """Removes the cookie."""
        response.delete_cookie(self.cookie, path="/", secure=self._is_https, httponly=True, samesite="lax")
