"""The editions that staged changes make: ids, works, dates, and what they supersede."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from urllib.parse import unquote, urlsplit

from assistant.model import Edition, EditionId
from assistant.model.sources import FollowedSource, SourceKind, StagedChange
from ingest.catalogue.ids import LONGEST, slug, unused

DATE_CHARACTERS = len("-2026-01-01-000")


def work_for(source: FollowedSource, address: str) -> str:
    """Returns the work of a document: the source and where in it the document stands."""
    place = unquote(address if source.kind is SourceKind.FOLDER else urlsplit(address).path)
    start = urlsplit(source.address).path if source.kind is SourceKind.WEBSITE else ""
    folder = unquote(start[: start.rfind("/") + 1])
    below = place.removeprefix(folder) if folder else place
    if source.kind in (SourceKind.GOV_UK, SourceKind.FEED):
        below = below.rstrip("/").rsplit("/", 1)[-1]
    below = re.sub(r"\.(?:html?|aspx?|php|jsp|pdf|docx?)$", "", below.rstrip("/"), flags=re.IGNORECASE)
    query = "" if source.kind is SourceKind.FOLDER else urlsplit(address).query
    words = " ".join((below.replace("/", " ").replace(".", " "), query.replace("&", " ").replace("=", " "))).strip()
    return f"{source.source_id}-{slug(words)}"[: LONGEST - DATE_CHARACTERS].rstrip("-._") if words else source.source_id


def edition_id_for(work: str, day: date, taken: Collection[str]) -> EditionId:
    """Returns an edition id of a work that no other edition has: the work and the day."""
    start = slug(work)[: LONGEST - DATE_CHARACTERS].rstrip("-._")
    return EditionId(unused(f"{start}-{day.isoformat()}", {str(each) for each in taken}))


def new_edition(source: FollowedSource, change: StagedChange) -> Edition:
    """Returns the first edition of a document of a source."""
    assert change.edition_id is not None
    documents = source.documents
    return Edition(
        change.edition_id,
        change.work,
        change.title,
        documents.kind,
        publisher=documents.publisher,
        published=change.dated,
        in_force_from=change.dated,
        form=documents.form,
        source_url=_url(source, change.address),
        licence=source.terms.licence,
        groups=documents.groups,
        area=documents.area,
        audience=documents.audience,
        layer=documents.layer,
    )


def next_edition(before: Edition, source: FollowedSource, change: StagedChange) -> Edition:
    """Returns the edition that supersedes another one from the day of the change on, with what people set of it."""
    assert change.edition_id is not None
    day = change.dated or change.found_at.date()
    return replace(
        before,
        edition_id=change.edition_id,
        title=change.title,
        published=day,
        in_force_from=max(day, before.in_force_from or day),
        supersedes=before.edition_id,
        review_by=None,
        source_url=_url(source, change.address),
        sha256=None,
    )


def moved_edition(before: Edition, source: FollowedSource, change: StagedChange) -> Edition:
    """Returns an edition with the address at which its document stands now."""
    return replace(before, source_url=_url(source, change.address), sha256=None)


def _url(source: FollowedSource, address: str) -> str | None:
    return None if source.kind is SourceKind.FOLDER else address
