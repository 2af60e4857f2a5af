"""Asks in a thread while watching the connection: when the asker disconnects, the work stops at its next step."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from anyio import to_thread
from fastapi import Request

from api.asking.service import OnCard, OnCitedStatement, Stopped
from api.http.problems import Problem, logged_problem
from api.http.stopping import NEVER, Stopping, stopping_problem
from assistant.answering.pipeline import OnStep
from assistant.model.people import Record
from assistant.outcomes.view import CitedStatementView, OutcomeView, SignpostedView

TICK_S = 0.25
"""How often the connection is checked."""
QUIET_TICKS = 40
"""Ticks without an event after which a heartbeat is due (10 seconds)."""
Result = tuple[Record, OutcomeView]
Work = Callable[[OnStep, OnCard, OnCitedStatement], Result]
"""Asks a question; called with three callbacks: for each step, for an emergency card, for each verified statement."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the pipeline begins."""

    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """The question is urgent; carries the outcome with its emergency card."""

    outcome: SignpostedView


@dataclass(frozen=True, slots=True)
class Verified:
    """A statement of a written answer, with its citation, that was verified; the final outcome may differ."""

    statement: CitedStatementView


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Nothing new; still working."""


@dataclass(frozen=True, slots=True)
class Done:
    """The record and the complete outcome."""

    record: Record
    outcome: OutcomeView


@dataclass(frozen=True, slots=True)
class Failed:
    """The question could not be answered because of an error."""

    error: BaseException


Event = Stage | Card | Verified | Heartbeat | Done | Failed


async def ask_events(request: Request, work: Work, stopping: Stopping = NEVER) -> AsyncIterator[Event]:
    """Yields what happens while a question is asked, ``Done`` or ``Failed`` last; stops when the asker disconnects.

    A server that stops ends it with ``Failed`` after a moment.
    """
    loop, disconnected = asyncio.get_running_loop(), threading.Event()
    queue: asyncio.Queue[Event | None] = asyncio.Queue()

    def emit(event: Event) -> None:
        if disconnected.is_set():
            raise Stopped
        loop.call_soon_threadsafe(queue.put_nowait, event)

    def run() -> Result:
        return work(lambda name: emit(Stage(name)), lambda card: emit(Card(card)), lambda said: emit(Verified(said)))

    def close_queue(task: asyncio.Task[Result]) -> None:
        error = None if task.cancelled() else task.exception()
        if disconnected.is_set() and isinstance(error, Exception) and not isinstance(error, Stopped):
            logged_problem(error)
        queue.put_nowait(None)

    task = asyncio.create_task(to_thread.run_sync(run, abandon_on_cancel=True))
    task.add_done_callback(close_queue)
    try:
        async for event in _queued_events(request, queue, stopping):
            yield event
        if task.done():
            yield _final_event(task)
        elif stopping.is_over():
            yield Failed(stopping_problem())
    finally:
        disconnected.set()


async def _queued_events(
    request: Request, queue: asyncio.Queue[Event | None], stopping: Stopping
) -> AsyncIterator[Event]:
    """Yields the events of a queue until its end (None), until the connection is closed, or until the server stops."""
    quiet = 0
    while not stopping.is_over():
        try:
            event = await asyncio.wait_for(queue.get(), TICK_S)
        except TimeoutError:
            quiet += 1
            if await request.is_disconnected():
                return
            if quiet % QUIET_TICKS == 0:
                yield Heartbeat()
            continue
        if event is None:
            return
        yield event


def _final_event(task: asyncio.Task[Result]) -> Event:
    error = task.exception()
    return Failed(error) if error is not None else Done(*task.result())


async def final_result(request: Request, work: Work, stopping: Stopping = NEVER) -> Result:
    """Returns the record and outcome that ``ask_events`` ends with. Raises what the work raised.

    If the asker disconnects it raises ``Problem`` (503), which nobody receives.
    """
    async for event in ask_events(request, work, stopping):
        if isinstance(event, Done):
            return event.record, event.outcome
        if isinstance(event, Failed):
            raise event.error
    raise Problem(503, "stopped", "The connection was closed before the answer.")
