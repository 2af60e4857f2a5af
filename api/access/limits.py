"""Rate limits: questions an asker may ask, and failed sign-ins an address may make, per minute.

Questions are counted in the audit log, which all workers share; what one worker admitted in the last minute counts at
once, so that a burst does not pass before its lines are written. An urgent question over the limit still gets its
card; cards have a higher limit of their own, which each worker counts for itself without storage. Of people who are not
signed in, an address has as many questions read for urgency in a minute as somebody signed in may ask. Each worker counts
failed sign-ins for itself: with secrets of 256 bits the limit only slows guessing down and makes it visible.
"""

from __future__ import annotations

import logging
import math
import time
from datetime import datetime, timedelta

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from api.http.problems import Problem
from assistant.errors import AssistantError
from assistant.ports import AccessStore
from assistant.settings.serving import AccessSetting

MINUTE = timedelta(minutes=1)
CARDS_PER_QUESTION = 10
"""Cards that somebody may get in a minute, as a multiple of the questions that they may ask."""

logger = logging.getLogger(__name__)


class Limits:
    """The rate limits of one worker, on top of the audit log of all workers.

    Args:
        store: The audit log.
        access: The limits.
    """

    def __init__(self, store: AccessStore, access: AccessSetting) -> None:
        self._store = store
        self._most = access.asks_per_minute
        self._ask = RateLimitItemPerMinute(access.asks_per_minute, namespace="ask")
        self._card = RateLimitItemPerMinute(access.asks_per_minute * CARDS_PER_QUESTION, namespace="card")
        self._reading = RateLimitItemPerMinute(access.asks_per_minute, namespace="reading")
        self._guess = RateLimitItemPerMinute(access.failed_per_minute, namespace="guess")
        self._window = MovingWindowRateLimiter(MemoryStorage())

    def count_ask(self, user_id: str, now: datetime) -> None:
        """Counts a question. Raises ``Problem`` (429) if there were too many in a minute."""
        count, oldest = self._store.recent(user_id, "ask", now - MINUTE, now)
        if count >= self._most and oldest is not None:
            raise _too_many("questions", (oldest + MINUTE - now).total_seconds())
        if not self._window.hit(self._ask, user_id):
            raise _too_many("questions", self._seconds(self._ask, user_id))

    def count_card(self, user_id: str, now: datetime) -> bool:
        """Counts an urgent question; returns whether it may be looked up too, besides getting its card.

        Raises:
            Problem: There were too many urgent questions in a minute (429).
        """
        if not self._window.hit(self._card, user_id):
            raise _too_many("urgent questions", self._seconds(self._card, user_id))
        try:
            self.count_ask(user_id, now)
        except Problem:
            return False
        except AssistantError as error:
            logger.warning("a question could not be counted: %s", type(error).__name__)
        return True

    def may_be_read(self, address: str) -> bool:
        """Counts a question of somebody who is not signed in; returns whether it is read, which only tells its urgency."""
        return self._window.hit(self._reading, address)

    def check_guesses(self, address: str) -> None:
        """Raises ``Problem`` (429) if an address has failed too often in a minute."""
        if not self._window.test(self._guess, address):
            raise _too_many("failed sign-ins", self._seconds(self._guess, address))

    def count_guess(self, address: str) -> None:
        """Counts a wrong key or failed sign-in of an address."""
        self._window.hit(self._guess, address)

    def _seconds(self, item: RateLimitItemPerMinute, name: str) -> float:
        return self._window.get_window_stats(item, name).reset_time - time.time()


def _too_many(what: str, seconds: float) -> Problem:
    wait = max(1, math.ceil(seconds))
    return Problem(429, "too_many", f"Too many {what} in a minute. Wait {wait} s.", headers={"Retry-After": str(wait)})
