"""Reads bodies and roles ("the local authority designated officer", "the missing team"), and tells which are the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.model import DifferenceKind, Span
from assistant.text.abbreviations import abbreviations
from assistant.text.differences.values import Value
from assistant.text.words import stem, words

_WORD = re.compile(r"[A-Za-z][A-Za-z]*(?:-[A-Za-z]+)*(?:['’]s)?")
_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?")
_NAMES_A_THING = re.compile(
    r" (?:meeting|conference|protection|plan|assessment|order|investigation|policy|polic|procedure|handbook|minutes|referral|training|"
    r"list|enquir|process|hearing|number|leaflet|guide|form|file|arrangement|strategy|response|decision|intervention|place)\w*\b",
    re.IGNORECASE,
)
"""What follows a name that tells a thing apart, as in "core group meeting": then it is nobody who acts or is told."""
MOST_WORDS = 5
"""Most words of a name."""


@dataclass(frozen=True, slots=True)
class _Lexicon:
    heads: frozenset[str]
    heads_with_words: frozenset[str]
    heads_of: frozenset[str]
    before: frozenset[str]
    anybody: frozenset[str]
    wholes: tuple[frozenset[frozenset[str]], ...]
    parts: tuple[frozenset[frozenset[str]], ...]
    short: dict[str, frozenset[str]]


@cache
def _lexicon() -> _Lexicon:
    table = tomllib.loads((files("assistant.text.differences") / "bodies.toml").read_text(encoding="utf-8"))
    names = {
        name: frozenset(map(_singular, table[name])) for name in ("heads", "heads_with_words", "heads_of", "before")
    }
    names["anybody"] = frozenset(map(stem, table["anybody"]))
    ends = frozenset(map(stem, names["heads"] | names["heads_with_words"]))
    written_out = {each.short: _stems(each.full[0]) for each in abbreviations()}
    return _Lexicon(
        **names,
        wholes=tuple(frozenset(map(_stems, family["whole"])) for family in table["family"]),
        parts=tuple(frozenset(map(_stems, family["part"])) for family in table["family"]),
        short={short: full for short, full in written_out.items() if full & ends},
    )


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(name) if word not in ("of", "the", "for", "and", "s"))


def bodies_in(text: str) -> Iterator[Value]:
    """Yields the bodies and roles that a text names, in order; "staff", "practitioners" and other words for anybody are none."""
    found = list(_WORD.finditer(text))
    known = _lexicon()
    ended = 0
    for at, match in enumerate(found):
        if match.start() < ended:
            continue
        span = _abbreviation(match) or _name(found, at, text, ended)
        if span is None:
            continue
        name = text[span.start : span.end]
        key = known.short.get(name.rstrip("s")) or known.short.get(name) or _stems(name)
        if key and not key <= known.anybody and not _NAMES_A_THING.match(text, span.end):
            yield Value(DifferenceKind.BODY, "", key, span)
            ended = span.end


def _abbreviation(match: re.Match[str]) -> Span | None:
    name = match.group()
    is_short = name in _lexicon().short or name.rstrip("s") in _lexicon().short
    return Span(*match.span()) if is_short and name[0].isupper() else None


def _name(found: list[re.Match[str]], at: int, text: str, ended: int) -> Span | None:
    """Returns the stretch of the name whose last word stands here; None where none does."""
    known = _lexicon()
    head = _lemma(found[at])
    if head in known.heads_of:
        of = _of(found, at, text)
        if of is not None:
            return Span(_first(found, at, text, ended), of)
    if head not in known.heads and head not in known.heads_with_words:
        return None
    if _goes_on(found, at, text) or _is_verb(found, at):
        return None
    start = _first(found, at, text, ended)
    if start == found[at].start() and head not in known.heads:
        return None
    return Span(start, found[at].end())


def _goes_on(found: list[re.Match[str]], at: int, text: str) -> bool:
    """Returns whether the words that follow belong to a longer name: "authority" in "local authority designated officer"."""
    known = _lexicon()
    for place in range(at + 1, min(len(found), at + MOST_WORDS)):
        if text[found[place - 1].end() : found[place].start()] != " ":
            return False
        lemma = _lemma(found[place])
        if _is_verb(found, place):
            return False
        if lemma in known.heads or lemma in known.heads_with_words:
            return True
        if lemma not in known.before:
            return False
    return False


def _is_verb(found: list[re.Match[str]], at: int) -> bool:
    """Returns whether "leads", "chairs" or "heads" says what the body before it does."""
    is_plural = found[at].group().lower() in ("leads", "chairs", "heads")
    return is_plural and at > 0 and _lemma(found[at - 1]) in _lexicon().heads


def _first(found: list[re.Match[str]], at: int, text: str, ended: int) -> int:
    """Returns where the name begins whose last word stands here."""
    first = at
    while first > 0 and at - first < MOST_WORDS - 1:
        before = found[first - 1]
        between = text[before.end() : found[first].start()]
        is_name = between in (" ", "-") and before.start() >= ended and _may_stand_before(before, text)
        if not is_name:
            break
        first -= 1
    return found[first].start()


def _may_stand_before(match: re.Match[str], text: str) -> bool:
    word = match.group()
    if _lemma(match) in _lexicon().before or word in _lexicon().short:
        return True
    opens = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in ".!?:\n"
    return word[0].isupper() and not opens


def _of(found: list[re.Match[str]], at: int, text: str) -> int | None:
    """Returns the end of "head of year" whose first word stands here; None where nothing of the kind follows."""
    joined = _OF.match(text, found[at].end())
    if joined is None:
        return None
    end = None
    for following in found[at + 1 :]:
        if following.start() < joined.end():
            continue
        known = _lexicon()
        lemma = _lemma(following)
        is_name = lemma in known.before | known.heads | known.heads_with_words or following.group()[0].isupper()
        if not is_name or (end is not None and text[end : following.start()] != " "):
            break
        end = following.end()
    return end


def _lemma(match: re.Match[str]) -> str:
    return _singular(match.group())


def _singular(word: str) -> str:
    """Returns a noun in lower case without an owner's 's and without the s of a plural."""
    lower = re.sub(r"['’]s$", "", word.lower())
    if lower.endswith("ies") and len(lower) > 4:
        return f"{lower[:-3]}y"
    return lower[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us")) else lower


def are_related(one: frozenset[str], other: frozenset[str]) -> bool:
    """Returns whether two names may mean the same: one holds the words of the other, or one is the whole of the other."""
    if one <= other or other <= one:
        return True
    known = _lexicon()
    for wholes, parts in zip(known.wholes, known.parts, strict=True):
        if (one in wholes and other in wholes | parts) or (other in wholes and one in parts):
            return True
    return False
