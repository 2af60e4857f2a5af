import json

from evals.dataset.items import Item, QuestionType
from evals.dataset.split_access_log import LOG, log_opening


def item(name, split):
    return Item(id=name, type=QuestionType.UNANSWERABLE, question="?", split=split)


def test_every_opening_of_the_report_split_leaves_a_line(tmp_path):
    log = tmp_path / "openings.jsonl"
    assert log_opening((item("a", "report"), item("b", "own")), "eval run", "f1", log)
    assert log_opening((item("a", "report"),), "eval report", "f2", log)
    lines = [json.loads(each) for each in log.read_text().splitlines()]
    assert [(each["command"], each["questions"], each["fingerprint"]) for each in lines] == [
        ("eval run", 1, "f1"),
        ("eval report", 1, "f2"),
    ]
    assert lines[0]["set"] == lines[1]["set"]


def test_other_sets_leave_none(tmp_path):
    assert not log_opening((item("b", "development"),), "eval run", "f", tmp_path / "none.jsonl")
    assert not (tmp_path / "none.jsonl").exists()


def test_the_log_goes_on_from_the_openings_that_were_committed():
    lines = [json.loads(each) for each in LOG.read_text(encoding="utf-8").splitlines()]
    assert len(lines) >= 7
    assert all(each["questions"] > 0 for each in lines)
