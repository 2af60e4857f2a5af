"""``assistant keys`` and ``assistant audit`` over a real data folder, and a server that takes the key."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.bootstrap import Assistant
from assistant.cli import run
from assistant.cli.serve import application
from assistant.settings.file import load_settings

Said = pytest.CaptureFixture[str]


def cli(folder: Path, *words: str) -> int:
    return run(["--data", str(folder), *words])


def test_a_key_is_shown_once_listed_without_its_secret_and_revoked(tmp_path: Path, capsys: Said) -> None:
    made = cli(tmp_path, "keys", "create", "Front end", "--role", "practitioner", "--group", "inner", "--days", "30")
    said = capsys.readouterr()
    secret = said.out.strip()
    assert made == 0
    assert re.fullmatch(r"pak_[\w-]{43}", secret)
    assert "cannot be shown again" in said.err
    assert "share no history" in said.err
    assert "access.keys = true" in said.err

    assert cli(tmp_path, "keys", "list", "--json") == 0
    (row,) = json.loads(listed := capsys.readouterr().out)
    assert secret not in listed
    assert (row["name"], row["roles"], row["groups"], row["state"]) == (
        "Front end",
        ["practitioner"],
        ["inner"],
        "good",
    )

    assert cli(tmp_path, "keys", "revoke", row["key_id"]) == 0
    capsys.readouterr()
    assert cli(tmp_path, "keys", "list") == 0
    assert "revoked" in capsys.readouterr().out
    assert cli(tmp_path, "keys", "revoke", row["key_id"]) == 2
    assert "no such key" in capsys.readouterr().err
    assert secret.encode() not in b"".join(each.read_bytes() for each in tmp_path.glob("records.sqlite*"))


@pytest.mark.parametrize(
    "words", [["create", "x"], ["create", "x", "--role", "king"], ["create", "", "--role", "admin"]]
)
def test_what_is_missing_is_said(tmp_path: Path, capsys: Said, words: list[str]) -> None:
    assert cli(tmp_path, "keys", *words) == 2
    assert capsys.readouterr().err


def test_the_audit_log_prints_as_a_table(tmp_path: Path, capsys: Said) -> None:
    cli(tmp_path, "keys", "create", "x", "--role", "trainer")
    capsys.readouterr()
    assert cli(tmp_path, "audit") == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["user_id"], row["action"]) == ("command line", "key_created")
    assert cli(tmp_path, "audit", "--json", "--user", "nobody") == 0
    assert capsys.readouterr().out == ""


def test_a_server_with_keys_takes_the_key_that_was_made(tmp_path: Path, capsys: Said) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('[access]\nkeys = true\npublic_url = "https://policy.example.org"\n')
    cli(tmp_path / "data", "keys", "create", "x", "--role", "practitioner")
    secret = capsys.readouterr().out.strip()
    settings = load_settings(file).model_copy(update={"data": tmp_path / "data"})
    client = TestClient(application(Assistant(settings), "0.0.0.0"), base_url="https://policy.example.org")
    assert client.get("/v1/conversations").status_code == 401
    assert client.get("/v1/conversations", headers={"authorization": f"Bearer {secret}"}).status_code == 200
