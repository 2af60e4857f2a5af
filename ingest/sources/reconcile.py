"""Brings what is known of a source in line with library and staging: after a crash, a rollback, a restored backup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from assistant.model import Edition, EditionId
from assistant.model.sources import ChangeState, Decision, FetchedItem, FollowedSource, SourceKind, StagedChange
from assistant.ports import SourceStore
from ingest.sources.editions import work_for
from ingest.sources.staged_files import StagedFiles
from ingest.sources.texts import digest_of

ALL = 1_000_000
TextOf = Callable[[EditionId], str]


def reconcile(
    source: FollowedSource,
    store: SourceStore,
    staged: StagedFiles,
    editions: Mapping[EditionId, Edition],
    text_of: TextOf,
    at: datetime,
) -> None:
    """Notes what was published while its process ended, what lost its staged file, and what is in the library no more."""
    items = {each.address: each for each in store.items(source.source_id)}
    for change in store.changes(source.source_id, limit=ALL):
        item = items.get(change.address)
        if item is not None and _is_published(change, editions):
            items[change.address] = _published_meanwhile(change, item, store, at)
        elif change.filename and staged.path_of(change) is None:
            store.decide([change.change_id], Decision.OVERTAKEN, at, "")
            if item is not None:
                items[change.address] = _to_fetch(item, store)
    for item in items.values():
        if item.edition_id is not None and item.edition_id not in editions:
            _rolled_back(item, source, store, editions, text_of)


def _is_published(change: StagedChange, editions: Mapping[EditionId, Edition]) -> bool:
    there = editions.get(change.edition_id) if change.edition_id is not None else None
    is_own = change.state in (ChangeState.NEW, ChangeState.CHANGED) or (
        there is not None and change.state is ChangeState.MOVED and there.source_url == change.address
    )
    return is_own and there is not None and there.sha256 == change.sha256


def _published_meanwhile(change: StagedChange, item: FetchedItem, store: SourceStore, at: datetime) -> FetchedItem:
    digest = change.text_digest
    item = replace(item, edition_id=change.edition_id, published_digest=digest, text_digest=digest)
    store.save_items([item])
    if change.previous_address:
        store.forget_items(change.source_id, [change.previous_address])
    store.decide([change.change_id], Decision.PUBLISHED, at, change.decided_by)
    return item


def _to_fetch(item: FetchedItem, store: SourceStore) -> FetchedItem:
    """Returns an item as one whose body was never seen, so that it comes again."""
    item = replace(item, etag="", last_modified="", sha256="", text_digest="", run_id="")
    store.save_items([item])
    return item


def _rolled_back(
    item: FetchedItem,
    source: FollowedSource,
    store: SourceStore,
    editions: Mapping[EditionId, Edition],
    text_of: TextOf,
) -> None:
    """Gives an item the edition that is published of it now, if any; what its address shows is compared with that again."""
    work, is_folder = work_for(source, item.address), source.kind is SourceKind.FOLDER
    own = [
        each
        for each in editions.values()
        if (each.work == work and is_folder) or (not is_folder and each.source_url == item.address)
    ]
    replaced = {each.supersedes for each in editions.values()}
    last = next((each for each in own if each.edition_id not in replaced), None)
    digest = digest_of(text_of(last.edition_id)) if last is not None else ""
    _to_fetch(replace(item, edition_id=last.edition_id if last else None, published_digest=digest, words=0), store)
