"""The cover of a web page: what its head says, and the lines that it opens and ends with."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup, Tag

from ingest.readers.cover import BODY_SIZE, HEADING_SIZES, MOST_LINES, Cover, CoverLine, row_of
from ingest.readers.html import read_html

_UNSEEN = ["script", "style", "noscript", "template", "svg", "select"]
_BLOCKS = ["h1", "h2", "h3", "h4", "p", "li", "tr", "dt", "dd", "div", "address", "ul", "ol", "dl", "table",
           "main", "section", "article", "header", "footer", "nav", "aside"]  # fmt: skip
LAST = 15


def read_html_cover(path: Path) -> Cover:
    """Returns the cover of a web page. Raises ``UnreadableDocument``."""
    read = read_html(path)
    soup = BeautifulSoup(path.read_bytes(), "lxml")
    for each in soup(_UNSEEN):
        each.decompose()
    lines = [line for line in (_line(each) for each in soup(_BLOCKS)) if line.text]
    return Cover(path.name, tuple(lines[:MOST_LINES]), tuple(lines[-LAST:]), _properties(soup), read.title)


def _line(tag: Tag) -> CoverLine:
    if tag.name == "tr":
        return row_of([each.get_text(" ") for each in tag(["td", "th"])])
    if tag.name == "dt" and isinstance(beside := tag.find_next_sibling(), Tag) and beside.name == "dd":
        return row_of([tag.get_text(" "), beside.get_text(" ")])
    if tag.find(_BLOCKS) is not None or tag.find_parent("tr") is not None:
        return CoverLine("")
    level = int(tag.name[1]) if tag.name in ("h1", "h2", "h3", "h4") else 0
    return CoverLine(" ".join(tag.get_text(" ").split()), size=HEADING_SIZES[level - 1] if level else BODY_SIZE)


def _properties(soup: BeautifulSoup) -> tuple[tuple[str, str], ...]:
    said = {"title": " ".join(soup.title.get_text().split()) if soup.title else ""}
    for each in soup("meta"):
        name = str(each.get("name") or each.get("property") or "").lower()
        said.setdefault(name.split(":")[-1].split(".")[-1], str(each.get("content") or "").strip())
    return tuple((name, text) for name, text in sorted(said.items()) if name and text)
