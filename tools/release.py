"""Makes a release in ``dist/``: wheel and sdist, checked, with a bill of materials and the licences of every dependency.

Run by ``make release``, in an environment that holds nothing but what ``python tools/release.py tools`` names. Steps: the changelog
has the version; ``build`` makes the sdist and, from it, the wheel; ``twine check``; the wheel is installed into a clean environment,
from the lock where that fits, and answers a question from its own documents; ``cyclonedx-py`` writes ``sbom.cdx.json`` and
``pip-licenses`` ``licences.json`` of that very environment; ``SHA256SUMS`` names every file.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
TOOLS = ("build==1.6.1", "twine==7.0.0", "cyclonedx-bom==7.5.0", "pip-licenses==5.5.5")
QUESTION, ANSWER = "How long may an assessment take?", "45 working days"
"""What the installed wheel is asked, and words of its answer."""


def version() -> str:
    """Returns the version of the project, which stands in ``assistant/__init__.py`` alone."""
    found = re.search(
        r"^__version__ = (.+)$", (ROOT / "assistant" / "__init__.py").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert found is not None
    return str(ast.literal_eval(found[1]))


def changes(text: str, version: str) -> str:
    """Returns what a changelog says of a version.

    Raises:
        SystemExit: It has no heading for it, or nothing below.
    """
    found = re.search(rf"^## {re.escape(version)}(?![\w.])[^\n]*\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None or "\n- " not in f"\n{found[1].strip()}":
        raise SystemExit(
            f"CHANGELOG.md: has no entry for {version}. Add a heading `## {version}` with a line per change."
        )
    return found[1].strip()


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    """Returns what a command prints; ends this program where it fails."""
    done = subprocess.run([str(each) for each in command], cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def build() -> Path:
    """Returns the wheel, which was built from the sdist beside it; what lay in ``dist`` is gone."""
    for name in (DIST, ROOT / "build"):
        shutil.rmtree(name, ignore_errors=True)
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT)
    run(sys.executable, "-m", "twine", "check", "--strict", *DIST.iterdir())
    return next(DIST.glob("*.whl"))


def installed(wheel: Path, folder: Path) -> Path:
    """Returns the Python of a clean environment that holds the wheel and what it needs, each file checked by the lock."""
    run(sys.executable, "-m", "venv", folder)
    python = folder / "bin" / "python"
    pip = (python, "-m", "pip", "install", "-q", "--disable-pip-version-check")
    fits = subprocess.run([python, ROOT / "tools" / "lock.py", "fits"], check=False).returncode == 0  # noqa: S603  our own
    if fits:
        run(*pip, "--require-hashes", "--no-deps", "-r", ROOT / "requirements.lock")
    run(*pip, *(["--no-deps"] if fits else []), wheel)
    return python


def smoke(python: Path, folder: Path) -> None:
    """Asks the installed wheel, outside the checkout, a question of its own documents."""
    assistant = python.with_name("assistant")
    said = run(assistant, "--version", cwd=folder)
    run(assistant, "corpus", cwd=folder)
    run(assistant, "ingest", "corpus", cwd=folder)
    if version() not in said or ANSWER not in run(assistant, "ask", QUESTION, cwd=folder):
        raise SystemExit("The installed wheel does not answer as it should.")


def bill(python: Path) -> None:
    """Writes the bill of materials and the licences of what is installed beside the wheel."""
    tools = Path(sys.executable).parent
    run(
        tools / "cyclonedx-py",
        "environment",
        "--output-format",
        "JSON",
        "--output-file",
        DIST / "sbom.cdx.json",
        python,
    )
    listed = (
        "--format",
        "json",
        "--with-urls",
        "--with-license-file",
        "--no-license-path",
        "--output-file",
        DIST / "licences.json",
    )
    run(tools / "pip-licenses", "--python", python, *listed)
    named = {each["name"] for each in json.loads((DIST / "sbom.cdx.json").read_text(encoding="utf-8"))["components"]}
    if not {"chromadb", "fastapi", "onnxruntime"} <= named:
        raise SystemExit("sbom.cdx.json: does not name what is installed.")


def main() -> None:
    """Makes the release and says what is in it."""
    number = version()
    notes = changes((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), number)
    wheel = build()
    with tempfile.TemporaryDirectory() as folder:
        python = installed(wheel, Path(folder) / "venv")
        smoke(python, Path(folder))
        bill(python)
    for lock in ROOT.glob("requirements*.lock"):
        shutil.copy(lock, DIST)
    (DIST / "CHANGES.md").write_text(f"# {number}\n\n{notes}\n", encoding="utf-8")
    files = sorted(DIST.iterdir())
    sums = "".join(f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files)
    (DIST / "SHA256SUMS").write_text(sums, encoding="utf-8")
    sys.stdout.write(sums)


if __name__ == "__main__":
    if sys.argv[1:] == ["tools"]:
        sys.stdout.write(" ".join(TOOLS) + "\n")
    else:
        main()
