"""The log of every opening of the report split: a set that is opened too often is no longer a test."""

from __future__ import annotations

import getpass
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evals.dataset.items import Item, digest

LOG = Path(__file__).parent / "report-openings.jsonl"


def log_opening(items: Sequence[Item], command: str, fingerprint: str, log: Path = LOG) -> bool:
    """Appends a line where questions of the report split are among the items; returns whether there were any."""
    opened = [item for item in items if item.split == "report"]
    if not opened:
        return False
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "by": getpass.getuser(),
        "command": command,
        "questions": len(opened),
        "set": digest(opened)[:16],
        "fingerprint": fingerprint,
    }
    with log.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return True
