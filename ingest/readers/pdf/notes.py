"""Footnotes of a page, found by their size at its foot; their marks are taken out of the running text."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_joining import running_text
from ingest.readers.source_map import MappedText

SMALL = 0.92
"""A footnote is set below this share of the body size."""
_LABEL = re.compile(r"^(\d{1,3})(?:\s+(?=\S)|(?=[A-Z]))")
_ONLY_MARKS = re.compile(r"^\d{1,3}(?:[\s,]+\d{1,3})*$")
_DIGITS = re.compile(r"\d+")
_GLUED = re.compile(
    r"(?:(?<=[A-Za-z]{3})|(?<=\b19\d\d)|(?<=\b20\d\d)|(?<=[’'”\"\)\];])"
    r"|(?<=[A-Za-z’”\)\]][.,:])|(?<=\d\d\.)(?=\d\d)|(?<=\b19\d\d[.,])|(?<=\b20\d\d[.,]))"
    r"(\d{1,3}(?:,\d{1,3})*)(?=[\s.,;:)’”\]]|$)"
)
"""Digits glued to a word, a year or its punctuation; "2.1" is a number of its own."""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as it stands on its page."""

    page: int
    mark: str
    text: MappedText


def split_notes(
    lines: Sequence[Line], body_size: float, framed: Collection[Line] = ()
) -> tuple[list[Line], tuple[Note, ...]]:
    """Returns the running text of a page, its marks taken out, and its footnotes in order.

    Args:
        lines: From top to bottom.
        body_size: The usual size of the document's letters.
        framed: Lines in the cells of a table, which are no notes however small they are.
    """
    start = _start(lines, body_size, framed)
    notes = (*_notes_in_text(lines[:start]), *_notes(lines[start:]))
    labels = {note.mark for note in notes}
    running: list[Line] = []
    for line in lines[:start]:
        if _is_note_in_text(line):
            continue
        if running and _ONLY_MARKS.match(line.words) and set(_DIGITS.findall(line.words)) <= labels:
            before = running[-1]
            more = tuple((len(before.words), mark) for mark in _DIGITS.findall(line.words))
            running[-1] = replace(before, marks=before.marks + more)
        else:
            running.append(_without_marks(line, labels))
    return running, notes


def _labelled(line: Line) -> tuple[str, Line] | None:
    """Returns the label that a note opens with, and the line without it; None for a line that opens none."""
    if line.opens_note and line.marks and line.marks[0][0] == 0:
        return line.marks[0][1], replace(line, text=line.text.strip(), marks=line.marks[1:])
    found = _LABEL.match(line.words)
    return (found[1], replace(line, text=line.text.cut(found.end()))) if found else None


def _is_note_in_text(line: Line) -> bool:
    return line.opens_note and _labelled(line) is not None


def _notes_in_text(lines: Sequence[Line]) -> tuple[Note, ...]:
    """Returns the notes of one line that do not stand at the foot of the page."""
    found = [_labelled(line) for line in lines if line.opens_note]
    return tuple(Note(each[1].page, each[0], each[1].text) for each in found if each)


def _start(lines: Sequence[Line], body_size: float, framed: Collection[Line]) -> int:
    start = len(lines)
    while start > 0 and lines[start - 1].size <= SMALL * body_size and lines[start - 1] not in framed:
        start -= 1
    while start < len(lines) and _labelled(lines[start]) is None:
        start += 1
    return start


def _notes(lines: Sequence[Line]) -> tuple[Note, ...]:
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        found = _labelled(line)
        if found and (line.opens_note or not groups or _follows(found[0], groups[-1][0])):
            groups.append((found[0], [found[1]]))
        elif groups:
            groups[-1][1].append(line)
    return tuple(Note(lines[0].page, mark, running_text(parts)) for mark, parts in groups)


def _follows(label: str, before: str) -> bool:
    return label.isdigit() and before.isdigit() and int(label) == int(before) + 1


def _without_marks(line: Line, labels: set[str]) -> Line:
    """Returns a line without the footnote marks that are glued to its words."""
    for found in reversed(list(_GLUED.finditer(line.words))):
        if labels.issuperset(found[1].split(",")):
            line = _without(line, *found.span(1), found[1])
    return line


def _without(line: Line, start: int, end: int, removed: str) -> Line:
    """Returns a line without the marks, separated by commas, between two offsets of its text."""
    marks = [(at - (end - start) if at > start else at, mark) for at, mark in line.marks]
    marks.extend((start, mark) for mark in removed.split(","))
    text = line.text.cut(0, start) + line.text.cut(end)
    return replace(line, text=text if start else text.strip(), marks=tuple(sorted(marks)))
