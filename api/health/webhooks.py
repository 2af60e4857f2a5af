"""Webhooks while the server runs: changed documents are announced, and what waits is sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from anyio import to_thread

from assistant.bootstrap import Assistant
from assistant.errors import AssistantError, LibraryError
from assistant.operations.webhooks import STORED, announce_answers, announce_documents, deliver_due

logger = logging.getLogger(__name__)
TICK_S = 5.0


@asynccontextmanager
async def delivering(assistant: Assistant) -> AsyncIterator[None]:
    """Delivers while the context is entered; does nothing without webhooks, or in a data folder for reading only."""
    if not assistant.settings.webhooks or assistant.is_read_only:
        yield
        return
    task = asyncio.create_task(_always(assistant))
    try:
        yield
    finally:
        task.cancel()


async def _always(assistant: Assistant) -> None:
    while True:
        await to_thread.run_sync(tick, assistant)
        await asyncio.sleep(TICK_S)


def tick(assistant: Assistant) -> None:
    """Announces, sends and forgets what is due; a fault is logged, and the next tick tries again."""
    now = datetime.now(UTC)
    try:
        with suppress(LibraryError):  # nothing is published yet
            announce_documents(assistant, now)
        announce_answers(assistant, now)
        if deliver_due(assistant, now):
            assistant.webhook_store.forget(now - STORED)
    except AssistantError as error:
        logger.error("webhooks: %s", error)
