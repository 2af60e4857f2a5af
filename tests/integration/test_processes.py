"""Several processes with one library: readers that stay, writers that come, and both when they are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import LibraryLocked
from assistant.model import EditionId, Filter
from assistant.ports import Update
from tests.fakes import FakeEmbedder
from tests.libraries import document, names, publish, query, real_library

ALPHA = document("alpha", "The LADO is told of allegations.")
BETA = document("beta", "Strategy discussions are held.")
GAMMA = document("gamma", "Records are kept for ten years.")
FORKED = multiprocessing.get_context("forkserver")  # of a process that imported everything and opened nothing
FORKED.set_forkserver_preload(
    ["tests.integration.test_processes", "alembic.command", "chromadb.api.rust", "sqlalchemy.dialects.sqlite"]
)
State = tuple[list[str], list[str], list[str]]


def state(snapshot: Any) -> State:
    """Returns what SQL, the word index and the vector index hold."""
    words = snapshot.search_words("LADO strategy records", k=9, filter=Filter())
    vectors = snapshot.search_vectors(query(FakeEmbedder(), "LADO"), k=9, filter=Filter())
    held = [sorted(each.passage_id.split(":")[0] for each in ranked) for ranked in (words, vectors)]
    return names(snapshot.editions()), held[0], held[1]


def serve(data: str, orders: Connection) -> None:
    """Does what it is told: ``look`` opens anew, ``hold`` opens and stays, ``again`` looks at what is held."""
    library = real_library(Path(data), FakeEmbedder())
    while (order := orders.recv()) != "end":
        with library.open() as snapshot:
            orders.send(state(snapshot))
            while order == "hold" and orders.recv() == "again":
                orders.send(state(snapshot))


def keep_the_lock(data: str, orders: Connection) -> None:
    """Holds the lock of the writer until it is told to end."""
    with real_library(Path(data), FakeEmbedder()).writing():
        orders.send(os.getpid())
        orders.recv()


def open_together(data: str, ready: Any) -> None:
    """Opens ten new libraries, each at the moment when the other processes open it."""
    import alembic.command  # noqa: F401  the first import takes longer than opening

    for place in range(10):
        ready.wait(60)
        real_library(Path(data) / str(place), FakeEmbedder())


@contextmanager
def process(target: Any, data: Path) -> Iterator[tuple[ForkServerProcess, Connection]]:
    here, there = FORKED.Pipe()
    child = FORKED.Process(target=target, args=(str(data), there), daemon=True)
    child.start()
    there.close()
    try:
        yield child, here
    finally:
        here.close()
        child.kill()
        child.join()
        child.close()


def asked(orders: Connection, order: str) -> State:
    orders.send(order)
    assert orders.poll(60), "the other process does not answer"
    return orders.recv()  # type: ignore[no-any-return]


def whole(*editions: str) -> State:
    return list(editions), list(editions), list(editions)


def folders(data: Path) -> list[int]:
    return [len(list((data / each).iterdir())) for each in ("vectors", "words")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    publish(real_library(tmp_path, FakeEmbedder()), Update((ALPHA, BETA)), FakeEmbedder())
    return tmp_path


def test_a_running_process_sees_additions_and_removals_at_its_next_question(data: Path) -> None:
    library = real_library(data, FakeEmbedder())
    with process(serve, data) as (_, orders):
        assert asked(orders, "look") == whole("alpha", "beta")
        publish(library, Update((GAMMA,)), FakeEmbedder())
        assert asked(orders, "look") == whole("alpha", "beta", "gamma")
        publish(library, Update(removed=(EditionId("alpha"),)), FakeEmbedder())
        assert asked(orders, "look") == whole("beta", "gamma")
        publish(library, Update((ALPHA,), (EditionId("beta"),)), FakeEmbedder())
        assert asked(orders, "look") == whole("alpha", "gamma")
    assert folders(data) == [1, 1]


def test_a_generation_stays_while_another_process_reads_it(data: Path) -> None:
    library = real_library(data, FakeEmbedder())
    with process(serve, data) as (_, orders):
        assert asked(orders, "hold") == whole("alpha", "beta")
        publish(library, Update((GAMMA,), (EditionId("alpha"),)), FakeEmbedder())
        publish(library, Update(removed=(EditionId("beta"),)), FakeEmbedder())
        assert asked(orders, "again") == whole("alpha", "beta")
        assert folders(data) == [2, 2]
        assert library.check() == ()
        orders.send("leave")
        assert asked(orders, "look") == whole("gamma")
    publish(library, Update(), FakeEmbedder())
    assert folders(data) == [1, 1]
    assert library.check() == ()


def test_a_killed_reader_holds_nothing(data: Path) -> None:
    library = real_library(data, FakeEmbedder())
    with process(serve, data) as (reader, orders):
        assert asked(orders, "hold") == whole("alpha", "beta")
        os.kill(reader.pid or 0, signal.SIGKILL)
        reader.join()
        publish(library, Update((GAMMA,)), FakeEmbedder())
    assert folders(data) == [1, 1]
    assert library.check() == ()


def test_a_second_ingest_says_which_process_publishes_since_when(data: Path) -> None:
    with process(keep_the_lock, data) as (_, orders):
        assert orders.poll(60)
        holder = orders.recv()
        with (
            pytest.raises(LibraryLocked, match=rf"process {holder} on \S+ \(since 20\d\d-\d\d-\d\dT"),
            real_library(data, FakeEmbedder(), lock_wait_s=0.2).writing(),
        ):
            pass


def test_a_second_ingest_waits_for_the_first(data: Path) -> None:
    with process(keep_the_lock, data) as (child, orders):
        assert orders.poll(60)
        orders.recv()
        started = time.monotonic()
        signal.signal(signal.SIGALRM, lambda *_: orders.send("end"))
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        publish(real_library(data, FakeEmbedder()), Update((GAMMA,)), FakeEmbedder())
        assert time.monotonic() - started >= 0.5
        child.join()
    assert real_library(data, FakeEmbedder()).check() == ()


def test_a_killed_writer_locks_nobody_out(data: Path) -> None:
    with process(keep_the_lock, data) as (writer, orders):
        assert orders.poll(60)
        orders.recv()
        os.kill(writer.pid or 0, signal.SIGKILL)
        writer.join()
        publish(real_library(data, FakeEmbedder(), lock_wait_s=1.0), Update((GAMMA,)), FakeEmbedder())
    with real_library(data, FakeEmbedder()).open() as snapshot:
        assert state(snapshot) == whole("alpha", "beta", "gamma")


def test_several_processes_may_open_a_new_library_at_once(tmp_path: Path) -> None:
    ready = FORKED.Barrier(6)
    children = [FORKED.Process(target=open_together, args=(str(tmp_path), ready)) for _ in range(6)]
    for each in children:
        each.start()
    for each in children:
        each.join()
    assert [each.exitcode for each in children] == [0] * 6
