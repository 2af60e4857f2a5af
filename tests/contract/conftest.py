"""Contract tests open each model anew and compute every time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.model_sessions import opened_anew


@pytest.fixture(scope="package", autouse=True)
def _models_opened_anew() -> Iterator[None]:
    with opened_anew():
        yield
