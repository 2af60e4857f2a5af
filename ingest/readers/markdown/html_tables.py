"""Tables that Markdown holds as HTML, as rows of cells with their places in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.model import Exclusion
from ingest.readers.blocks import Block, BlockKind
from ingest.readers.inline_text import InlineText, inline_text, is_mark, mark_of
from ingest.readers.markdown.open_tags import OpenTags
from ingest.readers.source_map import MappedText, joined, unmapped
from ingest.readers.table_rows import EMPTY, Cell, Row, table_blocks
from ingest.readers.unseen import left_out

TAG = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^>]*>", re.DOTALL)
_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_TABLE = re.compile(r"<table\b[^>]*>.*?</table\s*>", re.DOTALL | re.IGNORECASE)
_COLUMNS, _ROWS = (re.compile(rf"\b{name}\s*=\s*[\"']?(\d{{1,3}})", re.IGNORECASE) for name in ("colspan", "rowspan"))
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BOLD = ("b", "strong")
_BLANK = "<!-- -->"
MOST_SPAN = 100


def keep_tables_whole(body: str) -> str:
    """Returns Markdown with as many lines, in which no blank line ends a table that stands there as HTML."""
    return _TABLE.sub(lambda found: re.sub(r"(?m)^[ \t]*$", _BLANK, found[0]), body)


def is_table(markup: str) -> bool:
    """Returns whether a piece of HTML is one table and nothing else, without a table in it."""
    found = _TABLE.fullmatch(markup.strip())
    return found is not None and len(re.findall(r"<table\b", markup, re.IGNORECASE)) == 1


def blocks_of_table(source: MappedText, exclusions: list[Exclusion]) -> list[Block]:
    """Returns a table as blocks: its caption, its header, a block a row.

    Args:
        source: The table as HTML.
        exclusions: What of it is struck through or hidden is added here.
    """
    reading = _Reading(exclusions)
    at = 0
    for found in TAG.finditer(source.text):
        reading.words(source.cut(at, found.start()))
        reading.tag(found[0])
        at = found.end()
    reading.end_row()
    caption = reading.caption.content()
    header = caption.block(BlockKind.TABLE_HEADER) if caption.text.text else None
    return table_blocks(reading.rows, header)


@dataclass(slots=True)
class _Text:
    """The words of a cell or of a caption."""

    columns: int = 1
    rows: int = 1
    is_header: bool = False
    parts: list[MappedText] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)
    plain: int = 0
    """Letters that are not bold."""

    @property
    def length(self) -> int:
        return sum(len(part.text) for part in self.parts)

    def content(self) -> InlineText:
        return inline_text(joined(self.parts), self.marks, []) if self.parts else EMPTY


class _Reading:
    """Goes through the tags and words of one table."""

    def __init__(self, exclusions: list[Exclusion]) -> None:
        self.rows: list[Row] = []
        self.caption = _Text()
        self._exclusions = exclusions
        self._cells: list[_Text] = []
        self._open_cells: dict[int, tuple[Cell, int]] = {}
        self._into: _Text | None = None
        self._bold = 0
        self._raised: int | None = None
        """Where among the parts of a cell raised words begin, None where none are open."""
        self._open_tags = OpenTags()

    def words(self, words: MappedText) -> None:
        """Takes the words between two tags."""
        if self._into is None:
            return
        if self._open_tags.reason is not None:
            self._exclusions.extend(left_out(self._open_tags.reason, words.text))
            return
        self._into.parts.append(_shown(words))
        self._into.plain += 0 if self._bold else len(words.text.strip())

    def tag(self, markup: str) -> None:
        """Takes a tag."""
        match = _NAME.match(markup)
        if match is None:
            return
        closes, name = bool(match[1]), match[2].lower()
        self._open_tags.take(markup)
        if name in ("td", "th"):
            self._into = None if closes else self._cell(markup, name)
        elif name == "tr":
            self.end_row()
        elif name == "caption":
            self._into = None if closes else self.caption
        elif name in _BOLD:
            self._bold += -1 if closes else 1
        elif self._into is not None:
            self._inside(self._into, name, closes=closes)

    def _cell(self, markup: str, name: str) -> _Text:
        self._bold = 0
        self._cells.append(_Text(_span(_COLUMNS, markup), _span(_ROWS, markup), name == "th"))
        return self._cells[-1]

    def _inside(self, text: _Text, name: str, *, closes: bool) -> None:
        if name == "sup" and not closes:
            self._raised = len(text.parts)
        elif name == "sup" and self._raised is not None:
            raised = "".join(part.text for part in text.parts[self._raised :])
            before = "".join(part.text for part in text.parts[: self._raised])
            if is_mark(raised, before):
                del text.parts[self._raised :]
                text.marks.append((text.length, mark_of(raised)))
            self._raised = None
        elif name in ("br", "p", "div", "li", "ul", "ol", "tr"):
            text.parts.append(unmapped(" • " if name == "li" and not closes else " "))

    def end_row(self) -> None:
        """Ends the row that is open."""
        if self._cells:
            is_header = all(each.is_header for each in self._cells)
            self.rows.append(Row(tuple(self._with_open(self._cells)), is_header))
        self._cells, self._into = [], None

    def _with_open(self, waiting: list[_Text]) -> Iterator[Cell]:
        """Yields the cells of a row, those that reach into it from above among them."""
        column = 0
        while waiting or column in self._open_cells:
            if column in self._open_cells:
                cell, left = self._open_cells.pop(column)
            else:
                own, content = waiting[0], waiting[0].content()
                waiting = waiting[1:]
                is_bold = own.is_header or (bool(content.text.text) and not own.plain)
                cell, left = Cell(content, own.columns, is_bold), own.rows
            yield cell
            if left > 1:
                self._open_cells[column] = (Cell(InlineText(cell.content.text), cell.columns, cell.is_bold), left - 1)
            column += cell.columns


def _shown(words: MappedText) -> MappedText:
    """Returns words with the signs that entities stand for."""
    parts: list[MappedText] = []
    at = 0
    for found in _ENTITY.finditer(words.text):
        parts.extend((words.cut(at, found.start()), unmapped(html.unescape(found[0]))))
        at = found.end()
    return joined([*parts, words.cut(at)]) if parts else words


def _span(pattern: re.Pattern[str], markup: str) -> int:
    found = pattern.search(markup)
    return min(max(int(found[1]), 1), MOST_SPAN) if found else 1
