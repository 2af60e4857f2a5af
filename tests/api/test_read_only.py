"""A data folder for reading only answers questions; nothing is stored and everybody is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.http.problems import handle_problems, problem_of, without_places
from assistant.bootstrap import Assistant
from assistant.errors import IndexMismatch, LibraryError
from tests.api.conftest import QUESTION, URGENT, Served
from tests.integration.test_odd_folders import NAMES


@pytest.fixture
def reading(served: Served, monkeypatch: pytest.MonkeyPatch) -> Served:
    """Returns a server that may not write."""
    monkeypatch.setattr(Assistant, "is_read_only", True)
    return served


def stored(served: Served) -> int:
    return len(served.assistant.records.questions(limit=500))


def test_questions_are_answered_and_not_stored(reading: Served) -> None:
    before = stored(reading)

    answer = reading.client.post("/v1/ask", json={"question": QUESTION}).json()

    assert answer["record_id"] == ""
    assert answer["outcome"]["outcome"] == "answered"
    assert answer["outcome"]["notices"][-1]["code"] == "not_stored"
    assert stored(reading) == before


def test_the_page_shows_the_answer_at_once(reading: Served) -> None:
    page = reading.client.post("/ask", data={"question": QUESTION}, follow_redirects=False)

    assert page.status_code == 200
    assert "are not stored" in page.text
    assert "Answer from the documents" in page.text
    assert 'action="/feedback"' not in page.text


def test_a_card_comes_too(reading: Served) -> None:
    answer = reading.client.post("/v1/ask", json={"question": URGENT}).json()

    assert (answer["record_id"], answer["outcome"]["outcome"]) == ("", "signposted")


def test_the_server_is_ready_and_says_that_it_cannot_write(reading: Served) -> None:
    ready = reading.client.get("/readyz")

    assert (ready.status_code, ready.json()["writable"]) == (200, False)


def test_a_server_with_room_says_so(served: Served) -> None:
    assert served.client.get("/readyz").json()["writable"] is True


def test_a_full_disk_is_not_writable_and_still_ready(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.bootstrap.stores.has_room", lambda _: False)
    ready = served.client.get("/readyz")

    assert (ready.status_code, ready.json()["writable"]) == (200, False)


@pytest.mark.parametrize("name", NAMES)
def test_no_problem_names_the_place_of_the_data_folder(served: Served, tmp_path: Path, name: str) -> None:
    data = tmp_path / name
    handle_problems(served.app, data)

    detail = problem_of(LibraryError(f"{data / 'records.sqlite'}: cannot be used. See {data}.")).detail

    assert detail == "records.sqlite: cannot be used. See the data folder."


def test_no_problem_names_other_places() -> None:
    mismatch = IndexMismatch(
        "/srv/a b/data: the library was built anew. Run `assistant ingest '/home/ann/My docs' /srv/x`."
    )

    assert problem_of(mismatch).detail == "data: the library was built anew. Run `assistant ingest 'My docs' x`."
    assert without_places("GET https://example.org/a/b and/or 3/4.") == "GET https://example.org/a/b and/or 3/4."


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/conversations", "/", "/coverage", "/v1/me/export"])
def test_a_fault_of_the_records_names_no_place(served: Served, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    def broken(*_: object, **__: object) -> object:
        raise LibraryError(
            f"{served.assistant.settings.data}/records.sqlite: the records cannot be used (disk is full)."
        )

    for store in (served.assistant.records, served.assistant.access_store, served.assistant.question_store):
        for name in ("add", "begin", "conversations", "audit", "questions", "export"):
            if hasattr(store, name):
                monkeypatch.setattr(store, name, broken)
    is_post = path in ("/v1/ask", "/v1/conversations")
    answer = served.client.post(path, json={"question": QUESTION}) if is_post else served.client.get(path)

    assert str(served.assistant.settings.data.parent) not in answer.text
    assert answer.status_code in (200, 503)
