"""The status of an edition among the others at a day: in force, superseded, a draft, a summary, past its review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.editions.in_force import excluded_at, is_in_force, replaced_by
from assistant.model import Edition, EditionId, Form


class EditionStatus(StrEnum):
    """The status of an edition, the weightiest first."""

    SUPERSEDED = "superseded"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    DRAFT = "draft"
    SUMMARY = "summary"
    PAST_REVIEW = "past_review"
    IN_FORCE = "in_force"


@dataclass(frozen=True, slots=True)
class EditionWithStatus:
    """An edition with its status at a day."""

    edition: Edition
    status: EditionStatus
    is_indexed: bool
    """False for one that a catalogue names and nobody has ingested."""
    is_answering: bool
    """Whether answers may quote it that day."""
    is_past_review: bool
    replaced_by: Edition | None
    """The latest edition in force that replaces it, indexed or not."""


def editions_with_status(
    indexed: Sequence[Edition], known: Sequence[Edition], at: date
) -> tuple[EditionWithStatus, ...]:
    """Returns editions with their status at a day, by kind from the highest authority, then title and edition id.

    Args:
        indexed: Editions of the library that the reader may see.
        known: Editions that are named and not indexed, of those that the reader may see.
        at: The day.
    """
    rows = statuses_of((*indexed, *known), indexed, known, at)
    return tuple(sorted(rows, key=lambda row: (row.edition.kind.authority, row.edition.title, row.edition.edition_id)))


def statuses_of(
    chosen: Sequence[Edition], indexed: Sequence[Edition], known: Sequence[Edition], at: date
) -> tuple[EditionWithStatus, ...]:
    """Returns some of these editions with their status at a day, in their order; arguments as for ``editions_with_status``."""
    everything, hidden = (*indexed, *known), set(excluded_at(indexed, known, at))
    indexed_ids = {each.edition_id for each in indexed}
    return tuple(_with_status(each, everything, indexed_ids, hidden, at) for each in chosen)


def _with_status(
    edition: Edition, everything: Sequence[Edition], indexed_ids: set[EditionId], hidden: set[EditionId], at: date
) -> EditionWithStatus:
    successor = replaced_by(edition, everything, at)
    is_indexed = edition.edition_id in indexed_ids
    is_past = edition.review_by is not None and edition.review_by < at
    return EditionWithStatus(
        edition,
        _status(edition, successor, at, is_past=is_past),
        is_indexed,
        is_indexed and edition.edition_id not in hidden,
        is_past,
        successor,
    )


def _status(edition: Edition, successor: Edition | None, at: date, *, is_past: bool) -> EditionStatus:
    if successor is not None:
        return EditionStatus.SUPERSEDED
    if not is_in_force(edition, at):
        return EditionStatus.NOT_YET_IN_FORCE
    if edition.form is not Form.OFFICIAL:
        return EditionStatus.DRAFT if edition.form is Form.DRAFT else EditionStatus.SUMMARY
    return EditionStatus.PAST_REVIEW if is_past else EditionStatus.IN_FORCE
