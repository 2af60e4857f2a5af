"""The words of HTML tags."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from bs4 import Tag
from bs4.element import NavigableString, PageElement

from ingest.readers.html.note_links import NoteLinks
from ingest.readers.html.unseen_words import LeftOut
from ingest.readers.inline_text import Words, is_mark, mark_of
from ingest.readers.symbol_fonts import is_symbol_font, shown_in

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol")
SPLIT = (
    *HEADINGS, *LISTS, "p", "li", "table", "dl", "dt", "dd", "pre", "figure", "figcaption", "caption", "div", "section",
    "article", "main", "aside", "header", "footer", "address", "blockquote", "details", "summary", "fieldset", "legend",
    "form", "tr", "td", "th",
)  # fmt: skip
"""Tags that stand apart from the words around them."""
_FONT = re.compile(r"font(?:-family)?\s*:[^;]*?['\"]?\b(symbol|wingdings(?: [23])?|webdings)\b", re.IGNORECASE)
_CARRIES_FONT = 4
"""How far up the font of a word is looked for."""


@dataclass(slots=True)
class Surroundings:
    """What a page says elsewhere of the words in it."""

    links: NoteLinks = field(default_factory=NoteLinks)
    has_symbols: bool = False
    """Whether it names a symbol font."""
    opened: Collection[int] = ()
    """Tags, by their ids as Python has them, that a reader can open."""
    bold: Collection[int] = ()
    underlined: Collection[int] = ()
    """Tags, by their ids as Python has them, whose words stand out."""
    meanings: dict[str, str] = field(default_factory=dict)
    """Abbreviation to meaning, of those met that are still to be told."""
    known: set[str] = field(default_factory=set)
    """Abbreviations met so far."""


def take_words(element: PageElement, words: Words, around: Surroundings) -> None:
    """Adds the words of an element, with its links, footnote marks and the marks of its abbreviations.

    Args:
        element: A tag or a text.
        words: Added to.
        around: What the page says of its notes; the meaning of an abbreviation met for the first time is added.
    """
    if type(element) is NavigableString:
        words.add(_shown(element) if around.has_symbols else str(element))
    elif type(element) is LeftOut:
        words.leave_out(str(element))
    elif isinstance(element, Tag) and not _took_mark(element, words, around.links):
        _take_tag(element, words, around)


def _take_tag(tag: Tag, words: Words, around: Surroundings) -> None:
    if tag.get("aria-hidden") == "true" and not any(letter.isalnum() for letter in tag.get_text()):
        return
    gap = " " if tag.name == "br" or tag.name in SPLIT else ""
    words.add(gap)
    start = len(words.text)
    words.add(_sign_of(tag) if tag.name == "li" else "")
    opens, closes = _quotes(tag)
    words.add(opens)
    for child in tag.children:
        take_words(child, words, around)
    words.add(closes)
    target = str(tag.get("href", "")) if tag.name == "a" else ""
    if target.startswith(("http://", "https://", "mailto:", "/")):
        words.links.append((start, len(words.text), target))
    elif tag.name == "abbr":
        _meet(tag, words, around)
    words.add(gap)


def _quotes(tag: Tag) -> tuple[str, str]:
    """Returns the marks that a browser shows round a quotation, single ones within another."""
    if tag.name != "q":
        return "", ""
    return ("‘", "’") if len(tag.find_parents("q")) % 2 else ("“", "”")


def _meet(abbreviation: Tag, words: Words, around: Surroundings) -> None:
    short = " ".join(abbreviation.get_text().split())
    meaning = " ".join(str(abbreviation.get("title", "")).split())
    if short and meaning and short not in around.known:
        around.known.add(short)
        around.meanings[short] = meaning
        words.marks.append((len(words.text), short))


def _sign_of(item: Tag) -> str:
    """Returns the number or bullet of an item inside a cell."""
    if not isinstance(item.parent, Tag) or item.parent.name != "ol":
        return "• "
    start = str(item.parent.get("start", "1"))
    first = int(start) if start.isdecimal() else 1
    return f"{first + len(item.find_previous_siblings('li'))}. "


def _took_mark(tag: Tag, words: Words, links: NoteLinks) -> bool:
    """Takes a footnote mark: a link to a note, the raised text around it, or raised text that looks like one."""
    inner = tag.find("a", href=True) if tag.name == "sup" else None
    mark = links.marks.get(id(tag)) or links.marks.get(id(inner))
    raised = tag.get_text() if tag.name == "sup" else ""
    if mark is None and raised and is_mark(raised, words.text):
        mark = mark_of(raised)
    if mark is not None:
        words.marks.append((len(words.text), mark))
    return mark is not None


def _shown(text: NavigableString) -> str:
    """Returns what a text shows in its font."""
    tag = text.parent
    for _ in range(_CARRIES_FONT):
        if tag is None:
            break
        found = _FONT.search(str(tag.get("style", "")))
        font = found[1] if found else str(tag.get("face", ""))
        if found or font or re.search(r"font(?:-family)?\s*:", str(tag.get("style", ""))):
            return shown_in(font, str(text)) if is_symbol_font(font) else str(text)
        tag = tag.parent
    return str(text)
