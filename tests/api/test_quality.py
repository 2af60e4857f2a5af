"""The policy team marks answers, tries drafts, measures and sees usage, over HTTP."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.cli.bench import bench
from assistant.cli.eval_marked import marked
from assistant.cli.eval_report import report
from assistant.errors import UsageError
from assistant.model.people import Record, Role
from assistant.model.quality import EverydayQuestion
from assistant.operations.personal_data import erase_person, export_person
from assistant.operations.scorecard import Scorecard, fingerprints_of, load_scorecard, open_index
from assistant.ports import Evaluation, LabelledSet, RunProgress
from assistant.quality.everyday import packaged
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from evals.dataset.items import load
from evals.evaluator import PageEvaluator
from ingest.uploads.publisher import UploadPublisher
from tests.api.conftest import QUESTION, UNANSWERABLE, Served
from tests.api.entered import PUBLIC, Entered
from tests.libraries import folder_copied

TEXT = b"# Records\n\nAn assessment of a child in need must be completed within 9 working days.\n"
META = {"kind": "policy", "edition_id": "records-2026", "title": "Records policy", "in_force_from": "2026-01-01"}
WORDS = "An assessment should take no longer than 45 working days"


class FakeEvaluator:
    """Measures nothing, and says what it is told to say."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self.before: list[Any] = []

    def packaged(self) -> tuple[str, ...]:
        return ("own",)

    def read(self, name: str, content: bytes | None = None) -> LabelledSet:
        missing = ("gone-2026",) if content is not None and b"gone" in content else ()
        return LabelledSet(name, 2, missing, True)

    def evaluate(
        self, name: str, content: bytes | None, progress: RunProgress, before: dict[str, Any] | None = None
    ) -> Evaluation:
        progress(1, 2)
        self.before.append(before)
        with self.assistant.opened() as snapshot:
            prints, visible = fingerprints_of(snapshot, self.assistant.resources), open_index(snapshot)
        card = Scorecard(
            date="2026-05-01", questions="own", set_digest="0", fingerprints=prints, asked=20, wrong=1, wrong_upper=0.2,
            leaks=0, answered=10, open_index=visible,
        )  # fmt: skip
        facts = {
            "date": "2026-05-01", "asked": 20, "crashed": 0, "answered": 10, "wrong": 1, "wrong_upper": 0.2, "groups": [],
            "not_right": [], "note": "", "compared": None, "is_signable": True,
        }  # fmt: skip
        return Evaluation(facts, "<!doctype html><title>Report</title>", {"version": 1}, card.model_dump())


@dataclass
class Desk(Entered):
    """A server that takes documents and measures, for people with keys."""

    evaluator: FakeEvaluator

    def policy(self) -> str:
        return self.key(Role.POLICY)

    def ended(self, secret: str, address: str) -> dict[str, Any]:
        """Returns a run once it is over."""
        for _ in range(600):
            told = self.asks(secret, "GET", address).json()
            if told["state"] != "running":
                return dict(told)
            time.sleep(0.02)
        raise AssertionError("the run does not end")


@pytest.fixture(scope="module")
def desk(own_data: Path, served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    data = folder_copied(own_data, tmp_path_factory.mktemp("desk") / "data", left_out="records.sqlite*")
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=1000, failed_per_minute=1000)
    assistant = Assistant(Settings(data=data, access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    publisher = UploadPublisher(assistant.library, assistant.embedder, assistant.settings, assistant.files)
    evaluator = FakeEvaluator(assistant)
    app = create_app(assistant, publisher, evaluator=evaluator)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Desk(app, client, assistant, evaluator)


@pytest.fixture(scope="module")
def records(desk: Desk) -> dict[str, str]:
    """Returns the record ids of two questions of somebody, by question."""
    secret = desk.key(Role.PRACTITIONER)
    told = {text: desk.asks(secret, "POST", "/v1/ask", json={"question": text}) for text in (QUESTION, UNANSWERABLE)}
    ids = {text: str(each.json()["record_id"]) for text, each in told.items()}
    note = {"record_id": ids[UNANSWERABLE], "opinion": "missing", "note": "Ask Sarah Miller about it"}
    desk.asks(secret, "POST", "/v1/feedback", json=note)
    return ids


def test_a_question_opens_with_what_was_shown_and_never_who_asked(desk: Desk, records: dict[str, str]) -> None:
    secret = desk.policy()
    shown = desk.asks(secret, "GET", f"/v1/questions/{records[UNANSWERABLE]}")
    assert shown.json()["outcome"]["reason"] == "not_answered_here"
    assert shown.json()["outcome"]["trace"]["probability"] is not None
    (remark,) = shown.json()["feedback"]
    assert (remark["opinion"], "Miller" in remark["note"]) == ("missing", False)
    asked = desk.assistant.records.questions()
    owners = {each["user_id"] for each in [desk.asks(desk.key(Role.PRACTITIONER), "GET", "/v1/me").json()]}
    assert asked
    assert not any(owner in shown.text for owner in owners)
    assert not {"conversation_id", "asked_at", "owner"} & set(shown.json())
    page = desk.asks(secret, "GET", f"/questions/{records[QUESTION]}")
    assert page.status_code == 200
    assert f'href="/questions/{records[QUESTION]}"' in desk.asks(secret, "GET", "/questions").text


def test_only_the_policy_team_opens_and_marks(desk: Desk, records: dict[str, str]) -> None:
    one = f"/v1/questions/{records[QUESTION]}"
    for role in (Role.PRACTITIONER, Role.TRAINER):
        secret = desk.key(role)
        for method, path in (
            ("GET", one), ("POST", f"{one}/marks"), ("GET", "/v1/marks/questions.jsonl"), ("GET", "/quality"),
            ("GET", "/v1/usage"), ("GET", "/v1/bench/questions"), ("POST", "/v1/bench/runs"), ("GET", "/v1/evaluations/sets"),
            ("POST", "/v1/evaluations/runs/x/sign"), ("GET", "/quality/usage.csv"), ("GET", f"/questions/{records[QUESTION]}"),
        ):  # fmt: skip
            assert desk.asks(secret, method, path, **({"json": {}} if method == "POST" else {})).status_code == 403, (
                path
            )
    assert desk.asks(desk.policy(), "GET", "/v1/questions/nothing").status_code == 404


def test_marks_become_a_question_file_that_calibration_takes(
    desk: Desk, records: dict[str, str], tmp_path: Path
) -> None:
    secret, one = desk.policy(), f"/v1/questions/{records[QUESTION]}"
    saved = desk.asks(secret, "POST", f"{one}/marks", json={"verdict": "right", "reason": "As Sarah Miller says."})
    assert saved.status_code == 201
    assert "Miller" not in saved.text
    assert saved.json()["gold"]
    words = {"verdict": "should_answer", "words": WORDS}
    pointed = desk.asks(secret, "POST", f"/v1/questions/{records[UNANSWERABLE]}/marks", json=words).json()
    assert pointed["gold"][0]["edition_id"]
    file = tmp_path / "marked.jsonl"
    file.write_text(desk.asks(secret, "GET", "/v1/marks/questions.jsonl").text)
    items = load(file)
    assert {(each.split, each.type.value) for each in items} == {("marked", "answerable")}
    assert {gold.page for each in items for gold in each.gold} >= {pointed["gold"][0]["page"]}
    assert desk.asks(secret, "GET", one).json()["marks"][0]["verdict"] == "right"
    wrong = desk.asks(secret, "POST", f"{one}/marks", json={"verdict": "should_answer"})
    assert (wrong.status_code, "does not fit" in wrong.text) == (422, True)
    actions = {each.action for each in desk.assistant.access_store.audit_lines()}
    assert {"mark", "marks_exported"} <= actions


def test_the_page_of_a_question_takes_a_mark_and_says_what_is_wrong(desk: Desk, records: dict[str, str]) -> None:
    secret, page = desk.policy(), f"/questions/{records[QUESTION]}"
    none = desk.asks(secret, "POST", f"{page}/marks", data={"reason": "Hm"})
    assert (none.status_code, "Choose what you say" in none.text) == (422, True)
    saved = desk.asks(secret, "POST", f"{page}/marks", data={"verdict": "partly", "answering": ["c1"]})
    assert saved.headers["location"] == f"{page}?done=marked"
    shown = desk.asks(secret, "GET", saved.headers["location"]).text
    assert "Your mark is saved." in shown
    assert "Partly right" in shown


def test_what_a_marker_did_is_exported_and_stays_without_the_name(desk: Desk, records: dict[str, str]) -> None:
    secret, now = desk.policy(), datetime.now(UTC)
    who = desk.asks(secret, "GET", "/v1/me").json()["user_id"]
    desk.asks(secret, "POST", f"/v1/questions/{records[QUESTION]}/marks", json={"verdict": "wrong", "reason": "No."})
    exported = [each for each in export_person(desk.assistant, who, "operator", now) if each["type"] == "mark"]
    assert [each["reason"] for each in exported] == ["No."]
    erase_person(desk.assistant, who, "operator", now)
    marks = desk.asks(desk.policy(), "GET", f"/v1/questions/{records[QUESTION]}").json()["marks"]
    assert (marks[0]["by"], marks[0]["verdict"]) == ("erased", "wrong")


@pytest.fixture
def few_questions(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has two questions in the set."""
    texts = ("How long may an assessment of a child in need take?", UNANSWERABLE)
    few = tuple(EverydayQuestion(f"few{n}", text, "Few") for n, text in enumerate(texts))
    monkeypatch.setattr("api.bench.service.in_use", lambda edits: few)


@pytest.mark.usefixtures("few_questions")
def test_a_draft_is_tried_beside_the_library_and_nothing_is_published(desk: Desk) -> None:
    secret = desk.policy()
    sent = desk.asks(secret, "POST", "/v1/publishing/uploads", data=META, files={"file": ("r.md", TEXT)}).json()
    begun = desk.asks(secret, "POST", "/v1/bench/runs", json={"upload_ids": [sent["upload_id"]]})
    assert begun.status_code == 202
    other = desk.asks(secret, "POST", "/v1/bench/runs", json={"upload_ids": [sent["upload_id"]]})
    assert other.status_code in (202, 409)
    run = desk.ended(secret, f"/v1/bench/runs/{begun.json()['run_id']}")
    assert (run["state"], run["done"], run["total"]) == ("done", 2, 2)
    first = run["report"]["rows"][0]
    assert (first["change"], first["is_worse"], run["report"]["worse"]) == ("other_quote", True, 1)
    assert "9 working days" in str(first["draft"]["quotes"])
    assert "9 working days" not in str(first["published"]["quotes"])
    assert "records-2026" not in desk.asks(secret, "GET", "/v1/documents?limit=200").text
    assert desk.assistant.library.check() == ()
    preview = desk.asks(secret, "GET", f"/publishing/{sent['upload_id']}").text
    assert "1 of 2 to look at before publishing" in preview
    page = desk.asks(secret, "GET", f"/quality/bench/runs/{run['run_id']}").text
    assert "Other words are quoted (1)" in page
    desk.asks(secret, "DELETE", f"/v1/publishing/uploads/{sent['upload_id']}")
    assert desk.asks(secret, "POST", "/v1/bench/runs", json={"upload_ids": [sent["upload_id"]]}).status_code == 404


@pytest.mark.usefixtures("few_questions")
def test_a_run_is_cancelled_or_fails_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = desk.policy()
    sent = desk.asks(secret, "POST", "/v1/publishing/uploads", data=META, files={"file": ("r.md", TEXT)}).json()

    def slow(questions: Any, published: Any, draft: Any, resources: Any, groups: Any, progress: RunProgress) -> Any:
        for _ in range(1000):
            time.sleep(0.01)
            progress(1, 2)

    def broken(*_: object) -> Any:
        raise UsageError("It does not work. Try another.")

    monkeypatch.setattr("api.runs.service.STORED_EVERY_S", 0.0)
    monkeypatch.setattr("api.bench.service.try_libraries", slow)
    body = {"upload_ids": [sent["upload_id"]]}
    run = desk.asks(secret, "POST", "/v1/bench/runs", json=body).json()["run_id"]
    assert desk.asks(secret, "POST", "/v1/bench/runs", json=body).status_code == 409
    watched = desk.asks(secret, "GET", f"/quality/bench/runs/{run}?watch=true").text
    assert 'data-wait="1500"' in watched
    desk.asks(secret, "POST", f"/v1/bench/runs/{run}/cancel")
    assert desk.ended(secret, f"/v1/bench/runs/{run}")["state"] == "cancelled"
    monkeypatch.setattr("api.bench.service.try_libraries", broken)
    run = desk.asks(secret, "POST", "/v1/bench/runs", json=body).json()["run_id"]
    failed = desk.ended(secret, f"/v1/bench/runs/{run}")
    assert (failed["state"], failed["detail"]) == ("failed", "It does not work. Try another.")
    assert "The run has failed" in desk.asks(secret, "GET", f"/quality/bench/runs/{run}").text
    desk.asks(secret, "DELETE", f"/v1/publishing/uploads/{sent['upload_id']}")


def test_a_run_over_restricted_documents_is_not_there_for_others(desk: Desk) -> None:
    inner = desk.key(Role.POLICY, groups=("inner",))
    meta = {**META, "edition_id": "inner-2026", "groups": "inner"}
    sent = desk.asks(inner, "POST", "/v1/publishing/uploads", data=meta, files={"file": ("i.md", TEXT)}).json()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.bench.service.try_libraries", lambda *_: ())
        run = desk.asks(inner, "POST", "/v1/bench/runs", json={"upload_ids": [sent["upload_id"]]}).json()["run_id"]
        assert desk.ended(inner, f"/v1/bench/runs/{run}")["state"] == "done"
    outside = desk.policy()
    assert desk.asks(outside, "GET", f"/v1/bench/runs/{run}").status_code == 404
    assert run not in desk.asks(outside, "GET", "/v1/bench/runs").text
    assert run in desk.asks(inner, "GET", "/v1/bench/runs").text
    desk.asks(inner, "DELETE", f"/v1/publishing/uploads/{sent['upload_id']}")


def test_the_team_edits_the_everyday_questions(desk: Desk) -> None:
    secret, first = desk.policy(), packaged()[0]
    added = desk.asks(secret, "POST", "/v1/bench/questions", json={"text": "Who calls Sarah Miller's school?"}).json()
    assert "Miller" not in added["text"]
    assert added["theme"] == "Our own"
    one = f"/v1/bench/questions/{first.question_id}"
    assert desk.asks(secret, "PUT", one, json={"text": "Whom do I call?", "theme": "Calls"}).json()["is_own"]
    assert desk.asks(secret, "DELETE", one).status_code == 204
    listed = {each["question_id"]: each for each in desk.asks(secret, "GET", "/v1/bench/questions").json()["questions"]}
    assert listed[first.question_id]["is_removed"]
    assert desk.asks(secret, "POST", f"{one}/restore").status_code == 204
    assert desk.asks(secret, "DELETE", f"/v1/bench/questions/{added['question_id']}").status_code == 204
    left = desk.asks(secret, "GET", "/v1/bench/questions").json()["questions"]
    assert [each["text"] for each in left] == [each.text for each in packaged()]
    for method, path in (("DELETE", "/v1/bench/questions/x"), ("POST", "/v1/bench/questions/x/restore")):
        assert desk.asks(secret, method, path).status_code == 404
    empty = desk.asks(secret, "POST", "/quality/bench/questions", data={"text": " "})
    assert (empty.status_code, "Write a question" in empty.text) == (422, True)
    assert desk.asks(secret, "POST", "/quality/bench", data={}).status_code == 422


def test_answers_are_measured_and_a_second_person_signs(desk: Desk) -> None:
    first, second = desk.policy(), desk.policy()
    assert "Nobody has measured" in desk.asks(first, "GET", "/help").text
    begun = desk.asks(first, "POST", "/v1/evaluations/runs", json={"set": "own"}).json()
    one = f"/v1/evaluations/runs/{begun['run_id']}"
    assert desk.ended(first, one)["facts"]["answered"] == 10
    again = desk.asks(first, "POST", "/quality/evaluation", data={"name": "own"})
    desk.ended(first, again.headers["location"].split("?")[0].replace("/quality/evaluation", "/v1/evaluations"))
    assert desk.evaluator.before == [None, {"version": 1}]
    own = desk.asks(first, "POST", f"{one}/sign")
    assert (own.status_code, "second person" in own.text) == (403, True)
    signed = desk.asks(second, "POST", f"{one}/sign").json()
    assert (signed["wrong"], signed["asked"]) == (1, 20)
    assert "9 of 10 answers given were right" in desk.asks(first, "GET", "/help").text
    assert "9 of 10 answers given were right" in desk.asks(first, "GET", "/quality/evaluation").text
    report = desk.asks(first, "GET", f"{one}/report.html")
    assert report.headers["content-disposition"].startswith("attachment")
    assert "The scorecard in force" in desk.asks(first, "GET", f"/quality/evaluation/runs/{begun['run_id']}").text
    card = load_scorecard(desk.assistant.settings)
    assert card is not None
    assert card.signed_by == desk.asks(second, "GET", "/v1/me").json()["user_id"]
    (desk.assistant.settings.data / "scorecard.json").unlink()


def test_a_scorecard_of_something_else_than_is_served_is_not_signed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = desk.policy()
    begun = desk.asks(secret, "POST", "/v1/evaluations/runs", json={"set": "own"}).json()
    one = f"/v1/evaluations/runs/{begun['run_id']}"
    desk.ended(secret, one)
    monkeypatch.setattr("assistant.operations.scorecard.pipeline_digest", lambda: "another")
    told = desk.asks(desk.policy(), "POST", f"{one}/sign")
    assert (told.status_code, "program changed" in told.text) == (422, True)
    assert load_scorecard(desk.assistant.settings) is None


def test_a_set_is_uploaded_and_one_about_other_documents_is_refused(desk: Desk) -> None:
    secret = desk.policy()

    def send(name: str, content: bytes = b"{}") -> Any:
        return desk.asks(secret, "POST", "/v1/evaluations/sets", files={"file": (name, content)})

    assert send("ours.jsonl").status_code == 201
    gone = send("wrong.jsonl", b"gone")
    assert (gone.status_code, "gone-2026" in gone.text) == (422, True)
    assert send("ours.exe").status_code == 422
    assert send("marked.jsonl").status_code == 422
    sets = {each["name"]: each["kind"] for each in desk.asks(secret, "GET", "/v1/evaluations/sets").json()["sets"]}
    assert sets == {"marked": "marked", "ours.jsonl": "uploaded", "own": "packaged"} or "marked" not in sets
    assert desk.asks(secret, "GET", "/quality/evaluation").status_code == 200
    assert desk.asks(secret, "POST", "/v1/evaluations/runs", json={"set": "nothing"}).status_code == 404
    assert desk.asks(secret, "DELETE", "/v1/evaluations/sets/ours.jsonl").status_code == 204
    assert desk.asks(secret, "DELETE", "/v1/evaluations/sets/ours.jsonl").status_code == 404


def test_no_scorecard_rests_on_marked_questions(desk: Desk, records: dict[str, str]) -> None:
    secret = desk.policy()
    desk.asks(secret, "POST", f"/v1/questions/{records[QUESTION]}/marks", json={"verdict": "right"})
    begun = desk.asks(secret, "POST", "/v1/evaluations/runs", json={"set": "marked"}).json()
    one = f"/v1/evaluations/runs/{begun['run_id']}"
    desk.ended(secret, one)
    told = desk.asks(desk.policy(), "POST", f"{one}/sign")
    assert (told.status_code, "marked" in told.text) == (409, True)


def test_the_real_evaluator_refuses_a_wrong_set_and_measures_a_right_one(desk: Desk, records: dict[str, str]) -> None:
    evaluator = PageEvaluator(desk.assistant)
    row = {"id": "a", "type": "answerable", "question": QUESTION}
    gone = json.dumps({**row, "gold": [{"edition_id": "gone", "page": 1, "quote": "x"}]}).encode()
    assert evaluator.read("a.jsonl", gone).missing == ("gone",)
    with pytest.raises(UsageError, match="not indexed"):
        evaluator.evaluate("a.jsonl", gone, lambda done, total: None)
    shown = desk.asks(desk.policy(), "GET", f"/v1/questions/{records[QUESTION]}").json()["quotes"][0]
    gold = {name: shown[name] for name in ("edition_id", "page", "quote")}
    right = json.dumps({**row, "gold": [gold]}).encode()
    told: list[tuple[int, int]] = []
    found = evaluator.evaluate("a.jsonl", right, lambda done, total: told.append((done, total)))
    assert (found.facts["answered"], found.facts["wrong"], told) == (1, 0, [(1, 1)])
    assert Scorecard.model_validate(found.scorecard).answered == 1
    assert found.page.startswith("<!doctype html>")
    again = evaluator.evaluate("a.jsonl", right, lambda done, total: None, found.grades)
    assert again.facts["compared"]["worse"] == []

    class Enough(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        evaluator.evaluate("a.jsonl", right, stop)


def test_usage_hides_small_numbers_and_comes_as_a_file(desk: Desk, records: dict[str, str]) -> None:
    secret = desk.policy()
    told = desk.asks(secret, "GET", "/v1/usage", params={"weeks": 2}).json()
    assert (told["total"], told["least"], len(told["weeks"])) == (None, 5, 2)
    outcome = {"outcome": "refused", "reason": "no_passage", "citations": [], "nearest": []}
    one = Record("u0", "ann", None, "How should a school respond?", outcome, 0.1, "f", datetime.now(UTC))
    for number in range(8):
        desk.assistant.records.add(replace(one, record_id=f"u{number}"))
    told = desk.asks(secret, "GET", "/v1/usage", params={"weeks": 2}).json()
    assert told["total"] == 10
    assert told["half_within_s"] is not None
    assert {each["name"] for each in told["tables"]} == {"outcome", "help", "audience", "theme"}
    assert desk.asks(secret, "GET", "/v1/usage.csv").text.startswith("\ufefftable,week,group,questions")
    page = desk.asks(secret, "GET", "/quality/usage?weeks=4").text
    assert "Questions by week and outcome" in page
    assert desk.asks(secret, "GET", "/quality").status_code == 200
    assert desk.asks(secret, "GET", "/v1/usage", params={"weeks": 99}).status_code == 422


def test_the_command_line_refuses_what_measures_nothing_and_writes_no_scorecard(
    desk: Desk, records: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("eval_report", "eval_marked"):
        monkeypatch.setattr(f"assistant.cli.{module}.assistant_of", lambda data, settings: desk.assistant)
    gone = tmp_path / "gone.jsonl"
    gold = [{"edition_id": "gone-2026", "page": 1, "quote": "Words of a document that is not here."}]
    gone.write_text(json.dumps({"id": "a", "type": "answerable", "question": QUESTION, "gold": gold}))
    with pytest.raises(UsageError, match="not indexed here: gone-2026"):
        report([gone], scorecard=True, html=tmp_path / "r.html")
    desk.asks(desk.policy(), "POST", f"/v1/questions/{records[QUESTION]}/marks", json={"verdict": "right"})
    kept = tmp_path / "marked.jsonl"
    assert marked(kept) == 0
    with pytest.raises(UsageError, match="--force"):
        marked(kept)
    with pytest.raises(UsageError, match="no report or scorecard rests on them"):
        report([kept], html=tmp_path / "r.html")
    sent = desk.asks(desk.policy(), "POST", "/v1/evaluations/sets", files={"file": ("again.jsonl", kept.read_bytes())})
    assert sent.status_code == 201  # the fake evaluator takes every set for signable
    desk.asks(desk.policy(), "DELETE", "/v1/evaluations/sets/again.jsonl")
    assert load_scorecard(desk.assistant.settings) is None
    assert not (tmp_path / "r.html").exists()
    assert not PageEvaluator(desk.assistant).read("marked.jsonl", kept.read_bytes()).is_signable


def test_the_command_line_tries_files_and_exits_with_what_gets_worse(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = (EverydayQuestion("few", "How long may an assessment of a child in need take?", "Few"),)
    monkeypatch.setattr("assistant.cli.bench.writing_assistant", lambda data, settings, tell: desk.assistant)
    monkeypatch.setattr("assistant.cli.bench.in_use", lambda edits: few)
    (tmp_path / "records.md").write_bytes(TEXT)
    with desk.assistant.opened() as snapshot:
        before = snapshot.generation.number
    assert bench([tmp_path], json_file=tmp_path / "bench.json") == 1
    shown = capsys.readouterr().out
    assert "Other words are quoted: How long may" in shown
    assert "9 working days" in shown
    assert json.loads((tmp_path / "bench.json").read_text())["worse"] == 1
    with desk.assistant.opened() as snapshot:
        assert snapshot.generation.number == before
    assert desk.assistant.library.check() == ()


def test_a_server_that_does_neither_says_so(served: Served) -> None:
    assert served.client.get("/v1/evaluations/sets").status_code == 404
    assert served.client.post("/v1/bench/runs", json={"upload_ids": ["x"]}).status_code == 404
    assert served.client.get("/quality/bench").status_code == 200
    assert served.client.get("/quality/evaluation").status_code == 200
