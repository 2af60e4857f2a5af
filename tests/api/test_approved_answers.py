"""Approved answers over the API: drafted, approved by a second person, given first, withdrawn, undone, exported and imported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from tests.api.conftest import QUESTION, UNANSWERABLE, Served
from tests.api.entered import PUBLIC, Entered
from tests.data_folders import DataFolders

BASE = "/v1/approved-answers"
DRAFT = {"owner": "Policy team", "review_by": "2099-01-01", "own_words": "Many schools ask this."}


@pytest.fixture(scope="module")
def desk(served: Served, data_folders: DataFolders) -> Iterator[Entered]:
    """Yields a server that asks for keys, over a library of its own."""
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=10_000, failed_per_minute=10_000)
    assistant = Assistant(Settings(data=data_folders.copy(), access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    app: FastAPI = create_app(assistant)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Entered(app, client, assistant)


@pytest.fixture(scope="module")
def anna(desk: Entered) -> dict[str, str]:
    return bearer(desk, Role.POLICY)


@pytest.fixture(scope="module")
def ben(desk: Entered) -> dict[str, str]:
    return bearer(desk, Role.POLICY)


@pytest.fixture(scope="module")
def drafted(desk: Entered, anna: dict[str, str]) -> dict[str, Any]:
    body = {**DRAFT, "wordings": [QUESTION], "units": [{"passage_id": passage(desk, anna, QUESTION)}]}
    made = desk.client.post(BASE, json=body, headers=anna)
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


def bearer(desk: Entered, role: Role) -> dict[str, str]:
    return {"authorization": f"Bearer {desk.key(role)}"}


def passage(desk: Entered, who: dict[str, str], query: str) -> str:
    hits = desk.client.get("/v1/search", params={"q": query}, headers=who).json()["hits"]
    return str(next(each["passage_id"] for each in hits if each["is_quotable"]))


def asked(desk: Entered, who: dict[str, str], question: str) -> dict[str, Any]:
    found: dict[str, Any] = desk.client.post("/v1/ask", json={"question": question}, headers=who).json()["outcome"]
    return found


def test_a_draft_is_given_to_nobody_and_its_writer_cannot_approve_it(
    desk: Entered, anna: dict[str, str], drafted: dict[str, Any]
) -> None:
    assert asked(desk, anna, QUESTION)["approved"] is None
    refused = desk.client.post(f"{BASE}/{drafted['answer_id']}/approve", headers=anna)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "second_person")


def test_once_approved_it_comes_first_and_its_life_is_told(
    desk: Entered, anna: dict[str, str], ben: dict[str, str], drafted: dict[str, Any]
) -> None:
    one = f"{BASE}/{drafted['answer_id']}"
    live = desk.client.post(f"{one}/approve", headers=ben).json()
    assert (live["state"], [each["act"] for each in live["events"]]) == ("live", ["approve", "draft"])

    outcome = asked(desk, bearer(desk, Role.PRACTITIONER), "How long can an assessment take?")
    own = outcome["approved"]
    assert own is not None, outcome["trace"]
    assert (own["owner"], own["own_words"]) == ("Policy team", "Many schools ask this.")
    assert outcome["trace"]["approved"]["rejected"] is None
    assert outcome["statements"], "other evidence stands below"
    near = asked(desk, ben, "How long may an assessment of an adult take?")
    assert (near["approved"], near["trace"]["approved"]["rejected"]) == (None, "audience")
    body = {"model": "policy-assistant", "messages": [{"role": "user", "content": QUESTION}]}
    told = desk.client.post("/v1/chat/completions", json=body, headers=ben).json()["choices"][0]["message"]["content"]
    assert told.startswith("**Approved by Policy team, checked on ")

    taken = desk.client.post(f"{one}/withdraw", json={"reason": "It is under discussion."}, headers=anna).json()
    assert (taken["state"], asked(desk, anna, QUESTION)["approved"]) == ("withdrawn", None)
    assert desk.client.post(f"{one}/undo", headers=anna).json()["state"] == "live"
    assert asked(desk, anna, QUESTION)["approved"]["version"] == 1
    actions = [each.action for each in desk.assistant.access_store.audit_lines(limit=50)]
    assert {"approved_draft", "approved_approve", "approved_withdraw", "approved_undo"} <= set(actions)


def test_it_is_given_where_the_question_is_refused_and_never_where_a_case_is_to_be_judged(
    desk: Entered, anna: dict[str, str], ben: dict[str, str]
) -> None:
    judged = "Does this child with two bruises meet the threshold for a referral?"
    body = {**DRAFT, "wordings": [UNANSWERABLE, judged], "units": [{"passage_id": passage(desk, anna, QUESTION)}]}
    made = desk.client.post(BASE, json=body, headers=anna).json()["answer_id"]
    desk.client.post(f"{BASE}/{made}/approve", headers=ben)
    refused, needs = asked(desk, anna, UNANSWERABLE), asked(desk, anna, judged)
    assert (refused["outcome"], refused["approved"]["answer_id"]) == ("refused", made)
    inner = needs.get("then") or needs
    assert (inner["reason"], needs["approved"], inner["approved"]) == ("needs_judgement", None, None)
    carded = asked(desk, anna, f"A girl told me this morning that her uncle hit her. {UNANSWERABLE}")
    assert (carded["outcome"], carded["approved"]["answer_id"]) == ("signposted", made)
    old = desk.client.post("/v1/ask", json={"question": UNANSWERABLE, "as_at": "2025-01-01"}, headers=anna).json()
    assert old["outcome"]["approved"] is None
    desk.client.post(f"{BASE}/{made}/withdraw", json={"reason": "Done."}, headers=anna)


def test_what_cannot_be_stored_says_why(desk: Entered, anna: dict[str, str]) -> None:
    unit = {"passage_id": passage(desk, anna, QUESTION)}
    body = {**DRAFT, "wordings": [UNANSWERABLE], "units": [unit], "own_words": "Ring 0300 123 4567 within 9 hours."}
    checked = desk.client.post(f"{BASE}/check", json=body, headers=anna).json()
    assert checked["preview"] is None
    assert any("time limit" in each for each in checked["faults"])
    assert any("contact" in each for each in checked["faults"])
    refused = desk.client.post(BASE, json=body, headers=anna)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "usage")


def test_what_is_exported_is_imported_as_drafts(desk: Entered, anna: dict[str, str], drafted: dict[str, Any]) -> None:
    file = desk.client.get(f"{BASE}/export", headers=anna).json()
    assert [each["wordings"] for each in file["answers"]] == [[QUESTION]]
    file["answers"].append(
        {**file["answers"][0], "units": [{**file["answers"][0]["units"][0], "quotes": ["Kites fly."]}]}
    )
    done = desk.client.post(f"{BASE}/import", json=file, headers=anna).json()
    assert (len(done["drafted"]), [each["number"] for each in done["refused"]]) == (1, [2])
    shown = desk.client.get(f"{BASE}/{done['drafted'][0]}", headers=anna).json()
    assert shown["state"] == "draft"
    assert desk.client.get(f"{BASE}/needs-you", headers=anna).json()["drafts"] == done["drafted"]


def test_a_block_keeps_a_passage_from_answering_and_can_be_lifted(desk: Entered, anna: dict[str, str]) -> None:
    question = "Who records the reasons for a delay?"
    before = asked(desk, anna, question)
    cited = {each["edition_id"] for each in before["citations"]} or {each["edition_id"] for each in before["nearest"]}
    held = passage(desk, anna, question)
    body = {"passage_id": held, "part": "document", "topics": [question], "reason": "It is about something else."}
    made = desk.client.post("/v1/blocks", json=body, headers=anna).json()
    assert made["passages"] > 0
    after = asked(desk, anna, question)
    assert made["edition_id"] not in {each["edition_id"] for each in after["citations"]}
    assert any(each["rejected"] == "blocked" for each in after["trace"]["hits"])
    assert passage(desk, anna, question) == held, "search still finds it"
    assert cited
    lifted = desk.client.post(f"/v1/blocks/{made['block_id']}/lift", headers=anna).json()
    assert (lifted["is_set"], asked(desk, anna, question)["statements"]) == (False, before["statements"])


def test_only_the_policy_role_sees_them(desk: Entered, drafted: dict[str, Any]) -> None:
    amber = bearer(desk, Role.PRACTITIONER)
    for path in (BASE, f"{BASE}/{drafted['answer_id']}", "/v1/blocks", "/approved-answers", "/blocks"):
        assert desk.client.get(path, headers=amber).status_code == 403, path


def test_the_pages_list_show_and_edit(desk: Entered, anna: dict[str, str], drafted: dict[str, Any]) -> None:
    paths = (
        "/approved-answers",
        "/approved-answers?which=live",
        f"/approved-answers/{drafted['answer_id']}",
        "/blocks?q=assessment",
    )
    for path in (
        *paths,
        f"/approved-answers/{drafted['answer_id']}/edit",
        f"/approved-answers/new?question={QUESTION}",
    ):
        page = desk.client.get(path, headers=anna)
        assert page.status_code == 200, (path, page.text)
    assert "Approved by Policy team" in desk.client.get(paths[2], headers=anna).text
