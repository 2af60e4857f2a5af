"""What an ingest did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.editions.reading import combined, reading_of
from assistant.errors import DocumentError
from assistant.model import Document, EditionId
from assistant.model.proposal import Proposal
from assistant.model.reading import ReadingReport
from assistant.ports import Source
from ingest.catalogue.sources import SkippedFile


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read."""

    path: Path
    error: DocumentError


@dataclass(frozen=True, slots=True)
class FileReading:
    """How a file was read."""

    path: Path
    editions: tuple[EditionId, ...]
    """What it holds: one edition, or those of a collection of texts."""
    reading: ReadingReport


@dataclass(frozen=True, slots=True)
class FileProposals:
    """What is proposed as metadata of a file that no catalogue names."""

    path: Path
    edition_id: EditionId
    proposals: tuple[Proposal, ...]


def readings_of(documents: Sequence[tuple[Document, Source]]) -> tuple[FileReading, ...]:
    """Returns how each file was read that these documents come from, in their order; texts of a collection together."""
    by_path: dict[Path, list[Document]] = {}
    for document, source in documents:
        by_path.setdefault(source.path, []).append(document)
    return tuple(
        FileReading(
            path,
            tuple(each.edition.edition_id for each in read),
            combined([reading_of(each.passages, each.pages, each.exclusions) for each in read]),
        )
        for path, read in by_path.items()
    )


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did."""

    added: tuple[EditionId, ...] = ()
    changed: tuple[EditionId, ...] = ()
    unchanged: tuple[EditionId, ...] = ()
    removed: tuple[EditionId, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    pages: int = 0
    passages: int = 0
    embedded: int = 0
    """Passages whose vectors had to be computed."""
    generation: int = 0
    """The current generation; 0 where nothing has ever been published."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage: reading, cutting, embedding, publishing."""
    readings: tuple[FileReading, ...] = ()
    """How each file was read that is new, changed or read again."""
    proposed: tuple[FileProposals, ...] = ()
    """Metadata that are proposed for those of them that no catalogue names; none of it is used."""
