"""Makes one archive to install from without a network: wheels, weights, checksums and an installer (``make bundle``).

``python tools/bundle.py [--out DIR]``. Every wheel is the one that requirements.lock names, by its hash; the weights are in the wheel of
this project, which is looked through for them. The archive of the same files is the same, byte by byte.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from email.parser import Parser
from pathlib import Path

ROOT = Path(__file__).parents[1]
WEIGHTS = "assistant/weights"
SUMS = "SHA256SUMS"
SHARED = {"deploy": "share/policy-assistant", "docs": "share/doc/policy-assistant"}
"""Folders of the project, and where they go."""
LEFT_OUT = shutil.ignore_patterns("bin", "bundle", "__pycache__", ".env", "secrets", "documents", "backups")
"""What is installed elsewhere, and what an operator keeps in deploy/."""


class BundleError(Exception):
    """The bundle cannot be made; the message says why and the fix."""


def wheelhouse(folder: Path) -> None:
    """Fills a folder with what requirements.lock names and with the wheel of this project."""
    pip = [sys.executable, "-m", "pip"]
    locked = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / "requirements.lock")]
    subprocess.run([*pip, "download", "--no-deps", "-d", str(folder), *locked], check=True)  # noqa: S603  our own arguments
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # modules that are gone would come along
    own = [*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(own, check=True)  # noqa: S603  our own arguments


def own_wheel(wheels: Path) -> tuple[Path, str]:
    """Returns the wheel of this project and its version.

    Raises:
        BundleError: There is none or there are several, or weights are missing in it.
    """
    found = sorted(wheels.glob("policy_assistant-*.whl"))
    if len(found) != 1:
        raise BundleError(f"{wheels}: {len(found)} wheels of policy-assistant where one is needed. Empty the folder.")
    with zipfile.ZipFile(found[0]) as archive:
        names = set(archive.namelist())
        metadata = next(name for name in names if name.endswith(".dist-info/METADATA"))
        version = str(Parser().parsestr(archive.read(metadata).decode())["Version"])
    weights = {path.relative_to(ROOT).as_posix() for path in (ROOT / WEIGHTS).rglob("*") if path.is_file()}
    missing = sorted(each for each in weights - names if "__pycache__" not in each)
    if missing:
        raise BundleError(f"{found[0].name}: {missing[0]} is not in it. Look at package-data in pyproject.toml.")
    return found[0], version


def filled(folder: Path, wheels: Path, lock: Path) -> Path:
    """Returns the folder of a bundle, made of wheels and a lock: everything in it, the checksums last."""
    own, version = own_wheel(wheels)
    bundle = folder / f"policy-assistant-{version}"
    bundle.mkdir(parents=True)
    shutil.copytree(wheels, bundle / "wheels")
    shutil.copy(lock, bundle / "requirements.lock")
    (bundle / "VERSION").write_text(f"{version}\n", encoding="utf-8")
    (bundle / "OWN_WHEEL").write_text(f"{own.name}\n", encoding="utf-8")
    shutil.copy(ROOT / "deploy" / "bundle" / "install.sh", bundle)
    shutil.copytree(ROOT / "deploy" / "bin", bundle / "bin")
    for source, place in SHARED.items():
        shutil.copytree(ROOT / source, bundle / place, ignore=LEFT_OUT)
    files = sorted(path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file())
    lines = [f"{digest(bundle / each)}  {each}\n" for each in files]
    (bundle / SUMS).write_text("".join(lines), encoding="utf-8")
    return bundle


def digest(path: Path) -> str:
    """Returns the sha256 of a file in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def packed(bundle: Path, out: Path) -> Path:
    """Returns the archive of a bundle's folder, beside a file with its checksum; owners, times and order are fixed."""
    out.mkdir(parents=True, exist_ok=True)
    archive = out / f"{bundle.name}-linux-x86_64-py311.tar.gz"
    with (
        archive.open("wb") as file,
        gzip.GzipFile("", "wb", compresslevel=1, fileobj=file, mtime=0) as zipped,  # wheels are compressed already
        tarfile.open(fileobj=zipped, mode="w", format=tarfile.PAX_FORMAT) as tar,
    ):
        for path in sorted(bundle.rglob("*")):
            tar.add(path, f"{bundle.name}/{path.relative_to(bundle).as_posix()}", recursive=False, filter=_plain)
    sums = archive.with_name(f"{archive.name}.sha256")
    sums.write_text(f"{digest(archive)}  {archive.name}\n", encoding="utf-8")
    return archive


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Returns a member of the archive without what differs from machine to machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = "root"
    member.mtime = 0
    member.mode = 0o755 if member.isdir() or member.mode & 0o100 else 0o644
    return member


def main() -> int:
    """Makes the archive and prints its name, size and checksum; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="folder of the archive (default: dist)")
    out: Path = parser.parse_args().out
    try:
        with tempfile.TemporaryDirectory() as folder:
            wheels = Path(folder) / "wheels"
            wheels.mkdir()
            wheelhouse(wheels)
            archive = packed(filled(Path(folder), wheels, ROOT / "requirements.lock"), out)
    except (BundleError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"bundle: {error}\n")
        return 1
    sys.stdout.write(f"{archive}: {archive.stat().st_size / 1e6:.0f} MB, sha256 {digest(archive)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
