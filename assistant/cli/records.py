"""``assistant purge``, ``assistant export`` and ``assistant erase``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of
from assistant.errors import LibraryEmpty, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from assistant.bootstrap import Assistant
    from assistant.operations.retention import PurgeReport

BY = "command line"
User = Annotated[
    str, typer.Argument(metavar="USER", help="User id, as the audit log shows it: local, a key id, or a sign-in.")
]
Days = Annotated[
    int | None,
    typer.Option(
        "--days",
        min=0,
        metavar="N",
        help="Keep records and scenarios of the last N days (default: records.days, 90, and records.scenario_days, 365).",
    ),
]
Confirmed = Annotated[
    bool,
    typer.Option(
        "--confirmed", help="Go by a date seen on two days, as the server does; for timers, which nobody watches."
    ),
]
Erase = Annotated[bool, typer.Option("--erase", help="Erase it after printing.")]


def purge(days: Days = None, confirmed: Confirmed = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Removes questions, outcomes, scenarios, feedback and earlier texts past their retention, old audit lines, ended sessions.

    The server does this when it starts and every day, by a date that it has seen on two days, and seven days' worth at
    once at most; this command goes by the clock as it is.

    Examples:

      assistant purge

      assistant purge --days 30

      assistant purge --confirmed
    """
    from assistant.operations.purge_clock import MOST_AT_ONCE
    from assistant.operations.retention import purge_expired

    if confirmed and days is not None:
        raise UsageError("--confirmed: goes by the days of the settings. Leave out --days, or --confirmed.")
    assistant = _existing(data, settings)
    now = datetime.now(UTC)
    if confirmed:
        _purge_confirmed(assistant, now)
        return
    purged = purge_expired(assistant, now, days)
    if purged.days_at_once > MOST_AT_ONCE.days:
        said = (
            f"the clock says {now:%Y-%m-%d}, {purged.days_at_once} days after the purge before: all of that was removed"
        )
        print(f"assistant: {said}. If the clock is wrong, restore a backup.", file=sys.stderr)
    print(_said(purged))


def _purge_confirmed(assistant: Assistant, now: datetime) -> None:
    from assistant.operations.retention import purge_confirmed

    purged = purge_confirmed(assistant, now)
    if purged is None:
        print("nothing removed: the date is confirmed once it has been seen on two days")
    else:
        print(_said(purged))


def _said(purged: PurgeReport) -> str:
    rows = f"removed {purged.records} rows of records and {purged.access} of access"
    states = f"{purged.texts} earlier state{'' if purged.texts == 1 else 's'} of the library"
    return f"{rows}, and {states}" if purged.texts else rows


def export(user: User, erase: Erase = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Prints everything stored about one person, one JSON object a line.

    Examples:

      assistant export local > mine.jsonl

      assistant export key-7c1d --erase
    """
    from assistant.operations.personal_data import erase_person, export_person

    assistant = _existing(data, settings)
    count = 0
    for count, each in enumerate(export_person(assistant, user, BY, datetime.now(UTC)), start=1):  # noqa: B007
        print(json.dumps(each, ensure_ascii=False), flush=True)
    if not count:
        print(f"nothing is stored about {user}", file=sys.stderr)
    if erase:
        erase_person(assistant, user, BY, datetime.now(UTC))


def erase(user: User, data: Data = None, settings: SettingsFile = None) -> None:
    """Erases one person's conversations, questions, outcomes, scenarios and feedback, and ends the sessions.

    The audit log, which holds no question or answer text, has its own retention (records.audit_days).

    Example:

      assistant erase key-7c1d
    """
    from assistant.operations.personal_data import erase_person

    removed = erase_person(_existing(data, settings), user, BY, datetime.now(UTC))
    print(f"removed {removed} rows")


def _existing(data: Path | None, settings: Path | None) -> Assistant:
    assistant = assistant_of(data, settings)
    folder = assistant.settings.data
    if not folder.is_dir():
        raise LibraryEmpty(f"{folder}: no such data folder. Name another with --data.")
    return assistant
