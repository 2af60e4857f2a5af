"""Questions that reports and scenarios put to the documents, asked once a run of the same library.

What a question ends as depends on the library, the pipeline, the settings, the asker and the day, which together are the
name that an outcome is stored under. Two libraries that differ in a hidden document alone have two names, so that
whether answers are the same for those who do not see it is found out by asking both. Questions that people ask are
answered anew each time.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from assistant.adapters.embedders.onnx import OnnxEmbedder
from assistant.adapters.library_sql.snapshot import SqlSnapshot
from assistant.answering.resources import Resources
from assistant.coverage.questions import probes
from assistant.model import Outcome, Question
from assistant.ports import Snapshot


@contextmanager
def asked_once(folder: Path) -> Iterator[None]:
    """Has every probe asked once of a library, and its outcome stored in a folder, until the context is left."""
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(probes, "ask", partial(_stored, folder))
        yield


def _stored(folder: Path, question: Question, snapshot: Snapshot, resources: Resources) -> Outcome:
    if not isinstance(snapshot, SqlSnapshot) or not isinstance(resources.embedder, OnnxEmbedder):
        return _ask(question, snapshot, resources)
    path = folder / _name(question, snapshot, resources)
    try:
        stored: Outcome = pickle.loads(path.read_bytes())
    except FileNotFoundError:
        outcome = _ask(question, snapshot, resources)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(pickle.dumps(outcome))
        part.rename(path)
        return outcome
    return stored


def _name(question: Question, snapshot: Snapshot, resources: Resources) -> str:
    library = (snapshot.generation.fingerprint, snapshot.editions(), snapshot.known())
    pipeline = (resources.fingerprint(snapshot), resources.embedder.fingerprint, resources.door is None)
    settings = resources.settings.model_dump_json(exclude={"data", "cache", "access", "records", "serve"})
    whole = repr((question, library, pipeline, settings, resources.today()))
    return hashlib.blake2b(whole.encode(), digest_size=16).hexdigest()


_ask = probes.ask
