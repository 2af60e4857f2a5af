"""Where the words of Markdown tokens stand in their file."""

from __future__ import annotations

import re

from markdown_it.token import Token

from ingest.readers.source_map import MappedText, joined, mapped, unmapped


class Source:
    """The text of one file, asked for the tokens made from it, in order.

    Args:
        raw: The file, its line ends as line feeds.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._starts = [0, *(found.end() for found in re.finditer("\n", raw))]
        self._at = 0

    def of(self, token: Token) -> MappedText:
        """Returns the Markdown of a token with the place of each character.

        A line of a token is a line of the file with indentation, list and quote signs left out at its start, and
        with the backslash before a bar in a table left out.
        """
        first, last = token.map or (0, len(self._starts))
        first += 1 if token.type == "fence" else 0
        parts = []
        for number, line in enumerate(token.content.split("\n"), start=first):
            parts.append(self._placed(line, number) if number < min(last, len(self._starts)) else unmapped(line))
        return joined(parts, "\n")

    def _placed(self, line: str, number: int) -> MappedText:
        start = max(self._starts[number], self._at)
        end = self._starts[number + 1] - 1 if number + 1 < len(self._starts) else len(self.raw)
        found = self.raw.find(line, start, end)
        if found >= 0:
            self._at = found + len(line)
            return mapped(line, 1, found)
        places: list[int] = []
        for letter in line:
            start = self.raw.find(letter, start, end) + 1
            if start == 0:
                return unmapped(line)
            places.extend(mapped(letter, 1, start - 1).places)
        self._at = start
        return MappedText(line, tuple(places))
