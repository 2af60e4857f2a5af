"""``/v1/approved-answers``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query

from api.approved.schemas import (
    ID,
    AnswerListResponse,
    AnswerResponse,
    AnswersFileModel,
    AnswerSummaryResponse,
    ApprovedAnswerRequest,
    CheckResponse,
    ImportResponse,
    NeedsYouResponse,
    WithdrawRequest,
)
from api.approved.service import PolicyAsker, answers_of, audited
from api.deps import CurrentState
from api.http.problems import problems
from assistant.operations.approved.desk import ApprovedDesk, Which
from assistant.operations.approved.exchange import exported, imported
from assistant.operations.approved.needs_you import needs_you

router = APIRouter(prefix="/v1/approved-answers", tags=["approved answers"])
AnswerId = Annotated[str, Path(max_length=100, examples=[ID])]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]


@router.get("", responses=problems(503))
def answers(
    state: CurrentState,
    asker: PolicyAsker,
    which: Annotated[Which, Query(description="Which of them.")] = "all",
    limit: Limit = 100,
    offset: Offset = 0,
) -> AnswerListResponse:
    """Lists approved answers whose quoted documents you may see; needs the policy role."""
    with answers_of(state, asker) as desk:
        found = desk.answers(which)
    shown = [AnswerSummaryResponse.of(each) for each in found[offset : offset + limit]]
    last = offset + limit
    return AnswerListResponse(answers=shown, count=len(found), next_offset=last if last < len(found) else None)


@router.post("", status_code=201, responses=problems(409, 503))
def draft(state: CurrentState, asker: PolicyAsker, body: ApprovedAnswerRequest) -> AnswerResponse:
    """Drafts an approved answer of verbatim passages; a second person has to approve it before it is given."""
    with answers_of(state, asker) as desk:
        made = desk.draft(body.content(desk.snapshot), asker.user_id, datetime.now(UTC))
        audited(state, asker, "draft", made.answer_id, *made.editions)
        return _whole(desk, made.answer_id)


@router.post("/check", responses=problems(503))
def check(state: CurrentState, asker: PolicyAsker, body: ApprovedAnswerRequest) -> CheckResponse:
    """Returns what an asker would see of a draft, and why it cannot be stored if it cannot; nothing is stored."""
    with answers_of(state, asker) as desk:
        return CheckResponse.of(desk.check(desk.cleaned(body.content(desk.snapshot))))


@router.get("/needs-you", responses=problems(503))
def needed(state: CurrentState, asker: PolicyAsker) -> NeedsYouResponse:
    """Returns the ids of answers and blocks that need the policy team."""
    with answers_of(state, asker) as desk:
        blocks = state.assistant.block_desk(desk.snapshot, asker.groups)
        return NeedsYouResponse.of(needs_you(desk, blocks))


@router.get("/export", responses=problems(503))
def export(state: CurrentState, asker: PolicyAsker) -> AnswersFileModel:
    """Returns the approved answers that you may see as a file that ``import`` reads."""
    with answers_of(state, asker) as desk:
        file = exported(desk.answers())
    audited(state, asker, "export", f"{len(file.answers)} answers")
    return AnswersFileModel.model_validate(file.model_dump())


@router.post("/import", responses=problems(409, 503))
def import_answers(state: CurrentState, asker: PolicyAsker, body: AnswersFileModel) -> ImportResponse:
    """Imports answers of a file as drafts, each whose every quote stands in this library; tells which were not."""
    with answers_of(state, asker) as desk:
        done = imported(body, desk, asker.user_id, datetime.now(UTC))
    audited(state, asker, "import", f"{len(done.drafted)} answers")
    return ImportResponse.of(done)


@router.get("/{answer_id}", responses=problems(404, 503))
def answer(state: CurrentState, asker: PolicyAsker, answer_id: AnswerId) -> AnswerResponse:
    """Returns an approved answer with its versions and what was done to it."""
    with answers_of(state, asker) as desk:
        return _whole(desk, answer_id)


@router.put("/{answer_id}", responses=problems(404, 409, 503))
def new_version(
    state: CurrentState, asker: PolicyAsker, answer_id: AnswerId, body: ApprovedAnswerRequest
) -> AnswerResponse:
    """Drafts a new version of an approved answer; the live one stays until the new one is approved."""
    with answers_of(state, asker) as desk:
        made = desk.draft(body.content(desk.snapshot), asker.user_id, datetime.now(UTC), answer_id)
        audited(state, asker, "draft", answer_id, *made.editions)
        return _whole(desk, answer_id)


@router.post("/{answer_id}/approve", responses=problems(403, 404, 409, 503))
def approve(state: CurrentState, asker: PolicyAsker, answer_id: AnswerId) -> AnswerResponse:
    """Makes the draft live; whoever drafted it cannot (403)."""
    with answers_of(state, asker) as desk:
        live = desk.approve(answer_id, asker.user_id, datetime.now(UTC))
        audited(state, asker, "approve", answer_id, *live.editions)
        return _whole(desk, answer_id)


@router.post("/{answer_id}/withdraw", responses=problems(404, 409, 503))
def withdraw(state: CurrentState, asker: PolicyAsker, answer_id: AnswerId, body: WithdrawRequest) -> AnswerResponse:
    """Takes a live answer back, with a reason."""
    with answers_of(state, asker) as desk:
        desk.withdraw(answer_id, body.reason, asker.user_id, datetime.now(UTC))
        audited(state, asker, "withdraw", answer_id)
        return _whole(desk, answer_id)


@router.post("/{answer_id}/undo", responses=problems(404, 409, 503))
def undo(state: CurrentState, asker: PolicyAsker, answer_id: AnswerId) -> AnswerResponse:
    """Undoes the last draft, approval or withdrawal of an answer."""
    with answers_of(state, asker) as desk:
        desk.undo(answer_id, asker.user_id, datetime.now(UTC))
        audited(state, asker, "undo", answer_id)
        return _whole(desk, answer_id)


def _whole(desk: ApprovedDesk, answer_id: str) -> AnswerResponse:
    return AnswerResponse.of_all(desk.answer(answer_id), desk.events(answer_id))
