"""Numbers and bullets printed at the start of a block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.markup import BULLETS
from ingest.readers.blocks import Block, BlockKind

_OF_HEADING = re.compile(
    r"^(?:(?:chapter|section|part|annex|appendix)\s+)?(\d{1,3}(?:\.\d{1,3})*)\.?(?=[\s:–—-])", re.I
)
_OF_PARAGRAPH = re.compile(r"^(\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?=[.)]))[.)]?\s")
_ITEM = re.compile(rf"^(?:[{BULLETS}*–—-]|o(?=\s)|\(?(?P<label>[a-z]|[ivx]{{1,5}}|\d{{1,3}})\))\s+")
_TICKS = "☑✔✓➔➤→"
"""Signs before an item that say no more than a bullet does."""
SPEAKING_BULLETS = "☐☒✗✘✖❌"
"""Signs before an item that say something of it: they stay in its text."""
_ANY_BOX = "☐"
_SIGN = re.compile(rf"^(?P<sign>[{BULLETS}{_TICKS}]\s*(?=\S)|[*–—-]\s+|o\s+(?=\S))")
_BOX = re.compile(rf"^[{SPEAKING_BULLETS}]\s*(?=\w)")
_TYPED = re.compile(r"^\(?(?P<label>[a-zA-Z]|[ivx]{1,5}|\d{1,3})[.)]\s+(?=\S)")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
LABEL = r"\[?\(\s?(?:[a-z][a-d]?|[ivx]{2,4})\s?\)"
"""A letter or a small roman number in brackets; with a second letter, and an open square bracket, in amended Acts: "[(ca)"."""
BARE_LABEL = re.compile(rf"^{LABEL}$")
"""Such a label alone on its line."""
LEADS_IN = (":", ",", ";", "–", "—", "-")
"""A paragraph that ends so leads into the list after it."""


@dataclass(frozen=True, slots=True)
class TypedItem:
    """A paragraph that is an item of a list, its bullet or number typed."""

    start: int
    """Offset of its words."""
    label: str | None = None
    sign: str = ""
    """Its bullet; items of one depth have the same."""


def heading_label(text: str) -> str | None:
    """Returns the number printed before a heading: "2.1" of "2.1 Scope", "3" of "Chapter 3: Help"."""
    found = _OF_HEADING.match(text)
    return found[1] if found else None


def paragraph_label(text: str) -> str | None:
    """Returns the number of a numbered paragraph: "24" of "24. The…"; None for "18 children…"."""
    found = _OF_PARAGRAPH.match(text)
    return found[1] if found else None


def item_start(text: str) -> tuple[int, str | None] | None:
    """Returns where the text of a list item begins and its letter or number; None for what is no item."""
    found = _ITEM.match(text)
    return (found.end(), found["label"]) if found else None


def leads_in(text: str) -> bool:
    """Returns whether a paragraph leads into the list after it."""
    return text.rstrip().endswith(LEADS_IN)


def is_led_in(blocks: Sequence[Block]) -> bool:
    """Returns whether the last of the blocks leads into a list; a footnote between them does not matter."""
    last = _last(blocks)
    return last is not None and last.kind is BlockKind.PARAGRAPH and leads_in(last.text)


def typed_item(text: str, before: Sequence[Block]) -> TypedItem | None:
    """Returns a paragraph as a list item where its bullet or number is typed, None for what is no item.

    A number or letter makes an item only as the first after a lead-in or as the next after an item's.

    Args:
        text: The paragraph.
        before: The blocks before it.
    """
    sign = _SIGN.match(text)
    if sign:
        bare = sign["sign"].strip()
        return TypedItem(sign.end(), None, "✓" if bare in _TICKS else bare)
    if _BOX.match(text):
        return TypedItem(0, None, _ANY_BOX)
    found = _TYPED.match(text)
    return TypedItem(found.end(), found["label"]) if found and _goes_on(found["label"], before) else None


def starts_item(text: str) -> bool:
    """Returns whether a line opens with a bullet, box, letter or number of a list."""
    return any(sign.match(text) for sign in (_SIGN, _BOX, _TYPED))


def level_of(item: TypedItem, signs: list[str]) -> int:
    """Returns the depth of a typed item: a bullet not seen yet in this list is one deeper than the last.

    Args:
        item: The item.
        signs: The bullets of the items that it may stand under, outermost first; changed to those after it.
    """
    if item.sign == _ANY_BOX:
        signs[:] = [item.sign]
    elif item.sign in signs:
        del signs[signs.index(item.sign) + 1 :]
    else:
        signs.append(item.sign)
    return len(signs)


def _goes_on(label: str, before: Sequence[Block]) -> bool:
    last = _last(before)
    if last is None:
        return False
    if last.kind is BlockKind.LIST_ITEM and last.label:
        return label in _after(last.label)
    return label in ("1", "a", "i", "A") and is_led_in(before)


def _after(label: str) -> set[str]:
    following = {_ROMAN[_ROMAN.index(label) + 1]} if label in _ROMAN[:-1] else set()
    if label.isdecimal():
        following.add(str(int(label) + 1))
    elif len(label) == 1 and label.isascii() and label.lower() < "z":
        following.add(chr(ord(label) + 1))
    return following


def _last(blocks: Sequence[Block]) -> Block | None:
    return next((each for each in reversed(blocks) if each.kind is not BlockKind.FOOTNOTE), None)
