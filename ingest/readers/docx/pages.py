"""The pages of a Word document, where Word noted them when it was last saved.

Word notes where a page began when it last laid the document out (``w:lastRenderedPageBreak``, ECMA-376 part 1, 17.3.3.13) and how
many pages there were. The notes are believed only where they come to that count: programs that change a document leave them stale.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.readers.archives import DAMAGES
from ingest.readers.blocks import Block, ReadFile, Run
from ingest.readers.docx.controls import AROUND, inside, words_in
from ingest.readers.docx.numbering import W, value
from ingest.readers.list_numbers import formatted

PAGE = "page-of-the-assistant"
"""Attribute that notes the page on which a paragraph begins, or that begins at a break within it."""
_APP = "docProps/app.xml"
_MOST_PROPERTIES = 100_000
_COUNT = re.compile(rb"<(?:\w+:)?Pages>\s*(\d{1,5})\s*<")
_FIELD = re.compile(r"\bPAGE\b", re.IGNORECASE)
_OFF_THE_PAGE = ("drawing", "pict", "AlternateContent", "del", "moveFrom")
MOST_PAGES = 5000


def note_pages(document: Any, said: int) -> tuple[str, ...]:
    """Notes in a document on which page each paragraph begins; returns the labels of its pages, () where they are not known.

    Args:
        document: As python-docx opens it; attributes are added to its paragraphs and breaks.
        said: How many pages its properties say that it has.
    """
    if not 1 < said <= MOST_PAGES:
        return ()
    for counts_hard in (False, True):
        walk = _Walk(counts_hard)
        walk.through(document.element.body)
        if walk.page == said:
            return _labels(walk, document)
    for each in document.element.body.iter(f"{W}p", f"{W}lastRenderedPageBreak", f"{W}br", f"{W}t"):
        each.attrib.pop(PAGE, None)
    return ()


def in_pages(read: ReadFile, turns: Sequence[tuple[int, int]], labels: Sequence[str]) -> ReadFile:
    """Returns a file that was read as one page with the words of each page on a page of their own.

    Args:
        read: The file, with one page.
        turns: Offset in its page and the page that begins there, in order of offsets.
        labels: What is printed on each page.
    """
    if not labels or not turns:
        return read
    raw = read.raw_pages[0]
    texts = ["" for _ in labels]
    stretches: list[tuple[int, int, int, int]] = []
    ends = [*(at for at, _ in turns[1:]), len(raw)]
    for (start, page), end in zip(turns, ends, strict=True):
        if start < end:
            stretches.append((start, end, page, len(texts[page - 1])))
            texts[page - 1] += raw[start:end]
    blocks = tuple(replace(block, runs=tuple(_moved(block, stretches))) for block in read.blocks)
    return replace(read, blocks=blocks, raw_pages=tuple(texts), page_labels=tuple(labels))


def _moved(block: Block, stretches: Sequence[tuple[int, int, int, int]]) -> Iterator[Run]:
    """Yields the runs of a block on their pages, cut where a page ends."""
    for run in block.runs:
        until = run.raw_start + run.length
        for start, end, page, at in stretches:
            first, last = max(run.raw_start, start), min(until, end)
            if first < last:
                yield Run(run.start + first - run.raw_start, last - first, page, at + first - start)


def said_count(path: Path) -> int:
    """Returns how many pages the properties of a document say that it has; 0 where they say nothing."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_APP) as part:
            found = _COUNT.search(part.read(_MOST_PROPERTIES))
    except (KeyError, *DAMAGES):
        return 0
    return int(found[1]) if found else 0


@dataclass(slots=True)
class _Section:
    first: int
    """The page on which it begins."""
    properties: Any


class _Walk:
    """Counts pages through the body of a document.

    Args:
        counts_hard: Whether a page break that somebody set counts where Word notes none behind it.
    """

    def __init__(self, counts_hard: bool) -> None:
        self.page = 1
        self.sections: list[_Section] = []
        self._counts_hard = counts_hard
        self._is_due = False
        """Whether a break that somebody set waits for the words behind it."""
        self._first = 1

    def through(self, parent: Any) -> None:
        """Takes paragraphs and tables in order."""
        for child in parent.iterchildren():
            if child.tag == f"{W}p":
                self._paragraph(child)
            elif child.tag == f"{W}tbl":
                for row in inside(child, "tr"):
                    self._row(row)
            elif child.tag in AROUND:
                self.through(child)
            elif child.tag == f"{W}sectPr":
                self.sections.append(_Section(self._first, child))

    def _paragraph(self, paragraph: Any) -> None:
        has_words = False
        paragraph.set(PAGE, str(self.page))
        for part in _shown(paragraph):
            before = self.page
            self._take(part)
            if self.page != before:
                (part if has_words else paragraph).set(PAGE, str(self.page))
            has_words = has_words or (part.tag == f"{W}t" and bool(part.text))
        own = paragraph.find(f"{W}pPr/{W}sectPr")
        if own is not None:
            self.sections.append(_Section(self._first, own))
            self._first = self.page if value(own, "type") == "continuous" else self.page + 1

    def _take(self, part: Any) -> None:
        if part.tag == f"{W}lastRenderedPageBreak":
            self.page += 1
            self._is_due = False
        elif part.tag == f"{W}br":
            self._is_due = self._counts_hard and part.get(f"{W}type") == "page"
        elif part.text and self._is_due:
            self.page += 1
            self._is_due = False

    def _row(self, row: Any) -> None:
        """Takes a row of a table: all of it stands on the page on which it begins."""
        cells = list(inside(row, "tc"))
        counts = [sum(each.tag == f"{W}lastRenderedPageBreak" for each in _shown(cell)) for cell in cells]
        first = next((each for cell in cells[:1] for each in _shown(cell)), None)
        begins = first is not None and first.tag == f"{W}lastRenderedPageBreak"
        if begins or (self._is_due and words_in(row)):
            self.page += 1
            self._is_due = False
            counts[0] -= begins
        for paragraph in row.iter(f"{W}p"):
            paragraph.set(PAGE, str(self.page))
        self.page += max(counts, default=0)


def _shown(element: Any) -> Iterator[Any]:
    """Yields the texts and page breaks of an element that stand in its own lines."""
    for child in element.iterchildren():
        if child.tag in (f"{W}t", f"{W}lastRenderedPageBreak") or (
            child.tag == f"{W}br" and child.get(f"{W}type") == "page"
        ):
            yield child
        elif isinstance(child.tag, str) and child.tag.rpartition("}")[2] not in _OFF_THE_PAGE:
            yield from _shown(child)


def _labels(walk: _Walk, document: Any) -> tuple[str, ...]:
    """Returns what is printed on each page: the numbers that its section gives it, where headers or footers print any."""
    parts = [rel.target_part for rel in document.part.rels.values() if not rel.is_external]
    prints = any(_FIELD.search(part.blob.decode("utf-8", "replace")) for part in parts if _is_furniture(part))
    if not prints:
        return tuple(str(page) for page in range(1, walk.page + 1))
    labels: list[str] = []
    number = 0
    for page in range(1, walk.page + 1):
        begun = [each for each in walk.sections if each.first <= page]
        section = begun[-1] if begun else walk.sections[0]
        kind = section.properties.find(f"{W}pgNumType")
        start = kind.get(f"{W}start") if kind is not None else None
        number = int(start) if section.first == page and start is not None and start.isdecimal() else number + 1
        labels.append(formatted(number, kind.get(f"{W}fmt", "decimal")) if kind is not None else str(number))
    return tuple(labels)


def _is_furniture(part: Any) -> bool:
    return str(part.partname).rpartition("/")[2].startswith(("header", "footer"))
