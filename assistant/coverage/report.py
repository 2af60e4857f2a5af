"""The whole coverage report: its parts, what they count, and what changed since the last run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.coverage.decisions import JudgedPart, judged
from assistant.coverage.questions.probes import Asks
from assistant.coverage.references.works import catalogue_of
from assistant.coverage.sections.duties import part_duties
from assistant.coverage.sections.edition_diff import part_diff
from assistant.coverage.sections.questions import Reasked, part_questions, reasked
from assistant.coverage.sections.recommendations import part_recommendations
from assistant.coverage.sections.references import part_currency, part_references
from assistant.coverage.sections.topics import part_topics
from assistant.coverage.values import Part
from assistant.editions.library_view import LibraryView
from assistant.model import EditionId
from assistant.model.coverage import CoverageRun, Decision
from assistant.ports import Embedder


def as_viewer(view: LibraryView, asks: Asks) -> Asks:
    """Returns what to ask with so that no edition answers that the view may not see."""
    return replace(asks, groups=view.held())


LIBRARY_PARTS: Mapping[str, Callable[[LibraryView], Part]] = {
    "duties": lambda view: part_duties(view.snapshot, view.answering()),
    "recommendations": lambda view: part_recommendations(view.snapshot, view.answering()),
    "references": lambda view: part_references(view.snapshot, view.answering(), catalogue_of(view)),
    "currency": lambda view: part_currency(view.snapshot, catalogue_of(view)),
}
"""The parts that need nothing but the library."""
ASKING_PARTS: Mapping[str, Callable[[LibraryView, Asks], Part]] = {
    "questions": lambda view, asks: part_questions(view.snapshot, view.answering(), as_viewer(view, asks)),
    "topics": lambda view, asks: part_topics(view.snapshot, view.answering(), as_viewer(view, asks)),
}
"""The parts that ask questions."""
PARTS = ("questions", "topics", "duties", "recommendations", "references", "currency")
"""Every part of the report, in the order of the overview."""


def make(name: str, view: LibraryView, asks: Asks, decisions: Iterable[Decision] = ()) -> JudgedPart:
    """Returns one part with its decisions. Raises ``KeyError`` for a part that is not in ``PARTS``."""
    if name in ASKING_PARTS:
        return judged(ASKING_PARTS[name](view, asks), decisions)
    return judged(LIBRARY_PARTS[name](view), decisions)


def diff_of(view: LibraryView, embedder: Embedder, old: str, new: str) -> Part:
    """Returns the changes between two editions. Raises ``UsageError`` where one is not indexed."""
    return part_diff(view.snapshot, embedder, EditionId(old), EditionId(new), view.visible())


def make_diff(
    view: LibraryView, embedder: Embedder, old: str, new: str, decisions: Iterable[Decision] = ()
) -> JudgedPart:
    """Returns the changes between two editions with their decisions. Raises ``UsageError`` where one is not indexed."""
    return judged(diff_of(view, embedder, old, new), decisions)


def ask_again(view: LibraryView, asks: Asks) -> Reasked:
    """Asks the questions that stand open of the documents of today."""
    return reasked(view.snapshot, view.answering(), as_viewer(view, asks))


def make_all(view: LibraryView, asks: Asks, decisions: Sequence[Decision] = ()) -> tuple[JudgedPart, ...]:
    """Returns every part of ``PARTS``; ``asks.tell`` is told of each and may stop the run by raising."""
    found = []
    for place, name in enumerate(PARTS):
        if asks.tell is not None:
            asks.tell("coverage", place, len(PARTS))
        found.append(make(name, view, asks, decisions))
    if asks.tell is not None:
        asks.tell("coverage", len(PARTS), len(PARTS))
    return tuple(found)


def run_of(parts: Iterable[JudgedPart], view: LibraryView, at: datetime) -> CoverageRun:
    """Returns the counts of a whole report, to be kept."""
    counts = {each.part.name: each.counts() for each in parts}
    return CoverageRun(at, view.snapshot.generation.fingerprint, counts, view.scope)


def changes_since(parts: Iterable[JudgedPart], before: CoverageRun | None) -> dict[str, dict[str, int]]:
    """Returns part, then state, to how many findings more (or, below 0, fewer) there are than in an earlier run.

    Only what differs is named, of the parts that both have; {} where there was no run before.
    """
    if before is None:
        return {}
    found = {}
    for each in parts:
        earlier = before.counts.get(each.part.name)
        if earlier is None:
            continue
        moved = {state: count - earlier.get(state, 0) for state, count in each.counts().items()}
        differing = {state: by for state, by in moved.items() if by}
        if differing:
            found[each.part.name] = differing
    return found
