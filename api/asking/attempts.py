"""Writes that a card does not wait for: a full disk or a locked database must not hold it back."""

from __future__ import annotations

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from api.http.problems import logged_problem

WAIT_S = 2.0
Value = TypeVar("Value")


def attempted(write: Callable[[], Value], wait_s: float = WAIT_S) -> Value | None:
    """Returns what a write returned; None if it failed, which is logged, or if it takes longer than ``wait_s``.

    A slow write goes on in the background.
    """
    done: SimpleQueue[Value | None] = SimpleQueue()

    def run() -> None:
        try:
            done.put(write())
        except Exception as error:  # noqa: BLE001  # whatever it is, the card is answered
            logged_problem(error)
            done.put(None)

    Thread(target=run, daemon=True).start()
    try:
        return done.get(timeout=wait_s)
    except Empty:
        return None
