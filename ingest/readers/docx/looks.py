"""How Word shows a run: struck through, hidden, white on white or too small to read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.readers.bold_headings import Standing
from ingest.readers.docx.numbering import W, ancestry, is_on, value
from ingest.readers.unseen import Reason, is_white

SMALLEST_PRINT = 6
"""Half-points; smaller print is not read."""
_STRUCK = ("strike", "dstrike")
_VANISHED = ("vanish", "specVanish")
OFF = ("0", "false", "off")
_NONE: list[Any] = []
_WHITE_THEMES = ("background1", "light1")


class Looks:
    """What the styles of a document say of runs.

    Args:
        styles: The root of ``styles.xml``, None where a document has none.
        is_coloured: Whether its pages have a colour.
    """

    def __init__(self, styles: Any, is_coloured: bool) -> None:
        found = list(styles.iter(f"{W}style")) if styles is not None else []
        self._elements = {str(each.get(f"{W}styleId")): each for each in found}
        self._default = {
            str(each.get(f"{W}type")): str(each.get(f"{W}styleId"))
            for each in found
            if each.get(f"{W}default") in ("1", "true", "on")
        }
        defaults = styles.find(f"{W}docDefaults/{W}rPrDefault") if styles is not None else None
        self._defaults = [] if defaults is None else [defaults]
        self._is_coloured = is_coloured
        self._chains: dict[tuple[str | None, str], list[Any]] = {}
        self._said: dict[tuple[int, str], str | None] = {}
        """What a chain of styles, by its id as Python has it, says at a path."""
        self._last: tuple[Any, list[list[Any]]] = (None, [])
        """The run that was asked about last, with its styles."""

    def reason(self, run: Any) -> Reason | None:
        """Returns why the words of a run are no evidence, None where a reader sees them."""
        if self._is_switched(run, _STRUCK):
            return Reason.WITHDRAWN
        is_unseen = self.is_vanished(run) or self._is_tiny(run) or (self._is_white(run) and not self._is_shaded(run))
        return Reason.HIDDEN if is_unseen else None

    def standing(self, run: Any) -> Standing | None:
        """Returns how much the words of a run stand out, None where they are neither bold nor underlined."""
        is_bold = self._is_on(run, "rPr/b")
        line = self._nearest(run, "rPr/u") or "none"
        if not is_bold and line == "none":
            return None
        return Standing(self._size(run), self._is_switched(run, ("caps",)), is_bold)

    def is_vanished(self, run: Any) -> bool:
        """Returns whether a run takes no room at all."""
        return self._is_switched(run, _VANISHED)

    def _is_switched(self, run: Any, names: tuple[str, ...]) -> bool:
        return any(self._is_on(run, f"rPr/{name}") for name in names)

    def _is_on(self, run: Any, path: str) -> bool:
        """Returns a switch of a run; styles of two kinds that both set it undo each other.

        Source: ECMA-376 part 1, section 17.7.3, toggle properties.
        """
        own = value(run, path)
        if own is not None:
            return own not in OFF
        said = [self._value(kind, path) for kind in self._kinds(run)]
        is_default = any(is_on(each, path) for each in self._defaults)
        return sum(each is not None and each not in OFF for each in said) % 2 == 1 or is_default

    def _kinds(self, run: Any) -> list[list[Any]]:
        """Returns the styles of a run, of its paragraph and of its table, each with those that it is based on."""
        if self._last[0] is not run:
            self._last = (run, [self._character(run), self._paragraph(run), self._table(run)])
        return self._last[1]

    def _value(self, chain: list[Any], path: str) -> str | None:
        """Returns the first value that a chain of styles has at a path."""
        key = (id(chain), path)
        if key not in self._said:
            self._said[key] = next((said for each in chain if (said := value(each, path)) is not None), None)
        return self._said[key]

    def _nearest(self, run: Any, path: str) -> str | None:
        """Returns the value of a run at a path, else that of its styles, else the document's."""
        own = value(run, path)
        said = (own, *(self._value(kind, path) for kind in self._kinds(run))) if own is None else (own,)
        return next((each for each in (*said, self._value(self._defaults, path)) if each is not None), None)

    def _layers(self, run: Any) -> Iterator[Any]:
        yield run
        for layer in self._kinds(run):
            yield from layer
        yield from self._defaults

    def _is_tiny(self, run: Any) -> bool:
        return 0 <= self._size(run) < SMALLEST_PRINT

    def _size(self, run: Any) -> int:
        """Returns the size of print in half-points, -1 where nothing says one."""
        size = self._nearest(run, "rPr/sz") or ""
        return int(size) if size.isdecimal() else -1

    def _is_white(self, run: Any) -> bool:
        colours = (each.find(f"{W}rPr/{W}color") for each in self._layers(run))
        colour = next((each for each in colours if each is not None), None)
        if colour is None:
            return False
        named = str(colour.get(f"{W}val", ""))
        is_theme = colour.get(f"{W}themeColor") in _WHITE_THEMES and colour.get(f"{W}themeShade") is None
        return is_white(named) or (is_theme and named.lower() in ("", "auto"))

    def _is_shaded(self, run: Any) -> bool:
        """Returns whether anything may lie behind the words; in doubt it does."""
        if self._is_coloured or next(run.iterancestors(f"{W}txbxContent"), None) is not None:
            return True
        paragraph = next(run.iterancestors(f"{W}p"), None)
        layers = [*self._layers(run), *([] if paragraph is None else [paragraph])]
        return any(map(_has_shade, layers)) or any(
            table.find(f"{W}tblPr/{W}tblStyle") is not None or any(map(_is_shade, table.iter(f"{W}shd")))
            for table in run.iterancestors(f"{W}tbl")
        )

    def _character(self, run: Any) -> list[Any]:
        return self._chain(value(run, "rPr/rStyle"), "character")

    def _paragraph(self, run: Any) -> list[Any]:
        paragraph = next(run.iterancestors(f"{W}p"), None)
        return _NONE if paragraph is None else self._chain(value(paragraph, "pPr/pStyle"), "paragraph")

    def _table(self, run: Any) -> list[Any]:
        table = next(run.iterancestors(f"{W}tbl"), None)
        return _NONE if table is None else self._chain(value(table, "tblPr/tblStyle"), "table")

    def _chain(self, name: str | None, kind: str) -> list[Any]:
        if (name, kind) not in self._chains:
            known = name if name is not None and name in self._elements else self._default.get(kind, "")
            self._chains[name, kind] = list(ancestry(known, self._elements))
        return self._chains[name, kind]


def _has_shade(element: Any) -> bool:
    shades = [element.find(f"{W}{parent}/{W}shd") for parent in ("rPr", "pPr")]
    highlight = value(element, "rPr/highlight")
    return highlight not in (None, "none", "white") or any(each is not None and _is_shade(each) for each in shades)


def _is_shade(element: Any) -> bool:
    fill, pattern = str(element.get(f"{W}fill", "auto")), element.get(f"{W}val")
    is_themed = element.get(f"{W}themeFill") not in (None, *_WHITE_THEMES)
    return is_themed or pattern not in (None, "clear", "nil") or not (fill.lower() == "auto" or is_white(fill))
