"""Sources over HTTP: added, synced, looked at, published and discarded by the policy role, through the API and the pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.errors import SourceError
from assistant.model import EditionId
from assistant.model.people import Role
from assistant.model.sources import ChangeState, PublishingRule
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from tests.api.conftest import Served
from tests.api.entered import PUBLIC, Entered, token_in
from tests.fakes_sources import SITE, FakeSources, change
from tests.unit.test_following import pair

NEW = {
    "kind": "website",
    "address": "https://www.example.org/",
    "name": "Manual",
    "licence": "OGL-3.0",
    "owner": "Aldmoor partnership",
    "schedule": "weekly on Monday at 06:00",
}


@dataclass
class Desk(Entered):
    """A server that follows sources in memory."""

    sources: FakeSources


@pytest.fixture
def desk(served: Served, tmp_path: Path) -> Iterator[Desk]:
    """Yields a server over no library that asks for keys; a source of it has one change of each state."""
    now = datetime.now(UTC) - timedelta(hours=1)
    made = FakeSources(
        *(change(each.value, each, now, why="Said so.") for each in ChangeState if each.value != "unchanged")
    )
    made.now = now
    made.add(None, replace(SITE, documents=replace(SITE.documents, groups=("role:policy",))))
    old, new = pair("Staff should call the parents.", "Staff must call the parents <now>.")
    made.documents = {"changed": (old, new), "new": (None, new), "withdrawn": (old, None)}
    access = AccessSetting(keys=True, public_url=PUBLIC, failed_per_minute=3)
    assistant = Assistant(Settings(data=tmp_path / "data", access=access))
    assistant.embedder = served.assistant.embedder
    app = create_app(assistant, None, made)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Desk(app, client, assistant, made)


def test_a_source_is_added_changed_paused_resumed_synced_and_removed(desk: Desk) -> None:
    key = desk.key(Role.POLICY)
    added = desk.asks(key, "POST", "/v1/sources", json={**NEW, "name": "Other", "layer": "local", "include": ["*/a/*"]})
    assert added.status_code == 201, added.text
    assert (added.json()["schedule"], added.json()["source_id"]) == ("weekly on Monday at 06:00", "other")
    assert desk.sources.followed["other"].source.options.at == "monday 06:00"
    assert {each["source_id"] for each in desk.asks(key, "GET", "/v1/sources").json()["sources"]} == {"manual", "other"}
    details = {"licence": "With permission", "owner": "Aldmoor", "rule": "minor", "schedule": "hourly"}
    changed = desk.asks(key, "PUT", "/v1/sources/other", json=details).json()
    assert (changed["rule"], changed["schedule"], changed["address"]) == ("minor", "hourly", NEW["address"])
    assert desk.asks(key, "POST", "/v1/sources/other/pause").json()["is_paused"]
    assert not desk.asks(key, "POST", "/v1/sources/other/resume").json()["is_paused"]
    assert desk.asks(key, "POST", "/v1/sources/other/sync").status_code == 202
    desk.app.state.state.following.syncs.wait(10)
    (run,) = desk.asks(key, "GET", "/v1/sources/other/runs").json()["runs"]
    assert (run["ending"], run["unchanged"]) == ("done", 3)
    assert desk.asks(key, "DELETE", "/v1/sources/other").status_code == 204
    assert desk.asks(key, "GET", "/v1/sources/other").status_code == 404
    told = ["source_remove", "source_sync", "source_resume", "source_pause", "source_change", "source_add"]
    assert [action for action, _ in desk.actions()][:6] == told


@pytest.mark.parametrize(
    "wrong", [{"licence": ""}, {"owner": ""}, {"schedule": "now and then"}, {"kind": "dropbox"}, {"depth": 99}]
)
def test_what_cannot_be_followed_is_refused_with_the_fix(desk: Desk, wrong: dict[str, object]) -> None:
    answer = desk.asks(desk.key(Role.POLICY), "POST", "/v1/sources", json={**NEW, **wrong})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_change_is_shown_with_what_differs_and_what_has_to_be_read(desk: Desk) -> None:
    key, under = desk.key(Role.POLICY), "/v1/sources/manual/changes"
    listed = desk.asks(key, "GET", under, params={"decision": "waiting"}).json()["changes"]
    assert {each["state"] for each in listed} == {"new", "changed", "withdrawn", "moved", "suspicious"}
    found = desk.asks(key, "GET", f"{under}/changed").json()
    assert not found["is_minor"]
    assert "duty word, or what is to be done" in {each["touched"] for each in found["held"]}
    assert "[-should-]" in found["differences"][0]["words"]
    assert desk.asks(key, "GET", f"{under}/new").json()["passage_count"] == 1
    assert desk.asks(key, "GET", f"{under}/withdrawn").json()["differences"] == []
    assert desk.asks(key, "GET", f"{under}/nothing").status_code == 404


def test_changes_are_published_together_and_discarded_with_an_audit_line(desk: Desk) -> None:
    key, under = desk.key(Role.POLICY), "/v1/sources/manual"
    published = desk.asks(key, "POST", f"{under}/publish", json={"changes": ["changed", "new"]})
    assert published.json()["generation"] == 2
    assert desk.sources.accepted[0][0] == ("changed", "new")
    assert desk.asks(key, "POST", f"{under}/publish", json={"changes": ["changed"]}).status_code == 404
    assert desk.asks(key, "POST", f"{under}/publish", json={"changes": ["suspicious"]}).status_code == 422
    assert desk.asks(key, "POST", f"{under}/discard", json={"changes": ["suspicious"]}).json() == {"discarded": 1}
    (line,) = [each for each in desk.assistant.access_store.audit_lines() if each.action == "publish"]
    assert set(line.editions) == {EditionId("changed-2026"), EditionId("new-2026")}


def test_who_is_not_of_the_policy_role_or_not_of_its_groups_sees_no_source(desk: Desk) -> None:
    practitioner, admin = desk.key(Role.PRACTITIONER), desk.key(Role.ADMIN)
    paths = (
        "/v1/sources",
        "/v1/sources/manual",
        "/v1/sources-digest",
        "/sources",
        "/sources/manual",
        "/sources-digest",
    )
    assert {desk.asks(practitioner, "GET", path).status_code for path in paths} == {403}
    assert desk.asks(admin, "GET", "/v1/sources/manual").status_code == 200
    documents = replace(SITE.documents, groups=("other",))
    desk.sources.followed["manual"] = replace(
        desk.sources.followed["manual"], source=replace(desk.sources.one(None, "manual").source, documents=documents)
    )
    key = desk.key(Role.POLICY)
    assert desk.asks(key, "GET", "/v1/sources").json() == {"sources": []}
    for path in ("", "/changes", "/changes/changed", "/runs"):
        assert desk.asks(key, "GET", f"/v1/sources/manual{path}").status_code == 404
    for path in ("sync", "pause", "resume"):
        assert desk.asks(key, "POST", f"/v1/sources/manual/{path}").status_code == 404
    assert desk.asks(key, "POST", "/v1/sources/manual/publish", json={"changes": ["new"]}).status_code == 404
    assert desk.asks(key, "GET", "/v1/sources-digest").json()["changes"] == []


def test_a_server_without_sources_says_so(served: Served) -> None:
    assert served.client.get("/v1/sources").json()["type"].endswith("no_sources")
    assert "follows no sources" in served.client.get("/sources").text


def test_a_sync_that_fails_or_runs_already_is_told(desk: Desk) -> None:
    key = desk.key(Role.POLICY)
    desk.sources.faults["manual"] = SourceError("The site is down.")
    assert desk.asks(key, "POST", "/v1/sources/manual/sync").status_code == 202
    desk.app.state.state.following.syncs.wait(10)
    state = replace(desk.sources.one(None, "manual").state, is_running=True)
    desk.sources.followed["manual"] = replace(desk.sources.followed["manual"], state=state)
    assert desk.asks(key, "POST", "/v1/sources/manual/sync").status_code == 409


def test_the_pages_do_all_of_it_without_a_script(desk: Desk) -> None:
    browser = desk.browser(desk.key(Role.POLICY))
    token = token_in(browser.get("/sources").text)

    def send(path: str, **fields: object) -> str:
        answer = browser.post(path, data={"csrf": token, **fields}, headers={"origin": PUBLIC})
        return browser.get(answer.headers["location"]).text if answer.status_code == 303 else answer.text

    assert "is followed from now on" in send("/sources", **{**NEW, "name": "Other"})
    assert "There is a problem" in send("/sources", **{**NEW, "licence": ""})
    refused = send("/sources", **{**NEW, "schedule": "now and then", "owner": "A & B"})
    assert "is no schedule" in refused
    assert "A &amp; B" in refused, "what was typed is shown again"
    assert "The details are saved" in send("/sources/other", licence="OGL", owner="B", schedule="hourly", rule="minor")
    assert desk.sources.one(None, "other").source.rule is PublishingRule.MINOR
    assert "Resume" in send("/sources/other/pause")
    assert "Pause" in send("/sources/other/resume")
    assert "The sync has started" in send("/sources/other/sync")
    desk.app.state.state.following.syncs.wait(10)
    assert "Complete" in browser.get("/sources/other").text
    page = browser.get("/sources/manual").text
    assert "look at it first" in page
    assert "Said so." in page
    shown = browser.get("/sources/manual/changes/changed").text
    assert "<del>should</del>" in shown
    assert "&lt;now&gt;" in shown
    assert "Never" not in browser.get("/sources/manual/changes/new").text
    assert "marked" in browser.get("/sources/manual/changes/withdrawn").text
    assert "does not look like content" in browser.get("/sources/manual/changes/suspicious").text
    assert "Choose at least one" in send("/sources/manual/publish")
    assert "Published. New questions" in send("/sources/manual/publish", chosen=["changed", "new"])
    assert "not be offered again" in send("/sources/manual/discard", chosen="suspicious")
    assert "Stop following" in browser.get("/sources/other/remove").text
    assert "not followed any more" in send("/sources/other/remove")
    assert (
        browser.post("/sources/manual/pause", data={"csrf": token}, headers={"origin": "https://x.example"}).status_code
        == 403
    )


def test_the_digest_is_a_page_an_object_and_a_feed_under_a_private_address(desk: Desk) -> None:
    key = desk.key(Role.POLICY)
    digest = desk.asks(key, "GET", "/v1/sources-digest").json()
    assert digest["sentence"].startswith("1 document changed, 1 new document, 1 document withdrawn, 1 document moved")
    assert digest["approved_answers_touched"] == 0
    browser = desk.browser(key)
    token = token_in(page := browser.get("/sources-digest").text)
    assert "1 document changed" in page
    assert desk.client.get("/feeds/sources/guess").status_code == 404
    made = browser.post("/sources-digest/feed", data={"csrf": token}, headers={"origin": PUBLIC})
    assert made.status_code == 303
    address = "/feeds/sources/" + (desk.assistant.settings.data / "feed.key").read_text()
    assert address in browser.get("/sources-digest").text
    feed = desk.client.get(address)
    assert feed.headers["content-type"] == "application/rss+xml; charset=utf-8"
    assert fromstring(feed.content).find("channel/item") is None, "of a source for groups only, the feed tells nothing"
    opened = replace(desk.sources.one(None, "manual").source, documents=replace(SITE.documents, groups=()))
    desk.sources.followed["manual"] = replace(desk.sources.followed["manual"], source=opened)
    assert len(fromstring(desk.client.get(address).content).findall("channel/item")) == 4
    browser.post("/sources-digest/feed/end", data={"csrf": token}, headers={"origin": PUBLIC})
    assert [desk.client.get(address).status_code for _ in range(3)] == [404, 404, 429]
