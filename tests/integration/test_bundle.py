"""The archive to install from without a network: what is in it, and that nothing is installed from a changed one."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.integration.stub_bundle import VERSION, stub_archive
from tools.bundle import BundleError, digest, own_wheel

NAME = f"policy-assistant-{VERSION}"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stub_archive(tmp_path_factory.mktemp("stub"))


@pytest.fixture
def bundle(archive: Path, tmp_path: Path) -> Path:
    """Returns the folder of an unpacked bundle."""
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path, filter="data")
    return tmp_path / NAME


def installed(bundle: Path, *options: str) -> subprocess.CompletedProcess[str]:
    python = () if "--python" in options else ("--python", sys.executable)
    command = ["sh", str(bundle / "install.sh"), "--prefix", str(bundle.parent / "opt"), *python, *options]
    return subprocess.run(command, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)


def test_it_holds_wheels_units_pages_and_a_checksum_of_each(bundle: Path, archive: Path) -> None:
    files = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()}
    sums = dict(reversed(line.split("  ", 1)) for line in (bundle / "SHA256SUMS").read_text().splitlines())
    assert set(sums) == files - {"SHA256SUMS"}
    assert all(digest(bundle / name) == value for name, value in sums.items())
    assert f"wheels/policy_assistant-{VERSION}-py3-none-any.whl" in files
    assert {"share/policy-assistant/systemd/policy-assistant.service", "share/doc/policy-assistant/operate.md"} <= files
    assert (archive.with_name(f"{archive.name}.sha256")).read_text() == f"{digest(archive)}  {archive.name}\n"


def test_the_same_files_make_the_same_archive(archive: Path, tmp_path: Path) -> None:
    assert digest(stub_archive(tmp_path)) == digest(archive)


def test_nothing_is_installed_from_a_changed_file(bundle: Path) -> None:
    with (bundle / "wheels" / f"stub_library-{VERSION}-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"\0")
    done = installed(bundle)
    assert done.returncode == 1
    assert "nothing was installed" in done.stderr
    assert not (bundle.parent / "opt").exists()


@pytest.mark.parametrize(
    ("options", "said"), [(["--python", "/bin/false"], "3.11 is needed"), (["--to"], "--to: no such")]
)
def test_what_is_missing_is_told_before_anything_is_written(bundle: Path, options: list[str], said: str) -> None:
    done = installed(bundle, *options)
    assert done.returncode == 1
    assert said in done.stderr
    assert not (bundle.parent / "opt").exists()


def test_a_release_that_is_there_is_left_alone(bundle: Path) -> None:
    (bundle.parent / "opt" / "releases" / VERSION).mkdir(parents=True)
    done = installed(bundle)
    assert done.returncode == 1
    assert "is there already" in done.stderr


def test_a_wheel_without_the_weights_makes_no_bundle(archive: Path, tmp_path: Path) -> None:
    wheels = archive.parents[1] / "wheels"
    (tmp_path / f"policy_assistant-{VERSION}-py3-none-any.whl").write_bytes(
        (wheels / f"stub_library-{VERSION}-py3-none-any.whl").read_bytes()
    )
    with pytest.raises(BundleError, match="package-data"):
        own_wheel(tmp_path)
    with pytest.raises(BundleError, match="0 wheels"):
        own_wheel(archive.parent)
