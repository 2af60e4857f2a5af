"""Which passages are indexed together: those for everybody, and those of each set of groups apart.

What a reader may not see lies in partitions that are not searched for them, so that it moves neither a score nor a rank.
Why so: ``docs/adr/0018-restricted.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.model import Edition, EditionId, Filter

OPEN = ""
"""Name of the partition of the editions that are for everybody; it always exists."""
MANIFEST = "partitions.json"
NAME_CHARACTERS = 16


def partition_of(edition: Edition) -> str:
    """Returns the name of the partition of an edition; editions of the same groups share one."""
    groups = sorted(set(edition.groups))
    return hashlib.sha256(json.dumps(groups).encode()).hexdigest()[:NAME_CHARACTERS] if groups else OPEN


@dataclass(frozen=True, slots=True)
class Partitions:
    """The partitions of one generation's index."""

    restricted: Mapping[str, frozenset[EditionId]] = field(default_factory=dict)
    """Name to editions, the open partition left out."""
    is_separated: bool = True
    """False for an index of an earlier release: everything lies in the open partition."""

    def names(self, hidden: Collection[EditionId] = ()) -> tuple[str, ...]:
        """Returns the partitions that somebody may search from whom some editions are hidden, the open one first."""
        return (OPEN, *sorted(name for name, editions in self.restricted.items() if editions.isdisjoint(hidden)))

    def scope(self, filter: Filter) -> Filter:
        """Returns the filter to search a partition with: an index that is not separated has to leave out what is hidden."""
        if self.is_separated or not filter.hidden:
            return replace(filter, hidden=())
        return replace(filter, hidden=(), excluded=tuple(sorted({*filter.excluded, *filter.hidden})))


class PartitionList:
    """Collects the partitions of an index while it is built.

    Args:
        before: Those of the index that it is built from, if any.
        gone: Editions of that index that are not taken over.
    """

    def __init__(self, before: Partitions | None = None, gone: Collection[EditionId] = ()) -> None:
        self._restricted: defaultdict[str, set[EditionId]] = defaultdict(set)
        for name, editions in (before.restricted if before else {}).items():
            if left := editions.difference(gone):
                self._restricted[name] = set(left)

    def add(self, edition: Edition) -> str:
        """Returns the partition of an edition, which is listed from now on."""
        return self.add_named(edition.edition_id, partition_of(edition))

    def add_named(self, edition_id: EditionId, name: str) -> str:
        """Returns the name of the partition of an edition, which is listed from now on."""
        if name != OPEN:
            self._restricted[name].add(edition_id)
        return name

    def write(self, folder: Path) -> None:
        """Writes the list into the folder of the index."""
        named = {name: sorted(editions) for name, editions in sorted(self._restricted.items())}
        (folder / MANIFEST).write_text(json.dumps(named), encoding="utf-8")


def read_partitions(folder: Path) -> Partitions:
    """Returns the partitions of the index in a folder. Raises ``OSError``, ``ValueError`` where the list is damaged."""
    try:
        named = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Partitions(is_separated=False)
    return Partitions({name: frozenset(EditionId(each) for each in editions) for name, editions in named.items()})
