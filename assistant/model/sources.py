"""Sources that the library follows: what they are, what a sync found there, and what waits to be published."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from assistant.model.library import EditionId, Form, Kind, Layer

SourceId = NewType("SourceId", str)
"""Names a source, such as ``aldmoor-manual``; lower-case letters, digits and hyphens."""


class SourceKind(StrEnum):
    """How a source is read."""

    FOLDER = "folder"
    WEBSITE = "website"
    GOV_UK = "gov_uk"
    FEED = "feed"


class PublishingRule(StrEnum):
    """Who publishes what a sync found."""

    BY_HAND = "by_hand"
    """A policy user publishes every change."""
    MINOR = "minor"
    """Changes that touch no duty word, number, time, contact or heading publish by themselves."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms the documents of a source may be used; both are asked for when it is added."""

    licence: str
    """Such as "Open Government Licence v3.0" or "with permission of the owner"."""
    owner: str
    """Who owns the documents, such as "Aldmoor Safeguarding Children Partnership"."""


@dataclass(frozen=True, slots=True)
class FollowOptions:
    """How far and how often a source is followed."""

    every_hours: float = 24.0
    """Time between two syncs."""
    depth: int = 5
    """Links from the start page to a page; websites without a sitemap only."""
    include: tuple[str, ...] = ()
    """Patterns (``*`` for any characters) of addresses or paths of files; with none, everything below the start."""
    exclude: tuple[str, ...] = ()
    """Patterns of addresses or paths of files that are left out."""
    delay_s: float = 1.0
    """Least time between two requests; a longer crawl delay of the site counts instead."""
    max_pages: int = 1000
    """Most addresses of one sync."""
    max_mb: int = 500
    """Most megabytes that one sync fetches."""
    max_minutes: float = 120.0
    """Longest time of one sync; the next goes on from there."""
    at: str = ""
    """Time of day for a sync on the server's clock, such as "06:00", or "monday 06:00" where it is weekly; "" for any."""


@dataclass(frozen=True, slots=True)
class DocumentDefaults:
    """Metadata of every document of a source."""

    kind: Kind = Kind.GUIDANCE
    publisher: str = ""
    """The owner of the source unless given."""
    area: str = ""
    audience: str = ""
    layer: Layer | None = None
    groups: tuple[str, ...] = ()
    """Groups that may see its documents, and the source itself; empty means everybody."""
    form: Form = Form.OFFICIAL


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source as somebody adds it."""

    kind: SourceKind
    address: str
    """Start page, sitemap, publication or feed; path of a watched folder."""
    name: str
    """Such as "Aldmoor procedures manual"; "" takes it from the address."""
    terms: Terms
    options: FollowOptions = field(default_factory=FollowOptions)
    documents: DocumentDefaults = field(default_factory=DocumentDefaults)
    rule: PublishingRule = PublishingRule.BY_HAND


@dataclass(frozen=True, slots=True)
class FollowedSource:
    """A source that is followed."""

    source_id: SourceId
    kind: SourceKind
    address: str
    name: str
    terms: Terms
    options: FollowOptions
    documents: DocumentDefaults
    rule: PublishingRule
    added_at: datetime
    added_by: str
    """User id of whoever added it; "" for the command line."""

    def is_open_to(self, groups: Collection[str]) -> bool:
        """Returns whether somebody with these groups may see it."""
        return not self.documents.groups or not set(self.documents.groups).isdisjoint(groups)


class RunEnding(StrEnum):
    """How a sync ended."""

    DONE = "done"
    UNFINISHED = "unfinished"
    """A limit was reached or it was stopped; the next sync goes on from there."""
    NEEDS_YOU = "needs_you"
    """What came looks like no content (a sign-in page, an empty page, a parked domain): nothing was taken from it."""
    FAILED = "failed"
    """Tried again after a while."""


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What a sync did."""

    new: int = 0
    changed: int = 0
    withdrawn: int = 0
    moved: int = 0
    unchanged: int = 0
    suspicious: int = 0
    looked_at: int = 0
    """Addresses or files."""
    fetched: int = 0
    """Bodies that came."""
    not_modified: int = 0
    """Addresses that said that nothing changed (304), or files of the same size and time."""
    skipped: int = 0
    """Addresses and files that are not read: excluded, forbidden by robots.txt, of another format."""
    body_bytes: int = 0
    """Bytes of bodies as they came over the network, or were read from disk."""


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One sync of a source."""

    run_id: str
    source_id: SourceId
    started: datetime
    ended: datetime | None = None
    """None while it runs, and for one whose process ended before."""
    ending: RunEnding | None = None
    counts: RunCounts = field(default_factory=RunCounts)
    problems: tuple[str, ...] = ()
    """One sentence each, with the address or file and the fix; the weightiest first."""
    pass_id: str = ""
    """Run that began this pass over the source; another one than its own where it goes on with an unfinished one."""


@dataclass(frozen=True, slots=True)
class SourceState:
    """How it goes with a source."""

    source_id: SourceId
    is_paused: bool = False
    next_run: datetime | None = None
    """None while it is paused."""
    last_run: SyncRun | None = None
    last_success: datetime | None = None
    """When a sync last ended with all that is there."""
    failures: int = 0
    """Syncs in a row that failed or need somebody; the wait before the next grows with them."""
    failing_since: datetime | None = None
    """When the first of them started."""
    is_running: bool = False
    waiting: int = 0
    """Staged changes that nobody decided yet."""
    documents: int = 0
    """Documents of it that are published."""
    is_told: bool = False
    """Whether it has failed for so long that somebody is told (``sources.tell_after_days``)."""


class ChangeState(StrEnum):
    """What a sync found about one document."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    """The publisher withdrew it, or it is gone from the source (404, 410, removed file) at two syncs one after another."""
    MOVED = "moved"
    """The same document under a new address."""
    UNCHANGED = "unchanged"
    SUSPICIOUS = "suspicious"
    """What came looks like no content; the published document stays as it is."""


class Decision(StrEnum):
    """What became of a staged change."""

    WAITING = "waiting"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    OVERTAKEN = "overtaken"
    """A later sync found something else at the same address."""


@dataclass(frozen=True, slots=True)
class StagedChange:
    """A change that a sync found and that does not count until it is published."""

    change_id: str
    source_id: SourceId
    state: ChangeState
    address: str
    title: str
    found_at: datetime
    edition_id: EditionId | None
    """Of the edition that publishing makes; None for one that makes none (withdrawn, suspicious)."""
    replaces: EditionId | None = None
    """The published edition that it is about; None for a new document."""
    work: str = ""
    filename: str = ""
    """Of the staged file; "" where there is none."""
    sha256: str = ""
    """Of the staged file."""
    previous_address: str = ""
    """Of a document that moved."""
    why: str = ""
    """What the publisher says of the change, why it counts as withdrawn, or why it is suspicious."""
    dated: date | None = None
    """The day of the change by the source's own word; None where it says none."""
    text_digest: str = ""
    """Of the words of the staged file."""
    words: int = 0
    successor_address: str = ""
    """What the publisher names as replacement of a withdrawn document."""
    decision: Decision = Decision.WAITING
    decided_at: datetime | None = None
    decided_by: str = ""
    """User id; "rule" where the publishing rule decided, "" for the command line."""


class MarkKind(StrEnum):
    """What the publisher says of a published document as a whole."""

    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class EditionMark:
    """A status that counts at once: shown at every citation of the edition before anybody publishes anything."""

    edition_id: EditionId
    source_id: SourceId
    kind: MarkKind
    since: date | None
    """The day that the publisher names, None where it names none."""
    note: str
    """What the publisher says, at most 300 characters."""
    address: str
    """Where it says so."""
    successor: str = ""
    """Address of the replacement, "" where none is named."""


@dataclass(frozen=True, slots=True)
class FetchedItem:
    """What was last seen at one address of a source, so that the next sync fetches no more than it must."""

    source_id: SourceId
    address: str
    """Address, or path below the watched folder."""
    run_id: str
    """Last sync that looked at it; a sync that goes on leaves out what it has seen."""
    checked_at: datetime
    etag: str = ""
    last_modified: str = ""
    """As the server wrote it; of a file: its size and time."""
    sha256: str = ""
    """Of the body."""
    text_digest: str = ""
    """Of the words that a reader sees; another one means that the document changed."""
    words: int = 0
    title: str = ""
    links: tuple[str, ...] = ()
    """Addresses that the page leads to, to be followed without fetching it again."""
    canonical: str = ""
    """Address that the page names as its own, or to which it was redirected."""
    depth: int = 0
    edition_id: EditionId | None = None
    """The published edition that came from here."""
    published_digest: str = ""
    """``text_digest`` of that edition."""
    missing: int = 0
    """Syncs in a row that did not find it."""
    is_gone: bool = False
    """Whether the source says itself that it is gone (410, withdrawn), so that one sync is enough."""
    why: str = ""
    """Why it counts as missing, or how the publisher explains the last change."""
    successor: str = ""
    """Address that the publisher names as replacement."""
    dated: date | None = None
    parent: str = ""
    """The address that led here."""
