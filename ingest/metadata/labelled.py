"""What a cover says after a label: "Version: 4.1", a row "Review date | September 2026", a table of versions."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.readers.cover import Cover, CoverLine

_PARTS = re.compile(r"\s+[|•·]\s+|\s{3,}|;\s+")
_LABEL = re.compile(r"^(?P<label>[A-Za-z][A-Za-z’'/&() -]{1,45}?)\s*(?::|\s[–—-]\s|\?)\s*(?P<value>.*)$")
LONGEST_LABEL = 46
MOST_ROWS = 12
"""Rows of a table of versions that are read."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its label."""

    label: str
    """In lower case."""
    value: str
    page: int
    is_running: bool
    words: str
    """The whole, as printed."""


def facts_of(cover: Cover) -> tuple[Fact, ...]:
    """Returns what is labelled on a cover, in its order."""
    return tuple(_facts(cover.lines))


def _facts(lines: Sequence[CoverLine]) -> Iterator[Fact]:
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        if len(line.cells) > 1:
            yield from _of_row(line, lines[place + 1 : place + 1 + MOST_ROWS])
        for part in _PARTS.split(line.text):
            match = _LABEL.match(part.strip())
            if match is None:
                continue
            value = match["value"].strip()
            if not value and following is not None and part == _PARTS.split(line.text)[-1]:
                value = following.text
            yield _fact(match["label"], value, line, part)


def _of_row(line: CoverLine, below: Sequence[CoverLine]) -> Iterator[Fact]:
    """Yields the facts of a row: each cell labels the next one, or it heads the rows below."""
    cells = line.cells
    for label, value in itertools.pairwise(cells):
        if _is_label(label) and value:
            yield _fact(label.rstrip(": "), value, line, f"{label} {value}")
    if not all(_is_label(each) for each in cells if each):
        return
    for row in itertools.takewhile(lambda each: len(each.cells) == len(cells), below):
        for label, value in zip(cells, row.cells, strict=True):
            if label and value:
                yield _fact(label, value, row, f"{label}: {value}")


def _is_label(cell: str) -> bool:
    return 1 < len(cell) <= LONGEST_LABEL and any(map(str.isalpha, cell)) and not re.search(r"\d{3}", cell)


def _fact(label: str, value: str, line: CoverLine, words: str) -> Fact:
    return Fact(" ".join(label.lower().split()), value, line.page, line.is_running, " ".join(words.split()))
