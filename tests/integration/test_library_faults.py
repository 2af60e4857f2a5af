"""Every fault of the databases below the library comes out as one of its own errors, naming the place and the fix."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from chromadb.errors import ChromaError
from sqlalchemy.exc import SQLAlchemyError

from assistant.adapters.library_sql import SqlLibrary
from assistant.adapters.library_sql.tables import METADATA
from assistant.adapters.sql.schema_upgrades import HISTORY
from assistant.errors import LibraryError
from assistant.model import EditionId, Filter
from assistant.ports import Update
from tests.fakes import FakeEmbedder, FakeLexicalIndex, FakePassageIndex
from tests.libraries import document, publish, query, real_library

ALPHA = document("alpha", "The LADO is told of allegations.")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    publish(real_library(tmp_path / "data", FakeEmbedder()), Update((ALPHA,)), FakeEmbedder())
    return tmp_path / "data"


def sql(data: Path, statement: str) -> None:
    connection = sqlite3.connect(data / "library.sqlite")
    connection.execute(statement)
    connection.commit()
    connection.close()


def opened(data: Path, url: str | None = None) -> SqlLibrary:
    return SqlLibrary(data, "fake", 64, FakePassageIndex(), FakeLexicalIndex(), url=url)


def look(library: SqlLibrary) -> None:
    with library.open() as snapshot:
        snapshot.passages_of(EditionId("alpha"))


def search(library: SqlLibrary) -> None:
    with library.open() as snapshot:
        snapshot.search_vectors(query(FakeEmbedder(), "LADO"), k=1, filter=Filter())


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"no database" * 999)
    with pytest.raises(LibraryError, match=r"the library cannot be used .*assistant check") as caught:
        opened(tmp_path)
    assert isinstance(caught.value.__cause__, SQLAlchemyError)


@pytest.mark.parametrize(
    ("table", "act"),
    [
        ("current", look),
        ("passage", look),
        ("generation", look),
        ("member", lambda library: publish(library, Update((ALPHA,)), FakeEmbedder())),
        ("embedding", lambda library: library.missing_embeddings([ALPHA[0].passages[0].digest])),
        ("known", lambda library: publish(library, Update(), FakeEmbedder())),
        ("content", lambda library: library.check()),
    ],
)
def test_a_table_that_is_lost(data: Path, table: str, act: Callable[[SqlLibrary], object]) -> None:
    library = real_library(data, FakeEmbedder())
    sql(data, f"drop table {table}")
    with pytest.raises(LibraryError, match=table) as caught:
        act(library)
    assert isinstance(caught.value.__cause__, SQLAlchemyError)


def test_a_vector_index_that_is_damaged(data: Path) -> None:
    (folder,) = (data / "vectors").iterdir()
    (folder / "chroma.sqlite3").write_bytes(b"no database" * 999)
    library = real_library(data, FakeEmbedder())
    causes = []
    for _ in range(2):
        with pytest.raises(LibraryError, match=r"vectors.*assistant rebuild") as caught:
            search(library)
        causes.append(type(caught.value.__cause__))
    assert issubclass(causes[0], ChromaError | ValueError)
    assert causes[1] is ValueError


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(LibraryError, match="--data") as caught:
        opened(tmp_path / "data")
    assert isinstance(caught.value.__cause__, OSError)


def test_a_lease_that_cannot_be_written(data: Path) -> None:
    (data / "leases").write_text("a file")
    with pytest.raises(LibraryError, match="writable"):
        look(real_library(data, FakeEmbedder()))


def test_a_lock_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "ingest.lock").mkdir()
    with pytest.raises(LibraryError, match="writable"), opened(tmp_path).writing():
        pass


def test_a_library_of_a_newer_version(data: Path) -> None:
    sql(data, "update alembic_version set version_num = '9999'")
    with pytest.raises(LibraryError, match=r"newer version .*--data"):
        opened(data)


@pytest.mark.parametrize("url", ["nosuch://host/name", "mssql+nosuch://host", "oracle://host/name"])
def test_a_database_without_a_driver(tmp_path: Path, url: str) -> None:
    with pytest.raises(LibraryError, match="cannot be used"):
        opened(tmp_path, url)


def test_the_migrations_make_the_tables_that_the_code_speaks_of(data: Path) -> None:
    engine = sqlalchemy.create_engine(f"sqlite:///{data / 'library.sqlite'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, [METADATA, HISTORY.metadata]) == []
    engine.dispose()
