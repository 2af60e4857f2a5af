"""Data folders over documents that are ingested once a run, whichever workers and suites ask for them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from ingest.build import ingest
from tests.libraries import folder_copied

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
"""The project's own documents."""
OWN_DOCUMENTS = ROOT / "evals" / "dataset" / "documents"
"""What the project's own questions are asked of besides."""
INVENTED = ROOT / "tests" / "data"
"""A local procedure and a learning review that nobody wrote."""


def folder_of_run(temporary: pytest.TempPathFactory) -> Path:
    """Returns the temporary folder that all workers of a run share."""
    base = temporary.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


class DataFolders:
    """Data folders that were filled in this run, by any worker.

    Args:
        temporary: Makes the temporary folders of the session.
    """

    def __init__(self, temporary: pytest.TempPathFactory) -> None:
        self._temporary = temporary
        self._folder = folder_of_run(temporary) / "ingested"
        self._folder.mkdir(exist_ok=True)

    def copy(self, *more: Path) -> Path:
        """Returns a new data folder over the project's own documents, and over ``more`` in a generation after them."""
        return folder_copied(self._stored(more), self._temporary.mktemp("data") / "data")

    def _stored(self, more: tuple[Path, ...]) -> Path:
        name = "-".join(["corpus", *(each.name for each in more)])
        found = self._folder / name
        with FileLock(self._folder / f"{name}.lock"):
            if not found.exists():
                made = found.with_suffix(".new")
                if more:
                    folder_copied(self._stored(()), made)
                assistant = Assistant(Settings(data=made))
                paths = (CORPUS, *more)
                ingest(paths, assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
                shutil.copytree(made, found.with_suffix(".whole"))
                found.with_suffix(".whole").rename(found)
        return found
