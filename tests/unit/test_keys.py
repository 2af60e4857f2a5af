import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.model.people import Asker, Role, Session
from assistant.operations.api_keys import create_key, key_for, revoke_key, state_of
from tests.fakes_records import FakeAccess

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ROLES = frozenset({Role.PRACTITIONER})


def test_the_secret_opens_and_is_not_kept():
    store = FakeAccess()
    key, secret = create_key(store, "Front end", ROLES, NOON, groups=("police",))
    assert key_for(store, secret, NOON).key_id == key.key_id
    assert secret not in repr(vars(store))
    assert [line.action for line in store.lines] == ["key_created"]


def test_no_two_secrets_are_alike():
    store = FakeAccess()
    assert len({create_key(store, "x", ROLES, NOON)[1] for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "change", [lambda s: s[:-1], lambda s: s + "A", lambda s: s.lower(), lambda s: f" {s}", lambda s: ""]
)
def test_another_secret_opens_nothing(change):
    store = FakeAccess()
    _, secret = create_key(store, "x", ROLES, NOON)
    assert key_for(store, change(secret), NOON) is None


def test_a_key_ends_at_its_time():
    store = FakeAccess()
    _, secret = create_key(store, "x", ROLES, NOON, expires=NOON + HOUR)
    assert key_for(store, secret, NOON + HOUR - timedelta(seconds=1)) is not None
    assert key_for(store, secret, NOON + HOUR) is None


def test_a_revoked_key_opens_nothing_and_its_sessions_end():
    store = FakeAccess()
    key, secret = create_key(store, "x", ROLES, NOON)
    asker = Asker(key.key_id, "x", ROLES, (), "session")
    store.add_session("token", Session(asker, "csrf", NOON, NOON + HOUR))
    assert revoke_key(store, key.key_id, NOON) == 1
    assert key_for(store, secret, NOON) is None
    assert store.session_of("token") is None
    assert state_of(store.keys()[0], NOON) == "revoked"
    with pytest.raises(UsageError, match="no such key"):
        revoke_key(store, key.key_id, NOON)


@pytest.mark.parametrize(
    ("name", "roles", "expires"),
    [("", ROLES, None), ("a\nb", ROLES, None), ("a" * 81, ROLES, None), ("a", frozenset(), None), ("a", ROLES, NOON)],
)
def test_a_key_without_sense_is_not_made(name, roles, expires):
    store = FakeAccess()
    with pytest.raises(UsageError):
        create_key(store, name, roles, NOON, expires=expires)
    assert not store.keys()


def test_a_key_without_a_role_says_which_there_are():
    with pytest.raises(UsageError, match="--role practitioner, policy, trainer or admin"):
        create_key(FakeAccess(), "x", frozenset(), NOON)


def test_the_manual_says_of_each_role_what_the_role_itself_says():
    manual = (Path(__file__).parents[2] / "docs" / "server.md").read_text(encoding="utf-8")
    plain = re.sub(r" \(\[[^]]*\]\([^)]*\)\)", "", manual)
    table = plain[plain.index("| role | may |") :].split("\n\n")[0]
    rows = dict(re.findall(r"^\| (\w+) \| (.*) \|$", table, re.MULTILINE)[1:])
    assert rows == {role.value: role.description for role in Role}
