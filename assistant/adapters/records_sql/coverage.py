"""SqlCoverage: the ``CoverageStore`` port over SQLAlchemy."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.tables import DECISION, RUN
from assistant.model.coverage import CoverageRun, Decision
from assistant.model.people import EVERYTHING, Reader

NOBODY = "erased"
"""Stands for a person whose data were erased."""


class SqlCoverage:
    """Decisions and runs in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def decide(self, decision: Decision) -> None:
        """Stores a decision; earlier ones of the same finding stay in its history."""
        row = {
            "part": decision.section,
            "key": decision.key,
            "state": decision.state,
            "note": decision.note,
            "decided_by": decision.by,
            "decided_at": codec.time_to(decision.at),
            "evidence": decision.evidence,
            "groups": json.dumps(decision.groups),
        }
        with self._database.writing() as connection:
            connection.execute(insert(DECISION), row)

    def decisions(self, part: str | None = None, reader: Reader = EVERYTHING) -> tuple[Decision, ...]:
        """Returns the last decision of each finding that a reader may see, of one part or of all, by part and key."""
        query = select(DECISION).order_by(DECISION.c.part, DECISION.c.key, DECISION.c.row)
        every = self._read(query if part is None else query.where(DECISION.c.part == part))
        readable = (each for each in every if reader.may_read(each.groups, (each.key,)))
        return tuple({(each.section, each.key): each for each in readable}.values())

    def history(self, part: str, key: str, reader: Reader = EVERYTHING) -> tuple[Decision, ...]:
        """Returns every decision of one finding that a reader may see, the latest first; () for none."""
        mine = (DECISION.c.part == part) & (DECISION.c.key == key)
        every = self._read(select(DECISION).where(mine).order_by(DECISION.c.row.desc()))
        return tuple(each for each in every if reader.may_read(each.groups, (each.key,)))

    def decisions_by(self, user_id: str) -> tuple[Decision, ...]:
        """Returns every decision of one person, the latest first."""
        return self._read(select(DECISION).where(DECISION.c.decided_by == user_id).order_by(DECISION.c.row.desc()))

    def forget_who(self, user_id: str) -> int:
        """Removes a person's name from the decisions, which stay; returns how many."""
        statement = update(DECISION).where(DECISION.c.decided_by == user_id).values(decided_by=NOBODY)
        with self._database.forgetting() as connection:
            return int(connection.execute(statement).rowcount)

    def add_run(self, run: CoverageRun) -> None:
        """Stores the counts of a run."""
        counts = json.dumps({part: dict(states) for part, states in run.counts.items()})
        named = {"fingerprint": run.fingerprint, "counts": counts, "scope": run.scope}
        row = {"made_at": codec.time_to(run.at), **named}
        with self._database.writing() as connection:
            connection.execute(insert(RUN), row)

    def runs(self, *, scope: str = "", limit: int = 2) -> tuple[CoverageRun, ...]:
        """Returns the last runs of one scope, the latest first."""
        query = select(RUN).where(RUN.c.scope == scope).order_by(RUN.c.row.desc()).limit(limit)
        with self._database.reading() as connection:
            return tuple(_run(row) for row in connection.execute(query))

    def _read(self, query: Select[Any]) -> tuple[Decision, ...]:
        with self._database.reading() as connection:
            return tuple(_decision(row) for row in connection.execute(query))


def _run(row: Any) -> CoverageRun:
    return CoverageRun(datetime.fromisoformat(row.made_at), row.fingerprint, json.loads(row.counts), row.scope)


def _decision(row: Any) -> Decision:
    at = datetime.fromisoformat(row.decided_at)
    return Decision(
        row.part, row.key, row.state, row.note, row.decided_by, at, row.evidence, codec.groups_from(row.groups)
    )
