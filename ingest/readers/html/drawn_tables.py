"""Tables that a page draws without the tags of tables: by the roles that screen readers go by, or by its style sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bs4 import BeautifulSoup, Tag

_BY_ROLE: Mapping[str, str] = {
    "table": "table", "grid": "table", "treegrid": "table", "rowgroup": "tbody", "row": "tr", "cell": "td", "gridcell": "td",
    "columnheader": "th", "rowheader": "th", "caption": "caption",
}  # fmt: skip
"""The tag that says what a role of WAI-ARIA 1.2 says."""
_BY_DISPLAY: Mapping[str, str] = {
    "table": "table", "inline-table": "table", "table-row-group": "tbody", "table-header-group": "thead",
    "table-footer-group": "tfoot", "table-row": "tr", "table-cell": "td", "table-caption": "caption",
}  # fmt: skip
"""The tag that a browser shows as a value of ``display`` shows it (CSS Display 3)."""
_REAL = ("table", "tr", "td", "th", "thead", "tbody", "tfoot")
_SPANS: Mapping[str, str] = {"aria-colspan": "colspan", "aria-rowspan": "rowspan"}
FEWEST_ROWS, FEWEST_CELLS = 2, 2


def name_tables(soup: BeautifulSoup, displays: Mapping[int, str]) -> None:
    """Gives the tags of drawn tables the names of real ones, so that their rows keep their columns.

    Args:
        soup: The page.
        displays: What is declared as ``display``, by the ids of tags as Python has them.
    """
    _name(soup, lambda tag: _BY_ROLE.get(str(tag.get("role", "")).lower(), ""))
    _name(soup, lambda tag: _BY_DISPLAY.get(displays.get(id(tag), ""), ""))


def _name(soup: BeautifulSoup, said: Callable[[Tag], str]) -> None:
    names = {id(tag): said(tag) for tag in soup.find_all(True) if tag.name not in _REAL}
    for tag in soup.find_all(True):
        if names.get(id(tag)) == "table" and _is_table(tag, names):
            for each in [tag, *tag.find_all(True)]:
                _rename(each, names.get(id(each), ""))


def _is_table(table: Tag, names: Mapping[int, str]) -> bool:
    """Returns whether a tag holds rows of cells, and no tags that are a table's already."""
    rows = [each for each in table.find_all(True) if names.get(id(each)) == "tr"]
    cells = [sum(names.get(id(each)) in ("td", "th") for each in _children(row)) for row in rows]
    is_whole = all(_is_within(row, table, names) for row in rows)
    return is_whole and len(rows) >= FEWEST_ROWS and sum(count >= FEWEST_CELLS for count in cells) >= FEWEST_ROWS


def _children(row: Tag) -> Iterable[Tag]:
    return (each for each in row.children if isinstance(each, Tag))


def _is_within(row: Tag, table: Tag, names: Mapping[int, str]) -> bool:
    """Returns whether nothing but groups of rows stands between a row and its table."""
    around = row.parent
    while around is not None and around is not table:
        if names.get(id(around)) not in ("tbody", "thead", "tfoot"):
            return False
        around = around.parent
    return around is table


def _rename(tag: Tag, name: str) -> None:
    if not name:
        return
    tag.name = "th" if name == "td" and tag.name in ("b", "strong") else name
    del tag["role"]
    for said, own in _SPANS.items():
        if tag.has_attr(said):
            tag[own] = tag[said]
