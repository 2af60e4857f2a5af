"""A server that asks who comes, with keys for every role."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.operations.api_keys import create_key

HERE = "http://127.0.0.1:8000"
PUBLIC = "https://policy.example.org"


@dataclass
class Entered:
    """The application, and a client that carries nothing of its own."""

    app: FastAPI
    client: TestClient
    assistant: Assistant

    def key(self, *roles: Role, groups: tuple[str, ...] = ()) -> str:
        """Makes a key and returns its secret."""
        now = datetime.now(UTC)
        return create_key(self.assistant.access_store, "test", frozenset(roles), now, groups=groups)[1]

    def asks(self, secret: str, method: str, path: str, **more: object) -> Response:
        """Sends a request with a key."""
        return self.client.request(method, path, headers={"authorization": f"Bearer {secret}"}, **more)

    def browser(self, secret: str, base: str = PUBLIC) -> TestClient:
        """Returns a browser that signed in with a key."""
        found = TestClient(self.app, base_url=base, raise_server_exceptions=False, follow_redirects=False)
        assert found.post("/sign-in", data={"key": secret}).status_code == 303
        return found

    def actions(self) -> list[tuple[str, str]]:
        """Returns the audit log, newest first, as (action, what)."""
        return [(line.action, line.what) for line in self.assistant.access_store.audit_lines()]


def token_in(page: str) -> str:
    """Returns the token that the forms of a page carry."""
    found = re.search(r'name="csrf" content="([^"]+)"', page)
    assert found is not None, page[:300]
    return found[1]
