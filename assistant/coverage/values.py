"""What every part of the coverage report is made of: rows with a state, facts, and quotes that can be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.editions.locations import pages_of
from assistant.model import Edition, EditionId, Span
from assistant.outcomes.citation_text import CitationText
from assistant.ports import Snapshot


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch of a document, with the place to check it at."""

    edition: Edition
    text: str
    label: str | None
    """Paragraph as printed, None where the document has none there."""
    headings: tuple[str, ...]
    pages: tuple[str, ...]
    """Labels of the pages, as printed."""
    page_numbers: tuple[int, ...]
    """Indexes of the same pages in the file; empty where the place is not known."""
    spans: tuple[Span, ...]
    role: str = ""
    """What it is to the row: "duty", "local", "before", "after", "names it"."""
    likeness: float | None = None
    """Cosine to what the row is about, where it was found by likeness."""

    @property
    def page(self) -> int | None:
        """Index in the file of the first page, None where the place is not known."""
        return self.page_numbers[0] if self.page_numbers else None

    @property
    def source(self) -> str:
        """Where it stands in words, as citations say it."""
        pages = zip(self.page_numbers, self.pages, strict=True)
        return CitationText.at(self.edition, self.headings, self.label, pages).source


@dataclass(frozen=True, slots=True)
class Row:
    """One finding of a part; what it says is in its quotes."""

    key: str
    """Names it from run to run."""
    state: str
    title: str
    facts: tuple[tuple[str, str], ...]
    """Name and value, in the order of the part's columns."""
    quotes: tuple[Quoted, ...]
    items: tuple[tuple[str, str], ...] = ()
    """What it is made of, where that is not in the documents: a question, and how it ended."""
    series: tuple[tuple[str, int], ...] = ()
    """Month such as 2026-05 and number, in order, where it is counted over time."""

    def fact(self, name: str) -> str:
        """Returns the value of a fact, "" where the row has none of this name."""
        return dict(self.facts).get(name, "")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the report."""

    name: str
    title: str
    lead: str
    """What it shows and what it does not, in a sentence or two."""
    notes: tuple[str, ...]
    """What limits it today, such as a kind of document that is not indexed."""
    states: tuple[str, ...]
    """Every state that a row may have, the worst first."""
    rows: tuple[Row, ...]
    """The worst first."""
    waiting: int = 0
    """Questions that have not been asked yet because time was up; the next run goes on with them."""

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Returns each state with its number of rows, none left out."""
        found = Counter(row.state for row in self.rows)
        return tuple((state, found[state]) for state in self.states)

    def columns(self) -> tuple[str, ...]:
        """Returns the names of the facts, in order."""
        return tuple(dict.fromkeys(name for row in self.rows for name, _ in row.facts))


def quoted(
    snapshot: Snapshot,
    edition_id: EditionId,
    spans: Sequence[Span],
    *,
    label: str | None = None,
    headings: tuple[str, ...] = (),
    role: str = "",
    likeness: float | None = None,
) -> Quoted:
    """Returns stretches of an edition as a quote; pages follow from the offsets.

    Raises:
        LibraryError: There is no such edition.
    """
    edition = next(each for each in snapshot.editions() if each.edition_id == edition_id)
    text = snapshot.text(edition_id)
    words = " ".join(text[span.start : span.end].replace("\n", " ") for span in spans)
    pages = {page.number: page.label for span in spans for page in pages_of(span, snapshot.pages(edition_id))}
    return Quoted(edition, words, label, headings, tuple(pages.values()), tuple(pages), tuple(spans), role, likeness)
