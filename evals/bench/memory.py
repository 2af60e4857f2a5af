"""Peak memory of this process since a given moment (Linux; 0 elsewhere)."""

from __future__ import annotations

import re
from pathlib import Path

_STATUS = Path("/proc/self/status")
_RESET = Path("/proc/self/clear_refs")


def reset_peak() -> float:
    """Forgets the peak so far and returns the MB in use now."""
    if not _RESET.exists():
        return 0.0
    _RESET.write_text("5")
    return peak_mb()


def peak_mb() -> float:
    """Returns the most MB in use since the last reset, or since the start."""
    if not _STATUS.exists():
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text())
    return int(found[1]) / 1024 if found else 0.0
