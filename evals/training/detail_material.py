"""The messages that the classifier of details is trained on, by hand: who wrote them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from assistant.answering.screening.word_lists import word_list
from evals.screening.phrasings import read
from evals.training.door_material import rows_of

SEED = 7
OURS = Path(__file__).parent / "details"
HANDS = ("g", "h", "i", "j", "k")
"""The writers who are held out in turn; the others only add to training: the rules were written on their messages."""
PLAIN = 1_500
"""Plain policy questions without any detail that are trained on; as many again are kept for measuring false alarms."""
PLAIN_TRAINED, PLAIN_HELD = "plain", "plain, held out"
COLUMN_OF: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("name", "surname", "initials", "nickname"), "name"),
        **dict.fromkeys(("dob", "dob_words"), "date_of_birth"),
        **dict.fromkeys(("address", "street"), "address"),
        **dict.fromkeys(("case_number", "other_id", "ip_address"), "case_number"),
        "case_date": "date",
        "age_and_place": "place",
        "gp_practice": "practice",
        "social_handle": "handle",
        "car_registration": "registration",
        "nhs": "nhs_number",
        "ni": "ni_number",
    }
)
"""From a kind of the writers to that of a placeholder; every other kind has one name."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its details."""

    hand: str
    text: str
    details: tuple[tuple[int, int, str], ...]
    """Start, end, and kind as the writer named it."""
    is_made: bool = False
    """Made from another; trained on and never measured."""


def load(shared: Path) -> tuple[Message, ...]:
    """Returns every message, in the order of the files, made ones last."""
    given = [
        *(each for hand in HANDS for each in _hand(hand, OURS / f"hand-{hand}.jsonl")),
        *(each for hand in ("1", "2") for each in _hand(hand, shared / "questions" / f"door-hand{hand}.jsonl")),
        *(
            Message("phrasings", each.text, _places(each.text, [(d.text, d.kind) for d in each.details]))
            for each in read("development", "details")
        ),
        *_plain(shared / "training" / "questions.jsonl"),
    ]
    dice = random.Random(SEED)  # noqa: S311  # repeatable, no secret
    return (*given, *(_made(each, dice) for each in given if each.details))


def _hand(hand: str, path: Path) -> Iterator[Message]:
    for row in rows_of(path):
        if "details" in row:
            listed: Sequence[Mapping[str, str]] = row["details"]  # type: ignore[assignment]
            text = str(row["text"])
            yield Message(hand, text, _places(text, [(each["value"], each["kind"]) for each in listed]))


def _places(text: str, details: Sequence[tuple[str, str]]) -> tuple[tuple[int, int, str], ...]:
    """Returns where details stand, whole words and every time, longer ones first where two overlap."""
    found: list[tuple[int, int, str]] = []
    for value, kind in sorted(details, key=lambda each: -len(each[0])):
        for match in re.finditer(rf"(?<!\w){re.escape(value)}", text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), kind))
    return tuple(sorted(found))


def _plain(path: Path) -> Iterator[Message]:
    questions = [str(row["question"]) for row in rows_of(path)]
    random.Random(SEED).shuffle(questions)  # noqa: S311  # a split, no secret
    for at, text in enumerate(questions[: 2 * PLAIN]):
        yield Message(PLAIN_TRAINED if at < PLAIN else PLAIN_HELD, text, ())


def _made(each: Message, dice: random.Random) -> Message:
    """Returns a message with other names in it, one in three in lower case, so that contexts are learnt and not names."""
    given, family = (sorted(word_list(name)) for name in ("given_names.txt", "family_names.txt"))
    pieces, places, reached, length = [], [], 0, 0
    for start, end, kind in each.details:
        value = each.text[start:end]
        if COLUMN_OF.get(kind) == "name" and kind != "initials":
            value = " ".join(
                _like(word, dice.choice(family if at or kind == "surname" else given))
                for at, word in enumerate(value.split())
            )
        pieces += [each.text[reached:start], value]
        length += start - reached
        places.append((length, length + len(value), kind))
        length += len(value)
        reached = end
    text = "".join((*pieces, each.text[reached:]))
    lowered = text.lower()
    is_lowered = dice.random() < 1 / 3 and len(lowered) == len(text)
    return Message(each.hand, lowered if is_lowered else text, tuple(places), is_made=True)


def _like(word: str, name: str) -> str:
    """Returns a name in the case of a word."""
    return name.upper() if word.isupper() and len(word) > 1 else name.title() if word[:1].isupper() else name
