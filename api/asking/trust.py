"""How often answers were right here, in one sentence for the first page."""

from __future__ import annotations

from datetime import date

from api.state import State
from api.web.labels import day
from assistant.errors import AssistantError
from assistant.operations.scorecard import Scorecard, fingerprints_of, load_scorecard

NOT_MEASURED = "How often it is right has not been tested here."
MEASURED = "It was tested on these documents on {on}: {wrong} of {asked} questions got a wrong answer."


def trust_sentence(state: State) -> str:
    """Returns what the scorecard says, where it was made with the documents, models and settings that answer now."""
    card = _fitting(state)
    if card is None:
        return NOT_MEASURED
    wrong = f"{card.wrong:,}" if card.wrong else "none"
    return MEASURED.format(on=day(date.fromisoformat(card.date[:10])), wrong=wrong, asked=f"{card.asked:,}")


def _fitting(state: State) -> Scorecard | None:
    try:
        card = load_scorecard(state.assistant.settings)
        if card is None:
            return None
        with state.assistant.opened(()) as snapshot:
            return card if card.fingerprints == fingerprints_of(snapshot, state.assistant.resources) else None
    except (AssistantError, ValueError):
        return None
