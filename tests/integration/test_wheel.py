"""What a wheel holds works outside a checkout, beside other packages called ``api`` and ``ingest``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.data_folders import ROOT

DEVELOPMENT = ("evals/", "assistant/weights/")
"""Question sets and training material stay out of a wheel; the weights are moved here, not copied."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder with the files of a wheel and, before them on the path, other packages of the same names."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    shutil.copytree(
        ROOT, source, ignore=shutil.ignore_patterns(".*", "data_", "weights", "build", "tests", "__pycache__")
    )
    (source / "assistant" / "weights").mkdir()
    lay = [sys.executable, "setup.py", "-q", "build_py", "--build-lib", str(folder / "site")]
    subprocess.run(lay, cwd=source, check=True, capture_output=True, text=True)
    shutil.rmtree(source)
    (folder / "site" / "assistant" / "weights").symlink_to(ROOT / "assistant" / "weights")
    for name in ("api", "ingest", "evals"):
        (folder / "others" / name).mkdir(parents=True)
        (folder / "others" / name / "__init__.py").write_text("raise ImportError('somebody else')")
    return folder


def run(installed: Path, *commands: tuple[str, ...]) -> str:
    """Returns what commands print, one after the other in one process that finds the others first."""
    path = os.pathsep.join(str(installed / each) for each in ("others", "site"))
    environment = {**os.environ, "PYTHONPATH": path, "ASSISTANT_DATA": str(installed / "data")}
    program = f"import sys; from assistant.cli import run; sys.exit(sum(run(each) for each in {commands!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=installed / "others", env=environment, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_file_of_the_program_is_in_a_wheel(installed: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    site = installed / "site"
    absent = [
        name
        for name in listed
        if name.startswith(("assistant/", "api/", "ingest/", "corpus/", "docs/")) and not name.startswith(DEVELOPMENT)
        if not (site / name).exists() and not (site / "assistant" / "_siblings" / name).exists()
    ]
    if not listed:
        pytest.skip("not a git checkout")
    assert absent == []


def test_a_wheel_installs_no_package_whose_name_others_use(installed: Path) -> None:
    assert [each.name for each in (installed / "site").iterdir()] == ["assistant"]


def test_it_ingests_and_answers_from_its_own_documents_among_packages_of_the_same_names(installed: Path) -> None:
    own = installed / "corpus"
    said = run(
        installed,
        ("--version",),
        ("corpus", str(own)),
        ("ingest", str(own / "working-together-2023-summary.md")),
        ("ask", "How long may an assessment take?"),
    )
    assert f"documentation: {installed / 'site' / 'assistant' / '_siblings' / 'docs'}\n" in said
    assert "45 working days" in said
