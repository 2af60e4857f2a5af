"""The coverage report for one person; used by the API and the pages."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from api.http.problems import Problem
from api.state import State
from assistant.coverage.decisions import DecidedSection, decision_on, with_decisions
from assistant.coverage.questions.probes import ProbeContext
from assistant.coverage.report import LIBRARY_SECTIONS, PROBING_SECTIONS, SECTIONS, edition_diff_of
from assistant.coverage.values import ReportSection
from assistant.editions.library_view import LibraryView
from assistant.model.coverage import Decision
from assistant.model.people import Asker, AuditLine

ASKING_S = 4.0
"""Seconds that one request may spend on asking questions; the rest wait for the next request."""


@dataclass(frozen=True, slots=True)
class CoverageService:
    """The coverage report for one asker, over one generation of the library."""

    state: State
    view: LibraryView
    probe_context: ProbeContext

    def section(self, name: str) -> DecidedSection:
        """Returns a section with its decisions. Raises ``Problem`` (404) for an unknown section."""
        if name in LIBRARY_SECTIONS:
            section = self._cached((name,), lambda: LIBRARY_SECTIONS[name](self.view))
        elif name in PROBING_SECTIONS:
            section = PROBING_SECTIONS[name](self.view, self.probe_context)
        else:
            raise Problem(404, "not_found", f"No such section. Sections: {', '.join((*SECTIONS, 'diff'))}.")
        return with_decisions(section, self._decisions(name))

    def diff(self, old: str, new: str) -> DecidedSection:
        """Returns what changed from one edition to another. Raises ``UsageError`` where one is not indexed."""
        embedder = self.state.assistant.embedder
        section = self._cached(("diff", old, new), lambda: edition_diff_of(self.view, embedder, old, new))
        return with_decisions(section, self._decisions("diff"))

    def section_or_diff(self, name: str, old: str, new: str) -> DecidedSection:
        """Returns a section, or for ``diff`` the changes between two editions. Raises ``Problem`` (404), ``UsageError``."""
        return self.diff(old, new) if name == "diff" else self.section(name)

    def all_sections(self) -> tuple[DecidedSection, ...]:
        """Returns every section of the report."""
        return tuple(self.section(name) for name in SECTIONS)

    def decide(self, decided: DecidedSection, key: str, state: str, note: str, asker: Asker) -> None:
        """Saves and audits a decision on a finding. Raises ``UsageError`` for an unknown finding or state."""
        now = datetime.now(UTC)
        decision = decision_on(decided.section, key, state, note, asker.user_id, now, self.view)
        self.state.assistant.coverage_store.decide(decision)
        detail = f"{decided.section.name} {key[:16]} {state}"
        self.state.assistant.access_store.audit(AuditLine(now, asker.user_id, "decide", detail))

    def _decisions(self, name: str) -> tuple[Decision, ...]:
        return self.state.assistant.coverage_store.decisions(name, self.probe_context.reader)

    def _cached(self, name: tuple[str, ...], make: Callable[[], ReportSection]) -> ReportSection:
        generation = self.view.snapshot.generation
        marks = ",".join(f"{e.edition_id} {e.source_mark.kind}" for e in self.view.snapshot.editions() if e.source_mark)
        key = (*name, generation.fingerprint, self.view.scope, self.view.at.isoformat(), marks)
        return self.state.coverage.get(key, make)


@contextmanager
def coverage_service(state: State, asker: Asker, *, may_ask: bool) -> Iterator[CoverageService]:
    """Yields the report over the current generation.

    Args:
        state: The state of this worker.
        asker: The reader; restricted editions of other groups are treated as absent.
        may_ask: Whether waiting questions may be asked now, for ``ASKING_S`` at most.

    Raises:
        LibraryError: There is no library.
    """
    end = time.monotonic() + (ASKING_S if may_ask else 0)
    assistant = state.assistant
    with assistant.opened(asker.groups) as snapshot:
        view = assistant.library_view(snapshot, asker.groups)
        context = assistant.probe_context(is_time_up=lambda: time.monotonic() >= end, groups=asker.groups)
        yield CoverageService(state, view, context)
