"""What a web page says of itself beside its text: links, its own address, a form that asks for a password."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree, html

from ingest.sources.web.addresses import joined

LINKS = 5000
"""Most links of one page that are followed."""
_REFRESH = re.compile(r"""^\s*[\d.]*\s*[;,]\s*url\s*=\s*['"]?(.+?)['"]?\s*$""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page beside its text."""

    heading: str
    """Its first heading, else its title."""
    links: tuple[str, ...] = ()
    """Addresses that it leads to, normalised, in order, each once."""
    canonical: str = ""
    """Address that it names as its own."""
    refresh: str = ""
    """Address to which it leads by itself (``meta refresh``)."""
    asks_for_password: bool = False


NOTHING = PageFacts("")


def page_facts(body: bytes, address: str, charset: str) -> PageFacts:
    """Returns what a page says of itself; nothing for what is no page."""
    try:
        parser = html.HTMLParser(encoding=charset or None, no_network=True, huge_tree=False)
        tree = html.document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, LookupError, AssertionError):
        return NOTHING
    base = joined(address, str((tree.xpath("//base/@href") or [""])[0])) or address
    return PageFacts(
        _heading(tree),
        _links(tree, base),
        _first_link(tree, base, "//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"),
        _refresh(tree, base),
        bool(tree.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']")),
    )


def _heading(tree: html.HtmlElement) -> str:
    for path in ("//main//h1", "//h1", "//title"):
        words = next((" ".join(each.text_content().split()) for each in tree.xpath(path)), "")
        if words:
            return words[:300]
    return ""


def _links(tree: html.HtmlElement, base: str) -> tuple[str, ...]:
    found = (joined(base, str(each)) for each in tree.xpath("//a[@href]/@href | //area[@href]/@href"))
    return tuple(dict.fromkeys(each for each in found if each))[:LINKS]


def _first_link(tree: html.HtmlElement, base: str, path: str) -> str:
    found = tree.xpath(path)
    return (joined(base, str(found[0])) or "") if found else ""


def _refresh(tree: html.HtmlElement, base: str) -> str:
    for content in tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']/@content"):
        match = _REFRESH.match(str(content))
        if match:
            return joined(base, match[1]) or ""
    return ""
