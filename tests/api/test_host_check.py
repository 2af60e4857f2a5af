import pytest

from tests.api.conftest import QUESTION, Served


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "[bad"])
def test_a_foreign_host_name_is_not_answered_to(served: Served, host: str):
    answer = served.client.get("/healthz", headers={"host": host})
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("This server does not answer")


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_loopback_names_are(served: Served, host: str):
    assert served.client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999"])
def test_a_page_of_another_site_may_not_ask(served: Served, origin: str):
    answer = served.client.post("/v1/ask", json={"question": QUESTION}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "another site" in answer.json()["detail"]


def test_the_servers_own_pages_may(served: Served):
    own = {"origin": "http://127.0.0.1:8000"}
    assert served.client.post("/v1/ask", json={"question": QUESTION}, headers=own).status_code == 200
