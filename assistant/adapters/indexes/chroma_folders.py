"""Opens local Chroma folders, caches the latest ones, and closes them again."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from assistant.adapters.indexes.beside import Beside, read_beside
from assistant.adapters.indexes.partitions import OPEN, Partitions, read_partitions
from assistant.adapters.indexes.working_view import WorkingView
from assistant.data_folder import has_room, is_read_only

COLLECTION = "passages"
"""Collection of the passages for everybody; one for some groups only is called ``passages-`` and the partition's name."""
MAX_OPEN = 2
"""Folders open at once: the current generation and the one that readers are leaving."""


@dataclass(frozen=True, slots=True)
class Collections:
    """The collections of a folder, by partition, and what stands beside them."""

    partitions: Partitions
    by_name: dict[str, Any]
    """Of the graph; a partition that only newer passages are in has none."""
    beside: Beside = field(default_factory=Beside)


@dataclass(slots=True)
class _Open:
    """An open folder and how many threads use it now."""

    client: Any
    collections: Collections
    view: WorkingView | None = None
    """What was opened in place of the folder, where the folder cannot be written."""
    users: int = 0

    def close(self) -> None:
        """Closes the folder."""
        self.client.close()
        if self.view is not None:
            self.view.close()


def collection_name(partition: str) -> str:
    """Returns the name of the collection of a partition."""
    return COLLECTION if partition == OPEN else f"{COLLECTION}-{partition}"


def _partition(name: str) -> str:
    """Returns the partition of the collection of a name."""
    return name.removeprefix(COLLECTION).removeprefix("-")


class ChromaFolders:
    """Open folders by path; a folder in use is never closed under its user.

    Chroma keeps one system per path for as long as a client of it is open: one that outlives its folder would be
    handed out again for the next folder of that name, so every client is closed explicitly.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._open: OrderedDict[Path, _Open] = OrderedDict()

    def __len__(self) -> int:
        return len(self._open)

    @contextmanager
    def using(self, folder: Path) -> Iterator[Collections]:
        """Yields the collections of a folder, which stay open while the context lasts."""
        with self._lock:
            if folder not in self._open:
                self._open[folder] = _opened(folder)
            opened = self._open[folder]
            self._open.move_to_end(folder)
            opened.users += 1
            self._close_surplus()
        try:
            yield opened.collections
        finally:
            with self._lock:
                opened.users -= 1

    def close(self, folder: Path) -> None:
        """Closes a folder that is about to be removed; nothing happens where it is not open."""
        with self._lock:
            opened = self._open.pop(folder, None)
            if opened is not None:
                opened.close()

    def _close_surplus(self) -> None:
        surplus = len(self._open) - MAX_OPEN
        for folder in [path for path, each in self._open.items() if not each.users][: max(surplus, 0)]:
            self._open.pop(folder).close()


def client_of(folder: Path) -> Any:
    """Returns a new client of a folder; the caller closes it. Raises ``ValueError`` for a damaged folder."""
    import chromadb
    from chromadb.config import Settings

    try:
        return chromadb.PersistentClient(str(folder.absolute()), settings=Settings(anonymized_telemetry=False))
    except AttributeError as error:  # Chroma 1.5.9 stops a system that it could not start the time before
        raise ValueError("the folder is damaged") from error


def flush(folder: Path) -> None:
    """Waits until every file of a folder is on disk, so that a power cut after publishing finds it whole."""
    for path in (*folder.rglob("*"), folder, folder.parent):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _opened(folder: Path) -> _Open:
    from chromadb.errors import ChromaError

    if not folder.exists():
        raise FileNotFoundError("no such folder")
    if not is_read_only(folder):
        try:
            return _Open(*_collections_of(folder))
        except (ChromaError, ValueError):
            if has_room(folder):
                raise
    view = WorkingView(folder)
    try:
        return _Open(*_collections_of(view.path), view)
    except BaseException:
        view.close()
        raise


def _collections_of(folder: Path) -> tuple[Any, Collections]:
    """Returns an open client with its collections."""
    with ExitStack() as undo:
        client = client_of(folder)
        undo.callback(client.close)
        partitions = read_partitions(folder)
        by_name = {
            name: client.get_collection(collection_name(name), embedding_function=None)
            for name in {OPEN, *(_partition(each.name) for each in client.list_collections())}
        }
        beside = read_beside(folder)
        undo.pop_all()
    return client, Collections(partitions, by_name, beside)
