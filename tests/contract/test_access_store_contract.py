"""What every keeper of keys, sessions and the audit log promises, shown on the fake and on SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.adapters.records_sql import RecordsDatabase, SqlAccess
from assistant.model.people import ApiKey, Asker, AuditLine, Role, Session
from assistant.ports import AccessStore
from tests.fakes_records import FakeAccess

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEY = ApiKey("k1", "Front end", frozenset({Role.PRACTITIONER, Role.POLICY}), ("police", "health"), NOON)
ANN = Asker("ann", "Ann Example", frozenset({Role.TRAINER}), ("health",), "session")


def session(asker: Asker = ANN, minutes: int = 10) -> Session:
    return Session(asker, "csrf", NOON, NOON + minutes * MINUTE)


class AccessStoreContract:
    """One behaviour class; a subclass gives ``store``."""

    def test_a_key_is_found_by_the_hash_of_its_secret_alone(self, store: AccessStore) -> None:
        expiring = replace(KEY, key_id="k2", expires=NOON + MINUTE, created=NOON + MINUTE, groups=())
        store.add_key(expiring, "hash2")
        store.add_key(KEY, "hash1")
        assert store.key_of("hash1") == KEY
        assert store.key_of("k1") is None
        assert store.keys() == (KEY, expiring)

    def test_a_revoked_key_is_still_known_and_revoked_once(self, store: AccessStore) -> None:
        store.add_key(KEY, "hash1")
        assert store.revoke_key("k1", NOON + MINUTE)
        assert not store.revoke_key("k1", NOON + 2 * MINUTE)
        assert not store.revoke_key("unknown", NOON)
        assert store.key_of("hash1") == replace(KEY, revoked=NOON + MINUTE)

    def test_the_last_use_of_a_key_is_kept_to_the_minute(self, store: AccessStore) -> None:
        store.add_key(KEY, "hash1")
        for seconds, kept in ((0, 0), (59, 0), (60, 60), (70, 60)):
            store.used_key("k1", NOON + timedelta(seconds=seconds))
            assert store.keys()[0].last_used == NOON + timedelta(seconds=kept)
        store.used_key("unknown", NOON)

    def test_a_session_is_known_until_it_is_ended(self, store: AccessStore) -> None:
        store.add_session("token", session())
        assert store.session_of("token") == session()
        assert store.session_of("other") is None
        assert store.end_session("token")
        assert store.session_of("token") is None
        assert not store.end_session("token")

    def test_all_sessions_of_one_person_end_together(self, store: AccessStore) -> None:
        bob = replace(ANN, user_id="bob")
        for token, asker in (("a", ANN), ("b", ANN), ("c", bob)):
            store.add_session(token, session(asker))
        assert store.end_sessions("ann") == 2
        assert [store.session_of(each) for each in "abc"] == [None, None, session(bob)]

    def test_the_audit_log_is_read_newest_first(self, store: AccessStore) -> None:
        lines = [AuditLine(NOON + place * MINUTE, f"u{place % 2}", "ask", "answered", ("e1",)) for place in range(4)]
        for line in lines:
            store.audit(line)
        same_time = AuditLine(lines[3].at, "u1", "feedback")
        store.audit(same_time)
        assert store.audit_lines() == (same_time, *reversed(lines))
        assert store.audit_lines(limit=2) == (same_time, lines[3])
        assert store.audit_lines(since=lines[3].at) == (same_time, lines[3])
        assert store.audit_lines(user_id="u0") == (lines[2], lines[0])
        assert store.audit_lines(user_id="nobody") == ()

    def test_what_one_person_did_lately_is_counted(self, store: AccessStore) -> None:
        for minutes, user, action in (
            (0, "ann", "ask"),
            (1, "ann", "ask"),
            (2, "ann", "ask"),
            (2, "bob", "ask"),
            (2, "ann", "export"),
        ):
            store.audit(AuditLine(NOON + minutes * MINUTE, user, action))
        assert store.recent("ann", "ask", NOON + MINUTE, NOON + 9 * MINUTE) == (2, NOON + MINUTE)
        assert store.recent("ann", "ask", NOON, NOON + MINUTE) == (2, NOON)
        assert store.recent("ann", "ask", NOON + 3 * MINUTE, NOON + 9 * MINUTE) == (0, None)

    def test_a_purge_removes_old_lines_and_expired_sessions(self, store: AccessStore) -> None:
        store.add_key(replace(KEY, expires=NOON), "hash1")
        for at in (NOON - MINUTE, NOON):
            store.audit(AuditLine(at, "ann", "ask"))
        store.add_session("ended", session(minutes=10))
        store.add_session("open", session(minutes=11))
        assert store.purge_access(before=NOON, now=NOON + 10 * MINUTE) == 2
        assert [each.at for each in store.audit_lines()] == [NOON]
        assert store.session_of("ended") is None
        assert store.session_of("open") is not None
        assert len(store.keys()) == 1


class TestFakeAccess(AccessStoreContract):
    @pytest.fixture
    def store(self) -> AccessStore:
        return FakeAccess()


class TestSqlAccess(AccessStoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[AccessStore]:
        database = RecordsDatabase(tmp_path / "data")
        yield SqlAccess(database)
        database.close()
