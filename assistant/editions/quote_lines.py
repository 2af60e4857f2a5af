"""How a quote is laid out: its lines as they stand in the document, items with their numbers, rows under their columns.

The words are those of the document. Cells of a row are parted by `` | `` in the edition text, and numbers of items are left
out of it; here each cell comes under the name of its column, and each item gets its number back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.model import EditionId, LineKind, QuoteCell, QuoteLine, Sentence, SentenceKind, Span
from assistant.ports import Snapshot

CELLS = " | "
"""What parts the cells of a row in the edition text."""
_KINDS = {
    SentenceKind.LIST_ITEM: LineKind.ITEM,
    SentenceKind.TABLE_ROW: LineKind.ROW,
    SentenceKind.FOOTNOTE: LineKind.NOTE,
}
_NO_NAME = (":", ".", ";")
"""How a row ends that leads into rows under it and names no columns."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What a part quotes of one line of the edition text."""

    span: Span
    sentence: Sentence | None
    """The first sentence in it; None for words that are no sentence."""

    @property
    def kind(self) -> LineKind:
        return _KINDS.get(self.sentence.kind, LineKind.TEXT) if self.sentence else LineKind.TEXT


def quote_lines(parts: Sequence[Span], edition_id: EditionId, snapshot: Snapshot) -> tuple[QuoteLine, ...]:
    """Returns the lines of a quote, in the order of its parts.

    Sentences of one paragraph share a line; items, rows, notes and paragraphs have lines of their own. The header of a
    table becomes the names of the columns of the rows that are quoted.

    Args:
        parts: Spans of the edition text that are quoted, lead-ins first.
        edition_id: The edition.
        snapshot: The generation.
    """
    text = snapshot.text(edition_id)
    sentences = _Sentences(edition_id, snapshot)
    stretches = [each for part in parts for each in _stretches(part, text, sentences)]
    headers = {header for each in stretches if (header := _header_of(each, text)) is not None}
    shown = [each for each in stretches if each.span not in headers]
    last = parts[-1] if parts else None
    lines: list[QuoteLine] = []
    for before, each in pairwise([None, *shown]):
        assert each is not None
        line = _line(each, text, sentences)
        line = replace(line, is_lead_in=last is not None and each.span.end <= last.start and _leads(each, shown))
        if before is not None and _is_one_line(before.span, each.span, text):
            lines[-1] = _joined(lines[-1], line, text[before.span.end : each.span.start])
        else:
            is_apart = before is not None and line.kind in (LineKind.TEXT, LineKind.ITEM)
            lines.append(replace(line, follows_gap=is_apart and _has_words(before, each, text)))
    return _from_depth_0(lines)


class _Sentences:
    """The sentences of an edition, found by place; a passage is read once.

    Args:
        edition_id: The edition.
        snapshot: The generation.
    """

    def __init__(self, edition_id: EditionId, snapshot: Snapshot) -> None:
        self._edition_id, self._snapshot = edition_id, snapshot
        self._known: dict[Span, tuple[Sentence, ...]] = {}

    def around(self, span: Span) -> tuple[Sentence, ...]:
        """Returns the sentences of the passage that holds a span; () where none does."""
        for held, sentences in self._known.items():
            if held.start <= span.start and span.end <= held.end:
                return sentences
        passage = self._snapshot.passage_at(self._edition_id, span)
        if passage is None:
            return ()
        self._known[passage.span] = passage.sentences
        return passage.sentences

    def first_in(self, span: Span) -> Sentence | None:
        """Returns the first sentence that a span touches, None where it touches none."""
        touched = (each for each in self.around(span) if each.span.start < span.end and span.start < each.span.end)
        return next(touched, None)


def _stretches(part: Span, text: str, sentences: _Sentences) -> Iterator[_Stretch]:
    for found in re.finditer(r"[^\n]*\S", text[part.start : part.end]):
        start = part.start + found.start() + len(found[0]) - len(found[0].lstrip())
        span = Span(start, part.start + found.end())
        yield _Stretch(span, sentences.first_in(span))


def _line(stretch: _Stretch, text: str, sentences: _Sentences) -> QuoteLine:
    words = text[stretch.span.start : stretch.span.end]
    if stretch.kind is LineKind.ROW:
        cells = tuple(_cells(stretch, text))
        if len(cells) > 1 or any(each.column for each in cells):
            return QuoteLine("", LineKind.ROW, cells=cells)
        return QuoteLine(cells[0].text if cells else words, LineKind.ROW)
    if stretch.kind is not LineKind.ITEM or stretch.sentence is None:
        return QuoteLine(words, stretch.kind)
    above = (sentences.first_in(span) for span in stretch.sentence.lead_ins)
    depth = sum(each is not None and each.kind is SentenceKind.LIST_ITEM for each in above)
    is_start = stretch.span.start <= stretch.sentence.span.start
    return QuoteLine(words, LineKind.ITEM, depth, mark_of(stretch.sentence.label, words) if is_start else "")


def mark_of(label: str | None, words: str) -> str:
    """Returns what is printed before an item: "1." or "(b)"; "" without a label, and where its words open with it."""
    if not label or re.match(rf"\(?{re.escape(label)}(?:[.)]|\s)", words):
        return ""
    return f"{label}." if label[:1].isdigit() else f"({label})"


def _cells(stretch: _Stretch, text: str) -> Iterator[QuoteCell]:
    """Yields the cells of a row that are quoted and hold words, each under its column."""
    whole = _whole_line(stretch.span, text)
    header = _header_of(stretch, text)
    columns = text[header.start : header.end].split(CELLS) if header else []
    at = whole.start
    for place, cell in enumerate(_cell_texts(text[whole.start : whole.end])):
        start, end = max(at, stretch.span.start), min(at + len(cell), stretch.span.end)
        words = text[start:end].strip() if start < end else ""
        if words and words != "|":
            column = columns[place].strip() if place < len(columns) else ""
            yield QuoteCell("" if column == words else column.rstrip(":"), words)
        at += len(cell) + len(CELLS)


def _cell_texts(row: str) -> list[str]:
    """Returns the cells of a row as they stand; an empty last one has no white space after its bar."""
    return (row + " ").split(CELLS) if row.endswith(" |") else row.split(CELLS)


def _header_of(stretch: _Stretch, text: str) -> Span | None:
    """Returns the header that names the columns of a row, None where the row has none of as many cells."""
    if stretch.kind is not LineKind.ROW or stretch.sentence is None:
        return None
    leads = [span for span in stretch.sentence.lead_ins if CELLS in text[span.start : span.end]]
    if not leads:
        return None
    names = text[leads[-1].start : leads[-1].end].split(CELLS)
    whole = _whole_line(stretch.span, text)
    is_same = len(names) == len(_cell_texts(text[whole.start : whole.end]))
    return leads[-1] if is_same and not names[-1].rstrip().endswith(_NO_NAME) else None


def _whole_line(span: Span, text: str) -> Span:
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, len(text) if end < 0 else end)


def _is_one_line(before: Span, span: Span, text: str) -> bool:
    return before.end <= span.start and "\n" not in text[before.end : span.start]


def _joined(before: QuoteLine, line: QuoteLine, between: str) -> QuoteLine:
    """Returns two stretches of one line as one; "…" stands for words between them that are not quoted."""
    if before.cells or line.cells:
        return replace(before, cells=tuple(_merged((*before.cells, *line.cells))))
    dots = " … " if between.strip() else " "
    return replace(before, text=f"{before.text}{dots}{line.text}", is_lead_in=line.is_lead_in)


def _merged(cells: Iterable[QuoteCell]) -> Iterator[QuoteCell]:
    """Yields cells, those that follow one another in one column as one."""
    last: QuoteCell | None = None
    for cell in cells:
        if last is not None and last.column and last.column == cell.column:
            last = QuoteCell(last.column, f"{last.text} {cell.text}")
            continue
        if last is not None:
            yield last
        last = cell
    if last is not None:
        yield last


def _leads(stretch: _Stretch, shown: Sequence[_Stretch]) -> bool:
    """Returns whether a stretch leads into another one that is shown."""
    return any(stretch.span in each.sentence.lead_ins for each in shown if each.sentence is not None)


def _has_words(before: _Stretch | None, stretch: _Stretch, text: str) -> bool:
    """Returns whether words of the document that are not quoted stand between two stretches."""
    if before is None:
        return False
    return before.span.end > stretch.span.start or bool(text[before.span.end : stretch.span.start].strip())


def _from_depth_0(lines: Sequence[QuoteLine]) -> tuple[QuoteLine, ...]:
    """Returns the lines with their outermost items at depth 0."""
    least = min((each.depth for each in lines if each.kind is LineKind.ITEM), default=0)
    return tuple(replace(each, depth=max(each.depth - least, 0)) for each in lines)
