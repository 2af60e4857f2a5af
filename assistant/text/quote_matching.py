"""How quotes are matched: one table of what is forgiven, and one folding that applies it.

Forgiven are white space, quote marks, dashes, ligatures, line-end hyphens, invisible characters such as the soft hyphen,
and whether a letter and its accent are one character or two; nothing else. "m²" is not "m2" and "10 days" is not
"1 0 days". The check of quotes, the links to pages and the marks on page images all match with ``folded``.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.model import Span

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
SOFT_HYPHEN = "\u00ad"
INVISIBLE = frozenset(
    f"{SOFT_HYPHEN}\x00\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Soft hyphen, zero-width characters and marks of direction."""
MARKS = {
    **dict.fromkeys("‘’‚‛′´`\u1fef\u1ffd\x91\x92", "'"),
    **dict.fromkeys("“”„‟″«»\x93\x94", '"'),
    **dict.fromkeys("‐‑‒–—―−\uf02d", "-"),
}
"""Quote marks and dashes, among them those that a wrong encoding (``\\x91``) or a symbol font (``\\uf02d``) leaves behind."""
HYPHENS = "-‐‑"
"""Those dashes that divide a word at the end of a line."""
CONTROLS = dict.fromkeys(map(chr, (*range(0x01, 0x09), *range(0x0E, 0x1C))), " ")
"""Control characters, which separate words as white space does."""
TABLE: Mapping[str, str] = {**LIGATURES, **dict.fromkeys(INVISIBLE, ""), **MARKS, **CONTROLS}
"""Every character that is forgiven, and what it is read as."""

_SOFT_LINE_END = re.compile(rf"(?<=[\w\u0300-\u036f]){SOFT_HYPHEN}(?=[^\S\n]*\n\s*(\w))")
_LINE_END = re.compile(r"-(?<=\w-)[^\S\n]*\n\s*(?=\w)")
_SPACES = re.compile(r"[^\S ]\s*| \s+")
"""White space that is not a single space."""
_COMPOSABLE = re.compile("[^\u0300-\U0010ffff]?[\u0300-\U0010ffff]+")
"""A stretch in which characters may compose; none before U+0300 composes with what stands before it."""
_HYPHEN = re.compile(r"(?<=\w)- ?(?=\w)")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text with only the permitted differences removed, and where each of its characters came from."""

    text: str
    places: Sequence[int]
    """The offset of each character in the text that was folded."""
    end: int
    """The offset after the last character."""
    hyphens: frozenset[int]
    """Where a line-end hyphen was left out, as offsets in ``text``."""

    def span(self, start: int, end: int) -> Span:
        """Returns the stretch of the original text that a stretch of the folded text came from."""
        return Span(self.places[start], self.places[end] if end < len(self.text) else self.end)


def comparable(text: str) -> str:
    """Returns a text with only the permitted differences removed: what two equal quotes have in common."""
    return folded(text).text


def holds(passage_text: str, quote: str) -> bool:
    """Returns whether a quote that is not empty stands in a text, on word borders, whatever is forgiven."""
    return next(places(quote, passage_text), None) is not None


def places(quote: str, text: str) -> Iterator[Span]:
    """Yields where a quote stands in a text on word borders, first to last, whatever is forgiven; none for "".

    A line-end hyphen may divide one word or belong to it: "well-" before "known" is found for "wellknown" and "well-known".
    """
    needle = folded(quote)
    if not needle.text:
        return
    pattern, whole = _pattern(needle), _last_folded(text)
    at = 0
    while match := pattern.search(whole.text, at):
        is_place = all(hyphen or match.start(n) in whole.hyphens for n, hyphen in enumerate(match.groups(), 1))
        if is_place:
            yield whole.span(*match.span())
        at = match.end() if is_place else match.start() + 1


def _pattern(quote: Folded) -> re.Pattern[str]:
    """Returns a pattern of a quote in which each hyphen that may end a line is a group, empty where it does."""
    optional = {found.start(): (found.end(), f"({found.group()}|)") for found in _HYPHEN.finditer(quote.text)}
    optional |= {place: (place, "(?:- ?)?") for place in quote.hyphens}
    parts: list[str] = []
    at = 0
    for place, (end, pattern) in sorted(optional.items()):
        parts += re.escape(quote.text[at:place]), pattern
        at = end
    return re.compile(rf"(?<!\w){''.join(parts)}{re.escape(quote.text[at:])}(?!\w)")


def folded(text: str, table: Mapping[str, str] = TABLE) -> Folded:
    """Returns a text as quotes are compared, in linear time.

    Args:
        text: The text.
        table: Characters and what each is read as; a caller that forgives more passes ``TABLE`` and its own.
    """
    if SOFT_HYPHEN in text:
        text = _SOFT_LINE_END.sub(lambda found: "-" if found[1].islower() else SOFT_HYPHEN, text)
    letters, origin = _spelled(text, table)
    if not unicodedata.is_normalized("NFC", letters):
        letters, origin = _replaced(letters, origin, _compositions(letters))
    line_ends = (found.span() for found in _LINE_END.finditer(letters))
    line_hyphens = [
        (start, end) for start, end in line_ends if text[origin[start]] in HYPHENS and letters[end].islower()
    ]
    left_out = [origin[start] for start, _ in line_hyphens]
    letters, origin = _replaced(letters, origin, ((start, end, "") for start, end in line_hyphens))
    letters, origin = _replaced(letters, origin, ((*found.span(), " ") for found in _SPACES.finditer(letters)))
    first, last = len(letters) - len(letters.lstrip()), len(letters.rstrip())
    end = origin[last] if last < len(letters) else len(text)
    origin = origin[first:last]
    return Folded(letters.strip(), origin, end, frozenset(bisect(origin, place) for place in left_out))


@lru_cache(maxsize=4)
def _last_folded(text: str) -> Folded:
    """Returns a text folded; several quotes are looked for in one text, which may be long."""
    return folded(text)


def _spelled(text: str, table: Mapping[str, str]) -> tuple[str, Sequence[int]]:
    """Returns a text with the characters of a table replaced, and where each character came from."""
    spelled = {character: table[character] for character in set(text) if character in table}
    for character, new in spelled.items():
        if len(new) == 1:
            text = text.replace(character, new)
    longer = "".join(re.escape(character) for character, new in spelled.items() if len(new) != 1)
    if not longer:
        return text, range(len(text))
    spots = ((*found.span(), spelled[found.group()]) for found in re.finditer(f"[{longer}]", text))
    return _replaced(text, range(len(text)), spots)


def _replaced(text: str, origin: Sequence[int], spots: Iterable[tuple[int, int, str]]) -> tuple[str, Sequence[int]]:
    """Returns a text with some stretches replaced; each new character comes from where its stretch began."""
    parts: list[str] = []
    kept = array("I")
    at = 0
    for start, end, new in spots:
        parts += text[at:start], new
        kept.extend(origin[at:start])
        kept.extend([origin[start]] * len(new))
        at = end
    if not parts:
        return text, origin
    kept.extend(origin[at:])
    return "".join((*parts, text[at:])), kept


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    """Yields each sequence of characters that composes to another one, and that one."""
    for stretch in _COMPOSABLE.finditer(text):
        if unicodedata.is_normalized("NFC", stretch.group()):
            continue
        for start, end in _sequences(stretch.group()):
            sequence = stretch.group()[start:end]
            if not unicodedata.is_normalized("NFC", sequence):
                yield stretch.start() + start, stretch.start() + end, unicodedata.normalize("NFC", sequence)


def _sequences(text: str) -> Iterator[tuple[int, int]]:
    """Yields the stretches of a text that compose independently of one another."""
    start = 0
    for at in range(1, len(text)):
        if unicodedata.combining(text[at]):
            continue
        before, character = (unicodedata.normalize("NFC", each) for each in (text[start:at], text[at]))
        if unicodedata.normalize("NFC", text[start : at + 1]) == before + character:
            yield start, at
            start = at
    yield start, len(text)
