"""A word as Tesseract reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OcrWord:
    """One word in the pixels of the picture, from its upper left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    """In 0..1."""
    line: tuple[int, int, int]
    """Block, paragraph and line of Tesseract's."""

    @property
    def height(self) -> int:
        """Of its ink."""
        return self.bottom - self.top

    @property
    def has_digit(self) -> bool:
        """Whether it is or holds a number."""
        return any(letter.isdigit() for letter in self.text)
