"""What every test runs under: hypothesis with fixed seeds, no model hub, and documents that are ingested once a run."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.data_folders import DataFolders
from tests.model_sessions import loaded_once

settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")

for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
    os.environ[name] = "1"


@pytest.fixture(scope="session", autouse=True)
def _models_loaded_once() -> Iterator[None]:
    with loaded_once():
        yield


@pytest.fixture(scope="session")
def data_folders(tmp_path_factory: pytest.TempPathFactory) -> DataFolders:
    """Returns what gives data folders over the project's own documents."""
    return DataFolders(tmp_path_factory)
