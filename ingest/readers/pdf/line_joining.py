"""Joins the lines of a block to one text, with line-end hyphens and split words repaired and footnote marks noted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ingest.readers.blocks import Mark
from ingest.readers.pdf.line import Line
from ingest.readers.pdf.line_ends import is_divided, keeps_hyphen
from ingest.readers.source_map import MappedText, unmapped

WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_SPLIT = re.compile(r"\b([b-zB-HJ-Z]) ([a-z]{3,})")
"""A letter and the rest of its word: some exports leave a space where the spacing of letters changes."""


def text_of(lines: Sequence[Line], vocabulary: Mapping[str, int], skip: int = 0) -> tuple[MappedText, tuple[Mark, ...]]:
    """Returns the text of a block's lines and the footnote marks that stood in it.

    Args:
        lines: Lines from top to bottom.
        vocabulary: How often each word occurs in the document, in lower case.
        skip: Characters of a bullet at the start, left out.
    """
    whole = lines[0].text.cut(skip)
    marks = [Mark(max(0, at - skip), mark) for at, mark in _single(lines[0].marks)]
    for before, line in pairwise(lines):
        whole = _ready(whole, before, line, vocabulary)
        marks.extend(Mark(len(whole.text) + at, mark) for at, mark in _single(line.marks))
        whole = whole + line.text
    return _joined_words(whole, marks, vocabulary)


def _single(marks: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    return ((at, each.strip()) for at, mark in marks for each in mark.split(","))


def running_text(lines: Sequence[Line]) -> MappedText:
    """Returns lines one after the other; only a word that a soft hyphen divides is put together."""
    whole = lines[0].text
    for before, line in pairwise(lines):
        whole = whole + before.gap(line.words) + line.text
    return whole


def _ready(whole: MappedText, before: Line, line: Line, vocabulary: Mapping[str, int]) -> MappedText:
    """Returns the text so far, ready for the next line: a space added, or a line-end hyphen removed.

    A soft hyphen, which the text has lost already, is put back where the document has the word only with a hyphen: some
    files have no other hyphen.
    """
    if is_divided(whole.text, line.words):
        keeps = keeps_hyphen(whole.text, line.words, vocabulary)
        return whole if keeps else whole.cut(0, len(whole.text) - 1)
    if before.gap(line.words).text:
        return whole + unmapped(" ")
    words, following = WORD.findall(whole.text), WORD.match(line.words)
    if not words or not following:
        return whole
    stem, rest = words[-1].rsplit("-", 1)[-1].lower(), following[0].split("-")[0].lower()
    is_known, is_hyphened = vocabulary.get(stem + rest, 0) > 0, vocabulary.get(f"{stem}-{rest}", 0) > 0
    return whole + unmapped("-") if is_hyphened and not is_known else whole


def _joined_words(
    whole: MappedText, marks: Sequence[Mark], vocabulary: Mapping[str, int]
) -> tuple[MappedText, tuple[Mark, ...]]:
    for split in reversed(list(_SPLIT.finditer(whole.text))):
        word = (split[1] + split[2]).lower()
        if vocabulary.get(word, 0) > 2 * vocabulary.get(split[2], 0):
            at = split.end(1)
            whole = whole.cut(0, at) + whole.cut(at + 1)
            marks = [Mark(mark.offset - (mark.offset > at), mark.mark) for mark in marks]
    return whole, tuple(marks)


def shifted(cells: Sequence[tuple[MappedText, tuple[Mark, ...]]], separator: int) -> tuple[Mark, ...]:
    """Returns the marks of the cells of a row, moved to where the cells stand in it."""
    moved: list[Mark] = []
    start = 0
    for text, marks in cells:
        moved.extend(Mark(start + mark.offset, mark.mark) for mark in marks)
        start += len(text.text) + separator
    return tuple(moved)
