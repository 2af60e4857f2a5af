"""Files for operators: units, containers and alerts hold what the pages say of them."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from assistant.settings.file import load_settings
from tests.data_folders import ROOT
from tests.integration.operating import PAGES

DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
SOURCES = "policy-assistant-sources.service"
"""The one unit that may reach other machines."""
MAIN = ("policy-assistant.service", "policy-assistant-backup.service", "policy-assistant-purge.service")
SYSTEMD = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
EXPOSURE = re.compile(r"Overall exposure level for (\S+): (\d+\.\d+)")


def script(name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {"PATH": "/usr/bin:/bin", **environment}
    command = [str(DEPLOY / "bin" / name), *arguments]
    return subprocess.run(command, env=known, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Returns a copy of the units whose programs are there."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("assistant", "policy-assistant-backup"):
        (programs / name).symlink_to("/bin/true")
    for unit in UNITS.iterdir():
        text = unit.read_text(encoding="utf-8").replace("/opt/policy-assistant/current/bin", str(programs))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    return tmp_path


@SYSTEMD
def test_systemd_finds_no_fault_in_the_units(units: Path) -> None:
    files = [str(each) for each in units.iterdir() if each.suffix in (".service", ".timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False
    )
    assert (done.returncode, [line for line in done.stderr.splitlines() if "policy-assistant" in line]) == (0, [])


@SYSTEMD
def test_the_units_are_as_little_exposed_as_the_page_says(units: Path) -> None:
    said = dict(re.findall(r"(service|backup|purge) (\d\.\d)", (PAGES / "install.md").read_text(encoding="utf-8")))
    said |= dict(re.findall(r"(sources) (\d\.\d)", (PAGES / "sources.md").read_text(encoding="utf-8")))
    for name, word in zip((*MAIN, SOURCES), ("service", "backup", "purge", "sources"), strict=True):
        command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(units / name)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        level = EXPOSURE.search(done.stdout)
        assert level is not None, done.stderr
        assert float(level[2]) < (1.5 if name == SOURCES else 1.0)
        assert abs(float(level[2]) - float(said[word])) <= 0.3, "say the figure of systemd-analyze in install.md"


@pytest.mark.parametrize("name", [*MAIN, SOURCES])
def test_every_unit_is_closed_alike_and_lets_nobody_in_without_a_key(name: str) -> None:
    lines = (UNITS / name).read_text(encoding="utf-8").splitlines()
    for line in (
        "User=policy-assistant",
        "ProtectSystem=strict",
        "NoNewPrivileges=true",
        "CapabilityBoundingSet=",
        "UMask=0077",
    ):
        assert line in lines
    if name == MAIN[0]:
        assert "Environment=ASSISTANT_ACCESS__KEYS=true" in lines
        assert any(line.startswith("ExecStart=") and "--host 127.0.0.1" in line for line in lines)
        assert "ProcSubset=pid" not in lines, "onnxruntime reads /proc/cpuinfo"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """Returns the compose file."""
    held = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(held, dict)
    return held


def test_every_container_is_closed_and_bounded(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert {"mem_limit", "cpus", "pids_limit", "logging"} <= set(service), name
        assert "privileged" not in service, name
    assert compose["services"]["caddy"]["cap_add"] == ["NET_BIND_SERVICE"]
    assert [name for name, each in compose["services"].items() if "ports" in each] == ["caddy"]


def test_only_caddy_is_believed_about_addresses_and_only_it_leaves_the_inner_network(compose: dict[str, Any]) -> None:
    services = compose["services"]
    caddy = services["caddy"]["networks"]["inner"]["ipv4_address"]
    assert services["assistant"]["environment"]["FORWARDED_ALLOW_IPS"] == caddy
    assert services["assistant"]["networks"] == ["inner"]
    assert compose["networks"]["inner"]["internal"] is True
    assert services["backup"]["network_mode"] == "none"


def test_only_the_proxy_that_the_variable_names_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["client"][0])

    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "172.30.77.2")
    believing = ProxyHeadersMiddleware(application, Config(application).forwarded_allow_ips)
    for address in ("172.30.77.2", "172.30.77.1", "127.0.0.1"):
        scope = {
            "type": "http",
            "client": (address, 1),
            "scheme": "http",
            "headers": [(b"x-forwarded-for", b"10.1.2.3")],
        }
        asyncio.run(believing(scope, None, None))  # type: ignore[arg-type]
    assert seen == ["10.1.2.3", "172.30.77.1", "127.0.0.1"]


def test_files_that_compose_names_are_there(compose: dict[str, Any]) -> None:
    named = [each.split(":")[0] for service in compose["services"].values() for each in service["volumes"]]
    files = {each for each in named if each.startswith("./")} - {"./documents", "./backups"}
    assert files
    assert all((DEPLOY / each).is_file() for each in files)
    assert (DEPLOY / compose["services"]["assistant"]["build"]["context"] / "Containerfile").is_file()
    secret = yaml.safe_load((DEPLOY / "compose.sign-in.yaml").read_text(encoding="utf-8"))
    assert secret["services"]["assistant"]["secrets"] == list(secret["secrets"])


def test_the_image_is_not_root_checks_hashes_and_invents_no_digest() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    commands = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert "USER 10001:10001" in commands
    assert "--require-hashes" in text
    assert any(line.startswith("HEALTHCHECK") for line in commands)
    for file in (text, (DEPLOY / "compose.yaml").read_text(encoding="utf-8")):
        assert not re.search(r"@sha256:[0-9a-f]", file), "a digest was looked up: say where, and take this line out"
    assert (ROOT / ".dockerignore").resolve() == ROOT / ".containerignore"


def test_what_the_image_is_built_from_is_not_left_out_of_the_context() -> None:
    kept = {
        line[1:] for line in (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines() if line[:1] == "!"
    }
    packages = {each.name for each in ROOT.iterdir() if (each / "__init__.py").is_file()} - {"tests"}
    assert packages <= kept
    assert {"pyproject.toml", "setup.py", "requirements.lock", "README.md", "docs", "deploy/bin"} <= kept


def test_settings_of_the_deployment_need_keys_and_name_local_contacts() -> None:
    settings = load_settings(DEPLOY / "settings.toml")
    assert settings.access.keys
    assert settings.access.is_https
    assert settings.contact.check_by is not None


def test_a_backup_goes_and_the_newest_stays(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text('#!/bin/sh\n[ "$1" = backup ] && echo x > "$2"\n', encoding="utf-8")
    program.chmod(0o755)
    folder = tmp_path / "backups"
    assert script("policy-assistant-backup", str(folder), ASSISTANT_PROGRAM=str(program)).returncode == 1
    folder.mkdir()
    for name in ("policy-assistant-20200101T000000Z.zip", "other.zip"):
        subprocess.run(["touch", "-d", "2020-01-01", str(folder / name)], check=True)
    assert script("policy-assistant-backup", str(folder), ASSISTANT_PROGRAM=str(program)).returncode == 0
    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "other.zip"
    assert len(left) == 2
    assert (folder / left[1]).stat().st_mode & 0o077 == 0


def test_a_backup_that_fails_removes_nothing(tmp_path: Path) -> None:
    subprocess.run(["touch", "-d", "2020-01-01", str(tmp_path / "policy-assistant-20200101T000000Z.zip")], check=True)
    assert script("policy-assistant-backup", str(tmp_path), ASSISTANT_PROGRAM="/bin/false").returncode == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_health_fails_where_nothing_answers() -> None:
    done = script("policy-assistant-health", "healthz", ASSISTANT_HEALTH_URL="http://127.0.0.1:9")
    assert done.returncode == 1
    assert "healthz" in done.stderr
