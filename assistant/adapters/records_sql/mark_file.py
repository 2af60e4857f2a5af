"""StoredMarks: the ``SourceMarks`` port; reads one small table of the records, again only when the file has changed."""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Literal

from assistant.adapters.records_sql.database import FILE
from assistant.adapters.sql.sqlite_files import connect_for_reading
from assistant.model import EditionId, SourceMark

logger = logging.getLogger(__name__)

SETTLED_NS = 50_000_000
"""Age of a change of the file, in nanoseconds, from which its time tells it from a later one."""
QUERY = "select edition_id, body from source_mark order by edition_id, source_id"
Stamp = tuple[int, ...]


class StoredMarks:
    """The marks in the records of a data folder; no file is made, nothing is upgraded, nothing is written.

    Args:
        data: The data folder.
    """

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._stamp: Stamp | None = None
        self._marks: Mapping[EditionId, SourceMark] = {}
        self._lock = Lock()

    def current(self) -> Mapping[EditionId, SourceMark]:
        """Returns the mark of each edition, as stored now; see the port."""
        stamp, is_settled = self._seen()
        with self._lock:
            if stamp is not None and stamp == self._stamp:
                return self._marks
            try:
                self._marks = self._read() if stamp else {}
                self._stamp = stamp if is_settled else None
            except (sqlite3.Error, ValueError, KeyError) as error:
                fix = "a damaged file: `assistant restore FILE`"
                logger.warning("%s: what sources say of editions cannot be read (%s); %s", self._path, error, fix)
            return self._marks

    def _seen(self) -> tuple[Stamp | None, bool]:
        """Returns what tells one state of the file from another, None for no file, and whether a later one would differ."""
        found: list[int] = []
        for path in (self._path, self._path.with_name(f"{FILE}-wal")):
            try:
                seen = path.stat()
            except OSError:
                continue
            found += seen.st_ino, seen.st_mtime_ns, seen.st_size
        last = max(found[1::3], default=0)
        return (tuple(found) or None) if self._path.is_file() else None, time.time_ns() - last > SETTLED_NS

    def _read(self) -> Mapping[EditionId, SourceMark]:
        with closing(connect_for_reading(self._path)) as connection:
            has_table = connection.execute("select 1 from sqlite_master where name = 'source_mark'").fetchone()
            rows = connection.execute(QUERY).fetchall() if has_table else []
        marks: dict[EditionId, SourceMark] = {}
        for name, body in rows:
            mark, edition_id = _mark(json.loads(body)), EditionId(name)
            if edition_id not in marks or mark.kind == "withdrawn":  # the weightier of two sources counts
                marks[edition_id] = mark
        return marks


def _mark(raw: Mapping[str, str | None]) -> SourceMark:
    day = raw.get("since")
    since = date.fromisoformat(day) if day else None
    kind: Literal["withdrawn", "superseded"] = "withdrawn" if raw["kind"] == "withdrawn" else "superseded"
    return SourceMark(kind, since, *((raw.get(name) or "") for name in ("note", "address", "successor")))
