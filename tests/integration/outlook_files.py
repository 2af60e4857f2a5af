"""Writes compound files and Outlook mails, as [MS-CFB] and [MS-OXMSG] say; no library of Python does."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

Storage = Mapping[str, Any]
"""Name to the bytes of a stream, or to another storage."""
SECTOR, MINI, CUT_OFF = 512, 64, 4096
END, FREE, FAT, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF


def write_compound(path: Path, root: Storage) -> Path:
    """Writes a compound file of version 3."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]
    _walk(root, 0, entries)
    mini, mini_fat, sectors, fat = b"", list[int](), list[bytes](), list[int]()

    def chain(content: bytes) -> int:
        if not content:
            return END
        first = len(fat)
        parts = [content[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(content), SECTOR)]
        fat.extend([*range(first + 1, first + len(parts)), END])
        sectors.extend(parts)
        return first

    starts: list[int] = []
    for _, kind, content, _ in entries:
        if kind != 2 or not content:
            starts.append(END if kind == 2 else 0)
        elif len(content) < CUT_OFF:
            starts.append(len(mini_fat))
            pieces = -(-len(content) // MINI)
            mini_fat.extend([*range(len(mini_fat) + 1, len(mini_fat) + pieces), END])
            mini += content.ljust(pieces * MINI, b"\0")
        else:
            starts.append(chain(content))
    starts[0] = chain(mini)
    sizes = [len(mini), *(len(content) for _, _, content, _ in entries[1:])]
    first_mini_fat = chain(struct.pack(f"<{len(mini_fat)}I", *mini_fat))
    directory = b"".join(_entry(at, entries, starts, sizes) for at in range(len(entries)))
    first_directory = chain(directory)
    own = next(number for number in count(1) if number * SECTOR // 4 >= len(fat) + number)
    at_fat = list(range(len(fat), len(fat) + own))
    fat += [FAT] * own
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(own * SECTOR, b"\xff")
    header = struct.pack(
        "<8s16s5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, 0, own, first_directory, 0,
        CUT_OFF, first_mini_fat, -(-len(mini_fat) * 4 // SECTOR), END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *at_fat, *[FREE] * (109 - own))
    path.write_bytes(header + b"".join(sectors) + table)
    return path


def _walk(storage: Storage, parent: int, entries: list[tuple[str, int, bytes, list[int]]]) -> None:
    for name, held in storage.items():
        at = len(entries)
        entries[parent][3].append(at)
        is_stream = isinstance(held, bytes)
        entries.append((name, 2 if is_stream else 1, held if is_stream else b"", []))
        if not is_stream:
            _walk(held, at, entries)


def _entry(at: int, entries: list[tuple[str, int, bytes, list[int]]], starts: list[int], sizes: list[int]) -> bytes:
    """Returns a directory entry; the children of a storage are one to the right of the other."""
    name, kind, _, children = entries[at]
    held = name.encode("utf-16-le")
    right = next((c[c.index(at) + 1] for *_, c in entries if at in c[:-1]), NONE)
    child = children[0] if children else NONE
    return struct.pack(
        "<64sH2B3I36xIII", held, len(held) + 2, kind, 1, NONE, right, child, starts[at], sizes[at], 0
    )  # fmt: skip


def mail_storage(
    texts: Mapping[int, str | bytes], *attachments: tuple[Mapping[int, str | bytes], Storage], is_inner: bool = False
) -> Storage:
    """Returns a mail: its properties (text as Unicode, bytes as binary, an empty one as True), and what is attached."""
    header = struct.pack("<8x4I", 0, len(attachments), 0, len(attachments)) + (b"" if is_inner else bytes(8))
    storage = _properties(texts, header)
    for number, (properties, more) in enumerate(attachments):
        storage[f"__attach_version1.0_#{number:08X}"] = {**_properties(properties, bytes(8)), **more}
    return storage


def _properties(values: Mapping[int, str | bytes], header: bytes) -> dict[str, Any]:
    storage: dict[str, Any] = {}
    table = header
    for pid, value in values.items():
        if value == b"":
            table += struct.pack("<HHIB7x", 0x000B, pid, 6, 1)
            continue
        kind = 0x001F if isinstance(value, str) else 0x0102
        held = value.encode("utf-16-le") if isinstance(value, str) else value
        storage[f"__substg1.0_{pid:04X}{kind:04X}"] = held
        table += struct.pack("<HHIII", kind, pid, 6, len(held) + 2 * (kind == 0x001F), 0)
    return {"__properties_version1.0": table, **storage}
