"""An edition's own list of changes: it imposes nothing, and shows which changes its publisher considers important."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.coverage.texts.paragraphs import Paragraph

_CHANGE_LOG = re.compile(r"\btable of (?:\w+ )?changes\b", re.IGNORECASE)
_ENTRY = re.compile(
    r"\bpara(?:graph)?s?\.? (?P<first>\d{1,4})(?:\s*(?:-|–|to|and)\s*(?P<last>\d{1,4})\b)?", re.IGNORECASE
)
_NEXT = re.compile(r"\bpage \d+\b", re.IGNORECASE)
MOST = 50
"""Most paragraphs in the range of one entry."""


def is_change_log(paragraph: Paragraph | None) -> bool:
    """Returns whether a paragraph belongs to the edition's own list of changes."""
    return paragraph is not None and any(_CHANGE_LOG.search(each) for each in paragraph.headings)


def own_list(paragraphs: Iterable[Paragraph]) -> dict[str, str]:
    """Returns the entry of the edition's own list of changes for each paragraph number in it; {} for no list."""
    by_number: dict[str, str] = {}
    for paragraph in paragraphs:
        if not is_change_log(paragraph):
            continue
        entries = list(_ENTRY.finditer(paragraph.text))
        for place, entry in enumerate(entries):
            end = entries[place + 1].start() if place + 1 < len(entries) else len(paragraph.text)
            text = _NEXT.split(paragraph.text[entry.start() : end])[0].strip(" |-–")
            first = int(entry["first"])
            last = int(entry["last"] or first)
            for number in range(first, min(last, first + MOST) + 1):
                by_number.setdefault(str(number), text)
    return by_number
