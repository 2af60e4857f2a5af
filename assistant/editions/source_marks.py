"""Lays over a generation of the library what the sources of its editions say of them today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, Protocol

from assistant.editions.visible_snapshot import VisibleSnapshot
from assistant.model import Edition, EditionId, SourceMark
from assistant.ports import Snapshot

AT_SOURCE = {"withdrawn": "withdrawn by its publisher", "superseded": "superseded by its publisher"}
"""What a mark is called, at every citation."""


def with_marks(snapshot: Snapshot, marks: Mapping[EditionId, SourceMark]) -> Snapshot:
    """Returns the generation with marked editions; the same one where none of its editions has a mark.

    Texts, searches and fingerprint stay as they are: a mark needs no new generation and no other answer.
    """
    editions, known = (_marked(each, marks) for each in (snapshot.editions(), snapshot.known()))
    if not any(each.source_mark for each in (*editions, *known)):
        return snapshot
    return VisibleSnapshot(snapshot, editions, known)


class Marked(Protocol):
    """A mark or its view."""

    @property
    def kind(self) -> Literal["withdrawn", "superseded"]:
        """What the source says."""


def mark_words(mark: Marked | None) -> str:
    """Returns what a mark is called; "" for none."""
    return AT_SOURCE[mark.kind] if mark is not None else ""


def _marked(editions: tuple[Edition, ...], marks: Mapping[EditionId, SourceMark]) -> tuple[Edition, ...]:
    return tuple(replace(each, source_mark=marks.get(each.edition_id)) for each in editions) if marks else editions
