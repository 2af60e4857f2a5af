"""How the parent and the child that reads files talk: values with their length before them."""

from __future__ import annotations

import io
import pickle
from typing import Any, BinaryIO

_SPOKEN = {
    "ingest.readers.blocks": {"ReadFile", "Block", "BlockKind", "Run", "Mark", "Link"},
    "assistant.model.library": {"Exclusion"},
    "assistant.errors": {"UnreadableDocument", "CatalogueError"},
    "pathlib": {"PosixPath", "WindowsPath"},
    "pathlib._local": {"PosixPath", "WindowsPath"},
}
"""The only types that may come over the pipe: a document that took over the child gets no further by it."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name not in _SPOKEN.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} is not spoken here")
        return super().find_class(module, name)


def send(pipe: BinaryIO, value: Any) -> None:
    """Writes one value."""
    packed = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(len(packed).to_bytes(8, "big") + packed)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """Returns one value.

    Raises:
        EOFError: The other side has gone.
        pickle.UnpicklingError: It is a value of another type than those that are spoken here.
    """
    size = pipe.read(8)
    packed = pipe.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
    if len(size) < 8 or len(packed) < int.from_bytes(size, "big"):
        raise EOFError
    return _Reader(io.BytesIO(packed)).load()
