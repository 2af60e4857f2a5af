"""``assistant coverage`` over the invented procedure and review, and over summaries that stand in for guidance."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from assistant.cli import run
from tests.libraries import folder_copied

Said = pytest.CaptureFixture[str]
PLANTED = tomllib.loads(Path("tests/data/planted.toml").read_text())
GUIDANCE = """# Guidance on referrals

## Referrals

1. The school must tell the local authority within one working day of a referral.

2. Practitioners should see the child alone where that is safe.

3. If a child is in danger, the police must be told immediately.

4. The head teacher should keep a list of visitors for at least three years. See Working Together 2023.

The conference chair:

- should be independent of those who manage the case

The core group should:

- meet within ten working days
- The review should take place within three months.
"""
LATER = (
    GUIDANCE.replace("within one working day", "within three working days")
    .replace("should see", "must see")
    .replace("4. The", "7. The")
)
PROCEDURE = """# Local procedure

## Referrals

1.1 The school should tell the local authority within two working days of a referral.

1.2 Practitioners should see the child alone wherever that is safe.

1.3 A toolkit will be developed.
"""
CATALOGUE = """
[[edition]]
edition_id = "guidance-2024"
work = "guidance"
path = "guidance.md"
title = "Guidance on referrals 2024"
kind = "statutory_guidance"
in_force_from = 2024-01-01
form = "official"

[[edition]]
edition_id = "guidance-2025"
work = "guidance"
path = "later.md"
title = "Guidance on referrals 2025"
kind = "statutory_guidance"
in_force_from = 2099-01-01
supersedes = "guidance-2024"
form = "official"
"""
POLICY = """
[[edition]]
edition_id = "procedure"
work = "procedure"
path = "procedure.md"
title = "Local procedure"
kind = "policy"
in_force_from = 2024-01-01
review_by = 2024-06-01
form = "official"
"""


TOPICS = """
[[topic]]
topic_id = "referral"
title = "Referral"
probes = ["Within what time must the school tell the local authority of a referral?"]

[[topic]]
topic_id = "fees"
title = "Fees"
probes = ["What does a course cost?"]
"""


def folder(where: Path, policy: bool) -> Path:
    where.mkdir()
    (where / "guidance.md").write_text(GUIDANCE)
    (where / "later.md").write_text(LATER)
    if policy:
        (where / "procedure.md").write_text(PROCEDURE)
    (where / "catalogue.toml").write_text(CATALOGUE + (POLICY if policy else ""))
    return where


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a data folder with two editions of a guidance, a procedure, and the invented procedure and review."""
    found = tmp_path_factory.mktemp("coverage")
    assert run(["--data", str(found / "data"), "ingest", str(folder(found / "mine", True)), "tests/data"]) == 0
    return found / "data"


@pytest.fixture(autouse=True)
def few_topics(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Returns a short file of topics, which the settings name."""
    path = tmp_path / "topics.toml"
    path.write_text(TOPICS)
    monkeypatch.setenv("ASSISTANT_TOPICS", str(path))
    return path


def part(data: Path, capsys: Said, *words: str) -> dict[str, Any]:
    assert run(["--data", str(data), "coverage", *words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def row(found: dict[str, Any], start: str) -> dict[str, Any]:
    return next(each for each in found["rows"] if each["title"].startswith(start))


def test_every_duty_has_its_words_its_place_and_the_nearest_local_sentence(data: Path, capsys: Said) -> None:
    found = part(data, capsys, "duties")
    told = row(found, "1. The school must tell")
    assert told["state"] == "conflicts"
    assert told["facts"]["conflict"] == "weaker duty, longer time limit"
    assert told["facts"]["on whom"] == "The school"
    assert told["facts"]["time limit"] == "one working day"
    duty, local, *_ = told["quotes"]
    assert (duty["role"], duty["edition_id"], duty["paragraph"]) == ("duty", "guidance-2024", "1")
    assert (local["role"], local["edition_id"], local["paragraph"]) == ("local", "procedure", "1.1")
    assert row(found, "2. Practitioners should see")["state"] == "covered"
    assert row(found, "4. The head teacher should keep")["state"] == "absent"


def test_an_item_takes_its_subject_from_its_lead_in_and_a_sentence_of_its_own_stands_alone(
    data: Path, capsys: Said
) -> None:
    found = part(data, capsys, "duties")
    chair = row(found, "The conference chair: should be independent")
    assert (chair["facts"]["on whom"], chair["facts"]["duty word"]) == ("The conference chair", "should")
    group = row(found, "The core group should: meet")
    assert (group["facts"]["on whom"], group["facts"]["time limit"]) == ("The core group", "ten working days")
    review = row(found, "The review should take place")
    assert (review["facts"]["on whom"], review["facts"]["time limit"]) == ("", "three months")


def test_an_edition_not_in_force_lays_down_no_duty_yet(data: Path, capsys: Said) -> None:
    editions = {each["quotes"][0]["edition_id"] for each in part(data, capsys, "duties")["rows"]}
    assert editions == {"guidance-2024"}


def test_without_a_local_policy_nothing_is_called_absent(tmp_path: Path, capsys: Said) -> None:
    data = tmp_path / "data"
    assert run(["--data", str(data), "ingest", str(folder(tmp_path / "mine", False))]) == 0
    capsys.readouterr()
    found = part(data, capsys, "duties")
    assert found["counts"]["absent"] == 0
    assert found["counts"]["not_assessed"] == len(found["rows"]) > 0
    assert "a strategy is not a procedure" in found["notes"][0]


def test_recommendations_are_traced_where_the_invented_procedure_carries_them(data: Path, capsys: Said) -> None:
    found = part(data, capsys, "recommendations")
    for planted in PLANTED["recommendation"]:
        told = row(found, planted["quote"][:60])
        assert told["state"] == planted["state"], planted["id"]
        if planted["traced_by"]:
            assert any(planted["traced_by"][0] in each["quote"] for each in told["quotes"][1:2]), planted["id"]
    assert {each["facts"]["kind"] for each in found["rows"]} == {"finding", "recommendation"}
    assert len(found["rows"]) == len(PLANTED["recommendation"]) + len(PLANTED["finding"])


def test_a_difference_of_editions_shows_duty_words_and_time_limits_and_no_renumbering(data: Path, capsys: Said) -> None:
    found = part(data, capsys, "diff", "guidance-2024", "guidance-2025")
    first, second = found["rows"]
    assert (first["facts"]["touches"], second["facts"]["touches"]) == ("duty", "time limit")
    assert "[-should-] {+must+}" in first["facts"]["words"]
    assert [each["role"] for each in first["quotes"][:2]] == ["before", "after"]
    assert any(each["role"] == "local" and each["edition_id"] == "procedure" for each in first["quotes"])


def test_what_a_local_text_plans_and_what_it_cites_is_listed(data: Path, capsys: Said) -> None:
    found = part(data, capsys, "references")
    planned = [each for each in found["rows"] if each["state"] == "planned"]
    assert [each["title"] for each in planned] == ["toolkit"]
    assert planned[0]["quotes"][0]["quote"] == "1.3 A toolkit will be developed."


def test_a_policy_past_its_review_comes_before_those_in_force(data: Path, capsys: Said) -> None:
    found = part(data, capsys, "currency")
    assert [each["state"] for each in found["rows"]] == sorted(
        (each["state"] for each in found["rows"]), key=list(found["counts"]).index
    )
    assert row(found, "Local procedure")["state"] == "past_review"


def test_the_table_is_a_spreadsheet_and_the_text_names_what_it_leaves_out(data: Path, capsys: Said) -> None:
    assert run(["--data", str(data), "coverage", "duties", "--state", "conflicts", "--csv"]) == 0
    head, *lines = csv.reader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")))
    assert head[:3] == ["state", "proposed", "finding"]
    assert {len(line) for line in lines} == {len(head)}
    assert run(["--data", str(data), "coverage", "duties", "--limit", "1"]) == 0
    assert "more: --limit 0 shows all" in capsys.readouterr().out


def test_a_decision_is_honoured_until_one_of_the_texts_changes(data: Path, tmp_path: Path, capsys: Said) -> None:
    others = folder_copied(data, tmp_path / "data")
    start = "1. The school must tell"
    key = row(part(others, capsys, "duties"), start)["key"]
    assert run(["--data", str(others), "coverage", "decide", "duties", key[:20], "covered", "--note", "Agreed."]) == 0
    capsys.readouterr()
    kept = row(part(others, capsys, "duties"), start)
    assert (kept["state"], kept["proposed"]) == ("covered", "conflicts")
    assert (kept["decision"]["note"], kept["decision"]["by"], kept["decision"]["is_stale"]) == (
        "Agreed.",
        "local",
        False,
    )
    changed = folder(tmp_path / "mine", True)
    (changed / "procedure.md").write_text(PROCEDURE.replace("two working days", "four working days"))
    assert run(["--data", str(others), "ingest", str(changed)]) == 0
    capsys.readouterr()
    again = row(part(others, capsys, "duties"), start)
    assert (again["state"], again["decision"]["is_stale"]) == ("conflicts", True)


def test_a_report_says_what_changed_since_the_last_one_and_fills_a_workbook(
    data: Path, tmp_path: Path, capsys: Said
) -> None:
    others = folder_copied(data, tmp_path / "data")
    book = tmp_path / "coverage.xlsx"
    assert run(["--data", str(others), "coverage", "report", "--xlsx", str(book), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert (first["since"], first["changed"]) == (None, {})
    sheets = load_workbook(book)
    assert sheets.sheetnames == [each["part"] for each in first["parts"]]
    assert [sheet.max_row - 1 for sheet in sheets] == [len(each["rows"]) for each in first["parts"]]
    duties = next(each for each in first["parts"] if each["part"] == "duties")
    key = next(each["key"] for each in duties["rows"] if each["state"] == "absent")
    assert run(["--data", str(others), "coverage", "decide", "duties", key, "not_local"]) == 0
    capsys.readouterr()
    assert run(["--data", str(others), "coverage", "report", "--json"]) == 0
    second = json.loads(capsys.readouterr().out)
    assert second["since"] is not None
    assert second["changed"] == {"duties": {"absent": -1, "not_local": 1}}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["duties", "--state", "lost"], "--state lost: no such state. States: conflicts, absent"),
        (["diff", "guidance-2024", "guidance-1999"], "guidance-1999: not indexed. Indexed editions: guidance-2024"),
        (["diff", "procedure", "procedure"], "procedure: named twice"),
        (["decide", "duties", "zz", "covered"], "zz: no such finding in duties now"),
        (["decide", "weather", "zz", "covered"], "weather: no such section. Sections: questions, topics, duties"),
        (["decide", "diff", "zz", "to_act"], "diff: name the two editions"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(data: Path, capsys: Said, words: list[str], said: str) -> None:
    assert run(["--data", str(data), "coverage", *words]) == 2
    assert said in capsys.readouterr().err
