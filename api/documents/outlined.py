"""Pages of a document with what no answer quotes outlined on their images, for its page and for a preview."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.documents.page_view import picture_file
from api.documents.visible_editions import page_numbers
from api.state import State
from assistant.editions.reading import regions_of_edition
from assistant.errors import DocumentError
from assistant.model import Edition
from assistant.model.reading import PICTURE, LeftOutRegion
from assistant.ports import PageImages, Rectangle, Snapshot

WHOLE = Rectangle(0.01, 0.01, 0.98, 0.98)
"""The area of a page that is a picture."""
PAGES_SHOWN = 6
"""Most pages that are shown at once."""


@dataclass(frozen=True, slots=True)
class OutlinedRegion:
    """Something that is left out, and where it is on the page image."""

    reason: str
    text: str
    rectangles: tuple[Rectangle, ...]
    """() where there is no image or the place is not certain."""


@dataclass(frozen=True, slots=True)
class OutlinedPage:
    """A page with what is left out of it."""

    number: int
    label: str
    regions: tuple[OutlinedRegion, ...]


@dataclass(frozen=True, slots=True)
class OutlinedPages:
    """Some of the pages with something left out."""

    pages: tuple[OutlinedPage, ...] = ()
    total: int = 0
    """How many pages there are with something left out."""
    before: int | None = None
    """Page from which on to show those before; None where there are none."""
    after: int | None = None
    has_pictures: bool = False


def outlined_pages(
    images: PageImages, file: Path | None, regions: Sequence[LeftOutRegion], labels: Mapping[int, str], first: int
) -> OutlinedPages:
    """Returns the first pages, from a page on, that have something left out.

    Args:
        images: Where words are looked for.
        file: The PDF, None for a document without page images.
        regions: What is left out of the document, by page.
        labels: Printed label by page; the index stands for one that is missing.
        first: Index of the page from which on to show.
    """
    numbers = sorted({each.page for each in regions})
    start = next((place for place, number in enumerate(numbers) if number >= first), max(0, len(numbers) - PAGES_SHOWN))
    shown = numbers[start : start + PAGES_SHOWN]
    return OutlinedPages(
        tuple(_outlined(images, file, regions, number, labels.get(number, str(number))) for number in shown),
        len(numbers),
        numbers[max(0, start - PAGES_SHOWN)] if start else None,
        numbers[start + PAGES_SHOWN] if start + PAGES_SHOWN < len(numbers) else None,
        file is not None,
    )


def outlined_pages_of(state: State, snapshot: Snapshot, edition: Edition, first: int) -> OutlinedPages:
    """Returns what ``outlined_pages`` does for an edition of the library."""
    name = edition.edition_id
    labels, regions = page_numbers(snapshot.pages(name)), regions_of_edition(name, snapshot)
    return outlined_pages(state.assistant.page_images, picture_file(state, snapshot, edition), regions, labels, first)


def outlined_page_of(state: State, snapshot: Snapshot, edition: Edition, number: int) -> OutlinedPage:
    """Returns a page of an edition of the library with what is left out of it, be it nothing."""
    label = page_numbers(snapshot.pages(edition.edition_id)).get(number, str(number))
    regions, file = regions_of_edition(edition.edition_id, snapshot), picture_file(state, snapshot, edition)
    return _outlined(state.assistant.page_images, file, regions, number, label)


def _outlined(
    images: PageImages, file: Path | None, regions: Sequence[LeftOutRegion], number: int, label: str
) -> OutlinedPage:
    mine = [each for each in regions if each.page == number]
    areas = _areas(images, file, number, [each.text for each in mine])
    whole = (WHOLE,) if file is not None else ()
    outlined = (
        OutlinedRegion(each.reason, each.text, whole if each.reason == PICTURE else found)
        for each, found in zip(mine, areas, strict=True)
    )
    return OutlinedPage(number, label, tuple(outlined))


def _areas(
    images: PageImages, file: Path | None, number: int, texts: Sequence[str]
) -> tuple[tuple[Rectangle, ...], ...]:
    nowhere: tuple[tuple[Rectangle, ...], ...] = ((),) * len(texts)
    if file is None or not any(texts):
        return nowhere
    try:
        return images.outlines(file, number, texts)
    except DocumentError:
        return nowhere
