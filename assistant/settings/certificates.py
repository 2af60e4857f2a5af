"""The file of certificate authorities that several settings may name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator


def _is_there(path: Path) -> Path:
    if not path.is_file():
        raise ValueError(f"{path}: no such file of certificate authorities")
    return path


CaFile = Annotated[Path, AfterValidator(_is_there)]
"""A file with certificate authorities (PEM) that is there."""
