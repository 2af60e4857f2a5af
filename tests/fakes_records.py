"""Records and access in memory, for tests of what uses them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from assistant.errors import LibraryError
from assistant.model.people import (
    EVERYTHING,
    KEY_MARK,
    SIGN_IN_MARK,
    ApiKey,
    AuditLine,
    Conversation,
    Feedback,
    PolicyQuestion,
    Reader,
    Record,
    Session,
)


class FakeRecords:
    """The ``Records`` port over lists."""

    def __init__(self) -> None:
        self.begun: dict[str, Conversation] = {}
        self.kept: list[Record] = []
        self.feedback: list[Feedback] = []
        self._numbers = count(1)

    def begin(self, owner: str, at: datetime, most: int | None = None) -> Conversation | None:
        mine = [each for each in self.begun.values() if each.owner == owner]
        if most is not None and len(mine) >= most:
            asked = {each.conversation_id for each in self.kept}
            empty = [each for each in mine if each.conversation_id not in asked]
            if not empty:
                return None
            del self.begun[min(empty, key=lambda each: each.created).conversation_id]
        begun = Conversation(f"conversation-{next(self._numbers)}", owner, "", at, at)
        self.begun[begun.conversation_id] = begun
        return begun

    def conversation(self, conversation_id: str, owner: str) -> Conversation | None:
        found = self.begun.get(conversation_id)
        return found if found is not None and found.owner == owner else None

    def conversations(
        self, owner: str, *, limit: int, before: datetime | None = None, words: str = ""
    ) -> tuple[Conversation, ...]:
        looked_for = words.lower().split()
        asked = {
            each.conversation_id for each in self.kept if all(word in each.question.lower() for word in looked_for)
        }
        mine = [each for each in self.begun.values() if each.owner == owner and each.conversation_id in asked]
        seen = [each for each in mine if before is None or each.updated < before]
        return tuple(sorted(seen, key=lambda each: each.updated, reverse=True)[:limit])

    def delete_conversation(self, conversation_id: str, owner: str) -> bool:
        if self.conversation(conversation_id, owner) is None:
            return False
        del self.begun[conversation_id]
        self._keep([each for each in self.kept if each.conversation_id != conversation_id])
        return True

    def add(self, record: Record) -> None:
        if record.conversation_id is not None:
            found = self.conversation(record.conversation_id, record.owner)
            if found is None:
                raise LibraryError("The conversation is not there any more. Start a new one.")
            title, updated = found.title or record.question[:80], max(found.updated, record.asked_at)
            self.begun[record.conversation_id] = replace(found, title=title, updated=updated)
        if any(each.record_id == record.record_id for each in self.kept):
            raise LibraryError(f"{record.record_id}: there is such a record.")
        self.kept.append(record)

    def record(self, record_id: str, owner: str) -> Record | None:
        return next((each for each in self.kept if (each.record_id, each.owner) == (record_id, owner)), None)

    def records_of(self, conversation_id: str, owner: str) -> tuple[Record, ...]:
        mine = [each for each in self.kept if (each.conversation_id, each.owner) == (conversation_id, owner)]
        return tuple(sorted(mine, key=lambda each: each.asked_at))

    def add_feedback(self, feedback: Feedback, owner: str) -> bool:
        if self.record(feedback.record_id, owner) is None:
            return False
        self.feedback.append(feedback)
        return True

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
        first, last = _day(since) if since else "", _day(until) if until else "9999"
        readable = [each for each in self.kept if reader.may_read(each.groups or (), _touched(each.outcome))]
        by_id = sorted(readable, key=lambda each: each.record_id)
        newest = sorted(by_id, key=lambda each: _day(each.asked_at), reverse=True)
        if after is not None:
            places = [place for place, each in enumerate(newest) if each.record_id == after]
            newest = newest[places[0] + 1 :] if places else []
        dated = [each for each in newest if first <= _day(each.asked_at) <= last]
        seen = (self._seen(each, reader) for each in dated if outcome in (None, each.outcome["outcome"]))
        return tuple(seen)[:limit]

    def record_for(self, record_id: str, reader: Reader) -> Record | None:
        found = next((each for each in self.kept if each.record_id == record_id), None)
        if found is None or not reader.may_read(found.groups or (), _touched(found.outcome)):
            return None
        return replace(found, owner="", conversation_id=None)

    def question_groups(self) -> tuple[str, ...]:
        return tuple(sorted({group for each in self.kept for groups in each.groups or () for group in groups}))

    def export(self, owner: str) -> Iterator[dict[str, Any]]:
        mine = [each for each in self.kept if _is_of(each.owner, owner)]
        ids = {each.record_id for each in mine}
        yield from (_plain("conversation", each) for each in self.begun.values() if _is_of(each.owner, owner))
        yield from (_plain("record", each) for each in mine)
        yield from (_plain("feedback", each) for each in self.feedback if each.record_id in ids)

    def erase(self, owner: str) -> int:
        before = self._count()
        self._keep([each for each in self.kept if not _is_of(each.owner, owner)])
        self.begun = {name: each for name, each in self.begun.items() if not _is_of(each.owner, owner)}
        return before - self._count()

    def purge(self, before: datetime) -> int:
        rows = self._count()
        self._keep([each for each in self.kept if each.asked_at >= before])
        for name, each in list(self.begun.items()):
            left = self.records_of(name, each.owner)
            if left:
                self.begun[name] = replace(each, title=left[0].question[:80])
            elif each.updated < before:
                del self.begun[name]
        return rows - self._count()

    def _keep(self, records: list[Record]) -> None:
        self.kept = records
        ids = {each.record_id for each in records}
        self.feedback = [each for each in self.feedback if each.record_id in ids]

    def _count(self) -> int:
        return len(self.begun) + len(self.kept) + len(self.feedback)

    def _seen(self, record: Record, reader: Reader) -> PolicyQuestion:
        outcome = record.outcome
        then = outcome.get("then") or {}
        cited = [each["edition_id"] for each in (*outcome.get("citations", ()), *then.get("citations", ()))]
        reason = outcome.get("reason") or then.get("reason")
        opinions = tuple(each.opinion for each in self.feedback if each.record_id == record.record_id)
        editions = tuple(dict.fromkeys(cited))
        return PolicyQuestion(
            record.record_id, record.question, outcome["outcome"], reason, editions, _day(record.asked_at), opinions,
            reader.is_restricted(record.groups or (), _touched(outcome)),
        )  # fmt: skip


def _touched(outcome: dict[str, Any]) -> list[str]:
    outcomes = (outcome, outcome.get("then") or {})
    return [each["edition_id"] for of in outcomes for part in ("citations", "nearest") for each in of.get(part, ())]


class FakeAccess:
    """The ``AccessStore`` port over dictionaries."""

    def __init__(self) -> None:
        self.by_hash: dict[str, ApiKey] = {}
        self.sessions: dict[str, Session] = {}
        self.lines: list[AuditLine] = []

    def add_key(self, key: ApiKey, secret_hash: str) -> None:
        self.by_hash[secret_hash] = key

    def key_of(self, secret_hash: str) -> ApiKey | None:
        return self.by_hash.get(secret_hash)

    def keys(self) -> tuple[ApiKey, ...]:
        return tuple(sorted(self.by_hash.values(), key=lambda each: each.created))

    def revoke_key(self, key_id: str, at: datetime) -> bool:
        return self._change(key_id, lambda key: replace(key, revoked=at) if key.revoked is None else None)

    def used_key(self, key_id: str, at: datetime) -> None:
        self._change(key_id, lambda key: replace(key, last_used=at) if _is_stale(key, at) else None)

    def add_session(self, token_hash: str, session: Session) -> None:
        self.sessions[token_hash] = session

    def session_of(self, token_hash: str) -> Session | None:
        return self.sessions.get(token_hash)

    def end_session(self, token_hash: str) -> bool:
        return self.sessions.pop(token_hash, None) is not None

    def end_sessions(self, user_id: str) -> int:
        mine = [name for name, each in self.sessions.items() if each.asker.user_id == user_id]
        return sum(self.end_session(name) for name in mine)

    def audit(self, line: AuditLine) -> None:
        self.lines.append(line)

    def audit_lines(
        self, *, since: datetime | None = None, limit: int = 1000, user_id: str | None = None
    ) -> tuple[AuditLine, ...]:
        newest = sorted(reversed(self.lines), key=lambda each: each.at, reverse=True)
        seen = [each for each in newest if since is None or each.at >= since]
        return tuple(each for each in seen if user_id in (None, each.user_id))[:limit]

    def recent(self, user_id: str, action: str, since: datetime, until: datetime) -> tuple[int, datetime | None]:
        found = [
            each.at
            for each in self.lines
            if (each.user_id, each.action) == (user_id, action) and since <= each.at <= until
        ]
        return len(found), min(found, default=None)

    def purge_access(self, before: datetime, now: datetime) -> int:
        rows = len(self.lines) + len(self.sessions)
        self.lines = [each for each in self.lines if each.at >= before]
        self.sessions = {name: each for name, each in self.sessions.items() if each.expires > now}
        return rows - len(self.lines) - len(self.sessions)

    def _change(self, key_id: str, change: Any) -> bool:
        for secret_hash, key in self.by_hash.items():
            changed = change(key) if key.key_id == key_id else None
            if changed is not None:
                self.by_hash[secret_hash] = changed
                return True
        return False


def _is_stale(key: ApiKey, at: datetime) -> bool:
    return key.last_used is None or at - key.last_used >= timedelta(minutes=1)


def _day(at: datetime) -> str:
    return at.astimezone(UTC).date().isoformat()


def _is_of(owner: str, asked_for: str) -> bool:
    return owner == asked_for or (asked_for.startswith(KEY_MARK) and owner.startswith(f"{asked_for}{SIGN_IN_MARK}"))


def _plain(name: str, value: Any) -> dict[str, Any]:
    told = dataclasses.asdict(value)
    times = {key: each.isoformat() for key, each in told.items() if isinstance(each, datetime)}
    return {"type": name, **told, **times}
