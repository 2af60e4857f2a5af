"""The editions that an asker may see; for them, restricted editions do not exist."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from api.http.problems import Problem
from api.state import State
from assistant.editions.access import open_to
from assistant.editions.areas import layer_of
from assistant.editions.status import EditionWithStatus, editions_with_status
from assistant.errors import AssistantError
from assistant.model import Edition, Layer, Page
from assistant.model.people import Asker
from assistant.ports import Snapshot


def visible_editions(snapshot: Snapshot, asker: Asker, at: date) -> tuple[EditionWithStatus, ...]:
    """Returns the indexed and known editions that an asker may see with their status on a day, by authority, title."""
    return editions_with_status(open_to(snapshot.editions(), asker.groups), open_to(snapshot.known(), asker.groups), at)


def editions_by_id(state: State, asker: Asker) -> dict[str, Edition]:
    """Returns the indexed editions that an asker may see as they are now, by edition id; {} where there is no library."""
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            return {edition.edition_id: edition for edition in snapshot.editions()}
    except AssistantError:
        return {}


def is_of_layer(with_status: EditionWithStatus, layers: Collection[Layer] | None) -> bool:
    """Returns whether an edition is of one of these layers; every one is where none is named."""
    return not layers or layer_of(with_status.edition) in layers


def indexed_edition(snapshot: Snapshot, asker: Asker, edition_id: str) -> Edition:
    """Returns an indexed edition. Raises ``Problem`` (404) if there is none that the asker may see."""
    for edition in open_to(snapshot.editions(), asker.groups):
        if edition.edition_id == edition_id:
            return edition
    raise Problem(404, "not_found", "There is no such edition. GET /v1/documents lists the documents.")


def page_numbers(pages: Sequence[Page]) -> dict[int, str]:
    """Returns the printed label of each page by its number, in order."""
    return dict(sorted({page.number: page.label for page in pages}.items()))


def page_label(pages: Sequence[Page], number: int) -> str:
    """Returns the printed label of a page. Raises ``Problem`` (404) if there is no such page with text."""
    label = page_numbers(pages).get(number)
    if label is None:
        raise Problem(404, "not_found", "This edition has no such page with text.")
    return label
