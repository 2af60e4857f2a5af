"""Tests of what Retry-After asks for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from assistant.text.retry_after import seconds_to_wait


@pytest.mark.parametrize(("value", "seconds"), [("120", 120.0), (" 7 ", 7.0), ("1.5", 1.5), ("0", 0.0)])
def test_seconds_are_read(value: str, seconds: float) -> None:
    assert seconds_to_wait(value) == seconds


@pytest.mark.parametrize("zone", ["GMT", "-0000"])
def test_a_time_is_read_as_seconds_from_now_and_one_that_has_passed_as_none_left(zone: str) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True).replace("GMT", zone)
    assert seconds_to_wait(later) == pytest.approx(90, abs=5)
    assert seconds_to_wait("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "inf", "nan", "1e9"])
def test_what_is_neither_is_none(value: str | None) -> None:
    assert seconds_to_wait(value) is None
