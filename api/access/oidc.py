"""Sign-in with an OpenID Connect provider: authorization code flow with PKCE, by Authlib.

What is checked follows OpenID Connect Core 1.0 (3.1.3.7), RFC 7636 (PKCE), RFC 9207 (issuer in the response) and
RFC 9700 (security of OAuth 2.0).
"""

from __future__ import annotations

import hmac
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from api.access.bounded_transport import TIMEOUT_S, BoundedTransport
from api.access.claims import asker_of_claims
from assistant.model.people import Asker
from assistant.settings.serving import AccessSetting

logger = logging.getLogger(__name__)
CALLBACK = "/sign-in/callback"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that are accepted: asymmetric ones only."""
LEEWAY_S = 60
CACHE_S = 3600.0
"""How long the provider's configuration and keys are cached."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SignInFailed(Exception):
    """The sign-in failed; the message is shown to the person who tried."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in that has begun; stored in a cookie of the browser that began it."""

    state: str
    nonce: str
    verifier: str
    return_to: str


class OidcClient:
    """Sends browsers to the provider and identifies who comes back.

    Args:
        access: ``oidc`` and ``public_url`` are set.
    """

    def __init__(self, access: AccessSetting) -> None:
        assert access.oidc is not None
        assert access.public_url is not None
        self._oidc = access.oidc
        self._callback = access.public_url + CALLBACK
        self._cache: dict[str, tuple[float, dict[str, Any]]] = {}

    def start(self, return_to: str) -> tuple[str, Flow]:
        """Returns the provider's address to redirect a browser to, and the flow that the browser must bring back.

        Raises:
            SignInFailed: The provider cannot be reached, or does not match the settings.
        """
        flow = Flow(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), return_to)
        with self._client() as client:
            address = self._metadata(client)["authorization_endpoint"]
            url, _ = client.create_authorization_url(
                address, state=flow.state, code_verifier=flow.verifier, nonce=flow.nonce
            )
        return str(url), flow

    def finish(self, flow: Flow, query: Mapping[str, str]) -> Asker:
        """Returns who comes back from the provider.

        Raises:
            SignInFailed: The response belongs to another sign-in, is forged or old, or the person has no role here.
        """
        if not hmac.compare_digest(query.get("state", "").encode(), flow.state.encode()):
            raise SignInFailed("This sign-in was started in another browser or too long ago. Sign in again.")
        if "error" in query or not query.get("code"):
            raise SignInFailed("Your organisation's sign-in refused access.")
        with self._client() as client:
            metadata = self._metadata(client)
            if query.get("iss", self._oidc.issuer) != self._oidc.issuer or (
                metadata.get("authorization_response_iss_parameter_supported") and "iss" not in query
            ):
                raise SignInFailed("The response came from a different provider than the one set up here.")
            token = self._token(client, metadata, query["code"], flow)
            claims = self._claims(client, metadata, token, flow)
        asker = asker_of_claims(claims, self._oidc)
        if not asker.roles:
            raise SignInFailed(
                "You are signed in with your organisation, but you have no role here. Ask your administrator."
            )
        return asker

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._oidc.client_id,
            self._oidc.client_secret.get_secret_value(),
            scope="openid profile",
            redirect_uri=self._callback,
            code_challenge_method="S256",
            transport=BoundedTransport(),
            timeout=TIMEOUT_S,
            follow_redirects=False,
        )

    def _metadata(self, client: OAuth2Client) -> dict[str, Any]:
        address = self._oidc.issuer.rstrip("/") + "/.well-known/openid-configuration"
        metadata = self._fetch(client, address)
        endpoints = [metadata.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        if metadata.get("issuer") != self._oidc.issuer or not all(
            isinstance(each, str) and _is_safe(each) for each in endpoints
        ):
            logger.error("sign-in: the provider's configuration is not that of access.oidc.issuer")
            raise SignInFailed(
                "Your organisation's sign-in is not set up as this server expects. Tell your administrator."
            )
        return metadata

    def _fetch(self, client: OAuth2Client, address: str, *, fresh: bool = False) -> dict[str, Any]:
        fetched_at, cached = self._cache.get(address, (0.0, {}))
        if cached and not fresh and time.monotonic() - fetched_at < CACHE_S:
            return cached
        try:
            response = client.request("GET", address, withhold_token=True)
            document = response.json() if response.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError) as error:
            raise _unreachable(error) from error
        if not isinstance(document, dict):
            raise _unreachable(None)
        self._cache[address] = (time.monotonic(), document)
        return document

    def _token(self, client: OAuth2Client, metadata: Mapping[str, Any], code: str, flow: Flow) -> dict[str, Any]:
        methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        client.token_endpoint_auth_method = (
            "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        )
        try:
            return dict(client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=flow.verifier))
        except AuthlibBaseError as error:
            logger.warning("sign-in: the provider rejected the code (%s)", type(error).__name__)
            raise SignInFailed("Your organisation's sign-in did not confirm you. Sign in again.") from error
        except (httpx.HTTPError, ValueError, TypeError) as error:
            raise _unreachable(error) from error

    def _claims(
        self, client: OAuth2Client, metadata: Mapping[str, Any], token: Mapping[str, Any], flow: Flow
    ) -> Mapping[str, Any]:
        try:
            id_token = self._decode(client, metadata["jwks_uri"], token["id_token"])
            options = {"iss": {"essential": True, "value": self._oidc.issuer}}
            options["aud"] = {"essential": True, "value": self._oidc.client_id}
            params = {"nonce": flow.nonce, "client_id": self._oidc.client_id, "access_token": token.get("access_token")}
            claims = CodeIDToken(id_token.claims, id_token.header, options, params)
            claims.validate(leeway=LEEWAY_S)
        except (JoseError, AuthlibBaseError, ValueError, KeyError, TypeError) as error:
            logger.warning("sign-in: an ID token was rejected (%s)", type(error).__name__)
            raise SignInFailed(
                "Your organisation's sign-in sent a response that cannot be trusted. Sign in again."
            ) from error
        return dict(claims)

    def _decode(self, client: OAuth2Client, address: str, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys(client, address), list(ALGORITHMS))
        except (InvalidKeyIdError, ValueError):
            return jwt.decode(token, self._keys(client, address, fresh=True), list(ALGORITHMS))

    def _keys(self, client: OAuth2Client, address: str, *, fresh: bool = False) -> KeySet:
        return KeySet.import_key_set(self._fetch(client, address, fresh=fresh))  # type: ignore[arg-type]


def _unreachable(error: Exception | None) -> SignInFailed:
    logger.error("sign-in: the provider cannot be used (%s)", type(error).__name__ if error else "its response")
    return SignInFailed("Your organisation's sign-in cannot be reached at the moment. Try again in a few minutes.")


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
