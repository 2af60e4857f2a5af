"""Asks in a thread while the connection is watched: when the asker goes, the work stops at its next stage."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from anyio import to_thread
from fastapi import Request

from api.asking.service import Object, OnObject, Stopped
from api.http.problems import Problem, told_of
from assistant.answering.pipeline import OnStep
from assistant.model.people import Record

TICK_S = 0.25
"""How often the connection is looked at."""
QUIET_TICKS = 40
"""Ticks without news after which a heartbeat is due (10 seconds)."""
Work = Callable[[OnStep, OnObject, OnObject], tuple[Record, Object]]
"""Asks a question; called with what to call for each step, for an emergency card and for each verified statement."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage begins."""

    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """The question is urgent; the outcome object with its card."""

    outcome: Object


@dataclass(frozen=True, slots=True)
class Verified:
    """A statement of a written answer, with its citation, that passed the checks; the outcome counts."""

    statement: Object


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing new, still at work."""


@dataclass(frozen=True, slots=True)
class Done:
    """The record and the whole outcome object."""

    record: Record
    outcome: Object


@dataclass(frozen=True, slots=True)
class Failed:
    """It could not be asked."""

    error: BaseException


News = Stage | Card | Verified | Heartbeat | Done | Failed


async def watched(request: Request, work: Work) -> AsyncIterator[News]:
    """Yields what happens while a question is asked, ``Done`` or ``Failed`` last; nothing more once the asker left."""
    loop, gone = asyncio.get_running_loop(), threading.Event()
    news: asyncio.Queue[News | None] = asyncio.Queue()

    def put(item: News | None) -> None:
        if gone.is_set():
            raise Stopped
        loop.call_soon_threadsafe(news.put_nowait, item)

    def run() -> tuple[Record, Object]:
        return work(lambda name: put(Stage(name)), lambda card: put(Card(card)), lambda said: put(Verified(said)))

    def settled(done: asyncio.Task[tuple[Record, Object]]) -> None:
        error = None if done.cancelled() else done.exception()
        if gone.is_set() and isinstance(error, Exception) and not isinstance(error, Stopped):
            told_of(error)
        news.put_nowait(None)

    task = asyncio.create_task(to_thread.run_sync(run, abandon_on_cancel=True))
    task.add_done_callback(settled)
    try:
        async for item in _until_done(request, news):
            yield item
        if task.done():
            yield _ending(task)
    finally:
        gone.set()


async def _until_done(request: Request, news: asyncio.Queue[News | None]) -> AsyncIterator[News]:
    quiet = 0
    while True:
        try:
            item = await asyncio.wait_for(news.get(), TICK_S)
        except TimeoutError:
            quiet += 1
            if await request.is_disconnected():
                return
            if quiet % QUIET_TICKS == 0:
                yield Heartbeat()
            continue
        if item is None:
            return
        yield item


def _ending(task: asyncio.Task[tuple[Record, Object]]) -> News:
    error = task.exception()
    return Failed(error) if error is not None else Done(*task.result())


async def finished(request: Request, work: Work) -> tuple[Record, Object]:
    """Returns what ``watched`` ends with. Raises what the work raised, and ``Problem`` to nobody where the asker left."""
    async for item in watched(request, work):
        if isinstance(item, Done):
            return item.record, item.outcome
        if isinstance(item, Failed):
            raise item.error
    raise Problem(503, "stopped", "The connection was closed before the answer.")
