"""Parts of a page that a reader opens: accordions, tabs and the like; their labels are headings, what they open is text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = ("aria-controls", "data-target", "data-bs-target", "data-controls")
_SAYS_SO = ("aria-expanded", "data-toggle", "data-bs-toggle", "aria-controls")
_ROLES = ("button", "tab")
_TOGGLE = re.compile(
    r"(?:(?:show|hide|open|close|expand|collapse|toggle|view|read)(?:\s+(?:this|the|all|more|less))?(?:\s+sections?)?"
    r"|[+\-−–×✕▸▾▼▲►▶›»⌄])?[\s,.]*",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:accordion|toggle|collaps\w*|expand\w*|tab|faq|panel)[-_]*(?:title|head(?:er|ing)?|button|trigger|label|link|question)|trigger",
    re.IGNORECASE,
)
_LONGEST_LABEL = 160
_PANEL = re.compile(r"collaps|accordion|panel|content|toggle|drawer|expand|tab|answer|body", re.IGNORECASE)


def open_all(soup: BeautifulSoup) -> frozenset[int]:
    """Returns the ids, as Python's, of the tags that a reader can open; their labels become headings.

    Args:
        soup: The page; buttons that label what they open are changed to headings, a tab's label goes before its panel.
    """
    opened = {id(panel) for panel in soup.find_all(role="tabpanel")}
    named = {str(tag["id"]): tag for tag in reversed(soup.find_all(id=True))}
    for control in list(_controls(soup)):
        if control.decomposed:
            continue
        panel = _panel_of(control, named)
        if panel is not None:
            opened.add(id(panel))
        if _heading_of(control) is not None:
            _bare(control)
            control.unwrap() if control.name == "button" else None
        elif panel is not None and not control.find_parent(["nav", "header", "footer"]):
            _label(control, panel)
    return frozenset(opened)


def _controls(soup: BeautifulSoup) -> Iterator[Tag]:
    for tag in soup.find_all(["button", "a", "div", "span", "p", "label", *HEADINGS]):
        if tag.name == "button" or tag.get("role") in _ROLES or _says_that_it_opens(tag):
            yield tag


def _says_that_it_opens(tag: Tag) -> bool:
    """Returns whether a tag opens another: by its attributes, or a short line that can be clicked or is called so."""
    if any(tag.has_attr(name) for name in _SAYS_SO):
        return True
    names = " ".join(str(name) for name in tag.get_attribute_list("class") if name)
    is_line = (
        tag.find(["p", "div", "ul", "ol", "table", *HEADINGS]) is None
        and len(tag.get_text(strip=True)) < _LONGEST_LABEL
    )
    return is_line and (
        tag.has_attr("onclick") or (tag.name == "label" and tag.has_attr("for")) or bool(_TITLE.search(names))
    )


def _panel_of(control: Tag, named: dict[str, Tag]) -> Tag | None:
    """Returns what a control opens: the tag that it names, or a panel right after one that says that it opens."""
    names = [str(control.get(name, "")).lstrip("#") for name in _CONTROLS]
    href = str(control.get("href", ""))
    names.append(href[1:] if href.startswith("#") else "")
    for name in names:
        found = named.get(name)
        if found is not None and not found.decomposed and not _holds(found, control):
            return found
    heading = _heading_of(control)
    if heading is None and not _says_that_it_opens(control):
        return None
    start = heading or control
    for each in (start, start.parent):
        after = each.find_next_sibling() if isinstance(each, Tag) else None
        if isinstance(after, Tag):
            is_named = control.has_attr("aria-expanded") and each is start
            looks = " ".join(str(name) for name in (*after.get_attribute_list("class"), after.get("id")) if name)
            return after if is_named or _PANEL.search(looks) else None
    return None


def _holds(tag: Tag, other: Tag) -> bool:
    return any(each is tag for each in other.parents)


def _heading_of(control: Tag) -> Tag | None:
    found = control if control.name in HEADINGS else control.find_parent(HEADINGS)
    return found if isinstance(found, Tag) else None


def _label(control: Tag, panel: Tag) -> None:
    """Makes a control that stands in no heading the heading of what it opens; one that says nothing goes."""
    _bare(control)
    words = " ".join(control.get_text(" ").split())
    if not words or _TOGGLE.fullmatch(words):
        control.decompose()
    elif control.get("role") == "tab" or control.find_parent(role="tablist"):
        first = panel.find(HEADINGS)
        if not (isinstance(first, Tag) and " ".join(first.get_text(" ").split()) == words):
            heading = Tag(name="div", attrs={"role": "heading"})
            heading.string = words
            panel.insert(0, heading)
        control.decompose()
    elif control.name in ("button", "a", "div", "span", "p", "label"):
        control.name = "div"
        control["role"] = "heading"
        del control["href"]


def _bare(control: Tag) -> None:
    """Takes the words that say that a part can be opened out of its label."""
    for part in control.find_all(True):
        words = part.get_text(" ").strip()
        is_toggle = words and _TOGGLE.fullmatch(" ".join(words.split()))
        if not part.decomposed and is_toggle and control.get_text(" ").strip() != words:
            part.decompose()
