"""Coverage pages for the policy team: an overview, and a page per section with filters, decisions and downloads."""

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
from api.coverage.filters import CoverageFilters, Sort, filter_choices, filtered
from api.coverage.service import coverage_service
from api.deps import CurrentState, require_role
from api.web.labels import anchor
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.coverage.decisions import JUDGEMENTS, DecidedSection
from assistant.coverage.questions.open_questions import read_questions, within_retention
from assistant.coverage.report import changes_since, coverage_run
from assistant.errors import UsageError
from assistant.model.people import Asker, Role
from assistant.operations.webhooks import save_run

router = APIRouter(route_class=PageRoute)
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
SectionName = Annotated[str, Path(max_length=40)]
ShortText = Annotated[str, Query(max_length=200)]
SHOWN = 25
"""Findings per page."""
WORST = 3
"""Findings of each section on the overview."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """Query parameters of a section's page."""

    state: Annotated[str, Query(max_length=40)] = ""
    q: Annotated[str, Query(max_length=200)] = ""
    having: Annotated[list[Annotated[str, Query(max_length=500)]] | None, Query(max_length=10)] = None
    sort: Sort = "worst"
    old: ShortText = ""
    new: ShortText = ""
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0
    go: bool = False

    def query(self, **other: object) -> str:
        """Returns the query string of the same page with some parameters changed, empty ones left out."""
        named = {name: getattr(self, name) for name in ("state", "q", "having", "sort", "old", "new", "offset", "go")}
        named["having"] = self.facts()
        given = {name: value for name, value in {**named, **other}.items() if value and value != "worst"}
        return urlencode({name: 1 if value is True else value for name, value in given.items()}, doseq=True)

    def facts(self) -> tuple[str, ...]:
        """Returns the facts that findings must have, empty ones left out."""
        return tuple(each for each in self.having or () if each)


@router.get("/coverage")
def overview(
    request: Request, state: CurrentState, asker: PolicyAsker, go: bool = False, kept: bool = False
) -> Response:
    """Renders the overview; ``go`` asks waiting questions for a few seconds."""
    with coverage_service(state, asker, may_ask=go) as coverage:
        sections = coverage.all_sections()
        runs = state.assistant.coverage_store.runs(scope=coverage.view.scope, limit=1)
    before = runs[0] if runs else None
    values: dict[str, Any] = {
        "sections": sections, "bars": charts.section_bars(sections), "before": before, "changed": changes_since(sections, before),
        "waiting": sum(each.section.waiting for each in sections), "go": go, "kept": kept, "worst": WORST,
    }  # fmt: skip
    return render(request, "coverage.html", asker, **values)


@router.post("/coverage/runs", dependencies=[Depends(require_same_origin)])
def save_counts(state: CurrentState, asker: PolicyAsker) -> Response:
    """Saves today's counts, to compare with later."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        save_run(state.assistant, coverage_run(coverage.all_sections(), coverage.view, datetime.now(UTC)))
    return RedirectResponse("/coverage?kept=1", 303)


@router.get("/coverage/{part}")
def part(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    part: SectionName,
    view: Annotated[SectionView, Depends()],
) -> Response:
    """Renders one section."""
    return _draw_section(request, state, asker, part, view)


@router.post("/coverage/{part}/decisions", dependencies=[Depends(require_same_origin)])
def decide(
    state: CurrentState,
    asker: PolicyAsker,
    part: SectionName,
    key: Annotated[str, Form(max_length=500)],
    held: Annotated[str, Form(max_length=40)],
    note: Annotated[str, Form(max_length=5000)] = "",
    old: Annotated[str, Form(max_length=200)] = "",
    new: Annotated[str, Form(max_length=200)] = "",
    back: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Saves a decision and redirects to its finding."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        coverage.decide(coverage.section_or_diff(part, old, new), key, held, note, asker)
    return RedirectResponse(f"/coverage/{part}?{urlencode(parse_qsl(back))}#{anchor(key)}", 303)


@router.post("/coverage/questions/import", dependencies=[Depends(require_same_origin)])
def import_questions(request: Request, state: CurrentState, asker: PolicyAsker, file: UploadFile) -> Response:
    """Imports questions from a CSV file."""
    name = FilePath(file.filename or "questions.csv").name
    with tempfile.TemporaryDirectory() as folder:
        path = FilePath(folder) / "questions.csv"
        path.write_bytes(file.file.read())
        try:
            questions = read_questions(
                path, state.assistant.settings, state.assistant.resources.today(), state.assistant.door
            )
        except UsageError as error:
            message = str(error).replace(str(path), name)
            return _draw_section(request, state, asker, "questions", SectionView(), error=message, status=422)
    recent, too_old = within_retention(questions, state.assistant.settings, state.assistant.resources.today())
    added = state.assistant.question_store.add_imported(replace(each, source=name[:100]) for each in recent)
    days = state.assistant.settings.records.days
    left = f" {too_old} were left out: questions asked more than {days} days ago are not stored." if too_old else ""
    message = f"{added} questions were imported from {name}.{left}"
    return _draw_section(request, state, asker, "questions", SectionView(), done=message)


def _draw_section(
    request: Request, state: CurrentState, asker: Asker, name: str, view: SectionView, *, error: str = "", done: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    with coverage_service(state, asker, may_ask=view.go) as coverage:
        editions = sorted(coverage.view.visible(), key=lambda each: (each.work, each.title))
        is_asked = name != "diff" or bool(view.old and view.new)
        try:
            whole = coverage.section_or_diff(name, view.old, view.new) if is_asked else None
        except UsageError as fault:
            whole, error, status = None, str(fault), 422
        filters = CoverageFilters((view.state,) if view.state else (), view.q, view.facts(), view.sort)
        try:
            matching = filtered(whole, filters) if whole else None
        except UsageError as fault:
            matching, error, status = None, str(fault), 422
    last = view.offset + SHOWN
    values: dict[str, Any] = {
        "part": name, "view": view, "whole": whole, "count": len(matching.rows) if matching else 0,
        "rows": matching.rows[view.offset : last] if matching else (), "last": last, "shown": SHOWN, "editions": editions,
        "choices": filter_choices(whole) if whole else {},
        "judgements": JUDGEMENTS.get(name, ()), "error": error, "done": done,
        **_charts(name, whole),
    }  # fmt: skip
    return render(request, "coverage_part.html", asker, status, **values)


def _charts(name: str, whole: DecidedSection | None) -> dict[str, object]:
    if whole is None:
        return {}
    if name == "duties":
        return {"groups": charts.duty_bars(whole)}
    if name == "questions":
        return {"months": charts.month_bars(whole)}
    if name == "topics":
        kinds, rows = charts.topic_rows(whole)
        return {"kinds": kinds, "topic_rows": rows}
    return {}
