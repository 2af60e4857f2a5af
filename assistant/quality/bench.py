"""Asks the everyday questions of the published and of a draft library, and says what changes and what gets worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from assistant.answering.pipeline import ask
from assistant.answering.resources import Resources
from assistant.model import Question
from assistant.model.quality import EverydayQuestion
from assistant.outcomes.view import AnsweredView, OutcomeView, RefusedView, SignpostedView, outcome_view, without_card
from assistant.ports import RunProgress, Snapshot
from assistant.quality.remembered import RememberedReranker
from assistant.text.quote_matching import comparable

SHIFT = 0.05
"""Change of the probability from which on an answer counts as more or less certain."""


class Change(StrEnum):
    """What becomes of the answer to one question."""

    APPROVED_GONE = "approved_gone"
    REFUSED_NOW = "refused_now"
    OTHER_QUOTE = "other_quote"
    LESS_CERTAIN = "less_certain"
    OTHER_CARD = "other_card"
    APPROVED_NOW = "approved_now"
    ANSWERED_NOW = "answered_now"
    MORE_CERTAIN = "more_certain"
    OTHER_SOURCE = "other_source"
    SAME = "same"


WORSE = frozenset(
    {Change.APPROVED_GONE, Change.REFUSED_NOW, Change.OTHER_QUOTE, Change.LESS_CERTAIN, Change.OTHER_CARD}
)
"""Changes that somebody has to look at before publishing."""
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "approved_gone": "The approved answer is not given any more",
        "refused_now": "Answered before, refused now",
        "other_quote": "Other words are quoted",
        "less_certain": "Less certain",
        "other_card": "Another card",
        "approved_now": "An approved answer is given now",
        "answered_now": "Refused before, answered now",
        "more_certain": "More certain",
        "other_source": "The same words from another document",
        "same": "No change",
    }
)
"""How each is called, the worst first."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote of an answer."""

    edition_id: str
    title: str
    quote: str


@dataclass(frozen=True, slots=True)
class Told:
    """What one library says to a question."""

    outcome: str
    reason: str | None
    probability: float | None
    card: str | None
    quotes: tuple[Quoted, ...]
    approved: str | None = None
    """Id of the approved answer that stands first."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One question with what both libraries say."""

    question_id: str
    text: str
    theme: str
    change: Change
    published: Told
    draft: Told


Ask = Callable[[EverydayQuestion], OutcomeView]


def try_questions(
    questions: Sequence[EverydayQuestion], published: Ask, draft: Ask, progress: RunProgress
) -> tuple[Tried, ...]:
    """Returns what both libraries say to each question, the worst change first, then by theme and place in the set.

    Args:
        questions: The questions.
        published: Asks the published library.
        draft: Asks the draft.
        progress: Called before each question and at the end; what it raises stops the run.
    """
    tried = []
    for place, each in enumerate(questions):
        progress(place, len(questions))
        before, after = _told(published(each)), _told(draft(each))
        tried.append(Tried(each.question_id, each.text, each.theme, change_of(before, after), before, after))
    progress(len(questions), len(questions))
    order = {change: place for place, change in enumerate(Change)}
    return tuple(sorted(tried, key=lambda each: order[each.change]))


def try_libraries(
    questions: Sequence[EverydayQuestion],
    published: Snapshot,
    draft: Snapshot,
    resources: Resources,
    groups: tuple[str, ...],
    progress: RunProgress,
) -> tuple[Tried, ...]:
    """Returns what two libraries say to each question, asked by somebody with these groups; see ``try_questions``.

    Most sentences stand in both, so the reranker's scores are remembered: that halves the time.
    """
    reranker = RememberedReranker(resources.reranker) if resources.reranker else None
    resources = replace(resources, reranker=reranker)

    def asking(snapshot: Snapshot) -> Ask:
        return lambda each: outcome_view(ask(Question(each.text, groups=groups), snapshot, resources))

    return try_questions(questions, asking(published), asking(draft), progress)


def change_of(before: Told, after: Told) -> Change:
    """Returns the one change that matters most."""
    if before.card != after.card:
        return Change.OTHER_CARD
    if before.approved != after.approved:
        return Change.APPROVED_GONE if before.approved else Change.APPROVED_NOW
    if bool(before.quotes) != bool(after.quotes):
        return Change.REFUSED_NOW if before.quotes else Change.ANSWERED_NOW
    if _words(before) != _words(after):
        return Change.OTHER_QUOTE
    shift = (after.probability or 0.0) - (before.probability or 0.0)
    if before.quotes and shift <= -SHIFT:
        return Change.LESS_CERTAIN
    if [each.edition_id for each in before.quotes] != [each.edition_id for each in after.quotes]:
        return Change.OTHER_SOURCE
    return Change.MORE_CERTAIN if before.quotes and shift >= SHIFT else Change.SAME


def report_of(tried: Sequence[Tried]) -> dict[str, Any]:
    """Returns a run as plain values: how many changes there are of each kind, how many are worse, and the questions."""
    counts = Counter(each.change for each in tried)
    rows = [{**asdict(each), "change": each.change.value, "is_worse": each.change in WORSE} for each in tried]
    return {
        "questions": len(tried),
        "worse": sum(counts[each] for each in WORSE),
        "counts": {each.value: counts[each] for each in Change},
        "rows": rows,
    }


def _words(told: Told) -> list[str]:
    return sorted(comparable(each.quote) for each in told.quotes)


def _told(outcome: OutcomeView) -> Told:
    view = without_card(outcome)
    card = str(outcome.card.level) if isinstance(outcome, SignpostedView) else None
    reason = view.reason.value if isinstance(view, RefusedView) else None
    quotes = tuple(Quoted(each.edition_id, each.title, each.quote) for each in _cited(view))
    approved = outcome.approved or view.approved
    return Told(view.outcome, reason, view.trace.probability, card, quotes, approved.answer_id if approved else None)


def _cited(view: OutcomeView) -> Sequence[Any]:
    return view.citations if isinstance(view, AnsweredView) else ()
