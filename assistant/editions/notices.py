"""Notices on the editions that an outcome cites."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.editions.in_force import is_in_force, replaced_by
from assistant.editions.locations import pages_of
from assistant.messages import notice
from assistant.model import Edition, EditionId, Form, Hit, Notice
from assistant.ports import Snapshot


def edition_notices(editions: Sequence[Edition], everything: Sequence[Edition], at: date) -> tuple[Notice, ...]:
    """Returns the notices for the cited editions, in their order, each once.

    Args:
        editions: The editions that are cited.
        everything: Every edition indexed or named by the catalogue.
        at: The date asked about.
    """
    unique = tuple({each.edition_id: each for each in editions}.values())
    return tuple(each for edition in unique for each in _of(edition, everything, at))


def _of(edition: Edition, everything: Sequence[Edition], at: date) -> tuple[Notice, ...]:
    notices = []
    successor = replaced_by(edition, everything, at)
    if successor is not None:
        notices.append(
            notice(
                "replaced", edition.edition_id, title=edition.title, successor=successor.title, on=first_day(successor)
            )
        )
    if edition.form is Form.SUMMARY:
        notices.append(notice("summary", edition.edition_id, title=edition.title))
    if edition.form is Form.DRAFT:
        notices.append(notice("draft", edition.edition_id, title=edition.title))
    if edition.review_by is not None and edition.review_by < at:
        notices.append(notice("past_review", edition.edition_id, title=edition.title, on=day(edition.review_by)))
    if not is_in_force(edition, at):
        notices.append(notice("not_yet_in_force", edition.edition_id, title=edition.title, on=first_day(edition)))
    return tuple(notices)


def first_day(edition: Edition) -> str:
    """Returns the day from which an edition holds, as British readers write it."""
    start = edition.in_force_from or edition.published
    return day(start) if start else "an unknown date"


def day(value: date) -> str:
    """Returns a date as British readers write it: 1 September 2025."""
    return f"{value.day} {value:%B %Y}"


def figure_notices(hits: Sequence[Hit], snapshot: Snapshot, among: int = 3) -> tuple[Notice, ...]:
    """Returns a notice for each figure, flow chart or uncertain table among the best hits: open the page itself."""
    used = [hit for hit in hits if hit.rejected is None][:among]
    titles = _titles(snapshot)
    notices: dict[tuple[EditionId, str], Notice] = {}
    for hit in used:
        if hit.passage.is_quotable:
            continue
        edition_id = hit.passage.edition_id
        (label, *_) = (page.label for page in pages_of(hit.passage.span, snapshot.pages(edition_id)))
        notices.setdefault((edition_id, label), notice("figure", edition_id, title=titles[edition_id], page=label))
    return tuple(notices.values())


def source_notice(sources: Sequence[EditionId], snapshot: Snapshot) -> tuple[Notice, ...]:
    """Returns the notice that only the editions named in the question were searched, () where it names none."""
    if not sources:
        return ()
    titles = _titles(snapshot)
    return (notice("only_named", titles="; ".join(titles[each] for each in sources)),)


def _titles(snapshot: Snapshot) -> dict[EditionId, str]:
    return {each.edition_id: each.title for each in snapshot.editions()}
