"""SqlAccess: the ``AccessStore`` port over SQLAlchemy."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from assistant.adapters.records_sql import codec
from assistant.adapters.records_sql.database import RecordsDatabase
from assistant.adapters.records_sql.tables import API_KEY, AUDIT, SESSION
from assistant.model.people import ApiKey, AuditLine, Session

USED_EVERY = timedelta(minutes=1)
"""The last use of a key is stored to this precision, so that not every request writes."""


class SqlAccess:
    """Keys, sessions and the audit log in SQL; every method is one transaction.

    Args:
        database: Where they are stored.
    """

    def __init__(self, database: RecordsDatabase) -> None:
        self._database = database

    def add_key(self, key: ApiKey, secret_hash: str) -> None:
        """Stores a key."""
        with self._database.writing() as connection:
            connection.execute(insert(API_KEY), {**codec.key_to(key), "secret_hash": secret_hash})

    def key_of(self, secret_hash: str) -> ApiKey | None:
        """Returns the key of a secret, also a revoked or expired one; None where there is none."""
        with self._database.reading() as connection:
            row = connection.execute(select(API_KEY).where(API_KEY.c.secret_hash == secret_hash)).one_or_none()
        return None if row is None else codec.key_from(row)

    def keys(self) -> tuple[ApiKey, ...]:
        """Returns every key, oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute(select(API_KEY).order_by(API_KEY.c.created, API_KEY.c.key_id))
            return tuple(codec.key_from(row) for row in rows)

    def revoke_key(self, key_id: str, at: datetime) -> bool:
        """Revokes a key; returns whether there was such a key that was not revoked yet."""
        active = (API_KEY.c.key_id == key_id) & API_KEY.c.revoked.is_(None)
        with self._database.writing() as connection:
            return bool(connection.execute(update(API_KEY).where(active).values(revoked=codec.time_to(at))).rowcount)

    def used_key(self, key_id: str, at: datetime) -> None:
        """Records when a key was last used, to the minute."""
        mine = API_KEY.c.key_id == key_id
        with self._database.reading() as connection:
            last = codec.time_or_none(connection.execute(select(API_KEY.c.last_used).where(mine)).scalar())
        if last is None or abs(at - last) >= USED_EVERY:
            with self._database.writing() as connection:
                connection.execute(update(API_KEY).where(mine).values(last_used=codec.time_to(at)))

    def add_session(self, token_hash: str, session: Session) -> None:
        """Stores a session."""
        with self._database.writing() as connection:
            connection.execute(insert(SESSION), {**codec.session_to(session), "token_hash": token_hash})

    def session_of(self, token_hash: str) -> Session | None:
        """Returns a session, also an expired one; None where there is none or it was ended."""
        with self._database.reading() as connection:
            row = connection.execute(select(SESSION).where(SESSION.c.token_hash == token_hash)).one_or_none()
        return None if row is None else codec.session_from(row)

    def end_session(self, token_hash: str) -> bool:
        """Ends a session; returns whether there was one."""
        with self._database.writing() as connection:
            return bool(connection.execute(delete(SESSION).where(SESSION.c.token_hash == token_hash)).rowcount)

    def end_sessions(self, user_id: str) -> int:
        """Ends every session of a person; returns how many."""
        with self._database.writing() as connection:
            return int(connection.execute(delete(SESSION).where(SESSION.c.user_id == user_id)).rowcount)

    def audit(self, line: AuditLine) -> None:
        """Appends a line to the audit log; in a data folder for reading only there is none."""
        if self._database.is_read_only:
            return
        with self._database.writing() as connection:
            connection.execute(insert(AUDIT), codec.audit_to(line))

    def audit_lines(
        self, *, since: datetime | None = None, limit: int = 1000, user_id: str | None = None
    ) -> tuple[AuditLine, ...]:
        """Returns the last lines of the audit log, newest first."""
        query = select(AUDIT).order_by(AUDIT.c.at.desc(), AUDIT.c.row.desc()).limit(limit)
        if since is not None:
            query = query.where(AUDIT.c.at >= codec.time_to(since))
        if user_id is not None:
            query = query.where(AUDIT.c.user_id == user_id)
        with self._database.reading() as connection:
            return tuple(codec.audit_from(row) for row in connection.execute(query))

    def recent(self, user_id: str, action: str, since: datetime, until: datetime) -> tuple[int, datetime | None]:
        """Returns how many lines of an action a person has in the audit log between two times, and when the first was."""
        between = AUDIT.c.at.between(codec.time_to(since), codec.time_to(until))
        mine = (AUDIT.c.user_id == user_id) & between & (AUDIT.c.action == action)
        with self._database.reading() as connection:
            count, first = connection.execute(select(func.count(), func.min(AUDIT.c.at)).where(mine)).one()
        return int(count), codec.time_or_none(first)

    def purge_access(self, before: datetime, now: datetime) -> int:
        """Removes audit lines older than ``before`` and sessions expired at ``now``; returns how many rows."""
        with self._database.forgetting() as connection:
            lines = connection.execute(delete(AUDIT).where(AUDIT.c.at < codec.time_to(before))).rowcount
            ended = connection.execute(delete(SESSION).where(SESSION.c.expires <= codec.time_to(now))).rowcount
        return int(lines) + int(ended)
