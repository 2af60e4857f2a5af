"""The card of words that never became a question, because the request that carried them was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.bootstrap import Assistant
from assistant.errors import UsageError
from assistant.messages import notice
from assistant.model import Level, Question, Screened
from assistant.outcomes.view import NoticeView, SignpostedView

_ORDER = tuple(Level)


def card_of_words(assistant: Assistant, texts: Sequence[str], why: str) -> SignpostedView | None:
    """Returns the outcome with the card of the most urgent of some texts, and why nothing was looked up; None for no card."""
    screening = _most_urgent(texts, assistant.screen)
    card = None if screening is None else assistant.card_for(screening)
    if card is None:
        return None
    view = SignpostedView.of(card)
    return view.model_copy(update={"notices": (NoticeView.of(notice("not_looked_up", why=why)), *view.notices)})


def _most_urgent(texts: Sequence[str], screen: Callable[[Question], Screened]) -> Screened | None:
    """Returns the screening result of the most urgent of some texts; None where none has a card."""
    found: Screened | None = None
    for text in texts:
        try:
            screening = screen(Question(text))
        except UsageError:
            continue
        if screening.has_card and (found is None or _ORDER.index(screening.level) > _ORDER.index(found.level)):
            found = screening
    return found
