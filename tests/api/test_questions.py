from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from assistant.model.people import Record, Role
from tests.api.conftest import QUESTION, UNANSWERABLE, URGENT
from tests.api.entered import Entered

TODAY = datetime.now(UTC).date()


@pytest.fixture
def policy(entered: Entered) -> str:
    """Returns the key of the policy team, after three questions of somebody else."""
    secret = entered.key(Role.PRACTITIONER)
    for text in (QUESTION, UNANSWERABLE, URGENT):
        told = entered.asks(secret, "POST", "/v1/ask", json={"question": text})
        assert told.status_code == 200
        opinion = {"record_id": told.json()["record_id"], "opinion": "missing", "note": "Nothing on page 3"}
        assert entered.asks(secret, "POST", "/v1/feedback", json=opinion).status_code == 201
    return entered.key(Role.POLICY)


def test_the_policy_team_sees_questions_and_never_who_asked(entered: Entered, policy: str) -> None:
    told = entered.asks(policy, "GET", "/v1/questions")
    seen = {each["question"]: each for each in told.json()["questions"]}

    assert set(seen) == {QUESTION, UNANSWERABLE, URGENT}
    assert (seen[QUESTION]["outcome"], seen[UNANSWERABLE]["outcome"]) == ("answered", "refused")
    assert seen[UNANSWERABLE]["reason"] == "not_answered_here"
    assert seen[QUESTION]["opinions"] == ["missing"]
    assert seen[QUESTION]["asked_on"] == TODAY.isoformat()
    keys = [each.key_id for each in entered.assistant.access_store.keys()]  # noqa: SIM118
    assert not any(key in told.text for key in keys)


@pytest.mark.parametrize("path", ["/v1/questions", "/questions", "/questions.csv"])
def test_others_do_not(entered: Entered, path: str) -> None:
    for role in (Role.PRACTITIONER, Role.TRAINER):
        assert entered.asks(entered.key(role), "GET", path).status_code == 403


def test_filters_narrow(entered: Entered, policy: str) -> None:
    def count(**filters: str) -> int:
        return len(entered.asks(policy, "GET", "/v1/questions", params=filters).json()["questions"])

    assert count(outcome="refused") == 1
    assert count(since=TODAY.isoformat(), until=TODAY.isoformat()) == 3
    assert count(since=(TODAY + timedelta(days=1)).isoformat()) == 0
    assert count(until=(TODAY - timedelta(days=1)).isoformat()) == 0


def test_pages_follow_one_another_and_hold_each_question_once(entered: Entered, policy: str) -> None:
    seen, after = [], None
    for _ in range(5):
        params = {"limit": 1, **({"after": after} if after else {})}
        told = entered.asks(policy, "GET", "/v1/questions", params=params).json()
        seen += [each["record_id"] for each in told["questions"]]
        after = told["next_after"]
        if after is None:
            break
    assert len(seen) == len(set(seen)) == 3


def test_the_page_shows_them_and_gives_a_file_that_runs_nothing(entered: Entered, policy: str) -> None:
    formula = '=HYPERLINK("https://evil.example")'
    outcome = {"outcome": "refused", "reason": None, "citations": [], "nearest": []}
    now = datetime.now(UTC)
    entered.assistant.records.add(Record("r1", "ann", None, formula, outcome, 0.1, "print", now))

    page = entered.asks(policy, "GET", "/questions?outcome=refused&since=&until=")
    assert page.status_code == 200
    assert UNANSWERABLE in page.text
    assert QUESTION not in page.text
    rows = list(csv.DictReader(io.StringIO(entered.asks(policy, "GET", "/questions.csv").text.removeprefix("\ufeff"))))
    assert len(rows) == 4
    assert f"'{formula}" in [each["question"] for each in rows]


@pytest.mark.parametrize("query", ["since=yesterday", "outcome=lost", "until=2026-13-01"])
def test_a_filter_that_is_none_is_said(entered: Entered, query: str) -> None:
    secret = entered.key(Role.POLICY)
    for path in ("/v1/questions", "/questions", "/questions.csv"):
        assert entered.asks(secret, "GET", f"{path}?{query}").status_code == 422
