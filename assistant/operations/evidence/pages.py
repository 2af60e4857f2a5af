"""The pages that quoted words stand on: their text and their picture, with the words marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.editions.locations import pages_of
from assistant.editions.marked_text import Stretch, stretches_of
from assistant.errors import DocumentError
from assistant.model import Edition, EditionId, Page, Span
from assistant.model.formats import PDF, format_of
from assistant.operations.evidence.quoted import QuotedPlace
from assistant.ports import Files, PageImages, Snapshot
from assistant.text.page_quotes import slices

MOST_PAGES = 40
"""Pages of one evidence file; what stands on further ones is quoted without its page."""

NEAR = 600
"""Characters on each side of marked words that the page for people shows of a text."""


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """One page of an edition with the quoted words marked."""

    edition: Edition
    number: int
    label: str
    marks: tuple[Span, ...]
    stretches: tuple[Stretch, ...]
    picture: bytes | None = None
    """PNG; None where the document has no pictures of pages, or its file is not stored."""
    is_marked: bool = False
    """Whether the words are marked on the picture; their place is not always certain."""


def around_marks(page: EvidencePage) -> tuple[Stretch, ...]:
    """Returns the text of a page as far as it stands near the marked words; what is left out is an ellipsis."""
    last = len(page.stretches) - 1
    return tuple(
        each if each.is_marked else Stretch(_near(each.text, place > 0, place < last), False)
        for place, each in enumerate(page.stretches)
    )


def _near(text: str, has_before: bool, has_after: bool) -> str:
    """Returns the ends of a text that touch a mark, cut at spaces."""
    kept = (NEAR if has_before else 0) + (NEAR if has_after else 0)
    if len(text) <= kept + NEAR:
        return text
    start = f"{text[:NEAR].rpartition(' ')[0]} …" if has_before else "…"
    end = f"… {text[-NEAR:].partition(' ')[2]}" if has_after else "…"
    return f"{start}\n{end}" if has_before and has_after else start if has_before else end


@dataclass(frozen=True, slots=True)
class PageMaker:
    """Makes the pages of one state of the library."""

    snapshot: Snapshot
    files: Files
    images: PageImages
    width_px: int
    editions: dict[EditionId, Edition] = field(init=False)

    def __post_init__(self) -> None:
        """Looks up the editions by their ids once."""
        object.__setattr__(self, "editions", {each.edition_id: each for each in self.snapshot.editions()})

    def pages(self, places: Iterable[QuotedPlace]) -> tuple[tuple[EvidencePage, ...], tuple[QuotedPlace, ...]]:
        """Returns the pages of quoted words in the order shown, and the places whose words this state does not hold."""
        marks: dict[tuple[EditionId, int], list[Span]] = {}
        missing: list[QuotedPlace] = []
        for place in places:
            if not self._holds(place):
                missing.append(place)
                continue
            pages = self.snapshot.pages(place.edition_id)
            for span, _ in place.parts:
                for page in pages_of(span, pages):
                    marks.setdefault((place.edition_id, page.number), []).append(span)
        shown = list(marks.items())[:MOST_PAGES]
        return tuple(self._page(self.editions[name], number, spans) for (name, number), spans in shown), tuple(missing)

    def _holds(self, place: QuotedPlace) -> bool:
        if place.edition_id not in self.editions:
            return False
        text = self.snapshot.text(place.edition_id)
        return all(_same(text[span.start : span.end], words) for span, words in place.parts)

    def _page(self, edition: Edition, number: int, spans: Sequence[Span]) -> EvidencePage:
        text, pages = self.snapshot.text(edition.edition_id), self.snapshot.pages(edition.edition_id)
        marks = tuple(sorted({mark for each in spans for mark in slices(each, pages, number)}))
        stretches = stretches_of(text, pages, number, marks)
        picture, is_marked = self._picture(edition, number, [text[m.start : m.end] for m in marks])
        return EvidencePage(edition, number, _label(pages, number), marks, stretches, picture, is_marked)

    def _picture(self, edition: Edition, number: int, words: Sequence[str]) -> tuple[bytes | None, bool]:
        path = self._file(edition)
        if path is None:
            return None, False
        try:
            areas = self.images.rectangles(path, number, words)
            return self.images.marked_png(path, number, self.width_px, areas), bool(areas)
        except DocumentError:
            return None, False

    def _file(self, edition: Edition) -> Path | None:
        source = next(each for each in self.snapshot.sources() if each.edition_id == edition.edition_id)
        name = f"{edition.edition_id}{source.path.suffix.lower()}"
        is_pdf = format_of(name) is PDF and edition.sha256 is not None
        return self.files.path_of(str(edition.sha256), name) if is_pdf else None


def _same(text: str, words: str) -> bool:
    return " ".join(text.split()) == " ".join(words.split())


def _label(pages: Sequence[Page], number: int) -> str:
    return next(each.label for each in pages if each.number == number)
