"""Abbreviations of the field, so that "LADO" finds "local authority designated officer" and the other way round."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.text.words import stem, words

_ONLY_IN_CAPITALS = "only_in_capitals"
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9]+(?=s?\b)")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One line of the table, with its two sides as stems."""

    short: str
    full: tuple[str, ...]
    """The ways it is written out, the usual one first."""
    needs_capitals: bool
    """True where the short form is also an ordinary word or name."""
    short_stems: str
    full_stems: tuple[str, ...]


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Returns the table of ``abbreviations.toml`` in its order."""
    return tuple(
        Abbreviation(short, tuple(full), name == _ONLY_IN_CAPITALS, _stems(short), tuple(map(_stems, full)))
        for name in ("any_case", _ONLY_IN_CAPITALS)
        for short, full in _tables()[name].items()
    )


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads((files("assistant.text") / "abbreviations.toml").read_text(encoding="utf-8"))


@cache
def _shorthand() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(form, re.IGNORECASE), full) for form, full in _tables()["shorthand"].items())


@lru_cache(maxsize=16)
def _own(table: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[Abbreviation, ...]:
    return tuple(Abbreviation(short, full, False, _stems(short), tuple(map(_stems, full))) for short, full in table)


def expand(question: str, own: Mapping[str, Sequence[str]] | None = None) -> str:
    """Returns the question with the other side of each abbreviation or full term that it holds added at its end.

    Word endings, case and hyphens do not matter ("LADOs", "multi agency safeguarding hub"); an abbreviation that is
    also an ordinary word ("send") counts only in capitals. Shorthand ("s.47", "reg 44", "Y9") is written out. A question
    that holds none comes back unchanged.

    Args:
        question: The question.
        own: Abbreviations of an organisation with the ways they are written out, the usual one first.
    """
    stems = _stems(question)
    capitals = set() if question.isupper() else set(_CAPITALS.findall(question))
    added: list[str] = []
    for form, full in _shorthand():
        added += [text for match in form.finditer(question) if _stems(text := match.expand(full)) not in stems]
    for each in (*abbreviations(), *_own(tuple((short, tuple(full)) for short, full in (own or {}).items()))):
        has_short = each.short in capitals if each.needs_capitals else each.short_stems in stems
        has_full = any(full in stems for full in each.full_stems)
        if has_short != has_full:
            added.append(each.full[0] if has_short else each.short)
    return " ".join((question, *dict.fromkeys(added)))


def written_out(text: str) -> tuple[str, ...]:
    """Returns the ways in which abbreviations in a text are written out, each alone; () for a text that holds none."""
    capitals = set(_CAPITALS.findall(text))
    return tuple(full for each in abbreviations() if each.short.upper() in capitals for full in each.full)


def _stems(text: str) -> str:
    """Returns the stems of all words, a space before and after each."""
    return f" {' '.join(stem(word) for word in words(text))} "
