"""A digest of the code and data that decide answers, so that a release lock cannot be fooled by forgetting to raise a version.

Every module and every data file of ``ROOMS`` counts, byte by byte but for line ends: a constant, a word list, a screening table,
a tokenising rule. Models, calibration and documents have fingerprints of their own.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistant.text.file_digest import file_digest

ROOMS = (
    "answering",
    "text",
    "editions",
    "model",
    "adapters/indexes",
    "adapters/embedders",
    "adapters/rerankers",
)
"""Folders below ``assistant`` on which answers depend."""


@cache
def pipeline_digest() -> str:
    """Returns the digest of the code that runs; read once a process."""
    return file_digest(Path(__file__).parents[1], ROOMS)
