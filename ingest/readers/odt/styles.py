"""What styles of an OpenDocument text say: how words look, which paragraphs are headings, how lists count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ingest.readers.bold_headings import Standing
from ingest.readers.labels import SPEAKING_BULLETS
from ingest.readers.list_numbers import formatted
from ingest.readers.odt.names import FO, STYLE, TEXT
from ingest.readers.unseen import Reason, is_white

_DEEPEST = 20
_DEFAULT_SIZE = 12.0
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_POINTS = re.compile(r"([\d.]+)pt")

Look = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How one level of a list numbers its items; without a form it has bullets."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown_levels: int = 1
    sign: str = ""


class Styles:
    """The styles of a file.

    Args:
        roots: Of ``styles.xml`` and ``content.xml``; later ones go before earlier ones of the same name.
    """

    def __init__(self, roots: list[Any]) -> None:
        self._styles: dict[tuple[str, str], Any] = {}
        self._lists: dict[str, dict[int, ListLevel]] = {}
        for root in roots:
            for each in root.iter(f"{STYLE}style"):
                self._styles[str(each.get(f"{STYLE}family")), str(each.get(f"{STYLE}name"))] = each
            for each in root.iter(f"{TEXT}list-style", f"{TEXT}outline-style"):
                name = "" if each.tag == f"{TEXT}outline-style" else str(each.get(f"{STYLE}name"))
                self._lists[name] = {level: _list_level(one) for one in each if (level := _level_of(one))}

    def levels(self, name: str) -> Mapping[int, ListLevel]:
        """Returns the levels of a list style by their depth from 1, those of headings for ""."""
        return self._lists.get(name, {})

    def names(self, family: str, name: str) -> list[str]:
        """Returns the names of a style and those that it is based on, in lower case."""
        return [_shown_name(each) for each in self._chain(family, name)]

    def outline(self, name: str) -> int | None:
        """Returns the level of heading that a paragraph style makes, None for others."""
        for each in self._chain("paragraph", name):
            level = str(each.get(f"{STYLE}default-outline-level") or "")
            if level.isdecimal() and int(level) > 0:
                return int(level)
        return None

    def list_of(self, name: str) -> str | None:
        """Returns the list style that a paragraph style names, None where it names none."""
        said = (each.get(f"{STYLE}list-style-name") for each in self._chain("paragraph", name))
        return next((each for each in said if each), None)

    def reason(self, spans: list[tuple[str, str]]) -> Reason | None:
        """Returns why words are no evidence, None where they are.

        Args:
            spans: Family and name of the styles around them, the innermost first.
        """
        if self._said(spans, f"{STYLE}text-line-through-style") not in (None, "none"):
            return Reason.WITHDRAWN
        if self._said(spans, f"{STYLE}text-line-through-type") not in (None, "none"):
            return Reason.WITHDRAWN
        colour, behind = self._said(spans, f"{FO}color") or "", self._said(spans, f"{FO}background-color")
        is_plain = behind in (None, "transparent") or is_white(str(behind).lstrip("#"))
        is_unseen = is_white(colour.lstrip("#")) and is_plain and not self._is_shaded(spans)
        return Reason.HIDDEN if is_unseen or self._said(spans, f"{TEXT}display") == "none" else None

    def standing(self, spans: list[tuple[str, str]]) -> Standing | None:
        """Returns how much words stand out, None where they do not; takes what ``reason`` takes."""
        is_bold = (self._said(spans, f"{FO}font-weight") or "") in ("bold", "700", "800", "900")
        is_lined = self._said(spans, f"{STYLE}text-underline-style") not in (None, "none")
        if not is_bold and not is_lined:
            return None
        size = _POINTS.fullmatch(self._said(spans, f"{FO}font-size") or "")
        return Standing(float(size[1]) if size else _DEFAULT_SIZE, False, is_bold)

    def is_raised(self, spans: list[tuple[str, str]]) -> bool:
        """Returns whether words stand above their line."""
        return (self._said(spans, f"{STYLE}text-position") or "").startswith(("super", "3"))

    def _is_shaded(self, spans: list[tuple[str, str]]) -> bool:
        """Returns whether a colour lies behind the paragraph; in a table one may."""
        for family, name in spans:
            for each in self._chain(family, name):
                properties = each.find(f"{STYLE}paragraph-properties")
                behind = properties.get(f"{FO}background-color") if properties is not None else None
                if behind not in (None, "transparent") and not is_white(str(behind).lstrip("#")):
                    return True
        return any(family == "table-cell" for family, _ in spans)

    def _said(self, spans: list[tuple[str, str]], key: str) -> str | None:
        for family, name in spans:
            for each in self._chain(family, name):
                properties = each.find(f"{STYLE}text-properties")
                if properties is not None and properties.get(key) is not None:
                    return str(properties.get(key))
        return None

    def _chain(self, family: str, name: str) -> Iterator[Any]:
        at: str | None = name
        for _ in range(_DEEPEST):
            style = self._styles.get((family, at or ""))
            if style is None:
                return
            yield style
            at = style.get(f"{STYLE}parent-style-name")


class Counter:
    """Counts the items of lists."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}

    def restart(self, name: str) -> None:
        """Lets a list count from its start."""
        self._counts.pop(name, None)

    def next(self, name: str, depth: int, levels: Mapping[int, ListLevel], start: str | None = None) -> str | None:
        """Returns what is printed before the next item: "2.1", "(a)", a speaking bullet or ""; None where nothing is.

        Args:
            name: Of the list.
            depth: Of the item, from 1.
            levels: Of its style.
            start: The number that the item asks for.
        """
        level = levels.get(depth, ListLevel())
        counts = self._counts.setdefault(name, {})
        asked = int(start) if start is not None and start.isdecimal() else None
        counts[depth] = asked if asked is not None else counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if not level.form:
            return level.sign if level.sign in SPEAKING_BULLETS else ""
        shown = range(max(depth - level.shown_levels + 1, 1), depth + 1)
        parts = [
            formatted(counts.get(each, levels[each].start), _FORMS.get(levels[each].form, "decimal"))
            for each in shown
            if each in levels and levels[each].form
        ]
        return f"{level.prefix}{'.'.join(parts)}{level.suffix}".strip()


def _shown_name(style: Any) -> str:
    return str(style.get(f"{STYLE}display-name") or style.get(f"{STYLE}name") or "").replace("_20_", " ").lower()


def _level_of(element: Any) -> int:
    level = str(element.get(f"{TEXT}level") or "")
    return int(level) if level.isdecimal() else 0


def _list_level(element: Any) -> ListLevel:
    start, shown = str(element.get(f"{TEXT}start-value") or "1"), str(element.get(f"{TEXT}display-levels") or "1")
    return ListLevel(
        str(element.get(f"{STYLE}num-format") or "") if element.tag != f"{TEXT}list-level-style-bullet" else "",
        str(element.get(f"{STYLE}num-prefix") or ""),
        str(element.get(f"{STYLE}num-suffix") or ""),
        int(start) if start.isdecimal() else 1,
        int(shown) if shown.isdecimal() else 1,
        str(element.get(f"{TEXT}bullet-char") or ""),
    )
