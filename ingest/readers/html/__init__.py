"""HTML reader: headings, paragraphs, lists, definitions, tables and footnotes of the main part of a page."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup, StopParsing

from assistant.errors import UnreadableDocument
from ingest.readers.blocks import BlockKind, ReadFile
from ingest.readers.bold_headings import with_bold_headings
from ingest.readers.html.drawn_tables import name_tables
from ingest.readers.html.encoding import encoding_of
from ingest.readers.html.main_part import main_part, without_furniture
from ingest.readers.html.note_links import note_links
from ingest.readers.html.openers import open_all
from ingest.readers.html.tag_words import Surroundings
from ingest.readers.html.unseen_words import Looks
from ingest.readers.html.walk import Walk
from ingest.readers.notes import notes_at_marks
from ingest.readers.text import text_of
from ingest.readers.titles import title_of

_DROPPED = ("script", "style", "noscript", "template", "head", "svg", "button", "input", "select", "iframe", "object")
_OF_HEAD = ("title", "base", "link", "meta", "style", "script", "noscript", "template")
"""What a head may hold (HTML Living Standard, 4.2)."""
_SYMBOL_FONTS = ("symbol", "wingdings", "webdings")


def read_html(path: Path) -> ReadFile:
    """Returns an HTML file as blocks, one page in all; navigation and hidden text are left out.

    The raw page is the visible text with one line per block, since tags have no place in a quote. Footnotes, and the
    meanings of abbreviations, come after the block that has their mark.

    Raises:
        UnreadableDocument: It is empty, neither UTF-8 nor in the encoding that it names, or holds no text.
    """
    try:
        read = blocks_of_html(text_of(path, encoding_of))
    except (ParserRejectedMarkup, StopParsing) as error:
        raise UnreadableDocument(path, "not readable as HTML", "Open it in a browser and save it again") from error
    if not read.blocks:
        raise UnreadableDocument(path, "no readable text", "Save the page with its text, not only its frame", 1)
    return read


def blocks_of_html(raw: str) -> ReadFile:
    """Returns HTML as blocks; () where it shows no text."""
    soup = BeautifulSoup(raw, "lxml")
    _out_of_head(soup)
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    first = soup.find("h1")
    top = " ".join(first.get_text().split()) if first is not None else ""
    opened = open_all(soup)
    looks = Looks(soup, opened)
    name_tables(soup, looks.displays)
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    exclusions = [*without_furniture(soup), *looks.take_out(soup)]
    has_symbols = any(name in raw.lower() for name in _SYMBOL_FONTS)
    walk = Walk(Surroundings(note_links(soup), has_symbols, opened, looks.bold, looks.underlined))
    walk.through(main_part(soup))
    blocks = notes_at_marks(with_bold_headings(walk.blocks, walk.standing))
    cover = [each.text for each in blocks if each.kind is BlockKind.HEADING]
    name = title_of(title, [top, *cover])
    return ReadFile(blocks, (walk.page.text,), ("1",), (*exclusions, *walk.exclusions), name)


def _out_of_head(soup: BeautifulSoup) -> None:
    """Puts what a page shows where its tags begin: without tags of its own for its body, lxml 6.1 takes `main` into the head."""
    head = soup.head
    shown = [each for each in head.children if isinstance(each, Tag) and each.name not in _OF_HEAD] if head else []
    if head is not None and shown:
        for each in reversed(list(shown[0].next_siblings)):
            head.insert_after(each.extract())
        head.insert_after(shown[0].extract())
