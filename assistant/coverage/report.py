"""The whole coverage report: its sections, what they count, and what changed since the last run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.coverage.decisions import DecidedSection, with_decisions
from assistant.coverage.questions.probes import ProbeContext
from assistant.coverage.references.resolver import known_editions
from assistant.coverage.sections.duties import duties_section
from assistant.coverage.sections.edition_diff import edition_diff_section
from assistant.coverage.sections.questions import OpenQuestionsAsked, ask_open_questions, questions_section
from assistant.coverage.sections.recommendations import recommendations_section
from assistant.coverage.sections.references import currency_section, references_section
from assistant.coverage.sections.topics import topics_section
from assistant.coverage.values import ReportSection
from assistant.editions.library_view import LibraryView
from assistant.model import EditionId
from assistant.model.coverage import CoverageRun, Decision
from assistant.ports import Embedder


def for_viewer(view: LibraryView, context: ProbeContext) -> ProbeContext:
    """Returns the context limited to the editions that the view may see."""
    return replace(context, groups=view.held(), scope=view.scope)


LIBRARY_SECTIONS: Mapping[str, Callable[[LibraryView], ReportSection]] = {
    "duties": lambda view: duties_section(view.snapshot, view.answering()),
    "recommendations": lambda view: recommendations_section(view.snapshot, view.answering()),
    "references": lambda view: references_section(view.snapshot, view.answering(), known_editions(view)),
    "currency": lambda view: currency_section(view.snapshot, known_editions(view)),
}
"""Sections that need nothing but the library."""
PROBING_SECTIONS: Mapping[str, Callable[[LibraryView, ProbeContext], ReportSection]] = {
    "questions": lambda view, context: questions_section(view.snapshot, view.answering(), for_viewer(view, context)),
    "topics": lambda view, context: topics_section(view.snapshot, view.answering(), for_viewer(view, context)),
}
"""Sections that ask questions of the documents."""
SECTIONS = ("questions", "topics", "duties", "recommendations", "references", "currency")
"""Every section of the report, in the order of the overview."""


def make_section(
    name: str, view: LibraryView, context: ProbeContext, decisions: Iterable[Decision] = ()
) -> DecidedSection:
    """Returns one section with its decisions. Raises ``KeyError`` for a section that is not in ``SECTIONS``."""
    if name in PROBING_SECTIONS:
        return with_decisions(PROBING_SECTIONS[name](view, context), decisions)
    return with_decisions(LIBRARY_SECTIONS[name](view), decisions)


def edition_diff_of(view: LibraryView, embedder: Embedder, old: str, new: str) -> ReportSection:
    """Returns the changes between two editions. Raises ``UsageError`` where one is not indexed."""
    return edition_diff_section(view.snapshot, embedder, EditionId(old), EditionId(new), view.visible())


def make_edition_diff(
    view: LibraryView, embedder: Embedder, old: str, new: str, decisions: Iterable[Decision] = ()
) -> DecidedSection:
    """Returns the changes between two editions with their decisions. Raises ``UsageError`` where one is not indexed."""
    return with_decisions(edition_diff_of(view, embedder, old, new), decisions)


def ask_open_questions_again(view: LibraryView, context: ProbeContext) -> OpenQuestionsAsked:
    """Returns which open questions today's documents answer."""
    return ask_open_questions(view.snapshot, view.answering(), for_viewer(view, context))


def make_report(
    view: LibraryView, context: ProbeContext, decisions: Sequence[Decision] = ()
) -> tuple[DecidedSection, ...]:
    """Returns every section of ``SECTIONS``; ``context.on_progress`` is called before each, and cancels by raising."""
    sections = []
    for place, name in enumerate(SECTIONS):
        if context.on_progress is not None:
            context.on_progress("coverage", place, len(SECTIONS))
        sections.append(make_section(name, view, context, decisions))
    if context.on_progress is not None:
        context.on_progress("coverage", len(SECTIONS), len(SECTIONS))
    return tuple(sections)


def coverage_run(sections: Iterable[DecidedSection], view: LibraryView, at: datetime) -> CoverageRun:
    """Returns the counts of a whole report, ready to be saved."""
    counts = {each.section.name: each.counts() for each in sections}
    return CoverageRun(at, view.snapshot.generation.fingerprint, counts, view.scope)


def changes_since(sections: Iterable[DecidedSection], before: CoverageRun | None) -> dict[str, dict[str, int]]:
    """Returns section, then state, to the change in the number of findings since an earlier run.

    Only differences are listed, and only for sections that both runs have; {} where there was no earlier run.
    """
    if before is None:
        return {}
    changes = {}
    for each in sections:
        earlier = before.counts.get(each.section.name)
        if earlier is None:
            continue
        by_state = {state: count - earlier.get(state, 0) for state, count in each.counts().items()}
        differing = {state: by for state, by in by_state.items() if by}
        if differing:
            changes[each.section.name] = differing
    return changes
