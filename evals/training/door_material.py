"""The wordings that the classifier of the door is trained on, by hand: who wrote them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.model import Level
from evals.screening.phrasings import read
from evals.training.slips import framed, misspelt

SEED = 7
OURS = Path(__file__).parent / "door"
HANDS = ("1", "2", "c", "d", "e", "f")
"""The writers who are held out in turn; what only adds to training has a hand that is none of them."""
PLAIN = 1_500
"""Plain policy questions that are trained on; as many again are kept for measuring false alarms."""
PLAIN_TRAINED, PLAIN_HELD, PHRASINGS = "plain", "plain, held out", "phrasings"


@dataclass(frozen=True, slots=True)
class Wording:
    """One message with its label."""

    hand: str
    writer: str
    text: str
    level: Level | None = None
    """None where it has none."""
    is_judgement: bool | None = None
    """Whether it asks to judge a case; a question about rules does not, None where nobody has said."""
    is_made: bool = False
    """Made from others, with slips of the keyboard or as two in one; trained on and never measured."""


def load(shared: Path) -> tuple[Wording, ...]:
    """Returns every wording with a level or a judgement, in the order of the files, made ones last."""
    given = [
        *_hand("1", shared / "questions" / "door-hand1.jsonl"),
        *_hand("2", shared / "questions" / "door-hand2.jsonl"),
        *_hand("c", OURS / "hand-c.jsonl"),
        *_hand("d", OURS / "hand-d.jsonl"),
        *_hand("d", OURS / "judgement-d.jsonl"),
        *_hand("e", OURS / "hand-e.jsonl"),
        *_hand("f", OURS / "hand-f.jsonl"),
        *_phrasings(),
        *_plain(shared / "training" / "questions.jsonl"),
    ]
    return (*given, *_made([each for each in given if each.level is not None and each.hand in HANDS]))


def rows_of(path: Path) -> Iterator[dict[str, object]]:
    """Yields the rows of a JSONL file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _hand(hand: str, path: Path) -> Iterator[Wording]:
    for row in rows_of(path):
        level = row.get("level")
        judged = row.get("judgement", row.get("judge"))
        if level is not None or judged is not None:
            yield Wording(
                hand,
                str(row.get("writer", "")),
                str(row["text"]),
                Level(str(level)) if level is not None else None,
                bool(judged) if judged is not None else (False if level == Level.LOOK_UP.value else None),
            )


def _phrasings() -> Iterator[Wording]:
    for name in ("urgent", "danger", "ordinary", "criteria", "inside", "outside", "judgement"):
        level = {"urgent": Level.ACT_NOW, "judgement": None}.get(name, Level.LOOK_UP)
        for each in read("development", name):
            judged = name == "judgement" if name != "urgent" else None
            yield Wording(PHRASINGS, name, each.text, level, judged)


def _plain(path: Path) -> Iterator[Wording]:
    questions = [str(row["question"]) for row in rows_of(path)]
    random.Random(SEED).shuffle(questions)  # noqa: S311  # a split, no secret
    for at, text in enumerate(questions[: 2 * PLAIN]):
        yield Wording(PLAIN_TRAINED if at < PLAIN else PLAIN_HELD, "plain question", text, Level.LOOK_UP, False)


def _made(given: Sequence[Wording]) -> Iterator[Wording]:
    """Yields each wording misspelt, one in four with a greeting or a closing, and pairs of one hand in one message.

    The level of a pair is the higher.
    """
    dice = random.Random(SEED)  # noqa: S311  # repeatable, no secret
    for hand in HANDS:
        ours = [each for each in given if each.hand == hand]
        yield from (replace(each, text=misspelt(each.text, dice), is_made=True) for each in ours)
        some = dice.sample(ours, len(ours) // 4)
        yield from (replace(each, text=framed(each.text, dice), is_made=True) for each in some)
        yield from _pairs(hand, ours, dice)


def _pairs(hand: str, ours: Sequence[Wording], dice: random.Random) -> Iterator[Wording]:
    calm = [each for each in ours if each.level is Level.LOOK_UP]
    for level, share in ((Level.ACT_NOW, 0.6), (Level.ACT_TODAY, 0.4), (Level.LOOK_UP, 1.0)):
        others = [each for each in ours if each.level is level]
        for _ in range(round(share * len(ours) / 8)):
            pair = [dice.choice(calm), dice.choice(others)]
            dice.shuffle(pair)
            text = " ".join(f"{each.text}{'' if each.text[-1] in '.?!' else '.'}" for each in pair)
            yield Wording(hand, "", text, level, is_made=True)
