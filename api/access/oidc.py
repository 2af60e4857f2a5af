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

from api.access.bounded_transport import TIMEOUT_S, Bounded
from api.access.claims import asker_of_claims
from assistant.model.people import Asker
from assistant.settings.serving import AccessSetting

logger = logging.getLogger(__name__)
CALLBACK = "/sign-in/callback"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures that are taken: asymmetric ones only."""
LEEWAY_S = 60
KEPT_S = 3600.0
"""How long the provider's configuration and keys are believed."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SignInFailed(Exception):
    """Somebody could not be signed in; the message is for that person."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in that has begun; kept by the browser that began it, and by no other."""

    state: str
    nonce: str
    verifier: str
    return_to: str


class OidcClient:
    """Sends people to the provider and takes them back.

    Args:
        access: ``oidc`` and ``public_url`` are set.
    """

    def __init__(self, access: AccessSetting) -> None:
        assert access.oidc is not None
        assert access.public_url is not None
        self._oidc = access.oidc
        self._back = access.public_url + CALLBACK
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def start(self, return_to: str) -> tuple[str, Flow]:
        """Returns the provider's address to send a browser to, and what the browser must bring back.

        Raises:
            SignInFailed: The provider cannot be reached or is not what the settings say.
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
            SignInFailed: It is another sign-in's answer, a forged or an old one, or the person has no role here.
        """
        if not hmac.compare_digest(query.get("state", "").encode(), flow.state.encode()):
            raise SignInFailed("This sign-in was not begun in this browser, or long ago. Sign in again.")
        if "error" in query or not query.get("code"):
            raise SignInFailed("Your organisation's sign-in did not let you in.")
        with self._client() as client:
            metadata = self._metadata(client)
            if query.get("iss", self._oidc.issuer) != self._oidc.issuer or (
                metadata.get("authorization_response_iss_parameter_supported") and "iss" not in query
            ):
                raise SignInFailed("The answer came from another provider than the one set up here.")
            token = self._token(client, metadata, query["code"], flow)
            claims = self._claims(client, metadata, token, flow)
        asker = asker_of_claims(claims, self._oidc)
        if not asker.roles:
            raise SignInFailed(
                "You are signed in with your organisation, but have no role here. Ask your administrator."
            )
        return asker

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self._oidc.client_id,
            self._oidc.client_secret.get_secret_value(),
            scope="openid profile",
            redirect_uri=self._back,
            code_challenge_method="S256",
            transport=Bounded(),
            timeout=TIMEOUT_S,
            follow_redirects=False,
        )

    def _metadata(self, client: OAuth2Client) -> dict[str, Any]:
        address = self._oidc.issuer.rstrip("/") + "/.well-known/openid-configuration"
        found = self._fetched(client, address)
        ends = [found.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
        if found.get("issuer") != self._oidc.issuer or not all(
            isinstance(each, str) and _is_safe(each) for each in ends
        ):
            logger.error("sign-in: the provider's configuration is not that of access.oidc.issuer")
            raise SignInFailed(
                "Your organisation's sign-in is not set up as this server expects. Tell your administrator."
            )
        return found

    def _fetched(self, client: OAuth2Client, address: str, *, fresh: bool = False) -> dict[str, Any]:
        at, found = self._kept.get(address, (0.0, {}))
        if found and not fresh and time.monotonic() - at < KEPT_S:
            return found
        try:
            answer = client.request("GET", address, withhold_token=True)
            told = answer.json() if answer.status_code == httpx.codes.OK else None
        except (httpx.HTTPError, ValueError) as error:
            raise _unreachable(error) from error
        if not isinstance(told, dict):
            raise _unreachable(None)
        self._kept[address] = (time.monotonic(), told)
        return told

    def _token(self, client: OAuth2Client, metadata: Mapping[str, Any], code: str, flow: Flow) -> dict[str, Any]:
        ways = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        client.token_endpoint_auth_method = (
            "client_secret_basic" if "client_secret_basic" in ways else "client_secret_post"
        )
        try:
            return dict(client.fetch_token(metadata["token_endpoint"], code=code, code_verifier=flow.verifier))
        except AuthlibBaseError as error:
            logger.warning("sign-in: the provider took no code (%s)", type(error).__name__)
            raise SignInFailed("Your organisation's sign-in did not confirm you. Sign in again.") from error
        except (httpx.HTTPError, ValueError, TypeError) as error:
            raise _unreachable(error) from error

    def _claims(
        self, client: OAuth2Client, metadata: Mapping[str, Any], token: Mapping[str, Any], flow: Flow
    ) -> Mapping[str, Any]:
        try:
            found = self._decoded(client, metadata["jwks_uri"], token["id_token"])
            options = {"iss": {"essential": True, "value": self._oidc.issuer}}
            options["aud"] = {"essential": True, "value": self._oidc.client_id}
            params = {"nonce": flow.nonce, "client_id": self._oidc.client_id, "access_token": token.get("access_token")}
            claims = CodeIDToken(found.claims, found.header, options, params)
            claims.validate(leeway=LEEWAY_S)
        except (JoseError, AuthlibBaseError, ValueError, KeyError, TypeError) as error:
            logger.warning("sign-in: an id token was refused (%s)", type(error).__name__)
            raise SignInFailed(
                "Your organisation's sign-in sent something that cannot be trusted. Sign in again."
            ) from error
        return dict(claims)

    def _decoded(self, client: OAuth2Client, address: str, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._keys(client, address), list(ALGORITHMS))
        except (InvalidKeyIdError, ValueError):
            return jwt.decode(token, self._keys(client, address, fresh=True), list(ALGORITHMS))

    def _keys(self, client: OAuth2Client, address: str, *, fresh: bool = False) -> KeySet:
        return KeySet.import_key_set(self._fetched(client, address, fresh=fresh))  # type: ignore[arg-type]


def _unreachable(error: Exception | None) -> SignInFailed:
    logger.error("sign-in: the provider cannot be used (%s)", type(error).__name__ if error else "its answer")
    return SignInFailed("Your organisation's sign-in cannot be reached now. Try again in a few minutes.")


def _is_safe(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
