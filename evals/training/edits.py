"""Edits of a sentence after which it no longer says what it said, by kind; each yields every place it can be made.

The caller gives what is inserted where a model could otherwise recognise an edit by its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

ACTORS = (
    "local authority", "social worker", "police", "school", "parents", "parent", "child", "children", "practitioners",
    "practitioner", "referrer", "partnership", "partners", "chair", "agency", "agencies", "doctor", "nurse", "manager",
    "head teacher", "foster carers", "court", "panel", "family", "staff", "employer", "designated officer", "carer",
    "local authorities", "young person",
)  # fmt: skip
DUTIES = ("must", "should", "may", "will", "can", "shall")
STRENGTH = {"must": 3, "shall": 3, "should": 2, "may": 1, "can": 1, "will": 4}
NUMBERS = "two three four five six seven ten twelve fifteen eighteen 1 2 3 5 6 7 10 12 15 24 31 45 48 999".split()
CONDITION = re.compile(
    r"(?:,? \b(?:if|unless|where|when|before|after|until|provided that|except where|without|within|no later than|"
    r"only if)\b[^,.;:]*(?=[,.;:]|$))|(?:^(?:If|Unless|Where|When|Before|After|In|Within)\b[^,]*, )"
)
DETAILS = (
    " and record the reason", " in writing", " within two days", " by telephone", " and inform the police",
    " free of charge", " with the consent of the parents", " without delay", ", even at night",
)  # fmt: skip
DIRECTIONS = tuple(
    turned
    for one, other in (
        ("before", "after"), ("at least", "at most"), ("no later than", "no earlier than"), ("more than", "less than"),
        ("minimum", "maximum"), ("increase", "reduce"), ("under", "over"), ("first", "last"),
        ("includes", "excludes"), ("including", "excluding"), ("earlier", "later"), ("earliest", "latest"),
        ("higher", "lower"), ("above", "below"), ("longer", "shorter"), ("older", "younger"), ("up to", "at least"),
        ("prior to", "after"), ("no more than", "no fewer than"), ("more likely", "less likely"),
    )
    for turned in ((one, other), (other, one))
)  # fmt: skip


def _swapped(text: str, start: int, end: int, new: str) -> str:
    new = new[0].upper() + new[1:] if text[start].isupper() and new else new
    return f"{text[:start]}{new}{text[end:]}"


def _each(text: str, words: tuple[str, ...] | list[str]) -> Iterator[re.Match[str]]:
    return re.finditer(rf"\b(?:{'|'.join(map(re.escape, words))})\b", text, re.IGNORECASE)


def turn_direction(text: str) -> Iterator[str]:
    """Before for after, more for less, and the other way round."""
    for old, new in DIRECTIONS:
        for found in _each(text, (old,)):
            yield _swapped(text, *found.span(), new)


def drop_negation(text: str) -> Iterator[str]:
    """Leaves out a not, no, never or nor; makes without with."""
    for found in re.finditer(r" not\b| never\b|\bno (?!later|more|longer|less|fewer)| nor\b", text):
        yield _swapped(text, *found.span(), "")
    for found in re.finditer(r"\b[Ww]ithout\b", text):
        yield _swapped(text, *found.span(), "with")


def add_negation(text: str) -> Iterator[str]:
    """Puts not after a verb that takes it."""
    for found in re.finditer(r"\b(?:must|should|may|will|can|is|are|has|have)\b(?! not)", text):
        yield _swapped(text, found.end(), found.end(), " not") if text[found.end() :] else text


def change_number(text: str, others: Sequence[str] = ("four", "90")) -> Iterator[str]:
    """Puts another number, or another unit of time."""
    for found in re.finditer(rf"(?<![\w.])(?:{'|'.join(NUMBERS)})(?![\w.])", text):
        for other in others:
            if found.group() != other:
                yield _swapped(text, *found.span(), other)
    for found in re.finditer(r"\b(days|weeks|months|years|hours)\b", text):
        yield _swapped(text, *found.span(), "weeks" if found.group() != "weeks" else "months")


def swap_duty(text: str) -> Iterator[str]:
    """Changes how strong a duty is."""
    for found in _each(text, DUTIES):
        for other in ("must", "should", "may"):
            if STRENGTH[other] != STRENGTH[found.group().lower()]:
                yield _swapped(text, *found.span(), other)


def replace_actor(text: str, others: Sequence[str] = ("court", "inspectors")) -> Iterator[str]:
    """Puts another actor."""
    for found in _each(text, ACTORS):
        for other in others:
            if found.group().lower() != other:
                yield _swapped(text, *found.span(), other)


def swap_actors(text: str) -> Iterator[str]:
    """Lets two actors change places."""
    there = [*_each(text, ACTORS)]
    for first in there:
        for second in there:
            between = text[first.end() : second.start()]
            is_list = re.fullmatch(r"(?:,|,? and| or)? (?:the |an? |their )?", between)
            if first.start() < second.start() and _one(first) != _one(second) and not is_list:
                yield f"{text[: first.start()]}{second.group()}{between}{first.group()}{text[second.end() :]}"


def _one(actor: re.Match[str]) -> str:
    """An actor in the singular."""
    return re.sub("ies$", "y", re.sub("ren$", "", actor.group().lower())).removesuffix("s")


def widen_scope(text: str) -> Iterator[str]:
    """Makes some all, or leaves out only."""
    for old, new in (("some", "all"), ("only ", ""), ("at least", "exactly"), ("most", "all"), ("may", "must always")):
        for found in re.finditer(rf"\b{old}\b" if old.strip() == old else rf"\b{old}", text, re.IGNORECASE):
            yield _swapped(text, *found.span(), new)
    for found in re.finditer(
        r"\b(?:a|an|the) (?=child|school|practitioner|parent|agency|partner)", text, re.IGNORECASE
    ):
        yield _swapped(text, *found.span(), "every ")


def drop_condition(text: str) -> Iterator[str]:
    """Leaves a condition out."""
    for found in CONDITION.finditer(text):
        rest = _swapped(text, *found.span(), "")
        if len(rest.split()) >= 3:
            yield rest


def append_detail(text: str, details: Sequence[str] = DETAILS) -> Iterator[str]:
    """Adds what the sentence does not say."""
    for detail in details:
        if detail.strip(" ,") not in text:
            yield f"{text.rstrip('.')}{detail}."


EDITS: dict[str, Callable[..., Iterator[str]]] = {
    each.__name__: each
    for each in (
        drop_negation, add_negation, change_number, swap_duty, replace_actor, swap_actors, widen_scope,
        drop_condition, append_detail, turn_direction,
    )
}  # fmt: skip


def spliced(first: str, second: str) -> Iterator[str]:
    """Yields the subject of one sentence with what the other says, and the other way round."""
    for one, other in ((first, second), (second, first)):
        here, there = (re.search(r"\b(?:must|should|may|will|can)\b", each) for each in (one, other))
        if here and there:
            yield one[: here.start()] + other[there.start() :]
