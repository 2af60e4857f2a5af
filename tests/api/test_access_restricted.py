"""A restricted edition appears nowhere to those outside its groups: not as an answer, a neighbour, a count or a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.coverage.questions.probes import Probe, run_probes
from assistant.coverage.report import for_viewer
from assistant.editions.library_view import LibraryView
from assistant.model import Kind
from assistant.model.people import Role
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from ingest.build import ingest
from tests.api.conftest import Served
from tests.api.entered import PUBLIC, Entered

CATALOGUE = """
[[edition]]
edition_id = "gates-2025"
work = "gates"
title = "Gates procedure 2025"
kind = "policy"
path = "open.md"
in_force_from = 2025-01-01

[[edition]]
edition_id = "hidden-2026"
work = "gates"
title = "Zanzibar procedure"
kind = "policy"
path = "hidden.md"
in_force_from = 2026-01-01
supersedes = "gates-2025"
groups = ["inner"]

[[edition]]
edition_id = "hidden-role"
work = "hidden-role"
title = "Zanzibar note for the policy team"
kind = "policy"
path = "role.md"
groups = ["role:policy"]

[[edition]]
edition_id = "hidden-known"
work = "gates"
title = "Zanzibar procedure to come"
kind = "policy"
in_force_from = 2026-02-01
supersedes = "gates-2025"
groups = ["inner"]
"""
OPEN = "# Gates\n\n## Closing the gates\n\nThe caretaker must close the school gates by 18:00 every day.\n"
HIDDEN = "# Zanzibar\n\n## Closing the gates\n\nThe zanzibar warden must close the school gates by 16:30 every day.\n"
FOR_ROLE = "# Zanzibar note\n\n## Budget for gates\n\nThe zanzibar budget for school gates is 900 pounds a year.\n"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TODAY = date(2026, 11, 27)
QUESTION = "Who must close the school gates every day?"
NEAR = "Who closes the gates at Zanzibar by 16:30?"
BUDGET = "What is the budget for school gates a year?"


@pytest.fixture(scope="module")
def shelf(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entered]:
    folder = tmp_path_factory.mktemp("restricted")
    documents = folder / "documents"
    documents.mkdir()
    for name, text in (("catalogue.toml", CATALOGUE), ("open.md", OPEN), ("hidden.md", HIDDEN), ("role.md", FOR_ROLE)):
        (documents / name).write_text(text)
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=1000)
    assistant = Assistant(Settings(data=folder / "data", access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    ingest((documents,), assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
    app = create_app(assistant)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Entered(app, client, assistant)


def everything_told(shelf: Entered, secret: str) -> str:
    """Returns all that the API and the page tell the holder of a key."""
    told = []
    for words in (QUESTION, NEAR, BUDGET, "zanzibar"):
        told.append(shelf.asks(secret, "POST", "/v1/ask", json={"question": words}).text)
        told.append(shelf.asks(secret, "GET", "/v1/search", params={"q": words, "limit": 50}).text)
        body = {"model": "policy-assistant", "messages": [{"role": "user", "content": words}]}
        told.append(shelf.asks(secret, "POST", "/v1/chat/completions", json=body).text)
    paths = ["/v1/documents?limit=200", "/v1/documents/gates-2025", "/v1/conversations", "/v1/models", "/readyz"]
    paths += ["/", "/documents", "/documents/gates-2025", "/documents/gates-2025/pages/1", "/history", "/help"]
    told += [shelf.asks(secret, "GET", path).text for path in paths]
    return "\n".join(told).lower()


def said(told: str, word: str) -> list[str]:
    """Returns where a word stands that the asker did not say himself."""
    return [told[max(0, at - 60) : at + 60] for at in range(len(told)) if told.startswith(word, at)]


def test_it_appears_nowhere_to_an_outsider(shelf: Entered) -> None:
    told = everything_told(shelf, shelf.key(Role.PRACTITIONER))

    for word in ("zanzibar warden", "zanzibar procedure", "zanzibar note", "zanzibar budget", "hidden-", "900 pounds"):
        assert not said(told, word), word


def test_what_cannot_be_seen_supersedes_nothing(shelf: Entered) -> None:
    told = shelf.asks(shelf.key(Role.PRACTITIONER), "POST", "/v1/ask", json={"question": QUESTION}).json()["outcome"]

    assert told["outcome"] == "answered"
    assert [each["edition_id"] for each in told["citations"]] == ["gates-2025"]
    assert told["notices"] == []


def test_it_answers_the_group_it_is_for(shelf: Entered) -> None:
    inner = shelf.key(Role.PRACTITIONER, groups=("inner",))
    told = shelf.asks(inner, "POST", "/v1/ask", json={"question": QUESTION}).json()["outcome"]

    assert [each["edition_id"] for each in told["citations"]] == ["hidden-2026"]
    assert shelf.asks(inner, "GET", "/v1/documents/hidden-2026").status_code == 200
    assert shelf.asks(inner, "GET", "/v1/documents/hidden-role").status_code == 404


def test_a_role_is_a_group_too(shelf: Entered) -> None:
    policy, practitioner = shelf.key(Role.POLICY), shelf.key(Role.PRACTITIONER)

    assert shelf.asks(policy, "GET", "/v1/documents/hidden-role").status_code == 200
    assert shelf.asks(practitioner, "GET", "/v1/documents/hidden-role").status_code == 404
    assert "900 pounds" in shelf.asks(policy, "GET", "/v1/search", params={"q": BUDGET}).text


@pytest.mark.parametrize("below", ["", "/pages/1", "/pages/1/image", "/pages/1/find?q=gates", "/file"])
def test_its_addresses_are_those_of_nothing(shelf: Entered, below: str) -> None:
    secret = shelf.key(Role.PRACTITIONER)
    for prefix in ("/v1/documents", "/documents"):
        hidden = shelf.asks(secret, "GET", f"{prefix}/hidden-2026{below}")
        absent = shelf.asks(secret, "GET", f"{prefix}/nothing-2026{below}")
        assert (hidden.status_code, _told(hidden.text)) == (absent.status_code, _told(absent.text))
        assert hidden.status_code == 404


def test_naming_it_in_a_question_is_naming_nothing(shelf: Entered) -> None:
    secret = shelf.key(Role.PRACTITIONER)
    hidden, absent = (
        shelf.asks(secret, "POST", "/v1/ask", json={"question": QUESTION, "editions": [name]})
        for name in ("hidden-2026", "nothing-2026")
    )
    assert hidden.status_code == absent.status_code == 422
    assert _told(hidden.text) == _told(absent.text)


def test_totals_do_not_count_it(shelf: Entered) -> None:
    outside = shelf.asks(shelf.key(Role.PRACTITIONER), "GET", "/v1/documents").json()
    inside = shelf.asks(shelf.key(Role.POLICY, groups=("inner",)), "GET", "/v1/documents").json()

    assert outside["total"] == 1
    assert inside["total"] >= 3


def _told(body: str) -> str:
    """Returns a problem, or a page of one, without its id."""
    try:
        told = json.loads(body)
    except ValueError:
        return ID.sub("", body.partition("<main")[2])
    return json.dumps({key: value for key, value in told.items() if key not in ("id", "instance")})


def test_it_is_in_no_part_of_the_coverage_of_a_policy_team_outside_its_group(shelf: Entered) -> None:
    secret = shelf.key(Role.POLICY)
    parts = ("questions", "topics", "duties", "recommendations", "references", "currency")
    paths = ["/v1/coverage", "/coverage", "/coverage/report.html", "/coverage/diff"]
    paths += [f"{root}/{part}" for root in ("/v1/coverage", "/coverage") for part in parts]
    paths += ["/v1/coverage/diff?old=gates-2025&new=hidden-2026", "/coverage/diff?old=gates-2025&new=hidden-2026"]
    told = "\n".join(shelf.asks(secret, "GET", path).text for path in paths).lower()

    assert "gates procedure 2025" in told
    assert "zanzibar note" in told  # for the role of policy
    for word in ("zanzibar warden", "zanzibar procedure", "16:30 every day"):
        assert not said(told, word), said(told, word)
    inner = shelf.key(Role.POLICY, groups=("inner",))
    assert "zanzibar procedure" in shelf.asks(inner, "GET", "/coverage/currency").text.lower()


def test_a_question_of_the_topic_map_is_not_answered_from_what_the_reader_may_not_see(shelf: Entered) -> None:
    store = shelf.assistant
    wanted = Probe("At what time must the zanzibar warden close the school gates?", Kind.POLICY)
    with store.opened() as snapshot:
        outer, inner = (LibraryView(snapshot, groups, TODAY) for groups in (("role:policy",), ("inner",)))
        seen = []
        for view in (outer, inner):
            found = run_probes([wanted], snapshot, view.answering(), for_viewer(view, store.probe_context()))
            seen.append({place.edition_id for place in found.endings[wanted].places})

    assert "hidden-2026" not in seen[0]
    assert "hidden-2026" in seen[1]
