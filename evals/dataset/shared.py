"""Where the shared folder is, with the real documents (``corpus``) and the training material (``training``)."""

from __future__ import annotations

import os
from pathlib import Path


def shared_folder() -> Path:
    """Returns the folder that ASSISTANT_SHARED names, else ``../shared``; it may be absent."""
    return Path(os.environ.get("ASSISTANT_SHARED", "../shared"))
