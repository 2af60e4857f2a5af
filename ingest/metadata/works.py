"""Which documents look like editions of one work: the same title but for year, version and draft."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.model import Form
from assistant.model.proposal import LIKELY, Proposal
from assistant.text.calendar_words import MONTH

_YEARS = re.compile(r"\b(?:(?:19|20)\d\d)(?:\s?(?:[-–/]|to)\s?(?:20)?\d\d)?\b")
_MARKS = re.compile(
    r"^(?:executive )?summary of (?:the )?|\b(?:version|edition|issue|revision)\s*[\d.]*\b|\bv\s?\d[\d.]*"
    r"|\b(?:draft|final|revised|updated|new|refreshed|interim|second|third|fourth|fifth)\b",
    re.IGNORECASE,
)
_MONTHS = re.compile(rf"\b{MONTH}\b(?=\s*(?:(?:19|20)\d\d|$))", re.IGNORECASE)
_SERIES = re.compile(
    r"\b(?:no\.?|number|issue|briefing|volume|vol\.?|part|annex|appendix|module|chapter|section)\s*(\d+|[a-z])\b",
    re.IGNORECASE,
)


_OF_ONE_TIME = re.compile(
    r"\b(?:annual report|minutes|agenda|newsletter|bulletin|(?:sub-?)?(?:group|committee)$)", re.IGNORECASE
)
"""Documents of one year, month or meeting: the next one does not replace them."""


@dataclass(frozen=True, slots=True)
class Member:
    """A document that may be an edition of a work."""

    name: str
    """Its edition id."""
    title: str
    publisher: str = ""
    kind: str = ""
    published: date | None = None
    version: tuple[int, ...] = ()
    form: str = Form.OFFICIAL.value
    work: str = ""
    """Where a catalogue says so already."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What an edition has to do with others."""

    work: str
    """Name of an earlier edition whose work this one shares, or its own."""
    replaces: Proposal | None = None


def member_of(name: str, proposals: Sequence[Proposal]) -> Member:
    """Returns a document with what is proposed for it."""
    said = {each.field: each.value for each in proposals if each.confidence >= LIKELY}
    day = said.get("in_force_from") or said.get("published")
    version = tuple(int(each) for each in re.findall(r"\d+", said.get("version", "")))
    title = next((each.value for each in proposals if each.field == "title"), name)
    published = date.fromisoformat(day) if day else None
    form = said.get("form", Form.OFFICIAL.value)
    return Member(name, title, said.get("publisher", ""), said.get("kind", ""), published, version, form)


def work_key(title: str) -> str:
    """Returns the words of a title without years, months, versions and the like; numbers of a series stay."""
    plain = _YEARS.sub(" ", _MONTHS.sub(" ", _MARKS.sub(" ", title)))
    return " ".join(re.findall(r"\w+", plain.lower().replace("’", "").replace("'", "")))


def relations(members: Sequence[Member]) -> Mapping[str, Relation]:
    """Returns, by edition id, the work of each member and which other it is proposed to replace."""
    groups: dict[str, list[Member]] = {}
    for each in members:
        groups.setdefault(work_key(each.title), []).append(each)
    found = {each.name: Relation(each.work or each.name) for each in members}
    for key, group in groups.items():
        if len(group) > 1 and len(key.split()) > 1:
            found.update(_chained([each for each in group if _is_like(each, group[0])]))
    return found


def _is_like(one: Member, other: Member) -> bool:
    """Returns whether two of one title may be editions of one work: no other publisher, no other part of a series."""
    if _OF_ONE_TIME.search(one.title):
        return one is other
    is_by_same = not one.publisher or not other.publisher or one.publisher == other.publisher
    return is_by_same and _SERIES.findall(one.title) == _SERIES.findall(other.title)


def _chained(group: list[Member]) -> Mapping[str, Relation]:
    ordered = sorted(
        group, key=lambda each: (_day(each) or date.min, each.version, each.form != Form.DRAFT.value, each.name)
    )
    work = next((each.work for each in ordered if each.work), ordered[0].name)
    found = {}
    official: Member | None = None
    for member in ordered:
        later = official is not None and member.form == Form.OFFICIAL.value and official.form == Form.OFFICIAL.value
        found[member.name] = Relation(work, _replaces(member, official) if later and official is not None else None)
        official = member if member.form == Form.OFFICIAL.value else official
    return found


def _replaces(later: Member, earlier: Member) -> Proposal | None:
    """Returns the proposal that one replaces the other; surer where both have a date, or a year in their titles."""
    one, other = _day(earlier), _day(later)
    if one is not None and other is not None and one < other:
        said = (one, other) if one.year == other.year else (one.year, other.year)
        sure = 0.85 if earlier.publisher and earlier.publisher == later.publisher else 0.6
        return Proposal("supersedes", earlier.name, sure, "title and date", f"the same title, {said[0]} and {said[1]}")
    if earlier.version and later.version and earlier.version < later.version:
        words = (
            f"the same title, versions {'.'.join(map(str, earlier.version))} and {'.'.join(map(str, later.version))}"
        )
        return Proposal("supersedes", earlier.name, 0.7, "title and version", words)
    return None


def _day(member: Member) -> date | None:
    years = [int(each) for each in re.findall(r"\b(?:19|20)\d\d\b", member.title)]
    if member.published is not None and (not years or member.published.year in (years[0], years[0] - 1)):
        return member.published
    return date(years[0], 1, 1) if years else member.published
