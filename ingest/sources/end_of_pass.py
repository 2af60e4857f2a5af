"""What only the whole of a source shows: what moved, what is gone, what is there twice, what is a notice everywhere."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.model import Edition, EditionId
from assistant.model.sources import (
    ChangeState,
    Decision,
    FetchedItem,
    FollowedSource,
    StagedChange,
)
from assistant.ports import SourceStore
from ingest.sources.judging import MANY_ALIKE, alike, is_mass

SURE = 2
"""Syncs in a row that have to miss a document before it counts as withdrawn; one may be a fault of the site."""
CHAIN = 10
"""Most redirects that are followed from address to address."""


@dataclass(frozen=True, slots=True)
class PassEnd:
    """What followed from a pass as a whole."""

    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    needs_you: str = ""
    """Why somebody has to look at the source, "" where nobody has to."""


def suspicious(item: FetchedItem, now: datetime, why: str) -> StagedChange:
    """Returns the change that asks somebody to look at an address; publishing it removes a document that is missing."""
    return StagedChange(
        secrets.token_hex(12), item.source_id, ChangeState.SUSPICIOUS, item.address, item.title, now, None,
        item.edition_id, why=why,
    )  # fmt: skip


def key_of(change: StagedChange) -> tuple[str, str, str, str]:
    """Returns what makes two changes without a file the same: one that was discarded is not offered again."""
    return change.state, change.address, str(change.replaces or ""), change.why


def end_of_pass(
    source: FollowedSource,
    known: dict[str, FetchedItem],
    store: SourceStore,
    pass_id: str,
    now: datetime,
    editions: Mapping[EditionId, Edition],
) -> PassEnd:
    """Returns what follows from a pass that has looked at everything; changes are staged, ``known`` is brought up to date."""
    return _PassEnd(source, known, store, pass_id, now, editions).concluded()


class _PassEnd:
    """The end of one pass."""

    def __init__(
        self,
        source: FollowedSource,
        known: dict[str, FetchedItem],
        store: SourceStore,
        pass_id: str,
        now: datetime,
        editions: Mapping[EditionId, Edition],
    ) -> None:
        self._source = source
        self._known = known
        self._store = store
        self._pass_id = pass_id
        self._now = now
        self._editions = editions
        waiting = store.changes(source.source_id, limit=1_000_000)
        self._waiting = {each.address: each for each in waiting}
        discarded = store.changes(source.source_id, decision=Decision.DISCARDED, limit=1_000_000)
        self._discarded = {key_of(each) for each in discarded}

    def concluded(self) -> PassEnd:
        """Returns what followed, once it is stored."""
        self._note_unseen()
        self._overtake([each.address for each in self._waiting.values() if self._is_back(each)])
        moved = dict(self._moves())
        for address, change in moved.items():
            self._stage(change, self._known[address])
        doubles = list(self._doubles(moved))
        self._overtake(doubles)
        notices = self._notices()
        published = [each for each in self._known.values() if each.edition_id is not None]
        left = {each.previous_address for each in self._waiting.values() if each.previous_address}
        gone = [each for each in published if self._is_missing(each) and each.address not in left]
        own = [each for each in gone if not each.is_gone]
        if is_mass(own, published):
            return self._mass(own, published, len(moved), notices)
        sure = [each for each in gone if each.is_gone or each.missing >= SURE]
        for item in sure:
            self._withdraw(item)
        self._forget_gone()
        counts = {"moved": len(moved), "withdrawn": len(sure), "suspicious": len(notices), "new": -len(doubles)}
        counts["new"] -= sum(1 for each in moved.values() if each.state in (ChangeState.MOVED, ChangeState.CHANGED))
        problem = (
            f"{len(notices)} addresses show one and the same new text; nothing is taken from them." if notices else ""
        )
        return PassEnd(counts, (problem,) if problem else (), needs_you=problem if len(notices) >= MANY_ALIKE else "")

    def _note_unseen(self) -> None:
        """Counts what is known and was not seen in this pass as missing once more."""
        unseen = [
            replace(
                each, run_id=self._pass_id, checked_at=self._now, missing=each.missing + 1, canonical="",
                why="it is no longer in the source",
            )
            for each in self._known.values()
            if each.run_id != self._pass_id
        ]  # fmt: skip
        self._known.update({each.address: each for each in unseen})
        self._store.save_items(unseen)

    def _moves(self) -> Iterator[tuple[str, StagedChange]]:
        """Yields the new address of each document that moved, and the change that says so."""
        fresh = {
            each.text_digest: each
            for each in self._waiting.values()
            if each.state is ChangeState.NEW and self._is_present(each.address)
        }
        taken: set[str] = set()
        for item in sorted(self._known.values(), key=lambda each: each.address):
            edition = self._editions.get(item.edition_id) if item.edition_id is not None else None
            if edition is None or not (item.canonical or self._is_missing(item)):
                continue
            target = self._target(item)
            change = self._waiting.get(target) if target else fresh.get(item.published_digest)
            if change is None or change.state is not ChangeState.NEW or change.address in taken:
                continue
            taken.add(change.address)
            is_same = change.text_digest == item.published_digest
            state = ChangeState.MOVED if is_same else ChangeState.CHANGED
            yield (
                change.address,
                replace(
                    change,
                    change_id=secrets.token_hex(12),
                    state=state,
                    edition_id=edition.edition_id if is_same else change.edition_id,
                    replaces=edition.edition_id,
                    work=edition.work,
                    previous_address=item.address,
                ),
            )

    def _target(self, item: FetchedItem) -> str:
        """Returns the address to which an item leads in the end, "" where it leads nowhere."""
        address = item.canonical
        for _ in range(CHAIN):
            following = self._known.get(address)
            if following is None or not following.canonical:
                return address
            address = following.canonical
        return ""

    def _doubles(self, moved: Mapping[str, StagedChange]) -> Iterator[str]:
        """Yields the addresses of new documents whose words stand at another address of the source already."""
        first: dict[str, str] = {}
        for item in sorted(self._known.values(), key=lambda each: (each.edition_id is None, each.depth, each.address)):
            if not item.text_digest or not self._is_present(item.address):
                continue
            other = first.setdefault(item.text_digest, item.address)
            change = self._waiting.get(item.address)
            is_new = change is not None and change.state is ChangeState.NEW
            if other != item.address and is_new and item.address not in moved:
                yield item.address

    def _notices(self) -> tuple[str, ...]:
        """Stages as suspicious what shows one new text at many addresses; returns these."""
        changed = {
            each.address: self._known[each.address].text_digest
            for each in self._waiting.values()
            if each.state is ChangeState.CHANGED and each.address in self._known and not each.previous_address
        }
        found = tuple(sorted(alike(changed)))
        for address in found:
            item = replace(self._known[address], text_digest="", sha256="", etag="", last_modified="")
            why = f"What came looks like no content: {len(found)} addresses show one and the same text."
            self._stage(suspicious(item, self._now, why), item)
        return found

    def _mass(
        self, gone: list[FetchedItem], published: list[FetchedItem], moved: int, notices: tuple[str, ...]
    ) -> PassEnd:
        """Asks somebody to look where so much is gone at once that the source itself is in doubt."""
        what = (
            f"{len(gone)} of {len(published)} published documents are gone from the source at once. They stay as they "
            "are: look at the source, then decide on them one by one."
        )
        for item in gone:
            is_told = self._waiting.get(item.address)
            if item.missing >= SURE and (is_told is None or is_told.state is not ChangeState.SUSPICIOUS):
                self._stage(suspicious(item, self._now, f"Gone with {len(gone)} others at once: {item.why}."), item)
        return PassEnd({"moved": moved, "suspicious": len(gone) + len(notices)}, needs_you=what)

    def _withdraw(self, item: FetchedItem) -> None:
        told = self._waiting.get(item.address)
        if told is not None and told.state is ChangeState.WITHDRAWN:
            return
        change = StagedChange(
            secrets.token_hex(12), self._source.source_id, ChangeState.WITHDRAWN, item.address, item.title, self._now,
            None, item.edition_id, why=item.why, dated=item.dated, successor_address=item.successor,
        )  # fmt: skip
        if key_of(change) not in self._discarded:
            self._stage(change, item)

    def _forget_gone(self) -> None:
        """Forgets addresses without a published document that are gone for sure, and what waits of them."""
        gone = [
            each.address for each in self._known.values() if each.edition_id is None and self._is_missing(each)
            and (each.is_gone or each.missing >= SURE) and not each.successor
        ]  # fmt: skip
        self._overtake([each for each in gone if each in self._waiting])
        self._store.forget_items(self._source.source_id, gone)
        for address in gone:
            del self._known[address]

    def _is_back(self, change: StagedChange) -> bool:
        """Returns whether a change says that a document was withdrawn which is there again."""
        item = self._known.get(change.address)
        is_there = item is not None and self._is_present(change.address) and not item.is_gone
        return change.state is ChangeState.WITHDRAWN and is_there

    def _is_present(self, address: str) -> bool:
        item = self._known.get(address)
        return item is not None and item.run_id == self._pass_id and not item.missing and not item.canonical

    def _is_missing(self, item: FetchedItem) -> bool:
        """Returns whether a document is not at its address any more, or its publisher took it back."""
        leads_away = bool(item.canonical) and item.edition_id is not None and self._is_other(item)
        return item.missing > 0 or item.is_gone or leads_away

    def _is_other(self, item: FetchedItem) -> bool:
        target = self._known.get(self._target(item))
        return target is not None and target.edition_id not in (None, item.edition_id)

    def _stage(self, change: StagedChange, item: FetchedItem) -> None:
        self._known[item.address] = item
        self._waiting[item.address] = change
        self._store.save_items([item], [change])

    def _overtake(self, addresses: list[str]) -> None:
        ids = [self._waiting.pop(each).change_id for each in addresses]
        if ids:
            self._store.decide(ids, Decision.OVERTAKEN, self._now, "")
