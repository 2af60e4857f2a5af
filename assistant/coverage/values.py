"""What every section of the coverage report is made of: rows with a state, facts, and quotes that can be checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.coverage.facts import Facts
from assistant.editions.locations import pages_of
from assistant.editions.quote_lines import quote_lines
from assistant.model import Edition, EditionId, QuoteLine, Span
from assistant.outcomes.citation_text import CitationText
from assistant.outcomes.quote_text import plain_text
from assistant.ports import Snapshot

FactsT = TypeVar("FactsT", bound=Facts, covariant=True)


@dataclass(frozen=True, slots=True)
class SourceQuote:
    """Words quoted from a document, with the location to check them at."""

    edition: Edition
    text: str
    label: str | None
    """Paragraph number as printed, None where the document has none there."""
    headings: tuple[str, ...]
    pages: tuple[str, ...]
    """Page labels, as printed."""
    page_numbers: tuple[int, ...]
    """Indexes of the same pages in the file; () where the location is not known."""
    spans: tuple[Span, ...]
    role: str = ""
    """How it relates to the row: "duty", "local", "before", "after", "names it"."""
    likeness: float | None = None
    """Cosine similarity to the row, where it was found by similarity."""
    lines: tuple[QuoteLine, ...] = ()
    """The words as they are laid out on their page."""

    @property
    def shown(self) -> str:
        """The words as plain text, a line each."""
        return plain_text(self.lines) if self.lines else self.text

    @property
    def page(self) -> int | None:
        """Index in the file of the first page, None where the location is not known."""
        return self.page_numbers[0] if self.page_numbers else None

    @property
    def source(self) -> str:
        """Its source in words, as citations state it."""
        pages = zip(self.page_numbers, self.pages, strict=True)
        return CitationText.at(self.edition, self.headings, self.label, pages).source


@dataclass(frozen=True, slots=True)
class Row(Generic[FactsT]):
    """One finding of a section, with its facts and the quotes it rests on."""

    key: str
    """Stable from run to run."""
    state: str
    """The proposed state."""
    title: str
    facts: FactsT
    quotes: tuple[SourceQuote, ...]
    items: tuple[tuple[str, str], ...] = ()
    """Questions behind the row and how each ended; () where the row rests on documents alone."""
    series: tuple[tuple[str, int], ...] = ()
    """Month, such as 2026-05, and count, in order; () where nothing is counted over time."""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """One section of the report."""

    name: str
    title: str
    lead: str
    """What it shows and what it does not, in a sentence or two."""
    notes: tuple[str, ...]
    """What limits it today, such as a type of document that is not indexed."""
    states: tuple[str, ...]
    """Every state that a row may have, the worst first."""
    rows: tuple[Row[Facts], ...]
    """The worst first."""
    waiting: int = 0
    """Questions not asked yet because time ran out; the next run continues with them."""

    def counts(self) -> tuple[tuple[str, int], ...]:
        """Returns each state with its number of rows, states without rows included."""
        counts = Counter(row.state for row in self.rows)
        return tuple((state, counts[state]) for state in self.states)

    def columns(self) -> tuple[str, ...]:
        """Returns the labels of the facts, in order; () where there are no rows."""
        return self.rows[0].facts.labels() if self.rows else ()


def source_quote(
    snapshot: Snapshot,
    edition_id: EditionId,
    spans: Sequence[Span],
    *,
    label: str | None = None,
    headings: tuple[str, ...] = (),
    role: str = "",
    likeness: float | None = None,
) -> SourceQuote:
    """Returns the words of some spans of an edition as a quote; its pages follow from the offsets.

    Raises:
        LibraryError: There is no such edition.
    """
    edition = next(each for each in snapshot.editions() if each.edition_id == edition_id)
    text = snapshot.text(edition_id)
    words = " ".join(text[span.start : span.end].replace("\n", " ") for span in spans)
    pages = {page.number: page.label for span in spans for page in pages_of(span, snapshot.pages(edition_id))}
    labels, numbers = tuple(pages.values()), tuple(pages)
    lines = quote_lines(spans, edition_id, snapshot)
    return SourceQuote(edition, words, label, headings, labels, numbers, tuple(spans), role, likeness, lines)
