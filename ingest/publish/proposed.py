"""What is proposed as metadata of the files of an ingest that no catalogue names; nothing of it is used."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.errors import DocumentError
from assistant.model import Document, EditionId
from assistant.model.formats import is_collection
from assistant.ports import Source
from ingest.catalogue.sources import FoundFile
from ingest.metadata.proposals import propose
from ingest.publish.report import FileProposals
from ingest.readers.cover import Cover


def proposed_for(
    files: Sequence[FoundFile], documents: Sequence[tuple[Document, Source]], read_cover: Callable[[Path], Cover]
) -> tuple[FileProposals, ...]:
    """Returns what is proposed for each file without a catalogue entry.

    Args:
        files: Of the ingest.
        documents: What was read; files that are unchanged are left out.
        read_cover: Reads what a file says about itself.
    """
    return tuple(_proposed(files, {document.edition.edition_id for document, _ in documents}, read_cover))


def _proposed(
    files: Sequence[FoundFile], read: set[EditionId], read_cover: Callable[[Path], Cover]
) -> Iterator[FileProposals]:
    for file in files:
        name = file.edition.edition_id
        if file.has_own_title or is_collection(file.path) or name not in read:
            continue
        try:
            cover = replace(read_cover(file.unpacked or file.path), name=file.path.name)
            yield FileProposals(file.path, name, propose(cover))
        except DocumentError:  # it was read a moment ago; what it says of itself may wait
            continue
