"""Writes ``requirements.lock`` and ``requirements-dev.lock``: every distribution with its version and hash.

Run by ``make lock``. ``python tools/lock.py fits`` ends with 0 where the locks are for this machine. Standard library only,
since it runs before anything is installed.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.lock": ".", "requirements-dev.lock": ".[dev]"}
"""What each lock is resolved from."""
PYTHON = (3, 11)
GLIBC = (2, 28)
"""Oldest C library that the locked wheels run on."""
HEAD = """# Written by `make lock` for Linux x86-64 and Python 3.11; do not edit.
# pip install --require-hashes -r {name}
"""


def fits() -> bool:
    """Returns whether the locks hold wheels for this machine."""
    libc, version = platform.libc_ver()
    is_glibc = libc == "glibc" and tuple(int(part) for part in version.split(".")[:2]) >= GLIBC
    machine = (sys.platform, platform.machine(), sys.version_info[:2])
    return is_glibc and machine == ("linux", "x86_64", PYTHON)


def resolved(asked: str) -> dict[str, tuple[str, str]]:
    """Returns version and sha256 of what pip would install, by name; this project itself left out."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        install = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed"]
        subprocess.run([*install, "--report", str(report), asked], cwd=ROOT, check=True)  # noqa: S603  our own arguments
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    return dict(_pinned(item) for item in items if "archive_info" in item["download_info"])


def _pinned(item: dict[str, Any]) -> tuple[str, tuple[str, str]]:
    """Returns name, public version and hash; ``==`` of the public version also takes a local build such as +cpu."""
    name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
    digest = item["download_info"]["archive_info"]["hashes"]["sha256"]
    return name, (item["metadata"]["version"].split("+")[0], digest)


def text_of(name: str, pins: dict[str, tuple[str, str]]) -> str:
    """Returns a lock file."""
    lines = [f"{each}=={version} \\\n    --hash=sha256:{digest}\n" for each, (version, digest) in sorted(pins.items())]
    return HEAD.format(name=name) + "".join(lines)


def main() -> int:
    """Writes the locks, or says whether they fit; returns the exit code."""
    if sys.argv[1:] == ["fits"]:
        return 0 if fits() else 1
    if not fits():
        sys.stderr.write("The locks are for Linux x86-64 and Python 3.11; run this there.\n")
        return 1
    for name, asked in LOCKS.items():
        (ROOT / name).write_text(text_of(name, resolved(asked)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
