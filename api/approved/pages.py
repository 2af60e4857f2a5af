"""The pages of approved answers: the list, one answer with its versions, and the editor; none needs script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse

from api.approved.forms import EditorForm, pickable, reference, unit_of
from api.approved.service import PolicyAsker, answers_of, audited
from api.deps import CurrentState
from api.http.problems import Problem
from api.state import State
from api.web.routing import PageRoute
from api.web.templating import render, require_same_origin
from assistant.answering.search import search
from assistant.coverage.edition_diff.word_changes import word_changes
from assistant.editions.status import EditionWithStatus, editions_with_status
from assistant.errors import UsageError
from assistant.model import Question
from assistant.model.approved import ApprovedVersion, QuotedUnit, UnitFault
from assistant.model.people import Asker
from assistant.operations.approved.desk import AnswerView, ApprovedDesk, Checked, Which
from assistant.operations.approved.exchange import exported, imported, read_file
from assistant.operations.approved.new_words import new_words
from assistant.operations.approved.preview import preview_of
from assistant.operations.approved.settle import units_today
from assistant.outcomes.view import ApprovedView

router = APIRouter(route_class=PageRoute)
Id = Annotated[str, Path(max_length=100)]
Done = Annotated[str, Query(max_length=20)]
FOUND = 6
"""Passages that are shown to pick from."""
DONE = {
    "draft": "The draft is saved. A second person of the policy team has to approve it before it is given.",
    "approve": "The answer is live: it comes first for the questions below.",
    "withdraw": "The answer is withdrawn.",
    "undo": "The last change is undone.",
}


@router.get("/approved-answers")
def listing(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    which: Which = "all",
    done: Done = "",
) -> Response:
    """Renders the list with its filters."""
    return _list(request, state, asker, which, done=DONE.get(done, ""))


@router.get("/approved-answers/new")
def new(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    question: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Renders the empty editor; ``question`` is the first question that the answer is for."""
    form = EditorForm(wordings=question, find=question, owner="Policy team")
    return _edit(request, state, asker, form)


@router.post("/approved-answers/edit", dependencies=[Depends(require_same_origin)])
def edit(request: Request, state: CurrentState, asker: PolicyAsker, form: Annotated[EditorForm, Form()]) -> Response:
    """Does what a button of the editor asks for, and renders it again; ``save`` stores the draft."""
    return _edit(request, state, asker, form)


@router.get("/approved-answers/export.json")
def export(state: CurrentState, asker: PolicyAsker) -> Response:
    """Returns the approved answers as a file."""
    with answers_of(state, asker) as desk:
        file = exported(desk.answers())
    audited(state, asker, "export", f"{len(file.answers)} answers")
    headers = {"Content-Disposition": 'attachment; filename="approved-answers.json"'}
    return JSONResponse(file.model_dump(mode="json"), headers=headers)


@router.post("/approved-answers/import", dependencies=[Depends(require_same_origin)])
def import_file(request: Request, state: CurrentState, asker: PolicyAsker, file: UploadFile) -> Response:
    """Imports the answers of a file as drafts."""
    try:
        with answers_of(state, asker) as desk:
            result = imported(read_file(file.file.read()), desk, asker.user_id, datetime.now(UTC))
    except UsageError as error:
        return _list(request, state, asker, "all", error=str(error), status=422)
    audited(state, asker, "import", f"{len(result.drafted)} answers")
    refused = [f"Number {number} was not imported: {why}" for number, why in result.refused]
    return _list(
        request, state, asker, "draft", done=f"{len(result.drafted)} answers were imported as drafts.", refused=refused
    )


@router.get("/approved-answers/{answer}")
def one(request: Request, state: CurrentState, asker: PolicyAsker, answer: Id, done: Done = "") -> Response:
    """Renders an answer as the asker sees it, with its versions and what can be done."""
    return _one(request, state, asker, answer, done=DONE.get(done, ""))


@router.get("/approved-answers/{answer}/edit")
def edit_one(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    answer: Id,
    version: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """Renders the editor with an answer, or with one of its earlier versions."""
    with answers_of(state, asker) as desk:
        view = desk.answer(answer)
        shown = next((each for each in view.versions if each.version == version), view.shown)
        found = units_today(shown, desk.snapshot, desk.today)
        held = [each for each in found if isinstance(each, QuotedUnit)]
        form = EditorForm.of(shown.content, held, answer)
    return _edit(request, state, asker, form, shown)


@router.post("/approved-answers/{answer}/approve", dependencies=[Depends(require_same_origin)])
def approve(request: Request, state: CurrentState, asker: PolicyAsker, answer: Id) -> Response:
    """Makes the draft live."""
    return _act(request, state, asker, answer, "approve")


@router.post("/approved-answers/{answer}/withdraw", dependencies=[Depends(require_same_origin)])
def withdraw(
    request: Request,
    state: CurrentState,
    asker: PolicyAsker,
    answer: Id,
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Takes a live answer back."""
    return _act(request, state, asker, answer, "withdraw", reason)


@router.post("/approved-answers/{answer}/undo", dependencies=[Depends(require_same_origin)])
def undo(request: Request, state: CurrentState, asker: PolicyAsker, answer: Id) -> Response:
    """Undoes the last change."""
    return _act(request, state, asker, answer, "undo")


def _act(request: Request, state: State, asker: Asker, answer: str, act: str, reason: str = "") -> Response:
    now = datetime.now(UTC)
    try:
        with answers_of(state, asker) as desk:
            if act == "approve":
                desk.approve(answer, asker.user_id, now)
            elif act == "withdraw":
                desk.withdraw(answer, reason, asker.user_id, now)
            else:
                desk.undo(answer, asker.user_id, now)
    except UsageError as error:
        return _one(request, state, asker, answer, error=str(error), status=422)
    except Problem as error:
        if error.status == 404:
            raise
        return _one(request, state, asker, answer, error=error.detail, status=error.status)
    audited(state, asker, act, answer)
    return RedirectResponse(f"/approved-answers/{answer}?done={act}", 303)


def _list(
    request: Request,
    state: State,
    asker: Asker,
    which: Which,
    done: str = "",
    error: str = "",
    refused: Sequence[str] = (),
    status: int = 200,
) -> Response:
    with answers_of(state, asker) as desk:
        every = desk.answers()
        blocks = state.assistant.block_desk(desk.snapshot, asker.groups).blocks()
    counts = {
        name: len([each for each in every if _is(each, name)]) for name in ("live", "draft", "needs_you", "review_due")
    }
    shown = [each for each in every if which == "all" or _is(each, which)]
    gone = [each for each in blocks if each.no_longer_applies]
    context: dict[str, Any] = {"answers": shown, "which": which, "counts": counts, "every": len(every), "gone": gone}
    context |= {"done": done, "error": error, "refused": refused}
    return render(request, "approved.html", asker, status, **context)


def _is(view: AnswerView, which: str) -> bool:
    return {
        "live": view.live is not None,
        "draft": view.draft is not None,
        "needs_you": view.needs_you,
        "review_due": view.is_review_due,
    }[which]


def _one(
    request: Request, state: State, asker: Asker, answer: str, done: str = "", error: str = "", status: int = 200
) -> Response:
    with answers_of(state, asker) as desk:
        view = desk.answer(answer)
        shown = _shown(view.shown, view, desk)
        changed = [each for each in shown["units"] if each["fault"]]
        editions = _editions(desk)
        events = desk.events(answer)
    may_approve = view.draft is not None and view.draft.drafted_by != asker.user_id
    context = {"view": view, "events": events, "changed": changed, "editions": editions, "may_approve": may_approve}
    return render(request, "approved_one.html", asker, status, done=done, error=error, **context, **shown)


def _editions(desk: ApprovedDesk) -> dict[str, EditionWithStatus]:
    """Returns the editions with their status today, as sources are shown."""
    rows = editions_with_status(desk.snapshot.editions(), desk.snapshot.known(), desk.today)
    return {str(each.edition.edition_id): each for each in rows}


def _shown(version: ApprovedVersion, view: AnswerView, desk: ApprovedDesk) -> dict[str, Any]:
    """Returns the preview of a version, None where a unit does not hold, and its units with the words of today."""
    found = units_today(version, desk.snapshot, desk.today)
    units = [
        _with_new_words(unit, each if isinstance(each, UnitFault) else None, desk)
        for unit, each in zip(version.content.units, found, strict=True)
    ]
    if any(each["fault"] for each in units):
        return {"preview": None, "units": units}
    return {"preview": ApprovedView.of(preview_of(version.content, desk.snapshot, desk.today)), "units": units}


def _with_new_words(unit: QuotedUnit, fault: UnitFault | None, desk: ApprovedDesk) -> dict[str, Any]:
    new = new_words(unit, desk.snapshot, desk.today) if fault else None
    return {
        "unit": unit,
        "fault": fault,
        "new": new,
        "changes": word_changes(unit.text, new.text) if new else (),
        "pick": reference(new.edition.edition_id, new.parts) if new else "",
    }


def _edit(
    request: Request, state: State, asker: Asker, form: EditorForm, before: ApprovedVersion | None = None
) -> Response:
    faults: list[str] = []
    with answers_of(state, asker) as desk:
        units = _units(form.references(), desk, faults)
        form = form.model_copy(update={"unit": [reference(each.edition_id, each.parts) for each in units], "pick": []})
        broken = _broken(before, desk) if before else []
        checked = _checked(form, units, desk, faults)
        if form.act == "save" and not checked.faults and not faults:
            made = desk.draft(form.content(units), asker.user_id, datetime.now(UTC), form.answer_id)
            audited(state, asker, "draft", made.answer_id, *made.editions)
            return RedirectResponse(f"/approved-answers/{made.answer_id}?done=draft", 303)
        found = _found(form, state, asker, desk)
        editions = _editions(desk)
    is_judged = form.act in ("save", "preview")
    context: dict[str, Any] = {"form": form, "units": units, "found": found, "editions": editions, "broken": broken}
    context["faults"] = [*faults, *(checked.faults if is_judged else ())]
    context["preview"] = ApprovedView.of(checked.preview) if form.act == "preview" and checked.preview else None
    context["conflicts"] = checked.conflicts
    return render(request, "approved_edit.html", asker, 422 if context["faults"] else 200, **context)


def _broken(version: ApprovedVersion, desk: ApprovedDesk) -> list[dict[str, Any]]:
    found = units_today(version, desk.snapshot, desk.today)
    pairs = zip(version.content.units, found, strict=True)
    return [_with_new_words(unit, each, desk) for unit, each in pairs if isinstance(each, UnitFault)]


def _units(references: Sequence[str], desk: ApprovedDesk, faults: list[str]) -> list[QuotedUnit]:
    units = []
    for each in references:
        try:
            units.append(unit_of(each, desk.snapshot))
        except UsageError as error:
            faults.append(str(error))
    return units


def _checked(form: EditorForm, units: Sequence[QuotedUnit], desk: ApprovedDesk, faults: list[str]) -> Checked:
    try:
        return desk.check(desk.cleaned(form.content(units)))
    except UsageError as error:
        faults.append(str(error))
        return Checked((), None)


def _found(form: EditorForm, state: State, asker: Asker, desk: ApprovedDesk) -> list[Any]:
    if not form.find.strip():
        return []
    question = Question(form.find, groups=asker.groups)
    try:
        hits = search(question, desk.snapshot, state.assistant.resources, FOUND).hits
    except UsageError:
        return []
    return [pickable(each, desk.snapshot) for each in hits if each.passage.is_quotable]
