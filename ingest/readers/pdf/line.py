"""One printed line of a PDF page."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.readers.source_map import MappedText, unmapped


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
    opens_note: bool = False
    """Whether it opens with a raised mark, as a footnote does."""
    ends_soft: bool = False
    """Whether its last word goes on in the next line, after a soft hyphen that its text leaves out."""
    right: float = 0.0
    """Where its last letter ends."""
    turn: int = 0
    """Degrees by which it runs up from the level; its coordinates are level as it is."""
    order: int = 0
    """Place of its first letters in the order of the file."""

    is_underlined: bool = False
    """Whether a line is drawn below all of its words."""

    @property
    def words(self) -> str:
        """The text alone."""
        return self.text.text

    def gap(self, following: str) -> MappedText:
        """Returns what stands between this line and the text of the next one: a space, or nothing inside a word."""
        return unmapped("" if self.ends_soft and following[:1].islower() else " ")
