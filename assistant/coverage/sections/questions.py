"""The section on unanswered questions, by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

import numpy as np

from assistant.coverage.facts import Column, Facts, Tally
from assistant.coverage.questions.open_questions import OpenQuestion, asked_questions, open_questions
from assistant.coverage.questions.probes import Probe, ProbeContext, run_probes
from assistant.coverage.questions.themes import assign_themes
from assistant.coverage.sections.topics import ending_words, quote_at
from assistant.coverage.values import ReportSection, Row
from assistant.model import Edition, Reason
from assistant.model.coverage import Ending, Theme
from assistant.ports import Snapshot

NEW, ANSWERED_NOW, OUT_OF_REMIT = "new", "answered_now", "out_of_remit"
STATES = (NEW, ANSWERED_NOW, OUT_OF_REMIT)
SHOWN = 3
"""Nearest passages shown for a theme."""
LEAD = (
    "Questions that were refused or marked as unhelpful, and imported questions, by theme. Each is asked again "
    "when the documents change. Personal details are removed; nobody sees who asked."
)


@dataclass(frozen=True, slots=True)
class QuestionFacts(Facts):
    """Facts of a theme of open questions."""

    questions: Annotated[int, Column("questions")]
    """Different questions of the theme."""
    asked: Annotated[int, Column("asked")]
    """How often they were asked."""
    first: Annotated[date, Column("first")]
    last: Annotated[date, Column("last")]
    audiences: Annotated[
        tuple[tuple[str, int], ...], Column("audience", text=lambda pair: f"{pair[0]} {pair[1]}", joined="; ")
    ]
    """Who asked, in general words, and how often; the most frequent first."""
    answered_now: Annotated[Tally, Column("answered now")]


@dataclass(frozen=True, slots=True)
class OpenQuestionsAsked:
    """The open questions, and which of them today's documents answer."""

    of: int
    answered: tuple[str, ...]
    """Questions that were refused or imported, and are answered now."""
    waiting: int
    """Questions not asked because time ran out."""


def ask_open_questions(snapshot: Snapshot, answering: Sequence[Edition], context: ProbeContext) -> OpenQuestionsAsked:
    """Returns which open questions are answered now; the arguments are those of ``run_probes``."""
    questions = open_questions(asked_questions(context.records, context.reader), context.store.imported())
    results = run_probes([Probe(each.text) for each in questions], snapshot, answering, context)
    answered = tuple(each.text for each in questions if _is_answered(each, results.endings))
    return OpenQuestionsAsked(len(questions), answered, results.waiting)


def questions_section(snapshot: Snapshot, answering: Sequence[Edition], context: ProbeContext) -> ReportSection:
    """Returns the themes of the open questions, new ones first, the most asked first.

    New questions are assigned to themes and the themes are saved, so that a theme keeps its name.

    Args:
        snapshot: The library.
        answering: The editions in force that the reader may see.
        context: The pipeline, the records and the themes of earlier runs.
    """
    asked, imported = tuple(asked_questions(context.records, context.reader)), context.store.imported()
    questions = open_questions(asked, imported)
    texts = [each.text for each in questions]
    for_everybody = open_questions((each for each in asked if not each.is_restricted), imported)
    themes = _themes(for_everybody, context, "")
    if context.scope:
        themes = _themes(questions, context, context.scope)
    results = run_probes([Probe(text) for text in texts], snapshot, answering, context)
    by_digest = {each.digest: each for each in questions}
    rows = [_row(each, [by_digest[digest] for digest in each.members], snapshot, results.endings) for each in themes]
    rows.sort(key=lambda row: (STATES.index(row.state), -row.facts.asked, row.title))
    notes = (
        [f"{results.waiting} questions have not been asked again yet; the next run asks them."]
        if results.waiting
        else []
    )
    if not questions:
        notes.append("There are no open questions: none was refused, marked as unhelpful or imported.")
    return ReportSection("questions", "Unanswered questions", LEAD, tuple(notes), STATES, tuple(rows), results.waiting)


def _themes(questions: Sequence[OpenQuestion], context: ProbeContext, scope: str) -> tuple[Theme, ...]:
    """Returns the themes of questions, saved for the readers of a scope.

    Themes for everybody are made of questions for everybody first, so that no name of theirs takes a word of others.
    """
    vectors = context.resources.embedder.embed([each.text for each in questions], kind="query")
    themes = assign_themes(questions, vectors, context.store.themes(scope), scope)
    context.store.save_themes(themes, scope)
    return themes


def months(questions: Sequence[OpenQuestion]) -> tuple[tuple[str, int], ...]:
    """Returns each month and the number of questions asked in it, from the first to the last, empty months included."""
    counts = Counter(day[:7] for each in questions for day in each.days)
    if not counts:
        return ()
    first, last = (np.datetime64(pick(counts), "M") for pick in (min, max))
    spelled = [str(each) for each in np.arange(first, last + 1)]
    return tuple((month, counts[month]) for month in spelled)


def _row(
    theme: Theme, questions: Sequence[OpenQuestion], snapshot: Snapshot, endings: Mapping[Probe, Ending]
) -> Row[QuestionFacts]:
    asked_first = sorted(questions, key=lambda each: (min(each.days), each.digest))
    answered = sum(_is_answered(each, endings) for each in questions)
    audiences = sum((each.audiences for each in questions), Counter[str]())
    days = sorted(day for each in questions for day in each.days)
    facts = QuestionFacts(
        questions=len(questions),
        asked=len(days),
        first=date.fromisoformat(days[0]),
        last=date.fromisoformat(days[-1]),
        audiences=tuple(audiences.most_common()),
        answered_now=Tally(answered, len(questions)),
    )
    ending = endings.get(Probe(asked_first[0].text))
    role = "answers the first" if ending and ending.is_answered else "nearest to the first"
    quotes = [quote_at(each, snapshot, role) for each in (ending.places[:SHOWN] if ending else ())]
    items = tuple((each.text, _item_outcome(each, endings)) for each in asked_first)
    state = _state(questions, answered)
    return Row(theme.theme_id, state, theme.label, facts, tuple(quotes), items, months(questions))


def _state(questions: Sequence[OpenQuestion], answered: int) -> str:
    if all(each.reasons == {Reason.OUT_OF_SCOPE.value} for each in questions):
        return OUT_OF_REMIT
    return ANSWERED_NOW if answered == len(questions) else NEW


def _is_answered(question: OpenQuestion, endings: Mapping[Probe, Ending]) -> bool:
    """Returns whether a question is answered now; one that was answered and marked as unhelpful does not count."""
    ending = endings.get(Probe(question.text))
    was_answered = all(each.startswith("marked ") for each in question.reasons)
    return ending is not None and ending.is_answered and not was_answered


def _item_outcome(question: OpenQuestion, endings: Mapping[Probe, Ending]) -> str:
    ending = endings.get(Probe(question.text))
    why = ", ".join(sorted(each.replace("_", " ") for each in question.reasons))
    times = f"asked {len(question.days)} times, last on {max(question.days)}"
    times = times if len(question.days) > 1 else f"asked on {question.days[0]}"
    return f"{times}; {why}; now {ending_words(ending)}" if ending else f"{times}; {why}"
