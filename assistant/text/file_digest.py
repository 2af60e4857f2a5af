"""A digest over files of code and data, for versions that nobody has to remember to raise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

ENDINGS = (".py", ".toml", ".txt")
"""Code, tables and word lists."""


def code_files(root: Path, folders: Iterable[str]) -> Iterator[Path]:
    """Yields the files of code and data in folders below a root, folder by folder, in the order of their paths."""
    for folder in folders:
        yield from sorted(path for path in (root / folder).rglob("*") if path.suffix in ENDINGS and path.is_file())


def file_digest(root: Path, folders: Iterable[str]) -> str:
    """Returns a short digest over the paths and contents of ``code_files``; line ends do not count."""
    whole = hashlib.sha256()
    for path in code_files(root, folders):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        whole.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode() + content)
    return whole.hexdigest()[:16]
