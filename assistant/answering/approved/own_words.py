"""The partnership's own sentence before the quotes: what it may not say beyond them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.approved.reading import written_out
from assistant.text.contacts import has_contact
from assistant.text.differences.bodies import are_related, bodies_in
from assistant.text.differences.contacts import contacts_in
from assistant.text.differences.values import Value
from assistant.text.number_words import NUMBERS, ORDINALS
from assistant.text.time_limits import time_limits
from assistant.text.words import stem, words

MOST_CHARS = 300
_SENTENCE = re.compile(r"[.!?…]+[\"”’)]*\s+(?=\S)|\n")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_DUTIES = {
    "must": r"\b(?:must|shall|ha(?:s|ve) to|need(?:s|ed)? to|required?|requires|duty|duties|oblig\w+|always|compulsory|mandatory)\b",
    "should": r"\b(?:should|ought|expect(?:s|ed)?|recommend\w*|advis(?:e[sd]?|able))\b",
    "may": r"\b(?:may|might|can|could|allowed|permitted|entitled)\b",
}
_NEGATIONS = re.compile(
    r"\b(?:not|never|no|none|nobody|without|cannot|nor|neither|avoid|stop)\b|n['’]t\b", re.IGNORECASE
)
_CONDITIONS = re.compile(
    r"\b(?:if|when|whenever|where|unless|until|only|except|before|after|once|provided|while|as long as|in case|depending|otherwise)\b",
    re.IGNORECASE,
)
_SOON = re.compile(
    r"\b(?:immediate(?:ly)?|straight ?away|at once|today|tomorrow|tonight|same day|urgent(?:ly)?|promptly|quick(?:ly)?|soon|"
    r"as soon as|without delay|first|deadline)\b",
    re.IGNORECASE,
)
_ANY = frozenset(
    map(stem, ("team", "group", "school", "service", "board", "panel", "partnership", "department", "college"))
)
"""Names that say of nobody in particular what they do."""
_NOT_NUMBERS = frozenset({"one", "zero"})
_ACTS = re.compile(
    r"^\W*(?:tell|ring|call|phone|contact|inform|notify|report|refer|ask|send|record|write|speak|talk|listen|make|do|get|go|keep|take|"
    r"follow|share|check|see)\b(?! (?:below|the (?:quotes?|words|passages?|text)))",
    re.IGNORECASE,
)


def faults_of(sentence: str, quotes: Sequence[str]) -> tuple[str, ...]:
    """Returns why a sentence of the partnership's own may not stand before quotes, a sentence for each fault; () where it may.

    Args:
        sentence: The sentence; "" is allowed.
        quotes: The words of the quoted units.
    """
    own = sentence.strip()
    return tuple(_faults(own, "\n".join(quotes))) if own else ()


def _faults(own: str, quoted: str) -> Iterator[str]:
    if len(own) > MOST_CHARS:
        yield f"Your own words have {len(own)} characters; write at most {MOST_CHARS}."
    if _SENTENCE.search(own):
        yield "Your own words are more than one sentence; write one, and let the quotes say the rest."
    yield from _lacking("number", _numbers(own) - _numbers(quoted))
    yield from _lacking("time limit", _times(own, quoted))
    yield from _lacking(
        "duty word", {each for each in _duties(own) if not re.search(_DUTIES[each], quoted, re.IGNORECASE)}
    )
    yield from _lacking("contact", _contacts(own, quoted))
    yield from _lacking("condition", _found(_CONDITIONS, own) - _found(_CONDITIONS, quoted))
    if _NEGATIONS.search(own) and not _NEGATIONS.search(quoted):
        yield f"Your own words say “{_NEGATIONS.findall(own)[0]}”, and no quote denies anything."
    yield from _lacking("body or role", _bodies(own, quoted))
    act = _ACTS.match(own)
    if act and act.group().strip().lower() not in quoted.lower():
        yield f"Your own words tell people to “{act.group().strip().lower()}”, which no quote says."


def _lacking(what: str, found: set[str]) -> Iterator[str]:
    if found:
        named = ", ".join(f"“{each}”" for each in sorted(found))
        yield f"Your own words have a {what} that no quote has: {named}. Quote it, or leave it out."


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {each.lower() for each in pattern.findall(text)}


def _numbers(text: str) -> set[str]:
    digits = {each.replace(",", "") for each in _DIGITS.findall(text)}
    spelled = {str(int(NUMBERS[word])) for word in words(text) if word in NUMBERS and word not in _NOT_NUMBERS}
    ordinals = {str(ORDINALS.index(word) + 1) for word in words(text) if word in ORDINALS[1:]}
    return digits | spelled | ordinals


def _times(own: str, quoted: str) -> set[str]:
    limits = {(each.kind, each.measure) for each in time_limits(quoted)}
    unknown = {each.words for each in time_limits(own) if (each.kind, each.measure) not in limits}
    return unknown | (_found(_SOON, own) - _found(_SOON, quoted))


def _duties(text: str) -> list[str]:
    return [name for name, pattern in _DUTIES.items() if re.search(pattern, text, re.IGNORECASE)]


def _contacts(own: str, quoted: str) -> set[str]:
    known = {(each.slot, each.key) for each in contacts_in(quoted)}
    unknown = {own[each.span.start : each.span.end] for each in contacts_in(own) if (each.slot, each.key) not in known}
    is_new = has_contact(own.lower()) and not has_contact(quoted)
    return unknown or ({own} if is_new else set())


def _bodies(own: str, quoted: str) -> set[str]:
    known = [_key(each) for each in bodies_in(f"{quoted}\n{written_out(quoted)}")]
    named = {own[each.span.start : each.span.end]: _key(each) for each in bodies_in(own)}
    told = {text: key for text, key in named.items() if not key <= _ANY}
    return {text for text, key in told.items() if not any(are_related(key, each) for each in known)}


def _key(body: Value) -> frozenset[str]:
    return body.key if isinstance(body.key, frozenset) else frozenset()
