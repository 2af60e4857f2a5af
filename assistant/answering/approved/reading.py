"""A question as approved answers compare it: its clause that asks, the kind of answer asked, and what tells it apart."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.answering.query_analysis.names import Name, NameKind, names_in
from assistant.text.abbreviations import abbreviations
from assistant.text.differences.bodies import bodies_in
from assistant.text.differences.matter import topic
from assistant.text.number_words import NUMBERS, ORDINALS
from assistant.text.words import content_words, words

MIN_CORE_WORDS = 1
"""Content words from which a clause stands for the whole question."""
_WH = (
    r"(?:what|who|whom|whose|which|when|where|why|how|by when|by what|within (?:what|which|how)|after how|in what|to whom|at what|"
    r"up to what)"
)
_AUX = (
    r"(?:is|are|was|do|does|did|can|could|may|must|should|shall|will|would|has|have|am)(?= (?:i|we|they|he|she|it|you|there|the|an?|any|"
    r"our|my|this|that|these|those|parents?|staff|schools?|children|somebody|someone|consent)\b)"
)
_FILLER = r"(?:(?:so|and|but|or|then|um|er|ok|well|now|please|also)[, ]+)*"
_ONSET = re.compile(
    rf"(?:^|[.?!;:]\s+|\s[–—-]\s|,\s*|\bso |\b(?:know|wonder|wondering|asks?|asked|asking|unsure|sure|confirm|idea|understand|clear|tell)"
    rf"(?: me| us)?[, ]+){_FILLER}(?:exactly )?(?P<onset>{_WH}\b|{_AUX})"
)
_TAG = re.compile(r"(?:is|are|was) (?:it|that|this|they)\b|or\b")
_RELATIVE = re.compile(r"(?:who|which|whom|whose|when|where) (?:is|are|was|were|has|have|had|we|i|he|she|they|can)\b")
_PLACEHOLDER = re.compile(r"\[[A-Za-z][A-Za-z -]*\]")
_SCHOOL_YEAR = re.compile(r"\b(?:year|y)\s?\d{1,2}s?\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z][A-Z\d]{2,}\b")
_DIGITS = re.compile(r"(?<![\w.])\d+(?![\w.]*\w)")
_ADDRESSES = re.compile(r"\b(?:to|with|from|by|than|of|against|about)(?: (?:the|our|an?|another|their|my))? $")
_NAMED = (NameKind.LAW, NameKind.YEAR, NameKind.QUOTED)
_NOT_COUNTED = frozenset({"zero", "one"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks, read for comparison."""

    text: str
    """What is asked, abbreviations written out, in lower case."""
    core: str
    """The clause of it that asks."""
    topic: Mapping[str, float]
    """Its words with their weights."""
    core_topic: Mapping[str, float]
    kinds: tuple[str, ...]
    """Kinds of answer that the clause asks for; empty where that cannot be told."""
    aspects: frozenset[str]
    things: frozenset[tuple[str, str]]
    """Row and thing of what it names that has others of its kind."""
    core_things: frozenset[tuple[str, str]]
    populations: frozenset[str]
    numbers: frozenset[int]
    """Numbers and ordinals of the clause that asks; school years and "first" left out."""
    every_number: frozenset[int]
    """Those of the whole."""
    names: tuple[Name, ...]
    """Laws, years and quoted words."""
    turns: frozenset[str]
    """How the clause that asks is turned round: "denied", "lacking"."""
    bodies: frozenset[frozenset[str]]
    """Bodies and roles of the whole, as stems."""
    addressed: frozenset[frozenset[str]]
    """Those of the clause that asks to, by or with whom something is done."""
    acronyms: frozenset[str]
    """Words in capitals that no table of abbreviations holds, in lower case."""


@cache
def _table() -> dict[str, Any]:
    source = files("assistant.answering.approved") / "data" / "words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _written_out() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Returns patterns of short forms, each with what it stands for; capitals are not looked at in a question."""
    own = [(_compiled(pattern), full) for pattern, full in _table()["short"].items()]
    field = [
        (re.compile(rf"\b{re.escape(each.short)}s?\b", 0 if each.needs_capitals else re.IGNORECASE), each.full[0])
        for each in abbreviations()
        if each.short not in ("DO", "HO", "KIT", "PACE", "ACE", "AIM", "RAG", "SALT", "DASH", "PA", "WT", "strat")
    ]
    section = (re.compile(r"\bs\.? ?(\d{1,3})\b", re.IGNORECASE), r"section \1")
    return (*field, *own, section)


def written_out(text: str) -> str:
    """Returns a question with short forms replaced by what they stand for."""
    for pattern, full in _written_out():
        text = pattern.sub(full, text)
    return text


def read(question: str) -> Reading:
    """Returns a question read for comparison; details that were masked in it are left out."""
    whole = " ".join(written_out(_PLACEHOLDER.sub(" ", question)).lower().split())
    core = _core(whole)
    counted = _SCHOOL_YEAR.sub(" ", core)
    return Reading(
        whole,
        core,
        topic(whole),
        topic(core),
        tuple(_kinds(core) or _kinds(whole)),
        frozenset(name for name, pattern in _table()["aspects"].items() if _compiled(pattern).search(core)),
        _things(whole),
        _things(core),
        speaks_of(whole),
        frozenset(_numbers(counted)),
        frozenset(_numbers(whole)),
        tuple(each for each in names_in(question) if each.kind in _NAMED),
        frozenset(name for name, pattern in _table()["turns"].items() if _compiled(pattern).search(core)),
        frozenset(key for key, _ in _bodies(whole)),
        frozenset(key for key, start in _bodies(core) if _ADDRESSES.search(core[:start])),
        frozenset()
        if question.isupper()
        else frozenset(each.lower() for each in _ACRONYM.findall(written_out(question))),
    )


def _core(whole: str) -> str:
    """Returns a text from where the clause begins that asks last; the whole where none does."""
    onsets = [
        each for each in _ONSET.finditer(whole) if len(content_words(whole[each.start("onset") :])) >= MIN_CORE_WORDS
    ]
    asking = [each for each in onsets if not _TAG.match(whole, each.start("onset")) and not _is_relative(whole, each)]
    chosen = (asking or onsets)[-1:]
    return whole[chosen[0].start("onset") :] if chosen else whole


def _is_relative(whole: str, onset: re.Match[str]) -> bool:
    """Returns whether "who is nineteen" after a comma only tells more of somebody."""
    return whole[onset.start()] == "," and _RELATIVE.match(whole, onset.start("onset")) is not None


def _kinds(text: str) -> list[str]:
    return [each["name"] for each in _table()["kind"] if _compiled(each["asks"]).search(text)]


def _things(text: str) -> frozenset[tuple[str, str]]:
    return frozenset(
        (row["of"], name)
        for row in _table()["row"]
        for name, pattern in row.items()
        if name != "of" and _compiled(pattern).search(text)
    )


def _bodies(text: str) -> list[tuple[frozenset[str], int]]:
    """Returns the bodies and roles of a text, each as stems and where it begins."""
    return [(each.key, each.span.start) for each in bodies_in(text) if isinstance(each.key, frozenset)]


def _numbers(text: str) -> list[int]:
    found = [int(each) for each in _DIGITS.findall(text)]
    for word in words(text):
        if word in NUMBERS and word not in _NOT_COUNTED:
            found.append(int(NUMBERS[word]))
        elif word in ORDINALS[1:]:
            found.append(ORDINALS.index(word) + 1)
    return found


def speaks_of(text: str) -> frozenset[str]:
    """Returns of whom a text in lower case speaks, apart from children and those who work with them."""
    return frozenset(name for name, pattern in _table()["populations"].items() if _compiled(pattern).search(text))
