"""One printed line of a PDF page."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.source_map import MappedText


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Coordinates are points from the lower left corner of the page."""

    page: int
    x: float
    y: float
    size: float
    is_bold: bool
    """Whether all of its letters are bold."""
    text: MappedText
    marks: tuple[tuple[int, str], ...] = ()
    """Footnote marks taken out: offset in the text, mark."""
    starts_bold: bool = False
    raised: tuple[str, ...] = ()
    """Digits that are drawn small and raised on it; they may still stand in the text, glued to a word or number."""
    opens_note: bool = False
    """Whether it opens with a raised mark, as a footnote does."""

    @property
    def words(self) -> str:
        """The text alone."""
        return self.text.text
