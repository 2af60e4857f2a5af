"""A bundle with a stub for the program, which is made and installed as the real one is, in seconds."""

from __future__ import annotations

import base64
import hashlib
import stat
import zipfile
from pathlib import Path

from tests.unit.test_locks import ROOT
from tools.bundle import WEIGHTS, digest, filled, packed

PROGRAM = '#!/bin/sh\n[ -z "${STAND_IN:-}" ] || exec "$STAND_IN" "$@"\n'
VERSION = "0.0.1"


def stub_archive(folder: Path) -> Path:
    """Returns the archive of a bundle made of two stub wheels: a library that is locked, and the program."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    library = _wheel(wheels, "stub_library", {"stub_library.py": b""})
    _wheel(
        wheels,
        "policy_assistant",
        {path.relative_to(ROOT).as_posix(): b"" for path in (ROOT / WEIGHTS).rglob("*") if path.is_file()},
        {"assistant": PROGRAM.encode()},
    )
    lock = folder / "requirements.lock"
    lock.write_text(f"stub-library=={VERSION} \\\n    --hash=sha256:{digest(library)}\n", encoding="utf-8")
    return packed(filled(folder / "bundle", wheels, lock), folder / "dist")


def _wheel(folder: Path, name: str, files: dict[str, bytes], scripts: dict[str, bytes] | None = None) -> Path:
    facts = f"{name}-{VERSION}.dist-info"
    held = {
        **files,
        **{f"{name}-{VERSION}.data/scripts/{each}": text for each, text in (scripts or {}).items()},
        f"{facts}/METADATA": f"Metadata-Version: 2.1\nName: {name.replace('_', '-')}\nVersion: {VERSION}\n".encode(),
        f"{facts}/WHEEL": b"Wheel-Version: 1.0\nGenerator: stub\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{each},sha256={_urlsafe(text)},{len(text)}\n" for each, text in held.items())
    path = folder / f"{name}-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for each, text in held.items():
            entry = zipfile.ZipInfo(each)
            entry.external_attr = (stat.S_IFREG | 0o755) << 16
            archive.writestr(entry, text)
        archive.writestr(zipfile.ZipInfo(f"{facts}/RECORD"), f"{record}{facts}/RECORD,,\n")
    return path


def _urlsafe(text: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text).digest()).rstrip(b"=").decode()
