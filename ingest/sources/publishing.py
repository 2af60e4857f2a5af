"""Publishes staged changes: by the same path as uploads, all of them in one generation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assistant.errors import UsageError
from assistant.model import Edition, EditionId, Generation
from assistant.model.people import Asker
from assistant.model.sources import ChangeState, Decision, FetchedItem, FollowedSource, SourceId, StagedChange
from assistant.ports import SourceStore
from ingest.sources.editions import edition_id_for, moved_edition, new_edition, next_edition
from ingest.sources.staged_files import StagedFiles
from ingest.uploads.publisher import UploadPublisher


@dataclass(slots=True)
class _Plan:
    """What publishing will do."""

    documents: dict[EditionId, tuple[Edition, Path]] = field(default_factory=dict)
    removed: list[EditionId] = field(default_factory=list)
    items: list[FetchedItem] = field(default_factory=list)
    forgotten: dict[SourceId, list[str]] = field(default_factory=dict)


def publish_changes(
    changes: Sequence[StagedChange],
    sources: Mapping[SourceId, FollowedSource],
    store: SourceStore,
    staged: StagedFiles,
    publisher: UploadPublisher,
    asker: Asker | None,
    at: datetime,
    by: str,
) -> Generation:
    """Publishes staged changes in one step; returns the generation as the asker sees it.

    The library changes first; a crash before the store does leaves changes that wait and are published, which the next
    sync notes (``reconcile``).

    Raises:
        UsageError: One of them cannot be published.
        DocumentError: A staged file cannot be read; nothing is published.
    """
    plan = _Plan()
    editions = publisher.editions()
    for change in sorted(changes, key=lambda each: each.address):
        _planned(change, sources[change.source_id], store, staged, editions, plan)
    generation = publisher.publish_all(asker, tuple(plan.documents.values()), plan.removed)
    store.save_items(plan.items)
    for source_id, addresses in plan.forgotten.items():
        store.forget_items(source_id, addresses)
    store.decide([each.change_id for each in changes], Decision.PUBLISHED, at, by)
    return generation


def _planned(
    change: StagedChange,
    source: FollowedSource,
    store: SourceStore,
    staged: StagedFiles,
    editions: Mapping[EditionId, Edition],
    plan: _Plan,
) -> None:
    """Adds to the plan what publishing one change does. Raises ``UsageError``."""
    before = editions.get(change.replaces) if change.replaces is not None else None
    item = store.item(source.source_id, change.address)
    file = staged.path_of(change)
    if change.state is ChangeState.WITHDRAWN or (change.state is ChangeState.SUSPICIOUS and _is_gone(item, file)):
        _removed(change, before, source, editions, plan)
        return
    if file is None:
        raise UsageError(f"{change.address}: there is nothing of it that can be published. Discard it, or sync again.")
    taken = {*editions, *plan.documents}
    if change.state is ChangeState.MOVED and before is not None:
        edition = moved_edition(before, source, change)
    else:
        change = _with_free_id(change, taken, editions)
        edition = new_edition(source, change) if before is None else next_edition(before, source, change)
    plan.documents[edition.edition_id] = edition, file
    if item is not None:
        digest = change.text_digest or item.text_digest
        words = change.words or item.words
        item = replace(item, edition_id=edition.edition_id, published_digest=digest, text_digest=digest)
        plan.items.append(replace(item, words=words, title=change.title))
    if change.previous_address:
        plan.forgotten.setdefault(source.source_id, []).append(change.previous_address)


def _is_gone(item: FetchedItem | None, file: Path | None) -> bool:
    return file is None and item is not None and item.missing > 0


def _removed(
    change: StagedChange,
    before: Edition | None,
    source: FollowedSource,
    editions: Mapping[EditionId, Edition],
    plan: _Plan,
) -> None:
    """Removes a document with the editions that it superseded, which would be in force again without it."""
    while before is not None and before.edition_id not in plan.removed:
        plan.removed.append(before.edition_id)
        before = editions.get(before.supersedes) if before.supersedes is not None else None
    plan.forgotten.setdefault(source.source_id, []).append(change.address)


def _with_free_id(change: StagedChange, taken: set[EditionId], editions: Mapping[EditionId, Edition]) -> StagedChange:
    """Returns a change with an edition id that no other document has; its own where it is published already."""
    assert change.edition_id is not None
    there = editions.get(change.edition_id)
    if change.edition_id not in taken or (there is not None and there.sha256 == change.sha256):
        return change
    day = change.dated or change.found_at.date()
    return replace(change, edition_id=edition_id_for(change.work, day, {str(each) for each in taken}))
