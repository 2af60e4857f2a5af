"""Every command of the operators' pages is carried out, in order, in a folder that stands for the machine."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from fastapi.testclient import TestClient

from api.app import create_app
from assistant.bootstrap import Assistant
from assistant.settings import Settings
from assistant.settings.file import load_settings
from tests.data_folders import ROOT, DataFolders
from tests.integration.operating import PAGES, RECORDED, Machine, blocks
from tests.integration.stub_bundle import VERSION, stub_archive

LANGUAGES = {"sh", "toml", "yaml", "ini", "caddyfile"}
"""Languages of blocks. `sh` is carried out, the first two others are read; the rest are files of other programs."""
POLICY = "# Supervision\n\nEvery practitioner must be supervised once a month.\n"
SERVICES = "policy-assistant.service policy-assistant-backup.timer policy-assistant-purge.timer"


@pytest.fixture(scope="module")
def library(data_folders: DataFolders) -> Path:
    """Returns a data folder with the project's own documents; copy it before writing."""
    return data_folders.copy()


@pytest.fixture(scope="module")
def server(library: Path) -> Iterator[TestClient]:
    """Yields the application that ``curl`` reaches."""
    assistant = Assistant(Settings(data=library))
    assistant.access_store.keys()  # its records are there before the folder is copied
    app = create_app(assistant)
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stub_archive(tmp_path_factory.mktemp("stub"))


@pytest.fixture
def bare(server: TestClient, archive: Path, tmp_path: Path) -> Machine:
    """Returns a machine on which nothing is installed, with the archive and documents brought to it."""
    machine = Machine(tmp_path, server)
    for each in archive.parent.iterdir():
        shutil.copy(each, tmp_path)
    (tmp_path / "srv/policies").mkdir(parents=True)
    (tmp_path / "srv/policies/supervision.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "etc/systemd/system").mkdir(parents=True)
    return machine


@pytest.fixture
def machine(bare: Machine, library: Path) -> Machine:
    """Returns a machine where an earlier release runs over a library, with one backup."""
    shutil.copytree(library, bare.data)
    bare.settings.parent.mkdir(parents=True)
    (bare.settings.parent / "secrets").mkdir()
    shutil.copy(ROOT / "deploy/settings.toml", bare.settings)
    release = bare.root / "opt/policy-assistant/releases/0.0.0"
    shutil.copytree(ROOT / "deploy", release / "share/policy-assistant")
    (release.parents[1] / "current").symlink_to("releases/0.0.0")
    (bare.root / "var/backups/policy-assistant").mkdir(parents=True)
    bare.follow_one("policy-assistant-backup /var/backups/policy-assistant")
    backup = next((bare.root / "var/backups/policy-assistant").iterdir())
    backup.rename(backup.with_name("policy-assistant-20260302T023000Z.zip"))
    return bare


def certificate() -> bytes:
    """Returns a certificate that is valid for a month."""
    key, name = Ed25519PrivateKey.generate(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "policy.example.org")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=30)).sign(key, None)
    return made.public_bytes(Encoding.PEM)


def test_a_machine_is_installed_as_the_page_says(bare: Machine) -> None:
    said = bare.follow("install.md")
    assert f"systemctl enable --now {SERVICES}" in bare.recorded
    assert (bare.root / "opt/policy-assistant/current").readlink() == Path(f"releases/{VERSION}")
    assert "pak_" in (bare.root / "first-key.txt").read_text()
    assert {path.name for path in (bare.root / "etc/systemd/system").iterdir()} == {
        path.name for path in (ROOT / "deploy/systemd").iterdir()
    }
    assert '"status":"ready"' in said
    assert "generation 1 is published" in said


def test_a_backup_is_made_tried_and_restored(machine: Machine) -> None:
    said = machine.follow("backup.md")
    assert "NO ANSWER" not in said
    assert "155." in said
    assert machine.recorded[-2:] == [
        "systemctl stop policy-assistant.service",
        "systemctl start policy-assistant.service",
    ]
    assert [path.name for path in machine.data.parent.iterdir()] == ["data"]


def test_a_release_is_tried_switched_to_and_rolled_back(machine: Machine) -> None:
    said = machine.follow("upgrade.md")
    assert "NO ANSWER" not in said
    opt = machine.root / "opt/policy-assistant"
    assert (opt / f"releases/{VERSION}/bin/assistant").exists()
    assert (opt / "current").readlink() == Path("releases/0.0.0")
    assert not (opt / "current.new").exists()


def test_data_and_settings_are_moved(machine: Machine) -> None:
    said = machine.follow("moving.md")
    sums = re.findall(r"^([0-9a-f]{64})  .*policy-assistant-.*\.zip$", said, re.M)
    assert len(sums) == 2
    assert len(set(sums)) == 1
    assert any(each.startswith("rsync --archive") and "/etc/policy-assistant/" in each for each in machine.recorded)


def test_a_wrong_answer_is_looked_into(machine: Machine) -> None:
    said = machine.follow("wrong-answer.md", EDITION="model-csa-policy")
    assert "model-csa-policy" in said
    assert machine.recorded == ["systemctl stop policy-assistant.service", "systemctl start policy-assistant.service"]


def test_it_is_watched(machine: Machine) -> None:
    said = machine.follow("monitoring.md")
    assert "assistant_ready 1.0" in said
    assert "pak_" in (machine.root / "etc/prometheus/policy-assistant.key").read_text()
    assert any(each.startswith("promtool check rules") for each in machine.recorded)


@pytest.mark.parametrize(
    "page", ["logs.md", "certificates.md", "sign-in.md", "containers.md", "removal.md", "sources.md"]
)
def test_the_other_pages_can_be_followed(machine: Machine, page: str) -> None:
    (machine.root / "policy.crt").write_bytes(certificate())
    for name in ("authority.crt", "policy.key", "secret.txt"):
        (machine.root / name).write_text("x\n", encoding="utf-8")
    (machine.root / "policy-assistant/deploy").mkdir(parents=True)
    (machine.root / "etc/caddy").mkdir()
    machine.follow(page)
    assert machine.recorded
    if page == "removal.md":
        assert not any((machine.root / name).exists() for name in ("opt/policy-assistant", "var/lib/policy-assistant"))


def test_no_command_stands_in_a_block_that_nobody_runs() -> None:
    for page in PAGES.glob("*.md"):
        assert {language for language, _ in blocks(page)} <= LANGUAGES, page.name
    assert {page.name for page in PAGES.glob("*.md")} == set(
        re.findall(r"\(operate/(.*?)\)", (PAGES.parent / "operate.md").read_text())
    )


@pytest.mark.parametrize("command", ["policy-assistant nosuch", "curl -fsS http://127.0.0.1:8000/no", "false | cat"])
def test_a_page_with_a_fault_is_noticed(bare: Machine, command: str) -> None:
    with pytest.raises(AssertionError):
        bare.follow_one(command)


def test_settings_on_the_page_of_sign_in_are_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "access__oidc__client_secret").write_text("x", encoding="utf-8")
    monkeypatch.setenv("ASSISTANT_SECRETS", str(secrets))
    found = [text for language, text in blocks(PAGES / "sign-in.md") if language == "toml"]
    assert len(found) == 2
    for text in found:
        (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
        oidc = load_settings(tmp_path / "settings.toml").access.oidc
        assert oidc is not None
        assert oidc.roles


def test_the_yaml_on_the_pages_names_the_job_of_the_alerts() -> None:
    found = [yaml.safe_load(text) for language, text in blocks(PAGES / "monitoring.md") if language == "yaml"]
    assert [each["job_name"] for each in found[0]["scrape_configs"]] == ["policy-assistant"]


def test_the_stand_ins_are_told_to_the_reader() -> None:
    text = (PAGES.parent / "operate.md").read_text(encoding="utf-8")
    assert [name for name in RECORDED if f"`{name}`" not in text] == []
