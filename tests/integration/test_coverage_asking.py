"""``assistant coverage questions`` and ``topics``: what is asked, kept, grouped, and asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.bootstrap import Assistant
from assistant.cli import run
from assistant.coverage.questions.probes import Probe, ProbeContext, run_probes
from assistant.editions.library_view import LibraryView
from assistant.model.people import Record
from assistant.settings import Settings
from tests.integration.test_coverage import CATALOGUE, GUIDANCE, LATER, POLICY, PROCEDURE, TOPICS, Said
from tests.libraries import folder_copied

FEE = "What is the fee for a training course?"
KITES = "How long are kite records kept by the school?"
KITES_TOO = "For how long does the school keep its kite records?"
KITE_RULE = "\n1.4 The school must keep its kite records for seven years.\n"


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with the corpus, and a data folder over it."""
    folder = tmp_path_factory.mktemp("asking")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "guidance.md").write_text(GUIDANCE)
    (folder / "corpus" / "later.md").write_text(LATER)
    (folder / "corpus" / "procedure.md").write_text(PROCEDURE)
    (folder / "corpus" / "catalogue.toml").write_text(CATALOGUE + POLICY)
    assert run(["--data", str(folder / "data"), "ingest", str(folder / "corpus")]) == 0
    return folder


@pytest.fixture
def corpus(ingested: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yields a folder with guidance and a procedure; the settings name a short file of topics."""
    (tmp_path / "topics.toml").write_text(TOPICS)
    monkeypatch.setenv("ASSISTANT_TOPICS", str(tmp_path / "topics.toml"))
    yield ingested / "corpus"
    (ingested / "corpus" / "procedure.md").write_text(PROCEDURE)


@pytest.fixture
def data(ingested: Path, tmp_path: Path, corpus: Path) -> Path:
    """Returns a data folder over the corpus, with two questions that were refused."""
    data = folder_copied(ingested / "data", tmp_path / "data")
    store = Assistant(Settings(data=data)).records
    for number, text in enumerate((FEE, KITES)):
        outcome = {"outcome": "refused", "reason": "not_answered_here", "citations": []}
        at = datetime(2026, 5 + number, 3, 9, tzinfo=UTC)
        store.add(Record(f"record-{number}", "somebody", None, text, outcome, 0.1, "f", at))
    return data


def part(data: Path, capsys: Said, *words: str) -> dict[str, Any]:
    assert run(["--data", str(data), "coverage", *words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out))


def themes(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {item["text"]: each for each in found["rows"] for item in each["items"]}


def test_refused_questions_are_shown_by_theme_with_when_and_how_they_end_now(data: Path, capsys: Said) -> None:
    capsys.readouterr()
    found = themes(part(data, capsys, "questions"))
    assert set(found) == {FEE, KITES}
    fee = found[FEE]
    assert (fee["state"], fee["facts"]["first"], fee["series"]) == ("new", "2026-05-03", {"2026-05": 1})
    assert "not answered here" in fee["items"][0]["outcome"]
    assert found[KITES]["facts"]["audience"] == "Schools and colleges 1"
    assert found[KITES]["quotes"]


def test_a_theme_keeps_its_name_and_key_as_questions_arrive(data: Path, tmp_path: Path, capsys: Said) -> None:
    capsys.readouterr()
    before = themes(part(data, capsys, "questions"))[KITES]
    file = tmp_path / "helpline.csv"
    file.write_text(f"question,asked_on,audience\n{KITES_TOO},{datetime.now(UTC):%Y-%m-%d},schools\n")
    found = themes(part(data, capsys, "questions", "--import", str(file)))
    assert (found[KITES_TOO]["key"], found[KITES_TOO]["title"]) == (before["key"], before["title"])
    assert found[KITES_TOO]["facts"]["asked"] == "2"
    assert found[FEE]["key"] != before["key"]


def test_personal_details_in_a_file_are_masked_before_they_are_kept(data: Path, tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "helpline.csv"
    file.write_text("question\nWhat may I tell about the child born on 3 May 2019, phone 07700 900123?\n")
    capsys.readouterr()
    told = json.dumps(part(data, capsys, "questions", "--import", str(file)))
    assert "07700" not in told
    assert b"07700" not in (data / "records.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("asked\nWho?\n", "no column `question`"),
        ("question,asked_on\nWho leads?,3 May\n", "line 2: asked_on is a day such as 2026-05-01"),
        ("question\nWho leads?\n \n", "line 3: The question is empty"),
        ("question,asked_on\n,2026-05-01\n", "line 2: The question is empty"),
    ],
)
def test_a_file_that_is_not_right_is_told_with_its_line(
    data: Path, tmp_path: Path, capsys: Said, text: str, said: str
) -> None:
    file = tmp_path / "helpline.csv"
    file.write_text(text)
    assert run(["--data", str(data), "coverage", "questions", "--import", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_after_an_ingest_the_open_questions_are_asked_again(data: Path, corpus: Path, capsys: Said) -> None:
    (corpus / "procedure.md").write_text(PROCEDURE + KITE_RULE)
    capsys.readouterr()
    assert run(["--data", str(data), "ingest", str(corpus)]) == 0
    told = capsys.readouterr().out
    assert "2 open questions; 1 are now answered" in told
    assert f"now answered: {KITES}" in told
    found = themes(part(data, capsys, "questions"))
    assert (found[KITES]["state"], found[FEE]["state"]) == ("answered_now", "new")
    assert "seven years" in found[KITES]["quotes"][0]["quote"]


def test_topics_are_asked_of_each_kind_alone(data: Path, capsys: Said) -> None:
    capsys.readouterr()
    found = {each["key"]: each for each in part(data, capsys, "topics")["rows"]}
    assert set(found) == {
        f"{topic}/{kind}" for topic in ("referral", "fees") for kind in ("statutory_guidance", "policy")
    }
    assert {each["quotes"][0]["edition_id"] for each in found.values() if each["key"].endswith("/policy")} <= {
        "procedure"
    }
    assert found["referral/statutory_guidance"]["state"] == "answered"
    assert found["fees/policy"]["state"] == "not_at_all"
    assert "not answered here" in found["fees/policy"]["items"][0]["outcome"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[topic]]\ntopic_id = 'a'\n", "topic 1 needs topic_id, title and probes"),
        ("[[topic]]\ntopic_id = 'a'\ntitle = 'A'\nprobes = ['Who?']\n" * 2, "two topics are called a"),
        ("nothing = 1", "no [[topic]] in it"),
        ("[[topic", "topics.toml: "),
    ],
)
def test_topics_that_are_not_right_are_told(data: Path, tmp_path: Path, capsys: Said, text: str, said: str) -> None:
    (tmp_path / "topics.toml").write_text(text)
    assert run(["--data", str(data), "coverage", "topics"]) != 0
    assert said in capsys.readouterr().err


def test_a_run_that_is_stopped_goes_on_where_it_was(data: Path) -> None:
    assistant = Assistant(Settings(data=data))
    wanted = [
        Probe("Who sees the child alone?"),
        Probe("Who keeps a list of visitors?"),
        Probe("Who calls the police?"),
    ]
    told: list[int] = []

    def stop(stage: str, done: int, total: int) -> None:
        told.append(done)
        if len(told) == 3:
            raise KeyboardInterrupt

    with assistant.opened() as snapshot:
        answering = LibraryView(snapshot, None, datetime.now(UTC).date()).answering()
        with pytest.raises(KeyboardInterrupt):
            run_probes(wanted, snapshot, answering, assistant.probe_context(stop))
        over = run_probes(wanted, snapshot, answering, assistant.probe_context(is_time_up=lambda: True))
        assert (len(over.endings), over.waiting) == (2, 1)
        whole = run_probes(wanted, snapshot, answering, assistant.probe_context())
        assert (len(whole.endings), whole.waiting) == (3, 0)
        counting: list[int] = []
        again = ProbeContext(
            assistant.resources, assistant.question_store, assistant.records, lambda *told: counting.append(told[1])
        )
        assert run_probes(wanted, snapshot, answering, again) == whole
        assert counting == []
