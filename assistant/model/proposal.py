"""What the assistant proposes as metadata of a document, with how sure it is and where it was read."""

from __future__ import annotations

from dataclasses import dataclass

SURE = 0.9
"""Confidence from which a proposal needs no second look."""
LIKELY = 0.5
"""Confidence below which a proposal is only a hint."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One value that was read from a document; nothing uses it until a person, or a catalogue, says so."""

    field: str
    """Name in the catalogue, such as ``title`` or ``review_by``; ``version`` is shown only."""
    value: str
    """As the catalogue writes it; a date in ISO form."""
    confidence: float
    """From 0 to 1."""
    where: str
    """Where it was read, such as "cover, page 1", "file name" or "document properties"."""
    words: str = ""
    """The words that say so, as printed."""

    @property
    def is_sure(self) -> bool:
        """Whether it needs no second look."""
        return self.confidence >= SURE

    @property
    def is_likely(self) -> bool:
        """Whether it is more than a hint."""
        return self.confidence >= LIKELY
