"""What an ingest did."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import DocumentError
from assistant.model import EditionId
from ingest.catalogue.sources import SkippedFile


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read."""

    path: Path
    error: DocumentError


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
