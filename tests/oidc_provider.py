"""An OpenID Connect provider on loopback that does as a test tells it, forgeries included."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse, StreamingResponse
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "policy-assistant", "the secret of this client"
Change = Callable[[dict[str, Any]], None]


@cache
def new_key(kid: str, copy: int = 0) -> RSAKey:
    """Returns a key of this name, made once; another one for another copy."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class Provider:
    """The provider; ``issuer`` is set once it listens."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: new_key("k1"))
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "ann-42", "name": "Ann Example"})
    change_claims: Change = lambda claims: None
    change_metadata: Change = lambda metadata: None
    change_query: Change = lambda query: None
    sign: Callable[[dict[str, Any]], str] | None = None
    """Signs in the place of the provider's own key."""
    answer_instead: Callable[[str], Response | None] = lambda path: None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    """Paths asked for, in order."""

    def signed(self, claims: dict[str, Any]) -> str:
        if self.sign is not None:
            return self.sign(claims)
        return jwt.encode({"alg": "RS256", "kid": self.key.kid or ""}, claims, self.key)

    def app(self) -> FastAPI:
        found = FastAPI()

        @found.middleware("http")
        async def scripted(request: Request, go_on: Any) -> Any:
            self.seen.append(request.url.path)
            return self.answer_instead(request.url.path) or await go_on(request)

        found.add_api_route("/.well-known/openid-configuration", self.metadata)
        found.add_api_route("/keys", lambda: KeySet([self.key]).as_dict(private=False))
        found.add_api_route("/authorize", self.authorize)
        found.add_api_route("/token", self.token, methods=["POST"])
        return found

    def metadata(self) -> dict[str, Any]:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        found: dict[str, Any] = {name: f"{self.issuer}/{path}" for name, path in ends.items()} | {"issuer": self.issuer}
        self.change_metadata(found)
        return found

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        query = {"code": code, "state": asked["state"], "iss": self.issuer}
        self.change_query(query)
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(query)}", 303)

    async def token(self, request: Request) -> Response:
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or not _is_client(request) or not _is_proof(form, asked):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now, access = int(time.time()), secrets.token_urlsafe(16)
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.claims,
        }
        claims["at_hash"] = _encoded(hashlib.sha256(access.encode()).digest()[:16])
        self.change_claims(claims)
        return JSONResponse({"access_token": access, "token_type": "Bearer", "id_token": self.signed(claims)})


def _is_client(request: Request) -> bool:
    given = request.headers.get("authorization", "").removeprefix("Basic ")
    return base64.b64decode(given).decode().replace("+", " ").replace("%20", " ") == f"{CLIENT}:{SECRET}"


def _is_proof(form: dict[str, str], asked: dict[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return asked.get("code_challenge_method") == "S256" and _encoded(digest) == asked.get("code_challenge")


def _encoded(digest: bytes) -> str:
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    """Returns a token with ``alg`` none."""
    return ".".join((*(_encoded(_json(each)) for each in ({"alg": "none", "kid": "k1"}, claims)), ""))


def signed_by_public_key(provider: Provider) -> Callable[[dict[str, Any]], str]:
    """Returns what signs with the provider's public key as if it were a shared secret."""
    secret = provider.key.as_pem(private=False)

    def sign(claims: dict[str, Any]) -> str:
        said = ".".join(_encoded(_json(each)) for each in ({"alg": "HS256", "kid": "k1"}, claims))
        return f"{said}.{_encoded(hmac.digest(secret, said.encode(), 'sha256'))}"

    return sign


def signed_by(key: RSAKey) -> Callable[[dict[str, Any]], str]:
    """Returns what signs with another key under the same name."""
    return lambda claims: jwt.encode({"alg": "RS256", "kid": key.kid or ""}, claims, key)


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value).encode()


def endless() -> Response:
    """Returns an answer far larger than anybody should read."""

    def parts() -> Iterator[bytes]:
        for _ in range(200):
            yield b" " * 100_000

    return StreamingResponse(parts(), media_type="application/json")
