"""What a reader may spend on a file besides its pages; the child process that reads sets it, else it is the default."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Limits of reading one file."""

    ocr_pages: int = 500
    """Most pages of a file that are read by OCR; 0 for none."""
    heartbeat: Callable[[], None] = lambda: None
    """Called after each step that takes seconds of its own, such as a page read by OCR: the time limit begins again."""


LIMITS: ContextVar[ReadLimits] = ContextVar("read_limits", default=ReadLimits())  # noqa: B039  frozen
"""Of the file that is being read."""
