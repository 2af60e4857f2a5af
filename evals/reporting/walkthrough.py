"""Asks the forty walk-through questions and makes a table of them (``python -m evals walkthrough``).

The data folder holds the strategy, Working Together 2023 and the information-sharing advice. The questions are for
reading along: they are neither tuned on nor part of the report split.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.bootstrap import Assistant
from assistant.outcomes.view import outcome_object
from assistant.settings import Settings
from evals.dataset.items import QUESTIONS, Item, load
from evals.scoring.grading import Grade, grade, has_gold_to_show
from evals.scoring.metrics import Share, share_of

QUESTION_FILE = QUESTIONS / "real" / "walkthrough.yaml"


def walk_through(data: Path, questions: Path = QUESTION_FILE) -> str:
    """Returns a row for each question, and their sums."""
    assistant = Assistant(Settings(data=data))
    items = load(questions)
    grades = [grade(item, outcome_object(assistant.ask(item.asked()))) for item in items]
    head = "| question | type | outcome | gold quote cited | its page cited | right |\n|---|---|---|---|---|---|\n"
    return head + "".join(_row(item, each) for item, each in zip(items, grades, strict=True)) + _sums(items, grades)


def _row(item: Item, each: Grade) -> str:
    outcome = "answered" if each.is_answered else (each.reason or "signposted")
    gold = _yes(each.shows_gold) if item.gold and each.is_answered else "–"
    page = _yes(each.is_right_page) if each.is_right_page is not None else "–"
    return f"| {item.question} | {item.type} | {outcome} | {gold} | {page} | {_yes(each.is_right)} |\n"


def _sums(items: Sequence[Item], grades: Sequence[Grade]) -> str:
    pairs = list(zip(items, grades, strict=True))
    answerable = [each for item, each in pairs if has_gold_to_show(item)]
    others = [each for item, each in pairs if not has_gold_to_show(item)]
    answered = [each for each in grades if each.is_answered]
    lines = (
        ("answerable: answered", share_of([each.is_answered for each in answerable])),
        ("answerable: answered with a gold quote", share_of([each.shows_gold for each in answerable])),
        ("not answerable: not answered", share_of([not each.is_answered for each in others])),
        (
            "right page among answers with a gold quote",
            share_of([bool(m.is_right_page) for m in grades if m.shows_gold]),
        ),
        ("wrong answers among those answered", share_of([each.is_wrong for each in answered])),
        ("personal details leaked", share_of([bool(each.leaks) for each in grades])),
    )
    return "\n" + "".join(f"* {name}: {_shown(found)}\n" for name, found in lines)


def _shown(found: Share) -> str:
    if found.value is None:
        return "none"
    return f"{found.count} of {found.of} ({found.value:.0%}, 95 % interval {found.low:.0%} to {found.high:.0%})"


def _yes(flag: bool | None) -> str:
    return "yes" if flag else "no"
