"""How a file was read: what of it can be quoted, and what of it was left out."""

from __future__ import annotations

from dataclasses import dataclass

FIGURE_REASONS = ("figure", "flow_chart", "uncertain_table")
"""Reasons whose words are kept and found, and never quoted."""
SEEN_REASONS = ("withdrawn", "hidden", "note", "footnote_unattached")
"""Reasons for leaving words out that somebody should look at; the others are furniture: headers, contents, watermarks."""
PICTURE = "no_text_layer"
"""Reason of a page without a readable word that is not blank."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that were left out for one reason."""

    reason: str
    """A reason of ``Exclusion``, with ``other`` divided into withdrawn, hidden, watermark, note, prompt, line_numbers and other."""
    words: int
    """How many; at least so many where an earlier release stored their first words only."""
    pages: tuple[int, ...]
    """Indexes of the pages in the file, each once, in order."""


@dataclass(frozen=True, slots=True)
class ReadingReport:
    """How much of a file can be quoted; pages are indexes in the file, each once, in order."""

    quotable_words: int = 0
    """Words of running text, lists, tables and notes; headings do not count."""
    figure_words: int = 0
    """Words of figures, charts and tables of uncertain order: found and pointed to, never quoted."""
    table_rows: int = 0
    """Rows of tables that were read with their columns."""
    figure_pages: tuple[int, ...] = ()
    """Pages with figures or charts."""
    picture_pages: tuple[int, ...] = ()
    """Pages without a readable word that are not blank, as scanned ones are."""
    left_out: tuple[LeftOut, ...] = ()
    """Words that are neither quoted nor found, by reason; without figures."""
    pages: int = 1
    """How many pages there are, at least; 1 for formats without pages."""

    @property
    def words(self) -> int:
        """Words that a reader takes for the document's own: those that can be quoted and those in figures."""
        return self.quotable_words + self.figure_words

    @property
    def share(self) -> float | None:
        """Share of the words that can be quoted, in 0..1; None where there is no word. Furniture does not count."""
        return self.quotable_words / self.words if self.words else None

    def of(self, reason: str) -> LeftOut:
        """Returns what was left out for a reason; nothing where there is none."""
        return next((each for each in self.left_out if each.reason == reason), LeftOut(reason, 0, ()))


@dataclass(frozen=True, slots=True)
class LeftOutRegion:
    """Something on a page that a reader sees, or that is hidden there, and that is never quoted."""

    page: int
    reason: str
    """As in ``LeftOut``, or a figure's, or ``no_text_layer`` for the whole page."""
    text: str
    """Its words: all of a figure, else the first ones; "" for a whole page."""
