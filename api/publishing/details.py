"""The details of a document on the publishing pages: what somebody filled in, else what the document proposes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Form

from assistant.model import Edition, Kind, Layer
from assistant.model import Form as EditionForm
from assistant.model.proposal import Proposal
from assistant.ports import Preview

Line = Annotated[str, Form(max_length=300)]
Word = Annotated[str, Form(max_length=40)]
LONG = 2000


@dataclass(frozen=True, slots=True)
class Detail:
    """One field of the form."""

    name: str
    label: str
    value: str
    hint: str = ""
    read_from: str = ""
    """Where a value that nobody filled in was read; "" for one that somebody did."""
    is_sure: bool = True
    choices: tuple[str, ...] = ()
    input_type: str = "text"
    options: tuple[tuple[str, str], ...] = ()
    """Values to choose from with their labels, where these come from the library."""


def fields_of(
    title: Line = "",
    work: Line = "",
    kind: Word = "",
    form: Word = "",
    publisher: Line = "",
    area: Line = "",
    audience: Line = "",
    layer: Word = "",
    published: Word = "",
    in_force_from: Word = "",
    review_by: Word = "",
    supersedes: Line = "",
    source_url: Annotated[str, Form(max_length=LONG)] = "",
    groups: Annotated[str, Form(max_length=LONG)] = "",
) -> dict[str, str]:
    """Returns the details that a form was sent with, by their names in the catalogue."""
    return {name: str(text).strip() for name, text in locals().items()}


GROUPS = "Separated by commas, such as designated-leads, role:policy. Nobody else can find the document."
REPLACES = "supersedes"
_FIELDS = (
    ("title", "Title", "As on its cover, with the year", ""),
    ("work", "Work", "One short name for all editions of this document, such as working-together", ""),
    ("kind", "Kind", "", "kinds"),
    ("form", "Form", "", "forms"),
    ("publisher", "Publisher", "", ""),
    ("layer", "Layer (optional)", "", "layers"),
    ("area", "Area (optional)", "Of a local document, such as Aldmoor; left to publisher and title if empty", ""),
    ("audience", "Audience (optional)", "Whom it is written for, such as schools and colleges", ""),
    ("published", "Published (optional)", "", "date"),
    ("in_force_from", "In force from (optional)", "", "date"),
    ("review_by", "Review by (optional)", "", "date"),
    (
        "supersedes",
        "Replaces (optional)",
        "The edition of the library that leaves the answers once this one is in force",
        "editions",
    ),
    ("source_url", "Official address (optional)", "", "url"),
    ("groups", "Only for these groups (optional)", GROUPS, ""),
)
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kinds": tuple(each.value for each in Kind),
    "forms": tuple(each.value for each in EditionForm),
    "layers": ("", *(each.value for each in Layer)),
}


def details_of(
    preview: Preview | None, typed: Mapping[str, str] | None = None, editions: Iterable[Edition] = ()
) -> tuple[Detail, ...]:
    """Returns the fields of the form, in its order.

    Args:
        preview: A staged document; None before one is uploaded.
        typed: What was sent and could not be used, which is shown again.
        editions: Those that it may replace: of the library, as far as the reader sees it.
    """
    own = preview.edition.edition_id if preview else None
    others = [each for each in editions if each.edition_id != own]
    proposed = {each.field: each for each in preview.proposals if each.is_likely} if preview else {}
    given = given_of(preview) if preview else {}
    details = (_detail(field, typed, given, proposed.get(field[0])) for field in _FIELDS)
    return tuple(
        replace(each, options=_options(each.value, others)) if each.name == REPLACES else each for each in details
    )


def _options(value: str, editions: Iterable[Edition]) -> tuple[tuple[str, str], ...]:
    """Returns the editions to choose from, by title; one that is set and not in the library stays as it is."""
    named = {str(each.edition_id): f"{each.title} ({each.edition_id})" for each in editions}
    options = sorted(named.items(), key=lambda each: (each[1].lower(), each[0]))
    missing = [(value, f"{value} (not in the library)")] if value and value not in named else []
    return (("", "Nothing"), *missing, *options)


def given_of(preview: Preview) -> dict[str, str]:
    """Returns the details that somebody filled in of a staged document, as text."""
    return {name: _text(preview.edition, name) for name, *_ in _FIELDS if name in preview.given}


def _text(edition: Edition, name: str) -> str:
    value = getattr(edition, name)
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _detail(
    field: tuple[str, str, str, str],
    typed: Mapping[str, str] | None,
    given: Mapping[str, str],
    proposal: Proposal | None,
) -> Detail:
    name, label, hint, what = field
    choices, kind = _CHOICES.get(what, ()), what if what in ("date", "url") else "text"
    if typed is not None or name in given or proposal is None:
        value = typed.get(name, "") if typed is not None else given.get(name, "")
        return Detail(name, label, value, hint, "", True, choices, kind)
    return Detail(name, label, proposal.value, hint, _read_from(proposal), proposal.is_sure, choices, kind)


def _read_from(proposal: Proposal) -> str:
    words = f", “{proposal.words}”" if proposal.words and proposal.words != proposal.value else ""
    return f"Read from: {proposal.where}{words}"
