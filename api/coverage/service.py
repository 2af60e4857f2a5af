"""The coverage report as somebody sees it; the API and the pages go through here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from api.http.problems import Problem
from api.state import State
from assistant.coverage.decisions import JudgedPart, decision_on, judged
from assistant.coverage.questions.probes import Asks
from assistant.coverage.report import ASKING_PARTS, LIBRARY_PARTS, PARTS, diff_of
from assistant.coverage.values import Part
from assistant.editions.library_view import LibraryView
from assistant.model.people import Asker, AuditLine

ASKING_S = 4.0
"""Seconds that one request may spend on asking questions; what is left waits for the next."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage report for one asker, over one generation of the library."""

    state: State
    view: LibraryView
    asks: Asks

    def part(self, name: str) -> JudgedPart:
        """Returns a part with its decisions. Raises ``Problem`` (404) for a part that there is not."""
        if name in LIBRARY_PARTS:
            found = self._kept((name,), lambda: LIBRARY_PARTS[name](self.view))
        elif name in ASKING_PARTS:
            found = ASKING_PARTS[name](self.view, self.asks)
        else:
            raise Problem(404, "not_found", f"There is no such part. There are: {', '.join((*PARTS, 'diff'))}.")
        return judged(found, self.state.assistant.coverage_store.decisions(name))

    def diff(self, old: str, new: str) -> JudgedPart:
        """Returns what changed from one edition to another. Raises ``UsageError`` where one is not indexed."""
        embedder = self.state.assistant.embedder
        found = self._kept(("diff", old, new), lambda: diff_of(self.view, embedder, old, new))
        return judged(found, self.state.assistant.coverage_store.decisions("diff"))

    def named(self, name: str, old: str, new: str) -> JudgedPart:
        """Returns a part, or for ``diff`` the changes between two editions. Raises ``Problem`` (404), ``UsageError``."""
        return self.diff(old, new) if name == "diff" else self.part(name)

    def every(self) -> tuple[JudgedPart, ...]:
        """Returns every part of the report."""
        return tuple(self.part(name) for name in PARTS)

    def decide(self, part: JudgedPart, key: str, state: str, note: str, asker: Asker) -> None:
        """Keeps what somebody decides of a finding. Raises ``UsageError`` for what is no finding or no state of it."""
        now = datetime.now(UTC)
        self.state.assistant.coverage_store.decide(decision_on(part.part, key, state, note, asker.user_id, now))
        told = f"{part.part.name} {key[:16]} {state}"
        self.state.assistant.access_store.audit(AuditLine(now, asker.user_id, "decide", told))

    def _kept(self, name: tuple[str, ...], make: Callable[[], Part]) -> Part:
        generation = self.view.snapshot.generation
        key = (*name, generation.fingerprint, self.view.scope, self.view.at.isoformat())
        return self.state.coverage.get(key, make)


@contextmanager
def coverage_for(state: State, asker: Asker, *, may_ask: bool) -> Iterator[Coverage]:
    """Yields the report over the current generation.

    Args:
        state: The worker.
        asker: Who reads; restricted editions of other groups are as if they were not there.
        may_ask: Whether questions that have not been asked may be asked now, for ``ASKING_S`` at most.

    Raises:
        LibraryError: There is no library.
    """
    end = time.monotonic() + (ASKING_S if may_ask else 0)
    assistant = state.assistant
    with assistant.opened() as snapshot:
        view = LibraryView(snapshot, asker.groups, assistant.resources.today())
        yield Coverage(state, view, assistant.asks(is_over=lambda: time.monotonic() >= end))
