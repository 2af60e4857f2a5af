"""Footnotes of a page, found by their size at its foot; their marks are taken out of the running text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType

from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_joining import text_of
from ingest.readers.pdf.raised import is_of_law, raised_digits
from ingest.readers.source_map import MappedText, unmapped

SMALL = 0.92
"""A footnote is set below this share of the body size."""
_CLOSE = 1.35
"""Sizes between the lines of a note as large as the text."""
_NEAR = 1.7
"""Sizes between the lines of a note of amended law; a larger gap ends it."""
_LABEL = re.compile(
    r"^(?:\[?([1-9]\d{0,2})\]?(?:\s+(?=\S)|(?=[A-Z]))|([*†‡§¶]{1,3})\s*(?=\w)|([A-Z]\d{1,4})(?:\s+(?=\S)|(?=[A-Z][a-z])))"
)
_ONLY_MARKS = re.compile(r"^\d{1,3}(?:[\s,]+\d{1,3})*$")
_DIGITS = re.compile(r"\d+")
_GLUED = re.compile(
    r"(?:(?<=[A-Za-z]{3})|(?<=\b19\d\d)|(?<=\b20\d\d)|(?<=[’'”\"\)\];])"
    r"|(?<=[A-Za-z’”\)\]][.,:])|(?<=\d\d\.)(?=\d\d)|(?<=\b19\d\d[.,])|(?<=\b20\d\d[.,]))"
    r"(\d{1,3}(?:,\d{1,3})*)(?=[\s.,;:)’”\]]|$)"
)
"""Digits glued to a word, a year or its punctuation; "2.1" is a number of its own."""
_GLUED_SIGN = re.compile(r"(?<=[^\s*†‡§¶])([*†‡§¶]{1,3})(?=[\s.,;:)’”\]]|$)")
_BRACKETED = re.compile(r"(?<=\S)\s?\[(\d{1,3})\](?=[\s.,;:)’”]|$)")
_POWER_OF = re.compile(r"(?<![\d.,])(?!(?:19|20)\d\d$)\d{1,4}$")
"""A number, no year, that a raised number may be a power of."""
_END_HEADING = re.compile(r"^(?:end ?notes|footnotes|notes|references)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as it stands on its page."""

    page: int
    mark: str
    text: MappedText
    is_at_end: bool = False
    """Whether it stands at the end of the document and not on the page of its mark."""


def notes_of(
    pages: Sequence[Sequence[Line]],
    body_size: float,
    vocabulary: Mapping[str, int],
    framed: Sequence[Collection[Line]],
) -> list[tuple[list[Line], tuple[Note, ...]]]:
    """Returns for each page its running text, the marks taken out, and its footnotes in order.

    Args:
        pages: The lines of each page, from top to bottom.
        body_size: The usual size of the document's letters.
        vocabulary: How often each word occurs in the document, in lower case.
        framed: The lines in the cells of tables of each page.
    """
    without_end, at_end = _without_endnotes(pages, vocabulary)
    labels_at_end = frozenset(note.mark for notes in at_end for note in notes)
    of_law = frozenset(mark for lines in pages for line in lines for _, mark in line.marks if is_of_law(mark))
    split: list[tuple[list[Line], tuple[Note, ...]]] = []
    before: frozenset[str] = frozenset()
    for lines, ends, in_cells in zip(without_end, at_end, framed, strict=True):
        running, notes = split_notes(lines, body_size, in_cells, before | of_law, vocabulary)
        running = [_without_bracketed(line, labels_at_end) for line in running]
        split.append((running, (*notes, *ends)))
        before = frozenset(mark for line in running for _, mark in line.marks)
    known = {int(note.mark) for _, notes in split for note in notes if note.mark.isdigit()}
    return [([_with_powers(line, known) for line in running], notes) for running, notes in split]


def split_notes(
    lines: Sequence[Line],
    body_size: float,
    framed: Collection[Line] = (),
    expected: Collection[str] = (),
    vocabulary: Mapping[str, int] = MappingProxyType({}),
) -> tuple[list[Line], tuple[Note, ...]]:
    """Returns the running text of a page, its marks taken out, and its footnotes in order.

    Small print at the foot of which no mark stands on the page, nor among the expected ones, is running text.

    Args:
        lines: From top to bottom.
        body_size: The usual size of the document's letters.
        framed: Lines in the cells of a table, which are no notes however small they are.
        expected: Marks of the page before, whose notes may stand on this one, and those of amended law.
        vocabulary: How often each word occurs in the document, in lower case.
    """
    lines = _with_letters(lines)
    lines, of_law = _without_law(lines, body_size, expected, vocabulary)
    start = _start(lines, body_size, frozenset((line.x, line.y) for line in framed))
    notes = (*_notes_in_text(lines[:start]), *_notes(lines[start:], vocabulary))
    running = _running(lines[:start], {note.mark for note in notes})
    marks = {mark for line in running for _, mark in line.marks}.union(expected)
    is_marked = any(line.opens_note for line in lines[start:]) or any(note.mark in marks for note in notes)
    if start < len(lines) and not is_marked:
        notes = _notes_in_text(lines)
        running = _running(lines, {note.mark for note in notes})
    return running, (*notes, *of_law)


def _running(lines: Sequence[Line], labels: set[str]) -> list[Line]:
    running: list[Line] = []
    for line in lines:
        if _is_note_in_text(line):
            continue
        if running and _ONLY_MARKS.match(line.words) and set(_DIGITS.findall(line.words)) <= labels:
            before = running[-1]
            more = tuple((len(before.words), mark) for mark in _DIGITS.findall(line.words))
            running[-1] = replace(before, marks=before.marks + more)
        else:
            running.append(_without_marks(line, labels))
    return running


def _without_endnotes(
    pages: Sequence[Sequence[Line]], vocabulary: Mapping[str, int]
) -> tuple[list[list[Line]], list[tuple[Note, ...]]]:
    """Returns each page without the notes below a heading such as "Endnotes", and these notes.

    They are numbered from 1, and their numbers stand as marks before them.
    """
    seen = {mark for lines in pages for line in lines for _, mark in line.marks}
    seen.update(mark for lines in pages for line in lines for mark in _BRACKETED.findall(line.words))
    rest: list[list[Line]] = []
    notes: list[tuple[Note, ...]] = []
    is_open = False
    for lines in pages:
        start = (
            0 if is_open else next((at for at in range(1, len(lines)) if _opens_endnotes(lines, at, seen)), len(lines))
        )
        end = start
        while end < len(lines) and lines[end].size <= lines[start].size + 0.6:
            end += 1
        found = _notes(lines[start:end], vocabulary)
        is_open = end > start and end == len(lines) and bool(found)
        notes.append(tuple(replace(note, is_at_end=True) for note in found))
        rest.append([*lines[:start], *lines[end:]] if found else list(lines))
    return rest, notes


def _opens_endnotes(lines: Sequence[Line], at: int, seen: Collection[str]) -> bool:
    found = _labelled(lines[at])
    return bool(_END_HEADING.match(lines[at - 1].words)) and found is not None and found[0] == "1" and "1" in seen


def _with_letters(lines: Sequence[Line]) -> list[Line]:
    """Returns the lines with small letters put back that are no marks: no note of the page opens with them."""
    opening = {line.marks[0][1] for line in lines if line.opens_note}
    marked = {mark for line in lines for at, mark in line.marks if at or not line.opens_note}
    return [_put_back(line, lambda at, mark: mark.isalpha() and mark not in opening & marked) for line in lines]


def _with_powers(line: Line, known: AbstractSet[int]) -> Line:
    """Returns a line with raised digits after a number put back, such as those of 10⁶: no note is numbered near them."""

    def is_power(at: int, mark: str) -> bool:
        is_note = mark.isdigit() and not known.isdisjoint(range(int(mark) - 1, int(mark) + 2))
        return mark.isdigit() and not is_note and _POWER_OF.search(line.words[:at]) is not None

    return _put_back(line, is_power)


def _put_back(line: Line, is_text: Callable[[int, str], bool]) -> Line:
    text, kept = line.text, list[tuple[int, str]]()
    is_opening = line.opens_note and is_text(*line.marks[0])
    for at, mark in reversed(line.marks):
        if is_text(at, mark):
            shown = raised_digits(mark)
            text = text.cut(0, at) + unmapped(shown) + text.cut(at)
            kept = [(each + len(shown), other) for each, other in kept]
        else:
            kept.insert(0, (at, mark))
    if len(kept) == len(line.marks):
        return line
    return replace(line, text=text, marks=tuple(kept), opens_note=line.opens_note and not is_opening)


def _without_law(
    lines: Sequence[Line], body_size: float, expected: Collection[str], vocabulary: Mapping[str, int]
) -> tuple[list[Line], tuple[Note, ...]]:
    """Returns the lines without the notes of amended law, which stand below each provision, and these notes."""
    rest: list[Line] = []
    groups: list[tuple[str, list[Line]]] = []
    last: Line | None = None
    for line in lines:
        is_small = line.size <= SMALL * body_size
        found = _labelled(line) if is_small else None
        if found and found[0] in expected and is_of_law(found[0]):
            groups.append((found[0], [found[1]]))
            last = line
        elif is_small and last is not None and line.page == last.page and 0 < last.y - line.y <= _NEAR * line.size:
            groups[-1][1].append(line)
            last = line
        else:
            rest.append(line)
            last = None
    return rest, tuple(Note(parts[0].page, mark, text_of(parts, vocabulary)[0]) for mark, parts in groups)


def _labelled(line: Line) -> tuple[str, Line] | None:
    """Returns the label that a note opens with, and the line without it; None for a line that opens none."""
    if line.opens_note and line.marks and line.marks[0][0] == 0:
        return line.marks[0][1], replace(line, text=line.text.strip(), marks=line.marks[1:])
    found = _LABEL.match(line.words)
    if found is None:
        return None
    return found[1] or found[2] or found[3], replace(line, text=line.text.cut(found.end()))


def _is_note_in_text(line: Line) -> bool:
    return line.opens_note and _labelled(line) is not None


def _notes_in_text(lines: Sequence[Line]) -> tuple[Note, ...]:
    """Returns the notes of one line that do not stand at the foot of the page."""
    found = [_labelled(line) for line in lines if line.opens_note]
    return tuple(Note(each[1].page, each[0], each[1].text) for each in found if each)


def _start(lines: Sequence[Line], body_size: float, framed: Collection[tuple[float, float]]) -> int:
    start = len(lines)
    while start > 0 and (last := lines[start - 1]).size <= SMALL * body_size and (last.x, last.y) not in framed:
        start -= 1
    while start < len(lines) and _labelled(lines[start]) is None:
        start += 1
    return min(start, _opening(lines, framed))


def _opening(lines: Sequence[Line], framed: Collection[tuple[float, float]]) -> int:
    """Returns the first line with a raised mark before it of those that end a page without a gap, however large they are."""
    first, at = len(lines), len(lines) - 1
    while at >= 0 and (lines[at].x, lines[at].y) not in framed:
        if at + 1 < len(lines) and not 0 < lines[at].y - lines[at + 1].y <= _CLOSE * lines[at].size:
            break
        first = at if lines[at].opens_note else first
        at -= 1
    return first


def _notes(lines: Sequence[Line], vocabulary: Mapping[str, int]) -> tuple[Note, ...]:
    groups: list[tuple[str, list[Line]]] = []
    for line in lines:
        found = _labelled(line)
        if found and (line.opens_note or not groups or _follows(found[0], groups[-1][0])):
            groups.append((found[0], [found[1]]))
        elif groups:
            groups[-1][1].append(line)
    return tuple(Note(lines[0].page, mark, text_of(parts, vocabulary)[0]) for mark, parts in groups)


def _follows(label: str, before: str) -> bool:
    return not label.isdigit() or (before.isdigit() and int(label) == int(before) + 1)


def _without_marks(line: Line, labels: set[str]) -> Line:
    """Returns a line without the footnote marks that are glued to its words."""
    for found in reversed(list(_GLUED_SIGN.finditer(line.words))):
        if found[1] in labels:
            line = _without(line, *found.span(1), found[1])
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


def _without_bracketed(line: Line, labels: Collection[str]) -> Line:
    """Returns a line without marks such as "[2]" whose notes stand at the end of the document."""
    for found in reversed(list(_BRACKETED.finditer(line.words))):
        if found[1] in labels:
            line = _without(line, *found.span(), found[1])
    return line
