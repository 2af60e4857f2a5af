"""``assistant audit``."""

from __future__ import annotations

import csv
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import Data, SettingsFile, assistant_of

if TYPE_CHECKING:
    from assistant.model.people import AuditLine

COLUMNS = ("at", "user_id", "action", "what", "editions")
Days = Annotated[int, typer.Option("--days", min=1, metavar="N", help="Only the last N days.")]
Most = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="At most N lines, the newest.")]
User = Annotated[str | None, typer.Option("--user", metavar="USER", help="Only what this person or key did.")]
Lines = Annotated[bool, typer.Option("--json", help="Print one JSON object a line, not CSV.")]


def audit(
    days: Days = 30,
    limit: Most = 1000,
    user: User = None,
    as_json: Lines = False,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Prints the audit log, newest first: who did what and when, with outcome and editions, never the question or answer.

    Examples:

      assistant audit --days 7 > audit.csv

      assistant audit --user key-1a2b3c4d --json
    """
    store = assistant_of(data, settings).access_store
    lines = store.audit_lines(since=datetime.now(UTC) - timedelta(days=days), limit=limit, user_id=user)
    if as_json:
        for line in lines:
            print(json.dumps(dict(zip(COLUMNS, _row(line), strict=True)), ensure_ascii=False))
        return
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    writer.writerows(_row(line) for line in lines)


def _row(line: AuditLine) -> tuple[str, ...]:
    at = line.at.isoformat(timespec="seconds")
    return (at, line.user_id, line.action, line.what, " ".join(line.editions))
