"""Keeps records as a server does, and says what is kept; run as a program by the tests, to be killed at any step."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  what each fork would import anew
import sqlalchemy.dialects.sqlite  # noqa: F401
from sqlalchemy import Engine, event

from assistant.adapters.records_sql import RecordsDatabase, SqlRecords
from assistant.model.people import Feedback, Opinion, Record

OUTCOME = {"outcome": "answered", "citations": [{"edition_id": "alpha"}], "statements": ["words " * 400]}
OWNER = "ann"
PAUSE_S = 0.01
"""Between conversations, so that what a slow machine has to copy stays small."""


def main(data: Path, name: str) -> None:
    """Keeps conversations of two questions with feedback, and prints the id of each thing once it is kept.

    Args:
        data: Data folder.
        name: Told apart from other programs by it; ``killed`` for ``killed_at_each``.
    """
    if name == "killed":
        killed_at_each(data)
        return
    records = SqlRecords(RecordsDatabase(data))
    threading.Thread(target=_end_with_input, daemon=True).start()
    for number in count():
        _converse(records, f"{name}-{number}")
        time.sleep(PAUSE_S)


def killed_at_each(folder: Path, most: int = 60) -> None:
    """Keeps one conversation after another, the nth in ``folder/n``, each in a fork killed before its nth statement.

    Prints one JSON object per fork: the signal that ended it, and what it printed. Ends with the first that is whole.
    """
    for step in range(most):
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.dup2(write, 1)
            os.close(write)
            RecordsDatabase(folder / str(step)).close()
            records = SqlRecords(RecordsDatabase(folder / str(step)))
            _kill_before(step)
            _converse(records, "killed-0")
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as told:
            lines = told.read().splitlines()
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(json.dumps({"ended": ended, "told": lines}) + "\n")
        if ended == 0:
            break


def _converse(records: SqlRecords, name: str) -> None:
    begun = records.begin(OWNER, datetime.now(UTC))
    _say("conversation", begun.conversation_id)
    for place in (1, 2):
        record_id = f"{name}-{place}"
        asked_at = datetime.now(UTC)
        records.add(
            Record(record_id, OWNER, begun.conversation_id, f"Question {record_id}?", OUTCOME, 0.1, "print", asked_at)
        )
        _say("record", record_id)
        told = Feedback(f"f-{record_id}", record_id, 1, Opinion.HELPFUL, "a note", asked_at)
        assert records.add_feedback(told, OWNER)
        _say("feedback", told.feedback_id)


def _say(kind: str, name: str) -> None:
    os.write(1, f"{kind} {name}\n".encode())


def _kill_before(step: int) -> None:
    seen = count()

    def counted(*_: Any, **__: Any) -> None:
        if next(seen) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", counted)
    event.listen(Engine, "commit", counted)


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
