"""What the stored file of an edition says about itself, beside the metadata that the edition has."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from assistant.errors import DocumentError
from assistant.model import Edition
from assistant.model.formats import is_collection
from assistant.model.proposal import Proposal
from assistant.ports import Files, Source
from assistant.settings import Settings
from ingest.metadata.proposals import propose
from ingest.rebuild import file_of
from ingest.sandbox.sandbox import Sandbox


def proposed_otherwise(edition: Edition, source: Source, files: Files, settings: Settings) -> tuple[Proposal, ...]:
    """Returns what the file of an edition proposes where its metadata say nothing or something else; () where it is gone."""
    if is_collection(source.path):
        return ()
    try:
        found = file_of(source, files)
        with tempfile.TemporaryDirectory(prefix="cover-") as folder, Sandbox(settings) as sandbox:
            named = Path(shutil.copyfile(found, Path(folder) / source.path.name))
            proposals = propose(sandbox.read_cover(named))
    except DocumentError:
        return ()
    said = {each.field: str(getattr(edition, each.field, None) or "") for each in proposals}
    return tuple(each for each in proposals if each.is_likely and said[each.field] != each.value)
