"""The main part of a page, without what stands around it on every page of its site."""

from __future__ import annotations

import re
from typing import Literal

from bs4 import BeautifulSoup, Tag

from assistant.model import Exclusion
from ingest.readers.unseen import Reason, count_of, left_out

Furniture = Literal["other", "contents", "running_header", "running_footer"]
_TAGS: dict[str, Furniture] = {"nav": "other", "header": "running_header", "footer": "running_footer", "aside": "other"}
_ROLES: dict[str, Furniture] = {
    "navigation": "other", "banner": "running_header", "contentinfo": "running_footer", "search": "other",
    "complementary": "other",
}  # fmt: skip
_ALWAYS = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|skip-?(?:link|to-content|nav)s?|pagination|back-?to-?top)(?:$|[-_ ])", re.IGNORECASE
)
_IF_LINKS = re.compile(
    r"(?:^|[-_ ])(?:pager|navbar|(?:site|main|side|left|right|sub)-?(?:nav|menu|bar)|nav-?(?:menu|bar)|menu|related|"
    r"(?:share|social)-?(?:links?|buttons?|bar|media)|(?:page|site|gem-c)-?feedback|toc|contents-?list)(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Names of parts that are furniture where they hold little but links."""
_ENDS: tuple[tuple[str, Furniture], ...] = (
    ("header", "running_header"),
    ("masthead", "running_header"),
    ("footer", "running_footer"),
)
_EDGES: dict[str, Furniture] = {
    f"{where}{name}": reason
    for where in ("", "site-", "global-", "page-", "main-", "site_", "global_")
    for name, reason in _ENDS
}
"""Ids and classes of the head and foot of a page that is laid out with ``div`` alone."""
_COMMENTS = re.compile(r"mso-element\s*:\s*comment", re.IGNORECASE)
_TO_COMMENT = re.compile(r"^#_msocom")
_COOKIES = re.compile(r"cookie", re.IGNORECASE)
_MAIN_IDS = ["main-content", "maincontent", "main_content", "content", "main", "page-content", "primary"]
_MOST_OF_PAGE = 0.5
_LINK_SHARE = 0.5
_LONGEST_BANNER = 2000
_SENTENCE = re.compile(r"[a-z][^.!?]*\s\S+\s\S+[.!?](?:\s|$)")


def main_part(soup: BeautifulSoup) -> Tag:
    """Returns the part of a page that holds its text."""
    for found in (*soup.find_all("main"), *soup.find_all(role="main")):
        if found.get_text(strip=True):
            return found
    whole = soup.find("body") or soup
    length = len(whole.get_text(strip=True)) if isinstance(whole, Tag) else 0
    articles = soup.find_all("article")
    parts: list[Tag] = [*(articles if len(articles) == 1 else ()), *soup.find_all(id=_MAIN_IDS)]
    for found in parts:
        if 0 < _MOST_OF_PAGE * length <= len(found.get_text(strip=True)):
            return found
    return whole if isinstance(whole, Tag) and length else soup


def without_furniture(soup: BeautifulSoup) -> list[Exclusion]:
    """Takes navigation, headers, footers, cookie banners and asides without text of their own out of a page."""
    exclusions: list[Exclusion] = _without_comments(soup)
    for tag in soup.find_all(True):
        reason = None if tag.decomposed or tag.parent is None else _reason(tag)
        if reason is not None:
            words = " ".join(tag.get_text(" ").split())
            exclusions.extend([Exclusion(1, reason, words[:80], count_of(words, 80))] if words else [])
            tag.extract()
    return exclusions


def _without_comments(soup: BeautifulSoup) -> list[Exclusion]:
    """Takes the comments that Word keeps in a page out of it, with their marks."""
    exclusions: list[Exclusion] = []
    for tag in soup.find_all(style=_COMMENTS):
        exclusions.extend([] if tag.find_parent(style=_COMMENTS) else left_out(Reason.NOTE, tag.get_text(" ")))
    for tag in [*soup.find_all(style=_COMMENTS), *soup.find_all("a", href=_TO_COMMENT)]:
        tag.extract()
    return exclusions


def _reason(tag: Tag) -> Furniture | None:
    """Returns what a tag is that is no text, None for text."""
    reason = _TAGS.get(tag.name) or _ROLES.get(str(tag.get("role", "")).lower())
    if reason in ("running_header", "running_footer") and tag.find_parent(["article", "main"]):
        return None
    if tag.name == "aside" or tag.get("role") == "complementary":
        return None if _says_something(tag) else reason
    if reason is not None or tag.name in ("body", "html", "main", "article"):
        return reason
    names = [str(each) for each in (*tag.get_attribute_list("class"), tag.get("id")) if each]
    return _by_names(tag, names) if names else None


def _by_names(tag: Tag, names: list[str]) -> Furniture | None:
    """Returns what a tag is by its id and classes; one that holds the heading or main part of the page is text."""
    if tag.find(["h1", "main", "article"]) is not None:
        return None
    words, said = tag.get_text(" ", strip=True), " ".join(names)
    edge = next((_EDGES[name.lower()] for name in names if name.lower() in _EDGES), None)
    if edge is not None and len(words) < _LONGEST_BANNER and tag.find_parent(["article", "main"]) is None:
        return edge
    is_banner = len(words) < _LONGEST_BANNER and (_COOKIES.search(said) or _ALWAYS.search(said))
    is_links = _IF_LINKS.search(said) and _share_of_links(tag, words) >= _LINK_SHARE
    return "other" if is_banner or is_links else None


def _says_something(tag: Tag) -> bool:
    """Returns whether an aside is text: a sentence that is not all link."""
    words = tag.get_text(" ", strip=True)
    return bool(_SENTENCE.search(words)) and _share_of_links(tag, words) < _LINK_SHARE


def _share_of_links(tag: Tag, words: str) -> float:
    """Returns how much of the words of a tag is links; its headings do not count."""
    links = [tag] if tag.name == "a" else tag.find_all(["a", "button"])
    names = [each for each in tag.find_all(["h2", "h3", "h4", "h5", "h6"]) if each.find("a") is None]
    linked, named = (sum(len(each.get_text(" ", strip=True)) for each in tags) for tags in (links, names))
    return linked / (len(words) - named) if len(words) > named else 1.0
