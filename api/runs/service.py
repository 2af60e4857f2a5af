"""Starts long work beside the requests; what it has done so far, and that somebody cancelled it, is in the records.

So any worker of a server can watch a run and cancel it, whichever carries it out.
"""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from api.audit_log import audit
from api.http.problems import Problem, logged_problem
from api.state import State
from assistant.errors import AssistantError, LibraryError
from assistant.model.people import Asker, Groups
from assistant.model.quality import Run, RunKind, RunState
from assistant.ports import RunProgress

STORED_EVERY_S = 0.5
"""How often the progress is stored, and looked for whether somebody cancelled."""
FAULT = "Something went wrong. Start it again; if it happens again, ask your administrator to look at the server's log."
Work = Callable[[RunProgress], dict[str, Any]]
"""Carries a run out and returns its report; the progress that it is given may raise."""


class Cancelled(Exception):
    """Somebody cancelled the run, or the server stops."""


def start(
    state: State, asker: Asker, kind: RunKind, title: str, subject: str, total: int, groups: Groups, work: Work
) -> Run:
    """Returns a run that has begun, in a thread of its own.

    Args:
        state: The state of this worker.
        asker: Who starts it.
        kind: What it is.
        title: As the page calls it.
        subject: What it is about, for programs.
        total: How many questions it asks.
        groups: Groups that a reader of it needs, all of them.
        work: Carries it out.

    Raises:
        Problem: Another run goes on (409).
    """
    now = datetime.now(UTC)
    run = Run(uuid.uuid4().hex, kind, title, subject, asker.user_id, now, now, "running", 0, total, groups=groups)
    if not state.assistant.quality_store.begin_run(run):
        raise Problem(409, "run_going_on", "A run is going on. Wait until it has finished, or cancel it.")
    audit(state, asker, f"{kind}_started", run.run_id)
    threading.Thread(target=_carry_out, args=(state, run, work), name=f"run-{run.run_id[:8]}", daemon=True).start()
    return run


def found(state: State, asker: Asker, kind: RunKind, run_id: str) -> Run:
    """Returns a run that the asker may see. Raises ``Problem`` (404) where there is none."""
    run = state.assistant.quality_store.run(run_id)
    if run is None or run.kind != kind or not (run.may_read(asker.groups) or run.by == asker.user_id):
        raise Problem(404, "not_found", "There is no such run. Old ones are removed with the audit log.")
    return run


def listed(state: State, asker: Asker, kind: RunKind, limit: int = 20) -> tuple[Run, ...]:
    """Returns the last runs that the asker may see, the latest first."""
    runs = state.assistant.quality_store.runs(kind, limit)
    return tuple(each for each in runs if each.may_read(asker.groups) or each.by == asker.user_id)


def cancel(state: State, asker: Asker, kind: RunKind, run_id: str) -> Run:
    """Has a run stop at its next question and returns it; one that is over stays as it is. Raises ``Problem`` (404)."""
    run = found(state, asker, kind, run_id)
    if state.assistant.quality_store.cancel_run(run.run_id):
        audit(state, asker, f"{kind}_cancelled", run.run_id)
    return run


def shown_state(run: Run) -> str:
    """Returns the state of a run as it is shown: one of which nothing was heard for a while is ``stopped``."""
    return "stopped" if run.state == "running" and not run.is_going_on(datetime.now(UTC)) else run.state


def reader_groups(state: State, asker: Asker) -> Groups:
    """Returns those of the asker's groups through which they see restricted editions or questions: readers of a run need them."""
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            scope = state.assistant.library_view(snapshot, asker.groups).scope
            return tuple(scope.split(",")) if scope else ()
    except LibraryError:
        return ()


def _carry_out(state: State, run: Run, work: Work) -> None:
    ended: tuple[RunState, dict[str, Any], str] = ("failed", {}, FAULT)
    try:
        ended = ("done", work(_progress(state, run)), "")
    except Cancelled:
        ended = ("cancelled", {}, "")
    except (AssistantError, Problem) as error:
        ended = ("failed", {}, str(logged_problem(error)["detail"]))
    finally:
        how, report, detail = ended
        state.assistant.quality_store.end_run(run.run_id, how, report, detail, datetime.now(UTC))


def _progress(state: State, run: Run) -> RunProgress:
    """Returns what stores the progress of a run now and then; it raises ``Cancelled`` where it has to stop."""
    last = 0.0

    def told(done: int, total: int) -> None:
        nonlocal last
        if state.stopping.is_over():
            raise Cancelled
        if time.monotonic() - last >= STORED_EVERY_S:
            last = time.monotonic()
            if not state.assistant.quality_store.run_progress(run.run_id, done, total, datetime.now(UTC)):
                raise Cancelled

    return told
