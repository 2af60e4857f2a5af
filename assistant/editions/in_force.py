"""Which editions may answer at a date, from dates, ``supersedes`` and form alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.model import Edition, EditionId, Form


def is_in_force(edition: Edition, at: date) -> bool:
    """Returns whether an edition has come into force by a date; one without a date always has."""
    start = edition.in_force_from or edition.published
    return start is None or start <= at


def successors(edition: Edition, editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Returns every edition that replaces this one, directly or through others, nearest first.

    Ties in distance are broken by edition id; a cycle is walked once.
    """
    following: dict[EditionId, list[Edition]] = {}
    for other in editions:
        if other.supersedes is not None:
            following.setdefault(other.supersedes, []).append(other)
    later: list[Edition] = []
    queue = [edition.edition_id]
    seen = {edition.edition_id}
    while queue:
        for other in sorted(following.get(queue.pop(0), []), key=lambda each: each.edition_id):
            if other.edition_id not in seen:
                seen.add(other.edition_id)
                later.append(other)
                queue.append(other.edition_id)
    return tuple(later)


def replaced_by(edition: Edition, known: Iterable[Edition], at: date) -> Edition | None:
    """Returns the latest edition in force at the date that replaces this one, None where there is none."""
    following = [each for each in successors(edition, known) if is_in_force(each, at)]
    return following[-1] if following else None


def excluded_at(indexed: Sequence[Edition], known: Sequence[Edition], at: date) -> tuple[EditionId, ...]:
    """Returns the indexed editions that must not answer at a date, sorted.

    An edition is left out of answers when an *indexed* successor is in force at the date; when it is a summary or a
    draft and the official edition of its work is indexed and in force; or when it is not in force yet while an
    earlier edition of its work is indexed and is.
    """
    works: dict[str, list[Edition]] = {}
    for edition in indexed:
        works.setdefault(edition.work, []).append(edition)
    everything = (*indexed, *known)
    present = {each.edition_id for each in indexed}
    chained = {each.supersedes for each in everything if each.supersedes is not None}
    excluded = {
        edition.edition_id
        for edition in indexed
        if _gives_way(edition, works[edition.work], at)
        or (edition.edition_id in chained and _is_followed(edition, everything, present, at))
    }
    return tuple(sorted(excluded))


def _is_followed(edition: Edition, everything: Sequence[Edition], present: set[EditionId], at: date) -> bool:
    following = successors(edition, everything)
    return any(each.edition_id in present and is_in_force(each, at) for each in following)


def _gives_way(edition: Edition, work: Sequence[Edition], at: date) -> bool:
    others = [each for each in work if each.edition_id != edition.edition_id and is_in_force(each, at)]
    if not others:
        return False
    if edition.form is not Form.OFFICIAL and any(each.form is Form.OFFICIAL for each in others):
        return True
    return not is_in_force(edition, at) and any(each.form is Form.OFFICIAL for each in others)
