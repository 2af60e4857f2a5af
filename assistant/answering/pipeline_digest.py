"""A digest of the code and data that decide answers, so that a release lock cannot be fooled by forgetting to raise a version.

Every module and every data file of ``ROOMS`` counts, byte by byte but for line ends: a constant, a word list, a screening table,
a tokenising rule. Models, calibration and documents have fingerprints of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
ENDINGS = (".py", ".toml", ".txt")
"""Code, tables and word lists; packaged calibrations (``.json``) count by their own digest."""


def pipeline_files(root: Path) -> Iterator[Path]:
    """Yields the files on which answers depend, in the order of their paths.

    Args:
        root: The folder of the package ``assistant``.
    """
    for room in ROOMS:
        yield from sorted(path for path in (root / room).rglob("*") if path.suffix in ENDINGS and path.is_file())


def digest_of(root: Path) -> str:
    """Returns a short digest over the files on which answers depend: their paths and contents."""
    whole = hashlib.sha256()
    for path in pipeline_files(root):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:16]


@cache
def pipeline_digest() -> str:
    """Returns the digest of the code that runs; read once a process."""
    return digest_of(Path(__file__).parents[1])
