"""Publishing restricted documents: who is not in their groups cannot see, change, publish, drop or undo them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from ingest.build import ingest
from ingest.uploads import staged_uploads
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import Served
from tests.api.entered import PUBLIC, Entered

OPEN = "# Gates\n\n## Closing the gates\n\nThe caretaker must close the school gates by 18:00 every day.\n"
SECRET = b"# Zanzibar\n\nThe zanzibar warden must close the school gates by 16:30 every day.\n"
LOCKERS = b"# Lockers\n\nStaff must empty every blue locker within nine days of the end of term.\n"
META = {"kind": "policy", "title": "Zanzibar procedure", "edition_id": "hidden-2026", "in_force_from": "2026-01-01"}
UPLOADS = "/v1/publishing/uploads"
UNDO = "/v1/publishing/roll-back"


class Desk:
    """A server that takes documents in, with one policy key inside the group and one outside."""

    def __init__(self, entered: Entered) -> None:
        self.entered = entered
        self.inside = entered.key(Role.POLICY, groups=("inner",))
        self.outside = entered.key(Role.POLICY)

    def send(self, key: str, method: str, path: str, **more: Any) -> Response:
        return self.entered.asks(key, method, path, **more)

    def upload(self, key: str, content: bytes = SECRET, **changes: str) -> dict[str, Any]:
        data = {**META, "groups": "inner", **changes}
        told = self.send(key, "POST", UPLOADS, data=data, files={"file": ("w.md", content)})
        assert told.status_code == 201, told.text
        return dict(told.json())

    def publish(self, key: str, upload: dict[str, Any]) -> dict[str, Any]:
        told = self.send(key, "POST", f"{UPLOADS}/{upload['upload_id']}/publish")
        assert told.status_code == 200, told.text
        return dict(told.json())

    def ids(self, key: str) -> set[str]:
        return {each["edition_id"] for each in self.send(key, "GET", "/v1/documents").json()["documents"]}


@pytest.fixture
def desk(served: Served, tmp_path: Path) -> Iterator[Desk]:
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "gates.md").write_text(OPEN)
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=1000)
    assistant = Assistant(Settings(data=tmp_path / "data", access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    ingest((documents,), assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
    publisher = UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    app = create_app(assistant, publisher)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Desk(Entered(app, client, assistant))


def told(response: Response) -> tuple[int, str]:
    """Returns what a problem tells, without its id."""
    problem = response.json()
    return response.status_code, str(problem["detail"])


def test_an_upload_that_waits_for_a_group_is_none_to_others(desk: Desk) -> None:
    waiting = desk.upload(desk.inside)["upload_id"]
    assert desk.send(desk.outside, "GET", UPLOADS).json() == {"uploads": []}
    assert len(desk.send(desk.inside, "GET", UPLOADS).json()["uploads"]) == 1

    calls: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("GET", "", {}),
        ("PUT", "/metadata", {"json": {**META, "groups": ""}}),
        ("POST", "/publish", {}),
        ("DELETE", "", {}),
    )
    for method, below, more in calls:
        theirs, none = (
            desk.send(desk.outside, method, f"{UPLOADS}/{each}{below}", **more) for each in (waiting, "0" * 24)
        )
        assert told(theirs) == told(none)
        assert theirs.status_code == 404
    for method, path in (("GET", ""), ("POST", "/publish")):
        assert desk.send(desk.outside, method, f"/publishing/{waiting}{path}").status_code == 404
    desk.send(desk.outside, "POST", f"/publishing/{waiting}/discard")
    assert "zanzibar" not in desk.send(desk.outside, "GET", "/publishing").text.lower()
    assert desk.send(desk.inside, "GET", f"{UPLOADS}/{waiting}").json()["title"] == META["title"]


def test_who_uploads_for_a_group_of_others_goes_on_until_it_is_published(desk: Desk) -> None:
    waiting = desk.upload(desk.outside)
    assert desk.send(desk.outside, "GET", f"{UPLOADS}/{waiting['upload_id']}").status_code == 200
    before = desk.ids(desk.outside)
    published = desk.publish(desk.outside, waiting)
    assert desk.ids(desk.outside) == before
    assert published["editions"] == len(before)
    assert desk.ids(desk.inside) == {*before, "hidden-2026"}


def test_a_publication_counts_what_the_publisher_sees(desk: Desk) -> None:
    first = desk.publish(desk.inside, desk.upload(desk.inside))
    second = desk.publish(desk.outside, desk.upload(desk.outside, LOCKERS, groups="", edition_id="lockers"))
    assert (first["editions"], second["editions"]) == (2, 2)
    everything = desk.publish(desk.inside, desk.upload(desk.inside, LOCKERS, groups="", edition_id="lockers-2"))
    assert everything["editions"] == 4
    assert everything["passages"] > second["passages"]


def test_nobody_publishes_over_what_is_hidden_from_him(desk: Desk) -> None:
    desk.publish(desk.inside, desk.upload(desk.inside))
    mine = desk.upload(desk.outside, LOCKERS, groups="")
    assert mine["edition_id"].startswith("hidden-2026-")
    assert mine["warnings"] == []
    changed = desk.send(desk.outside, "PUT", f"{UPLOADS}/{mine['upload_id']}/metadata", json=META).json()
    assert changed["edition_id"] == mine["edition_id"]
    desk.publish(desk.outside, mine)
    assert {"hidden-2026", mine["edition_id"]} <= desk.ids(desk.inside)
    assert "hidden-2026" not in desk.ids(desk.outside)


def test_what_becomes_hidden_while_an_upload_waits_is_not_published_over(desk: Desk) -> None:
    mine = desk.upload(desk.outside, LOCKERS, groups="")
    assert mine["edition_id"] == "hidden-2026"
    desk.publish(desk.inside, desk.upload(desk.inside))
    desk.publish(desk.outside, mine)
    assert "hidden-2026" not in desk.ids(desk.outside)
    page = desk.send(desk.inside, "GET", "/v1/documents/hidden-2026/pages/1").text
    assert "zanzibar warden" in page


def test_warnings_speak_to_each_reader_of_what_he_sees(desk: Desk) -> None:
    desk.publish(desk.inside, desk.upload(desk.inside))
    opened = desk.upload(desk.inside, LOCKERS, groups="")
    warnings = " ".join(opened["warnings"])
    assert "replaces the edition hidden-2026" in warnings
    assert "for groups only" in warnings
    assert desk.send(desk.outside, "GET", f"{UPLOADS}/{opened['upload_id']}").json()["warnings"] == []
    (listed,) = desk.send(desk.outside, "GET", UPLOADS).json()["uploads"]
    assert listed["warnings"] == []


def test_undo_undoes_what_one_sees(desk: Desk) -> None:
    nothing = told(desk.send(desk.outside, "POST", UNDO))
    desk.publish(desk.inside, desk.upload(desk.inside))
    assert told(desk.send(desk.outside, "POST", UNDO)) == nothing
    assert "hidden-2026" in desk.ids(desk.inside)

    desk.publish(desk.outside, desk.upload(desk.outside, LOCKERS, groups="", edition_id="lockers"))
    desk.publish(desk.inside, desk.upload(desk.inside, edition_id="hidden-2027"))
    undone = desk.send(desk.outside, "POST", UNDO)
    assert undone.status_code == 200
    assert undone.json()["editions"] == 1
    assert {"hidden-2026", "hidden-2027"} < desk.ids(desk.inside)
    assert desk.send(desk.outside, "POST", UNDO).json()["editions"] == 2
    assert desk.entered.assistant.library.check() == ()


def test_the_limit_counts_what_one_sees_waiting(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staged_uploads, "MAX_STAGED", 1)
    desk.upload(desk.inside)
    desk.upload(desk.outside, LOCKERS, groups="")
    full = desk.send(desk.outside, "POST", UPLOADS, data=META, files={"file": ("w.md", LOCKERS)})
    assert full.status_code == 422
    assert "1 uploads wait already" in full.json()["detail"]


def test_a_question_that_touched_a_restricted_document_is_for_its_group(desk: Desk) -> None:
    desk.publish(desk.inside, desk.upload(desk.inside))
    reader = desk.entered.key(Role.PRACTITIONER, groups=("inner",))
    for words in ("Who closes the gates by 16:30?", "What does the Zanzibar procedure say about pensions?"):
        desk.send(reader, "POST", "/v1/ask", json={"question": words})
    desk.send(desk.outside, "POST", "/v1/ask", json={"question": "Who pays for pensions?"})

    log = {key: desk.send(key, "GET", "/v1/questions").json()["questions"] for key in (desk.inside, desk.outside)}
    assert {each["question"] for each in log[desk.outside]} == {"Who pays for pensions?"}
    assert len(log[desk.inside]) == 3
    for path in (
        "/questions",
        "/questions.csv",
        "/v1/coverage/questions",
        "/coverage/questions",
        "/coverage/report.html",
    ):
        assert "zanzibar" not in desk.send(desk.outside, "GET", path).text.lower(), path
    assert "zanzibar" in desk.send(desk.inside, "GET", "/v1/coverage/questions").text.lower()
    assert "zanzibar" not in desk.send(desk.outside, "GET", "/v1/coverage/questions").text.lower()
