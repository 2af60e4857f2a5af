"""Approved answers as a file: exported from one library, imported into another as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answering.approved.units import digest_of, found_again
from assistant.errors import UsageError
from assistant.model import EditionId, PassageId, Span
from assistant.model.approved import ApprovedContent, QuotedUnit, UnitFault
from assistant.operations.approved.desk import AnswerView, ApprovedDesk
from assistant.ports import Snapshot

MOST_ANSWERS = 2000
Words = Annotated[str, Field(max_length=20_000)]


class UnitFile(BaseModel):
    """A quoted unit: the words of each part, and where they stood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition_id: Annotated[str, Field(min_length=1, max_length=200)]
    title: Annotated[str, Field(max_length=1000)] = ""
    quotes: Annotated[tuple[Words, ...], Field(min_length=1, max_length=50)]
    spans: Annotated[tuple[tuple[int, int], ...], Field(min_length=1, max_length=50)]
    """Start and end of each part in the edition's text, in code points."""
    under: Annotated[tuple[Words, ...], Field(max_length=10)] = ()
    """Headings above it that turn its words round."""


class AnswerFile(BaseModel):
    """An approved answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    wordings: Annotated[tuple[Annotated[str, Field(max_length=500)], ...], Field(min_length=1, max_length=50)]
    units: Annotated[tuple[UnitFile, ...], Field(min_length=1, max_length=20)]
    own_words: Annotated[str, Field(max_length=300)] = ""
    audience: Annotated[str, Field(max_length=200)] = ""
    area: Annotated[str, Field(max_length=200)] = ""
    owner: Annotated[str, Field(max_length=200)]
    review_by: date | None = None
    state: Literal["live", "draft"] = "draft"
    """What it was where it was exported; whatever is imported is a draft."""


class AnswersFile(BaseModel):
    """A file of approved answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["approved-answers-1"] = "approved-answers-1"
    answers: Annotated[tuple[AnswerFile, ...], Field(max_length=MOST_ANSWERS)]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did."""

    drafted: tuple[str, ...]
    """Ids of the drafts."""
    refused: tuple[tuple[int, str], ...]
    """Number of each answer in the file, from 1, that was not imported, and why."""


def file_schema() -> dict[str, Any]:
    """Returns the schema (JSON Schema 2020-12) of the file."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **AnswersFile.model_json_schema()}


def exported(views: Sequence[AnswerView]) -> AnswersFile:
    """Returns the live version of each answer, else its draft; answers that are neither are left out."""
    shown = [(each, each.live or each.draft) for each in views]
    return AnswersFile(
        answers=tuple(_file(version.content, view.live is not None) for view, version in shown if version is not None)
    )


def _file(content: ApprovedContent, is_live: bool) -> AnswerFile:
    units = tuple(
        UnitFile(
            edition_id=each.edition_id, title=each.title, quotes=each.quotes,
            spans=tuple((part.start, part.end) for part in each.parts), under=each.turning,
        )
        for each in content.units
    )  # fmt: skip
    return AnswerFile(
        wordings=content.wordings, units=units, own_words=content.own_words, audience=content.audience, area=content.area,
        owner=content.owner, review_by=content.review_by, state="live" if is_live else "draft",
    )  # fmt: skip


def read_file(text: str | bytes) -> AnswersFile:
    """Returns the answers of a file. Raises ``UsageError`` that names what is wrong with it."""
    try:
        return AnswersFile.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise UsageError(
            f"{place}: {first['msg']}. `assistant approved schema` prints what the file has to be."
        ) from error


def imported(file: AnswersFile, desk: ApprovedDesk, by: str, now: datetime) -> Imported:
    """Returns what an import did: each answer whose every quote stands in this library is a draft now."""
    drafted, refused = [], []
    for number, each in enumerate(file.answers, start=1):
        try:
            drafted.append(desk.draft(_content(each, desk.snapshot), by, now).answer_id)
        except UsageError as error:
            refused.append((number, str(error)))
    return Imported(tuple(drafted), tuple(refused))


def _content(answer: AnswerFile, snapshot: Snapshot) -> ApprovedContent:
    units = tuple(_unit(each, snapshot) for each in answer.units)
    return ApprovedContent(
        answer.wordings, units, answer.own_words, answer.audience, answer.area, answer.owner, answer.review_by
    )


def _unit(stored: UnitFile, snapshot: Snapshot) -> QuotedUnit:
    if len(stored.quotes) != len(stored.spans):
        raise UsageError("A unit has not as many spans as quotes.")
    unit = QuotedUnit(
        EditionId(stored.edition_id), PassageId(""), tuple(Span(*each) for each in stored.spans), stored.quotes,
        digest_of(stored.quotes), stored.under, stored.title,
    )  # fmt: skip
    found = found_again(unit, snapshot)
    if isinstance(found, UnitFault):
        raise UsageError(f"Words that it quotes of “{stored.title or stored.edition_id}” do not stand in this library.")
    return found
