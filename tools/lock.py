"""Writes ``requirements.lock`` and ``requirements-dev.lock``: every distribution with its version and hashes.

Run by ``make lock``. ``python tools/lock.py fits`` ends with 0 where the locks are for this machine. Standard library only,
since it runs before anything is installed.
"""

from __future__ import annotations

import json
import os
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
OWN_INDEXES = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL")


def fits() -> bool:
    """Returns whether the locks hold wheels for this machine."""
    libc, version = platform.libc_ver()
    is_glibc = libc == "glibc" and tuple(int(part) for part in version.split(".")[:2]) >= GLIBC
    machine = (sys.platform, platform.machine(), sys.version_info[:2])
    return is_glibc and machine == ("linux", "x86_64", PYTHON)


def resolved(*asked: str, environment: dict[str, str] | None = None) -> dict[str, tuple[str, set[str]]]:
    """Returns version and hashes of what pip would install, by name; this project itself left out."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--dry-run",
            "--ignore-installed",
            "--report",
            str(report),
        ]
        subprocess.run([*command, *asked], cwd=ROOT, env=environment, check=True)  # noqa: S603  our own arguments
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    return dict(_pinned(item) for item in items if "archive_info" in item["download_info"])


def _pinned(item: dict[str, Any]) -> tuple[str, tuple[str, set[str]]]:
    """Returns name, public version and hash; ``==`` of the public version also takes a local build such as +cpu."""
    name = re.sub(r"[-_.]+", "-", item["metadata"]["name"]).lower()
    return name, (
        item["metadata"]["version"].split("+")[0],
        {item["download_info"]["archive_info"]["hashes"]["sha256"]},
    )


def locked(asked: str) -> dict[str, tuple[str, set[str]]]:
    """Returns every distribution that is needed, with the hashes of the builds that this machine and everybody else gets."""
    own = resolved(asked)
    pins = [f"{name}=={version}" for name, (version, _) in own.items()]
    environment = {name: value for name, value in os.environ.items() if name not in OWN_INDEXES}
    public = resolved("--no-deps", *pins, environment={**environment, "PIP_CONFIG_FILE": os.devnull})
    return {name: (version, hashes | public[name][1]) for name, (version, hashes) in own.items()}


def text_of(name: str, pins: dict[str, tuple[str, set[str]]]) -> str:
    """Returns a lock file."""
    blocks = [
        " \\\n    ".join([f"{each}=={version}", *(f"--hash=sha256:{digest}" for digest in sorted(hashes))])
        for each, (version, hashes) in sorted(pins.items())
    ]
    return HEAD.format(name=name) + "\n".join(blocks) + "\n"


def main() -> int:
    """Writes the locks, or says whether they fit; returns the exit code."""
    if sys.argv[1:] == ["fits"]:
        return 0 if fits() else 1
    if not fits():
        sys.stderr.write("The locks are for Linux x86-64 and Python 3.11; run this there.\n")
        return 1
    for name, asked in LOCKS.items():
        (ROOT / name).write_text(text_of(name, locked(asked)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
