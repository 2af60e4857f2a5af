"""A clock that jumps erases nothing; a purge goes by a date that was seen on two days."""

from __future__ import annotations

import logging
import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.access.limits import Limits
from api.health import retention as daily
from assistant.bootstrap import Assistant
from assistant.cli import run
from assistant.errors import LibraryError
from assistant.model.people import ApiKey, Asker, AuditLine, Record, Role, Session
from assistant.operations.purge_clock import FILE, MOST_AT_ONCE, PurgeClock
from assistant.operations.retention import purge_confirmed
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from tests.integration.recording import OUTCOME

TODAY = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LATER = datetime(2031, 1, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def assistant(tmp_path: Path) -> Assistant:
    """Returns an assistant with a record a week for a hundred weeks, an audit line each, a session and a key."""
    assistant = Assistant(Settings(data=tmp_path / "data"))
    for week in range(100):
        at = TODAY - 7 * DAY * week
        assistant.records.add(Record(f"r{week}", "ann", None, "Who chairs?", OUTCOME, 0.1, "print", at))
        assistant.access_store.audit(AuditLine(at, "ann", "ask"))
    asker = Asker("ann", "Ann", frozenset({Role.POLICY}))
    assistant.access_store.add_session("token", Session(asker, "csrf", TODAY, TODAY + 3650 * DAY))
    assistant.access_store.add_session("short", Session(asker, "csrf", TODAY, TODAY + 10 * DAY))
    assistant.access_store.add_key(ApiKey("k", "k", frozenset({Role.POLICY}), (), TODAY, TODAY + 10 * DAY), "hash")
    return assistant


def counts(assistant: Assistant) -> tuple[int, int]:
    """Returns the number of records and of audit lines."""
    return len(assistant.records.questions(limit=500)), len(assistant.access_store.audit_lines(limit=500))


def settled(assistant: Assistant) -> tuple[int, int]:
    """Purges on two days and returns what is left: 90 days of records, a year of audit lines."""
    purge_confirmed(assistant, TODAY)
    purge_confirmed(assistant, TODAY + DAY)
    left = counts(assistant)
    assert left == (13, 53)
    return left


def test_one_jump_erases_neither_records_nor_audit_nor_sessions_nor_keys(assistant: Assistant) -> None:
    left = settled(assistant)

    purge_confirmed(assistant, LATER)
    purge_confirmed(assistant, TODAY + 2 * DAY)

    assert counts(assistant) == left
    assert assistant.access_store.session_of("short") is not None
    assert assistant.access_store.key_of("hash") is not None


def test_one_jump_erases_nothing_in_a_folder_of_an_earlier_version(assistant: Assistant) -> None:
    purge_confirmed(assistant, LATER)
    purge_confirmed(assistant, LATER)
    purge_confirmed(assistant, TODAY + DAY)

    assert counts(assistant)[0] >= 13
    assert assistant.access_store.session_of("short") is not None


def test_the_server_erases_nothing_at_a_start_in_another_year(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Jumped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return LATER

    monkeypatch.setattr(daily, "datetime", Jumped)

    daily._purge(assistant)
    daily._purge(assistant)

    assert counts(assistant)[0] >= 13


def test_a_wrong_clock_that_stays_removes_seven_days_at_once_and_says_so(
    assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    records, lines = settled(assistant)
    purge_confirmed(assistant, LATER)
    with caplog.at_level(logging.WARNING):
        purge_confirmed(assistant, LATER + DAY)

    assert counts(assistant)[0] >= records - 1
    assert counts(assistant)[1] >= lines - 1
    assert "the clock says 2031-01-02" in caplog.text
    assert "assistant purge" in caplog.text


def test_what_is_due_goes_day_by_day(assistant: Assistant) -> None:
    settled(assistant)
    for day in range(2, 40):
        purge_confirmed(assistant, TODAY + day * DAY)

    assert counts(assistant)[0] == 8
    assert assistant.access_store.session_of("short") is None
    assert assistant.access_store.session_of("token") is not None


def test_a_server_that_was_off_for_months_catches_up(assistant: Assistant) -> None:
    settled(assistant)
    for day in range(90, 120):
        purge_confirmed(assistant, TODAY + day * DAY)

    assert counts(assistant)[0] == 0


@pytest.fixture
def jumped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the clock of the command say a date years ahead."""

    class Jumped(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return LATER

    monkeypatch.setattr("assistant.cli.records.datetime", Jumped)


@pytest.mark.usefixtures("jumped")
def test_the_command_purges_at_once_and_says_how_far_the_clock_went(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    settled(assistant)
    assert run(["purge", "--data", str(assistant.settings.data)]) == 0

    assert counts(assistant) == (0, 0)
    assert "the clock says 2031-01-01" in capsys.readouterr().err


@pytest.mark.usefixtures("jumped")
def test_the_command_of_a_timer_erases_nothing_where_the_clock_jumps(
    assistant: Assistant, capsys: pytest.CaptureFixture[str]
) -> None:
    left = settled(assistant)
    assert run(["purge", "--confirmed", "--data", str(assistant.settings.data)]) == 0

    assert counts(assistant) == left
    assert "removed 0 rows of records" in capsys.readouterr().out
    assert run(["purge", "--confirmed", "--days", "3", "--data", str(assistant.settings.data)]) == 2


def test_what_was_seen_is_private_and_survives_damage(assistant: Assistant) -> None:
    settled(assistant)
    path = assistant.settings.data / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600

    path.write_text("{")
    purge_confirmed(assistant, LATER)

    assert counts(assistant)[0] >= 12


def test_a_date_that_cannot_be_stored_purges_nothing(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    left = settled(assistant)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(LibraryError, match=FILE):
        purge_confirmed(assistant, TODAY + 2 * DAY)
    assert counts(assistant) == left


def test_questions_asked_while_the_clock_was_wrong_do_not_use_up_the_limit(assistant: Assistant) -> None:
    for _ in range(5):
        assistant.access_store.audit(AuditLine(LATER, "ann", "ask"))

    assert assistant.access_store.recent("ann", "ask", TODAY - DAY, TODAY)[0] == 1
    Limits(assistant.access_store, AccessSetting(asks_per_minute=2)).count_ask("ann", TODAY)


@given(st.lists(st.dates(date(2020, 1, 1), date(2040, 1, 1)), max_size=30))
def test_no_date_counts_that_was_not_passed_and_none_moves_by_more_than_a_week(days: list[date]) -> None:
    clock = PurgeClock(date(2026, 11, 29))
    for day in days:
        before, clock = clock, clock.after(day)
        assert before.trusted is not None
        assert clock.trusted is not None
        assert timedelta() <= clock.trusted - before.trusted <= MOST_AT_ONCE
        if before.seen is None or day <= before.seen or before.seen <= before.trusted:
            assert clock.trusted == before.trusted
