"""A library that follows a source, quick to build: fakes for models and indexes, files read in this very process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.adapters.library_sql import SqlLibrary
from assistant.adapters.pages.file_store import FileStore
from assistant.adapters.records_sql import RecordsDatabase, SqlSources
from assistant.model import Edition, EditionId
from assistant.model.sources import (
    ChangeState,
    DocumentDefaults,
    FollowedSource,
    FollowOptions,
    NewSource,
    SourceKind,
    StagedChange,
    SyncRun,
    Terms,
)
from assistant.settings import Settings
from ingest import build
from ingest.readers import read_file
from ingest.readers.blocks import ReadFile
from ingest.readers.containers.members import Member
from ingest.sources.service import SourceService
from ingest.uploads import publisher as publisher_module
from ingest.uploads.publisher import UploadPublisher
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TERMS = Terms("Open Government Licence v3.0", "Aldmoor Partnership")
DUTY = (
    "The named professional must tell the partnership within one working day of any decision to share information with "
    "another agency, must record why, and should tell the family unless that would put a child at risk of harm. "
)


_READ: dict[tuple[bytes, str], ReadFile] = {}


def read_here(path: Path) -> ReadFile:
    """Returns a file as blocks, read in this very process; the same content is read once a run."""
    content = path.read_bytes()
    key = content, path.suffix
    if key not in _READ:
        _READ[key] = read_file(path, 100)
    return _READ[key]


@cache
def empty_folder() -> Path:
    """Returns a data folder with nothing in it, brought up to date once a process."""
    folder = Path(tempfile.mkdtemp(prefix="following-")) / "data"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    embedder = FakeEmbedder()
    SqlLibrary(folder, embedder.fingerprint, embedder.dimension, FakePassageIndex(), FakeLexicalIndex(), 5.0)
    database = RecordsDatabase(folder)
    with database.writing():
        pass
    database.close()
    return folder


class NoSandbox:
    """Reads files in this very process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __enter__(self) -> NoSandbox:
        return self

    def __exit__(self, *error: object) -> None:
        return

    def read(self, path: Path) -> ReadFile:
        return read_here(path)

    def read_cover(self, path: Path) -> None:
        return

    def unpack(self, path: Path, into: Path) -> list[Member]:
        raise AssertionError("no source has files that hold others")


def without_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes publishing read files in this very process."""
    for module in (build, publisher_module):
        monkeypatch.setattr(module, "Sandbox", NoSandbox)
    monkeypatch.setattr(build, "proposed_for", lambda *arguments: {})
    monkeypatch.setattr(publisher_module, "propose", lambda cover: ())


@dataclass
class Following:
    """A library, and the service that follows sources for it."""

    data: Path
    transport: httpx.BaseTransport | None = None
    embedder: FakeEmbedder = field(default_factory=FakeEmbedder)
    now: datetime = NOON
    slept: list[float] = field(default_factory=list)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        embedder = self.embedder
        if not self.data.exists():
            shutil.copytree(empty_folder(), self.data)
        self.library = SqlLibrary(
            self.data, embedder.fingerprint, embedder.dimension, FakePassageIndex(), FakeLexicalIndex(), 5.0
        )
        settings = Settings(data=self.data, sources={"delay_s": 0, **self.settings})
        files = FileStore(self.data / "files")
        self.publisher = UploadPublisher(self.library, self.embedder, settings, files)
        self.store = SqlSources(RecordsDatabase(self.data))
        self.service = SourceService(
            self.store, self.publisher, settings, transport=self.transport, now=lambda: self.now,
            sleep=self.slept.append, read=read_here,
        )  # fmt: skip

    def follow(
        self, kind: SourceKind, address: str, *, documents: DocumentDefaults | None = None, **options: Any
    ) -> FollowedSource:
        """Adds a source."""
        follow = FollowOptions(**{"delay_s": 0, **options})
        return self.service.add(
            None, NewSource(kind, address, "Manual", TERMS, follow, documents or DocumentDefaults())
        )

    def sync(self) -> SyncRun:
        """Syncs the one source, a day after the last time."""
        self.now += timedelta(days=1)
        return self.service.sync(None, self.store.sources()[0].source_id)

    def waiting(self) -> dict[str, StagedChange]:
        """Returns what waits, by the last part of its address."""
        return {each.address.rstrip("/").rsplit("/", 1)[-1]: each for each in self.service.changes(None)}

    def states(self) -> dict[str, ChangeState]:
        """Returns the states of what waits, by the last part of the address."""
        return {name: each.state for name, each in self.waiting().items()}

    def publish(self) -> None:
        """Publishes all that waits."""
        self.service.accept(None, [each.change_id for each in self.service.changes(None)])

    def editions(self) -> dict[EditionId, Edition]:
        """Returns what is published."""
        return self.publisher.editions()
