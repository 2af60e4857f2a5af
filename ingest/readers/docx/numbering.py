"""Styles and automatic numbers of a Word document, which its text does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, reduce
from typing import Any

from ingest.readers.labels import SPEAKING_BULLETS
from ingest.readers.list_numbers import formatted
from ingest.readers.symbol_fonts import shown_in

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of WordprocessingML. Source: ECMA-376 part 1, section 17."""
_VAL = f"{W}val"
_DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says, its ancestors included."""

    name: str = ""
    """In lower case."""
    heading: int | None = None
    """Level of a heading, from 1."""
    number: tuple[str, int] | None = None
    """List and level from 0."""


@dataclass(frozen=True, slots=True)
class Number:
    """The automatic number or bullet of a paragraph."""

    of: tuple[str, int]
    """List and level from 0."""
    is_bullet: bool
    printed: str
    """As Word shows it: "24.", "(a)", "2.1"; of bullets only those that say something: "☒"."""
    depth: int
    """How many levels it shows: 2 for "2.1"."""

    @property
    def label(self) -> str:
        """The number without brackets and full stop, "" for a bullet."""
        return "" if self.is_bullet else self.printed.strip("().[] ")


def value(element: Any, path: str) -> str | None:
    """Returns the ``w:val`` of the element at a path of names, None where there is none."""
    found = element.find(_qualified(path))
    return None if found is None else str(found.get(_VAL, ""))


@cache
def _qualified(path: str) -> str:
    return "/".join(f"{W}{name}" for name in path.split("/"))


def is_on(element: Any, path: str) -> bool:
    """Returns whether a switch such as ``w:vanish`` is set."""
    return value(element, path) not in (None, "0", "false", "off")


def read_styles(root: Any) -> dict[str, Style]:
    """Returns the paragraph styles of ``styles.xml`` by id."""
    elements = {str(each.get(f"{W}styleId")): each for each in root.iter(f"{W}style")}
    return {name: _style(list(ancestry(name, elements))) for name in elements}


def ancestry(name: str, elements: dict[str, Any]) -> Iterator[Any]:
    """Yields the style of an id and those that it is based on, the nearest first."""
    at: str | None = name
    for _ in range(_DEEPEST_STYLE):
        if at is None or at not in elements:
            return
        yield elements[at]
        at = value(elements[at], "basedOn")


def _style(chain: list[Any]) -> Style:
    names = [(value(each, "name") or "").lower() for each in chain]
    outlines = [value(each, "pPr/outlineLvl") for each in chain]
    level = next((int(each) + 1 for each in outlines if each and each.isdecimal() and int(each) < 9), None)
    named = next((int(name[8:]) for name in names if name.startswith("heading ") and name[8:].isdecimal()), None)
    heading = named or level or (1 if "title" in names else None)
    number = reduce(lambda inherited, each: number_of(each, inherited), reversed(chain), None)
    return Style(names[0] if names else "", heading, number)


def number_of(element: Any, inherited: tuple[str, int] | None = None) -> tuple[str, int] | None:
    """Returns the list and level of a paragraph or style, None where it has none.

    Args:
        element: Says list, level, both or neither.
        inherited: What its style, or the style that it is based on, says.
    """
    said, level = value(element, "pPr/numPr/numId"), value(element, "pPr/numPr/ilvl")
    list_id = said if said is not None else inherited and inherited[0]
    if list_id is None:
        return None
    if level is None:
        return (list_id, inherited[1] if said is None and inherited else 0)
    return (list_id, int(level)) if level.isdecimal() else None


class Numbering:
    """Counts as Word does.

    Args:
        root: The root of ``numbering.xml``, None where a document has none.
    """

    def __init__(self, root: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for each in root.iterchildren(f"{W}abstractNum"):
            levels = {at: _level(level) for level in each.iterchildren(f"{W}lvl") if (at := _at(level)) is not None}
            self._levels[str(each.get(f"{W}abstractNumId"))] = levels
        shared = _shared(root)
        for each in root.iterchildren(f"{W}num"):
            list_id, abstract = str(each.get(f"{W}numId")), value(each, "abstractNumId") or ""
            abstract = shared.get(abstract, abstract)
            starts = {
                at: int(start)
                for override in each.iterchildren(f"{W}lvlOverride")
                if (at := _at(override)) is not None and (start := value(override, "startOverride") or "").isdecimal()
            }
            self._abstract[list_id] = self._restarted(list_id, abstract, starts) if starts else abstract

    def _restarted(self, list_id: str, abstract: str, starts: dict[int, int]) -> str:
        """Returns the name of a list that counts for itself, from other starts."""
        name = f"{abstract}/{list_id}"
        levels = self._levels.get(abstract, {})
        self._levels[name] = {at: (form, text, starts.get(at, start)) for at, (form, text, start) in levels.items()}
        return name

    def next(self, of: tuple[str, int]) -> Number | None:
        """Returns the number of the next paragraph of a list, None where the list does not number it."""
        abstract = self._abstract.get(of[0], "")
        levels = self._levels.get(abstract, {})
        if of[1] not in levels:
            return None
        form, text, start = levels[of[1]]
        counts = self._counts.setdefault(abstract, {})
        counts[of[1]] = counts.get(of[1], start - 1) + 1
        for deeper in [each for each in counts if each > of[1]]:
            del counts[deeper]
        if form == "none":
            return None
        if form == "bullet":
            return Number(of, True, text if text in SPEAKING_BULLETS else "", 0)
        printed = text
        for level, (its_form, _, its_start) in levels.items():
            printed = printed.replace(f"%{level + 1}", formatted(counts.get(level, its_start), its_form))
        return Number(of, False, printed.strip(), text.count("%"))


def _shared(root: Any) -> dict[str, str]:
    """Returns the list that stands in for each that only names a list style.

    Source: ECMA-376 part 1, sections 17.9.21 and 17.9.27.
    """
    lists = list(root.iterchildren(f"{W}abstractNum"))
    styled = {value(each, "styleLink"): str(each.get(f"{W}abstractNumId")) for each in lists}
    named = {str(each.get(f"{W}abstractNumId")): value(each, "numStyleLink") for each in lists}
    return {name: styled[style] for name, style in named.items() if style is not None and style in styled}


def _at(element: Any) -> int | None:
    level = str(element.get(f"{W}ilvl"))
    return int(level) if level.isdecimal() else None


def _level(element: Any) -> tuple[str, str, int]:
    start = value(element, "start") or ""
    first = int(start) if start.isdecimal() else 1
    text, fonts = value(element, "lvlText") or "", element.find(f"{W}rPr/{W}rFonts")
    font = "" if fonts is None else str(fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or "")
    return value(element, "numFmt") or "decimal", shown_in(font, text), first
