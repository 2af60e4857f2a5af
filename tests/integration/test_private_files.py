"""Everything in a data folder is for its owner alone, whatever writes it and whatever the umask was."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from assistant import data_folder
from assistant.cli.options import writing_assistant
from assistant.data_folder import open_to_others, tighten
from assistant.errors import LibraryError
from assistant.ports import Update
from tests.command import ROOT, assistant
from tests.fakes import FakeEmbedder
from tests.libraries import document, publish, real_library

ALPHA = document("alpha", "The LADO is told of allegations.")
EVERY_WAY = """
import os, sys
from pathlib import Path
from fastapi.testclient import TestClient

os.umask(0)
folder = Path(sys.argv[1])
data, other, documents = folder / "new" / "data", folder / "other", folder / "documents"
documents.mkdir()
(documents / "policy.md").write_text("# Policy\\n\\n1.1 The blue form must be sent within five days.\\n")
from assistant.cli import run

assert run(["ingest", str(documents), "--data", str(data)]) == 0
os.umask(0)
from assistant.cli import serve

os.environ["ASSISTANT_DATA"] = str(data)
app = serve.worker()
with TestClient(app, base_url="http://127.0.0.1:8000") as client:
    assert client.post("/v1/ask", json={"question": "Within how many days must the blue form be sent?"}).status_code == 200
    file = {"file": ("second.md", b"# Second\\n\\n1.1 The red form must be kept for ten years.\\n")}
    for name in ("published", "waiting"):
        uploaded = client.post("/v1/publishing/uploads", files=file, data={"edition_id": name, "kind": "policy"})
        assert uploaded.status_code == 201, uploaded.text
        if name == "published":
            published = client.post(f"/v1/publishing/uploads/{uploaded.json()['upload_id']}/publish")
            assert published.status_code == 200, published.text
os.umask(0)
assert run(["backup", str(folder / "backup.zip"), "--data", str(data)]) == 0
os.umask(0)
assert run(["restore", str(folder / "backup.zip"), "--data", str(other)]) == 0
os.umask(0)
assert run(["ask", "Within how many days must the blue form be sent?", "--data", str(other)]) == 0
os.umask(0)
assert run(["keys", "create", "a", "--role", "practitioner", "--data", str(other)]) == 0
"""


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """Returns a data folder as an earlier version left it, open to everybody."""
    data = tmp_path / "data"
    publish(real_library(data, FakeEmbedder()), Update((ALPHA,)), FakeEmbedder())
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return data


@pytest.mark.slow
def test_every_way_of_writing_is_private_under_any_umask(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EVERY_WAY, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr

    for data in (tmp_path / "new", tmp_path / "other"):
        paths = [data, *data.rglob("*")]
        assert {stat.S_IMODE(path.stat().st_mode) for path in paths} == {0o600, 0o700}
        assert len(paths) > 20
    assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600


def test_an_index_is_private_whatever_program_builds_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        publish(real_library(tmp_path / "data", FakeEmbedder()), Update((ALPHA,)), FakeEmbedder())
    finally:
        os.umask(before)

    inside = [path for name in ("vectors", "words") for path in (tmp_path / "data" / name / "1").rglob("*")]
    assert inside
    assert not {path for path in open_to_others(tmp_path / "data") if path in inside}
    assert not {path for path in open_to_others(tmp_path / "data") if path.suffix == ".sqlite" or path.is_dir()}


def test_what_is_open_is_closed_before_anything_is_written(open_folder: Path) -> None:
    assert open_to_others(open_folder)[0] == open_folder

    writing_assistant(open_folder, None)

    assert open_to_others(open_folder) == ()


def test_check_names_what_is_open_and_the_fix(open_folder: Path) -> None:
    (open_folder / "library.sqlite").chmod(0o640)
    done = assistant("check", "--data", str(open_folder), ASSISTANT_EMBEDDER="minilm")

    assert done.returncode == 1
    assert f"open: others may read {open_folder}" in done.stdout
    assert f"chmod -R go= {open_folder}" in done.stdout


@pytest.mark.parametrize("command", ["ingest", "serve"])
def test_a_folder_of_another_user_is_refused_with_the_fix(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(data_folder.os, "geteuid", lambda: os.getuid() + 12345)
    monkeypatch.setattr(data_folder.os, "access", lambda *_: True)

    done = assistant(command, *(["corpus"] if command == "ingest" else []), "--data", str(open_folder))

    assert done.returncode == 1
    assert "belongs to the user" in done.stderr
    assert f"sudo chown -R {os.getuid() + 12345} {open_folder}" in done.stderr


def test_a_folder_of_another_user_may_be_read(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_folder.os, "geteuid", lambda: os.getuid() + 12345)
    monkeypatch.setattr(data_folder.os, "access", lambda *_: False)

    tighten(open_folder)

    assert open_to_others(open_folder) != ()


def test_a_file_of_another_user_in_the_folder_is_refused(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    with pytest.raises(LibraryError, match="sudo chown -R"):
        tighten(open_folder)


def test_a_link_in_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "mine").chmod(0o644)
    (tmp_path / "data" / "link").symlink_to(tmp_path / "mine")

    tighten(tmp_path / "data")

    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o644
