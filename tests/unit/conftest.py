"""Unit tests have no network: a socket that is opened is a failure."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_network(socket_disabled: None) -> None:
    """Blocks sockets around every unit test."""
