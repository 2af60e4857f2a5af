"""``/v1/coverage``: what the documents do not cover; for the policy role."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from api.coverage.filters import Chosen, Sort, selected
from api.coverage.schemas import (
    CoverageShown,
    DecisionGiven,
    DecisionKept,
    Decisions,
    PartShown,
    QuestionsBrought,
    QuestionsGiven,
)
from api.coverage.service import Coverage, coverage_for
from api.deps import CurrentState, require_role
from api.http.problems import problems
from assistant.coverage.decisions import JudgedPart
from assistant.coverage.files.json import part_object
from assistant.coverage.questions.open_questions import kept_of, masked_question
from assistant.coverage.report import changes_since, run_of
from assistant.model.people import Asker, Role

router = APIRouter(prefix="/v1/coverage", tags=["coverage"])
PolicyAsker = Annotated[Asker, Depends(require_role(Role.POLICY))]
PartName = Annotated[str, Path(max_length=40, examples=["duties"])]
Go = Annotated[bool, Query(description="Ask what has not been asked yet, for some seconds; see waiting.")]
Having = Annotated[
    list[str] | None,
    Query(max_length=10, description="Facts with their value, such as group=Police or document=TITLE."),
]
EditionName = Annotated[str, Query(max_length=200, description="For diff: edition id.")]


@router.get("", responses=problems(503))
def overview(state: CurrentState, asker: PolicyAsker, go: Go = False) -> CoverageShown:
    """Counts every part and says what changed since counts were last kept."""
    with coverage_for(state, asker, may_ask=go) as coverage:
        return CoverageShown.model_validate(_overview(coverage))


@router.post("/runs", status_code=201, responses=problems(503))
def keep(state: CurrentState, asker: PolicyAsker) -> CoverageShown:
    """Keeps today's counts, for later overviews to compare with."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        parts = coverage.every()
        state.assistant.coverage_store.add_run(run_of(parts, coverage.view, datetime.now(UTC)))
        return CoverageShown.model_validate(_overview(coverage))


@router.get("/{part}", responses=problems(404, 503))
def part(
    state: CurrentState,
    asker: PolicyAsker,
    part: PartName,
    wanted: Annotated[list[str] | None, Query(alias="state", max_length=10, description="Only these states.")] = None,
    q: Annotated[str, Query(max_length=200, description="Words that a finding or its quotes hold.")] = "",
    having: Having = None,
    sort: Annotated[Sort, Query()] = "worst",
    old: EditionName = "",
    new: EditionName = "",
    go: Go = False,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    offset: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> PartShown:
    """Gives one part: duties, questions, topics, references, currency, recommendations, or diff with old and new."""
    with coverage_for(state, asker, may_ask=go) as coverage:
        whole = coverage.named(part, old, new)
        chosen = Chosen(tuple(wanted or ()), q, tuple(having or ()), sort)
        return PartShown.model_validate(_part(whole, selected(whole, chosen), offset, limit))


@router.post("/{part}/decisions", status_code=201, responses=problems(404, 503))
def decide(state: CurrentState, asker: PolicyAsker, part: PartName, given: DecisionGiven) -> Decisions:
    """Keeps what you decide of a finding; it is honoured until one of the texts changes."""
    with coverage_for(state, asker, may_ask=False) as coverage:
        coverage.decide(coverage.named(part, given.old, given.new), given.key, given.state, given.note, asker)
    return decisions(state, asker, part, given.key)


@router.get("/{part}/decisions", responses=problems(503))
def decisions(
    state: CurrentState,
    asker: PolicyAsker,
    part: PartName,
    key: Annotated[str, Query(max_length=500, examples=["3f0c"])],
) -> Decisions:
    """Gives every decision of one finding, the latest first."""
    found = state.assistant.coverage_store.history(part, key)
    return Decisions(decisions=[DecisionKept(state=e.state, note=e.note, by=e.by, at=e.at) for e in found])


@router.post("/questions/imports", status_code=201, responses=problems(503))
def bring_in(state: CurrentState, asker: PolicyAsker, given: QuestionsGiven) -> QuestionsBrought:
    """Brings questions in that were asked elsewhere; personal details are masked before anything is kept."""
    today, settings = state.assistant.resources.today(), state.assistant.settings
    brought = [
        masked_question(each.question, each.asked_on or today, each.audience, given.source, settings)
        for each in given.questions
    ]
    kept, older = kept_of(brought, settings, today)
    added = state.assistant.question_store.add_imported(kept)
    return QuestionsBrought(added=added, were_there=len(kept) - added, too_old=older)


def _overview(coverage: Coverage) -> dict[str, Any]:
    parts, view = coverage.every(), coverage.view
    runs = coverage.state.assistant.coverage_store.runs(scope=view.scope, limit=1)
    before = runs[0] if runs else None
    return {
        "as_at": view.at,
        "fingerprint": view.snapshot.generation.fingerprint,
        "since": before.at if before else None,
        "changed": changes_since(parts, before),
        "parts": [_counted(each) for each in parts],
    }


def _counted(part: JudgedPart) -> dict[str, Any]:
    found = part.part
    return {"part": found.name, "title": found.title, "counts": part.counts(), "waiting": found.waiting}


def _part(whole: JudgedPart, found: JudgedPart, offset: int, limit: int) -> dict[str, Any]:
    some = replace(found, rows=found.rows[offset : offset + limit])
    following = offset + limit if offset + limit < len(found.rows) else None
    return {**part_object(some), "counts": whole.counts(), "found": len(found.rows), "next_offset": following}
