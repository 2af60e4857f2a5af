"""Publishing documents from a program that may not import the ingest: staged, previewed, published, rolled back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.model import Edition, Exclusion, Generation


@dataclass(frozen=True, slots=True)
class PreviewPassage:
    """A passage as it would be indexed."""

    text: str
    headings: tuple[str, ...]
    label: str | None
    pages: tuple[int, ...]
    is_quotable: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """What a staged document would become once it is published."""

    upload_id: str
    filename: str
    edition: Edition
    page_count: int
    passages: tuple[PreviewPassage, ...]
    exclusions: tuple[Exclusion, ...]
    warnings: tuple[str, ...]
    """One sentence each: what the publisher should look at before publishing."""


class Publisher(Protocol):
    """Publishes documents one at a time, with a preview before they count."""

    def stage(self, filename: str, content: bytes, metadata: Mapping[str, str]) -> Preview:
        """Reads an uploaded file and stages it, unpublished.

        Args:
            filename: Name as uploaded; only its last part is used.
            content: The file.
            metadata: Fields of a catalogue entry by name, such as ``title``, ``kind``, ``work``, ``in_force_from``.

        Raises:
            DocumentError: The file or the metadata cannot be used; the message names the fix.
        """

    def describe(self, upload_id: str, metadata: Mapping[str, str]) -> Preview:
        """Returns a staged document read again with other metadata, which replace the earlier ones.

        Raises:
            DocumentError: The metadata cannot be used; the document stays as it was.
            UsageError: There is no staged document of this id.
        """

    def staged(self) -> tuple[Preview, ...]:
        """Returns what is staged, oldest first."""

    def preview(self, upload_id: str) -> Preview | None:
        """Returns a staged document, None where there is none of this id."""

    def discard(self, upload_id: str) -> bool:
        """Removes a staged document; returns whether there was one."""

    def publish(self, upload_id: str) -> Generation:
        """Makes a staged document part of the library. Raises ``UsageError`` for an unknown id."""

    def roll_back(self) -> Generation:
        """Undoes the last publication: the library has the editions that it had before it.

        Raises:
            UsageError: There is nothing to go back to.
        """
