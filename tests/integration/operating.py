"""Runs the commands of the operators' pages in a folder of their own, with stand-ins for what would change the machine.

``policy-assistant``, ``assistant`` and ``curl`` are carried out in this process: the real commands over a real data folder, the real
application behind ``curl``. ``sudo`` and ``install`` run what they are asked to as the same user. What is in ``RECORDED`` is noted and
does nothing. Everything else (``sh``, ``tar``, ``cp``, ``sha256sum``, the installer, the backup script, …) is the program of this machine.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import selectors
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pip
import pytest
from fastapi.testclient import TestClient

from assistant.cli import run

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "operate"
BLOCK = re.compile(r"^```(?P<language>[^\n]*)\n(?P<text>.*?)^```$", re.M | re.S)
RECORDED = (
    "apt-get", "caddy", "chown", "docker", "getent", "journalctl", "promtool", "rsync", "skopeo", "systemctl",
    "update-ca-certificates", "useradd", "userdel",
)  # fmt: skip
"""Programs that are noted and do nothing: they would change the machine, or are not on every one."""
HERE = re.compile(r"(?<![\w.$/:=-])/(?=(etc|opt|run|srv|usr/local|var)/)")
"""A path of the machine, which becomes one in the folder of the page."""
SENT = """import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as to:
    to.connect({address!r})
    to.sendall(json.dumps([*sys.argv[1:]]).encode() + b"\\n")
    code, out, err = json.loads(to.makefile().read())
sys.stdout.write(out)
sys.stderr.write(err)
sys.exit(code)
"""
SUDO = """#!/bin/sh
while [ $# -gt 0 ]; do case $1 in -u) shift 2 ;; -*) shift ;; *) exec "$@" ;; esac; done
"""
PYTHON = """#!/bin/sh
# A virtual environment gets this one's pip, which takes a tenth of the time of installing it.
[ "$1 $2" = "-m venv" ] || exec {python} "$@"
{python} -m venv --without-pip "$3" && ln -s {pip} "$3"/lib/python3*/site-packages/
"""
INSTALL = """#!/bin/sh
# Owners are left as they are: only root can change them.
for each; do shift; case $each in -o|-g) skip=1 ;; *) [ "${skip:-}" ] && skip= || set -- "$@" "$each" ;; esac; done
exec /usr/bin/install "$@"
"""
Answer = tuple[int, str, str]


def blocks(page: Path) -> list[tuple[str, str]]:
    """Returns language and text of every block of a page."""
    return [(each["language"], each["text"]) for each in BLOCK.finditer(page.read_text(encoding="utf-8"))]


@dataclass
class Machine:
    """A folder that stands for a machine, with a data folder where the service has it."""

    root: Path
    server: TestClient | None = None
    recorded: list[str] = field(default_factory=list)
    """The calls that were noted, in order."""

    @property
    def data(self) -> Path:
        """The data folder of the service."""
        return self.root / "var/lib/policy-assistant/data"

    @property
    def settings(self) -> Path:
        """The settings file of the service."""
        return self.root / "etc/policy-assistant/settings.toml"

    def follow(self, page: str, /, **names: str) -> str:
        """Runs the commands of a page and returns what they printed; ``names`` replace what a reader would fill in.

        Raises:
            AssertionError: A command failed.
        """
        text = "".join(text for language, text in blocks(PAGES / page) if language == "sh")
        for name, value in names.items():
            assert name in text
            text = text.replace(name, value)
        return self.follow_one(text)

    def follow_one(self, text: str) -> str:
        """Runs commands and returns what they printed.

        Raises:
            AssertionError: A command failed.
        """
        with _listening() as (listener, address):
            self._stand_ins(address)
            done = self._run(HERE.sub(f"{self.root}/", text), listener)
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def _run(self, script: str, listener: socket.socket) -> subprocess.CompletedProcess[str]:
        stand_ins = self.root / "stand-ins"
        environment = {
            "PATH": f"{stand_ins}:/usr/bin:/bin",
            "HOME": str(self.root),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.root),
            "STAND_IN": str(stand_ins / "assistant"),
            "ASSISTANT_PROGRAM": str(stand_ins / "assistant"),
        }
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            process = subprocess.Popen(
                ["bash", "-euxo", "pipefail", "-c", script], cwd=self.root, env=environment, stdout=out, stderr=err
            )
            try:
                self._answer_until_done(process, listener)
            finally:
                process.kill()
                process.wait()
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess("bash", process.returncode, out.read(), err.read())

    def _answer_until_done(self, process: subprocess.Popen[bytes], listener: socket.socket) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(listener, selectors.EVENT_READ)
            ended = os.pidfd_open(process.pid)
            try:
                ready.register(ended, selectors.EVENT_READ)
                while listener in [key.fileobj for key, _ in ready.select(60)]:
                    self._answer(listener.accept()[0])
            finally:
                os.close(ended)
        process.wait(5)

    def _answer(self, connection: socket.socket) -> None:
        with connection, connection.makefile("r") as asked:
            folder, name, *arguments = json.loads(asked.readline())
            if name in RECORDED:
                self.recorded.append(" ".join([name, *arguments]))
                answer: Answer = (0, "", "")
            else:
                answer = self._curl(arguments) if name == "curl" else self._assistant(Path(folder), arguments)
            connection.sendall(json.dumps(answer).encode())
            connection.shutdown(socket.SHUT_WR)

    def _assistant(self, folder: Path, arguments: list[str]) -> Answer:
        given = {"ASSISTANT_DATA": self.data, "ASSISTANT_SETTINGS": self.settings, "ASSISTANT_ACCESS__KEYS": "true"}
        out, err = io.StringIO(), io.StringIO()
        with (
            pytest.MonkeyPatch.context() as patched,
            contextlib.chdir(folder),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            for name, value in given.items():
                patched.setenv(name, str(value))
            code = run(arguments)
        return code, out.getvalue(), err.getvalue()

    def _curl(self, arguments: list[str]) -> Answer:
        assert self.server is not None
        words = iter(arguments)
        address, headers, body = "", {}, None
        for word in words:
            if word == "-H":
                name, value = next(words).split(": ", 1)
                headers[name] = value
            elif word == "-d":
                body = next(words)
            elif not word.startswith("-"):
                address = word
        answer = self.server.request("GET" if body is None else "POST", address, headers=headers, content=body)
        return (0 if answer.is_success else 22), answer.text, "" if answer.is_success else f"{answer.status_code}\n"

    def _stand_ins(self, address: str) -> None:
        folder = self.root / "stand-ins"
        folder.mkdir(exist_ok=True)
        sender = folder / "sender.py"
        sender.write_text(SENT.format(address=address), encoding="utf-8")
        sent = f'#!/bin/sh\nexec {sys.executable} -ISE {sender} "$PWD" "${{0##*/}}" "$@"\n'
        for name in (*RECORDED, "curl", "assistant", "policy-assistant"):
            _program(folder / name, sent)
        _program(folder / "sudo", SUDO)
        _program(folder / "id", "#!/bin/sh\necho policy-assistant\n")
        _program(folder / "python3", PYTHON.format(python=sys.executable, pip=Path(pip.__file__).parent))
        shutil.copy(ROOT / "deploy/bin/policy-assistant-backup", folder)
        _program(folder / "install", INSTALL)


def _program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


@contextlib.contextmanager
def _listening() -> Iterator[tuple[socket.socket, str]]:
    """Yields a socket and its address, which is short whatever the folder of the test is called."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    try:
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "s"))
            listener.listen()
            yield listener, str(folder / "s")
    finally:
        shutil.rmtree(folder)
