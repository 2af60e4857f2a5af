"""A library that is quick to fill, and what fills it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.settings import Settings
from ingest.build import IngestReport, ingest
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex
from tests.integration.ingesting import Take, write


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


@pytest.fixture
def library(tmp_path: Path, embedder: FakeEmbedder) -> SqlLibrary:
    data = tmp_path / "data"
    return SqlLibrary(data, embedder.fingerprint, embedder.dimension, FakePassageIndex(), FakeLexicalIndex(), 5.0)


@pytest.fixture
def take(tmp_path: Path, library: SqlLibrary, embedder: FakeEmbedder) -> Take:
    def taken(
        *paths: Path, keep_going: bool = False, catalogue: Path | None = None, unlisted: bool = False
    ) -> IngestReport:
        settings = Settings(data=tmp_path / "data")
        return ingest(paths, library, embedder, settings, keep_going=keep_going, catalogue=catalogue, unlisted=unlisted)

    return taken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns a folder with two documents."""
    found = tmp_path / "documents"
    found.mkdir()
    write(found / "first.md", "# First\n\nThe chair acts.\n")
    write(found / "second.md", "# Second\n\nThe LADO is told.\n")
    return found
