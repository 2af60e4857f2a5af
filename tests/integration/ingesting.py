"""What tests of an ingest share."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from assistant.adapters.library_sql import SqlLibrary
from ingest.build import IngestReport

Take = Callable[..., IngestReport]


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def rows(path: Path, *texts: str, start: int = 0) -> Path:
    lines = [json.dumps({"id": f"t{at}", "text": text}) for at, text in enumerate(texts, start)]
    return write(path, "\n".join(lines) + "\n")


def held(library: SqlLibrary) -> dict[str, str]:
    with library.open() as snapshot:
        return {str(each.edition_id): snapshot.text(each.edition_id) for each in snapshot.editions()}
