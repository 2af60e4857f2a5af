"""The words of a page that its author withdrew or no reader sees, taken out of it before it is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from assistant.model import Exclusion
from ingest.readers.html.looks import Look, is_away, is_bold, is_underlined, look_of
from ingest.readers.html.stylesheet import Rule, Stylesheet
from ingest.readers.unseen import Reason, left_out

_CELLS = ("td", "th")
_OF_WORDS = ("font-size", "text-decoration-line", "color", "background")
"""Properties that say how words look and not whether their part of the page is open."""


class LeftOut(NavigableString):
    """Words that are not read; they stand where they stood, so that the words beside them stay apart."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How one tag is shown."""

    look: Look
    is_away: bool


class Looks:
    """How the tags of a page look, before any is taken out.

    Args:
        soup: The whole page with its ``<style>`` elements.
        opened: The tags, by their ids as Python has them, that a reader can open.
    """

    def __init__(self, soup: BeautifulSoup, opened: Collection[int] = ()) -> None:
        tags = soup.find_all(True)
        named: dict[str, list[Tag]] = {}
        for tag in tags:
            for name in {str(each) for each in (*tag.get_attribute_list("class"), tag.get("id")) if each}:
                named.setdefault(name, []).append(tag)
        css = "\n".join(
            tag.get_text() for tag in soup.find_all("style") if str(tag.get("media", "")).lower() != "print"
        )
        sheet = Stylesheet(css, set(named))
        selected: dict[int, list[Rule]] = {}
        for rule in sheet.rules:
            for tag in rule.selector.select(soup) if rule.name is None else named.get(rule.name, ()):
                if rule.name is not None and not rule.selector.match(tag):
                    continue
                selected.setdefault(id(tag), []).append(rule)
        self._shown: dict[int, Shown] = {}
        self.bold: set[int] = set()
        self.underlined: set[int] = set()
        """Tags, by their ids as Python has them, whose words are so."""
        self.displays: dict[int, str] = {}
        """What is declared as ``display``, by the ids of tags as Python has them."""
        for tag in tags:
            self._look_at(tag, sheet.declared(tag, selected.get(id(tag), [])), is_opened=id(tag) in opened)

    def _look_at(self, tag: Tag, declared: dict[str, str], *, is_opened: bool) -> None:
        if is_opened:
            declared = {name: said for name, said in declared.items() if name in _OF_WORDS} | {"display": "block"}
        around = self._shown.get(id(tag.parent))
        look = look_of(tag, declared, around.look if around else Look())
        self._shown[id(tag)] = Shown(look, is_away(tag, declared))
        self.displays[id(tag)] = declared.get("display", "")
        if is_bold(tag, declared, id(tag.parent) in self.bold):
            self.bold.add(id(tag))
        if is_underlined(tag, declared, id(tag.parent) in self.underlined):
            self.underlined.add(id(tag))

    def take_out(self, tag: Tag) -> list[Exclusion]:
        """Puts what a reader does not see out of a tag; returns what that was, a note for each outermost tag."""
        notes: list[tuple[Tag, Reason, list[str]]] = []
        for text in [each for each in tag.find_all(string=True) if type(each) is NavigableString]:
            reason = self._reason(text.parent)
            if reason is None or text.parent is None:
                continue
            root = self._root(text.parent, reason)
            if not notes or notes[-1][0] is not root:
                notes.append((root, reason, []))
            notes[-1][2].append(str(text))
            text.replace_with(LeftOut(str(text)))
        self._without_room(tag)
        return [note for _, reason, words in notes for note in left_out(reason, " ".join(words))]

    def _reason(self, tag: Tag | None) -> Reason | None:
        shown = self._shown.get(id(tag))
        return shown.look.reason if shown else None

    def _root(self, tag: Tag, reason: Reason) -> Tag:
        while tag.parent is not None and self._reason(tag.parent) is reason:
            tag = tag.parent
        return tag

    def _without_room(self, tag: Tag) -> None:
        """Puts the words alone in the place of a tag that takes no room, so that no list counts it."""
        for each in tag.find_all(True):
            shown = self._shown.get(id(each))
            if shown is not None and shown.is_away and each.name not in _CELLS:
                words = "".join(text for text in each.find_all(string=True) if type(text) is LeftOut)
                each.replace_with(LeftOut(words))
