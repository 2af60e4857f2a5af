"""Gives out inner values of an ONNX graph, without the package ``onnx``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_GRAPH, _OUTPUT, _NAME, _TYPE, _TENSOR, _ELEMENT = 7, 12, 1, 2, 1, 1
"""Field numbers: of a model its graph, of a graph its outputs, of an output its name and type, and so on down to the kind of number.

Source: onnx/onnx.proto3, whose numbers never change.
"""
_FLOAT32 = b"\x01"


def with_outputs(path: Path, names: Sequence[str]) -> bytes:
    """Returns a model whose graph gives out some of its inner float values after its own outputs, otherwise unchanged.

    What stands twice in a protobuf message is merged when it is read, lists by joining them, so that outputs are added by
    appending a graph that holds nothing else.

    Source: Protocol Buffers, "Encoding", section "Last One Wins".

    Raises:
        OSError: The file cannot be read.
    """
    element = bytes([_ELEMENT << 3]) + _FLOAT32
    kind = _field(_TYPE, _field(_TENSOR, element))
    outputs = b"".join(_field(_OUTPUT, _field(_NAME, name.encode()) + kind) for name in names)
    return path.read_bytes() + _field(_GRAPH, outputs)


def _field(number: int, content: bytes) -> bytes:
    """Returns a field that holds a message or a text: its number with wire type 2, its length, its content."""
    return bytes([number << 3 | 2]) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Returns a number in groups of seven bits, the lowest first."""
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])
