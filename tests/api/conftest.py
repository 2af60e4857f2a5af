"""A whole server over the project's own documents, built once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.settings import Settings
from assistant.settings.serving import AccessSetting
from tests.api.entered import PUBLIC, Entered
from tests.data_folders import INVENTED, DataFolders
from tests.libraries import folder_copied

SCHEMATHESIS = "testserver"
"""Host name that Schemathesis asks an application by."""
ROOT = Path(__file__).parents[2]
QUESTION = "How long may an assessment take?"
UNANSWERABLE = "What is the annual budget of the partnership?"
URGENT = "A child is being hurt by her father right now, what do I do?"


@dataclass(frozen=True, slots=True)
class Served:
    """An application in this process."""

    app: FastAPI
    client: TestClient
    assistant: Assistant


@pytest.fixture(scope="session")
def own_data(data_folders: DataFolders) -> Path:
    """Returns a data folder with the project's own documents; copy it before writing."""
    return data_folders.copy()


@pytest.fixture(scope="session")
def served(own_data: Path) -> Iterator[Served]:
    """Yields a server for the one local user."""
    assistant = Assistant(Settings(data=own_data, access=AccessSetting(trusted_hosts=(SCHEMATHESIS,))))
    app = create_app(assistant)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield Served(app, client, assistant)


@pytest.fixture
def serve(own_data: Path) -> Iterator[Callable[..., Served]]:
    """Yields what makes a server with settings of its own over the same library and records."""
    opened: list[TestClient] = []

    def made(**settings: object) -> Served:
        assistant = Assistant(Settings.model_validate({"data": own_data, **settings}))
        app = create_app(assistant)
        client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
        opened.append(client.__enter__())
        return Served(app, client, assistant)

    yield made
    for each in opened:
        each.__exit__(None, None, None)


@pytest.fixture
def entered(own_data: Path, served: Served, tmp_path: Path) -> Iterator[Entered]:
    """Yields a server over a copy of the library that asks for keys."""
    data = folder_copied(own_data, tmp_path / "data", left_out="records.sqlite*")
    access = AccessSetting(keys=True, public_url=PUBLIC, failed_per_minute=5, asks_per_minute=4)
    assistant = Assistant(Settings(data=data, access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    app = create_app(assistant)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Entered(app, client, assistant)


@pytest.fixture(scope="session")
def studio(served: Served, data_folders: DataFolders) -> Iterator[Entered]:
    """Yields a server for trainers that asks for keys, over the project's documents and the invented ones."""
    access = AccessSetting(keys=True, public_url=PUBLIC, asks_per_minute=10_000, failed_per_minute=10_000)
    assistant = Assistant(Settings(data=data_folders.copy(INVENTED), access=access))
    assistant.embedder = served.assistant.embedder  # loaded once
    app = create_app(assistant)
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Entered(app, client, assistant)
