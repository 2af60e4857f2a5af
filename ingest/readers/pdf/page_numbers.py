"""The number printed on each page: alone, between bars, with words or a total beside it, or within a running line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.readers.pdf.line import Line

_NUMBER = r"\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7}"
_PAGE = r"(?:p\s*a\s*g\s*e|p\.?|pg\.?)"
_BAR = r"[-–—|•·~\[\](){}<>/:,.\s]"
_WHOLE = re.compile(
    rf"^{_BAR}*(?:{_PAGE})?{_BAR}*(?P<number>{_NUMBER}){_BAR}*(?:{_PAGE}{_BAR}*)?(?:(?:of|/)\s*\d{{1,4}})?{_BAR}*$",
    re.IGNORECASE,
)
"""A line that is a page number and nothing else."""
_NAMED = re.compile(rf"(?<!\w){_PAGE}\s*[|:]?\s*(?P<number>{_NUMBER})(?!\w|\.\d)", re.IGNORECASE)
_TOTALLED = re.compile(r"(?<![\w./])(?P<number>\d{1,4})\s?(?:of|/)\s?\d{1,4}(?![\w./])")
_AT_END = re.compile(r"^(?P<rest>.*?)[\s|–—-]+(?P<number>\d{1,4})$")
_AT_START = re.compile(r"^(?P<number>\d{1,4})[\s|–—-]+(?P<rest>\D.*)$")
_KIND = re.compile(
    r"^(?:annex|appendix|article|chapter|day|figure|goal|level|module|outcome|part|phase|principle|priority|question|schedule"
    r"|section|stage|standard|step|table|theme|unit|volume|week|year)e?s?$",
    re.IGNORECASE,
)
"""What is numbered itself: "Step 2" is no page number."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_FEWEST = 2
"""Pages whose numbers rise with them that make a number within a line a page number."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A number in a line at the edge of a page."""

    page: int
    line: Line
    label: str
    value: int
    is_roman: bool
    is_whole: bool

    @property
    def series(self) -> tuple[bool, int]:
        """What the numbers of consecutive pages have in common."""
        return self.is_roman, self.value - self.page


def page_numbers(edges: Mapping[int, Sequence[Line]]) -> dict[int, tuple[Line, str, bool]]:
    """Returns for each page that prints its number the line, the number as printed, and whether the line holds no more.

    A number is that of its page where it rises with the pages, as most do or as that of a neighbouring page does;
    of two, the one farther out.

    Args:
        edges: The lines at the top and bottom of each page, by its index from 1.
    """
    printed = [each for page, lines in edges.items() for line in lines for each in _in_line(page, line)]
    votes: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for each in printed:
        votes[each.series].add(each.page)
    found: dict[int, tuple[Line, str, bool]] = {}
    usual = {kind: _usual(votes, kind) for kind in (False, True)}
    heights = [line.y for lines in edges.values() for line in lines]
    middle = (min(heights) + max(heights)) / 2 if heights else 0.0

    def rank(each: _Printed) -> tuple[bool, bool, float]:
        return each.series[1] != usual[each.is_roman], not each.is_whole, -abs(each.line.y - middle)

    for each in sorted(printed, key=rank):
        pages = votes[each.series]
        is_next = bool(pages & {each.page - 1, each.page + 1}) and each.is_whole
        is_usual = each.series[1] == usual[each.is_roman] and (each.is_whole or len(pages) >= _FEWEST)
        if each.page not in found and (is_usual or is_next):
            found[each.page] = each.line, each.label, each.is_whole
    return found


def _usual(votes: Mapping[tuple[bool, int], set[int]], is_roman: bool) -> int | None:
    counted = Counter({shift: len(pages) for (kind, shift), pages in votes.items() if kind == is_roman})
    return counted.most_common(1)[0][0] if counted else None


def _in_line(page: int, line: Line) -> list[_Printed]:
    words = line.words
    if (whole := _WHOLE.match(words)) is not None:
        return [_printed(page, line, whole["number"], True)]
    numbers = [each["number"] for pattern in (_NAMED, _TOTALLED) for each in pattern.finditer(words)]
    for pattern in (_AT_END, _AT_START):
        found = pattern.match(words)
        if found is not None and not _KIND.match(found["rest"].strip()) and not line.is_bold:
            numbers.append(found["number"])
    return [_printed(page, line, number, False) for number in dict.fromkeys(numbers)]


def _printed(page: int, line: Line, number: str, is_whole: bool) -> _Printed:
    is_roman = not number.isdigit()
    return _Printed(page, line, number, _value(number) if is_roman else int(number), is_roman, is_whole)


def _value(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral.lower()]
    return sum(-value if value < max(values[at + 1 :], default=0) else value for at, value in enumerate(values))
