"""Measures how often answers are right, and signs the scorecard; API and pages use it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any, Literal

from api.audit_log import audit
from api.http.problems import Problem
from api.runs.service import found, listed, reader_groups, start
from api.state import State
from assistant.errors import AssistantError, DocumentError, LibraryError
from assistant.model.people import Asker, Groups, Role
from assistant.model.quality import QuestionSet, Run
from assistant.operations.scorecard import Scorecard
from assistant.ports import Evaluator, LabelledSet, RunProgress
from assistant.quality.labels import as_lines, labelled

MARKED = "marked"
"""Name of the set of questions that the policy team marked."""
MOST_SETS = 50
ENDINGS = (".jsonl", ".yaml", ".yml")
NAMED = 5
SetKind = Literal["marked", "uploaded", "packaged"]


@dataclass(frozen=True, slots=True)
class OfferedSet:
    """A question set that can be chosen."""

    kind: SetKind
    labelled: LabelledSet
    fault: str = ""
    """Why it cannot be run; "" where it can."""


def evaluator_of(state: State) -> Evaluator:
    """Returns what measures. Raises ``Problem`` (404) where nothing that does is composed in."""
    if state.evaluator is None:
        raise Problem(404, "no_evaluator", "This server does not evaluate. Start it with `assistant serve`.")
    return state.evaluator


def marked_questions(state: State, asker: Asker) -> tuple[dict[str, Any], ...]:
    """Returns the marked questions that the asker may see, as rows of a question file."""
    works: dict[str, str] = {}
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            works = {str(each.edition_id): each.work for each in snapshot.editions()}
    except LibraryError:
        pass
    return labelled(state.assistant.quality_store.marked(state.assistant.reader(asker.groups)), works)


def offered_sets(state: State, asker: Asker) -> tuple[OfferedSet, ...]:
    """Returns the question sets that can be chosen: the team's marks, what it uploaded, and those of the program."""
    evaluator = evaluator_of(state)
    marked = as_lines(marked_questions(state, asker)).encode()
    contents: list[tuple[SetKind, str, bytes | None]] = [("marked", MARKED, marked)] if marked else []
    contents += [("uploaded", each.name, each.content) for each in state.assistant.quality_store.sets()]
    contents += [("packaged", name, None) for name in evaluator.packaged()]
    return tuple(_offered(evaluator, *each) for each in contents)


def upload_set(state: State, asker: Asker, filename: str, content: bytes) -> OfferedSet:
    """Returns a question set after it was stored; one of the same name is replaced.

    Raises:
        Problem: There are too many, or documents that answer it are not indexed (422).
        DocumentError: It is no question set; names the question and the fix.
    """
    evaluator, store = evaluator_of(state), state.assistant.quality_store
    name = _name_of(filename)
    read = evaluator.read(name, content)
    if read.missing:
        raise Problem(422, "not_indexed", missing_words(read))
    if not read.is_signable:
        raise Problem(
            422, "usage", "These questions were marked here: they are a set of their own, and go with their records."
        )
    if len(store.sets()) >= MOST_SETS and name not in {each.name for each in store.sets()}:
        raise Problem(422, "usage", f"There are {MOST_SETS} sets, as many as are stored. Remove one first.")
    store.save_set(QuestionSet(name, content, read.questions, asker.user_id, datetime.now(UTC)))
    audit(state, asker, "question_set_uploaded", f"{read.questions} questions")
    return OfferedSet("uploaded", read)


def remove_set(state: State, asker: Asker, name: str) -> None:
    """Removes an uploaded set. Raises ``Problem`` (404) where there is none."""
    if not state.assistant.quality_store.remove_set(name):
        raise Problem(404, "not_found", "There is no uploaded question set of this name.")
    audit(state, asker, "question_set_removed", "")


def start_evaluation(state: State, asker: Asker, name: str) -> Run:
    """Returns a run that measures with a set. Raises ``Problem`` (404, 409, 422, 503), ``AssistantError``."""
    evaluator = evaluator_of(state)
    kind, content = _content_of(state, asker, evaluator, name)
    read = evaluator.read(_file_name(name), content) if content is not None else evaluator.read(name)
    if read.missing:
        raise Problem(422, "not_indexed", missing_words(read))
    groups: Groups = reader_groups(state, asker) if kind == "marked" else ()
    before = _last_grades(state, asker, name)

    def work(progress: RunProgress) -> dict[str, Any]:
        file = _file_name(name) if content is not None else name
        measured = evaluator.evaluate(file, content, progress, before)
        parts = {"facts": measured.facts, "grades": measured.grades, "scorecard": measured.scorecard}
        return _without_words(parts) if kind == "marked" else {**parts, "page": measured.page}

    return start(state, asker, "evaluation", name, name, read.questions, groups, work)


def sign_run(state: State, asker: Asker, run_id: str) -> Scorecard:
    """Returns the scorecard of a run after it was signed: by an admin, or by somebody else than whoever ran it.

    Raises:
        Problem: There is no such run (404), it is not done, nothing may rest on it, or the signer ran it (409, 403).
        UsageError: Documents, models, settings or program changed since.
    """
    run = found(state, asker, "evaluation", run_id)
    why = why_not_signed(run, asker)
    if why:
        raise Problem(403 if run.by == asker.user_id else 409, "not_signable", why)
    card = state.assistant.sign_scorecard(run.report["scorecard"], asker.user_id)
    audit(state, asker, "scorecard_signed", f"{run.run_id} {card.wrong} wrong of {card.asked}")
    return card


def why_not_signed(run: Run, asker: Asker) -> str:
    """Returns why somebody may not sign the scorecard of a run; "" where they may."""
    if run.state != "done":
        return "The run is not complete, so there is nothing to sign."
    if run.subject == MARKED or not run.report["facts"]["is_signable"]:
        return (
            "No scorecard rests on this run: it holds questions that the policy team marked, or some questions ended with a "
            "fault."
        )
    if run.by == asker.user_id and not asker.may(Role.ADMIN):
        return "A second person signs: somebody of the policy team who did not start this run, or an administrator."
    return ""


def missing_words(read: LabelledSet) -> str:
    """Returns in a sentence which documents a set needs and lacks."""
    more = f" and {len(read.missing) - NAMED} more" if len(read.missing) > NAMED else ""
    return (
        f"Documents that answer this set are not indexed for everybody here: {', '.join(read.missing[:NAMED])}{more}. "
        "Its figures would say nothing about this library, so it is not run."
    )


def _without_words(parts: dict[str, Any]) -> dict[str, Any]:
    """Returns what is stored of a run over marked questions: their words go with their records, and a run stays longer."""
    rows = [{**each, "question": ""} for each in parts["facts"]["not_right"]]
    return {**parts, "facts": {**parts["facts"], "not_right": rows}, "page": ""}


def _offered(evaluator: Evaluator, kind: SetKind, name: str, content: bytes | None) -> OfferedSet:
    try:
        read = evaluator.read(_file_name(name) if content is not None else name, content)
    except AssistantError as error:
        return OfferedSet(kind, LabelledSet(name, 0, (), False), str(error))
    read = LabelledSet(name, read.questions, read.missing, read.is_signable)
    return OfferedSet(kind, read, missing_words(read) if read.missing else "")


def _content_of(state: State, asker: Asker, evaluator: Evaluator, name: str) -> tuple[SetKind, bytes | None]:
    if name == MARKED:
        content = as_lines(marked_questions(state, asker)).encode()
        if not content:
            raise Problem(422, "usage", "No question has been marked yet in a way that says what would be right.")
        return "marked", content
    uploaded: Mapping[str, bytes] = {each.name: each.content for each in state.assistant.quality_store.sets()}
    if name in uploaded:
        return "uploaded", uploaded[name]
    if name in evaluator.packaged():
        return "packaged", None
    raise Problem(404, "not_found", "There is no question set of this name. Choose one of the list, or upload one.")


def _last_grades(state: State, asker: Asker, name: str) -> dict[str, Any] | None:
    """Returns the grades of the last complete run of a set that the asker may see, None for the first one."""
    runs = (each for each in listed(state, asker, "evaluation") if each.subject == name and each.state == "done")
    last = next(runs, None)
    return last.report["grades"] if last else None


def _file_name(name: str) -> str:
    return name if PurePath(name).suffix in ENDINGS else f"{name}.jsonl"


def _name_of(filename: str) -> str:
    """Returns the last part of a name as uploaded, of plain characters. Raises ``DocumentError`` for another format."""
    last = PurePath(filename.replace("\\", "/")).name
    plain = re.sub(r"[^\w.-]+", "-", last).strip("-.")[-80:]
    if PurePath(plain).suffix.lower() not in ENDINGS or plain.split(".")[0] == MARKED:
        fix = f"Give a question file that ends with {' or '.join(ENDINGS)}, and is not called {MARKED}"
        raise DocumentError(last[:80] or "file", "this is not taken as a question set", fix)
    return plain
