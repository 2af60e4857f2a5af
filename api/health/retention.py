"""Retention while the server runs: old records are purged at its start and every day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime

from anyio import to_thread
from fastapi import FastAPI

from api.http.connections import LIMITS
from assistant.bootstrap import Assistant
from assistant.errors import AssistantError
from assistant.operations.retention import purge_confirmed
from assistant.settings.serving import ServeSetting

logger = logging.getLogger(__name__)
DAY_S = 86_400


def retention_lifespan(
    assistant: Assistant,
) -> Callable[[FastAPI], AbstractAsyncContextManager[dict[str, ServeSetting]]]:
    """Returns the lifespan handler of an application that purges the old records of an assistant.

    It gives the limits of the server to the connections.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, ServeSetting]]:
        task = asyncio.create_task(_daily(assistant))
        yield {LIMITS: assistant.settings.serve}
        task.cancel()

    return lifespan


async def _daily(assistant: Assistant) -> None:
    while True:
        if assistant.settings.data.is_dir():
            await to_thread.run_sync(_purge, assistant)
        await asyncio.sleep(DAY_S)


def _purge(assistant: Assistant) -> None:
    try:
        purge_confirmed(assistant, datetime.now(UTC))
    except AssistantError as error:
        logger.error("not purged: %s", error)
