"""What follows the sources of a server: the syncs of this worker, its follower, and the digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.following.syncs import Syncs
from assistant.bootstrap import Assistant
from assistant.following.digest import WEEK, Digest, Touched, digest_of
from assistant.following.digest_mail import digest_mail
from assistant.following.follower import Follower
from assistant.following.touched import touched_answers
from assistant.model.people import Asker
from assistant.ports import Sources

EARLIER_WEEKS = 8
"""Weeks before this one in the feed."""


@dataclass(frozen=True, slots=True)
class Following:
    """The sources of one worker."""

    sources: Sources
    syncs: Syncs
    follower: Follower | None
    """None where something else syncs what is due, or nothing can be stored."""
    touched: Touched | None = None
    """Counts approved answers that rest on given editions; None where none are kept."""

    def this_week(self, asker: Asker, now: datetime | None = None) -> Digest:
        """Returns the digest of the last seven days as a reader may see it."""
        until = now or datetime.now(UTC)
        return digest_of(self.sources, asker, until - WEEK, until, self.touched)

    def earlier(self, asker: Asker, now: datetime | None = None, weeks: int = EARLIER_WEEKS) -> tuple[Digest, ...]:
        """Returns the digests of the whole weeks (Monday to Sunday) before this one, the newest first."""
        today = (now or datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0)
        monday = today - timedelta(days=today.weekday())
        ends = [monday - number * WEEK for number in range(weeks)]
        return tuple(digest_of(self.sources, asker, end - WEEK, end, is_now=False) for end in ends)


def follow(assistant: Assistant, sources: Sources) -> Following:
    """Returns what follows the sources of a server. Raises ``ConfigurationError`` for a schedule that is none."""
    settings, audit, touched = (
        assistant.settings,
        assistant.access_store.audit,
        touched_answers(assistant.approved_store),
    )
    mail = digest_mail(assistant.mail, sources, settings, touched)
    is_followed = settings.sources.in_serve and not assistant.is_read_only
    send = None if mail is None else mail.send_due
    follower = Follower(sources, settings.data, audit, send) if is_followed else None
    return Following(sources, Syncs(sources, audit), follower, touched)
