"""Lets a few questions be looked up at a time, the others in the order in which they came, and refuses where the wait is too long.

More at once would answer none of them sooner: they share the cores, and each waits for all. An urgent question gets its card
before it waits, goes before the others, and is never refused.
"""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from api.http.problems import Problem

FIRST_S = 0.5
"""What a question is taken to need before one has been answered."""
WEIGHT = 0.1
"""Weight of the latest question in the running mean of what one needs."""
MOST_RETRY_S = 60


class Turns:
    """The turns of one worker.

    Args:
        at_once: Questions that are looked up at the same time.
        longest_wait_s: Longest wait that somebody is let in for.
        most_waiting: Most that wait; each holds a thread, and a card needs one that is free.
    """

    def __init__(self, at_once: int, longest_wait_s: float, most_waiting: int = 120) -> None:
        self._at_once = at_once
        self._longest_wait_s = longest_wait_s
        self._most_waiting = most_waiting
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._taken = 0
        self._needed_s = FIRST_S

    @property
    def waiting(self) -> int:
        """How many questions wait for their turn."""
        return len(self._waiting)

    @contextmanager
    def taken(self, *, is_urgent: bool = False) -> Iterator[None]:
        """Holds a turn for as long as the context lasts, after those who came before.

        Args:
            is_urgent: Whether it goes before those who wait, and is never refused.

        Raises:
            Problem: The wait would be too long (503, Retry-After); nothing was waited for.
        """
        turn = self._joined(is_urgent)
        if turn is not None:
            turn.wait()
        start = time.perf_counter()
        try:
            yield
        finally:
            self._given_back(time.perf_counter() - start)

    def _joined(self, is_urgent: bool) -> threading.Event | None:
        """Returns what tells that it is one's turn, None where it is at once. Raises ``Problem``."""
        with self._lock:
            if self._taken < self._at_once:
                self._taken += 1
                return None
            turn, before = threading.Event(), len(self._waiting)
            if is_urgent:
                self._waiting.appendleft(turn)
                return turn
            wait_s = (before + 1) * self._needed_s / self._at_once
            if wait_s > self._longest_wait_s or before >= self._most_waiting:
                raise _busy(wait_s / 2)
            self._waiting.append(turn)
            return turn

    def _given_back(self, seconds: float) -> None:
        """Hands a turn to whoever has waited longest."""
        with self._lock:
            self._needed_s += WEIGHT * (seconds - self._needed_s)
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken -= 1


def _busy(seconds: float) -> Problem:
    wait = min(max(math.ceil(seconds), 1), MOST_RETRY_S)
    detail = f"The assistant is busy: many people are asking. Your question was not answered; ask it again in about {wait} s."
    return Problem(503, "busy", detail, headers={"Retry-After": str(wait)})
