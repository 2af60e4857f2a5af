"""Finds the actor within the grammatical subject of a duty."""

from __future__ import annotations

import re

from assistant.coverage.duties.actors import named_actor

LONGEST_NEW = 9
"""Most words of a second subject after "and": a longer one is a clause of its own."""
_REPORTED = re.compile(
    r"^.*\b(?:says?|states?|sets? out|means|requires?|expects?|clear|advises?|specif(?:y|ies)|in legislation)\s+"
    r"(?:clearly\s+)?(?:that|when)\s+(?=\S)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?:the )?(?:criteria|factors|matters|steps)\s+(?=(?:the |all |each )?\w)(?!of\b|for\b|in\b|to\b)", re.IGNORECASE
)
_FINITE = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|can(?:not)?|may|do(?:es)?|leads|plays?|remains?)\s", re.IGNORECASE
)
_RELATIVE = re.compile(r"\b(?:who|whom|whose|that|which|where)\b", re.IGNORECASE)
_UNOPENED = re.compile(r"^[^()]*\)\s+(?=\S)")
"""A closing bracket without an opening one: the text before it belongs to the bracket."""
_JOINED = re.compile(r"\s(?:and|but|or)$", re.IGNORECASE)
_SECOND = re.compile(r"\s(?:and|but)\s+(?=\S)", re.IGNORECASE)


def actor_phrase(subject: str) -> str:
    """Returns the words that name the actor, without clauses before or after; the subject itself where none is found.

    "The standards set out that schools" gives "schools", "Partners have a shared aim and" gives "Partners", "Abuse is a
    crime and all staff" gives "all staff".
    """
    phrase = _LISTED.sub("", _REPORTED.sub("", subject)).strip(" ,")
    phrase = _after(_UNOPENED.sub("", phrase), ": ")
    verb = _FINITE.search(phrase)
    if verb is None or _RELATIVE.search(phrase[: verb.start()]):
        return _without_opening(_JOINED.sub("", phrase))
    if _JOINED.search(phrase):
        return phrase[: verb.start()].strip(" ,")
    places = [each.end() for each in _SECOND.finditer(phrase) if each.start() > verb.start()]
    second = phrase[places[-1] :] if places else ""
    is_new = second and named_actor(second) and len(second.split()) <= LONGEST_NEW and not _FINITE.search(second)
    return second if is_new else phrase


def _after(text: str, mark: str) -> str:
    rest = text.rsplit(mark, 1)[-1]
    return rest if named_actor(rest) else text


def _without_opening(text: str) -> str:
    """Returns a text without an adverbial before its last comma ("Under the Act, the school")."""
    before, comma, rest = text.rpartition(", ")
    opens = re.match(r"(?:under|in|as|due to|per|for|to)\b", before, re.IGNORECASE)
    return rest if comma and opens and named_actor(rest) and not re.match(r"(?:and|or|including)\b", rest) else text
