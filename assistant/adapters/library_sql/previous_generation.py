"""The generations before the current one: their rows stay, so that one publication can be rolled back.

Somebody who does not see everything undoes the last publication that they see; what they do not see stays as it is. So
besides the last generation, the last one that differed is remembered for each set of groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from assistant.adapters.library_sql import codec
from assistant.adapters.library_sql.earlier import ended_by, note_publication
from assistant.adapters.library_sql.publish import (
    BEFORE,
    NOW,
    current_number,
    kind_of,
    known_of,
    members_of,
    start_generation,
)
from assistant.adapters.library_sql.tables import CONTENT, CURRENT, MEMBER
from assistant.model import Edition, EditionId
from assistant.ports.library import LastChange

Audience = tuple[str, ...]
"""The groups of a restricted edition, sorted; () for everybody."""


@dataclass(frozen=True, slots=True)
class Members:
    """What a generation holds."""

    contents: Mapping[EditionId, int]
    editions: Mapping[EditionId, Edition]
    known: Mapping[EditionId, Edition]

    def by_audience(self) -> dict[Audience, frozenset[object]]:
        """Returns the indexed contents and the known editions of each audience."""
        parts: defaultdict[Audience, set[object]] = defaultdict(set)
        for name, edition in self.editions.items():
            parts[_audience(edition)].add(self.contents[name])
        for edition in self.known.values():
            parts[_audience(edition)].add(edition)
        return {audience: frozenset(part) for audience, part in parts.items()}


def _audience(edition: Edition) -> Audience:
    return tuple(sorted(set(edition.groups)))


def previous_numbers(connection: Connection) -> tuple[int, ...]:
    """Returns the numbers of the generations that are remembered to roll back to, the latest first."""
    query = select(CURRENT.c.generation).where(CURRENT.c.only >= BEFORE).order_by(CURRENT.c.only)
    return tuple(connection.execute(query).scalars())


def make_current(connection: Connection, number: int) -> None:
    """Makes a generation current, and remembers the previous ones where a rollback to them is possible.

    A generation of another embedder or format is not remembered.
    """
    before, earlier = current_number(connection), previous_numbers(connection)
    kind = kind_of(connection, number)
    candidates = [each for each in (before, *earlier) if each is not None and kind_of(connection, each) == kind]
    connection.execute(delete(CURRENT))
    connection.execute(insert(CURRENT).values(only=NOW, generation=number))
    note_publication(connection, number)
    for place, each in enumerate(_needed(connection, number, candidates), start=BEFORE):
        connection.execute(insert(CURRENT).values(only=place, generation=each))


def _needed(connection: Connection, number: int, candidates: Sequence[int]) -> list[int]:
    """Returns those of the generations, the latest first, that somebody could go back to."""
    now = _members(connection, number).by_audience()
    needed: list[int] = []
    settled: set[Audience] = set()
    for each in candidates:
        then = _members(connection, each).by_audience()
        differing = {audience for audience in {*now, *then} if now.get(audience) != then.get(audience)}
        if differing - settled:
            needed.append(each)
            settled |= differing
    return needed


def files_of(connection: Connection) -> frozenset[str]:
    """Returns the sha256 of the files that contents of the stored generations were read from."""
    members = select(MEMBER.c.content_id)
    rows = connection.execute(select(CONTENT.c.source).where(CONTENT.c.content_id.in_(members)))
    return frozenset(codec.source_from(row.source).sha256 for row in rows)


def forget_previous(connection: Connection) -> None:
    """Removes the references to the previous generations."""
    connection.execute(delete(CURRENT).where(CURRENT.c.only >= BEFORE))


def copy_previous(connection: Connection, groups: Collection[str] | None) -> int | None:
    """Writes the state before the last publication as a new generation that is not current; None where there is none.

    Args:
        connection: Inside a transaction.
        groups: Those of whoever rolls back: only publications that they see are undone, and what they do not see stays
            as it is; None for somebody who sees everything.
    """
    current = current_number(connection)
    if current is None:
        return None
    now = _members(connection, current)
    for each in previous_numbers(connection):
        then = _with_hidden(_members(connection, each), now, groups)
        if (then.contents, then.known) != (now.contents, now.known):
            embedder, recipe = kind_of(connection, each)
            return start_generation(connection, then.contents, then.known.values(), embedder, recipe)
    return None


def last_change(connection: Connection, groups: Collection[str] | None) -> LastChange | None:
    """Returns what ``copy_previous`` would undo, None where there is nothing; the arguments are the same."""
    current = current_number(connection)
    if current is None:
        return None
    now = _members(connection, current)
    for each in previous_numbers(connection):
        then = _with_hidden(_members(connection, each), now, groups)
        if (then.contents, then.known) != (now.contents, now.known):
            number, at = ended_by(connection, each) or (current, None)
            return LastChange(number, at, *_changes(then, now))
    return None


def _changes(then: Members, now: Members) -> tuple[tuple[Edition, ...], ...]:
    """Returns the editions that came, those that changed and those that went."""
    came = (now.editions[name] for name in sorted({*now.contents} - {*then.contents}))
    both = sorted({*now.contents} & {*then.contents})
    changed = (now.editions[name] for name in both if now.contents[name] != then.contents[name])
    went = (then.editions[name] for name in sorted({*then.contents} - {*now.contents}))
    return tuple(came), tuple(changed), tuple(went)


def _with_hidden(then: Members, now: Members, groups: Collection[str] | None) -> Members:
    """Returns an earlier state with what somebody does not see as it is now."""
    if groups is None:
        return then
    stays = {name: each for name, each in now.editions.items() if not each.is_open_to(groups)}
    stays_known = {name: each for name, each in now.known.items() if not each.is_open_to(groups)}
    taken = {*stays, *stays_known}
    back = {name: each for name, each in then.editions.items() if each.is_open_to(groups) and name not in taken}
    known = {name: each for name, each in then.known.items() if each.is_open_to(groups) and name not in taken}
    contents = {**{name: then.contents[name] for name in back}, **{name: now.contents[name] for name in stays}}
    return Members(contents, {**back, **stays}, {**known, **stays_known})


def _members(connection: Connection, number: int) -> Members:
    contents = members_of(connection, number)
    mine = select(MEMBER.c.content_id).where(MEMBER.c.generation == number)
    rows = connection.execute(select(CONTENT.c.edition_id, CONTENT.c.edition).where(CONTENT.c.content_id.in_(mine)))
    editions = {EditionId(row.edition_id): codec.edition_from(row.edition) for row in rows}
    known = {each.edition_id: each for each in known_of(connection, number)}
    return Members(contents, editions, known)
