"""A page of an edition with quotes marked in its text and on its image; API and chat page both use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.documents.visible_editions import indexed_edition, page_label, page_numbers
from api.state import State
from assistant.editions.marked_text import Stretch, stretches_of
from assistant.errors import DocumentError
from assistant.model import Edition, Span
from assistant.model.formats import PDF, format_of
from assistant.model.people import Asker
from assistant.ports import Rectangle, Snapshot
from assistant.text.page_quotes import quote_on_page, slices


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of an edition."""

    edition: Edition
    number: int
    label: str
    previous: int | None
    following: int | None
    page_count: int
    """Pages with text."""
    spans: tuple[Span, ...]
    """Spans of the edition's text that are on the page."""
    stretches: tuple[Stretch, ...]
    """The page's text in order, cut where marks begin and end."""
    is_found: bool
    """Whether everything asked for was found in the page's text; what was not found is not marked."""
    rectangles: tuple[Rectangle, ...]
    """Where the marked words are on the page image; () if there is none or the place is not certain."""
    has_picture: bool


def page_view(
    state: State,
    snapshot: Snapshot,
    asker: Asker,
    edition_id: str,
    number: int,
    *,
    quotes: Sequence[str] = (),
    spans: Sequence[Span] = (),
) -> PageView:
    """Returns a page with quotes and spans of the edition's text marked.

    Raises:
        Problem: There is no such edition or page for the asker (404).
    """
    edition = indexed_edition(snapshot, asker, edition_id)
    text, pages = snapshot.text(edition.edition_id), snapshot.pages(edition.edition_id)
    label = page_label(pages, number)
    quoted = [quote_on_page(each, text, pages, number) for each in quotes]
    marks = [mark for each in (*spans, *quoted) if each for mark in slices(each, pages, number)]
    numbers = list(page_numbers(pages))
    at = numbers.index(number)
    picture = picture_file(state, snapshot, edition)
    own = tuple(Span(each.start, each.end) for each in pages if each.number == number)
    return PageView(
        edition,
        number,
        label,
        numbers[at - 1] if at else None,
        numbers[at + 1] if at + 1 < len(numbers) else None,
        len(numbers),
        own,
        stretches_of(text, pages, number, marks),
        None not in quoted and all(slices(each, pages, number) for each in spans),
        _rectangles(state, picture, number, [text[m.start : m.end] for m in sorted(marks)]),
        picture is not None,
    )


def stored_file(state: State, snapshot: Snapshot, edition: Edition) -> Path | None:
    """Returns the file that an edition was read from, None if it was not stored."""
    name = file_name(snapshot, edition)
    return state.assistant.files.path_of(edition.sha256, name) if edition.sha256 else None


def file_name(snapshot: Snapshot, edition: Edition) -> str:
    """Returns a name for an edition's file: its id with the extension of the file that was read."""
    (source,) = (each for each in snapshot.sources() if each.edition_id == edition.edition_id)
    return f"{edition.edition_id}{source.path.suffix.lower()}"


def picture_file(state: State, snapshot: Snapshot, edition: Edition) -> Path | None:
    """Returns the file that an edition's page images are rendered from, None if there is none."""
    return stored_file(state, snapshot, edition) if format_of(file_name(snapshot, edition)) is PDF else None


def _rectangles(state: State, picture: Path | None, number: int, quotes: Sequence[str]) -> tuple[Rectangle, ...]:
    if picture is None or not quotes:
        return ()
    try:
        return state.assistant.page_images.rectangles(picture, number, quotes)
    except DocumentError:
        return ()
