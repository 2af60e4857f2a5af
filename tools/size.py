"""Prints how much room the installed packages of this environment take: the whole, then the largest distributions.

``python tools/size.py [ENTRIES]``. Standard library only. A distribution counts with the byte code of its modules; what no
distribution lists, such as this project where it is installed from its folder, is in the whole alone.
"""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from importlib.util import cache_from_source
from pathlib import Path

ENTRIES = 25
MB = 2**20
"""As `du -m` counts."""


def bytes_of(path: Path) -> int:
    """Returns the room that a file takes on the disk, as ``du`` counts; 0 where there is none."""
    try:
        return path.lstat().st_blocks * 512
    except OSError:
        return 0


def files_of(distribution: Distribution, root: Path) -> Iterator[Path]:
    """Yields the files of a distribution inside a folder, with those of byte code that pip does not list."""
    listed = {Path(str(file.locate())).resolve() for file in distribution.files or ()}
    for path in listed:
        if path.is_relative_to(root):
            yield path
            compiled = Path(cache_from_source(str(path))) if path.suffix == ".py" else path
            if compiled not in listed:
                yield compiled


def sizes(root: Path) -> dict[str, int]:
    """Returns bytes by name and version of each distribution, the largest first."""
    found = {f"{each.name} {each.version}": sum(map(bytes_of, files_of(each, root))) for each in distributions()}
    return dict(sorted(found.items(), key=lambda entry: -entry[1]))


def main(entries: int = ENTRIES) -> None:
    """Prints the table."""
    root = Path(sysconfig.get_paths()["purelib"]).resolve()
    whole = sum(bytes_of(path) for path in root.rglob("*"))
    sys.stdout.write(f"{whole / MB:7.0f} MB in {root}\n")
    for name, size in list(sizes(root).items())[:entries]:
        sys.stdout.write(f"{size / MB:7.1f} MB {name}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
