"""``/v1/coverage``, its pages and its files, by role."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.model.people import Role
from tests.api.entered import PUBLIC, Entered, token_in

PARTS = ["questions", "topics", "duties", "recommendations", "references", "currency"]
Get = Callable[..., Any]
TODAY = datetime.now(UTC).date()


@pytest.fixture
def policy(entered: Entered) -> str:
    return entered.key(Role.POLICY)


@pytest.fixture
def get(entered: Entered, policy: str) -> Get:
    def got(path: str, **params: object) -> Any:
        told = entered.asks(policy, "GET", path, params=params)
        assert told.status_code == 200, told.text
        return told.json()

    return got


def duty(get: Get, **params: object) -> dict[str, Any]:
    return dict(get("/v1/coverage/duties", **params)["rows"][0])


def decide(entered: Entered, secret: str, **given: object) -> Any:
    return entered.asks(secret, "POST", "/v1/coverage/duties/decisions", json=given)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/coverage", None),
        ("POST", "/v1/coverage/runs", None),
        *[("GET", f"/v1/coverage/{part}", None) for part in (*PARTS, "diff", "none")],
        ("GET", "/v1/coverage/duties/decisions?key=a", None),
        ("POST", "/v1/coverage/duties/decisions", {"key": "a", "state": "covered"}),
        ("POST", "/v1/coverage/questions/imports", {"source": "a", "questions": [{"question": "Who leads?"}]}),
        ("GET", "/coverage", None),
        ("GET", "/coverage/duties", None),
        ("GET", "/coverage/duties.csv", None),
        ("GET", "/coverage/report.xlsx", None),
        ("GET", "/coverage/report.html", None),
    ],
)
def test_coverage_is_for_the_policy_team_alone(entered: Entered, method: str, path: str, body: object) -> None:
    for role in (Role.PRACTITIONER, Role.TRAINER):
        assert entered.asks(entered.key(role), method, path, json=body).status_code == 403
    assert entered.client.request(method, path, json=body).status_code in (303, 401)


def test_the_overview_counts_every_part_and_says_what_changed_since_counts_were_kept(
    entered: Entered, policy: str, get: Get
) -> None:
    first = get("/v1/coverage")
    assert [each["part"] for each in first["parts"]] == PARTS
    assert (first["since"], first["changed"]) == (None, {})
    assert entered.asks(policy, "POST", "/v1/coverage/runs").status_code == 201
    found = duty(get, state="absent")
    assert decide(entered, policy, key=found["key"], state="not_local").status_code == 201
    later = get("/v1/coverage")
    assert later["since"] is not None
    assert later["changed"] == {"duties": {"absent": -1, "not_local": 1}}


def test_questions_wait_until_they_may_be_asked_and_a_stopped_run_goes_on(get: Get) -> None:
    waiting = get("/v1/coverage/topics")["waiting"]
    assert waiting > 0
    some = get("/v1/coverage/topics", go=True)["waiting"]
    assert some < waiting
    assert get("/v1/coverage/topics")["waiting"] == some


def test_a_part_gives_findings_with_quotes_that_are_in_the_documents(entered: Entered, get: Get) -> None:
    found = duty(get)
    quote = found["quotes"][0]
    with entered.assistant.opened() as snapshot:
        edition = next(each.edition_id for each in snapshot.editions() if each.edition_id == quote["edition_id"])
        text = snapshot.text(edition)
    assert " ".join(text[start:end].replace("\n", " ") for start, end in quote["spans"]) == quote["quote"]
    assert quote["role"] == "duty"
    assert quote["pages"]


def test_pages_follow_one_another_and_hold_each_finding_once(get: Get) -> None:
    seen, offset = [], 0
    while offset is not None:
        told = get("/v1/coverage/duties", limit=7, offset=offset)
        seen += [each["key"] for each in told["rows"]]
        offset = told["next_offset"]
    assert len(seen) == len(set(seen)) == sum(told["counts"].values())


def test_findings_are_sorted_out_by_state_words_facts_and_document(get: Get) -> None:
    whole = get("/v1/coverage/duties", limit=500)
    musts = get("/v1/coverage/duties", limit=500, having="duty word=must")
    assert 0 < musts["found"] < whole["found"]
    assert {each["facts"]["duty word"] for each in musts["rows"]} == {"must"}
    title = whole["rows"][0]["quotes"][0]["title"]
    both = get("/v1/coverage/duties", limit=500, having=["duty word=must", f"document={title}"])
    assert both["found"] == sum(each["quotes"][0]["title"] == title for each in musts["rows"])
    absent = get("/v1/coverage/duties", limit=500, state="absent")
    assert {each["state"] for each in absent["rows"]} == {"absent"}
    words = get("/v1/coverage/duties", limit=500, q="WORKING days")
    assert 0 < words["found"] < whole["found"]
    assert get("/v1/coverage/duties", q="zanzibar")["found"] == 0


def test_the_order_is_the_one_that_is_asked_for(get: Get) -> None:
    titles = [each["title"].casefold() for each in get("/v1/coverage/duties", limit=500, sort="words")["rows"]]
    assert titles == sorted(titles)
    rows = get("/v1/coverage/duties", limit=500, sort="place")["rows"]
    places = [(each["quotes"][0]["title"], each["quotes"][0]["spans"][0][0]) for each in rows]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/v1/coverage/weather", 404, "No such section"),
        ("/v1/coverage/duties?sort=best", 422, ""),
        ("/v1/coverage/duties?limit=0", 422, ""),
        ("/v1/coverage/duties?offset=-1", 422, ""),
        ("/v1/coverage/duties?having=colour=red", 422, "the names for duties are group, duty word, conflict, document"),
        ("/v1/coverage/duties?having=group", 422, "write NAME=VALUE"),
        ("/v1/coverage/diff", 422, "not indexed"),
        ("/v1/coverage/diff?old=none&new=nothing", 422, "not indexed"),
        ("/v1/coverage/diff?old=model-csa-policy&new=model-csa-policy", 422, "named twice"),
    ],
)
def test_what_is_not_right_is_told(entered: Entered, policy: str, path: str, status: int, says: str) -> None:
    told = entered.asks(policy, "GET", path)
    assert told.status_code == status
    assert says in told.text


def test_a_decision_is_kept_with_who_when_and_why_and_audited(entered: Entered, policy: str, get: Get) -> None:
    found = duty(get, state="absent")
    assert decide(entered, policy, key=found["key"], state="covered", note="Section 4").status_code == 201
    told = decide(entered, policy, key=found["key"], state="partial", note="On reflection").json()["decisions"]
    assert [(each["state"], each["note"]) for each in told] == [("partial", "On reflection"), ("covered", "Section 4")]
    assert all(each["by"] and each["at"] for each in told)
    now = next(each for each in get("/v1/coverage/duties", limit=500)["rows"] if each["key"] == found["key"])
    assert (now["state"], now["proposed"], now["decision"]["note"]) == ("partial", "absent", "On reflection")
    assert get("/v1/coverage/duties/decisions", key=found["key"])["decisions"] == told
    assert ("decide", f"duties {found['key'][:16]} partial") in entered.actions()


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        ({"key": "zz", "state": "covered"}, 422, "no such finding"),
        ({"state": "fine"}, 422, "can be decided as covered, partial"),
        ({"state": "covered", "note": "x" * 2001}, 422, ""),
        ({"state": "covered", "who": "me"}, 422, ""),
        ({}, 422, ""),
    ],
)
def test_a_decision_that_is_not_right_is_told(
    entered: Entered, policy: str, get: Get, given: dict[str, str], status: int, says: str
) -> None:
    told = decide(entered, policy, **{"key": duty(get)["key"], **given})
    assert told.status_code == status
    assert says in told.text


def test_questions_are_brought_in_once_masked_and_not_older_than_is_kept(
    entered: Entered, policy: str, get: Get
) -> None:
    old = TODAY - timedelta(days=91)
    questions = [
        {"question": "Who keeps the kite register of the child born on 3 May 2019?", "audience": "schools"},
        {"question": "Who counts the kites?", "asked_on": old.isoformat()},
    ]
    body = {"source": "helpline", "questions": questions}
    told = entered.asks(policy, "POST", "/v1/coverage/questions/imports", json=body)
    assert (told.status_code, told.json()) == (201, {"added": 1, "were_there": 0, "too_old": 1})
    again = entered.asks(policy, "POST", "/v1/coverage/questions/imports", json=body)
    assert again.json() == {"added": 0, "were_there": 1, "too_old": 1}
    rows = get("/v1/coverage/questions", go=True)["rows"]
    assert len(rows) == 1
    assert "2019" not in str(rows)
    assert rows[0]["facts"]["audience"] == "schools 1"
    assert rows[0]["series"] == {TODAY.isoformat()[:7]: 1}


@pytest.mark.parametrize(
    "questions", [[], [{"question": ""}], [{"question": "x" * 2001}], [{"question": "Who?", "asked_on": "May"}]]
)
def test_questions_that_are_not_right_are_refused(entered: Entered, policy: str, questions: object) -> None:
    body = {"source": "helpline", "questions": questions}
    assert entered.asks(policy, "POST", "/v1/coverage/questions/imports", json=body).status_code == 422


def test_a_table_holds_what_the_filters_leave_and_nothing_that_runs(entered: Entered, policy: str, get: Get) -> None:
    evil = {"source": "file", "questions": [{"question": "=HYPERLINK(A1) who leads the kite club?"}]}
    assert entered.asks(policy, "POST", "/v1/coverage/questions/imports", json=evil).status_code == 201
    told = entered.asks(policy, "GET", "/coverage/duties.csv", params={"having": "duty word=must", "state": "absent"})
    head, *lines = csv.reader(io.StringIO(told.text.removeprefix("\ufeff")))
    wanted = get("/v1/coverage/duties", having="duty word=must", state="absent", limit=500)
    assert len(lines) == wanted["found"] > 0
    assert {len(line) for line in lines} == {len(head)}
    assert "attachment" in told.headers["content-disposition"]
    questions = entered.asks(policy, "GET", "/coverage/questions.csv").text
    cells = [cell for line in csv.reader(io.StringIO(questions.removeprefix("\ufeff"))) for cell in line]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_the_workbook_has_a_sheet_a_part_and_the_printed_report_loads_nothing(entered: Entered, policy: str) -> None:
    book = load_workbook(io.BytesIO(entered.asks(policy, "GET", "/coverage/report.xlsx").content))
    assert book.sheetnames == PARTS
    told = entered.asks(policy, "GET", "/coverage/report.html")
    assert told.headers["content-type"].startswith("text/html")
    assert "Duty register" in told.text
    assert not any(sign in told.text for sign in ("<script", "<link", "src=", "@import", "url("))


def test_a_decision_by_form_comes_back_to_its_finding(entered: Entered, policy: str, get: Get) -> None:
    client = entered.browser(policy)
    page = client.get("/coverage/duties?state=absent")
    assert page.status_code == 200
    key = duty(get, state="absent")["key"]
    form = {"csrf": token_in(page.text), "key": key, "held": "covered", "note": "Ours", "back": "state=absent&evil=//x"}
    sent = client.post("/coverage/duties/decisions", data=form, headers={"Origin": PUBLIC})
    assert sent.status_code == 303
    assert sent.headers["location"].startswith("/coverage/duties?state=absent")
    assert "Ours" in client.get("/coverage/duties?state=covered").text
    other = client.post("/coverage/duties/decisions", data=form, headers={"Origin": "https://evil.example"})
    assert other.status_code == 403


@pytest.mark.parametrize(("content", "says"), [(b"asked\nWho?\n", "no column"), (b"\xff\xfe\x00", "CSV in UTF-8")])
def test_a_file_of_questions_that_is_not_right_is_told_on_the_page(
    entered: Entered, policy: str, content: bytes, says: str
) -> None:
    client = entered.browser(policy)
    token = token_in(client.get("/coverage/questions").text)
    sent = client.post(
        "/coverage/questions/import",
        data={"csrf": token},
        files={"file": ("helpline.csv", content, "text/csv")},
        headers={"Origin": PUBLIC},
    )
    assert sent.status_code == 422
    assert says in sent.text
    assert "helpline.csv" in sent.text
