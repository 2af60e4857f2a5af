"""Who is looked up now, who waits, and who is told to come back."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api.http.problems import Problem
from api.http.turns import Turns


def _wait_until(turns: Turns, waiting: int) -> None:
    until = time.monotonic() + 5
    while turns.waiting != waiting and time.monotonic() < until:
        time.sleep(0.001)
    assert turns.waiting == waiting


def _line(turns: Turns, names: list[tuple[str, bool]]) -> list[str]:
    """Returns in which order those who came one after the other were let in, while one held the only turn."""
    order: list[str] = []

    def ask(name: str, is_urgent: bool) -> None:
        with turns.taken(is_urgent=is_urgent):
            order.append(name)

    with ThreadPoolExecutor(8) as pool, turns.taken():
        for place, (name, is_urgent) in enumerate(names, start=1):
            pool.submit(ask, name, is_urgent)
            _wait_until(turns, place)
    return order


def test_who_came_first_is_next() -> None:
    assert _line(Turns(1, 60.0), [("a", False), ("b", False), ("c", False)]) == ["a", "b", "c"]


def test_an_urgent_question_goes_before_those_who_wait() -> None:
    assert _line(Turns(1, 60.0), [("a", False), ("b", False), ("urgent", True)]) == ["urgent", "a", "b"]


def test_no_more_are_looked_up_than_set() -> None:
    turns, now, most = Turns(2, 60.0), [0], [0]
    lock = threading.Lock()

    def ask() -> None:
        with turns.taken():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            time.sleep(0.002)
            with lock:
                now[0] -= 1

    with ThreadPoolExecutor(10) as pool:
        for _ in range(30):
            pool.submit(ask)
    assert most == [2]
    assert turns.waiting == 0


@pytest.mark.parametrize(("longest_wait_s", "most_waiting"), [(0.1, 120), (60.0, 0)])
def test_a_wait_too_long_is_said_at_once(longest_wait_s: float, most_waiting: int) -> None:
    turns = Turns(1, longest_wait_s, most_waiting)
    with turns.taken():
        with pytest.raises(Problem) as refused, turns.taken():
            pass
        assert (refused.value.status, refused.value.code) == (503, "busy")
        assert refused.value.headers == {"Retry-After": "1"}
        assert "about 1 s" in refused.value.detail
    with turns.taken():
        assert turns.waiting == 0


def test_an_urgent_question_is_never_refused() -> None:
    assert _line(Turns(1, 0.001), [("urgent", True)]) == ["urgent"]


def test_a_question_that_fails_gives_its_turn_back() -> None:
    turns = Turns(1, 60.0)
    with pytest.raises(ValueError, match="broken"), turns.taken():
        raise ValueError("broken")
    with turns.taken():
        assert turns.waiting == 0
