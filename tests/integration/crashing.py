"""Kills an ingest at each of its steps and looks at what is left; run as a program by ``test_crash.py``.

Everything is imported once and each case runs in a fork, so that a case costs a fraction of a second. A step is an
SQL statement that writes, a commit, or a change to the file system; further cases end by a timer of the kernel, which
also falls into the midst of a step.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import alembic.command  # noqa: F401  what each fork would import anew
import chromadb.api.rust  # noqa: F401
import sqlalchemy.dialects.sqlite  # noqa: F401
from sqlalchemy import Engine, event

import ingest.publish.embedding
from assistant.adapters.library_sql import SqlLibrary
from assistant.errors import LibraryEmpty
from assistant.model import Filter
from assistant.settings import Settings
from ingest.build import ingest as run_ingest
from tests.fakes import FakeEmbedder
from tests.libraries import query, real_library

CHANGES = (
    "os.mkdir",
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.truncate",
    "os.link",
    "shutil.copyfile",
    "shutil.rmtree",
)
INDEX_FILES = ("vectors", "words")
"""Folders in which every file that is opened to be written is a step."""
OLD = {"kept": "Records are kept for ten years.", "going": "Bus timetables hang here.", "changed": "Within one day."}
NEW = {"kept": "Records are kept for ten years.", "changed": "Within three weeks.", "added": "Strategy discussions."}
EARLIER = {"kept": "Records are kept for two years."}
READS = ("SELECT", "select", "BEGIN", "PRAGMA")
"""Statements that write nothing: a kill before one finds what a kill before the next write finds."""
TIMED = 12
Case = dict[str, Any]
Work = Callable[[Path, Path], None]


def main(folder: Path, first: str) -> None:
    """Prints one JSON object per case: where it was killed, what the library held then, and what went wrong.

    Args:
        folder: To work in.
        first: ``empty`` to kill the first ingest of all, ``old`` to kill a later one, ``back`` to kill the undoing of
            the last one.
    """
    ingest.publish.embedding.BATCH = 2
    documents, base = folder / "documents", folder / "base"
    base.mkdir()
    for texts in {"empty": [], "old": [EARLIER, OLD], "back": [NEW, OLD]}[first]:
        write(documents, texts)
        assert forked(lambda: ingested(base, documents)) == 0
    write(documents, NEW)
    act = rolled_back if first == "back" else ingested
    started = time.perf_counter()
    number = 0
    while True:
        case = killed_at(number, folder, base, documents, act)
        sys.stdout.write(json.dumps(case) + "\n")
        if case["signal"] == 0:
            break
        number += 1
    whole_s = (time.perf_counter() - started) / (number + 1) / 2
    for place in range(1, TIMED + 1):
        delay_s = whole_s * place / TIMED
        sys.stdout.write(json.dumps(killed_after(delay_s, folder, base, documents, act)) + "\n")


def killed_at(number: int, folder: Path, base: Path, documents: Path, work: Work) -> Case:
    """Returns the case of an ingest that is killed before its step of this number."""
    name = folder / "step"
    data = copied(base, folder / "data")

    def act() -> None:
        passed = [0]

        def step(what: str) -> None:
            if passed[0] == number:
                name.write_text(what)
                os.kill(os.getpid(), signal.SIGKILL)
            passed[0] += 1

        watch(step)
        work(data, documents)

    name.unlink(missing_ok=True)
    ended = forked(act)
    return examined(name.read_text() if name.exists() else "end", ended, data, documents)


def killed_after(delay_s: float, folder: Path, base: Path, documents: Path, work: Work) -> Case:
    """Returns the case of an ingest that the kernel ends after a time."""
    data = copied(base, folder / "data")

    def act() -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, delay_s)
        work(data, documents)

    return examined(f"after {delay_s:.3f} s", forked(act), data, documents)


def examined(step: str, ended: int, data: Path, documents: Path) -> Case:
    """Returns what a library holds after a kill, and what is wrong with it or with the next ingest."""
    report = data.with_name("report")

    def act() -> None:
        before = held(real_library(data, FakeEmbedder()))
        ingested(data, documents)
        left = [each for each in ("vectors", "words", "leases") if len(list((data / each).glob("*"))) > 1]
        library = real_library(data, FakeEmbedder())
        faults = [*library.check(), *left]
        report.write_text(json.dumps({"before": before, "after": held(library), "faults": faults}))

    report.unlink(missing_ok=True)
    code = forked(act)
    if code != 0:
        return {"step": step, "signal": ended, "before": "unreadable", "after": "unreadable", "faults": []}
    found = json.loads(report.read_text())
    return {
        "step": step,
        "signal": ended,
        "before": named(found["before"]),
        "after": named(found["after"]),
        "faults": found["faults"],
    }


def named(texts: dict[str, str]) -> str:
    """Returns which of the states of the library this is; ``torn`` for none."""
    states = {"old": OLD, "new": NEW, "empty": {}}
    return next((name for name, state in states.items() if state == texts), "torn")


def held(library: SqlLibrary) -> dict[str, str]:
    """Returns the texts that the library finds by words and by likeness and that SQL holds: all three or none."""
    embedder = FakeEmbedder()
    with suppress(LibraryEmpty), library.open() as snapshot:
        texts = {str(each.edition_id): snapshot.text(each.edition_id) for each in snapshot.editions()}
        for name, text in {**OLD, **NEW}.items():
            text = texts.get(name, text)
            vector = query(embedder, f"Title {name} | {text}")
            by_words = snapshot.search_words(text, k=1, filter=Filter())
            by_vector = snapshot.search_vectors(vector, k=1, filter=Filter())
            for ranked in (by_words, by_vector):
                found = [each.text for each in snapshot.passages([each.passage_id for each in ranked])]
                assert (found == [text]) == (texts.get(name) == text), (name, found)
        assert len(snapshot.search_vectors(vector, k=9, filter=Filter())) == len(texts)
        return texts
    return {}


def ingested(data: Path, documents: Path) -> None:
    """Ingests the documents with an embedder that counts words."""
    embedder = FakeEmbedder()
    run_ingest([documents], real_library(data, embedder), embedder, Settings(data=data))


def rolled_back(data: Path, _documents: Path) -> None:
    """Undoes the last ingest."""
    real_library(data, FakeEmbedder()).roll_back()


def watch(step: Callable[[str], None]) -> None:
    """Calls ``step`` before every SQL statement that writes, every commit and every change to the file system."""

    def statement(_connection: Any, _cursor: Any, text: str, *_rest: Any) -> None:
        words = text.split()
        if words[0] not in READS:
            step(" ".join(words[:3]))

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", lambda _connection: step("commit"))
    sys.addaudithook(lambda name, told: step(name) if name in CHANGES or _is_written(name, told) else None)


def _is_written(name: str, told: tuple[Any, ...]) -> bool:
    """Returns whether an event is a file of an index that is opened to be written."""
    if name != "open" or not isinstance(told[0], str | os.PathLike) or not isinstance(told[1], str):
        return False
    return told[1][:1] in ("w", "x", "a") and any(each in Path(told[0]).parts for each in INDEX_FILES)


def forked(act: Callable[[], None]) -> int:
    """Returns how ``act`` ended in a process of its own: 0, 1 for an exception, minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def write(folder: Path, texts: dict[str, str]) -> None:
    """Writes one file per text."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in texts.items():
        line = {"id": name, "title": f"Title {name}", "text": text, "kind": "policy"}
        (folder / f"{name}.jsonl").write_text(json.dumps(line) + "\n")


def copied(base: Path, data: Path) -> Path:
    """Returns a fresh copy of a library."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(base, data)
    return data


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
