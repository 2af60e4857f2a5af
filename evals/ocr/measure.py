"""How well scanned pages are read: word errors, numbers that are shown wrong, and numbers that are held back."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from assistant.errors import UsageError
from evals.ocr.pages import ScannedPage, scanned_pages
from ingest.readers import read_file
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.ocr.tesseract import PACKAGE, program

_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_NEVER_QUOTED = (BlockKind.FIGURE,)


@dataclass(frozen=True, slots=True)
class PageReading:
    """One page."""

    name: str
    kind: str
    words: int
    errors: int
    """Words put in, left out or changed, notes' marks among them."""
    numbers: int
    """Words with a digit that stand on it."""
    held_back: int
    """Of these, those that no quote shows: they are in figures, which point to the picture of the page."""
    wrong: tuple[str, ...]
    """Numbers that a quote would show and that do not stand there."""
    seconds: float

    @property
    def error_rate(self) -> float:
        """Word errors by words."""
        return self.errors / self.words if self.words else 0.0


def measured(
    pages: Sequence[ScannedPage] | None = None, progress: Callable[[str], None] = lambda line: None
) -> tuple[PageReading, ...]:
    """Returns how each page is read. Raises ``UsageError`` where Tesseract is not installed."""
    if program() is None:
        raise UsageError(f"Tesseract is not here. {PACKAGE}.")
    readings = []
    with tempfile.TemporaryDirectory() as folder:
        for page in pages if pages is not None else scanned_pages():
            began = time.monotonic()
            read = read_file(page.save(Path(folder)), 10)
            readings.append(reading_of(page, read, time.monotonic() - began))
            progress(_row(readings[-1]))
    return tuple(readings)


def reading_of(page: ScannedPage, read: ReadFile, seconds: float = 0.0) -> PageReading:
    """Returns how a page was read, word by word beside what stands on it."""
    held = [(word, each.kind in _NEVER_QUOTED) for each in read.blocks for word in _words(_with_label(each))]
    truth, found = _bare(page.words), _bare(word for word, _ in held)
    kept = [hidden for (word, hidden) in held if _EDGES.sub("", word)]
    wrong: list[str] = []
    right = 0
    operations = Levenshtein.opcodes(truth, found)
    for operation in operations:
        stretch = range(operation.dest_start, operation.dest_end)
        numbers = [(found[at], kept[at]) for at in stretch if _has_digit(found[at])]
        if operation.tag == "equal":
            right += sum(not hidden for _, hidden in numbers)
        else:
            wrong += [word for word, hidden in numbers if not hidden]
    count = sum(map(_has_digit, truth))
    errors = Levenshtein.distance(truth, found)
    return PageReading(page.name, page.kind, len(truth), errors, count, count - right, tuple(wrong), seconds)


def _with_label(block: object) -> str:
    from ingest.readers.blocks import Block

    assert isinstance(block, Block)
    is_apart = block.label and not block.text.startswith(block.label)
    return f"{block.label} {block.text}" if is_apart else block.text


def _words(text: str) -> list[str]:
    return [word for word in text.replace(" | ", " ").split() if word != "|"]


def _bare(words: object) -> list[str]:
    return [bare for word in words if (bare := _EDGES.sub("", str(word)))]  # type: ignore[attr-defined]


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def table(readings: Sequence[PageReading]) -> str:
    """Returns the figures by kind of page as Markdown, wrong numbers last."""
    kinds = dict.fromkeys(each.kind for each in readings)
    lines = [
        "| pages | count | words | word errors | numbers | held back | shown wrong | s a page |",
        "|---|---|---|---|---|---|---|---|",
        *(_line(kind, [each for each in readings if each.kind == kind]) for kind in kinds),
        _line("all", readings),
    ]
    wrong = [f"- {each.name} ({each.kind}): {word}" for each in readings for word in each.wrong]
    return "\n".join([*lines, *(["", "Numbers shown wrong:", *wrong] if wrong else [])])


def _line(name: str, readings: Sequence[PageReading]) -> str:
    words, errors = sum(each.words for each in readings), sum(each.errors for each in readings)
    numbers, held = sum(each.numbers for each in readings), sum(each.held_back for each in readings)
    wrong, seconds = sum(len(each.wrong) for each in readings), sum(each.seconds for each in readings)
    share = f"{errors} ({errors / max(words, 1):.2%})"
    return f"| {name} | {len(readings)} | {words} | {share} | {numbers} | {held} | {wrong} | {seconds / max(len(readings), 1):.1f} |"


def _row(each: PageReading) -> str:
    return f"{each.name} {each.kind}: {each.errors} of {each.words} words wrong, {len(each.wrong)} numbers shown wrong"
