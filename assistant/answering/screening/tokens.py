"""Words of a message with what their shape and place say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.plain_text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BREAK = re.compile(r"[.!?:;\n\"“(]")
_LOUD_SHARE = 0.7
_INNER_CAPITAL = re.compile(r"(?:Mc|Mac|O['’]|D['’]|De|Di|Le|La|Fitz)?[A-Z][^A-Z]*(?:['’-].*)?")


@dataclass(frozen=True, slots=True)
class Token:
    """One word."""

    start: int
    end: int
    """End of the word, without a possessive ``'s``."""
    text: str
    """The word without a possessive ``'s``."""
    folded: str
    """Lower case, without accents."""
    is_capital: bool
    """Begins with a capital, in a text where that says something."""
    is_acronym: bool
    """Two capitals or more where a name has one ("NHS", "FHLPs"), in a text that is not all in capitals."""
    is_first: bool
    """Begins a sentence."""
    is_possessive: bool
    gap: str
    """What stands between the word before and this one."""


def tokens(text: str) -> tuple[Token, ...]:
    """Returns the words of a text in order; placeholders in square brackets are left out."""
    is_loud = _is_loud(text)
    words: list[Token] = []
    before = 0
    for match in _WORD.finditer(text):
        if match.start() and text[match.start() - 1] == "[" and text[match.end() : match.end() + 1] == "]":
            continue
        words.append(_token(match.group(), match.start(), text[before : match.start()], is_loud, is_first=not words))
        before = match.end()
    return tuple(words)


def _token(word: str, start: int, gap: str, is_loud: bool, *, is_first: bool) -> Token:
    is_possessive = word[-2:] in ("'s", "’s", "'S", "’S")
    bare = word[:-2] if is_possessive else word
    is_acronym = not is_loud and bare[:1].isupper() and len(bare) > 1 and not _INNER_CAPITAL.fullmatch(bare)
    is_capital = not is_loud and bare[:1].isupper()
    return Token(
        start,
        start + len(bare),
        bare,
        fold(bare),
        is_capital,
        is_acronym,
        is_first or (gap != " " and bool(_BREAK.search(gap))),
        is_possessive,
        gap,
    )


def _is_loud(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    return len(letters) > 8 and sum(each.isupper() for each in letters) > _LOUD_SHARE * len(letters)
