"""Programs beside this one that tests of some formats need: left out on a desk without them, required in CI."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRED = "ASSISTANT_PROGRAMS"
"""Set to "required" where a missing program fails its tests in place of leaving them out."""
DEBIAN = {
    "tesseract": "tesseract-ocr tesseract-ocr-eng",
    "soffice": "libreoffice-writer-nogui libreoffice-impress-nogui",
}


def need(program: str) -> None:
    """Leaves the test out where a program is not installed, or fails it where programs are required."""
    if shutil.which(program) is not None:
        return
    text = f"no {program} here; on Debian: apt-get install --no-install-recommends {DEBIAN[program]}"
    if os.environ.get(REQUIRED) == "required":
        pytest.fail(text)
    pytest.skip(text)
