"""Notices by event that something changed in a watched folder; what changed, the next sync finds out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

from assistant.model.sources import FollowedSource, SourceId, SourceKind
from ingest.sources.kinds.folder import SETTLED_S

LISTED_AGAIN_S = 120.0
"""How long a list of folders is watched before it is read again."""
WAIT_S = 5.0
SETTLE = timedelta(seconds=SETTLED_S + 1)
"""Time after an event before the folder is looked at: files are written in pieces."""


def folder_events(sources: Sequence[FollowedSource], stop: Event, wait_s: float) -> Iterator[frozenset[SourceId]]:
    """Yields the sources in whose folder something changed, none after a wait without an event, until ``stop`` is set.

    Folders that are not there now are left out; a mounted folder tells of no change that another machine makes, which
    the scan of its next sync finds.
    """
    from watchfiles import watch

    folders = {each.source_id: Path(each.address) for each in sources if each.kind is SourceKind.FOLDER}
    there = {name: path for name, path in folders.items() if path.is_dir()}
    if not there:
        while not stop.wait(wait_s):
            yield frozenset()
        return
    timeout = int(wait_s * 1000)
    for events in watch(*there.values(), stop_event=stop, rust_timeout=timeout, yield_on_timeout=True, debounce=1000):
        changed = [Path(path) for _, path in events]
        yield frozenset(name for name, folder in there.items() if any(each.is_relative_to(folder) for each in changed))


def watched_until(
    stop: Event, listed: Callable[[], Sequence[FollowedSource]], touch: Callable[[SourceId], None]
) -> None:
    """Calls ``touch`` for each source in whose folder something changed, until ``stop`` is set; new folders join after a while."""
    while not stop.is_set():
        end = time.monotonic() + LISTED_AGAIN_S
        for changed in folder_events(listed(), stop, WAIT_S):
            for each in changed:
                touch(each)
            if time.monotonic() > end:
                break


def due_after_event(now: datetime) -> datetime:
    """Returns when a folder is looked at in which something changed now."""
    return now + SETTLE
