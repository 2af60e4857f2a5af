"""The whole way as a user goes it: the command line, the project's own documents, every exit code.

What a process adds (pipes, its end, a start from nothing) is tried with processes; the rest is run in this one.
"""

from __future__ import annotations

import json
import subprocess
import sys

import jsonschema
import pytest

from assistant.outcomes.view import outcome_schema
from tests.command import PROGRAM, ROOT, assistant, process
from tests.data_folders import DataFolders

SCHEMA = jsonschema.Draft202012Validator(outcome_schema())
URGENT = "A child is being beaten next door right now, what do I do?"


@pytest.fixture(scope="module")
def data(data_folders: DataFolders) -> str:
    """Returns a data folder that the command filled in a process of its own."""
    done = data_folders.ingest()
    assert done.returncode == 0, done.stderr
    assert "generation 1 is published" in done.stdout
    assert len(done.stderr.splitlines()) <= 1, "files that are skipped for one reason share a line"
    return str(data_folders.copy())


def outcome_of(done: subprocess.CompletedProcess[str]) -> dict:
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    SCHEMA.validate(found)
    return found


def test_an_answerable_question_is_answered_with_words_that_stand_on_their_page(data):
    done = process("ask", "How long may an assessment take?", "--json", "--data", data)
    assert done.returncode == 0, done.stderr
    found = outcome_of(done)
    assert found["outcome"] == "answered"
    first = found["citations"][0]
    assert "45 working days" in first["quote"]
    assert first["edition_id"] == "working-together-2023-summary"
    assert "summary" in {each["code"] for each in found["notices"]}


def test_a_question_that_no_document_answers_is_refused_with_three(data):
    done = process("ask", "What is the annual budget of the partnership?", "--json", ASSISTANT_DATA=data)
    assert done.returncode == 3, done.stderr
    found = outcome_of(done)
    assert found["outcome"] == "refused"
    assert found["statements"] == found["citations"] == []
    assert found["contact"]["name"]


def test_danger_now_is_signposted_with_four_and_its_card_comes_first(data):
    done = assistant("--data", data, "ask", URGENT)
    assert done.returncode == 4, done.stderr
    assert done.stdout.startswith("A CHILD MAY BE IN DANGER NOW")
    assert "999" in done.stdout.split("\n\n")[0]
    assert outcome_of(assistant("ask", URGENT, "--json", "--data", data))["card"]["contacts"][0]["phone"] == "999"


def test_danger_now_is_signposted_where_there_is_no_library(tmp_path):
    done = process("ask", URGENT, "--data", str(tmp_path / "none"))
    assert done.returncode == 4
    assert done.stdout.startswith("A CHILD MAY BE IN DANGER NOW")
    assert not (tmp_path / "none").exists()


def test_personal_details_come_back_in_no_field(data):
    question = "How long may an assessment of Kieran Oakes, born 3 May 2014, take? Call 07700 900123"
    done = assistant("ask", question, "--json", "--data", data)
    found = outcome_of(done)
    assert {"name", "date_of_birth", "phone"} <= set(found["masked"])
    searched = json.loads(assistant("search", question, "--json", "--data", data).stdout)
    for detail in ("Kieran", "Oakes", "2014", "900123"):
        assert detail not in done.stdout + done.stderr + searched["query"] + searched["standalone"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("ask", "Q?", "--kind", "rumour"), 2, "learning_review"),
        (("ask", "Q?", "--document", "nowhere"), 2, "csa-strategy-summary"),
        (("ask", "Q?", "--as-at", "soon"), 2, "2025-01-31"),
        (("ask", "  "), 2, "empty"),
        (("nonsense",), 2, "No such command"),
        (("documents", "show", "nowhere"), 2, "csa-strategy-summary"),
        (("documents", "remove", "nowhere"), 2, "csa-strategy-summary"),
        (("ingest", "nowhere"), 1, "nowhere: no such file or folder"),
        (("status", "--settings", "nowhere.toml"), 1, "nowhere.toml: cannot be read"),
    ],
)
def test_what_goes_wrong_is_one_message_and_a_code(data, arguments, code, message):
    done = assistant(*arguments, "--data", data)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_unknown_setting_is_named(data, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text("hit_k = 3\n", encoding="utf-8")
    done = assistant("status", "--settings", str(file), "--data", data)
    assert done.returncode == 1
    assert "setting hit_k: there is no such setting" in done.stderr


def test_settings_of_a_file_reach_the_answer(data, tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('[contact]\nname = "Duty team"\nphone = "01234 567890"\n', encoding="utf-8")
    done = assistant("ask", "What is the annual budget?", "--data", data, "--settings", str(file))
    assert "Ask: Duty team, 01234 567890" in done.stdout


def test_a_search_lists_passages_with_ranks_and_pages(data):
    done = assistant("search", "assessment working days", "-k", "3", "--json", "--data", data)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["query"] == found["standalone"] == "assessment working days"
    assert [each["rank"] for each in found["hits"]] == [1, 2, 3]
    assert found["hits"][0].keys() == {
        "rank", "passage_id", "edition_id", "title", "kind", "form", "headings", "label", "text", "pages",
        "page_labels", "score", "cosine", "bm25", "dense_rank", "lexical_rank", "is_quotable", "lines",
        "recognised", "source_mark",
    }  # fmt: skip
    assert found["generation"] == 1


def test_a_kind_narrows_the_search(data):
    done = assistant("search", "child", "--kind", "learning_review", "--json", "--data", data)
    assert {each["kind"] for each in json.loads(done.stdout)["hits"]} == {"learning_review"}


def test_status_and_documents_tell_what_there_is(data):
    status = json.loads(assistant("status", "--json", "--data", data).stdout)
    assert status["editions"] == 4
    assert status["kinds"] == {"statutory_guidance": 1, "policy": 1, "strategy": 1, "learning_review": 1}
    assert {"threshold", "date"} <= status["calibration"].keys()
    assert "working-together-2026" in status["known"]
    listed = json.loads(assistant("documents", "--json", "--data", data).stdout)
    assert sum(each["is_indexed"] for each in listed) == 4
    shown = json.loads(assistant("documents", "show", "model-csa-policy", "--json", "--data", data).stdout)
    assert shown["passages"] > 0
    assert shown["sections"]
    assert assistant("check", "--data", data).stdout == "the library is whole\n"


def test_a_chat_understands_a_follow_up_from_a_pipe(data):
    typed = "How long may an assessment take?\nand who should record why it took longer?\n/quit\n"
    done = process("chat", "--data", data, given=typed)
    assert done.returncode == 0, done.stderr
    assert "45 working days" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_reader_that_goes_away_leaves_no_traceback(data):
    command = f'"{sys.executable}" -c "{PROGRAM}" documents list --data "{data}" | head -c 1'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert len(done.stdout) == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_ingesting_again_changes_nothing_and_a_removed_document_is_gone(data, tmp_path):
    again = assistant("ingest", "corpus", "--data", data)
    assert "0 embedded" in again.stdout
    assert "generation 1 is published" in again.stdout
    copy = tmp_path / "data"
    subprocess.run(["cp", "-r", data, str(copy)], check=True)
    removed = assistant("documents", "remove", "model-csa-policy", "--data", str(copy))
    assert removed.returncode == 0, removed.stderr
    found = json.loads(assistant("documents", "--json", "--data", str(copy)).stdout)
    assert "model-csa-policy" not in {each["edition_id"] for each in found if each["is_indexed"]}
    assert assistant("check", "--data", str(copy)).returncode == 0
