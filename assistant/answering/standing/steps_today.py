"""What the library's own documents say to do today about a kind of need."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.resources import Resources
from assistant.answering.standing.answers import StandingQuestion, cited_statements, claims_for
from assistant.answering.standing.needs import need_of
from assistant.answering.standing.table import matches, table
from assistant.model import CitedStatement, Edition, Form, Kind, Level, Screened
from assistant.ports import Snapshot

MOST_WORDS = 70
"""Words of a step: somebody who has to act reads no more under a card."""
_NO_STEPS = (Kind.LEARNING_REVIEW, Kind.STRATEGY)


def steps_today(
    screened: Screened, snapshot: Snapshot, resources: Resources, groups: tuple[str, ...]
) -> tuple[CitedStatement, ...]:
    """Returns the steps for a message that somebody has to act on today; () for any other, or where none is certain.

    The library is asked in fixed words about the kind of need, never in those of the message, and once for a kind.

    Args:
        screened: The screening result of the message.
        snapshot: The generation as its asker sees it.
        resources: What the pipeline works with.
        groups: Groups of the asker.
    """
    if screened.level is not Level.ACT_TODAY or screened.route == "too_long":
        return ()
    asked = question_of(need_of(screened.text))
    return cited_statements(claims_for(asked, snapshot, resources, groups, resources.today()), snapshot)


def question_of(need: str) -> StandingQuestion:
    """Returns the standing question about a kind of need; what answers it is adopted, and says what to do."""
    entry, words = table()["needs"][need], table()

    def says(quote: str, headings: Sequence[str], edition: Edition) -> bool:
        is_long = len(quote.split()) > MOST_WORDS
        if is_long or edition.kind in _NO_STEPS or edition.form is Form.DRAFT or matches(words["never"], quote):
            return False
        is_subject = matches(entry["subject"], " – ".join((*headings, quote)))
        is_other = matches(entry.get("not_subject", ()), " – ".join((*headings, quote)))
        return is_subject and matches(words["step"], quote) and not is_other

    return StandingQuestion(f"needs.{need}", tuple(entry["queries"]), says)
