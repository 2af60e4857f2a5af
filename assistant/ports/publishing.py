"""Publishing documents from a program that may not import the ingest: staged, previewed, published, rolled back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from assistant.model import Edition, Exclusion, Generation
from assistant.model.people import Asker
from assistant.model.proposal import Proposal
from assistant.model.reading import LeftOutRegion, ReadingReport
from assistant.ports.answering import Progress
from assistant.ports.library import LastChange, Snapshot


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
    """One sentence each: what the publisher should look at before publishing, of what the reader may see."""
    uploaded_by: str = ""
    """User id of whoever uploaded it, who sees it whatever its groups; "" for an upload of an earlier release."""
    reading: ReadingReport | None = None
    """How its file was read; None for an upload of an earlier release."""
    regions: tuple[LeftOutRegion, ...] = ()
    """What of its pages is never quoted, by page."""
    proposals: tuple[Proposal, ...] = ()
    """Metadata that its cover, its properties and the name of its file say; none of it is used until somebody saves it."""
    given: tuple[str, ...] = ()
    """Names of the metadata that somebody filled in; the others are defaults."""


class Publisher(Protocol):
    """Publishes documents one at a time, with a preview before they count.

    What an asker may not see does not exist for them: neither an upload of others that waits for other groups, nor a
    published edition.
    """

    def stage(self, asker: Asker, filename: str, content: bytes, metadata: Mapping[str, str]) -> Preview:
        """Reads an uploaded file and stages it, unpublished.

        An edition id that an edition has which the asker may not see gets an ending; nothing is ever published over it.

        Args:
            asker: Who uploads.
            filename: Name as uploaded; only its last part is used.
            content: The file.
            metadata: Fields of a catalogue entry by name, such as ``title``, ``kind``, ``work``, ``in_force_from``.

        Raises:
            DocumentError: The file or the metadata cannot be used; the message names the fix.
        """

    def describe(self, asker: Asker, upload_id: str, metadata: Mapping[str, str]) -> Preview:
        """Returns a staged document read again with other metadata, which replace the earlier ones.

        Raises:
            DocumentError: The metadata cannot be used; the document stays as it was.
            UsageError: There is no staged document of this id for the asker.
        """

    def staged(self, asker: Asker) -> tuple[Preview, ...]:
        """Returns what is staged and the asker may see, oldest first."""

    def preview(self, asker: Asker, upload_id: str) -> Preview | None:
        """Returns a staged document, None where there is none of this id for the asker."""

    def file(self, asker: Asker, upload_id: str) -> Path | None:
        """Returns the file of a staged document, None where there is none of this id for the asker."""

    def discard(self, asker: Asker, upload_id: str) -> bool:
        """Removes a staged document; returns whether there was one."""

    def publish(self, asker: Asker, upload_id: str) -> Generation:
        """Makes a staged document part of the library; returns the generation as the asker sees it.

        Raises:
            UsageError: There is no staged document of this id for the asker.
        """

    def last_change(self, asker: Asker) -> LastChange | None:
        """Returns what ``roll_back`` would undo for the asker, None where there is nothing to go back to."""

    def draft(
        self, asker: Asker, upload_ids: Sequence[str], progress: Progress | None = None
    ) -> AbstractContextManager[Snapshot]:
        """Returns the library as it would be with these staged documents, as the asker sees it; nothing is published.

        Raises:
            UsageError: There is no staged document of one of these ids for the asker.
            DocumentError: One of them cannot be read again.
        """

    def roll_back(self, asker: Asker, generation: int | None = None) -> Generation:
        """Undoes the last publication that the asker sees; returns the generation as the asker sees it.

        Args:
            asker: Who undoes.
            generation: What ``last_change`` said that it would undo; None undoes whatever is the last.

        Raises:
            UsageError: There is nothing to go back to, or something else was published meanwhile.
        """
