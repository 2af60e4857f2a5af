"""The form in which an approved answer is written; every step sends the whole form, so that it works without script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from assistant.answering.approved.units import unit_at
from assistant.errors import UsageError
from assistant.model import EditionId, Hit, Passage, Span
from assistant.model.approved import ApprovedContent, QuotedUnit
from assistant.ports import Snapshot

_REFERENCE = re.compile(r"(?P<edition>[^~]{1,200})~(?P<spans>\d+-\d+(?:,\d+-\d+)*)")
Short = Annotated[str, Field(max_length=300)]
Reference = Annotated[str, Field(max_length=2000)]


class EditorForm(BaseModel):
    """The fields of the editor."""

    model_config = ConfigDict(extra="ignore")

    answer_id: Annotated[str, Field(max_length=100)] = ""
    """"" for a new answer."""
    wordings: Annotated[str, Field(max_length=30_000)] = ""
    """A question a line."""
    own_words: Annotated[str, Field(max_length=1000)] = ""
    audience: Short = ""
    area: Short = ""
    owner: Short = ""
    review_by: Annotated[str, Field(max_length=10)] = ""
    unit: Annotated[list[Reference], Field(max_length=50)] = []
    """References of the quoted units, in order."""
    pick: Annotated[list[Reference], Field(max_length=200)] = []
    """References of what is ticked among the passages found."""
    find: Annotated[str, Field(max_length=1000)] = ""
    act: Annotated[str, Field(max_length=40)] = ""
    """find, add, remove:N, up:N, down:N, preview or save."""

    def references(self) -> list[str]:
        """Returns the references of the units after what the form asks to do with them."""
        references = list(self.unit)
        act, _, place = self.act.partition(":")
        at = int(place) if place.isdecimal() else -1
        if act == "add":
            references += [each for each in self.pick if each not in references]
        elif 0 <= at < len(references):
            if act == "remove":
                del references[at]
            elif act == "up" and at > 0:
                references[at - 1 : at + 1] = references[at], references[at - 1]
            elif act == "down":
                references[at : at + 2] = reversed(references[at : at + 2])
        return references

    def content(self, units: Sequence[QuotedUnit]) -> ApprovedContent:
        """Returns the content with some units. Raises ``UsageError`` for a day that is none."""
        try:
            review_by = date.fromisoformat(self.review_by) if self.review_by else None
        except ValueError as error:
            raise UsageError("Write the review day as YYYY-MM-DD, such as 2027-05-01.") from error
        wordings = tuple(self.wordings.splitlines())
        return ApprovedContent(wordings, tuple(units), self.own_words, self.audience, self.area, self.owner, review_by)

    @classmethod
    def of(cls, content: ApprovedContent, units: Sequence[QuotedUnit], answer_id: str) -> EditorForm:
        """Returns the form filled in with a content."""
        return cls(
            answer_id=answer_id, wordings="\n".join(content.wordings), own_words=content.own_words,
            audience=content.audience, area=content.area, owner=content.owner,
            review_by=content.review_by.isoformat() if content.review_by else "", unit=[reference_of(e) for e in units],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pickable:
    """A passage that was found, with what of it can be ticked."""

    hit: Hit
    whole: str
    """Reference of the whole passage."""
    sentences: tuple[tuple[str, str], ...] = field(default=())
    """Reference and words of each sentence with its lead-ins; () where there is one only."""


def reference_of(unit: QuotedUnit) -> str:
    """Returns the reference of a unit."""
    return reference(unit.edition_id, unit.parts)


def reference(edition_id: str, parts: Sequence[Span]) -> str:
    """Returns the reference of some stretches of an edition."""
    return f"{edition_id}~{','.join(f'{part.start}-{part.end}' for part in parts)}"


def unit_of(text: str, snapshot: Snapshot) -> QuotedUnit:
    """Returns the unit of a reference. Raises ``UsageError`` where it is none or cannot be quoted."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise UsageError("A quoted passage cannot be read. Pick it again.")
    spans = tuple(Span(*map(int, each.split("-"))) for each in match["spans"].split(","))
    return unit_at(EditionId(match["edition"]), spans, snapshot)


def pickable(hit: Hit, snapshot: Snapshot) -> Pickable:
    """Returns a passage with what of it can be ticked."""
    passage = hit.passage
    text = snapshot.text(passage.edition_id)
    whole = reference(passage.edition_id, (passage.span,))
    return Pickable(hit, whole, _sentences(passage, text) if len(passage.sentences) > 1 else ())


def _sentences(passage: Passage, text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for each in passage.sentences:
        parts = (*each.lead_ins, each.span)
        words = " ".join(" ".join(text[part.start : part.end].split()) for part in parts)
        found.append((reference(passage.edition_id, parts), words))
    return tuple(found)
