"""Which editions were read by another version of the program: rebuilding reads them as this one does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assistant.model import Edition, EditionId
from assistant.model.formats import is_collection
from assistant.ports import Embedder, Snapshot, Source
from assistant.settings import Settings
from ingest.catalogue.sources import inferred
from ingest.publish.intake import IngestResources, recipe_of
from ingest.readers.blocks import ReadFile


def read_by_another_version(snapshot: Snapshot, embedder: Embedder, settings: Settings) -> tuple[EditionId, ...]:
    """Returns the editions whose recipe is none that this program would give them, in order; nothing is read."""
    resources = IngestResources(_reads_nothing, embedder, settings)
    sources = {source.edition_id: source for source in snapshot.sources()}
    return tuple(
        each.edition_id
        for each in snapshot.editions()
        if sources[each.edition_id].recipe not in _recipes(each, sources[each.edition_id], resources)
    )


def _reads_nothing(path: Path) -> ReadFile:
    raise AssertionError(path)


def _recipes(edition: Edition, source: Source, resources: IngestResources) -> set[str]:
    """Returns the recipes of an edition, whether a catalogue, the file or its name gave the title."""
    if is_collection(source.path):
        return {recipe_of(replace(edition, sha256=None), resources)}
    plain = replace(inferred(source.path), sha256=edition.sha256)
    described = (edition, plain, replace(edition, title=plain.title))
    return {recipe_of(each, resources) for each in described}
