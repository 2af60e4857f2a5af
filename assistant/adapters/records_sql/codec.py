"""Values of people and records as rows, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assistant.adapters.sql.times import time_to as time_to
from assistant.model.people import (
    ApiKey,
    Asker,
    AuditLine,
    Conversation,
    Groups,
    Opinion,
    PolicyQuestion,
    Reader,
    Record,
    Role,
    Session,
)

Row = dict[str, Any]


def time_or_none(text: str | None) -> datetime | None:
    """Returns the time that a text is, None for none."""
    return None if text is None else datetime.fromisoformat(text)


def conversation_from(row: Any) -> Conversation:
    """Returns the conversation of a row."""
    created, updated = datetime.fromisoformat(row.created), datetime.fromisoformat(row.updated)
    return Conversation(row.conversation_id, row.owner, row.title, created, updated)


def record_to(record: Record) -> Row:
    """Returns a record as a row, with what the policy team looks for beside the outcome."""
    asked_at = time_to(record.asked_at)
    return {
        "record_id": record.record_id,
        "owner": record.owner,
        "conversation_id": record.conversation_id,
        "question": record.question,
        "outcome": json.dumps(record.outcome, ensure_ascii=False),
        "ending": record.outcome["outcome"],
        "reason": _reason(record.outcome),
        "editions": json.dumps(_editions(record.outcome)),
        "groups": None if record.groups is None else json.dumps(record.groups),
        "touched": json.dumps(_touched(record.outcome)),
        "seconds": record.seconds,
        "fingerprint": record.fingerprint,
        "asked_at": asked_at,
        "asked_on": asked_at[:10],
    }


def record_from(row: Any) -> Record:
    """Returns the record of a row."""
    return Record(
        row.record_id, row.owner, row.conversation_id, row.question, json.loads(row.outcome), row.seconds,
        row.fingerprint, datetime.fromisoformat(row.asked_at), None if row.groups is None else groups_from(row.groups),
    )  # fmt: skip


def groups_from(text: str | None) -> tuple[Groups, ...]:
    """Returns the groups that a text lists, () for None."""
    return tuple(tuple(each) for each in json.loads(text or "[]"))


def policy_question_from(row: Any, opinions: Iterable[Opinion], reader: Reader) -> PolicyQuestion:
    """Returns what the policy team sees of a record."""
    editions = tuple(json.loads(row.editions))
    touched = tuple(json.loads(row.touched))
    is_restricted = reader.is_restricted(groups_from(row.groups), touched)
    return PolicyQuestion(
        row.record_id, row.question, row.ending, row.reason, editions, row.asked_on, tuple(opinions), is_restricted,
        row.seconds, touched,
    )  # fmt: skip


def key_from(row: Any) -> ApiKey:
    """Returns the key of a row."""
    return ApiKey(
        row.key_id, row.name, _roles_from(row.roles), tuple(json.loads(row.groups)), datetime.fromisoformat(row.created),
        time_or_none(row.expires), time_or_none(row.revoked), time_or_none(row.last_used),
    )  # fmt: skip


def key_to(key: ApiKey) -> Row:
    """Returns a key as a row, without its hash."""
    times = {name: getattr(key, name) for name in ("created", "expires", "revoked", "last_used")}
    return {
        "key_id": key.key_id,
        "name": key.name,
        "roles": json.dumps(sorted(key.roles)),
        "groups": json.dumps(key.groups),
        **{name: None if at is None else time_to(at) for name, at in times.items()},
    }


def session_to(session: Session) -> Row:
    """Returns a session as a row, without its hash."""
    asker = session.asker
    fields = {
        "name": asker.name,
        "roles": sorted(asker.roles),
        "groups": asker.groups,
        "via": asker.via,
        "session": asker.session,
    }
    return {
        "user_id": asker.user_id,
        "asker": json.dumps(fields),
        "csrf": session.csrf,
        "created": time_to(session.created),
        "expires": time_to(session.expires),
    }


def session_from(row: Any) -> Session:
    """Returns the session of a row."""
    fields = json.loads(row.asker)
    roles = frozenset(Role(each) for each in fields["roles"])
    asker = Asker(row.user_id, fields["name"], roles, tuple(fields["groups"]), fields["via"], fields.get("session", ""))
    return Session(asker, row.csrf, datetime.fromisoformat(row.created), datetime.fromisoformat(row.expires))


def audit_to(line: AuditLine) -> Row:
    """Returns a line of the audit log as a row."""
    return {
        "at": time_to(line.at),
        "user_id": line.user_id,
        "action": line.action,
        "what": line.what,
        "editions": json.dumps(line.editions),
    }


def audit_from(row: Any) -> AuditLine:
    """Returns the line of a row."""
    editions = tuple(json.loads(row.editions))
    return AuditLine(datetime.fromisoformat(row.at), row.user_id, row.action, row.what, editions)


def _roles_from(text: str) -> frozenset[Role]:
    return frozenset(Role(each) for each in json.loads(text))


def _reason(outcome: Row) -> str | None:
    reason: str | None = outcome.get("reason") or (outcome.get("then") or {}).get("reason")
    return reason


def _editions(outcome: Row) -> list[str]:
    cited = [*outcome.get("citations", ()), *(outcome.get("then") or {}).get("citations", ())]
    return list(dict.fromkeys(each["edition_id"] for each in cited))


def _touched(outcome: Row) -> list[str]:
    """Returns the editions that an outcome cites or lists as nearest, sorted."""
    outcomes = (outcome, outcome.get("then") or {})
    return sorted({e["edition_id"] for of in outcomes for part in ("citations", "nearest") for e in of.get(part, ())})
