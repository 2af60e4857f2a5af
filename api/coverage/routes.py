"""``/v1/coverage``: the coverage report, for the policy role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from api.coverage.filters import CoverageFilters, Sort, filtered
from api.coverage.schemas import (
    CoverageResponse,
    CoverageSectionResponse,
    DecisionHistoryEntry,
    DecisionHistoryResponse,
    FindingDecisionRequest,
    QuestionImportRequest,
    QuestionImportResponse,
)
from api.coverage.service import CoverageService, coverage_service
from api.deps import CurrentState, require_role
from api.http.problems import problems
from assistant.coverage.decisions import DecidedSection
from assistant.coverage.files.json import section_object
from assistant.coverage.questions.open_questions import masked_question, within_retention
from assistant.coverage.report import changes_since, coverage_run
from assistant.model.people import Asker, Role
from assistant.operations.webhooks import save_run

router = APIRouter(prefix="/v1/coverage", tags=["coverage"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
SectionName = Annotated[str, Path(max_length=40, examples=["duties"])]
Go = Annotated[bool, Query(description="Ask waiting questions for a few seconds; see `waiting`.")]
Having = Annotated[
    list[Annotated[str, Query(max_length=500)]] | None,
    Query(max_length=10, description="Facts with a value, such as group=Police or document=TITLE."),
]
States = Annotated[
    list[Annotated[str, Query(max_length=40)]] | None,
    Query(alias="state", max_length=10, description="Only these states."),
]
EditionName = Annotated[str, Query(max_length=200, description="For diff: edition id.")]


@router.get("", responses=problems(503))
def overview(state: CurrentState, asker: PolicyAsker, go: Go = False) -> CoverageResponse:
    """Returns the counts of every section and what changed since counts were last saved."""
    with coverage_service(state, asker, may_ask=go) as coverage:
        return CoverageResponse.model_validate(_overview_object(coverage))


@router.post("/runs", status_code=201, responses=problems(503))
def save_counts(state: CurrentState, asker: PolicyAsker) -> CoverageResponse:
    """Saves today's counts, to compare with in later overviews."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        sections = coverage.all_sections()
        save_run(state.assistant, coverage_run(sections, coverage.view, datetime.now(UTC)))
        return CoverageResponse.model_validate(_overview_object(coverage))


@router.get("/{part}", responses=problems(404, 503))
def part(
    state: CurrentState,
    asker: PolicyAsker,
    part: SectionName,
    states: States = None,
    q: Annotated[str, Query(max_length=200, description="Words that a finding or its quotes contain.")] = "",
    having: Having = None,
    sort: Annotated[Sort, Query()] = "worst",
    old: EditionName = "",
    new: EditionName = "",
    go: Go = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> CoverageSectionResponse:
    """Returns one section: duties, questions, topics, references, currency, recommendations, or diff with old and new."""
    with coverage_service(state, asker, may_ask=go) as coverage:
        whole = coverage.section_or_diff(part, old, new)
        filters = CoverageFilters(tuple(states or ()), q, tuple(having or ()), sort)
        return CoverageSectionResponse.model_validate(_section_object(whole, filtered(whole, filters), offset, limit))


@router.post("/{part}/decisions", status_code=201, responses=problems(404, 503))
def decide(
    state: CurrentState, asker: PolicyAsker, part: SectionName, request: FindingDecisionRequest
) -> DecisionHistoryResponse:
    """Saves a decision on a finding; it stands until one of the texts it was based on changes."""
    with coverage_service(state, asker, may_ask=False) as coverage:
        coverage.decide(
            coverage.section_or_diff(part, request.old, request.new), request.key, request.state, request.note, asker
        )
    return decisions(state, asker, part, request.key)


@router.get("/{part}/decisions", responses=problems(503))
def decisions(
    state: CurrentState,
    asker: PolicyAsker,
    part: SectionName,
    key: Annotated[str, Query(max_length=500, examples=["3f0c"])],
) -> DecisionHistoryResponse:
    """Returns every decision on one finding, the latest first."""
    history = state.assistant.coverage_store.history(part, key, state.assistant.reader(asker.groups))
    return DecisionHistoryResponse(
        decisions=[DecisionHistoryEntry(state=e.state, note=e.note, by=e.by, at=e.at) for e in history]
    )


@router.post("/questions/imports", status_code=201, responses=problems(503))
def import_questions(state: CurrentState, asker: PolicyAsker, request: QuestionImportRequest) -> QuestionImportResponse:
    """Imports questions that were asked elsewhere; personal details are masked before anything is stored."""
    today, settings = state.assistant.resources.today(), state.assistant.settings
    questions = [
        masked_question(
            each.question, each.asked_on or today, each.audience, request.source, settings, state.assistant.door
        )
        for each in request.questions
    ]
    recent, too_old = within_retention(questions, settings, today)
    added = state.assistant.question_store.add_imported(recent)
    return QuestionImportResponse(added=added, were_there=len(recent) - added, too_old=too_old)


def _overview_object(coverage: CoverageService) -> dict[str, Any]:
    sections, view = coverage.all_sections(), coverage.view
    runs = coverage.state.assistant.coverage_store.runs(scope=view.scope, limit=1)
    before = runs[0] if runs else None
    return {
        "as_at": view.at,
        "fingerprint": view.snapshot.generation.fingerprint,
        "since": before.at if before else None,
        "changed": changes_since(sections, before),
        "parts": [_counts_object(each) for each in sections],
    }


def _counts_object(decided: DecidedSection) -> dict[str, Any]:
    section = decided.section
    return {"part": section.name, "title": section.title, "counts": decided.counts(), "waiting": section.waiting}


def _section_object(whole: DecidedSection, matching: DecidedSection, offset: int, limit: int) -> dict[str, Any]:
    page = replace(matching, rows=matching.rows[offset : offset + limit])
    following = offset + limit if offset + limit < len(matching.rows) else None
    return {**section_object(page), "counts": whole.counts(), "found": len(matching.rows), "next_offset": following}
