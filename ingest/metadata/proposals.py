"""Everything that is proposed as metadata of one document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from assistant.model import Form, Kind
from assistant.model.proposal import Proposal
from assistant.text.calendar_words import SHORT_MONTH
from ingest.metadata.dates import propose_dates
from ingest.metadata.kinds import propose_kind
from ingest.metadata.labelled import Fact, facts_of
from ingest.metadata.publishers import propose_area, propose_layer, propose_publisher, publisher_by_letters
from ingest.metadata.titles import propose_title
from ingest.metadata.words import words
from ingest.readers.cover import Cover

_VERSION = re.compile(
    r"\b(?:version|ver|v|issue|revision|rev)[\s.:|]*(?:no\.?|number)?[\s.:|]*(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\b(?![\d/-])"
    rf"(?!\s*{SHORT_MONTH}\b)",
    re.IGNORECASE,
)
_VERSION_LABEL = re.compile(r"(?:document |current |policy )?(?:version|issue|edition)(?: (?:no\.?|number))?")
_DRAFT = re.compile(r"\bdraft\b(?! (?:\w+ )?(?:plan|order|report)s?\b)", re.IGNORECASE)
_SUMMARY = re.compile(
    r"^(?:an? )?(?:executive |easy[- ]read |plain[- ]language )?summary\b|\b(?:executive summary|summary)$",
    re.IGNORECASE,
)
_AUDIENCE_LABEL = re.compile(words("audience"))
_AUDIENCE = re.compile(
    rf"^(?:[\w’' -]{{0,50}}\b{words('written')} )?for (?P<who>{words('readers')}\b.*)$", re.IGNORECASE
)
CEILINGS: Mapping[str, float] = MappingProxyType(
    {**dict.fromkeys(("published", "in_force_from", "review_by"), 0.88), "publisher": 0.76, "area": 0.8}
)
"""Most confidence of a field: what the surest values were right in on files by another hand (``docs/evaluation.md``)."""
FIRST_LINES = 25
SHORT = 80
"""Characters of a line that is no prose."""


def propose(cover: Cover) -> tuple[Proposal, ...]:
    """Returns what is proposed for a document, at most one value a field, in the order of the catalogue."""
    title = propose_title(cover)
    kind = propose_kind(title.value, cover)
    publisher = propose_publisher(cover)
    area = propose_area(title.value, Kind(kind.value), publisher)
    publisher = publisher or publisher_by_letters(cover, area)
    layer = propose_layer(title.value, Kind(kind.value), publisher, area, cover)
    found = (
        title,
        kind,
        publisher,
        *propose_dates(cover),
        _form(title.value, cover),
        area,
        layer,
        _audience(cover),
        _version(cover),
    )
    return tuple(_within(each) for each in found if each is not None)


def _within(proposal: Proposal) -> Proposal:
    """Returns a proposal no surer than its field has earned."""
    return replace(proposal, confidence=min(proposal.confidence, CEILINGS.get(proposal.field, 1.0)))


def _form(title: str, cover: Cover) -> Proposal | None:
    if _SUMMARY.search(title):
        return Proposal("form", Form.SUMMARY.value, 0.85, "title", title)
    head = [each for each in cover.lines if each.page == 1][:FIRST_LINES]
    for text, where, sure in (
        (title, "title", 0.9),
        *((each.text, f"cover, page {each.page}", 0.7) for each in head),
        (cover.name, "file name", 0.7),
    ):
        plain = text.replace("_", " ").replace("-", " ")
        if _DRAFT.search(plain) and len(plain) < 100 and not re.search(r"(?i)final", plain):
            return Proposal("form", Form.DRAFT.value, sure, where, text[:120])
    return None


def _audience(cover: Cover) -> Proposal | None:
    for fact in facts_of(cover):
        if _AUDIENCE_LABEL.fullmatch(fact.label) and 3 < len(fact.value) < 160 and not fact.value.endswith(":"):
            return Proposal("audience", fact.value.strip(" ."), 0.9, f"cover, page {fact.page}", fact.words[:120])
    body = min((each.size for each in cover.lines), default=0.0)
    first = [each for each in cover.lines if each.page == 1 and not each.is_running][:FIRST_LINES]
    lines = [each for each in first if each.size > 1.1 * body or (len(each.text) < SHORT and not each.cells)]
    for place, line in enumerate(lines):
        run = [line.text]
        for other in lines[place + 1 : place + 4]:
            if abs(other.size - line.size) > 0.5 or dates_like(other.text):
                break
            run.append(other.text)
        whole = " ".join(run) if line.size > 12 else line.text
        match = _AUDIENCE.match(whole.strip())
        if match is not None and len(match["who"]) < 120 and not match["who"].rstrip().endswith((".", ",", ";")):
            who = re.split(r"\s[–—]\s| (?:on|about|regarding|when|to) ", match["who"])[0].strip(" .")
            return Proposal("audience", who, 0.75, f"cover, page {line.page}", whole[:120])
    return None


def dates_like(text: str) -> bool:
    """Returns whether a line holds a year, as the date below a subtitle does."""
    return re.search(r"\b(?:19|20)\d\d\b", text) is not None


def _numbered(fact: Fact) -> Proposal | None:
    """Returns the version that a label names; of a table of versions, one a row."""
    if not _VERSION_LABEL.fullmatch(fact.label):
        return None
    number = re.match(r"(?:v|version)?\.?\s*(\d{1,2}(?:\.\d{1,2}){0,2})\b(?![/-]\d)", fact.value.strip(), re.IGNORECASE)
    return Proposal("version", number[1], 0.92, f"cover, page {fact.page}", fact.words[:120]) if number else None


def _version(cover: Cover) -> Proposal | None:
    said = [each for each in (_numbered(fact) for fact in facts_of(cover)) if each is not None]
    if said:
        return max(said, key=lambda each: [int(one) for one in each.value.split(".")])
    for line in cover.lines:
        if match := _VERSION.search(line.text) if len(line.text) < 100 and line.page == 1 else None:
            return Proposal("version", match["number"], 0.85, f"cover, page {line.page}", line.text[:120])
    match = _VERSION.search(re.sub(r"[_-]", " ", cover.name))
    return Proposal("version", match["number"], 0.75, "file name", cover.name) if match else None
