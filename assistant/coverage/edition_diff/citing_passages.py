"""Local sentences that cite a paragraph of a document by its number."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from assistant.coverage.references.titles import short_titles, title_of, year_of
from assistant.coverage.texts.local_text import LocalSentence
from assistant.coverage.texts.paragraphs import plain
from assistant.model import Edition

_CITED = re.compile(
    r"\bpara(?:graph)?s?\.?\s+(?P<numbers>\d{1,4}(?:\.\d+)*(?:(?:\s*(?:,|-|–|to|and)\s*)\d{1,4}(?:\.\d+)*)*)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
SHOWN = 5
"""Most sentences shown for one paragraph."""


def citing(sentences: Iterable[LocalSentence], edition: Edition) -> Mapping[str, tuple[LocalSentence, ...]]:
    """Returns the sentences that cite each paragraph of an edition, by paragraph number, in reading order.

    A sentence that names only other years is left out.

    Args:
        sentences: Of local documents.
        edition: The edition that they may cite.
    """
    names = (title_of(edition), *short_titles(edition))
    named = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    year = year_of(edition)
    by_number: defaultdict[str, list[LocalSentence]] = defaultdict(list)
    for sentence in sentences:
        text = plain(sentence.text)
        years = set(_YEAR.findall(text))
        if named.search(text) is None or (years and year not in years):
            continue
        for each in _CITED.finditer(text):
            for number in re.findall(r"\d+(?:\.\d+)*", each["numbers"]):
                by_number[number].append(sentence)
    return {number: tuple(dict.fromkeys(some))[:SHOWN] for number, some in by_number.items()}
