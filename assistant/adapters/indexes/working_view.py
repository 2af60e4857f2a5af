"""A view of an index folder that can be opened where the folder itself cannot be written, as on a full disk.

Chroma and tantivy write a little whenever they open an index (a lock, a migration check). The view is a folder in
memory or among the temporary files, with links to the large files, which never change, and copies of the small ones.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  a private folder is made in it
COPIED = ".sqlite3"
LOCK = ".lock"
_OPEN: weakref.WeakSet[WorkingView] = weakref.WeakSet()
"""Views of this process, for one that ends without running its finalizers."""


class WorkingView:
    """A private folder that looks like an index folder; it goes when it is closed, let go, or its process ends.

    Args:
        folder: The index folder.

    Raises:
        OSError: There is no room for it either.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.path = _filled(folder.resolve(), MEMORY if MEMORY.is_dir() else None)
        except OSError:
            self.path = _filled(folder.resolve(), None)
        self._remove = weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)
        _OPEN.add(self)

    def close(self) -> None:
        """Removes the folder."""
        self._remove()


def close_views() -> None:
    """Removes every view of this process."""
    for view in tuple(_OPEN):
        view.close()


def _filled(folder: Path, place: Path | None) -> Path:
    view = Path(tempfile.mkdtemp(prefix="assistant-index-", dir=place))
    try:
        for path in sorted(folder.rglob("*")):
            to = view / path.relative_to(folder)
            if path.is_dir():
                to.mkdir()
            elif COPIED in path.name:
                shutil.copyfile(path, to)
            elif path.suffix != LOCK:
                to.symlink_to(path)
    except OSError:
        shutil.rmtree(view, ignore_errors=True)
        raise
    return view
