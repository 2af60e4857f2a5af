"""What a sync sees at the addresses of a source, kind by kind; the sync compares it with what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from assistant.model.sources import FetchedItem, FollowedSource, MarkKind
from assistant.settings import Settings
from ingest.sources.web.client import WebClient
from ingest.sources.web.page_facts import NOTHING, PageFacts


@dataclass(frozen=True, slots=True)
class Content:
    """A document came, or the page that holds it."""

    address: str
    file: Path
    """With the ending of its format."""
    sha256: str
    etag: str = ""
    last_modified: str = ""
    title: str = ""
    """As the source calls it; "" leaves it to the document."""
    dated: date | None = None
    why: str = ""
    """What the publisher says of the last change."""
    page: PageFacts = NOTHING
    depth: int = 0
    parent: str = ""
    body_bytes: int = 0
    is_judged: bool = True
    """Whether it may be a sign-in page, an empty page or a parked domain; False where the source vouches for it."""


@dataclass(frozen=True, slots=True)
class Same:
    """An address has what it had (304, or a file of the same size and time)."""

    item: FetchedItem
    depth: int = 0
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is there any more."""

    address: str
    why: str
    is_final: bool = False
    """Whether the source says so itself (410, removed from its list), so that one sync is enough."""


@dataclass(frozen=True, slots=True)
class Leads:
    """An address leads to another one of the same source now (redirect)."""

    address: str
    to: str
    depth: int = 0
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Odd:
    """What came looks like no content."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is not read, and why."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """An address cannot be read now; what is known of it stays."""

    address: str
    why: str


@dataclass(frozen=True, slots=True)
class Mark:
    """What the publisher says of documents as a whole; it counts at once."""

    addresses: tuple[str, ...]
    """Of the documents."""
    kind: MarkKind
    since: date | None
    note: str
    address: str
    """Where it says so."""
    successor: str = ""


Sighting = Content | Same | Absent | Leads | Odd | Left | Trouble | Mark


@dataclass(frozen=True, slots=True)
class Visit:
    """What a kind of source needs to look at a source."""

    source: FollowedSource
    settings: Settings
    client: WebClient
    folder: Path
    """Where bodies are written; on the disk of the data folder."""
    pass_id: str
    known: dict[str, FetchedItem] = field(default_factory=dict)
    """What was last seen, by address."""
    today: Callable[[], date] = date.today

    def is_done(self, address: str) -> bool:
        """Returns whether this sync, or the one that it continues, has looked at an address."""
        item = self.known.get(address)
        return item is not None and item.run_id == self.pass_id


class KindOfSource(Protocol):
    """Looks at every address of a source."""

    def __call__(self, visit: Visit) -> Iterator[Sighting]:
        """Yields what it sees; the known items of addresses that were not yielded are no longer in the source.

        Raises:
            SourceError: The source as a whole cannot be read now.
            LimitReached: A limit of the sync is reached.
        """
