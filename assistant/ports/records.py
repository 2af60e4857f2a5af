"""Stores of people's questions, and of who may ask, as Protocols."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from assistant.model.people import (
    EVERYTHING,
    ApiKey,
    AuditLine,
    Conversation,
    Feedback,
    PolicyQuestion,
    Reader,
    Record,
    Session,
)


class Records(Protocol):
    """Conversations, questions with their outcomes, and feedback; every text in it is masked.

    What was written when a method returns survives a crash. Nothing of one owner is ever returned for another.
    """

    def begin(self, owner: str, at: datetime, most: int | None = None) -> Conversation | None:
        """Returns a new, empty conversation of a person; None where they have ``most`` with questions in them.

        Where empty ones make up the number, the one begun first of them makes room.
        """

    def conversation(self, conversation_id: str, owner: str) -> Conversation | None:
        """Returns a conversation, None where there is none of this id or it belongs to someone else."""

    def conversations(
        self, owner: str, *, limit: int, before: datetime | None = None, words: str = ""
    ) -> tuple[Conversation, ...]:
        """Returns a person's conversations that hold a question, the last used first.

        With ``words``, only those with a question that has each of them, in any case.
        """

    def delete_conversation(self, conversation_id: str, owner: str) -> bool:
        """Removes a conversation with its records and feedback; returns whether there was one of this person."""

    def add(self, record: Record) -> None:
        """Stores a record, and sets its conversation's ``updated`` and, for its first question, its title.

        Raises:
            LibraryError: Its conversation is not there or belongs to someone else.
        """

    def record(self, record_id: str, owner: str) -> Record | None:
        """Returns a record, None where there is none of this id or it belongs to someone else."""

    def records_of(self, conversation_id: str, owner: str) -> tuple[Record, ...]:
        """Returns the records of a conversation in the order asked; () where it is not this person's."""

    def add_feedback(self, feedback: Feedback, owner: str) -> bool:
        """Stores feedback; returns False where the record is not this person's."""

    def questions(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        outcome: str | None = None,
        limit: int = 100,
        after: str | None = None,
        reader: Reader = EVERYTHING,
    ) -> tuple[PolicyQuestion, ...]:
        """Returns questions without who asked, the newest day first, within a day by record id, which is random.

        ``since`` and ``until`` count as whole days (UTC), both included, so that neither the minute nor the order of
        asking reveals which questions one person asked. ``after`` is the record id of the last one seen; () where
        that one is gone. What touched a document that is hidden from the reader is not there for them.
        """

    def record_for(self, record_id: str, reader: Reader) -> Record | None:
        """Returns a record without its owner and conversation, whoever asked; None where it is hidden from the reader.

        Its minute is for finding the state of the library: nobody is shown more than the day.
        """

    def question_groups(self) -> tuple[str, ...]:
        """Returns the groups whose documents stored questions touched, sorted."""

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        """Yields all that is stored about one person, as plain JSON values, each with its ``type``.

        Types: conversation, record, feedback. The audit log is the access store's.
        """

    def erase(self, owner: str) -> int:
        """Removes all that is stored about one person; returns how many rows. The words cannot be recovered from the file."""

    def purge(self, before: datetime) -> int:
        """Removes records asked before a time, their feedback, and conversations left empty; returns how many rows.

        A conversation that goes on takes the title of its first record that is left.
        """


class AccessStore(Protocol):
    """Keys, sessions and the audit log. Secrets come as hashes only."""

    def add_key(self, key: ApiKey, secret_hash: str) -> None:
        """Stores a key."""

    def key_of(self, secret_hash: str) -> ApiKey | None:
        """Returns the key of a secret, also a revoked or expired one; None where there is none."""

    def keys(self) -> tuple[ApiKey, ...]:
        """Returns every key, oldest first."""

    def revoke_key(self, key_id: str, at: datetime) -> bool:
        """Revokes a key; returns whether there was such a key that was not revoked yet."""

    def used_key(self, key_id: str, at: datetime) -> None:
        """Records when a key was last used, to the minute."""

    def add_session(self, token_hash: str, session: Session) -> None:
        """Stores a session."""

    def session_of(self, token_hash: str) -> Session | None:
        """Returns a session, also an expired one; None where there is none or it was ended."""

    def end_session(self, token_hash: str) -> bool:
        """Ends a session; returns whether there was one."""

    def end_sessions(self, user_id: str) -> int:
        """Ends every session of a person; returns how many."""

    def audit(self, line: AuditLine) -> None:
        """Appends a line to the audit log; in a data folder for reading only there is none."""

    def audit_lines(
        self, *, since: datetime | None = None, limit: int = 1000, user_id: str | None = None
    ) -> tuple[AuditLine, ...]:
        """Returns the last lines of the audit log, newest first; of one person where ``user_id`` is set."""

    def recent(self, user_id: str, action: str, since: datetime, until: datetime) -> tuple[int, datetime | None]:
        """Returns how many lines of an action a person has in the audit log between two times, and when the first was.

        Both times count. A line of later than now, written while the clock was wrong, is none of the last minute.
        """

    def purge_access(self, before: datetime, now: datetime) -> int:
        """Removes audit lines older than ``before`` and sessions expired at ``now``; returns how many rows."""
