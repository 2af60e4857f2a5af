"""The part of unanswered questions, by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.coverage.questions.open_questions import OpenQuestion, open_questions
from assistant.coverage.questions.probes import Asks, Wanted, asked
from assistant.coverage.questions.themes import themed
from assistant.coverage.sections.topics import quote_at, told
from assistant.coverage.values import Part, Row
from assistant.model import Edition, Reason
from assistant.model.coverage import Ending, Theme
from assistant.ports import Snapshot

NEW, ANSWERED_NOW, OUT_OF_REMIT = "new", "answered_now", "out_of_remit"
STATES = (NEW, ANSWERED_NOW, OUT_OF_REMIT)
SHOWN = 3
"""Nearest passages of a theme."""
LEAD = (
    "Questions that were refused or marked as no help, and those brought in from files, by theme. Each is asked again "
    "when the documents change. Personal details are removed; who asked is not shown to anybody."
)


@dataclass(frozen=True, slots=True)
class Reasked:
    """What became of the open questions when they were asked again."""

    of: int
    answered: tuple[str, ...]
    """Those that were refused or brought in, and are answered now."""
    waiting: int


def reasked(snapshot: Snapshot, answering: Sequence[Edition], asks: Asks) -> Reasked:
    """Returns which open questions are answered now; see ``asked`` for the arguments."""
    questions = open_questions(asks.records, asks.store.imported())
    found = asked([Wanted(each.text) for each in questions], snapshot, answering, asks)
    answered = tuple(each.text for each in questions if _is_answered(each, found.endings))
    return Reasked(len(questions), answered, found.waiting)


def part_questions(snapshot: Snapshot, answering: Sequence[Edition], asks: Asks) -> Part:
    """Returns the themes of the open questions, new ones first, the most asked first.

    New questions are sorted into themes, and that is kept, so that a theme is called the same the next time.

    Args:
        snapshot: The library.
        answering: The editions in force that the reader may see.
        asks: What to ask with, the records and the themes of earlier runs.
    """
    questions = open_questions(asks.records, asks.store.imported())
    texts = [each.text for each in questions]
    vectors = asks.resources.embedder.embed(texts, kind="query")
    themes = themed(questions, vectors, asks.store.themes())
    asks.store.keep_themes(themes)
    found = asked([Wanted(text) for text in texts], snapshot, answering, asks)
    by_digest = {each.digest: each for each in questions}
    rows = [_row(each, [by_digest[digest] for digest in each.members], snapshot, found.endings) for each in themes]
    rows.sort(key=lambda row: (STATES.index(row.state), -int(row.fact("asked")), row.title))
    notes = [f"{found.waiting} questions have not been asked again yet. Go on to ask them."] if found.waiting else []
    if not questions:
        notes.append("No question stands open: none was refused, marked as no help or brought in.")
    return Part("questions", "Unanswered questions", LEAD, tuple(notes), STATES, tuple(rows), found.waiting)


def months(questions: Sequence[OpenQuestion]) -> tuple[tuple[str, int], ...]:
    """Returns month and times asked, from the first month to the last, months without any included."""
    counts = Counter(day[:7] for each in questions for day in each.days)
    if not counts:
        return ()
    first, last = (np.datetime64(pick(counts), "M") for pick in (min, max))
    spelled = [str(each) for each in np.arange(first, last + 1)]
    return tuple((month, counts[month]) for month in spelled)


def _row(theme: Theme, questions: Sequence[OpenQuestion], snapshot: Snapshot, endings: Mapping[Wanted, Ending]) -> Row:
    asked_first = sorted(questions, key=lambda each: (min(each.days), each.digest))
    answered = sum(_is_answered(each, endings) for each in questions)
    audiences = sum((each.audiences for each in questions), Counter[str]())
    days = sorted(day for each in questions for day in each.days)
    facts = (
        ("questions", str(len(questions))),
        ("asked", str(len(days))),
        ("first", days[0]),
        ("last", days[-1]),
        ("audience", "; ".join(f"{name} {count}" for name, count in audiences.most_common())),
        ("answered now", f"{answered} of {len(questions)}"),
    )
    ending = endings.get(Wanted(asked_first[0].text))
    role = "answers the first" if ending and ending.is_answered else "nearest to the first"
    quotes = [quote_at(each, snapshot, role) for each in (ending.places[:SHOWN] if ending else ())]
    items = tuple((each.text, _told(each, endings)) for each in asked_first)
    state = _state(questions, answered)
    return Row(theme.theme_id, state, theme.label, facts, tuple(quotes), items, months(questions))


def _state(questions: Sequence[OpenQuestion], answered: int) -> str:
    if all(each.reasons == {Reason.OUT_OF_SCOPE.value} for each in questions):
        return OUT_OF_REMIT
    return ANSWERED_NOW if answered == len(questions) else NEW


def _is_answered(question: OpenQuestion, endings: Mapping[Wanted, Ending]) -> bool:
    """Returns whether a question is answered now; what was answered and marked as no help does not count."""
    ending = endings.get(Wanted(question.text))
    was_answered = all(each.startswith("marked ") for each in question.reasons)
    return ending is not None and ending.is_answered and not was_answered


def _told(question: OpenQuestion, endings: Mapping[Wanted, Ending]) -> str:
    ending = endings.get(Wanted(question.text))
    why = ", ".join(sorted(each.replace("_", " ") for each in question.reasons))
    times = f"asked {len(question.days)} times, last on {max(question.days)}"
    times = times if len(question.days) > 1 else f"asked on {question.days[0]}"
    return f"{times}; {why}; now {told(ending)}" if ending else f"{times}; {why}"
