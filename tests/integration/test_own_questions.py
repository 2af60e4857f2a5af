"""The set over the project's own documents, on every change, against the baseline beside the code."""

import json
from pathlib import Path

import pytest

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from evals.dataset.items import curated, digest, load_all
from evals.reporting.compare import BASELINE, compare, load_grades, saved_grades
from evals.scoring.graded import grade_all
from evals.scoring.leaks import leaks_elsewhere
from evals.scoring.run import ask_all, read_outcomes
from tests.data_folders import OWN_DOCUMENTS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def assistant(data_folders):
    return Assistant(Settings(data=data_folders.copy(OWN_DOCUMENTS)))


@pytest.fixture(scope="module")
def items():
    return load_all(curated("own"))


def test_no_answer_became_worse_than_the_baseline(assistant, items, tmp_path):
    out = tmp_path / "out.jsonl"
    lines = ask_all(items, assistant, out)
    assert lines.crashed == ()
    with assistant.opened() as snapshot:
        asked = grade_all(items, lines.by_id, snapshot, assistant.resources)
        now = saved_grades(asked, assistant.resources.fingerprint(snapshot), "today")
    before = load_grades(BASELINE)
    assert before.set_digest == digest(items), (
        "the questions changed: make eval-own, look at what changed, make baseline"
    )
    found = compare(before, now)
    assert not found.is_worse, f"worse: {found.worse}; see `make eval-own`"

    def never(done, total):
        raise AssertionError("asked again")

    again = ask_all(items, assistant, out, progress=never)
    assert set(again.by_id) == set(lines.by_id) == set(read_outcomes(out))


def test_a_stopped_run_goes_on_where_it_was_and_workers_ask_the_same(assistant, items, tmp_path):
    out = tmp_path / "out.jsonl"
    first = ask_all(items[:6], assistant, out)
    text = out.read_text()
    out.write_text(text[: text.rindex('"seconds"')])
    told = []
    ask_all(items[:8], assistant, out, workers=2, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (8, 8)
    assert len(told) == 3
    lines = read_outcomes(out)
    assert set(lines) == {item.id for item in items[:8]}
    name = items[5].id
    assert lines[name].outcome["statements"] == first.by_id[name].outcome["statements"]


def test_outcomes_of_another_library_are_not_taken_for_these(assistant, items, tmp_path):
    from assistant.errors import UsageError

    out = tmp_path / "out.jsonl"
    ask_all(items[:1], assistant, out)
    row = json.loads(out.read_text())
    row["outcome"]["trace"]["fingerprint"] = "another"
    out.write_text(json.dumps(row) + "\n")
    with pytest.raises(UsageError, match="another library"):
        ask_all(items[:2], assistant, out)


def test_a_question_that_crashes_is_named_and_the_others_are_asked(assistant, items):
    broken = items[0].model_copy(update={"question": "   ", "id": "broken"})
    lines = ask_all((broken, items[1]), assistant)
    assert [name for name, _ in lines.crashed] == ["broken"]
    assert set(lines.by_id) == {items[1].id}


def test_personal_details_reach_neither_log_nor_storage(assistant, items):
    with_details = [item for item in items if item.pii]
    assert with_details
    assert leaks_elsewhere(items, assistant) == {}
    kept_file = assistant.settings.data / "kept.log"
    kept_file.write_text(with_details[0].pii[0].upper())
    try:
        assert leaks_elsewhere(items, assistant)[with_details[0].id] == ("storage",)
    finally:
        kept_file.unlink()
