"""Sign-in through a provider that listens on loopback, and every forgery of it that does not get in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import Response
from fastapi.testclient import TestClient
from pydantic import SecretStr

from api.access.claims import asker_of_claims, claim_words
from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import OidcSetting
from tests.api.entered import token_in
from tests.api.loopback import listening
from tests.oidc_provider import CLIENT, SECRET, Provider, endless, new_key, signed_by, signed_by_public_key, unsigned

HERE = "https://policy.example.org"
ROLES = {"policy-team": "policy", "it": "admin"}


@dataclass
class Signing:
    """The application, a provider, and a browser that goes between them."""

    app: Any
    provider: Provider
    assistant: Assistant

    def browser(self) -> TestClient:
        return TestClient(self.app, base_url=HERE, raise_server_exceptions=False, follow_redirects=False)

    def back(self, browser: TestClient, return_to: str = "/history") -> str:
        """Goes to the provider; returns the address with which it sends the browser back."""
        sent = browser.get("/sign-in/start", params={"return_to": return_to})
        assert sent.status_code == 303, sent.text
        return httpx.get(sent.headers["location"]).headers["location"].removeprefix(HERE)

    def signed_in(self) -> TestClient:
        browser = self.browser()
        assert browser.get(self.back(browser)).status_code == 303
        return browser


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[Signing]:
    provider = Provider()
    with listening(provider.app()) as address:
        provider.issuer = address
        oidc = {"issuer": address, "client_id": CLIENT, "client_secret": SECRET, "roles": ROLES}
        access = {"oidc": oidc, "public_url": HERE, "failed_per_minute": 100}
        assistant = Assistant(Settings.model_validate({"data": tmp_path, "access": access}))
        yield Signing(create_app(assistant, host="0.0.0.0"), provider, assistant)


def test_a_person_signs_in_comes_back_and_signs_out(signing: Signing) -> None:
    signing.provider.claims |= {"roles": ["policy-team", "unknown"], "groups": ["leads", "role:admin"]}
    browser = signing.browser()
    assert browser.get("/history").headers["location"] == "/sign-in?return_to=%2Fhistory"
    assert "/sign-in/start?return_to=/history" in browser.get("/sign-in?return_to=/history").text

    came = browser.get(signing.back(browser))
    assert (came.status_code, came.headers["location"]) == (303, "/history")
    assert set(browser.cookies) == {"__Host-session"}
    told = browser.get("/v1/me").json()
    assert (told["roles"], told["groups"]) == (["policy"], ["leads", "role:policy"])
    assert told["user_id"].startswith("oidc-")
    assert "ann-42" not in told["user_id"]

    page = browser.get("/history").text
    assert "Sign out Ann Example" in page
    assert browser.post("/sign-out", data={"csrf": token_in(page)}).status_code == 303
    assert browser.get("/history").status_code == 303
    done = [line.action for line in signing.assistant.access_store.audit_lines()]
    assert done == ["sign_out", "sign_in"]


def test_the_same_person_is_the_same_user_again(signing: Signing) -> None:
    first, second = (signing.signed_in().get("/v1/me").json()["user_id"] for _ in range(2))
    assert first == second
    signing.provider.claims["sub"] = "bob-7"
    assert signing.signed_in().get("/v1/me").json()["user_id"] != first


def test_an_answer_is_taken_once_and_by_the_browser_that_asked(signing: Signing) -> None:
    browser, other = signing.browser(), signing.browser()
    back = signing.back(browser)
    signing.back(other)
    assert other.get(back).status_code == 401
    assert signing.browser().get(back).status_code == 401
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 401


def refused(signing: Signing) -> None:
    browser = signing.browser()
    answer = browser.get(signing.back(browser))
    assert answer.status_code == 401, answer.text
    assert 'role="alert"' in answer.text
    assert "__Host-session" not in browser.cookies
    assert browser.get("/v1/me").status_code == 401


CLAIMS: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "somebody-else"},
    "for somebody else too": {"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"},
    "another issuer": {"iss": "https://evil.example"},
    "expired": {"exp": int(time.time()) - 3600},
    "no end": {"exp": None},
    "of tomorrow": {"nbf": int(time.time()) + 86_400},
    "another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("name", CLAIMS)
def test_a_token_with_wrong_claims_opens_nothing(signing: Signing, name: str) -> None:
    def change(claims: dict[str, Any]) -> None:
        claims.update(CLAIMS[name])
        for each in [key for key, value in claims.items() if value is None]:
            del claims[each]

    signing.provider.change_claims = change
    refused(signing)


SIGNERS: dict[str, Callable[[Provider], Callable[[dict[str, Any]], str]]] = {
    "nobody": lambda provider: unsigned,
    "the public key as a secret": signed_by_public_key,
    "another key of the same name": lambda provider: signed_by(new_key("k1", copy=1)),
    "an unknown key": lambda provider: signed_by(new_key("k9")),
    "a word": lambda provider: lambda claims: "token",
}


@pytest.mark.parametrize("name", SIGNERS)
def test_a_token_signed_by_anybody_else_opens_nothing(signing: Signing, name: str) -> None:
    signing.provider.sign = SIGNERS[name](signing.provider)
    refused(signing)


QUERIES: dict[str, dict[str, str | None]] = {
    "another state": {"state": "x"},
    "no state": {"state": None},
    "another code": {"code": "x"},
    "no code": {"code": None},
    "another issuer": {"iss": "https://evil.example"},
    "a refusal": {"code": None, "error": "access_denied"},
}


@pytest.mark.parametrize("name", QUERIES)
def test_another_answer_opens_nothing(signing: Signing, name: str) -> None:
    def change(query: dict[str, Any]) -> None:
        query.update(QUERIES[name])
        for each in [key for key, value in query.items() if value is None]:
            del query[each]

    signing.provider.change_query = change
    refused(signing)


def test_a_provider_that_says_it_names_itself_has_to(signing: Signing) -> None:
    signing.provider.change_metadata = lambda told: told.update(authorization_response_iss_parameter_supported=True)
    signing.provider.change_query = lambda query: query.pop("iss")
    refused(signing)


def test_new_keys_of_the_provider_are_fetched(signing: Signing) -> None:
    signing.signed_in()
    signing.provider.key = new_key("k2")
    assert signing.signed_in().get("/v1/me").status_code == 200
    assert signing.provider.seen.count("/keys") == 2


def test_somebody_without_a_role_is_told_so(signing: Signing) -> None:
    closed = signing.assistant.settings.access.oidc
    assert closed is not None
    access = signing.assistant.settings.access.model_copy(
        update={"oidc": closed.model_copy(update={"default_role": None})}
    )
    settings = signing.assistant.settings.model_copy(update={"access": access})
    strict = Signing(create_app(Assistant(settings), host="0.0.0.0"), signing.provider, signing.assistant)
    browser = strict.browser()
    answer = browser.get(strict.back(browser))
    assert answer.status_code == 401
    assert "no role here" in answer.text


@pytest.mark.parametrize(
    "answer",
    [
        lambda: Response(status_code=500),
        lambda: Response("nonsense"),
        lambda: Response("[]", media_type="application/json"),
        lambda: Response(status_code=302, headers={"location": "https://evil.example/"}),
        endless,
    ],
)
@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_a_broken_provider_is_a_message(signing: Signing, path: str, answer: Callable[[], Response]) -> None:
    signing.provider.answer_instead = lambda asked: answer() if asked == path else None
    browser = signing.browser()
    sent = browser.get("/sign-in/start")
    going = httpx.get(sent.headers["location"]) if sent.status_code == 303 else None
    told = browser.get(going.headers["location"].removeprefix(HERE)) if going else sent
    assert told.status_code in (401, 503)
    assert 'role="alert"' in told.text
    assert "__Host-session" not in browser.cookies


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told.update(issuer="https://evil.example"),
        lambda told: told.update(token_endpoint="http://evil.example/token"),
        lambda told: told.pop("jwks_uri"),
    ],
)
def test_a_provider_that_is_not_the_one_set_up_is_not_asked(signing: Signing, change: Any) -> None:
    signing.provider.change_metadata = change
    assert signing.browser().get("/sign-in/start").status_code == 503


@pytest.mark.parametrize("cookie", ["", "x", "e30=", "W10=", "eyJzdGF0ZSI6IDF9"])
def test_a_forged_flow_cookie_opens_nothing(signing: Signing, cookie: str) -> None:
    told = signing.browser().get("/sign-in/callback?code=x&state=", headers={"cookie": f"__Host-sign-in={cookie}"})
    assert told.status_code == 401


def test_nobody_is_sent_to_another_site(signing: Signing) -> None:
    browser = signing.browser()
    assert browser.get(signing.back(browser, "https://evil.example")).headers["location"] == "/"


def test_without_a_provider_there_is_no_such_way_in(tmp_path: Path) -> None:
    settings = Settings.model_validate({"data": tmp_path, "access": {"keys": True, "public_url": HERE}})
    client = TestClient(create_app(Assistant(settings)), base_url=HERE)
    assert client.get("/sign-in/start").status_code == 404
    assert client.get("/sign-in/callback").status_code == 404


def test_roles_come_from_the_claim_and_groups_never_name_a_role() -> None:
    oidc = OidcSetting.model_validate(
        {"issuer": "i", "client_id": "c", "client_secret": "s", "roles": ROLES, "roles_claim": "r", "groups_claim": "g"}
    )
    claims = {"iss": "i", "sub": "s", "r": "policy-team it", "g": "a,b role:policy", "name": " A\u202e\nB "}
    found = asker_of_claims(claims, oidc)
    assert found.roles == {Role.POLICY, Role.ADMIN}
    assert found.groups == ("a", "b")
    assert found.name == "AB"
    assert asker_of_claims({"iss": "i", "sub": "s", "r": 5}, oidc).roles == {Role.PRACTITIONER}
    assert claim_words([1, "a"]) == ["a"]
    assert OidcSetting(issuer="i", client_id="c", client_secret=SecretStr("s"), default_role="").default_role is None  # type: ignore[arg-type]
