"""The main part of a page, without what stands around it on every page of its site."""

from __future__ import annotations

import re
from typing import Literal

from bs4 import BeautifulSoup, Tag

from assistant.model import Exclusion

Reason = Literal["other", "contents", "running_header", "running_footer"]
_TAGS: dict[str, Reason] = {"nav": "other", "header": "running_header", "footer": "running_footer", "aside": "other"}
_ROLES: dict[str, Reason] = {
    "navigation": "other", "banner": "running_header", "contentinfo": "running_footer", "search": "other",
    "complementary": "other",
}  # fmt: skip
_NAMES = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|skip-?link|pagination|pager|navbar|(?:site|main|side)-?(?:nav|menu)|nav-?(?:menu|bar)|"
    r"(?:share|social)-?(?:links?|buttons?|bar|media)|back-?to-?top|(?:page|site|gem-c)-?feedback|toc|contents-?list)"
    r"(?:$|[-_ ])",
    re.IGNORECASE,
)
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
    exclusions: list[Exclusion] = []
    for tag in soup.find_all(True):
        reason = None if tag.decomposed or tag.parent is None else _reason(tag)
        if reason is not None:
            words = " ".join(tag.get_text(" ").split())
            exclusions.extend([Exclusion(1, reason, words[:80])] if words else [])
            tag.extract()
    return exclusions


def _reason(tag: Tag) -> Reason | None:
    """Returns what a tag is that is no text, None for text."""
    reason = _TAGS.get(tag.name) or _ROLES.get(str(tag.get("role", "")).lower())
    if reason in ("running_header", "running_footer") and tag.find_parent(["article", "main"]):
        return None
    if tag.name == "aside" or tag.get("role") == "complementary":
        return None if _says_something(tag) else reason
    if reason is not None or tag.name in ("body", "html", "main", "article"):
        return reason
    names = " ".join(str(each) for each in (*tag.get_attribute_list("class"), tag.get("id")) if each)
    if not names:
        return None
    words = tag.get_text(" ", strip=True)
    is_banner = _COOKIES.search(names) and len(words) < _LONGEST_BANNER and tag.find(["h1", "main", "article"]) is None
    is_links = _NAMES.search(names) and _share_of_links(tag, words) >= _LINK_SHARE
    return "other" if is_banner or is_links else None


def _says_something(tag: Tag) -> bool:
    """Returns whether an aside is text: a sentence that is not all link."""
    words = tag.get_text(" ", strip=True)
    return bool(_SENTENCE.search(words)) and _share_of_links(tag, words) < _LINK_SHARE


def _share_of_links(tag: Tag, words: str) -> float:
    linked = sum(len(link.get_text(" ", strip=True)) for link in tag.find_all(["a", "button"]))
    return linked / len(words) if words else 1.0
