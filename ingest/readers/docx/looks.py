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

    def reason(self, run: Any) -> Reason | None:
        """Returns why the words of a run are no evidence, None where a reader sees them."""
        if self._is_switched(run, _STRUCK):
            return Reason.WITHDRAWN
        is_unseen = self.is_vanished(run) or self._is_tiny(run) or (self._is_white(run) and not self._is_shaded(run))
        return Reason.HIDDEN if is_unseen else None

    def standing(self, run: Any) -> Standing | None:
        """Returns how much the words of a run stand out, None where they are neither bold nor underlined."""
        is_bold = self._is_on(run, "rPr/b")
        line = next((said for each in self._layers(run) if (said := value(each, "rPr/u")) is not None), "none")
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
        if value(run, path) is not None:
            return is_on(run, path)
        kinds = [self._character(run), self._paragraph(run), self._table(run)]
        said = [next((is_on(each, path) for each in kind if value(each, path) is not None), False) for kind in kinds]
        return sum(said) % 2 == 1 or any(is_on(each, path) for each in self._defaults)

    def _layers(self, run: Any) -> Iterator[Any]:
        yield run
        for layer in (self._character(run), self._paragraph(run), self._table(run)):
            yield from layer
        yield from self._defaults

    def _is_tiny(self, run: Any) -> bool:
        return 0 <= self._size(run) < SMALLEST_PRINT

    def _size(self, run: Any) -> int:
        """Returns the size of print in half-points, -1 where nothing says one."""
        size = next((said for each in self._layers(run) if (said := value(each, "rPr/sz")) is not None), "")
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
        return [] if paragraph is None else self._chain(value(paragraph, "pPr/pStyle"), "paragraph")

    def _table(self, run: Any) -> list[Any]:
        table = next(run.iterancestors(f"{W}tbl"), None)
        return [] if table is None else self._chain(value(table, "tblPr/tblStyle"), "table")

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
