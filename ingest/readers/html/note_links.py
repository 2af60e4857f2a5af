"""Footnotes of a page: which links are marks, and which blocks they point to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag

from ingest.readers.inline_text import LONGEST_MARK, mark_of

_TO_NOTE = re.compile(r"#_?(?:ftn|edn|fn|footnote|endnote|note|cite_note)[\w:.-]*", re.IGNORECASE)
_TO_MARK = re.compile(
    r"#_?(?:ftn|edn|fn|footnote|endnote|note|cite)[-_:]?(?:ref|back|mark)|#(?:ref|back)", re.IGNORECASE
)
_BACK = re.compile(
    r"[\W\d_]*|(?:\W*(?:back|return|jump up|up|top)\b.*)|\W*[ivx]{1,4}\W*|\W*[a-z]\W*", re.IGNORECASE | re.DOTALL
)
_INLINE = ("a", "span", "sup", "b", "strong", "i", "em", "font", "small", "u", "cite")
_CONTAINERS = ("div", "aside", "section", "li")


@dataclass(slots=True)
class NoteLinks:
    """Marks and notes of a page, by the ids of their tags as Python has them."""

    marks: dict[int, str] = field(default_factory=dict)
    """Mark of each link to a note."""
    notes: dict[int, str] = field(default_factory=dict)
    """Mark of each block that is a note."""


def note_links(soup: BeautifulSoup) -> NoteLinks:
    """Returns the links of a page that are footnote marks, with the notes that they point to."""
    named = {str(tag.get("id") or tag.get("name")): tag for tag in reversed(soup.find_all(_is_target))}
    links = NoteLinks()
    for link in soup.find_all("a", href=re.compile("^#.")):
        mark = _mark(link)
        target = named.get(unquote(str(link["href"])[1:]))
        note = _block_of(target, link) if mark is not None and target is not None else None
        if mark is not None and note is not None:
            links.marks[id(link)] = mark
            links.notes.setdefault(id(note), mark)
    return links


def without_way_back(note: Tag) -> None:
    """Takes the links out of a note that lead back to its mark."""
    for link in note.find_all("a", href=re.compile("^#")):
        if link.get("role") == "doc-backlink" or _BACK.fullmatch(link.get_text()):
            link.decompose()


def _is_target(tag: Tag) -> bool:
    return tag.has_attr("id") or (tag.name == "a" and tag.has_attr("name"))


def _mark(link: Tag) -> str | None:
    """Returns the mark that a link shows, None where it is none."""
    href, text = str(link["href"]), link.get_text().strip()
    is_back = link.get("role") == "doc-backlink" or _TO_MARK.match(href)
    if is_back or not 0 < len(mark_of(text)) <= LONGEST_MARK:
        return None
    roles = (*link.get_attribute_list("rel"), link.get("role"))
    is_raised = link.find("sup") is not None or link.find_parent("sup") is not None
    is_said = "footnote" in roles or "doc-noteref" in roles or _TO_NOTE.match(href)
    return mark_of(text) if is_raised or is_said else None


def _block_of(target: Tag, link: Tag) -> Tag | None:
    """Returns the block of a note, None where the mark stands in it."""
    block = target
    while block.name in _INLINE and isinstance(block.parent, Tag):
        block = block.parent
    parent = block.parent
    if isinstance(parent, Tag) and parent.name in _CONTAINERS and str(parent.get("id", "")) == _bare(target):
        block = parent
    is_around = any(each is block for each in link.parents)
    return None if is_around or block.name in ("body", "html", "main", "article", "table", "tr") else block


def _bare(target: Tag) -> str:
    return str(target.get("id") or target.get("name")).strip("_")
