"""Evidence over HTTP: what the documents said at a day, and what was answered, for those who may see it."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.adapters.seal_key import Ed25519Check
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.operations.evidence.make import make_evidence
from assistant.operations.evidence.values import EvidenceRequest
from assistant.operations.evidence.verify import verify
from assistant.operations.retention import purge_expired
from assistant.settings import Settings
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import QUESTION, UNANSWERABLE, URGENT, Served
from tests.api.test_documents import Door
from tests.api.test_publishing import NEWER, Desk
from tests.libraries import folder_copied
from tests.pdf_files import drawn, write_pdf

LOCKERS = "When must staff empty every blue locker?"
PAST = date(2026, 3, 14)
HERE = {"origin": "http://127.0.0.1:8000"}


@pytest.fixture(scope="module")
def kept(own_data: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Yields a server whose library held other lockers in March 2026, as a PDF, than it holds today."""
    data = folder_copied(own_data, tmp_path_factory.mktemp("evidence") / "data", left_out="records.sqlite*")
    assistant = Assistant(Settings(data=data))
    assistant.embedder = served.assistant.embedder  # loaded once
    publisher = UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    app = create_app(assistant, publisher)
    door = Door()
    door.roles = frozenset({Role.POLICY})
    app.state.state = replace(app.state.state, guard=door)
    pdf = write_pdf(data.parent / "l.pdf", [drawn(["Lockers", "Staff must empty every blue locker within nine days."])])
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        desk = Desk(client, app, assistant, door)
        desk.published(pdf.read_bytes(), "lockers.pdf")
        desk.published(NEWER, "lockers.md")
        dated(assistant, {1: "2026-01-05", 2: "2026-03-01", 3: "2026-06-01"})
        yield desk


def dated(assistant: Assistant, since: dict[int, str]) -> None:
    """Says that generations were published on other days than today."""
    times = {number: f"{day}T09:00:00.000000+00:00" for number, day in since.items()}
    with closing(sqlite3.connect(assistant.settings.data / "library.sqlite")) as connection:
        for number, time in times.items():
            ends = (time, times.get(number + 1), number)
            connection.execute("update publication set since = ?, until = ? where generation = ?", ends)
        connection.commit()


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def facts_of(content: bytes) -> dict:
    return json.loads(members_of(content)["evidence.json"])


def test_a_question_is_answered_from_what_the_library_held_on_that_day(kept):
    told = kept.client.post("/v1/evidence", json={"question": LOCKERS, "as_at": "2026-03-14"})
    assert (told.status_code, told.headers["content-type"]) == (200, "application/zip")
    assert 'filename="evidence-2026-03-14-answer-' in told.headers["content-disposition"]
    members, facts = members_of(told.content), facts_of(told.content)
    assert "nine days" in json.loads(members["outcome.json"])["statements"][0]["text"]
    assert (facts["library"]["basis"], facts["library"]["generation"]) == ("as_published", 2)
    (page,) = (each for each in facts["pages"] if each["edition_id"] == "lockers-2026")
    assert page["is_marked_on_picture"]
    assert members[page["picture"]].startswith(b"\x89PNG")
    assert "within nine days" in members[page["text"]].decode()
    (edition,) = (each for each in facts["editions"] if each["is_quoted"] and each["edition_id"] == "lockers-2026")
    assert len(edition["text_sha256"]) == len(edition["file_sha256"]) == 64
    assert edition["status"] == "in_force"
    assert [each["edition_id"] for each in facts["replaced_here_since"]] == ["lockers-2026"]
    index = members["index.html"].decode()
    assert "What the documents said on 14 March 2026" in index
    assert "published here on 1 March 2026 at 09:00 UTC and replaced on 1 June 2026 at 09:00 UTC" in index
    assert "<script" not in index
    assert 'src="http' not in index
    assert "openssl pkeyutl -verify" in members["README.txt"].decode()
    (line,) = kept.assistant.access_store.audit_lines(limit=1)
    assert (line.action, "lockers-2026" in line.editions) == ("evidence", True)
    assert line.what.startswith("answer as at 2026-03-14, sha256 ")


def test_before_an_edition_was_published_here_it_is_named_as_later(kept):
    facts = facts_of(kept.client.post("/v1/evidence", json={"topic": "blue locker", "as_at": "2026-02-10"}).content)
    assert facts["library"]["generation"] == 1
    assert [each["edition_id"] for each in facts["published_here_later"]] == ["lockers-2026"]
    assert not any(each["edition_id"] == "lockers-2026" for each in facts["editions"])


def test_before_anything_was_stored_the_file_says_so(kept):
    told = kept.client.post("/v1/evidence", json={"topic": "blue locker", "as_at": "2025-03-14"}).content
    facts = facts_of(told)
    assert facts["library"]["basis"] == "before_history"
    assert facts["explanation"][0].startswith(
        "Nothing is stored of this assistant’s library as it was on 14 March 2025: what is stored begins on 5 January 2026"
    )
    assert "What documents in force on 14 March 2025 say" in members_of(told)["index.html"].decode()


def test_a_stored_outcome_is_sealed_as_it_was_shown_without_who_asked(kept):
    asked = kept.client.post("/v1/ask", json={"question": f"I am Jane Smith. {LOCKERS}"}).json()
    told = kept.client.post("/v1/evidence", json={"record_id": asked["record_id"]})
    members = members_of(told.content)
    shown, stored = asked["outcome"], json.loads(members["outcome.json"])
    assert {name: each for name, each in stored.items() if name != "trace"} == {
        name: each for name, each in shown.items() if name != "trace"
    }
    facts = facts_of(told.content)
    assert (facts["kind"], facts["day"]) == ("record", datetime.now(UTC).date().isoformat())
    assert "Jane" not in "".join(each.decode("utf-8", "ignore") for each in members.values())
    assert kept.client.post("/v1/evidence", json={"record_id": "nothing"}).status_code == 404


def test_the_same_request_makes_the_same_bytes(kept):
    now, request = datetime(2026, 11, 30, 12, tzinfo=UTC), EvidenceRequest(topic="blue locker", as_at=PAST)
    one, other = (make_evidence(kept.assistant, request, (), now) for _ in range(2))
    assert one.content == other.content


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "Give one of"),
        ({"question": "a", "topic": "b"}, "Give one of"),
        ({"record_id": "a", "as_at": "2026-01-01"}, "has its own day"),
        ({"question": LOCKERS, "as_at": "2999-01-01"}, "has not come yet"),
    ],
)
def test_what_is_not_one_thing_is_refused(kept, body, words):
    told = kept.client.post("/v1/evidence", json=body)
    assert told.status_code == 422
    assert words in told.json()["detail"]


def test_it_is_for_the_policy_role(kept):
    kept.door.roles = frozenset({Role.PRACTITIONER})
    try:
        refused = [
            kept.client.post("/v1/evidence", json={"question": LOCKERS}), kept.client.get("/v1/evidence/key"),
            kept.client.get("/evidence"),
        ]  # fmt: skip
        assert [each.status_code for each in refused] == [403, 403, 403]
    finally:
        kept.door.roles = frozenset({Role.POLICY})


def test_a_file_is_checked_against_the_key_of_the_server(kept):
    content = kept.client.post("/v1/evidence", json={"topic": LOCKERS}).content
    told = kept.client.post("/v1/evidence/verify", files={"file": ("e.zip", content)}).json()
    held = kept.client.get("/v1/evidence/key").json()
    assert (told["is_intact"], told["key_fingerprint"]) == (True, held["key_fingerprint"])
    assert told["about"]["subject"] == LOCKERS
    changed = kept.client.post("/v1/evidence/verify", files={"file": ("e.zip", content.replace(b"locker", b"socker"))})
    assert {each["kind"] for each in changed.json()["faults"]} >= {"changed_member"}
    assert verify(content, Ed25519Check(), held["key_fingerprint"]).is_intact


def test_the_page_makes_and_checks_a_file(kept):
    page = kept.client.get("/evidence", params={"record": "abc"}).text
    assert 'value="abc"' in page
    assert "The library is stored as it was since 5 January 2026." in page
    form = {"what": "topic", "words": "blue locker", "as_at": "2026-03-14"}
    made = kept.client.post("/evidence", data=form, headers=HERE)
    assert made.headers["content-type"] == "application/zip"
    checked = kept.client.post("/evidence/verify", files={"file": ("e.zip", made.content)}, headers=HERE).text
    assert "e.zip is as it was sealed here" in checked
    cut = kept.client.post("/evidence/verify", files={"file": ("e.zip", made.content[:900])}, headers=HERE).text
    assert "cut off or damaged" in cut
    wrong = kept.client.post("/evidence", data={**form, "as_at": "March"}, headers=HERE)
    assert (wrong.status_code, "Write the day as YYYY-MM-DD" in wrong.text) == (422, True)
    assert kept.client.get("/evidence/public-key.pem").content == kept.assistant.seal_key.public_pem


def test_a_document_that_is_hidden_now_is_in_no_file_of_the_day_when_it_was_open(kept):
    kept.published(NEWER, "lockers.md", groups="leads")
    try:
        now, request = datetime.now(UTC), EvidenceRequest(topic="blue locker", as_at=PAST)
        outside = members_of(make_evidence(kept.assistant, request, (), now).content)
        assert not any(b"locker" in each and b"lockers-2026" in each for each in outside.values())
        inside = facts_of(make_evidence(kept.assistant, request, ("leads",), now).content)
        assert any(each["edition_id"] == "lockers-2026" for each in inside["editions"])
    finally:
        kept.door.groups = ("leads",)
        kept.client.post("/v1/publishing/roll-back")
        kept.door.groups = ()


def test_the_purge_ends_the_history_after_its_days(kept, tmp_path):
    data = folder_copied(kept.assistant.settings.data, tmp_path / "data")
    settings = Settings.model_validate({"data": data, "records": {"days": 30, "earlier_texts_days": 200}})
    assistant = Assistant(settings)
    assistant.embedder = kept.assistant.embedder
    at = datetime(2026, 8, 1, tzinfo=UTC)
    assert purge_expired(assistant, at).texts == 0
    before = len(assistant.library.files_in_use())
    assert purge_expired(assistant, at + timedelta(days=120)).texts >= 1
    assert len(assistant.library.files_in_use()) <= before
    assert assistant.library.check() == ()


def test_a_state_of_another_search_model_is_said_and_its_texts_are_read_all_the_same(kept, tmp_path):
    asked = kept.client.post("/v1/ask", json={"question": LOCKERS}).json()["record_id"]
    data = folder_copied(kept.assistant.settings.data, tmp_path / "data")
    with closing(sqlite3.connect(data / "library.sqlite")) as connection:
        connection.execute("update generation set embedder = 'another' where number = 2")
        connection.commit()
    with closing(sqlite3.connect(data / "records.sqlite")) as connection:
        connection.execute("update record set asked_at = '2026-03-14T10:00:00+00:00' where record_id = ?", (asked,))
        connection.commit()
    assistant = Assistant(Settings(data=data))
    assistant.embedder = kept.assistant.embedder
    now = datetime.now(UTC)
    topic = make_evidence(assistant, EvidenceRequest(topic="blue locker", as_at=PAST), (), now)
    assert facts_of(topic.content)["library"]["basis"] == "other_embedder"
    record = facts_of(make_evidence(assistant, EvidenceRequest(record_id=asked), (), now).content)
    assert (record["library"]["basis"], record["library"]["generation"]) == ("as_published", 2)
    assert [each["edition_id"] for each in record["quotes_without_page"]] == ["lockers-2026"]


AS_AT = "As at 14 March 2026: editions in force on that day answer, and nothing later."


def test_an_outcome_asked_as_at_another_day_says_so(served):
    def notices(question: str, **more: str) -> list[str]:
        outcome = served.client.post("/v1/ask", json={"question": question, **more}).json()["outcome"]
        return [each["text"] for each in (*outcome["notices"], *((outcome.get("then") or {}).get("notices", ())))]

    assert notices(UNANSWERABLE, as_at="2026-03-14").count(AS_AT) == 1
    assert AS_AT not in notices(UNANSWERABLE, as_at=served.assistant.resources.today().isoformat())


def test_a_day_that_is_none_is_told_and_withholds_no_card(served):
    form = {"question": QUESTION, "as_at": "March"}
    told = served.client.post("/ask", data=form)
    assert (told.status_code, "Write the day as YYYY-MM-DD" in told.text) == (422, True)
    assert 'value="March"' in told.text
    assert "999" in served.client.post("/ask", data={**form, "question": URGENT}).text
    answered = served.client.post("/ask", data={**form, "as_at": "2026-03-14"}).text
    assert AS_AT in answered
