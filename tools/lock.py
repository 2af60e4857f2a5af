"""Writes ``requirements.lock``, ``requirements-models.lock`` and ``requirements-dev.lock``: distributions with version and hash.

Run by ``make lock``. ``python tools/lock.py fits`` ends with 0 where the locks are for this machine. Standard library and pip only,
since it runs before anything is installed.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from pip._vendor.packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = {"requirements.lock": ".", "requirements-models.lock": ".[models]", "requirements-dev.lock": ".[dev]"}
"""What each lock is resolved from."""
LEFT_OUT = {
    "kubernetes": "75 MB that chromadb's own distributed server needs; nothing of what is used here imports it",
    "hf-xet": "11 MB that speed up downloads from the Hugging Face Hub; nothing here downloads",
}
"""What other distributions ask for and no lock holds, with the reason, nor what only these ask for."""
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
    """Returns version and sha256 of what pip would install, by name; this project itself and ``LEFT_OUT`` are not in it."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        install = [sys.executable, "-m", "pip", "install", "-q", "--dry-run", "--ignore-installed"]
        subprocess.run([*install, "--report", str(report), asked, *_build_requirements()], cwd=ROOT, check=True)  # noqa: S603  ours
        items = json.loads(report.read_text(encoding="utf-8"))["install"]
    by_name = {_name(item["metadata"]["name"]): item for item in items}
    return {
        name: _pinned(by_name[name]) for name in needed(by_name) if "archive_info" in by_name[name]["download_info"]
    }


def _build_requirements() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return list(project["build-system"]["requires"])


def needed(items: dict[str, dict[str, Any]]) -> set[str]:
    """Returns the names of what was asked for and of what that needs in turn, without ``LEFT_OUT``.

    Args:
        items: Entries of pip's installation report by name.
    """
    left = [(name, frozenset(item.get("requested_extras", ()))) for name, item in items.items() if item["requested"]]
    seen: set[tuple[str, frozenset[str]]] = set()
    while left:
        name, extras = each = left.pop()
        if each in seen or name in LEFT_OUT:
            continue
        seen.add(each)
        requirements = map(Requirement, items[name]["metadata"].get("requires_dist", ()))
        left += [(_name(other.name), frozenset(other.extras)) for other in requirements if _applies(other, extras)]
    return {name for name, _ in seen}


def _applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _pinned(item: dict[str, Any]) -> tuple[str, str]:
    """Returns public version and hash; ``==`` of the public version also takes a local build such as +cpu."""
    return item["metadata"]["version"].split("+")[0], item["download_info"]["archive_info"]["hashes"]["sha256"]


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
