"""Sessions of signed-in browsers: an opaque token in a cookie, everything else on the server."""

from __future__ import annotations

import base64
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from fastapi import Request, Response

from assistant.model.people import Asker, AuditLine, Session
from assistant.operations.api_keys import hash_of
from assistant.ports import AccessStore
from assistant.settings.serving import AccessSetting

TOKEN_BYTES = 32
SIGN_IN_BYTES = 8
"""Tells one sign-in with a key from another."""


class Sessions:
    """Begins, finds and ends sessions.

    Args:
        store: Stores them by the hash of the token.
        access: How long they last, and whether browsers use https.
    """

    def __init__(self, store: AccessStore, access: AccessSetting) -> None:
        self._store = store
        self._hours = access.session_hours
        self._is_https = access.is_https
        self.cookie = self._named("session")
        """Name of the cookie; with the ``__Host-`` prefix, browsers accept it from this host over https only."""

    def begin(self, asker: Asker, now: datetime, until: datetime | None = None) -> tuple[str, Session]:
        """Returns the token of a new session, and the session; it ends at ``until`` at the latest.

        One that begins with a key has a history of its own, since several people may share the key.
        """
        sign_in = secrets.token_hex(SIGN_IN_BYTES) if asker.via == "key" else ""
        token, asker = secrets.token_urlsafe(TOKEN_BYTES), replace(asker, via="session", session=sign_in)
        ends = now + timedelta(hours=self._hours)
        session = Session(asker, secrets.token_urlsafe(TOKEN_BYTES), now, min(ends, until) if until else ends)
        self._store.add_session(hash_of(token), session)
        self._store.audit(AuditLine(now, asker.user_id, "sign_in"))
        return token, session

    def find(self, token: str, now: datetime) -> Session | None:
        """Returns the session of a token, None if there is none or it has ended."""
        session = self._store.session_of(hash_of(token)) if token else None
        return session if session is not None and session.expires > now else None

    def end(self, token: str) -> None:
        """Ends a session; does nothing if there is none."""
        if token:
            self._store.end_session(hash_of(token))

    def set_cookie(self, response: Response, token: str, session: Session) -> None:
        """Sets the session cookie."""
        self._set(response, self.cookie, token, int((session.expires - session.created).total_seconds()))

    def remove_cookie(self, response: Response) -> None:
        """Removes the session cookie."""
        self._set(response, self.cookie, "", 0)

    def remember(self, response: Response, name: str, text: str, seconds: int) -> None:
        """Stores a text in a cookie of the browser for a while, out of reach of scripts and other sites."""
        self._set(response, self._named(name), base64.urlsafe_b64encode(text.encode()).decode(), seconds)

    def recall(self, request: Request, name: str) -> str:
        """Returns the text that ``remember`` stored, "" if there is none or it cannot be read."""
        try:
            return base64.urlsafe_b64decode(request.cookies.get(self._named(name), "")).decode()
        except ValueError:
            return ""

    def forget(self, response: Response, name: str) -> None:
        """Removes the cookie that ``remember`` set."""
        self._set(response, self._named(name), "", 0)

    def _named(self, name: str) -> str:
        return f"__Host-{name}" if self._is_https else name

    def _set(self, response: Response, name: str, value: str, seconds: int) -> None:
        response.set_cookie(
            name, value, max_age=seconds, path="/", secure=self._is_https, httponly=True, samesite="lax"
        )
