"""Which editions an outcome shows."""

from __future__ import annotations

from assistant.model import EditionId
from assistant.outcomes.view import AnsweredView, OutcomeView, RefusedView, SignpostedView, without_card


def cited_editions(outcome: OutcomeView) -> tuple[EditionId, ...]:
    """Returns the editions of every citation that an outcome shows, each once: of an approved answer, under its card, then the others."""
    answered = without_card(outcome)
    nearest, decides = (answered.nearest, answered.decides) if isinstance(answered, RefusedView) else ((), ())
    related = answered.related if isinstance(answered, AnsweredView) else ()
    steps = outcome.steps if isinstance(outcome, SignpostedView) else ()
    own = outcome.approved.citations if outcome.approved else ()
    cited = (*own, *(each.citation for each in (*steps, *decides)), *answered.citations, *nearest, *related)
    return tuple(dict.fromkeys(EditionId(each.edition_id) for each in cited))
