"""Documents come in by upload, are looked at, published and undone, over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.cli.documents import remove
from assistant.errors import LibraryError
from assistant.model.formats import UPLOADABLE, endings_of, format_of
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from ingest.build import ingest
from ingest.publish.earlier_reading import read_by_another_version
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import SCHEMATHESIS, Served
from tests.api.test_documents import Door
from tests.libraries import folder_copied
from tests.pdf_files import drawn, write_pdf

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TEXT = b"# Lockers\n\nStaff must empty every blue locker within nine days of the end of term.\n"
NEWER = b"# Lockers\n\nStaff must empty every blue locker within four days of the end of term.\n"
HERE = {"origin": "http://127.0.0.1:8000"}
META = {"kind": "policy", "edition_id": "lockers-2026", "title": "Locker policy", "in_force_from": "2026-01-01"}


@dataclass(frozen=True)
class Desk:
    """A server that takes documents in, over a copy of the project's own library."""

    client: TestClient
    app: FastAPI
    assistant: Assistant
    door: Door

    def upload(self, content: bytes = TEXT, name: str = "lockers.md", **metadata: str):
        return self.client.post("/v1/publishing/uploads", data={**META, **metadata}, files={"file": (name, content)})

    def published(self, content: bytes = TEXT, name: str = "lockers.md", **metadata: str) -> dict:
        waiting = self.upload(content, name, **metadata).json()
        told = self.client.post(f"/v1/publishing/uploads/{waiting['upload_id']}/publish")
        assert told.status_code == 200, told.text
        return told.json()

    def ids(self) -> set[str]:
        return {each["edition_id"] for each in self.client.get("/v1/documents?limit=200").json()["documents"]}

    def found(self, words: str) -> str:
        return self.client.get("/v1/search", params={"q": words, "limit": 1}).json()["hits"][0]["text"]


@pytest.fixture
def desk(own_data: Path, served: Served, tmp_path: Path) -> Iterator[Desk]:
    data = folder_copied(own_data, tmp_path / "data")
    assistant = Assistant(Settings(data=data, lock_wait_s=0.2, access=AccessSetting(trusted_hosts=(SCHEMATHESIS,))))
    assistant.embedder = served.assistant.embedder  # loaded once
    publisher = UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    app = create_app(assistant, publisher)
    door = Door()
    door.roles = frozenset({Role.POLICY})
    app.state.state = replace(app.state.state, guard=door)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield Desk(client, app, assistant, door)


def test_an_upload_is_looked_at_and_not_yet_found(desk):
    told = desk.upload()
    assert told.status_code == 201
    shown = told.json()
    assert (shown["edition_id"], shown["title"], shown["kind"]) == ("lockers-2026", "Locker policy", "policy")
    assert "nine days" in shown["passages"][0]["text"]
    assert "lockers-2026" not in desk.ids()
    assert [each["upload_id"] for each in desk.client.get("/v1/publishing/uploads").json()["uploads"]] == [
        shown["upload_id"]
    ]
    assert desk.client.get(f"/v1/publishing/uploads/{shown['upload_id']}").json() == shown


def test_a_published_upload_is_found_with_its_file_and_waits_no_longer(desk):
    before = desk.ids()
    desk.published()
    assert desk.ids() == before | {"lockers-2026"}
    assert "nine days" in desk.found("when must the blue locker be empty")
    assert desk.client.get("/v1/documents/lockers-2026/file").content == TEXT
    assert desk.client.get("/v1/publishing/uploads").json()["uploads"] == []
    assert desk.assistant.library.check() == ()
    with desk.assistant.opened() as snapshot:
        assert read_by_another_version(snapshot, desk.assistant.embedder, desk.assistant.settings) == ()


def test_a_pdf_is_published_with_pictures(desk, tmp_path):
    path = write_pdf(tmp_path / "x.pdf", [drawn(["Lockers", "Staff must empty every blue locker at the end of term."])])
    desk.published(path.read_bytes(), "lockers.pdf")
    told = desk.client.get("/v1/documents/lockers-2026/pages/1", params={"quote": "must empty every blue locker"})
    assert told.json()["rectangles"]
    assert desk.client.get("/v1/documents/lockers-2026/pages/1.png").status_code == 200


def test_the_form_offers_every_ending_that_is_taken(desk):
    assert f'accept="{",".join(endings_of(UPLOADABLE))}"' in desk.client.get("/publishing").text


@pytest.mark.parametrize("ending", [".markdown", ".htm", ".txt"])
def test_a_file_is_given_with_the_media_type_of_its_ending(desk, ending):
    desk.published(TEXT, f"lockers{ending}")
    told = desk.client.get("/v1/documents/lockers-2026/file")
    assert told.content == TEXT
    assert told.headers["content-type"] == format_of(f"x{ending}").media_type
    assert told.headers["content-disposition"].startswith("attachment")


def test_publishing_is_undone_and_the_undoing_too(desk):
    desk.published()
    desk.published(NEWER)
    assert "four days" in desk.found("blue locker")
    assert desk.client.post("/v1/publishing/roll-back").status_code == 200
    assert "nine days" in desk.found("blue locker")
    assert desk.client.get("/v1/documents/lockers-2026/file").content == TEXT
    desk.client.post("/v1/publishing/roll-back")
    assert "four days" in desk.found("blue locker")


def test_what_was_undone_does_not_come_back_with_the_next_publication(desk):
    desk.published()
    desk.client.post("/v1/publishing/roll-back")
    assert "lockers-2026" not in desk.ids()
    desk.published(b"# Keys\n\nStaff must hand in their keys.\n", "keys.md", edition_id="keys-2026", title="Keys")
    assert "keys-2026" in desk.ids()
    assert "lockers-2026" not in desk.ids()


def test_an_ingest_of_folders_leaves_what_was_uploaded(desk, tmp_path):
    desk.published()
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "other.md").write_text("# Other\n\nStaff must close the gate.\n")
    a = desk.assistant
    ingest((folder,), a.library, a.embedder, a.settings, files=a.files)
    ingest((tmp_path,), a.library, a.embedder, a.settings, files=a.files)
    assert {"lockers-2026", "other"} <= desk.ids()
    assert desk.client.get("/v1/documents/lockers-2026/file").content == TEXT


def test_metadata_can_be_mended_before_publishing(desk):
    waiting = desk.upload(in_force_from="").json()
    assert any("no date" in each for each in waiting["warnings"])
    body = {**META, "title": "Policy on lockers"}
    told = desk.client.put(f"/v1/publishing/uploads/{waiting['upload_id']}/metadata", json=body).json()
    assert told["title"] == "Policy on lockers"
    assert not any("no date" in each for each in told["warnings"])


@pytest.mark.parametrize(
    ("metadata", "says"),
    [
        ({"in_force_from": "tomorrow"}, "2025-09-01"),
        ({"kind": "novel"}, None),
        ({"edition_id": "../../etc/passwd"}, "edition_id"),
        ({"sha256": "0" * 64}, None),
    ],
)
def test_wrong_metadata_are_a_problem_and_nothing_waits(desk, metadata, says):
    told = desk.upload(**metadata)
    assert told.status_code == 422
    assert says is None or says in told.json()["detail"]
    assert desk.client.get("/v1/publishing/uploads").json()["uploads"] == []
    left = desk.assistant.settings.data / "uploads"
    assert not left.exists() or not list(left.iterdir())


@pytest.mark.parametrize(
    ("name", "content"), [("x.exe", b"MZ"), ("x.pdf", b"%PDF-1.7 broken"), ("x.md", b""), ("x.jsonl", b"{}")]
)
def test_a_file_that_cannot_be_read_is_a_problem(desk, name, content):
    told = desk.upload(content, name)
    assert told.status_code == 422
    assert str(desk.assistant.settings.data) not in told.text


def test_a_name_with_a_path_stays_in_its_folder(desk):
    told = desk.upload(name="..\\../../evil\r\n.md")
    assert told.status_code == 201
    assert "/" not in told.json()["filename"]
    assert not [each for each in desk.assistant.settings.data.parent.rglob("*evil*") if "uploads" not in each.parts]


def test_a_discarded_upload_is_gone(desk):
    waiting = desk.upload().json()["upload_id"]
    assert desk.client.delete(f"/v1/publishing/uploads/{waiting}").status_code == 204
    for told in (
        desk.client.delete(f"/v1/publishing/uploads/{waiting}"),
        desk.client.get(f"/v1/publishing/uploads/{waiting}"),
        desk.client.post(f"/v1/publishing/uploads/{waiting}/publish"),
    ):
        assert told.status_code == 404


def test_only_the_policy_role_publishes(desk):
    waiting = desk.upload().json()["upload_id"]
    desk.door.roles = frozenset({Role.PRACTITIONER, Role.TRAINER})
    calls: list[Callable[[], object]] = [
        desk.upload,
        lambda: desk.client.get("/v1/publishing/uploads"),
        lambda: desk.client.get(f"/v1/publishing/uploads/{waiting}"),
        lambda: desk.client.put(f"/v1/publishing/uploads/{waiting}/metadata", json=META),
        lambda: desk.client.delete(f"/v1/publishing/uploads/{waiting}"),
        lambda: desk.client.post(f"/v1/publishing/uploads/{waiting}/publish"),
        lambda: desk.client.post("/v1/publishing/roll-back"),
    ]
    assert [call().status_code for call in calls] == [403] * len(calls)


def test_somebody_else_publishing_is_a_conflict(desk):
    waiting = desk.upload().json()["upload_id"]
    with desk.assistant.library.writing():
        told = desk.client.post(f"/v1/publishing/uploads/{waiting}/publish")
    assert told.status_code == 409
    assert desk.client.post(f"/v1/publishing/uploads/{waiting}/publish").status_code == 200


def test_a_fault_of_the_library_names_no_place_on_the_page(desk, monkeypatch):
    place = desk.assistant.settings.data / "library.sqlite"

    def broken(*_: object) -> object:
        raise LibraryError(f"{place}: the library cannot be used (disk is full).")

    monkeypatch.setattr(UploadPublisher, "roll_back", broken)
    told = desk.client.post("/publishing/undo")
    assert (told.status_code, str(place.parent) in told.text) == (503, False)
    assert "library.sqlite: the library cannot be used" in told.text


def test_an_upload_for_a_group_is_seen_by_the_group_only(desk):
    desk.published(groups="inner, other")
    assert "lockers-2026" not in desk.ids()
    desk.door.groups = ("inner",)
    assert "lockers-2026" in desk.ids()


def test_what_is_published_and_undone_is_noted_without_words(desk):
    desk.published()
    desk.client.post("/v1/publishing/roll-back")
    lines = desk.assistant.access_store.audit_lines(limit=3)
    assert [each.action for each in reversed(lines)] == ["upload", "publish", "roll_back"]
    assert lines[1].editions == ("lockers-2026",)


RULES = b"""# Lockers

1.1 Staff must empty every blue locker within nine days.

1.2 Call 01632 960001 to report a lost key.

1.3 Lockers are painted once a year.
"""
NEW_RULES = b"""# Lockers

1.1 Staff should empty every blue locker within four days.

1.2 Call 01632 960002 to report a lost key.

1.3 Lockers are painted again once a year.
"""


def test_what_changes_is_shown_before_it_is_published_the_weightiest_first(desk):
    desk.published(RULES)
    waiting = desk.upload(NEW_RULES, edition_id="lockers-2027", supersedes="lockers-2026").json()["upload_id"]
    told = desk.client.get(f"/v1/publishing/uploads/{waiting}/changes").json()
    assert (told["replaces"], told["weighty"], told["total"], told["next_offset"]) == ("lockers-2026", 2, 3, None)
    assert [each["concerns"][0] for each in told["changes"]] == ["duty", "number", "wording"]
    assert "contact" in told["changes"][1]["concerns"]
    assert "[-must-] {+should+}" in told["changes"][0]["words"]
    page = desk.client.get(f"/publishing/{waiting}").text
    assert "Compared with Locker policy (lockers-2026)" in page
    assert page.index("<del>must</del> <ins>should</ins>") < page.index("<ins>again</ins>")
    other = desk.upload(edition_id="hats-2026", title="Hats", work="hats").json()["upload_id"]
    assert desk.client.get(f"/v1/publishing/uploads/{other}/changes").json()["replaces"] is None


def test_the_edition_to_replace_is_chosen_from_the_library(desk):
    desk.published()
    page = desk.client.get("/publishing").text
    chosen = page[page.index('<select id="supersedes"') :]
    assert '<option value="lockers-2026">Locker policy (lockers-2026)</option>' in chosen
    waiting = desk.upload(NEWER, edition_id="lockers-2027", supersedes="gone-2020").json()["upload_id"]
    preview = desk.client.get(f"/publishing/{waiting}").text
    assert '<option value="gone-2020" selected>gone-2020 (not in the library)</option>' in preview
    assert 'value="lockers-2027">' not in preview


def test_an_undo_names_what_it_undoes_and_asks_once(desk):
    assert desk.client.get("/v1/publishing/last").status_code == 404
    assert "There is no publication to undo" in desk.client.get("/publishing").text
    waiting = desk.upload().json()["upload_id"]
    desk.client.post(f"/publishing/{waiting}/publish", headers=HERE)
    told = desk.client.get("/v1/publishing/last").json()
    assert [each["edition_id"] for each in told["added"]] == ["lockers-2026"]
    assert (told["by"], told["is_undo"], told["replaced"], told["removed"]) == ("someone", False, [], [])
    page = desk.client.get("/publishing/undo").text
    assert "by you" in page
    assert "<strong>Locker policy</strong> (lockers-2026, in force from 1 January 2026)" in page
    assert f'name="generation" value="{told["generation"]}"' in page
    desk.published(NEWER)
    stale = desk.client.post("/publishing/undo", data={"generation": told["generation"]}, headers=HERE)
    assert (stale.status_code, "Something else was published meanwhile" in stale.text) == (422, True)
    assert desk.client.post("/v1/publishing/roll-back", params={"generation": told["generation"]}).status_code == 422
    now = desk.client.get("/v1/publishing/last").json()
    assert [each["edition_id"] for each in now["replaced"]] == ["lockers-2026"]
    assert desk.client.post("/publishing/undo", data={"generation": now["generation"]}, headers=HERE).status_code == 200
    assert desk.client.get("/v1/publishing/last").json()["is_undo"]


def test_what_the_pages_do_is_in_the_audit_log(desk):
    file = {"file": ("lockers.md", TEXT)}
    staged = desk.client.post("/publishing", data={"title": "Lockers"}, files=file, headers=HERE).url.path
    desk.client.post(f"{staged}/publish", headers=HERE)
    desk.client.post("/publishing/undo", headers=HERE)
    other = desk.client.post("/publishing", data={"title": "Lockers"}, files=file, headers=HERE).url.path
    desk.client.post(f"{other}/discard", headers=HERE)
    actions = [each.action for each in reversed(desk.assistant.access_store.audit_lines(limit=5))]
    assert actions == ["upload", "publish", "roll_back", "upload", "discard"]


def test_a_server_without_a_publisher_says_so(served):
    assert served.client.get("/v1/publishing/uploads").status_code == 404


def test_no_fault_and_no_answer_that_is_not_described(desk):
    waiting = desk.upload().json()["upload_id"]
    document = schemathesis.openapi.from_asgi("/openapi.json", desk.app)
    paths = [each.ok() for each in document.get_all_operations() if "/publishing/" in each.ok().path]

    for operation in paths:

        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy(), is_there=strategies.booleans())
        def conforms(case: schemathesis.Case, is_there: bool) -> None:
            if is_there and case.path_parameters:
                case.path_parameters["upload_id"] = waiting
            case.call_and_validate(checks=CHECKS)

        conforms()

    assert len(paths) == 10


def test_questions_are_answered_while_a_document_is_published_and_undone(desk):
    stop, faults, asked = threading.Event(), [], [0]

    def ask() -> None:
        while not stop.is_set():
            told = desk.client.get("/v1/search", params={"q": "blue locker", "limit": 3})
            asked[0] += 1
            if told.status_code != 200 or not told.json()["hits"]:
                faults.append(told.text)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for each in askers:
        each.start()
    try:
        desk.published()
        desk.client.post("/v1/publishing/roll-back")
        desk.published(NEWER)
    finally:
        stop.set()
        for each in askers:
            each.join()
    assert faults == []
    assert asked[0] > 3
    assert "four days" in desk.found("blue locker")


def test_a_removed_document_leaves_no_file_behind(desk):
    desk.published()
    data = desk.assistant.settings.data
    assert [path for path in data.rglob("*") if path.is_file() and path.read_bytes() == TEXT]
    remove("lockers-2026", data)
    assert [path for path in data.rglob("*") if path.is_file() and path.read_bytes() == TEXT] == []
    assert desk.client.post("/v1/publishing/roll-back").status_code == 422
    assert "lockers-2026" not in desk.ids()


def test_proposed_details_are_shown_with_their_place_and_used_once_somebody_publishes_them(desk):
    text = b"# Harrow neglect strategy\n\nPublished: 3 May 2025 | Review date: May 2027\n\nStaff must empty every blue locker.\n"
    sent = desk.client.post("/publishing", files={"file": ("plan.md", text)}, headers=HERE, follow_redirects=False)
    place = sent.headers["location"]
    shown = desk.client.get(place).text
    assert 'value="2027-05-31" aria-describedby="review_by-from"' in shown
    assert "Read from: cover, page 1" in shown
    told = desk.client.get(f"/v1{place.replace('/publishing/', '/publishing/uploads/')}").json()
    assert {each["field"]: each["value"] for each in told["proposals"]}["kind"] == "strategy"
    assert told["kind"] == "guidance"
    fields = {
        "title": "Neglect strategy",
        "kind": "strategy",
        "review_by": "2027-05-31",
        "layer": "local",
        "audience": "all staff",
    }
    wrong = desk.client.post(f"{place}/describe", data={**fields, "review_by": "May"}, headers=HERE)
    assert "is no date" in wrong.text
    desk.client.post(f"{place}/describe", data={**fields, "review_by": ""}, headers=HERE)
    assert 'value="2027-05-31"' not in desk.client.get(place).text  # what somebody emptied stays empty
    desk.client.post(f"{place}/publish", data=fields, headers=HERE, follow_redirects=False)
    stored = desk.client.get("/v1/documents/plan").json()
    assert {name: stored[name] for name in fields} == fields


def test_documents_are_listed_by_layer(desk):
    desk.published(layer="regional", audience="all staff")
    told = desk.client.get("/v1/documents", params={"layer": "regional"}).json()
    assert [(each["edition_id"], each["audience"]) for each in told["documents"]] == [("lockers-2026", "all staff")]
    page = desk.client.get("/documents", params={"layer": "regional"}).text
    assert "Locker policy" in page
    assert "Working Together" not in page
