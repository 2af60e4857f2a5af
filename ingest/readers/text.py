"""Plain-text reader: paragraphs between blank lines, numbered paragraphs and bulleted lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from assistant.errors import UnreadableDocument
from ingest.readers.blocks import Block, BlockKind, ReadFile
from ingest.readers.labels import item_start, paragraph_label
from ingest.readers.source_map import MappedText, mapped, normalised


def read_text(path: Path) -> ReadFile:
    """Returns a plain text file as blocks, one page in all.

    Raises:
        UnreadableDocument: It is empty or not UTF-8.
    """
    raw = text_of(path)
    blocks = tuple(block for start, end in _paragraphs(raw) for block in _blocks(raw, start, end))
    if not blocks:
        raise UnreadableDocument(path, "no readable text", "Leave it out or save it again", 1)
    return ReadFile(blocks, (raw,), ("1",))


def blocks_of_text(raw: str) -> ReadFile:
    """Returns running text as paragraphs, cut at blank lines; nothing else is read into it."""
    blocks = []
    for start, end in _paragraphs(raw):
        text = normalised(mapped(raw[start:end], 1, start))
        if text.text:
            blocks.append(Block(BlockKind.PARAGRAPH, text.text, text.runs()))
    return ReadFile(tuple(blocks), (raw,), ("1",))


def text_of(path: Path, encoding_of: Callable[[bytes], str | None] = lambda raw: None) -> str:
    """Returns the text of a file, its line ends as line feeds.

    Args:
        path: The file.
        encoding_of: Returns the encoding that a file which is not UTF-8 names itself, None where it names none.

    Raises:
        UnreadableDocument: It cannot be opened, is empty or is neither UTF-8 nor what it says.
    """
    try:
        raw = _decoded(path.read_bytes(), encoding_of)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        what = f"not UTF-8 text (line {line}, byte {error.start})"
        raise UnreadableDocument(path, what, "Open it in an editor and save it as UTF-8", 1) from error
    except OSError as error:
        fix = "Check the path and its permissions"
        raise UnreadableDocument(path, f"cannot be opened ({error.strerror})", fix) from error
    if not raw.strip():
        raise UnreadableDocument(path, "the file is empty", "Leave it out or save it again", 1)
    return raw.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(raw: bytes, encoding_of: Callable[[bytes], str | None]) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        encoding = encoding_of(raw)
        if encoding is None:
            raise
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            raise error from None


def _paragraphs(raw: str) -> Iterator[tuple[int, int]]:
    """Yields the stretches between blank lines."""
    at, begin = 0, -1
    for line in raw.split("\n"):
        is_blank = not line.strip()
        if is_blank and begin >= 0:
            yield begin, at
            begin = -1
        elif not is_blank and begin < 0:
            begin = at
        at += len(line) + 1
    if begin >= 0:
        yield begin, len(raw)


def _blocks(raw: str, start: int, end: int) -> Iterator[Block]:
    """Yields a paragraph, cut before each line that begins with a bullet, a letter or a number."""
    parts: list[tuple[int, int]] = []
    at = start
    for line in raw[start:end].split("\n"):
        words = line.strip()
        if not parts or item_start(words) or paragraph_label(words):
            parts.append((at, at + len(line)))
        else:
            parts[-1] = (parts[-1][0], at + len(line))
        at += len(line) + 1
    for begin, close in parts:
        text = normalised(mapped(raw[begin:close], 1, begin))
        if text.text:
            yield _block(text)


def _block(text: MappedText) -> Block:
    item = item_start(text.text)
    if item is None:
        return Block(BlockKind.PARAGRAPH, text.text, text.runs(), label=paragraph_label(text.text))
    words = text.cut(item[0])
    return Block(BlockKind.LIST_ITEM, words.text, words.runs(), label=item[1])
