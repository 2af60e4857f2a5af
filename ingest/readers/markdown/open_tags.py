"""The HTML tags that are open at a place in Markdown, and whether a reader sees what stands in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from ingest.readers.html.looks import Look, look_of
from ingest.readers.html.stylesheet import Stylesheet
from ingest.readers.unseen import Reason

_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_EMPTY = ("br", "hr", "img", "input", "wbr", "meta", "link", "col", "area", "base", "embed", "source", "track")
_UNREAD = ("script", "style", "template")
_CLOSE_THEMSELVES = ("p", "li", "td", "th", "tr", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class OpenTags:
    """Tags that are open, the outermost first, each with why its words are left out."""

    tags: list[tuple[str, Reason | None]] = field(default_factory=list)

    @property
    def reason(self) -> Reason | None:
        """Why the words here are left out, None where a reader sees them."""
        return next((reason for _, reason in self.tags if reason is not None), None)

    def take(self, markup: str) -> None:
        """Takes a tag that opens or closes; a closing tag closes what was opened after its own."""
        found = _NAME.match(markup)
        name = found[2].lower() if found else ""
        if found and found[1]:
            self.close(name)
        elif found and name not in _EMPTY:
            self.tags.append((name, _reason(markup, name)))

    def close(self, name: str) -> None:
        """Closes the last tag of a name; nothing where none is open."""
        for at in reversed(range(len(self.tags))):
            if self.tags[at][0] == name:
                del self.tags[at:]
                return

    def end_block(self) -> None:
        """Closes what is open from a tag on that ends with its block."""
        at = next((at for at, (name, _) in enumerate(self.tags) if name in _CLOSE_THEMSELVES), len(self.tags))
        del self.tags[at:]


def _reason(markup: str, name: str) -> Reason | None:
    if name in _UNREAD:
        return Reason.HIDDEN
    tag = BeautifulSoup(markup, "html.parser").find(True)
    if not isinstance(tag, Tag):
        return None
    return look_of(tag, Stylesheet("").declared(tag, []), Look()).reason
