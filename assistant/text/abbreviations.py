"""Abbreviations of the field, so that "LADO" finds "local authority designated officer" and the other way round."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.text.words import stem, words

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
    tables = tomllib.loads((files("assistant.text") / "abbreviations.toml").read_text(encoding="utf-8"))
    return tuple(
        Abbreviation(short, tuple(full), name == "only_in_capitals", _stems(short), tuple(map(_stems, full)))
        for name, table in tables.items()
        for short, full in table.items()
    )


def expand(question: str) -> str:
    """Returns the question with the other side of each abbreviation or full term that it holds added at its end.

    Word endings, case and hyphens do not matter ("LADOs", "multi agency safeguarding hub"); an abbreviation that is
    also an ordinary word ("send") counts only in capitals. A question that holds none comes back unchanged.
    """
    stems = _stems(question)
    capitals = set() if question.isupper() else set(_CAPITALS.findall(question))
    added: list[str] = []
    for each in abbreviations():
        has_short = each.short in capitals if each.needs_capitals else each.short_stems in stems
        has_full = any(full in stems for full in each.full_stems)
        if has_short != has_full:
            added.append(each.full[0] if has_short else each.short)
    return " ".join((question, *added))


def _stems(text: str) -> str:
    """Returns the stems of all words, a space before and after each."""
    return f" {' '.join(stem(word) for word in words(text))} "
