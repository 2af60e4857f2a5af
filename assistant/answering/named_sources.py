"""Questions that name their source: "What did the review find about X?" asks for X, in that review.

Words that name a source stand everywhere in it ("this summary is no substitute for the review"), so that a sentence which
speaks of the source and not of X looks like an answer. Such a question is therefore asked without them, of the editions
that they name, and what answers has to speak of X (docs/adr/0016-named-sources.md). How a source is named is data, in
``named_sources.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from assistant.answering.query_analysis.analysis import QueryAnalysis, coverage
from assistant.model import Edition, EditionId, Kind
from assistant.text.abbreviations import expand
from assistant.text.calendar_words import MONTH
from assistant.text.words import content_words

LEAST = 0.3
"""Least share, weighted by rarity, of the query's words that an answer holds together with its headings."""

_MARKS = " '‘’“”\""
_KINDS = {"review": Kind.LEARNING_REVIEW, "strategi": Kind.STRATEGY}
"""Stems that stand for every document of a kind; a policy or guidance may be of any."""
_QUOTED = re.compile(r"[\"“‘']([^\"”’]{8,})[\"”’]")
_VERB = re.compile(
    r"^(?:to|can|could|will|would|may|must|should|is|are|was|were|has|have|counts?|makes?)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.?!] ")
_WHAT = re.compile(r"^(?:(?:and|so|but) )?what(?:['’]?s)?(?: (?:is|are|was|were|else|exactly))?$", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def _table() -> dict[str, Any]:
    """Returns ``named_sources.toml``."""
    return tomllib.loads((files("assistant.answering") / "named_sources.toml").read_text(encoding="utf-8"))


@cache
def _lists() -> dict[str, str]:
    """Returns a pattern for each list of the table, and for a month."""
    lists = {name: f"(?:{'|'.join(alternatives)})" for name, alternatives in _table()["lists"].items()}
    return {"month": MONTH, **lists}


def _filled(pattern: str, names: Mapping[str, str]) -> str:
    """Returns a pattern of the table with its ``{name}``s filled in."""
    return _PLACEHOLDER.sub(lambda found: names[found[1]], pattern)


_YEAR = re.compile(rf",? {_filled(_table()['phrases']['year'], _lists())}\b.*$", re.IGNORECASE)
_ASKS = re.compile(rf"^(?:(?:and|so|but) )?{_lists()['begins']}\b", re.IGNORECASE)
_PLAIN, _GENERIC = (frozenset(content_words(_table()[name])) for name in ("plain", "generic"))


@dataclass(frozen=True, slots=True)
class NamedSource:
    """A question that names its source."""

    source: str
    """As it was named."""
    about: str
    """The question without it."""


def named_source_of(question: str, editions: Sequence[Edition]) -> NamedSource | None:
    """Returns the source that a question names with what is asked of it; None where it names none or asks nothing else.

    Args:
        question: The question, standing alone.
        editions: Those whose titles are known as sources.
    """
    text = " ".join(question.split()).rstrip("?!. ")
    for form in _forms(tuple(name for each in editions for name in _names(each.title))):
        match = form.match(text)
        if match:
            about = _question(match["before"], match["after"])
            return NamedSource(match["source"].strip(_MARKS), about) if content_words(about) else None
    return None


@lru_cache(maxsize=64)
def _forms(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Returns how a source is named in a question: by a title, or by the kind of document that it is."""
    known = _lists()
    own = [name for name in names if re.search(rf"\b{known['noun']}\b", name, re.IGNORECASE) or name.endswith('"')]
    known = {**known, "title": _any_of((*names, *_table()["short_titles"])), "own_title": _any_of(own)}
    for name, phrase in _table()["phrases"].items():
        known[name] = _filled(phrase, known)
    return tuple(re.compile(_filled(form["pattern"], known), re.IGNORECASE) for form in _table()["form"])


def _any_of(names: Sequence[str]) -> str:
    """Returns a pattern of any of some names, the longest first; one that matches nothing for none."""
    bare = sorted({each.strip('"') for each in names}, key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, bare))})" if bare else r"(?!)"


@lru_cache(maxsize=4096)
def _names(title: str) -> tuple[str, ...]:
    """Returns how a title is said, without its year and what stands behind it; of one with a quoted part only that part."""
    quoted = _QUOTED.findall(title)
    if quoted:
        return tuple(f'"{each}"' for each in quoted)
    whole = _YEAR.sub("", title)
    short = re.split(r"[:,(]", re.sub(r"^(?:summary|draft) of ", "", whole, flags=re.IGNORECASE))[0].strip()
    if len(short.split()) < 2:
        return ()
    shortest = re.sub(r" to safeguard children$| in education$", "", short, flags=re.IGNORECASE)
    return tuple(dict.fromkeys((whole, short, shortest)))


def _question(before: str, after: str) -> str:
    """Returns what is left of a question when its source is taken out, as a question."""
    start, rest = (" ".join(each.split()).strip(" ,") for each in (before, after))
    if _WHAT.match(start) and not _VERB.match(rest):
        return f"What about {rest}?"
    whole = f"{start} {rest}".strip()
    return f"{whole}?" if _ASKS.match(whole) or _SENTENCE.search(whole) else f"What about {whole}?"


def editions_named(named: NamedSource, editions: Sequence[Edition]) -> tuple[EditionId, ...]:
    """Returns those editions that a source names, by words of their title or by their kind; () where it may be any.

    A file without a catalogue is taken for guidance, so that a review or strategy of that kind is known by its title.
    """
    words = set(content_words(_YEAR.sub("", named.source)))
    last = next((stem for stem in reversed(content_words(named.source)) if stem in _KINDS), "")
    kind = _KINDS.get(last)
    spelled = {each.edition_id: set(content_words(expand(each.title))) for each in editions}
    titled = [each for each in editions if _is_title(words, each.title, spelled[each.edition_id])]
    exact = [each for each in titled if words <= spelled[each.edition_id]]
    if not titled and words - _GENERIC <= _PLAIN:
        exact = [
            each
            for each in editions
            if each.kind is kind or (each.kind is Kind.GUIDANCE and last in content_words(each.title))
        ]
    return tuple(each.edition_id for each in exact or titled)


def _is_title(words: set[str], title: str, spelled: set[str]) -> bool:
    """Returns whether a title has every telling word, at least two in all or an abbreviation of it.

    ``spelled`` are the words of the title with its abbreviations written out.
    """
    telling = words - _GENERIC
    return (
        bool(telling) and telling <= spelled and (len(words & spelled) > 1 or not telling <= set(content_words(title)))
    )


def speaks_of(analysis: QueryAnalysis, quote: str, headings: Sequence[str]) -> bool:
    """Returns whether words with their headings speak of what is asked.

    Args:
        analysis: The query analysis, of the question without the words that name the source.
        quote: The words.
        headings: The headings that they stand under.
    """
    return coverage(analysis, " ".join((*headings, quote))) >= LEAST
