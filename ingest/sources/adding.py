"""Turns what somebody gives when adding a source into the source: id, address, terms."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from assistant.errors import UsageError
from assistant.model.sources import FollowedSource, FollowOptions, NewSource, SourceId, SourceKind
from assistant.settings import Settings
from ingest.catalogue.ids import slug, unused
from ingest.sources.web.addresses import normalised

NAME_CHARACTERS = 120
ID_CHARACTERS = 40
PATTERN_CHARACTERS = 300
FIRST_LABEL = re.compile(r"^www\.")


def new_source(
    new: NewSource, taken: Sequence[FollowedSource], settings: Settings, *, at: datetime, by: str | None
) -> FollowedSource:
    """Returns the source that somebody adds.

    Args:
        new: What they gave.
        taken: The sources that are followed already.
        settings: Which folders the page and the API may follow.
        at: The time.
        by: User id; None for the operator at the command line.

    Raises:
        UsageError: The address, the terms or an option cannot be used; names the fix.
    """
    address = _folder(new.address, settings, by) if new.kind is SourceKind.FOLDER else _address(new.address)
    same = next((each for each in taken if (each.kind, each.address) == (new.kind, address)), None)
    if same is not None:
        raise UsageError(f"{address}: followed already, as {same.source_id}. Remove that one first, or change it.")
    name = named(new.name) or _name_of(new.kind, address)
    source_id = SourceId(unused(slug(name)[:ID_CHARACTERS].strip("-._") or "source", _ids(taken)))
    checked = checked_details(new)
    if checked.documents.groups:  # else who adds one of the same name would learn that there is this one
        source_id = SourceId(f"{source_id}-{secrets.token_hex(4)}")
    return FollowedSource(
        source_id, new.kind, address, name, checked.terms, checked.options, checked.documents, new.rule, at, by or ""
    )


def checked_details(new: NewSource) -> NewSource:
    """Returns what may be changed later, checked; the publisher is the owner unless given. Raises ``UsageError``."""
    licence, owner = " ".join(new.terms.licence.split()), " ".join(new.terms.owner.split())
    if not licence or not owner:
        absent = "licence" if not licence else "owner"
        example = "Open Government Licence v3.0" if not licence else "Aldmoor Safeguarding Children Partnership"
        raise UsageError(
            f"The {absent} of a source is needed: it says on what terms its documents may be used. "
            f'Give --{absent} "{example}", or what holds for it.'
        )
    _check_options(new.options)
    documents = replace(new.documents, publisher=new.documents.publisher.strip() or owner)
    return replace(new, terms=replace(new.terms, licence=licence, owner=owner), documents=documents)


def named(name: str) -> str:
    """Returns a name on one line, cut to its longest."""
    return " ".join(name.split())[:NAME_CHARACTERS]


def _ids(taken: Sequence[FollowedSource]) -> Collection[str]:
    return {str(each.source_id) for each in taken}


def _address(given: str) -> str:
    try:
        return normalised(given.strip())
    except ValueError as error:
        fix = "Give an address such as https://www.example.org/procedures"
        raise UsageError(f"{given.strip()[:200]}: {error}. {fix}.") from error


def _folder(given: str, settings: Settings, by: str | None) -> str:
    path = Path(given.strip()).expanduser()
    if not given.strip() or not path.is_dir():
        raise UsageError(f"{given.strip()}: no such folder. Give the path of a folder that this machine has mounted.")
    path = path.resolve()
    data = settings.data.resolve()
    if path == data or path.is_relative_to(data) or data.is_relative_to(path):
        raise UsageError(f"{path}: holds the data folder or lies in it. Give a folder with documents only.")
    allowed = [each.resolve() for each in settings.sources.folders]
    if by is not None and not any(path == each or path.is_relative_to(each) for each in allowed):
        raise UsageError(
            f"{path}: may not be followed from the page or the API. Name a folder above it in the setting "
            "sources.folders, or add it with `assistant sources add` on the server."
        )
    return str(path)


def _check_options(options: FollowOptions) -> None:
    checks = (
        (0 < options.every_hours <= 24 * 366, "every_hours must be more than 0 and at most a year"),
        (0 <= options.depth <= 50, "depth must be 0 to 50"),
        (0 <= options.delay_s <= 3600, "delay_s must be 0 to 3600"),
        (1 <= options.max_pages <= 100_000, "max_pages must be 1 to 100000"),
        (1 <= options.max_mb <= 100_000, "max_mb must be 1 to 100000"),
        (0 < options.max_minutes <= 24 * 60, "max_minutes must be more than 0 and at most a day"),
        (len((*options.include, *options.exclude)) <= 100, "there may be at most 100 patterns"),
        (
            all(0 < len(each.strip()) <= PATTERN_CHARACTERS for each in (*options.include, *options.exclude)),
            f"a pattern has 1 to {PATTERN_CHARACTERS} characters",
        ),
    )
    wrong = next((what for holds, what in checks if not holds), None)
    if wrong is not None:
        raise UsageError(f"Options of the source: {wrong}.")


def _name_of(kind: SourceKind, address: str) -> str:
    if kind is SourceKind.FOLDER:
        return Path(address).name or address
    parts = urlsplit(address)
    last = next((each for each in reversed(parts.path.split("/")) if each), "")
    host = FIRST_LABEL.sub("", parts.hostname or "")
    return named(f"{host} {last.rsplit('.', 1)[0]}" if last else host)
