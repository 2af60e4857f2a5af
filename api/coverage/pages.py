"""Coverage for the policy team: an overview, and a page for each part with filters, decisions and files."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from api.coverage import charts
from api.coverage.filters import Chosen, Sort, choices, selected
from api.coverage.service import coverage_for
from api.deps import CurrentState, require_role
from api.web.labels import anchor
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.coverage.decisions import JUDGEMENTS, JudgedPart
from assistant.coverage.questions.open_questions import kept_of, read_questions
from assistant.coverage.report import changes_since, run_of
from assistant.errors import UsageError
from assistant.model.people import Asker, Role

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
PartName = Annotated[str, Path(max_length=40)]
Short = Annotated[str, Query(max_length=200)]
SHOWN = 25
"""Findings on a page."""
WORST = 3
"""Findings of a part on the overview."""


@dataclass(frozen=True, slots=True)
class View:
    """What of a part is wanted; query parameters of its page."""

    state: Annotated[str, Query(max_length=40)] = ""
    q: Annotated[str, Query(max_length=200)] = ""
    having: Annotated[list[str] | None, Query(max_length=10)] = None
    sort: Sort = "worst"
    old: Short = ""
    new: Short = ""
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0
    go: bool = False

    def query(self, **other: object) -> str:
        """Returns the query of the same page with something changed, what is empty left out."""
        named = {name: getattr(self, name) for name in ("state", "q", "having", "sort", "old", "new", "offset", "go")}
        named["having"] = self.facts()
        chosen = {name: value for name, value in {**named, **other}.items() if value and value != "worst"}
        return urlencode({name: 1 if value is True else value for name, value in chosen.items()}, doseq=True)

    def facts(self) -> tuple[str, ...]:
        """Returns the facts that findings must have, what is empty left out."""
        return tuple(each for each in self.having or () if each)


@router.get("/coverage")
def overview(
    request: Request, state: CurrentState, asker: PolicyAsker, go: bool = False, kept: bool = False
) -> Response:
    """Draws the overview; ``go`` asks for some seconds what has not been asked yet."""
    with coverage_for(state, asker, may_ask=go) as coverage:
        parts = coverage.every()
        runs = state.assistant.coverage_store.runs(scope=coverage.view.scope, limit=1)
    before = runs[0] if runs else None
    shown: dict[str, Any] = {
        "parts": parts, "bars": charts.part_bars(parts), "before": before, "changed": changes_since(parts, before),
        "waiting": sum(each.part.waiting for each in parts), "go": go, "kept": kept, "worst": WORST,
    }  # fmt: skip
    return render(request, "coverage.html", asker, **shown)


@router.post("/coverage/runs", dependencies=[Depends(require_same_origin)])
def keep(state: CurrentState, asker: PolicyAsker) -> Response:
    """Keeps today's counts, to compare with."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        state.assistant.coverage_store.add_run(run_of(coverage.every(), coverage.view, datetime.now(UTC)))
    return RedirectResponse("/coverage?kept=1", 303)


@router.get("/coverage/{part}")
def part(
    request: Request, state: CurrentState, asker: PolicyAsker, part: PartName, view: Annotated[View, Depends()]
) -> Response:
    """Draws one part."""
    return _drawn(request, state, asker, part, view)


@router.post("/coverage/{part}/decisions", dependencies=[Depends(require_same_origin)])
def decide(
    state: CurrentState,
    asker: PolicyAsker,
    part: PartName,
    key: Annotated[str, Form(max_length=500)],
    held: Annotated[str, Form(max_length=40)],
    note: Annotated[str, Form(max_length=5000)] = "",
    old: Annotated[str, Form(max_length=200)] = "",
    new: Annotated[str, Form(max_length=200)] = "",
    back: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Keeps a decision and goes back to its finding."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        coverage.decide(coverage.named(part, old, new), key, held, note, asker)
    return RedirectResponse(f"/coverage/{part}?{urlencode(parse_qsl(back))}#{anchor(key)}", 303)


@router.post("/coverage/questions/import", dependencies=[Depends(require_same_origin)])
def bring_in(request: Request, state: CurrentState, asker: PolicyAsker, file: UploadFile) -> Response:
    """Brings in questions of a CSV file."""
    name = FilePath(file.filename or "questions.csv").name
    with tempfile.TemporaryDirectory() as folder:
        path = FilePath(folder) / "questions.csv"
        path.write_bytes(file.file.read())
        try:
            found = read_questions(path, state.assistant.settings, state.assistant.resources.today())
        except UsageError as error:
            told = str(error).replace(str(path), name)
            return _drawn(request, state, asker, "questions", View(), error=told, status=422)
    kept, older = kept_of(found, state.assistant.settings, state.assistant.resources.today())
    added = state.assistant.question_store.add_imported(replace(each, source=name[:100]) for each in kept)
    days = state.assistant.settings.records.days
    left = f" {older} were left out: they were asked more than {days} days ago, and are not kept." if older else ""
    told = f"{added} questions were brought in from {name}.{left}"
    return _drawn(request, state, asker, "questions", View(), done=told)


def _drawn(
    request: Request, state: CurrentState, asker: Asker, name: str, view: View, *, error: str = "", done: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    with coverage_for(state, asker, may_ask=view.go) as coverage:
        editions = sorted(coverage.view.visible(), key=lambda each: (each.work, each.title))
        is_asked = name != "diff" or bool(view.old and view.new)
        try:
            whole = coverage.named(name, view.old, view.new) if is_asked else None
        except UsageError as fault:
            whole, error, status = None, str(fault), 422
        chosen = Chosen((view.state,) if view.state else (), view.q, view.facts(), view.sort)
        try:
            found = selected(whole, chosen) if whole else None
        except UsageError as fault:
            found, error, status = None, str(fault), 422
    last = view.offset + SHOWN
    shown: dict[str, Any] = {
        "part": name, "view": view, "whole": whole, "count": len(found.rows) if found else 0,
        "rows": found.rows[view.offset : last] if found else (), "last": last, "shown": SHOWN, "editions": editions,
        "choices": choices(whole) if whole else {},
        "judgements": JUDGEMENTS.get(name, ()), "error": error, "done": done,
        **_charts(name, whole),
    }  # fmt: skip
    return render(request, "coverage_part.html", asker, status, **shown)


def _charts(name: str, whole: JudgedPart | None) -> dict[str, object]:
    if whole is None:
        return {}
    if name == "duties":
        return {"groups": charts.duty_bars(whole)}
    if name == "questions":
        return {"months": charts.month_bars(whole)}
    if name == "topics":
        kinds, lines = charts.topic_lines(whole)
        return {"kinds": kinds, "lines": lines}
    return {}
