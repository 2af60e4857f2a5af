from __future__ import annotations

import pytest

from api.access.exposure import check_exposure
from assistant.errors import ConfigurationError
from assistant.model.people import Role
from assistant.settings.serving import AccessSetting
from tests.api.conftest import QUESTION
from tests.api.entered import Entered

PROGRAM_PATHS = [
    ("GET", "/v1/documents"), ("GET", "/v1/search?q=assessment"), ("POST", "/v1/ask"), ("POST", "/v1/conversations"),
    ("GET", "/v1/models"), ("POST", "/v1/chat/completions"), ("GET", "/metrics"), ("GET", "/v1/no/such/thing"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PROGRAM_PATHS)
def test_nothing_is_told_without_a_key(entered: Entered, method: str, path: str) -> None:
    told = entered.client.request(method, path, json={"question": QUESTION} if method == "POST" else None)

    assert told.status_code == 401
    assert told.headers["www-authenticate"] == "Bearer"
    assert told.headers["content-type"] == "application/problem+json"


def test_every_route_of_the_application_is_shut_but_the_listed_ones(entered: Entered) -> None:
    paths = {route.path for route in entered.app.routes if "GET" in getattr(route, "methods", ())}
    assert paths
    opened = {path for path in paths if entered.client.get(path).status_code not in (303, 401)}

    assert opened <= {"/healthz", "/readyz", "/openapi.json", "/sign-in", "/static/theme.css", "/static/{name}"} | {
        path for path in paths if path.startswith("/sign-in/")
    }


def test_a_key_opens_what_its_roles_may_do(entered: Entered) -> None:
    practitioner, admin = entered.key(Role.PRACTITIONER), entered.key(Role.ADMIN)

    assert entered.asks(practitioner, "POST", "/v1/ask", json={"question": QUESTION}).status_code == 200
    assert entered.asks(practitioner, "GET", "/metrics").status_code == 403
    assert entered.asks(admin, "GET", "/metrics").status_code == 200
    assert ("forbidden", "GET /metrics") in entered.actions()


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer pak_x", "pak_x", "Bearer \u00e9\x7f"])
def test_a_guess_is_told_nothing_and_noted_without_what_was_tried(entered: Entered, header: str) -> None:
    told = entered.client.get("/v1/documents", headers={"authorization": header.encode("latin-1")})

    assert told.status_code == 401
    assert entered.actions()[0] == ("sign_in_failed", "key from testclient")


def test_guesses_are_slowed_down_and_right_keys_of_the_same_address_pass(entered: Entered) -> None:
    good = entered.key(Role.PRACTITIONER)
    codes = [entered.asks("pak_guess", "GET", "/v1/documents").status_code for _ in range(60)]
    waiting = entered.asks("pak_guess", "GET", "/v1/documents")

    assert codes == [401] * 5 + [429] * 55
    assert entered.asks(good, "GET", "/v1/documents").status_code == 200
    assert entered.browser(good).get("/").status_code == 200
    assert waiting.status_code == 429
    assert 1 <= int(waiting.headers["retry-after"]) <= 60
    assert len([each for each in entered.actions() if each[0] == "sign_in_failed"]) == 5


def test_questions_of_one_key_are_counted_and_those_of_another_are_not(entered: Entered) -> None:
    ann, bob = entered.key(Role.PRACTITIONER), entered.key(Role.PRACTITIONER)
    told = [entered.asks(ann, "POST", "/v1/ask", json={"question": QUESTION}) for _ in range(5)]

    assert [each.status_code for each in told] == [200] * 4 + [429]
    assert 1 <= int(told[-1].headers["retry-after"]) <= 60
    assert entered.asks(bob, "POST", "/v1/ask", json={"question": QUESTION}).status_code == 200


def test_a_revoked_key_is_shut_out_at_once(entered: Entered) -> None:
    secret = entered.key(Role.PRACTITIONER)
    browser = entered.browser(secret)
    assert browser.get("/").status_code == 200
    store = entered.assistant.access_store
    from datetime import UTC, datetime

    from assistant.operations.api_keys import revoke_key

    revoke_key(store, store.keys()[0].key_id, datetime.now(UTC))
    assert entered.asks(secret, "GET", "/v1/documents").status_code == 401
    assert browser.get("/").status_code == 303


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "policy.example.org"])
def test_the_network_needs_access_and_a_name(host: str) -> None:
    with pytest.raises(ConfigurationError, match="assistant keys create"):
        check_exposure(AccessSetting(), host)
    with pytest.raises(ConfigurationError, match=r"access\.public_url"):
        check_exposure(AccessSetting(keys=True), host)
    check_exposure(AccessSetting(keys=True, public_url="https://policy.example.org"), host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_for_the_one_local_user(host: str) -> None:
    check_exposure(AccessSetting(), host)
