"""A section of the coverage report is made once, and a slow one holds nobody up who asks for another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from api.http.part_cache import PartCache


def test_a_section_that_is_there_is_given_while_another_is_made():
    cache, begun, go_on = PartCache(), Event(), Event()
    cache.get(("fast",), lambda: "fast")  # type: ignore[arg-type, return-value]

    def slow():
        begun.set()
        assert go_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(cache.get, ("slow",), slow)
        assert begun.wait(10)
        assert cache.get(("fast",), lambda: pytest.fail("made again")) == "fast"
        assert cache.get(("other",), lambda: "other") == "other"
        go_on.set()
        assert waiting.result(10) == "slow"


def test_two_who_ask_at_once_have_it_made_once():
    cache, made = PartCache(), []

    def make():
        made.append("once")
        return "part"

    with ThreadPoolExecutor(8) as pool:
        assert {pool.submit(cache.get, ("a",), make).result(10) for _ in range(8)} == {"part"}
    assert made == ["once"]


def test_the_least_used_goes_first():
    cache = PartCache(2)
    for name in ("a", "b", "a", "c"):
        cache.get((name,), lambda name=name: name)
    assert cache.get(("a",), lambda: pytest.fail("made again")) == "a"
    assert cache.get(("b",), lambda: "anew") == "anew"


def test_a_fault_is_raised_and_not_kept():
    cache = PartCache()
    with pytest.raises(ValueError, match="broken"):
        cache.get(("a",), lambda: (_ for _ in ()).throw(ValueError("broken")))
    assert cache.get(("a",), lambda: "part") == "part"
