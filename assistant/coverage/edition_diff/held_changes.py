"""Which changes between two editions a person reads before they are published, and which a rule may publish by itself.

The rule is "changes that touch no duty word, number, time, contact or heading publish by themselves". It is read so that
a doubt holds the change back: a sentence that has one of these is touched by any change to it, whichever of its words
changed; lists, tables, footnotes and figures are always read; and words that say who, how much, when or how far may not
be among those that changed. What remains is typography, spelling, and prose that lays nothing down.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from assistant.coverage.edition_diff.edition_units import EditionUnits, Unit, UnitKind
from assistant.model import DifferenceKind, Edition
from assistant.text.calendar_words import MONTHS, SHORT_MONTH, UNIT_DAYS, WEEKDAYS
from assistant.text.contacts import has_contact
from assistant.text.differences.bodies import bodies_in
from assistant.text.differences.compare import differences
from assistant.text.differences.contacts import contacts_in
from assistant.text.differences.modality import exception_in, modalities, negations
from assistant.text.number_words import NUMBERS, ORDINALS, SCALES
from assistant.text.time_limits import time_limits

MOST_CHANGED = 0.25
"""Largest share of an edition's sentences that may change; more of it is read, whatever the words."""
FEWEST = 4
"""Sentences that may change in an edition of any length."""
SHOWN = 300
"""Most characters of the words that are shown with a reason."""
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z]+)*", re.IGNORECASE)
_COMMAND_AT = re.compile(
    r"(?:^|[.:;,(–-]\s*|\b(?:and|or|then|please|also)\s+)(?P<verb>[a-z]+(?:-[a-z]+)?)", re.IGNORECASE
)
_DIGIT = re.compile(r"\d|[£$€%½¼¾²³]")
_NUMERAL = re.compile(r"\b(?:[ivx]{2,}|once|twice|thrice|dozen|pair|zero|nil|none)\b", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:must|should|may|ought|mustn't|shouldn't)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:is|are|be|being|gets?) (?:\w+ly |also |always |then |first |only |still |now )*(?:\w+ed|\w+en|kept|held|made|sent|put|set|told|"
    r"sought|found|led|met|read|done|drawn|built|shown|paid|run|brought|left|taught|cut|shut|hung|bound|hid)\b",
    re.IGNORECASE,
)
"""What is done: a procedure without a duty word, as in "records are kept locked away"."""
_NOT = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|without|cannot|unless|except|stop|avoid|refuse|fail\w*|lack\w*|instead|"
    r"rather|un(?:able|less|til)|outside|beyond|exclud\w+)\b|n['’]t\b",
    re.IGNORECASE,
)
_MONTH_NAMES = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b|\b{SHORT_MONTH}\b(?=\s+\d)", re.IGNORECASE)
_TIME = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|(?:{'|'.join(UNIT_DAYS)})s?|daily|nightly|weekly|monthly|termly|yearly|annual\w*|quarterly|fortnightly|"
    r"hourly|weekends?|mornings?|afternoons?|evenings?|nights?|noon|midday|midnight|deadlines?|date|dates|[ap]\.?m|bank holidays?|"
    r"immediate\w*|urgent\w*|prompt\w*|today|tomorrow|within|24/7|o'clock|timescales?|time limits?)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"@|https?:|www\.|\b[\w-]+\.(?:uk|org|com|net|nhs|police|gov)\b|\b(?:tel|telephone|phone|e-?mail|fax|ext)\b",
    re.IGNORECASE,
)
_DETAILS = tuple(
    "work title kind form publisher in_force_from supersedes review_by groups area audience layer licence".split()
)
"""What a catalogue says of an edition, but for its dates of publication, its file and its address, which follow from the change."""

_OF_FOLLOWING = ("supersedes", "in_force_from")
"""What differs in any edition that takes the place of the one before."""


class Touched(StrEnum):
    """What a change touches that somebody has to read first, in words of the page."""

    DUTY = "duty word, or what is to be done"
    NEGATION = "negation or exception"
    NUMBER = "number"
    TIME = "time"
    CONTACT = "contact"
    HEADING = "heading"
    LIST = "list"
    TABLE = "table"
    FOOTNOTE = "footnote"
    FIGURE = "figure"
    CONDITION = "condition"
    DEFINITION = "definition or threshold"
    ACTOR = "who acts or is meant"
    MEANING = "how much, when or how far"
    LINK = "address of a link"
    DETAILS = "details of the document"
    AMOUNT = "large part of the document"


@dataclass(frozen=True, slots=True)
class Held:
    """One reason to read a change first, with the words before and after; "" where there are none."""

    touched: Touched
    before: str
    after: str


def held_changes(old: EditionUnits, new: EditionUnits) -> tuple[Held, ...]:
    """Returns why the change from one edition to another has to be read first, in reading order; () publishes by itself.

    The same reason for the same words is given once. Two editions that differ in typography at most give ().
    """
    found = [*_details(old.edition, new.edition), *_of_whole(old, new)]
    changed = 0
    for before, after in _changed_blocks(old.units, new.units):
        changed += max(len(before), len(after))
        found += _in_block(before, after)
    sentences = max(1, sum(each.kind is not UnitKind.BETWEEN for each in old.units))
    if changed > max(FEWEST, MOST_CHANGED * sentences):
        found.append(Held(Touched.AMOUNT, f"{sentences} sentences", f"{changed} of them changed"))
    return tuple(dict.fromkeys(found))


def _details(old: Edition, new: Edition) -> Iterator[Held]:
    follows = new.supersedes == old.edition_id
    for name in _DETAILS:
        if follows and name in _OF_FOLLOWING:
            continue
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield Held(Touched.DETAILS, f"{name}: {_told(before)}", f"{name}: {_told(after)}")


def _told(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)


def _of_whole(old: EditionUnits, new: EditionUnits) -> Iterator[Held]:
    """Yields what can be told without looking at sentences: headings, links, and what is never quoted."""
    lists: tuple[tuple[Touched, Sequence[object], Sequence[object]], ...] = (
        (Touched.HEADING, old.headings, new.headings),
        (Touched.LINK, old.addresses, new.addresses),
        (Touched.FIGURE, old.left_out, new.left_out),
    )
    for touched, before, after in lists:
        for step in Levenshtein.opcodes(list(map(hash, before)), list(map(hash, after))):
            if step.tag != "equal":
                sides = before[step.src_start : step.src_end], after[step.dest_start : step.dest_end]
                yield Held(touched, *(_shown("; ".join(map(_path, side))) for side in sides))


def _path(value: object) -> str:
    """Returns a heading path, an address or the first words of what is left out, as they are shown."""
    parts = value if isinstance(value, tuple) else (value,)
    first = parts[0] if parts else ""
    return " > ".join(first) if isinstance(first, tuple) else str(parts[-1] or first)


def _changed_blocks(old: Sequence[Unit], new: Sequence[Unit]) -> Iterator[tuple[tuple[Unit, ...], tuple[Unit, ...]]]:
    """Yields the stretches of units that differ, each with what stands in its place."""
    steps = Levenshtein.opcodes([hash(each) for each in old], [hash(each) for each in new])
    for is_same, run in groupby(steps, lambda step: step.tag == "equal"):
        if not is_same:
            found = list(run)
            yield (
                tuple(old[found[0].src_start : found[-1].src_end]),
                tuple(new[found[0].dest_start : found[-1].dest_end]),
            )


_BY_KIND = {
    UnitKind.LIST_ITEM: Touched.LIST,
    UnitKind.TABLE_ROW: Touched.TABLE,
    UnitKind.FOOTNOTE: Touched.FOOTNOTE,
    UnitKind.FIGURE: Touched.FIGURE,
    UnitKind.BETWEEN: Touched.HEADING,
}


def _in_block(before: tuple[Unit, ...], after: tuple[Unit, ...]) -> Iterator[Held]:
    words = tuple(_shown(" ".join(each.text for each in side)) for side in (before, after))
    every = (*before, *after)
    for kind in dict.fromkeys(each.kind for each in every):
        if kind in _BY_KIND:
            yield Held(_BY_KIND[kind], *words)
    if len({(each.headings, each.lead_ins) for each in every if each.kind is not UnitKind.BETWEEN}) > 1:
        yield Held(Touched.HEADING, *words)
    for touched in dict.fromkeys(each for unit in every for each in touched_by_any_change(unit.text)):
        yield Held(touched, *words)
    for touched in dict.fromkeys(_changed_words(before, after)):
        yield Held(touched, *words)


def touched_by_any_change(text: str) -> Iterator[Touched]:
    """Yields what a sentence has that every change to the sentence touches."""
    words = _words(text)
    if _MODAL.search(text) or modalities(text) or _has(words, "obligations") or _commands(text) or _DONE.search(text):
        yield Touched.DUTY
    if _NOT.search(text) or next(negations(text), None) is not None or exception_in(text) is not None:
        yield Touched.NEGATION
    if _DIGIT.search(text) or _NUMERAL.search(text) or _counts(words):
        yield Touched.NUMBER
    if _TIME.search(text) or _MONTH_NAMES.search(_without_may(text)) or time_limits(text):
        yield Touched.TIME
    if _ADDRESS.search(text) or has_contact(text) or next(contacts_in(text), None) is not None:
        yield Touched.CONTACT
    if _has(words, "conditions"):
        yield Touched.CONDITION
    if _has(words, "definitions"):
        yield Touched.DEFINITION
    if _has(words, "actors") or next(bodies_in(text), None) is not None:
        yield Touched.ACTOR


def _changed_words(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Touched]:
    """Yields what the words are that a change adds or takes away; a word that stays in the block has not changed."""
    old, new = (" ".join(each.text for each in side) for side in (before, after))
    gone = " ".join(_beyond(_words(old), _words(new)))
    come = " ".join(_beyond(_words(new), _words(old)))
    changed = _words(f"{gone} {come}")
    if _has(changed, "people"):
        yield Touched.ACTOR
    if any(_has(changed, name) for name in ("joining", "order", "amounts", "degrees")):
        yield Touched.MEANING
    if _in_order_of(old) != _in_order_of(new) and sorted(_words(old)) == sorted(_words(new)):
        yield Touched.MEANING
    for difference in differences(old, new):
        yield _BY_DIFFERENCE[difference.kind]


_BY_DIFFERENCE = {
    DifferenceKind.TIME: Touched.TIME,
    DifferenceKind.NUMBER: Touched.NUMBER,
    DifferenceKind.DUTY: Touched.DUTY,
    DifferenceKind.NEGATION: Touched.NEGATION,
    DifferenceKind.CONTACT: Touched.CONTACT,
    DifferenceKind.BODY: Touched.ACTOR,
}


def _in_order_of(text: str) -> list[str]:
    return [each.lower() for each in _WORD.findall(text)]


def _beyond(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """Returns the words that one text has more often than the other."""
    left = list(others)
    found = []
    for word in some:
        if word in left:
            left.remove(word)
        else:
            found.append(word)
    return found


def _words(text: str) -> list[str]:
    return [each.lower().removesuffix("'s") for each in _WORD.findall(text.replace("’", "'"))]


def _without_may(text: str) -> str:
    """Returns a text without the word "may", which is told as a duty word."""
    return re.sub(r"\bmay\b", " ", text, flags=re.IGNORECASE)


def _counts(words: Sequence[str]) -> bool:
    return any(part in _number_words() for word in words for part in word.split("-"))


@cache
def _number_words() -> frozenset[str]:
    return frozenset({*NUMBERS, *SCALES, *ORDINALS}) - {"one"} | {"single", "both", "half", "quarter", "third"}


def _has(words: Sequence[str], name: str) -> bool:
    listed = _table()[name]
    text = f" {' '.join(words)} "
    return any(word in listed or any(part in listed for part in word.split("-")) for word in words) or any(
        f" {each} " in text for each in listed if " " in each
    )


def _commands(text: str) -> bool:
    listed = _table()["commands"]
    return any(match["verb"].lower() in listed for match in _COMMAND_AT.finditer(text))


@cache
def _table() -> dict[str, frozenset[str]]:
    raw = (files("assistant.coverage.edition_diff") / "held_words.toml").read_text(encoding="utf-8")
    return {name: frozenset(listed) for name, listed in tomllib.loads(raw).items()}


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
