"""Sources while the server runs: every worker asks again and again, and one of them syncs what is due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from anyio import CapacityLimiter, to_thread

from api.following.syncs import Syncs
from assistant.errors import AssistantError
from assistant.following.follower import Follower, SyncStopped

logger = logging.getLogger(__name__)
FIRST_S = 10.0
"""Time from the start of the server to the first look."""
EVERY_S = 30.0


@asynccontextmanager
async def following(follower: Follower | None, syncs: Syncs) -> AsyncIterator[None]:
    """Follows the sources until the context is left; without a follower, only syncs by hand are stopped at its end."""
    if follower is not None:
        syncs.watch()
    task = asyncio.create_task(_again_and_again(follower, syncs)) if follower is not None else None
    try:
        yield
    finally:
        syncs.stop()
        if task is not None:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _again_and_again(follower: Follower, syncs: Syncs) -> None:
    limiter = CapacityLimiter(1)  # a sync may take hours and must take no thread from requests
    await asyncio.sleep(FIRST_S)
    while True:
        await to_thread.run_sync(partial(_look, follower, syncs), limiter=limiter, abandon_on_cancel=True)
        await asyncio.sleep(EVERY_S)


def _look(follower: Follower, syncs: Syncs) -> None:
    """Syncs what is due; whatever happens, the next look comes."""
    try:
        follower.run_due(syncs.is_stopped)
    except SyncStopped:
        logger.info("the sync goes on after the next start")
    except AssistantError as error:
        logger.error("sources were not looked at: %s", error)
    except Exception:
        logger.exception("sources were not looked at")
