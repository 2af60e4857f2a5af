"""The title of a document: its own, or what its cover says in the largest print where a program made one up."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.readers.pdf.lines import PdfPage
from ingest.readers.titles import is_made_up

_FEWEST_LETTERS = 4
_LONGEST = 150


def title_of(given: str | None, pages: Sequence[PdfPage]) -> str | None:
    """Returns the title that the file gives, the largest lines of its first page where a program made that up, or None.

    Args:
        given: Title in the properties of the file.
        pages: As they were read.
    """
    given = (given or "").strip()
    if given and not is_made_up(given) and (" " in given or not re.search(r"[_\d]", given)):
        return given
    return _on_cover(pages) or given or None


def _on_cover(pages: Sequence[PdfPage]) -> str | None:
    lines = [line for page in pages[:1] for line in page.lines if sum(map(str.isalpha, line.words)) >= _FEWEST_LETTERS]
    largest = max((line.size for line in lines), default=0.0)
    others = [line.size for page in pages for line in page.lines if line.size < largest]
    if not others:
        return None
    first = next(place for place, line in enumerate(lines) if line.size == largest)
    taken = [lines[first].words]
    for line in lines[first + 1 :]:
        if line.size != largest or len(" ".join(taken)) + len(line.words) > _LONGEST:
            break
        taken.append(line.words)
    return " ".join(taken)
