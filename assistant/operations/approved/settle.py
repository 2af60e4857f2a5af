"""Compares approved answers with a generation of the library: what does not hold any more is withdrawn.

Run in every publication, and again at the first look of a day, because an edition can be replaced by date alone. Words that
stand at another place of their edition are the same words: only their place is stored anew.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.answering.approved.units import found_again
from assistant.editions.in_force import excluded_at
from assistant.model import Edition, EditionId
from assistant.model.approved import ApprovedEvent, ApprovedState, ApprovedVersion, QuotedUnit, UnitFault
from assistant.ports import ApprovedStore, Snapshot

log = logging.getLogger(__name__)
TRIES = 5
FAULTS: Mapping[UnitFault, str] = {
    UnitFault.CHANGED: "words that it quotes changed in “{title}”",
    UnitFault.SUPERSEDED: "“{title}” was replaced or is not in force",
    UnitFault.RESTRICTED: "“{title}” is not open any more to everybody to whom it was",
    UnitFault.GONE: "“{title}” is not in the library any more",
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What a comparison changed."""

    withdrawn: tuple[str, ...] = ()
    """Ids of answers."""
    re_anchored: tuple[str, ...] = ()


def settle(store: ApprovedStore, snapshot: Snapshot, at: date, now: datetime) -> Settled:
    """Returns what changed when the live answers were compared with a generation; nothing where they were before.

    Args:
        store: The approved answers.
        snapshot: The whole generation.
        at: The day.
        now: The time that is stored.
    """
    key = f"{snapshot.generation.number}|{at.isoformat()}"
    for _ in range(TRIES):
        if store.settled() == key:
            return Settled()
        stamp = store.stamp()
        live = [each for each in store.versions() if each.state is ApprovedState.LIVE]
        changed = [each for each in (_compared(version, snapshot, at) for version in live) if each is not None]
        events = [_event(each, now) for each in changed]
        if not changed or store.save(changed, events, stamp):
            store.set_settled(key)
            return _told(changed)
    log.warning("approved answers changed while they were compared with the library; the next look compares them")
    return Settled()


def _told(changed: Sequence[ApprovedVersion]) -> Settled:
    withdrawn = tuple(each.answer_id for each in changed if each.is_expired)
    moved = tuple(each.answer_id for each in changed if not each.is_expired)
    if withdrawn:
        log.info("approved answers withdrawn: %d", len(withdrawn))
    return Settled(withdrawn, moved)


def _event(version: ApprovedVersion, now: datetime) -> ApprovedEvent:
    act = "expire" if version.is_expired else "re_anchor"
    return ApprovedEvent(version.answer_id, version.version, act, "", now, version.reason)  # type: ignore[arg-type]


def _compared(version: ApprovedVersion, snapshot: Snapshot, at: date) -> ApprovedVersion | None:
    """Returns a version as it is after the comparison, None where nothing changes."""
    found = units_today(version, snapshot, at)
    reasons = [
        FAULTS[each].format(title=unit.title)
        for unit, each in zip(version.content.units, found, strict=True)
        if isinstance(each, UnitFault)
    ]
    if reasons:
        reason = f"Withdrawn: {'; '.join(dict.fromkeys(reasons))}."
        return replace(version, state=ApprovedState.WITHDRAWN, is_expired=True, reason=reason)
    units = tuple(each for each in found if isinstance(each, QuotedUnit))
    is_moved = any(
        (a.parts, a.passage_id) != (b.parts, b.passage_id) for a, b in zip(units, version.content.units, strict=True)
    )
    return replace(version, content=replace(version.content, units=units)) if is_moved else None


def units_today(version: ApprovedVersion, snapshot: Snapshot, at: date) -> tuple[QuotedUnit | UnitFault, ...]:
    """Returns for each unit of a version where its words stand, or why it does not hold."""
    editions = {each.edition_id: each for each in snapshot.editions()}
    excluded = excluded_at(snapshot.editions(), snapshot.known(), at)
    return tuple(_unit_today(each, version, snapshot, editions, excluded) for each in version.content.units)


def _unit_today(
    unit: QuotedUnit,
    version: ApprovedVersion,
    snapshot: Snapshot,
    editions: Mapping[EditionId, Edition],
    excluded: Collection[EditionId],
) -> QuotedUnit | UnitFault:
    edition = editions.get(unit.edition_id)
    if edition is not None and edition.groups and tuple(sorted(edition.groups)) not in version.groups:
        return UnitFault.RESTRICTED
    return found_again(unit, snapshot, excluded)
