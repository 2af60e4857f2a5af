"""``assistant approved``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import AsJson, Data, SettingsFile, assistant_of

if TYPE_CHECKING:
    from assistant.bootstrap import Assistant
    from assistant.model.approved import QuotedUnit
    from assistant.operations.approved.desk import AnswerView, ApprovedDesk

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Keeps the partnership's own answers: verbatim passages that a second person approved.

    Examples:

      assistant approved draft "How long may an assessment take?" --passage ID --owner "Policy team" --review-by 2027-05-01 --by anna

      assistant approved approve ID --by ben

      assistant approved list --which needs_you""",
)
OwnWords = Annotated[str, typer.Option("--own-words", metavar="TEXT", help="One sentence before the quotes.")]
Audience = Annotated[str, typer.Option("--audience", metavar="TEXT", help="Whom it is for; everybody unless given.")]
Area = Annotated[str, typer.Option("--area", metavar="TEXT", help="Where it holds; everywhere unless given.")]
Answer = Annotated[str, typer.Option("--answer", metavar="ID", help="Draft a new version of this answer.")]
Owner = Annotated[str, typer.Option("--owner", metavar="NAME", help="Who looks after it, such as Policy team.")]
ReviewBy = Annotated[
    datetime, typer.Option("--review-by", formats=["%Y-%m-%d"], metavar="DATE", help="Day of its review.")
]
Passages = Annotated[
    list[str],
    typer.Option(
        "--passage", metavar="ID", help="Passage to quote, as `assistant search --json` gives it; may be repeated."
    ),
]
Questions = Annotated[
    list[str], typer.Argument(metavar="QUESTION...", help="Questions that it answers, each in quotes.")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="Id of the answer, as the list shows it.")]
By = Annotated[str, typer.Option("--by", metavar="NAME", help="Who does it; who drafted an answer cannot approve it.")]
WhichOf = Annotated[str, typer.Option("--which", metavar="WHICH", help="all, live, draft, needs_you or review_due.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A file of approved answers (JSON).")]


@contextmanager
def _desk(data: Path | None, settings: Path | None) -> Iterator[tuple[Assistant, ApprovedDesk]]:
    assistant = assistant_of(data, settings)
    assistant.settle_approved()
    with assistant.opened() as snapshot:
        yield assistant, assistant.approved_desk(snapshot)


@app.command("list")
def listing(which: WhichOf = "all", as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists approved answers, by their first question.

    Example:

      assistant approved list --which live
    """
    from assistant.errors import UsageError

    kinds = ("all", "live", "draft", "needs_you", "review_due")
    if which not in kinds:
        raise UsageError(f"--which is one of {', '.join(kinds)}.")
    with _desk(data, settings) as (_, desk):
        views = desk.answers(which)  # type: ignore[arg-type]
    if as_json:
        print(json.dumps([_object(each) for each in views], ensure_ascii=False, indent=2))
        return
    for each in views:
        shown = each.shown
        marks = [name for name, is_so in (("needs you", each.needs_you), ("review due", each.is_review_due)) if is_so]
        state = ", ".join([shown.state.value, *marks])
        print(f"{each.answer_id}  {state:<10} {shown.content.wordings[0]}")
        for text in (shown.reason if each.needs_you else "", *each.conflicts):
            if text:
                print(f"    {text}")
    if not views:
        print("none")


@app.command("show")
def show(answer: Id, data: Data = None, settings: SettingsFile = None) -> None:
    """Shows an answer as an asker sees it, with its questions and history.

    Example:

      assistant approved show 5b0c7e7d4f3a4c1f9d0e2a6b8c1d3e5f
    """
    from assistant.errors import UsageError
    from assistant.operations.approved.preview import preview_of

    with _desk(data, settings) as (_, desk):
        view = desk.answer(answer)
        for wording in view.shown.content.wordings:
            print(f"? {wording}")
        print(f"{view.shown.state.value}, version {view.shown.version}, review by {view.shown.content.review_by}")
        for unit, fault in zip(view.shown.content.units, view.faults, strict=True):
            print(f"\n{unit.title}{f' ({fault.value})' if fault else ''}\n{unit.text}")
        if not any(view.faults):
            try:
                for notice in preview_of(view.shown.content, desk.snapshot, desk.today).notices:
                    print(f"\nNote: {notice.text}")
            except UsageError as error:
                print(f"\n{error}")
        print()
        for event in desk.events(answer):
            who = f" by {event.by}" if event.by else ""
            print(f"{event.at.date()} {event.act}, version {event.version}{who} {event.note}".rstrip())


@app.command("draft")
def draft(
    question: Questions,
    passage: Passages,
    owner: Owner,
    review_by: ReviewBy,
    by: By,
    own_words: OwnWords = "",
    audience: Audience = "",
    area: Area = "",
    answer: Answer = "",
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Drafts an approved answer of whole passages; a second person has to approve it before it is given.

    Example:

      assistant approved draft "How long may an assessment take?" --passage ID --owner "Policy team" --review-by 2027-05-01 --by anna
    """
    from assistant.model.approved import ApprovedContent

    with _desk(data, settings) as (assistant, desk):
        units, day = _units(passage, desk), review_by.date()
        content = ApprovedContent(tuple(question), units, own_words, audience, area, owner, day)
        made = desk.draft(content, by, datetime.now(UTC), answer)
        _audit(assistant, by, "draft", made.answer_id)
    print(made.answer_id)
    print(
        f"version {made.version} is a draft; a second person: assistant approved approve {made.answer_id}",
        file=sys.stderr,
    )


def _units(passages: list[str], desk: ApprovedDesk) -> tuple[QuotedUnit, ...]:
    from assistant.answering.approved.units import unit_at
    from assistant.errors import UsageError
    from assistant.model import PassageId

    found = desk.snapshot.passages([PassageId(each) for each in passages])
    if len(found) < len(passages):
        raise UsageError("One of the passages is not in the library. `assistant search --json` gives their ids.")
    return tuple(unit_at(each.edition_id, (each.span,), desk.snapshot) for each in found)


@app.command("approve")
def approve(answer: Id, by: By, data: Data = None, settings: SettingsFile = None) -> None:
    """Makes the draft of an answer live; whoever drafted it cannot.

    Example:

      assistant approved approve 5b0c7e7d4f3a4c1f9d0e2a6b8c1d3e5f --by ben
    """
    _done(data, settings, by, "approve", answer, lambda desk: desk.approve(answer, by, datetime.now(UTC)))


@app.command("withdraw")
def withdraw(
    answer: Id,
    by: By,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Takes a live answer back.

    Example:

      assistant approved withdraw 5b0c7e7d4f3a4c1f9d0e2a6b8c1d3e5f --by ben --reason "Under discussion."
    """
    _done(data, settings, by, "withdraw", answer, lambda desk: desk.withdraw(answer, reason, by, datetime.now(UTC)))


@app.command("undo")
def undo(answer: Id, by: By, data: Data = None, settings: SettingsFile = None) -> None:
    """Undoes the last draft, approval or withdrawal of an answer.

    Example:

      assistant approved undo 5b0c7e7d4f3a4c1f9d0e2a6b8c1d3e5f --by ben
    """
    _done(data, settings, by, "undo", answer, lambda desk: desk.undo(answer, by, datetime.now(UTC)))


@app.command("export")
def export(data: Data = None, settings: SettingsFile = None) -> None:
    """Prints the approved answers as a file that `import` reads.

    Example:

      assistant approved export > approved-answers.json
    """
    from assistant.operations.approved.exchange import exported

    with _desk(data, settings) as (_, desk):
        print(exported(desk.answers()).model_dump_json(indent=2))


@app.command("import")
def import_file(file: File, by: By, data: Data = None, settings: SettingsFile = None) -> int:
    """Imports the answers of a file as drafts, each whose every quote stands in this library.

    Exit codes: 0 all imported, 1 some were not.

    Example:

      assistant approved import approved-answers.json --by anna
    """
    from assistant.errors import UsageError
    from assistant.operations.approved.exchange import imported, read_file

    try:
        text = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: it cannot be read ({error.strerror}). Name a file of approved answers.") from error
    with _desk(data, settings) as (assistant, desk):
        result = imported(read_file(text), desk, by, datetime.now(UTC))
        _audit(assistant, by, "import", f"{len(result.drafted)} answers")
    print(f"{len(result.drafted)} answers were imported as drafts")
    for number, why in result.refused:
        print(f"answer {number} was not: {why}", file=sys.stderr)
    return 1 if result.refused else 0


@app.command("schema")
def schema() -> None:
    """Prints the JSON Schema of the file of approved answers.

    Example:

      assistant approved schema
    """
    from assistant.operations.approved.exchange import file_schema

    print(json.dumps(file_schema(), indent=2))


@app.command("needs-you")
def needed(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Prints how many answers and blocks need the policy team, and their ids.

    Example:

      assistant approved needs-you --json
    """
    from dataclasses import asdict

    from assistant.operations.approved.needs_you import needs_you

    with _desk(data, settings) as (assistant, desk):
        found = needs_you(desk, assistant.block_desk(desk.snapshot))
    if as_json:
        print(json.dumps({"count": found.count, **asdict(found)}, indent=2))
        return
    print(f"{found.count} need you")
    for name, ids in asdict(found).items():
        print(f"{name.replace('_', ' ')}: {', '.join(ids) or 'none'}")


@app.command("blocks")
def blocks(as_json: AsJson = False, data: Data = None, settings: SettingsFile = None) -> None:
    """Lists what is kept from answering a topic.

    Example:

      assistant approved blocks
    """
    with _desk(data, settings) as (assistant, desk):
        views = assistant.block_desk(desk.snapshot).blocks()
    if as_json:
        rows = [
            {
                "block_id": each.block.block_id, "part": each.block.part.value, "title": each.block.title,
                "topics": list(each.block.topics), "reason": each.block.reason, "passages": each.passages,
            }
            for each in views
        ]  # fmt: skip
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for each in views:
        gone = ", no longer applies" if each.no_longer_applies else ""
        print(
            f"{each.block.block_id}  {each.block.part.value} of {each.block.title}{gone}: {'; '.join(each.block.topics)}"
        )
    if not views:
        print("none")


@app.command("block")
def block(
    passage: Annotated[
        str, typer.Argument(metavar="PASSAGE", help="Passage id, as `assistant search --json` gives it.")
    ],
    topic: Annotated[
        list[str],
        typer.Option("--topic", metavar="QUESTION", help="Question that it must not answer; may be repeated."),
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why.")],
    by: By,
    part: Annotated[str, typer.Option("--part", metavar="PART", help="passage, section or document.")] = "passage",
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Keeps a passage, its section or its document from answering a topic; search still finds it.

    Example:

      assistant approved block ID --topic "How do I make a referral?" --reason "It is about housing." --by anna
    """
    from assistant.errors import UsageError
    from assistant.model import PassageId
    from assistant.model.approved import BlockedPart

    if part not in [*BlockedPart]:
        raise UsageError(f"--part is one of {', '.join(BlockedPart)}.")
    with _desk(data, settings) as (assistant, desk):
        made = assistant.block_desk(desk.snapshot).set(
            PassageId(passage), BlockedPart(part), topic, reason, by, datetime.now(UTC)
        )
        _audit(assistant, by, "block", made.block_id)
    print(made.block_id)


@app.command("lift")
def lift(
    block: Annotated[str, typer.Argument(metavar="ID", help="Id of the block.")],
    by: By,
    data: Data = None,
    settings: SettingsFile = None,
) -> None:
    """Lifts a block; one that was lifted is set again.

    Example:

      assistant approved lift 0c9f8e7d6b5a4c3d2e1f0a9b8c7d6e5f --by anna
    """
    with _desk(data, settings) as (assistant, desk):
        changed = assistant.block_desk(desk.snapshot).lift(block, by, datetime.now(UTC))
        _audit(assistant, by, "lift", block)
    print("set again" if changed.is_set else "lifted")


def _done(
    data: Path | None, settings: Path | None, by: str, act: str, answer: str, do: Callable[[ApprovedDesk], object]
) -> None:
    with _desk(data, settings) as (assistant, desk):
        do(desk)
        _audit(assistant, by, act, answer)
        view = desk.answer(answer)
    print(f"{answer}: {view.shown.state.value}, version {view.shown.version}")


def _audit(assistant: Assistant, by: str, act: str, what: str) -> None:
    from assistant.model.people import AuditLine

    assistant.access_store.audit(AuditLine(datetime.now(UTC), by, f"approved_{act}", what))


def _object(view: AnswerView) -> dict[str, object]:
    shown = view.shown
    return {
        "answer_id": view.answer_id,
        "state": shown.state.value,
        "version": shown.version,
        "wordings": list(shown.content.wordings),
        "owner": shown.content.owner,
        "review_by": shown.content.review_by.isoformat() if shown.content.review_by else None,
        "needs_you": view.needs_you,
        "is_review_due": view.is_review_due,
        "reason": shown.reason,
        "conflicts": list(view.conflicts),
    }
