"""SqlScenarios: the ``ScenarioStore`` port over SQLAlchemy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.tables import SCENARIO, SCENARIO_FEEDBACK
from assistant.model.people import EVERYTHING, Reader
from assistant.model.saved_scenario import SavedScenario, ScenarioFeedback, ScenarioOpinion


class SqlScenarios:
    """Scenarios and feedback of trainers in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def save(self, scenario: SavedScenario) -> bool:
        """Saves a scenario, replacing the one of the same id; returns False where that one is somebody else's."""
        there = SCENARIO.c.scenario_id == scenario.scenario_id
        with self._database.forgetting() as connection:
            owner = connection.execute(select(SCENARIO.c.owner).where(there)).scalar()
            if owner is None:
                connection.execute(insert(SCENARIO), _row(scenario))
            elif owner == scenario.owner:
                connection.execute(update(SCENARIO).where(there).values(_row(scenario)))
            return owner in (None, scenario.owner)

    def scenario(self, scenario_id: str, owner: str) -> SavedScenario | None:
        """Returns a scenario, None where there is none of this id or it belongs to someone else."""
        with self._database.reading() as connection:
            row = connection.execute(select(SCENARIO).where(_own(scenario_id, owner))).one_or_none()
        return None if row is None else _scenario(row)

    def scenarios(self, owner: str) -> tuple[SavedScenario, ...]:
        """Returns a person's scenarios, the last saved first."""
        query = select(SCENARIO).where(SCENARIO.c.owner == owner)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(SCENARIO.c.saved_at.desc(), SCENARIO.c.scenario_id))
            return tuple(_scenario(row) for row in rows)

    def remove(self, scenario_id: str, owner: str) -> bool:
        """Removes a scenario; returns whether there was one of this person. Feedback on it stays."""
        with self._database.forgetting() as connection:
            return bool(connection.execute(delete(SCENARIO).where(_own(scenario_id, owner))).rowcount)

    def add_feedback(self, feedback: ScenarioFeedback) -> bool:
        """Stores feedback; returns False where the scenario belongs to someone else."""
        own = select(SCENARIO.c.scenario_id).where(_own(feedback.scenario_id, feedback.owner))
        with self._database.writing() as connection:
            if connection.execute(own).first() is None:
                return False
            connection.execute(insert(SCENARIO_FEEDBACK), _feedback_row(feedback))
        return True

    def feedback_on(self, scenario_id: str, owner: str) -> tuple[ScenarioFeedback, ...]:
        """Returns a person's feedback on one scenario, the latest first."""
        table = SCENARIO_FEEDBACK.c
        query = select(SCENARIO_FEEDBACK).where(table.scenario_id == scenario_id, table.owner == owner)
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(table.given_at.desc(), table.feedback_id))
            return tuple(_feedback(row) for row in rows)

    def opinions(
        self, *, limit: int = 100, after: str | None = None, reader: Reader = EVERYTHING
    ) -> tuple[ScenarioOpinion, ...]:
        """Returns feedback without who gave it, the newest day first, within a day by feedback id, which is random.

        Feedback on a scenario that cites what is hidden from the reader is not there for them.
        """
        table = SCENARIO_FEEDBACK.c
        with self._database.reading() as connection:
            kinds = connection.execute(select(table.groups).distinct()).scalars()
            may_read = table.groups.in_([each for each in kinds if reader.may_read(codec.groups_from(each), ())])
            query = select(SCENARIO_FEEDBACK).where(may_read)
            query = query.order_by(table.given_on.desc(), table.feedback_id).limit(limit)
            if after is not None:
                seen = (table.feedback_id == after) & may_read
                day = connection.execute(select(table.given_on).where(seen)).scalar()
                if day is None:
                    return ()
                query = query.where((table.given_on < day) | ((table.given_on == day) & (table.feedback_id > after)))
            return tuple(_opinion(row) for row in connection.execute(query))

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        """Yields all that is stored about one person, as plain JSON values, each with its ``type``."""
        saved = select(SCENARIO).where(SCENARIO.c.owner == owner).order_by(SCENARIO.c.saved_at)
        given = select(SCENARIO_FEEDBACK).where(SCENARIO_FEEDBACK.c.owner == owner)
        with self._database.reading() as connection:
            for row in connection.execute(saved):
                yield {"type": "scenario", **row._mapping, "recipe": json.loads(row.recipe)}
            for row in connection.execute(given.order_by(SCENARIO_FEEDBACK.c.given_at)):
                fields = {name: value for name, value in row._mapping.items() if name != "groups"}
                yield {"type": "scenario_feedback", **fields}

    def erase(self, owner: str) -> int:
        """Removes all that is stored about one person; returns how many rows."""
        return self._remove(SCENARIO.c.owner == owner, SCENARIO_FEEDBACK.c.owner == owner)

    def purge(self, before: datetime) -> int:
        """Removes scenarios last saved and feedback given before a time; returns how many rows."""
        time = codec.time_to(before)
        return self._remove(SCENARIO.c.saved_at < time, SCENARIO_FEEDBACK.c.given_at < time)

    def _remove(self, scenarios: ColumnElement[bool], feedback: ColumnElement[bool]) -> int:
        statements = (delete(SCENARIO).where(scenarios), delete(SCENARIO_FEEDBACK).where(feedback))
        with self._database.forgetting() as connection:
            return sum(int(connection.execute(each).rowcount) for each in statements)


def _own(scenario_id: str, owner: str) -> ColumnElement[bool]:
    return (SCENARIO.c.scenario_id == scenario_id) & (SCENARIO.c.owner == owner)


def _row(each: SavedScenario) -> dict[str, str]:
    named = {"scenario_id": each.scenario_id, "owner": each.owner, "title": each.title, "theme": each.theme}
    recipe = json.dumps(dict(each.recipe), ensure_ascii=False)
    return {**named, "saved_at": codec.time_to(each.saved_at), "recipe": recipe}


def _scenario(row: Any) -> SavedScenario:
    saved_at = datetime.fromisoformat(row.saved_at)
    return SavedScenario(row.scenario_id, row.owner, row.title, row.theme, saved_at, json.loads(row.recipe))


def _feedback_row(each: ScenarioFeedback) -> dict[str, str | int]:
    at = codec.time_to(each.given_at)
    named = {"feedback_id": each.feedback_id, "scenario_id": each.scenario_id, "owner": each.owner}
    said: dict[str, str | int] = {"theme": each.theme, "seed": each.seed, "score": each.score, "note": each.note}
    return {**named, **said, "given_at": at, "given_on": at[:10], "groups": json.dumps(each.groups)}


def _feedback(row: Any) -> ScenarioFeedback:
    given_at = datetime.fromisoformat(row.given_at)
    return ScenarioFeedback(
        row.feedback_id, row.scenario_id, row.owner, row.theme, row.seed, row.score, row.note, given_at,
        codec.groups_from(row.groups),
    )  # fmt: skip


def _opinion(row: Any) -> ScenarioOpinion:
    return ScenarioOpinion(row.feedback_id, row.theme, row.seed, row.score, row.note, row.given_on)
