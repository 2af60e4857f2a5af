"""SqlQuestions: the ``QuestionStore`` port over SQLAlchemy."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.tables import ENDING, IMPORTED, MEMBER, THEME
from assistant.model import EditionId, Span
from assistant.model.coverage import Ending, ImportedQuestion, Place, Theme, question_digest

BATCH = 500
"""Keys queried in one statement."""
ENDINGS = 20_000
"""Endings stored: the questions of 50 topics over 6 kinds, 30 times over."""


class SqlQuestions:
    """Questions, themes and endings in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def add_imported(self, questions: Iterable[ImportedQuestion]) -> int:
        """Stores questions that are not there yet (same words, same day); returns how many were added."""
        rows = {_digest(each): each for each in questions}
        with self._database.writing() as connection:
            there = set(connection.execute(select(IMPORTED.c.digest)).scalars())
            new = [_imported_row(digest, each) for digest, each in rows.items() if digest not in there]
            if new:
                connection.execute(insert(IMPORTED), new)
        return len(new)

    def imported(self) -> tuple[ImportedQuestion, ...]:
        """Returns every imported question, by day and words."""
        query = select(IMPORTED).order_by(IMPORTED.c.asked_on, IMPORTED.c.question)
        with self._database.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(ImportedQuestion(r.question, r.asked_on, r.audience, r.source) for r in rows)

    def forget_imported(self, before: str) -> int:
        """Removes what was asked before a day (ISO); returns how many."""
        with self._database.forgetting() as connection:
            return int(connection.execute(delete(IMPORTED).where(IMPORTED.c.asked_on < before)).rowcount)

    def themes(self, scope: str = "") -> tuple[Theme, ...]:
        """Returns the themes, the oldest first: those of everybody, with what only the readers of a scope see of them."""
        scopes = ("", scope)
        members: defaultdict[str, list[str]] = defaultdict(list)
        with self._database.reading() as connection:
            mine = select(MEMBER.c.theme_id, MEMBER.c.digest).where(MEMBER.c.scope.in_(scopes)).distinct()
            for row in connection.execute(mine.order_by(MEMBER.c.digest)):
                members[row.theme_id].append(row.digest)
            rows = connection.execute(select(THEME).where(THEME.c.scope.in_(scopes)).order_by(THEME.c.row)).all()
        return tuple(Theme(row.theme_id, row.label, tuple(members[row.theme_id])) for row in rows)

    def save_themes(self, themes: Iterable[Theme], scope: str = "") -> None:
        """Stores themes: a new one is added, an existing one gets its label and its further members.

        New themes and members are those of the scope: readers of another one do not see them.
        """
        with self._database.writing() as connection:
            for theme in themes:
                mine = THEME.c.theme_id == theme.theme_id
                if not connection.execute(update(THEME).where(mine).values(label=theme.label)).rowcount:
                    row = {"theme_id": theme.theme_id, "label": theme.label, "scope": scope}
                    connection.execute(insert(THEME), row)
                there = set(
                    connection.execute(select(MEMBER.c.digest).where(MEMBER.c.scope.in_(("", scope)))).scalars()
                )
                fields = {"scope": scope, "theme_id": theme.theme_id}
                new = [{**fields, "digest": each} for each in theme.members if each not in there]
                if new:
                    connection.execute(insert(MEMBER), new)

    def endings(self, keys: Collection[str]) -> Mapping[str, Ending]:
        """Returns the stored endings of these keys; an unknown key is left out."""
        wanted = list(keys)
        found: dict[str, Ending] = {}
        with self._database.reading() as connection:
            for start in range(0, len(wanted), BATCH):
                some = ENDING.c.key.in_(wanted[start : start + BATCH])
                found |= {row.key: _ending(row.ending) for row in connection.execute(select(ENDING).where(some))}
        return found

    def save_ending(self, key: str, ending: Ending) -> None:
        """Stores how a question ended; the oldest are removed where there are very many."""
        with self._database.writing() as connection:
            connection.execute(delete(ENDING).where(ENDING.c.key == key))
            connection.execute(insert(ENDING), {"key": key, "ending": _ending_text(ending)})
            last = connection.execute(select(func.max(ENDING.c.row))).scalar_one()
            connection.execute(delete(ENDING).where(ENDING.c.row <= last - ENDINGS))


def _digest(question: ImportedQuestion) -> str:
    return question_digest(f"{question.asked_on} {question.question}")


def _imported_row(digest: str, each: ImportedQuestion) -> dict[str, str]:
    named = {"question": each.question, "asked_on": each.asked_on, "audience": each.audience, "source": each.source}
    return {"digest": digest, **named}


def _ending_text(ending: Ending) -> str:
    places = [[each.edition_id, each.spans, each.label, each.headings] for each in ending.places]
    return json.dumps([ending.is_answered, ending.reason, places])


def _ending(text: str) -> Ending:
    is_answered, reason, places = json.loads(text)
    return Ending(is_answered, reason, tuple(_place(each) for each in places))


def _place(values: list[Any]) -> Place:
    edition_id, spans, label, headings = values
    return Place(EditionId(edition_id), tuple(Span(*each) for each in spans), label, tuple(headings))
