"""Data folders over documents that are ingested once a run, whichever workers and suites ask for them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from assistant.bootstrap import Assistant
from assistant.settings import Settings
from ingest.build import ingest
from tests.command import Done, process
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

    def ingest(self) -> Done:
        """Returns how the command ended that ingested the project's own documents, in a process of its own."""
        said = self._folder / "corpus.json"
        with FileLock(self._folder / "corpus.lock"):
            if not said.exists():
                done = process("ingest", "corpus", "--data", str(self._folder / "corpus"))
                said.write_text(json.dumps([done.args, done.returncode, done.stdout, done.stderr]))
        return Done(*json.loads(said.read_text()))

    def _stored(self, more: tuple[Path, ...]) -> Path:
        done = self.ingest()
        assert done.returncode == 0, done.stderr
        stored = self._folder / "-".join(["corpus", *(each.name for each in more)])
        with FileLock(f"{stored}.lock"):
            if not stored.exists():
                folder = folder_copied(self._folder / "corpus", stored.with_suffix(".new"))
                assistant = Assistant(Settings(data=folder))
                paths = (CORPUS, *more)
                ingest(paths, assistant.library, assistant.embedder, assistant.settings, files=assistant.files)
                shutil.copytree(folder, stored.with_suffix(".whole"))
                stored.with_suffix(".whole").rename(stored)
        return stored
