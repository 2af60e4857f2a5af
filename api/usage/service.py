"""The usage report for one reader; API and page both use it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from api.state import State
from assistant.errors import LibraryError
from assistant.model import Edition
from assistant.model.people import Asker, PolicyQuestion
from assistant.quality.usage import Usage, usage_of

WEEKS = 12
MOST_WEEKS = 53
READ_AT_ONCE = 500


def usage_for(state: State, asker: Asker, weeks: int = WEEKS) -> Usage:
    """Returns the usage of the last weeks, of questions and documents that the asker may see."""
    today = datetime.now(UTC).date()
    first = today - timedelta(days=today.weekday() + 7 * (weeks - 1))
    least = state.assistant.settings.records.least_count
    asked = _asked_since(state, asker, first)
    return usage_of(asked, state.assistant.theme_sorter.themes, _editions(state, asker), today, weeks, least)


def _asked_since(state: State, asker: Asker, first: date) -> list[PolicyQuestion]:
    """Returns what was asked from a day on."""
    since = datetime(first.year, first.month, first.day, tzinfo=UTC)
    reader, records = state.assistant.reader(asker.groups), state.assistant.records
    asked: list[PolicyQuestion] = []
    after: str | None = None
    while True:
        page = records.questions(since=since, limit=READ_AT_ONCE, after=after, reader=reader)
        asked += page
        if len(page) < READ_AT_ONCE:
            return asked
        after = page[-1].record_id


def _editions(state: State, asker: Asker) -> tuple[Edition, ...]:
    try:
        with state.assistant.opened(asker.groups) as snapshot:
            return snapshot.editions()
    except LibraryError:
        return ()
