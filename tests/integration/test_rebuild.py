"""After a change of model the whole line, from files to answers, comes back by the command that the error names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant.errors import IndexMismatch
from assistant.settings import Settings
from ingest.build import ingest
from tests.fakes import FakeEmbedder
from tests.libraries import names, real_library, words_found


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of documents, both ingested."""
    found = tmp_path / "one", tmp_path / "two"
    for folder, text in zip(found, ("Records are kept.", "Bus timetables."), strict=True):
        folder.mkdir()
        for number in (1, 2):
            line = {"id": f"{folder.name}-{number}", "title": "Title", "text": f"{text} Number {number}."}
            (folder / f"{folder.name}-{number}.jsonl").write_text(json.dumps(line) + "\n")
    ingested(tmp_path, found, FakeEmbedder())
    return found


def ingested(tmp_path: Path, folders: tuple[Path, ...], embedder: FakeEmbedder) -> int:
    library = real_library(tmp_path / "data", embedder)
    return ingest(list(folders), library, embedder, Settings(data=tmp_path / "data")).embedded


def test_the_named_command_rebuilds_everything(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    other = FakeEmbedder(name="other")
    library = real_library(tmp_path / "data", other)
    with pytest.raises(IndexMismatch, match=f"assistant ingest {folders[0]} {folders[1]}"), library.open():
        pass
    assert ingested(tmp_path, folders, other) == 4
    assert ingested(tmp_path, folders, other) == 0
    with library.open() as snapshot:
        assert names(snapshot.editions()) == ["one-1", "one-2", "two-1", "two-2"]
    assert library.check() == ()


def test_texts_whose_file_is_gone_are_in_the_library_and_not_dropped(
    tmp_path: Path, folders: tuple[Path, Path]
) -> None:
    shutil.rmtree(folders[1])
    with pytest.raises(IndexMismatch, match="Run `assistant rebuild`"):
        ingested(tmp_path, folders[:1], FakeEmbedder(name="other"))


def test_half_of_it_is_refused_and_changes_nothing(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    with pytest.raises(IndexMismatch, match=str(folders[1])):
        ingested(tmp_path, folders[:1], FakeEmbedder(name="other"))
    assert len(words_found(real_library(tmp_path / "data", FakeEmbedder()), "bus")) == 2


def test_what_has_no_file_any_more_does_not_stand_in_the_way(tmp_path: Path, folders: tuple[Path, Path]) -> None:
    for path in folders[1].iterdir():
        path.unlink()
    (folders[1] / "two-3.md").write_text("A document without a copy in the data folder.")
    ingested(tmp_path, folders, FakeEmbedder())
    shutil.rmtree(folders[1])
    other = FakeEmbedder(name="other")
    assert ingested(tmp_path, folders[:1], other) == 2
    with real_library(tmp_path / "data", other).open() as snapshot:
        assert names(snapshot.editions()) == ["one-1", "one-2"]
