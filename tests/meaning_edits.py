"""Sentences of the project's own documents, and what must or must not be made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parents[1] / "corpus"
INVENTED = (
    "The school must tell the local authority within ten school days if a pupil has not returned.",
    "Where a carer asks for a review, the agency should hold one within four weeks.",
    "A doctor may see the file only if the young person has agreed.",
    "Unless the court decides otherwise, the social worker must visit the child every six weeks.",
    "All staff should be trained before they start work and at least once every three years after that.",
    "The chair must not share the report with any person outside the panel without the consent of the family.",
    "Some providers may keep the record for up to 12 months after the child has left.",
    "The nurse should inform the head teacher when a parent refuses treatment.",
    "The police must not interview the child before the strategy discussion, except where there is immediate danger.",
    "Each partner must send the plan to the chair no later than 31 March.",
    "In an emergency, the manager may place the child with a relative for a maximum of seven days.",
    "Foster carers can agree to a school trip, provided that the care plan says so.",
)  # fmt: skip
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


@cache
def sentences() -> tuple[str, ...]:
    """The sentences of the project's own documents of at least seven words, and invented ones."""
    found: list[str] = []
    for path in sorted(CORPUS.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            plain = re.sub(r"^\s*(?:[-*]|\d+(?:\.\d+)*\.?)\s+|\*\*|\*|\[\^\d+\]:?", "", line)
            if line.startswith(("#", "|", ">")):
                continue
            found += [each for each in re.split(r"(?<=[.!?])\s+(?=[A-Z])", plain) if len(each.split()) >= 7]
    return (*INVENTED, *found)


def _swapped(text: str, start: int, end: int, new: str) -> str:
    new = new[0].upper() + new[1:] if text[start].isupper() and new else new
    return f"{text[:start]}{new}{text[end:]}"


def _each(text: str, words: tuple[str, ...] | list[str]) -> Iterator[re.Match[str]]:
    return re.finditer(rf"\b(?:{'|'.join(map(re.escape, words))})\b", text, re.IGNORECASE)


def drop_negation(text: str) -> Iterator[str]:
    for found in re.finditer(r" not\b| never\b|\bno (?!later|more|longer|less|fewer)| nor\b", text):
        yield _swapped(text, *found.span(), "")
    for found in re.finditer(r"\b[Ww]ithout\b", text):
        yield _swapped(text, *found.span(), "with")


def add_negation(text: str) -> Iterator[str]:
    for found in re.finditer(r"\b(?:must|should|may|will|can|is|are|has|have)\b(?! not)", text):
        yield _swapped(text, found.end(), found.end(), " not") if text[found.end() :] else text


def change_number(text: str) -> Iterator[str]:
    for found in re.finditer(rf"(?<![\w.])(?:{'|'.join(NUMBERS)})(?![\w.])", text):
        for other in ("four", "90"):
            if found.group() != other:
                yield _swapped(text, *found.span(), other)
    for found in re.finditer(r"\b(days|weeks|months|years|hours)\b", text):
        yield _swapped(text, *found.span(), "weeks" if found.group() != "weeks" else "months")


def swap_duty(text: str) -> Iterator[str]:
    for found in _each(text, DUTIES):
        for other in ("must", "should", "may"):
            if STRENGTH[other] != STRENGTH[found.group().lower()]:
                yield _swapped(text, *found.span(), other)


def replace_actor(text: str) -> Iterator[str]:
    for found in _each(text, ACTORS):
        for other in ("court", "inspectors"):
            if found.group().lower() != other:
                yield _swapped(text, *found.span(), other)


def swap_actors(text: str) -> Iterator[str]:
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
    for old, new in (("some", "all"), ("only ", ""), ("at least", "exactly"), ("most", "all"), ("may", "must always")):
        for found in re.finditer(rf"\b{old}\b" if old.strip() == old else rf"\b{old}", text, re.IGNORECASE):
            yield _swapped(text, *found.span(), new)
    for found in re.finditer(
        r"\b(?:a|an|the) (?=child|school|practitioner|parent|agency|partner)", text, re.IGNORECASE
    ):
        yield _swapped(text, *found.span(), "every ")


def drop_condition(text: str) -> Iterator[str]:
    for found in CONDITION.finditer(text):
        rest = _swapped(text, *found.span(), "")
        if len(rest.split()) >= 3:
            yield rest


def append_detail(text: str) -> Iterator[str]:
    for detail in DETAILS:
        if detail.strip(" ,") not in text:
            yield f"{text.rstrip('.')}{detail}."


EDITS: dict[str, Callable[[str], Iterator[str]]] = {
    each.__name__: each
    for each in (
        drop_negation, add_negation, change_number, swap_duty, replace_actor, swap_actors, widen_scope,
        drop_condition, append_detail,
    )
}  # fmt: skip


def spliced(first: str, second: str) -> Iterator[str]:
    """Yields the subject of one sentence with what the other says, and the other way round."""
    for one, other in ((first, second), (second, first)):
        here, there = (re.search(r"\b(?:must|should|may|will|can)\b", each) for each in (one, other))
        if here and there:
            yield one[: here.start()] + other[there.start() :]
