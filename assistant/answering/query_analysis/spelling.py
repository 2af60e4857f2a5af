"""Repairs mistyped words of a question with words of the library.

Only a word that nobody knows is repaired: neither the library nor a list of English words holds it, in any ending, nor is it
a name, an abbreviation or a number. It becomes the word of the library that is nearest, by one slip in a short word and two
in a long one, and only where one is clearly nearest; a repair is always shown and can be taken back.

Source of the distance: optimal string alignment, Damerau, "A technique for computer detection and correction of spelling
errors", Communications of the ACM 7 (1964), as computed by rapidfuzz. English words: the list of symspellpy.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.text.abbreviations import abbreviations
from assistant.text.english_words import english_words
from assistant.text.words import stem, words

SHORT, USUAL, LONG = 5, 6, 7
"""Letters from which a word may have two letters exchanged, one left out or one doubled; from which it may have any one slip;
and from which it may have two."""
LEAST_PASSAGES = 5
"""Passages that hold a word that is not English from which another may be meant for it."""
CLEARLY = 0.1
"""Cost by which the nearest word is ahead; with less it has to be twice as common in the library as the next."""
PRIOR, RARE = 0.09, 1000
"""What a logarithm of a word's frequency in English is worth, and the frequency of an unlisted one."""
MOST_WORDS = 60
"""Words of a question that are looked at."""

_WORD = re.compile(r"(?<![\w@/.\[-])[A-Za-z]{5,}(?![\w@/\]-]|\.\w|['’]\w)")


_QUOTED = re.compile(r"[\"“”][^\"“”]*[\"“”]")
_DOUBLED = re.compile(r"(.)\1")
_CONTRACTIONS = frozenset(
    f"{start}{end}"
    for starts, ends in (
        ("do does did is are was were has have had can could should would must might need dare wo sha ai", "nt"),
        ("i you we they he she it who what that there where how when here", "s re ve ll d m"),
    )
    for start in starts.split()
    for end in ends.split()
)
"""Contractions as they are typed without the apostrophe."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A word that was mistyped, and what it was taken for."""

    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A question with its mistyped words repaired."""

    text: str
    repairs: tuple[Repair, ...] = ()


def repaired(text: str, vocabulary: Mapping[str, int]) -> Repaired:
    """Returns a question with its mistyped words repaired; words in quotation marks stay as they were typed.

    Args:
        text: The question, personal details masked.
        vocabulary: Words of the library in lower case, with how many passages hold each.
    """
    unknown = _unknown_words(text, vocabulary) if vocabulary else []
    usable = _usable(vocabulary) if unknown else ()
    repairs: list[Repair] = []
    parts, start = [], 0
    for match in unknown:
        meant = _nearest(match[0].lower(), usable, vocabulary)
        if meant is not None:
            repairs.append(Repair(match[0], meant))
            parts += [text[start : match.start()], meant]
            start = match.end()
    return Repaired("".join((*parts, text[start:])), tuple(repairs))


def _unknown_words(text: str, vocabulary: Mapping[str, int]) -> list[re.Match[str]]:
    """Returns the words that nobody knows, among the first of a text; names and what stands in quotation marks left out."""
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return [
        match
        for match in list(_WORD.finditer(text))[:MOST_WORDS]
        if not _is_name(text, match)
        and not any(begin <= match.start() < end for begin, end in quoted)
        and not _is_right(match[0].lower(), vocabulary)
    ]


def _usable(vocabulary: Mapping[str, int]) -> tuple[str, ...]:
    """Returns the words of the library that a mistyped one may be meant for."""
    return tuple(each for each, count in vocabulary.items() if each in english_words() or count >= LEAST_PASSAGES)


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Returns whether a word is written as a name is: a capital within a sentence or in a short word, or capitals within it."""
    word = match[0]
    begins = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1] in '.?!:\n“"'
    if word[0].isupper() and len(word) <= LONG and not text.isupper():
        return True
    return (word[1:] != word[1:].lower() and not text.isupper()) or (
        word[0].isupper() and not begins and not text.isupper()
    )


def _nearest(word: str, usable: Sequence[str], vocabulary: Mapping[str, int]) -> str | None:
    """Returns the word of the library that a mistyped one was meant to be; None in doubt."""
    near = sorted(_candidates(word, usable), key=lambda each: (each[1], -vocabulary[each[0]]))
    if not near:
        return None
    best, cost = near[0]
    rivals = [each for each, other in near[1:] if other - cost < CLEARLY and stem(each) != stem(best)]
    is_clear = all(vocabulary[best] > 2 * vocabulary[each] for each in rivals)
    is_nearest = all(
        other > cost + CLEARLY / 2 for each, other in _candidates(word, _listed_words()) if each not in vocabulary
    )
    return best if is_clear and is_nearest else None


def _candidates(word: str, known: Sequence[str]) -> list[tuple[str, float]]:
    """Returns the words that one may be meant for, each with its cost: how unusual the slips are, less how usual the word is."""
    slips = 2 if len(word) >= LONG else 1
    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=40)
    return [
        (each, _cost(word, each, int(distance)) - PRIOR * math.log(english_words().get(each, RARE)))
        for each, distance, _ in found
        if len(each) >= SHORT and _is_slip(word, each, int(distance))
    ]


def _cost(word: str, other: str, distance: int) -> float:
    """Returns the cost of the slips: letters exchanged are the commonest, then one left out, one too many, a wrong one."""
    letters, others = Counter(word), Counter(other)
    if letters == others:
        return 0.8 * distance
    if not letters - others:
        return 1.0 * distance
    return (1.2 if len(word) > len(other) else 1.35) * distance


def _is_slip(word: str, other: str, distance: int) -> bool:
    """Returns whether one word may be another mistyped: with two slips it begins like it, with one it begins or ends like it."""
    if len(word) < USUAL and Counter(word) - Counter(other) and not _DOUBLED.search(word):
        return False
    if distance == 1:
        return word[0] == other[0] or word[1:] == other[1:] or word[:2] == other[1::-1]
    return word[0] == other[0] and (word[1] == other[1] or word[-1] == other[-1])


def _is_right(word: str, vocabulary: Mapping[str, int]) -> bool:
    if word in vocabulary or word in english_words() or word in _short_forms() or word in _CONTRACTIONS:
        return True
    return any(form in vocabulary or (len(form) > SHORT and form in english_words()) for form in _plain_forms(word))


def _plain_forms(word: str) -> tuple[str, ...]:
    """Returns a word without usual endings and beginnings."""
    forms = [word[: -len(ending)] + added for ending, added in _ENDINGS if word.endswith(ending)]
    forms += [word[len(start) :] for start in _BEGINNINGS if word.startswith(start)]
    return tuple(each for each in forms if len(each) >= SHORT)


_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""), ("er", "e"), ("ers", ""),
    ("ly", ""), ("able", ""), ("able", "e"), ("ness", ""), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"),
    ("isation", "ization"), ("isations", "izations"), ("our", "or"), ("ours", "ors"),
)  # fmt: skip
_BEGINNINGS = ("un", "re", "non", "pre", "mis", "co", "multi", "inter", "sub", "over", "under")


@cache
def _listed_words() -> tuple[str, ...]:
    return tuple(english_words())


@cache
def _short_forms() -> frozenset[str]:
    return frozenset(word for each in abbreviations() for word in words(each.short))
