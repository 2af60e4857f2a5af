"""The digest of a week for the policy team: what sources changed, what was published, what waits, and who is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.model import EditionId
from assistant.model.people import Asker
from assistant.model.sources import ChangeState, Decision, StagedChange
from assistant.ports import Sources, SourceWithState

WEEK = timedelta(days=7)
MOST = 5000
"""Most changes that a digest looks at."""
Touched = Callable[[Collection[EditionId]], int]
"""Returns how many approved answers rest on editions that were replaced or withdrawn."""
OPEN_TO_EVERYBODY = Asker("digest", "Digest", frozenset())
"""The reader of feed and mail: sources for some groups only are not in them."""
TOLD = (ChangeState.NEW, ChangeState.CHANGED, ChangeState.WITHDRAWN, ChangeState.MOVED)


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One document that a source added, changed, withdrew or moved."""

    change: StagedChange
    source: str
    """Name of the source."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened between two times, as one reader may see it; nothing in it comes from a question."""

    since: datetime
    until: datetime
    lines: tuple[DigestLine, ...]
    """What was found, the newest first."""
    published: tuple[StagedChange, ...]
    """What was published, by a person or a rule."""
    waiting: int
    failing: tuple[SourceWithState, ...]
    """Sources that have failed for so long that somebody is told."""
    touched: int | None
    """Approved answers that rest on what was replaced or withdrawn; None where none are kept."""

    def count(self, state: ChangeState) -> int:
        """Returns of how many documents something of a kind was found."""
        return len({each.change.address for each in self.lines if each.change.state is state})

    @property
    def new_editions(self) -> int:
        """How many new editions of documents were published."""
        return sum(each.state is ChangeState.CHANGED for each in self.published)

    @property
    def by_rule(self) -> int:
        """How many of the published changes a rule published."""
        return sum(each.decided_by == "rule" for each in self.published)

    @property
    def last_day(self) -> datetime:
        """The last moment that belongs to it."""
        return self.until - timedelta(seconds=1)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.lines or self.published or self.waiting or self.failing or self.touched)


def digest_of(
    sources: Sources,
    asker: Asker | None,
    since: datetime,
    until: datetime,
    touched: Touched | None = None,
    *,
    is_now: bool = True,
) -> Digest:
    """Returns the digest of a time.

    Args:
        sources: The sources.
        asker: The reader; None sees everything.
        since: From this time on.
        until: Up to this time.
        touched: Counts approved answers, where they are kept.
        is_now: Whether what waits and fails now belongs to it; False for a time that has passed.
    """
    listed = sources.listed(asker)
    names = {each.source.source_id: each.source.name for each in listed}
    found = sources.changes(asker, decision=None, since=since, limit=MOST)
    lines = tuple(
        DigestLine(each, names.get(each.source_id, each.source_id))
        for each in found
        if each.state in TOLD and since <= each.found_at < until and not _is_overtaken(each)
    )
    published = tuple(each for each in found if _is_published(each, since, until))
    gone = {each.replaces for each in published if each.replaces is not None}
    failing = tuple(each for each in listed if each.state.is_told and is_now)
    waiting = sum(each.state.waiting for each in listed) if is_now else 0
    return Digest(since, until, lines, published, waiting, failing, touched(gone) if touched is not None else None)


def _is_overtaken(change: StagedChange) -> bool:
    return change.decision is Decision.OVERTAKEN


def _is_published(change: StagedChange, since: datetime, until: datetime) -> bool:
    at = change.decided_at
    return change.decision is Decision.PUBLISHED and at is not None and since <= at < until


def digest_sentence(digest: Digest) -> str:
    """Returns the digest in one line: "2 documents changed, 1 new edition, 3 approved answers touched"."""
    parts = (
        (digest.count(ChangeState.CHANGED), "document changed", "documents changed"),
        (digest.count(ChangeState.NEW), "new document", "new documents"),
        (digest.count(ChangeState.WITHDRAWN), "document withdrawn", "documents withdrawn"),
        (digest.count(ChangeState.MOVED), "document moved", "documents moved"),
        (digest.new_editions, "new edition", "new editions"),
        (digest.touched or 0, "approved answer touched", "approved answers touched"),
        (digest.waiting, "change waits for you", "changes wait for you"),
        (len(digest.failing), "source fails", "sources fail"),
    )
    told = [f"{count} {one if count == 1 else more}" for count, one, more in parts if count]
    return ", ".join(told) or "nothing changed"


STATE_WORDS = {
    ChangeState.NEW: "New",
    ChangeState.CHANGED: "Changed",
    ChangeState.WITHDRAWN: "Withdrawn",
    ChangeState.MOVED: "Moved",
    ChangeState.UNCHANGED: "Unchanged",
    ChangeState.SUSPICIOUS: "Looks wrong",
}
"""What each state of a change is called."""


def digest_text(digest: Digest, address: str) -> str:
    """Returns the digest as plain text, for a mail; "" for an address leaves out where to look."""
    parts = [f"{_day(digest.since)} to {_day(digest.last_day)}: {digest_sentence(digest)}."]
    lines = [_line(each) for each in digest.lines]
    if lines:
        parts.append("\n".join(["What sources changed:", *lines]))
    if digest.published:
        rule = f" ({digest.by_rule} by the rule for minor changes)" if digest.by_rule else ""
        parts.append(f"Published: {len(digest.published)}{rule}.")
    parts += [_failing(digest.failing)] if digest.failing else []
    if address:
        parts.append(f"Look at it, publish or discard: {address}/sources")
    return "\n\n".join(parts) + "\n"


def _line(line: DigestLine) -> str:
    change = line.change
    why = f" ({change.why})" if change.why else ""
    return f"- {STATE_WORDS[change.state]}: {change.title or change.address} – {line.source}{why}"


def _failing(failing: Sequence[SourceWithState]) -> str:
    lines = [f"- {each.source.name}: {_fault(each)}" for each in failing]
    return "\n".join(["Sources that fail (their published documents stay as they are):", *lines])


def _fault(source: SourceWithState) -> str:
    run = source.state.last_run
    since = f"since {_day(source.state.failing_since)}" if source.state.failing_since else ""
    return "; ".join(filter(None, (since, run.problems[0] if run and run.problems else "")))


def _day(at: datetime) -> str:
    return f"{at.day} {at:%B %Y}"
