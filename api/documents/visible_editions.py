"""What an asker may see of the library: restricted editions are as if they were not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from api.http.problems import Problem
from assistant.editions.access import open_to
from assistant.editions.status import EditionWithStatus, editions_with_status
from assistant.model import Edition, Page
from assistant.model.people import Asker
from assistant.ports import Snapshot


def shelf(snapshot: Snapshot, asker: Asker, at: date) -> tuple[EditionWithStatus, ...]:
    """Returns how the editions that an asker may see stand at a day, indexed and known ones, by authority and title."""
    return editions_with_status(open_to(snapshot.editions(), asker.groups), open_to(snapshot.known(), asker.groups), at)


def indexed_edition(snapshot: Snapshot, asker: Asker, edition_id: str) -> Edition:
    """Returns an indexed edition. Raises ``Problem`` (404) where there is none that the asker may see."""
    for each in open_to(snapshot.editions(), asker.groups):
        if each.edition_id == edition_id:
            return each
    raise Problem(404, "not_found", "There is no such edition here. GET /v1/documents lists what is there.")


def page_numbers(pages: Sequence[Page]) -> dict[int, str]:
    """Returns page number to printed label, by number."""
    return dict(sorted({each.number: each.label for each in pages}.items()))


def page_label(pages: Sequence[Page], number: int) -> str:
    """Returns the printed label of a page. Raises ``Problem`` (404) where no text stands on such a page."""
    label = page_numbers(pages).get(number)
    if label is None:
        raise Problem(404, "not_found", "This edition has no text on such a page.")
    return label
